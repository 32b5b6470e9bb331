"""A comparison that holds, turns round or differs when it is split."""

from __future__ import annotations

import pandas as pd
import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.variation import Stratified, stratify


def _frame(cells: dict[str, list[tuple[int, int]]]) -> pd.DataFrame:
    rows = [
        (group, part, count, n)
        for part, both in cells.items()
        for group, (count, n) in zip("LM", both, strict=True)
    ]
    return pd.DataFrame(rows, columns=["practice", "gap", "missed", "n"])


def _split(cells: dict[str, list[tuple[int, int]]]) -> Stratified:
    return stratify(_frame(cells), events="missed", n="n", group="practice", stratum="gap")


TURNS = {"same day": [(24, 800), (6, 300)], "ahead": [(24, 200), (70, 700)]}


def test_the_whole_can_say_the_opposite_of_every_part() -> None:
    found = _split(TURNS)
    assert found.together == pytest.approx({"L": 0.048, "M": 0.076})
    assert found.signs == [-1, -1]
    assert (found.turns, found.kind) == (True, "turns round")
    assert found.message == "M is higher all together, and lower in every gap"
    assert "'same day' makes up 80% of L and 30% of M" in found.explain()


def test_the_same_mix_is_the_sum_of_parts_and_shares() -> None:
    found = _split(TURNS)
    assert found.same_mix["L"] == pytest.approx(0.55 * 0.03 + 0.45 * 0.12)
    assert found.same_mix["M"] == pytest.approx(0.55 * 0.02 + 0.45 * 0.10)
    assert found.table["weight"].tolist() == pytest.approx([0.55, 0.45])


@pytest.mark.parametrize(
    ("cells", "kind", "said"),
    [
        ({"a": [(5, 100), (8, 100)], "b": [(1, 100), (2, 100)]}, "the same", "and in every gap"),
        ({"a": [(5, 100), (9, 100)], "b": [(3, 100), (2, 100)]}, "differs", "by gap it differs"),
        ({"a": [(5, 100), (3, 100)], "b": [(1, 100), (3, 100)]}, "differs", "are even"),
    ],
)
def test_a_comparison_may_hold_or_differ(cells, kind: str, said: str) -> None:  # type: ignore[no-untyped-def]
    found = _split(cells)
    assert found.kind == kind
    assert said in found.message
    assert not found.turns


def test_with_equal_mixes_all_together_is_on_the_same_mix_already() -> None:
    found = _split({"a": [(5, 100), (9, 100)], "b": [(3, 300), (2, 300)]})
    assert found.same_mix == pytest.approx(found.together)


def test_a_mix_is_blamed_only_where_it_differs() -> None:
    alike = _split({"a": [(5, 100), (9, 100)], "b": [(3, 300), (2, 300)]})
    assert "not the mix" in alike.explain()
    assert "The second differs here" in _split(TURNS).explain()


def test_rows_of_one_part_are_added_up_and_the_order_is_kept() -> None:
    frame = _frame(TURNS)
    twice = pd.concat([frame, frame])
    found = stratify(twice, events="missed", n="n", group="practice", stratum="gap")
    assert found.table["stratum"].tolist() == ["same day", "ahead"]
    assert found.table["n L"].tolist() == [1600, 400]
    assert found.together == pytest.approx(_split(TURNS).together)


def test_the_picture_says_every_number_aloud() -> None:
    found = _split(TURNS)
    picture = found.figure()
    assert picture.alt.startswith("M is higher all together, and lower in every gap. Missed, all")
    for words in ("L 4.80% and M 7.60%", "same day L 3.00% and M 2.00%", "L 7.05% and M 5.60%"):
        assert words in picture.alt
    assert len(picture.png) > 10_000


def test_a_title_of_ones_own_stands_in_place_of_the_message() -> None:
    found = stratify(
        _frame(TURNS), events="missed", n="n", group="practice", stratum="gap", title="Look twice"
    )
    assert found.message == "Look twice"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda frame: frame[frame["practice"] == "L"], "has 1 groups: two are compared"),
        (lambda frame: frame[frame["gap"] == "ahead"], "has one stratum"),
        (lambda frame: frame.assign(missed=900), "is more than 'n' in rows? "),
        (lambda frame: frame.iloc[:3], "nothing in ahead"),
        (lambda frame: frame.drop(columns="n"), "There is no column 'n'|'n'"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(change, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DataError, match=words):
        stratify(change(_frame(TURNS)), events="missed", n="n", group="practice", stratum="gap")

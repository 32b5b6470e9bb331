"""What leaves the practice: rounded, small counts in words, none to be found by subtraction."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output

from pcqa_teach.errors import LessonError
from pcqa_teach.lessons import record
from pcqa_teach.privacy import FEW_SHARED, LEAST_SHARED, SMALL, to_share
from pcqa_teach.run import sharing


@given(st.integers(0, 10**7))
def test_a_shared_count_is_never_more_than_two_out(count: int) -> None:
    shown = to_share(count)
    if isinstance(shown, str):
        assert shown == FEW_SHARED
        assert 0 < count < LEAST_SHARED
    else:
        assert abs(shown - count) <= 2
        assert shown % 5 == 0


def _rated(missed: int, out_of: int) -> dict[str, Any]:
    rate = round(100 * missed / out_of, 3) if out_of else None
    recorded = {"missed": missed, "out_of": out_of, "rate": rate}
    counts = ["missed", "out_of"]
    return sharing.results(recorded, counts=counts, rests_on={"rate": counts})


@cache
def _fitting() -> dict[str, set[tuple[int, int]]]:
    """Return, by what is shared, every pair of counts that it could come from."""
    worlds: dict[str, set[tuple[int, int]]] = {}
    for out_of in range(100):
        for missed in range(out_of + 1):
            worlds.setdefault(str(_rated(missed, out_of)), set()).add((missed, out_of))
    return worlds


def _before(shown: int | str) -> set[int]:
    """Return every count up to 120 that is shared so."""
    return {count for count in range(120) if to_share(count) == shown}


def test_no_small_difference_is_found_from_two_rounded_counts() -> None:
    """Of a whole and a part of it, whatever they are, more than one difference always fits."""
    shared = {to_share(count) for count in range(100)}
    for whole in shared:
        for part in shared - {0}:  # beside a part of nought there is the whole alone
            fits = {a - b for a in _before(whole) for b in _before(part) if a >= b}
            assert len(fits) != 1


@settings(max_examples=50)
@given(missed=st.integers(0, 40), more=st.integers(0, 40))
def test_no_small_count_is_found_from_its_rate(missed: int, more: int) -> None:
    worlds = _fitting()[str(_rated(missed, missed + more))]
    assert (missed, missed + more) in worlds
    counts = zip(*((above, below, below - above) for above, below in worlds), strict=True)
    for true, possible in zip((missed, missed + more, more), counts, strict=True):
        assert not 0 < true < SMALL or len(set(possible)) > 1


@settings(max_examples=30)
@given(
    first=st.tuples(st.integers(0, 40), st.integers(0, 40)),
    week=st.tuples(st.integers(1, 4), st.integers(0, 20)),
)
@example(first=(4, 4), week=(4, 0))  # from "fewer than 5" of 10 to 10 of 10, under an earlier rule
def test_no_small_count_of_one_week_is_found_from_two_reports(
    first: tuple[int, int], week: tuple[int, int]
) -> None:
    """The second report covers the first's weeks and one more: what did that week hold?"""
    missed, out_of = first[0], sum(first)
    later = missed + week[0], out_of + sum(week)
    possible = {
        above - missed_then
        for missed_then, out_of_then in _fitting()[str(_rated(missed, out_of))]
        for above, below in _fitting()[str(_rated(*later))]
        if 0 <= above - missed_then <= below - out_of_then
    }
    assert week[0] in possible
    assert len(possible) > 1


def test_whole_numbers_that_count_nobody_stay_as_they_are() -> None:
    recorded = {"weeks": 26, "days": 3, "people": 26}
    safe = sharing.results(recorded, counts=["people"], exact=["weeks", "days"])
    assert safe == {"weeks": 26, "days": 3, "people": 25}


def test_what_does_not_say_how_it_may_be_shared_is_left_out() -> None:
    recorded = {"rate": 6.5, "people": 260, "worst": "6.0% (2.8% to 12%)", "list_given": True}
    assert sharing.results(recorded) == {}
    assert sharing.results({"mean": 3.0}, words=["mean"]) == {}


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((61, 903), 6.63),  # 60 of 905
        ((0, 903), 0.0),
        ((7, 903), sharing.HELD),
        ((899, 903), sharing.HELD),  # 900 of 905: what is left is small
        ((892, 898), sharing.HELD),  # 890 of 900: what is left is 6, though 10 once rounded
        ((903, 903), sharing.HELD),  # it would say so of each of them
        ((888, 903), 98.3),  # 890 of 905
        ((61, 842, 6), sharing.HELD),  # another that it would give away
        ((61, None), None),
        ((0, 0), None),
    ],
)
def test_a_rate_is_that_of_the_rounded_counts(counts: tuple[Any, ...], shown: Any) -> None:
    assert sharing.results({"rate": 6.7}, rests_on={"rate": counts}) == {"rate": shown}


def test_a_mean_of_few_is_held_back() -> None:
    """Two Mondays of three calls each are six calls."""
    means = {"monday": (6, 2), "others": (73, 8)}
    safe = sharing.results({"monday": 3.0, "others": 9.125}, means=means)
    assert safe == {"monday": sharing.HELD, "others": 9.38}


WHY = "held back: it, or a part that it would give away, may be fewer than 8"


def test_rows_are_written_from_what_is_shared_alone() -> None:
    about = {
        "results": {"rate": 6.1, "low": 4.2, "worst": "Dr A", "few": 1.2},
        "sharing": {"rests_on": {"rate": [61, 1000], "few": [3, 1000]}},  # few: an extra elsewhere
        "labels": {
            "Rate": "{rate:.1f}%[ (from {low:.1f}%)][, few {few:.1f}%]",
            "Worst": "{worst}",
            "Few": "{few:.1f}%",
        },
    }
    output = new_output("display_data", metadata={"pcqa": about})
    made = sharing.shared(new_notebook(cells=[new_code_cell("", outputs=[output])]))
    assert made.rows == {"Rate": "about 6.0%", "Few": WHY}


@pytest.mark.parametrize(
    "told",
    [
        {"counts": ["week"]},
        {"counts": ["weeks", ("weeks", "people")]},
        {"exact": ["week"]},
        {"words": ["wekks"]},
        {"rests_on": {"weeks": ("mised", "weeks")}},
        {"means": {"mean": (3, 2)}},
    ],
)
def test_a_name_that_is_not_recorded_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(LessonError, match="which is not recorded"):
        record(weeks=26, rate=3.2, **told)


@pytest.mark.parametrize("given", [{"rate": 3.2}, {"rate": "3"}, {"rate": True}])
def test_only_a_whole_number_is_a_count(given: dict[str, Any]) -> None:
    with pytest.raises(LessonError, match="'rate' is a count, and it is"):
        record(**given, counts=["rate"])


@pytest.mark.parametrize(
    ("part", "others", "shown"),
    [
        (236, [], sharing.HELD),  # 4 are left
        (240, [], sharing.HELD),  # nobody is
        (225, [], 225),
        (225, [3], sharing.HELD),  # another that the two would give away
        (225, [0], 225),
        (6, [], FEW_SHARED),
        (0, [], 0),
    ],
)
def test_a_count_that_would_give_away_what_is_left_is_held_back(
    part: int, others: list[int], shown: Any
) -> None:
    counts = ["people", ["once", "people", *others]]
    safe = sharing.results({"people": 240, "once": part}, counts=counts)
    assert safe == {"people": 240, "once": shown}


@given(whole=st.integers(8, 400), left=st.integers(1, 7))
def test_a_part_that_leaves_few_is_always_held_back(whole: int, left: int) -> None:
    part = whole - left
    shown = sharing.results(
        {"whole": whole, "part": part, "rate": 100 * part / whole},
        counts=["whole", ["part", "whole"]],
        rests_on={"rate": ["part", "whole"]},
    )
    assert shown["rate"] == sharing.HELD
    assert shown["part"] in (sharing.HELD, FEW_SHARED)

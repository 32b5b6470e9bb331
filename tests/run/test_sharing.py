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
from pcqa_teach.privacy import FEW_SHARED, LEAST_ROUNDED, SMALL, to_share
from pcqa_teach.run import sharing


@given(st.integers(0, 10**7))
def test_a_shared_count_is_never_more_than_two_out(count: int) -> None:
    shown = to_share(count)
    if isinstance(shown, str):
        assert shown == FEW_SHARED
        assert 0 < count < LEAST_ROUNDED
    else:
        assert abs(shown - count) <= 2
        assert shown % 5 == 0


def _rated(missed: int, out_of: int) -> dict[str, Any]:
    rate = round(100 * missed / out_of, 3) if out_of else None
    recorded = {"missed": missed, "out_of": out_of, "rate": rate}
    return sharing.results(recorded, rests_on={"rate": ["missed", "out_of"]})


@cache
def _fitting() -> dict[str, set[tuple[int, int]]]:
    """Return, by what is shared, every pair of counts that it could come from."""
    worlds: dict[str, set[tuple[int, int]]] = {}
    for out_of in range(100):
        for missed in range(out_of + 1):
            worlds.setdefault(str(_rated(missed, out_of)), set()).add((missed, out_of))
    return worlds


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
    safe = sharing.results({"weeks": 26, "days": 3, "people": 26}, exact=["weeks", "days"])
    assert safe == {"weeks": 26, "days": 3, "people": 25}


def test_what_does_not_say_how_it_may_be_shared_is_left_out() -> None:
    recorded = {"rate": 6.5, "mean": 3.0, "worst": "6.0% (2.8% to 12%)", "list_given": True}
    assert sharing.results(recorded) == {"list_given": True}
    assert sharing.results({"mean": 3.0}, words=["mean"]) == {}


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((61, 903), 6.63),  # 60 of 905
        ((0, 903), 0.0),
        ((7, 903), sharing.HELD),
        ((899, 903), sharing.HELD),  # 900 of 905: what is left is small
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


WHY = "held back: it, or a part that it would give away, is fewer than 8"


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
    assert made.rows == {"Rate": "6.0%", "Few": WHY}


@pytest.mark.parametrize(
    "told",
    [
        {"exact": ["week"]},
        {"words": ["wekks"]},
        {"rests_on": {"weeks": ("mised", "weeks")}},
        {"means": {"mean": (3, 2)}},
    ],
)
def test_a_name_that_is_not_recorded_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(LessonError, match="which is not recorded"):
        record(weeks=26, rate=3.2, **told)

"""What leaves the practice: rounded, small counts in words, none to be found by subtraction."""

from __future__ import annotations

import itertools
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

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


def _possible(shown: Any, most: int) -> list[int]:
    """Return the counts that a reader who knows the rules can think of."""
    return [
        count
        for count in range(most)
        if to_share(count) == shown or (shown == sharing.HELD and count > 0)
    ]


@settings(max_examples=50)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=4))
@example([4, 4])
@example([7, 7, 7, 7])
@example([1, 1, 1, 1])
def test_no_small_part_is_found_from_the_total_and_the_other_parts(parts: list[int]) -> None:
    """The attacker tries every list of parts that fits what was shared, the total among it."""
    names = [f"part_{place}" for place in range(len(parts))]
    recorded = {**dict(zip(names, parts, strict=True)), "all": sum(parts)}
    safe = sharing.results(recorded, adds_up={"all": names})
    most = sum(parts) + 5
    totals = _possible(safe["all"], most)
    worlds = [
        world
        for world in itertools.product(*(_possible(safe[name], most) for name in names))
        if sum(world) in totals
    ]
    assert tuple(parts) in worlds
    for place, name in enumerate(names):
        if safe[name] == FEW_SHARED:
            assert len({world[place] for world in worlds}) > 1


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


@pytest.mark.parametrize("value", ["nan", "inf", float("nan"), float("-inf")])
def test_what_is_no_number_is_not_known(value: Any) -> None:
    assert sharing.results({"spread": value}) == {"spread": None}


def test_lists_and_groups_are_made_safe_however_deep() -> None:
    safe = sharing.results({"rate": 6.5, "found": {"missed": 3, "weeks": [0, 2, 41]}})
    assert safe == {"rate": 6.5, "found": {"missed": FEW_SHARED, "weeks": [0, FEW_SHARED, 40]}}


@pytest.mark.parametrize("told", [{"exact": ["week"]}, {"rests_on": {"rate": "mised"}}])
def test_a_name_that_is_not_recorded_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(LessonError, match="which is not recorded"):
        record(weeks=26, rate=3.2, **told)

"""The attacker of the data protection page, with two reports of one practice, for every lesson.

What each lesson records is taken from a run on the invented practice, with all that it says of how
it may be shared. Then a later report, which holds one week more: one to four more in any one count.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import pcqa_teach as pcqa
from pcqa_teach import resources
from pcqa_teach.privacy import FEW_SHARED, SMALL, to_share
from pcqa_teach.run import sharing

NINE = [f"d{place}" for place in range(1, 10)]
EACH = [one if one == "d3" else pytest.param(one, marks=pytest.mark.slow) for one in NINE]
OF_TIME = ("periods", "weeks", "days", "working_days", "months", "points", "practices")
SETTINGS = {"d4": {"group_percent"}}  # what was asked for, not what was found
_FAR = 30


@cache
def recorded(lesson: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Run a lesson on invented data; give what it records, and how that may be shared."""
    held: list[tuple[dict[str, Any], dict[str, Any]]] = []
    kept = pcqa.record

    def keep(**told: Any) -> None:
        ways = ("exact", "rests_on", "adds_up", "shares_of")
        said = {name: told.pop(name) for name in ways if name in told}
        told.pop("labels", None)
        rests = {
            rate: [on] if isinstance(on, str) else [*on]
            for rate, on in said.get("rests_on", {}).items()
        }
        exact, shares = [*said.get("exact", ())], said.get("shares_of", {})
        held.append((told, {**said, "rests_on": rests, "exact": exact, "shares_of": shares}))

    names: dict[str, Any] = {}
    cells = json.loads(resources.find_lesson(lesson).path.read_text(encoding="utf-8"))["cells"]
    try:
        pcqa.record = keep
        with contextlib.redirect_stdout(io.StringIO()):
            for cell in (cell for cell in cells if cell["cell_type"] == "code"):
                exec("".join(cell["source"]), names)
    finally:
        pcqa.record = kept
    assert len(held) == 1
    return held[0]


def counts(lesson: str) -> dict[str, int]:
    values, told = recorded(lesson)
    return {
        name: value
        for name, value in values.items()
        if isinstance(value, int) and not isinstance(value, bool) and name not in told["exact"]
    }


@pytest.mark.parametrize("lesson", EACH)
def test_only_stretches_of_time_are_shared_as_they_are(lesson: str) -> None:
    values, told = recorded(lesson)
    assert values
    assert set(told["exact"]) <= set(OF_TIME)


@pytest.mark.parametrize("lesson", EACH)
def test_a_rate_of_two_counts_says_which_it_rests_on(lesson: str) -> None:
    """Else three figures of the rate, and the rounded whole, would give the part."""
    values, told = recorded(lesson)
    found = counts(lesson)
    for (part, small), (whole, large) in itertools.permutations(found.items(), 2):
        for name, value in values.items():
            if isinstance(value, float) and 0 < small < large:
                same = min(abs(value - 100 * small / large), abs(value - small / large)) < 1e-9
                told_of = {*told["rests_on"], *SETTINGS.get(lesson, ())}
                assert not same or name in told_of, f"{name}: {part} of {whole}"


@pytest.mark.parametrize("lesson", EACH)
@pytest.mark.parametrize("more", range(1, SMALL))
def test_what_one_week_more_held_is_not_found_from_two_reports(more: int, lesson: str) -> None:
    values, told = recorded(lesson)
    for name, count in counts(lesson).items():
        if count < 0:
            continue
        now = {**values, name: count + more}
        one, two = (sharing.results(held, **told)[name] for held in (values, now))
        assert isinstance(two, int) or two in (FEW_SHARED, sharing.HELD)
        low = max(0, count - _FAR)
        fits = _fitting(one, low, count), _fitting(two, low, count)
        differences = {b - a for a in fits[0] for b in fits[1] if b >= a}
        assert more in differences
        assert len(differences) > 1, name


@pytest.mark.parametrize("part", [2, 17, 18])
@pytest.mark.parametrize("lesson", EACH)
def test_a_share_is_that_of_a_rounded_count_and_a_small_one_is_held_back(
    lesson: str, part: int
) -> None:
    """Three figures of a share, and a whole of a few hundred, would give the part exactly."""
    values, told = recorded(lesson)
    assert told["shares_of"] or lesson in ("d5", "d7", "d8")  # these rest on what is recorded too
    for whole, names in told["shares_of"].items():
        assert whole in values
        for name in names:
            once = {**values, whole: 240, name: round(100 * part / 240, 2)}
            shown = sharing.results(once, **told)[name]
            assert shown == (sharing.HELD if part < SMALL else round(100 * to_share(part) / 240, 2))


def _fitting(shown: Any, low: int, count: int) -> list[int]:
    """Return the counts that may have been shared so."""
    every: Callable[[int], bool] = lambda one: shown == sharing.HELD or to_share(one) == shown  # noqa: E731
    return [one for one in range(low, count + _FAR) if every(one)]


def test_few_calls_of_a_kind_are_no_share() -> None:
    """Else 1.5% of 200 calls would be three people who asked to be rung back."""
    calls = pcqa.load_demo("calls")
    asked = calls.index[calls["outcome"] == "Call-back asked"]
    few = calls.assign(outcome=calls["outcome"].where(~calls.index.isin(asked[3:]), "Answered"))
    log = pcqa.measures.phone_log(few)
    found = pcqa.flow.call_outcomes(log.calls, opens="08:00", closes="18:30")
    page = pcqa.measures.phone_page(log, outcomes=found)
    assert found.total["call_back"] in range(1, SMALL)
    assert page["call_back_percent"] is None
    assert page["answered_percent"] > 50
    assert "Calls that asked to be rung back" not in pcqa.measures.phone_labels(page)

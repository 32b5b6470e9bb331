"""The attacker of the data protection page, with two reports of one practice, for every lesson.

What each lesson records is taken from a run on the invented practice, with all that it says of how
it may be shared. Then a later report, which holds one week more: one to four more in any one count.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import pcqa_teach as pcqa
from pcqa_teach import resources
from pcqa_teach.privacy import LEAST_SHARED, SMALL, to_share
from pcqa_teach.run import sharing

NINE = [f"d{place}" for place in range(1, 10)]
EACH = [one if one == "d3" else pytest.param(one, marks=pytest.mark.slow) for one in NINE]
_FAR = 9
EXACT = {"periods", "group_percent", "list_given"}  # weeks, and what was asked for or given
EXPORTS = Path(__file__).resolve().parents[3] / "data" / "synthetic" / "exports"
FITTING = {  # the lessons that take each kind of export
    "systmone_appointments": "d1 d4 d5 d6",
    "emis_slots": "d1 d4 d5 d6",
    "gpad_practice": "d1 d5",
    "gpad_daily": "d1",
    "cbt_day_time": "d2",
}
FIGURES_IN_WORDS = {  # days of the calendar, and counts of practices
    *("period", "break_from", "go_live", "busiest", "compared", "outside_chance"),
    *("stand_apart", "stand_apart_deprivation_allowed", "to_ask"),
}


@cache
def recorded(lesson: str, export: Path | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Run a lesson on invented data; give what it records, and how that may be shared."""
    held: list[tuple[dict[str, Any], dict[str, Any]]] = []
    kept = pcqa.record

    def keep(**told: Any) -> None:
        ways = ("counts", "exact", "words", "rests_on", "means")
        said = {name: told.pop(name) for name in ways if name in told}
        told.pop("labels", None)
        held.append((told, said))

    names: dict[str, Any] = {}
    cells = json.loads(resources.find_lesson(lesson).path.read_text(encoding="utf-8"))["cells"]
    try:
        pcqa.record = keep
        with contextlib.redirect_stdout(io.StringIO()):
            for cell in (cell for cell in cells if cell["cell_type"] == "code"):
                exec("".join(cell["source"]), names)
                if "parameters" in cell["metadata"].get("tags", []):
                    names["export"] = export and str(export)
    finally:
        pcqa.record = kept
    assert len(held) == 1
    return held[0]


def told_with(change: Callable[[int], int], lesson: str) -> dict[str, Any]:
    """Return what is shared where each count behind it is another; nothing else is left as it was.

    Every figure and text that is not named as words is another too, as it would be.
    """
    values, told = recorded(lesson)
    fixed = {*told.get("exact", ()), *told.get("words", ())}
    moved: dict[str, Any] = {}
    for name, value in values.items():
        if name in fixed or isinstance(value, bool) or value is None:
            moved[name] = value
        elif isinstance(value, int):
            moved[name] = change(value)
        else:
            moved[name] = f"{value} more" if isinstance(value, str) else value * 1.037
    over = {name: (change(total), days) for name, (total, days) in told.get("means", {}).items()}

    def behind(on: Any) -> tuple[Any, ...]:
        return tuple(change(one) if isinstance(one, int) else one for one in on)

    rests = {name: behind(on) for name, on in told.get("rests_on", {}).items()}
    counts = [one if isinstance(one, str) else behind(one) for one in told.get("counts", ())]
    ways = {**told, "counts": counts, "rests_on": rests, "means": over}
    return sharing.results(moved, **ways)


@pytest.mark.parametrize("lesson", EACH)
def test_only_stretches_of_time_and_settings_are_shared_as_they_are(lesson: str) -> None:
    values, told = recorded(lesson)
    assert values
    assert set(told.get("exact", ())) <= EXACT


@pytest.mark.parametrize("lesson", EACH)
def test_words_hold_no_figure_but_of_days_and_practices(lesson: str) -> None:
    values, told = recorded(lesson)
    for name in {*told["words"]} - FIGURES_IN_WORDS:
        said = str(values[name] or "").replace("24 practices", "").replace("8 to 10", "")
        said = re.sub(r"\d of the 8 promised|\d months?|\d (is|are|was|were) ", "", said)
        assert not re.search(r"\d", said), f"{name}: {said}"


@pytest.mark.parametrize("lesson", EACH)
def test_all_that_is_shared_follows_from_the_rounded_counts(lesson: str) -> None:
    """So whoever holds the whole file learns no more of a count than its rounded value."""
    shown = told_with(lambda count: count, lesson)
    for away in (-2, -1, 1, 2):

        def moved(count: int, away: int = away) -> int:
            near = count + away
            return near if near >= 0 and to_share(near) == to_share(count) else count

        assert told_with(moved, lesson) == shown
    assert shown.keys() < recorded(lesson)[0].keys(), "every lesson keeps something to itself"


@pytest.mark.parametrize("lesson", EACH)
@pytest.mark.parametrize("n", [40, 240, 903])
def test_no_part_is_found_from_the_whole_file(lesson: str, n: int) -> None:
    """Every pair of a part and a whole is tried; from each file, more than one of them fits."""
    values, told = recorded(lesson)
    rates = told.get("rests_on", {})
    assert rates or lesson == "d8"
    for name, (part, whole, *_) in rates.items():
        fits: dict[str, set[int]] = {}
        for out_of in range(n - 2, n + 3):
            for k in range(out_of + 1):
                held = {**values, name: 100 * k / out_of}
                held |= {one: new for one, new in ((part, k), (whole, out_of)) if one in values}
                again = (part if part in values else k, whole if whole in values else out_of)
                found = sharing.results(held, **{**told, "rests_on": {**rates, name: again}})
                fits.setdefault(str(found), set()).add(k)
        assert min(len(ks - {0}) for ks in fits.values() if ks != {0}) > 1, name


@pytest.mark.parametrize("lesson", EACH)
@pytest.mark.parametrize("more", range(1, SMALL))
def test_what_one_week_more_held_is_not_found_from_two_reports(more: int, lesson: str) -> None:
    """Each file gives the rounded counts alone (above), so two files give two of each."""
    values, told = recorded(lesson)
    behind = [*told.get("rests_on", {}).values(), *told.get("counts", ())]
    given = [one for on in behind for one in on if isinstance(one, int)]
    for count in {*given, *(one for one in values.values() if type(one) is int and one > 0)}:
        fits = [
            [one for one in range(max(0, at - _FAR), at + _FAR) if to_share(one) == to_share(at)]
            for at in (count, count + more)
        ]
        differences = {b - a for a in fits[0] for b in fits[1] if b >= a}
        assert more in differences
        assert len(differences) > 1


@pytest.mark.slow
@pytest.mark.skipif(not EXPORTS.is_dir(), reason="the exports are not in this checkout")
@pytest.mark.parametrize(
    ("export", "lesson"),
    [
        (f"{kind}_{state}.csv", one)
        for kind, lessons in FITTING.items()
        for state in ("clean", "dirty")
        for one in lessons.split()
    ],
)
def test_no_small_count_lies_between_two_that_are_shared(export: str, lesson: str) -> None:
    """Neither between any two counts nor, for a rate, between its part and its whole."""
    values, told = recorded(lesson, EXPORTS / export)
    shown = sharing.results(values, **told)
    counts = {n: c for n, c in values.items() if type(c) is int and type(shown.get(n)) is int}
    counts = {n: c for n, c in counts.items() if n not in told.get("exact", ())}
    for (_, one), (_, other) in itertools.combinations(counts.items(), 2):
        if 0 < abs(one - other) < LEAST_SHARED:
            near = [
                [c for c in range(at - _FAR, at + _FAR) if c >= 0 and to_share(c) == to_share(at)]
                for at in (one, other)
            ]
            assert len({abs(a - b) for a in near[0] for b in near[1]}) > 1
    for name, on in told.get("rests_on", {}).items():
        part, whole, *others = (values[c] if isinstance(c, str) else c for c in on)
        if any(0 < c < LEAST_SHARED for c in (part, whole, whole - part, *others)) and part:
            assert shown[name] == sharing.HELD, name
    for name, whole, *_ in (one for one in told["counts"] if not isinstance(one, str)):
        if values[name] and 0 < values[whole] - values[name] < LEAST_SHARED:
            assert type(shown[name]) is str, name


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

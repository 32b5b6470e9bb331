"""Every diagram can be read on paper, with little in it and with a lot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pcqa_teach import juran, spc
from pcqa_teach.figures import Figure
from pcqa_teach.figures.boxes import text_width, wrapped
from pcqa_teach.figures.grid import column_widths

LONG = "A label that goes on and on, as people's own words do, with a Donaudampfschifffahrtsword"


def _words(count: int, label: str = "Item") -> list[str]:
    return [f"{label} {place} {LONG if place % 3 == 0 else ''}".strip() for place in range(count)]


def _ctq(size: int) -> Any:
    needs = _words(max(size // 5, 1), "Need")
    return juran.ctq_tree(LONG, {need: _words(min(size, 5), "Number of") for need in needs})


def _plan(size: int) -> Any:
    names = ["measure", "sensor", "standard", "how_often", "who", "action"]
    return juran.control_plan(
        [{"subject": one, **dict.fromkeys(names, one)} for one in _words(size)]
    )


def _copq(size: int) -> Any:
    kinds = ["prevention", "appraisal", "internal failure", "external failure"]
    return juran.copq(
        [
            {"item": one, "kind": kinds[i % 4], "times": i + 1, "minutes": 10.25}
            for i, one in enumerate(_words(size))
        ]
    )


def _map(size: int) -> Any:
    roles = ["Reception", "GP", "Pharmacist", "Care navigator", "Community team", "Nurse"]
    return juran.process_map(
        [
            {"step": one, "role": roles[i % min(size, 6)], "touch": 3, "wait": 700 * (i % 3)}
            for i, one in enumerate(_words(size))
        ]
    )


def _bones(size: int) -> Any:
    bones = min(size, 8)
    return juran.fishbone(
        LONG, {name: {c: [LONG] for c in _words(max(size // bones, 1))} for name in _words(bones)}
    )


def _drivers(size: int) -> Any:
    primary = _words(max(size // 10, 1), "Primary")
    return juran.driver_diagram(
        LONG, {p: {s: _words(min(size, 5)) for s in _words(2)} for p in primary}
    )


def _family(size: int) -> Any:
    return juran.measures_family(
        outcome=_words(size, "O"), process=_words(size, "P"), balancing=_words(1, "B"), aim=LONG
    )


def _log(size: int) -> Any:
    return juran.pdsa_log(
        [
            {
                "change": one, "prediction": one, "predicted_on": "1/1/2026", "size": i + 1,
                "done_on": pd.Timestamp("2026-01-10") + pd.Timedelta(days=3 * i), "value": i,
                "high": 5, "decision": "adapt",
            }
            for i, one in enumerate(_words(size))
        ]
    )  # fmt: skip


MANY = {
    "ctq": _ctq,
    "plan": _plan,
    "pareto": lambda size: juran.pareto(
        {one: 400 // (i + 1) for i, one in enumerate(_words(size))} | {"other": 9}
    ),
    "copq": _copq,
    "map": _map,
    "fishbone": _bones,
    "drivers": _drivers,
    "family": _family,
    "log": _log,
}
FEW = {
    "definition": lambda: juran.operational_definition(LONG, unit="%", counts=_words(5)),
    "responses": juran.response_table,
    "charter": lambda: juran.charter(LONG, unit="%", now=3, goal=5, whom=LONG, why=LONG),
    "trilogy": juran.trilogy_illustration,
    "control only": lambda: juran.trilogy_illustration(chronic=60, new=None, spikes=4),
}

Look = Callable[[Callable[[], Figure]], list[str]]


@pytest.mark.parametrize("size", [1, 12, pytest.param(40, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", list(MANY))
def test_letters_never_meet_nor_leave_the_sheet(name: str, size: int, faults: Look) -> None:
    assert faults(MANY[name](size).figure) == []


@pytest.mark.parametrize("name", list(FEW))
def test_the_others_can_be_read_too(name: str, faults: Look) -> None:
    assert faults(FEW[name]().figure) == []


@pytest.mark.parametrize("size", [1, 12])
def test_the_timeline_can_be_read(size: int, faults: Look) -> None:
    assert faults(_map(size).timeline) == []


@pytest.mark.parametrize("spread", ["middle", "early", "late"])
def test_a_trilogy_of_a_real_series_can_be_read(spread: str, faults: Look) -> None:
    cut = {"middle": (20, 26), "early": (4, 8), "late": (40, 46)}[spread]
    x = pd.date_range("2024-01-01", periods=50, freq="W-MON")
    level = np.where(np.arange(50) < cut[0], 70.0, np.where(np.arange(50) < cut[1], 80.0, 90.0))
    frame = pd.DataFrame({"x": x, "value": level + np.tile([1.0, -2, 2, 0, -1], 10)})
    found = juran.trilogy_chart(
        frame, improve=x[cut[0]], hold=x[cut[1]], improvement="up", unit="%", title=LONG, notes=LONG
    )
    assert faults(found.figure) == []


def test_flags_on_a_chart_can_be_read(faults: Look) -> None:
    weeks = pd.date_range("2026-01-05", periods=30, freq="W-MON")
    frame = pd.DataFrame({"x": weeks, "value": [20.0, 22, 19, 21, 20] * 6})
    chart = spc.chart(frame, unit="calls a week", title="Calls")
    assert faults(lambda: _log(12).on(chart)) == []


@pytest.mark.parametrize("make", [*(lambda f=f: f(3) for f in MANY.values()), *FEW.values()])
def test_every_result_speaks_and_shows_its_table(
    make: Callable[[], Any],
) -> None:
    result = make()
    assert isinstance(result.table, pd.DataFrame)
    assert len(result.table) >= 1
    assert result.message in repr(result)
    assert len(result.explain().splitlines()) >= 2
    assert result.figure().alt == result.alt_text


def test_the_same_content_draws_the_same_bytes() -> None:
    one, other = _bones(3).figure(), _bones(3).figure()
    assert one.svg == other.svg
    assert one.png == other.png


def test_dollar_signs_are_letters_not_formulas(faults: Look) -> None:
    assert faults(juran.pareto({"cost $5 and $6": 3, "x_y^2": 1}).figure) == []


@pytest.mark.parametrize("wide", [0.4, 1.0, 3.0])
def test_wrapped_lines_are_never_wider_than_asked(wide: float) -> None:
    lines = wrapped(LONG, wide)
    assert max(text_width(line) for line in lines) <= wide
    assert "".join(lines).replace(" ", "") == LONG.replace(" ", "")


def test_columns_fill_the_width_and_keep_short_words_whole() -> None:
    widths = column_widths(["", "Long"] * 4, [[str(i), LONG] * 4 for i in range(9, 12)], 7.3)
    assert sum(widths) == pytest.approx(7.3, abs=1e-6)
    assert widths[0] > text_width("11", bold=True) + 0.14

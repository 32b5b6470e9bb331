"""A hundred invented practices, and what d1, d4, d5, d6 and d8 say of their appointment books.

| planted | who is to find it |
|---|---|
| T03, a GP leaves on 10 July 2024 | d1: slots filled; d6: own GP seen, whose GP is gone |
| T04, Unknown stored as Attended from 8 September | d5: the break; d1: unknown left out |
| T06, fewer turned away from go-live on | d8: met on the day |
| people of 15 to 29 miss more (logit + 0.35) | d5: the same mix |
| T07, new slot names; weekdays; nothing done for people who come often | nobody |

The bounds are those of the 99% of a binomial, of the rate that the chart's own power predicts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach import demand, measures
from pcqa_teach.data import synthetic
from pcqa_teach.juran.promised import series

from . import impact
from .chance import SEEDS, by_chance, dated, false_alarms, fewest, most, power

SPAN = ("2024-01-12", "2025-01-12")
HALF = ("2024-06-10", "2024-12-09")  # the half-year that the lessons show
AROUND_T03 = ("2024-04-01", "2024-10-14")
AROUND_T04 = ("2024-06-03", "2024-12-16")
AROUND_T07 = ("2024-07-08", "2025-01-06")
T03, T04, T07 = "2024-07-10", "2024-09-09", "2024-10-08"  # T04 is a Sunday: seen from Monday on
FIRST_LIST = 1.4 / np.linspace(1.4, 0.7, 7).sum()  # of people, that of the GP who leaves


def book(slots: pd.DataFrame) -> pd.DataFrame:
    """Return what `pcqa.read` gives of the book in the kit's own table, without writing it."""
    tidy = synthetic.tidy(slots)
    words = [name for name in tidy if pd.api.types.is_string_dtype(tidy[name])]
    return tidy.astype(dict.fromkeys(words, "category"))


def within(frame: pd.DataFrame, span: tuple[str, str], name: str = "x") -> pd.DataFrame:
    return frame[(frame[name] >= span[0]) & (frame[name] < span[1])].reset_index(drop=True)


def test_it_is_the_book_that_the_reader_gives(tmp_path: Path) -> None:
    slots = synthetic.practice(3, days=60, list_size=900, with_calls=False).appointments
    synthetic.tidy(slots).to_csv(tmp_path / "tidy.csv", index=False)
    read, made = pcqa.read(tmp_path / "tidy.csv"), book(slots)
    words = list(made.select_dtypes("category"))
    pd.testing.assert_frame_equal(
        read.astype(dict.fromkeys(words, "object")), made.astype(dict.fromkeys(words, "object"))
    )
    assert list(read.select_dtypes("category")) == words


def _charted(weekly: pd.DataFrame, span: tuple[str, str], event: str) -> dict[str, Any]:
    """Chart a series as the lesson does; say what it shows of a step in the event's week."""
    shown = within(weekly, span)
    points = pcqa.spc.chart(shown).points
    row = int(np.flatnonzero(shown["x"] <= event)[-1])
    value = points["y"].to_numpy()
    before, after = value[:row], value[row + 1 :]
    return {
        "points": len(value),
        "row": row,
        "up": dated(points, row, 1),
        "down": dated(points, row, -1),
        "any": bool(points["signal"].any()),
        "change": after.mean() - before.mean(),
        "variance": (before.var(ddof=1) + after.var(ddof=1)) / 2,
    }


def _seen(seed: int) -> dict[str, Any]:
    world = synthetic.practice(seed=seed, with_calls=False)
    appts = book(within(world.appointments, SPAN, "date"))
    half = within(appts, HALF, "date")
    unknown = measures.unknown_share(appts)
    ages = demand.equity_split(half).rows.set_index("group").loc["15 to 29"]
    year, short = (demand.two_windows(one) for one in (appts, half))
    falls = [demand.persistence(one, list_size=9_800) for one in (year, short)]
    there = demand.usual_gp_there(half)
    asks = world.demand_day
    met = (asks["same_day_asks"] - asks["turned_away"]).to_numpy(float)
    weekly = series.weekly_share(asks, "date", met, asks["same_day_asks"].to_numpy(float))
    dna = {which: measures.dna_rate(appts, unknown=which) for which in ("in", "out")}
    return {
        "filled": _charted(measures.utilisation(appts), AROUND_T03, T03),
        "own": _charted(demand.own_gp_share(appts), AROUND_T03, T03),
        "dna_out": _charted(dna["out"], AROUND_T04, T04),
        "dna_in": _charted(dna["in"], AROUND_T04, T04),
        "same_day": _charted(measures.same_day_share(appts), AROUND_T07, T07),
        "break": measures.recording_break(within(unknown, HALF)),
        "no_break": measures.recording_break(within(unknown, ("2024-01-15", "2024-08-26"))),
        "young": ages,
        "weekdays": int(demand.standardise(half, "weekday").rows["apart"].sum()),
        "quiet": [one.beyond["lower"] < 0 < one.beyond["upper"] for one in falls],
        "fewer": falls[0].fall["fewer"].iloc[0],
        "top": demand.attendance_curve(appts, list_size=9_800).top.set_index("top")["share"][3],
        "stay": demand.stayed(year, list_size=9_800).share,
        "gone": there.gone_people / there.people,
        "gone_error": np.sqrt(FIRST_LIST * (1 - FIRST_LIST) / there.people),
        "lost": there.slicc_there - there.slicc,
        "gone_before": demand.usual_gp_there(within(appts, (SPAN[0], T03), "date")).gone_people,
        "met": impact.told("met", weekly),
        "met_weeks": weekly,
    }


@pytest.fixture(scope="module")
def seen() -> pd.DataFrame:
    """A row a seed: a practice grown once, looked at by all the lessons that read its book."""
    return pd.DataFrame([_seen(seed) for seed in range(SEEDS)])


def _of(seen: pd.DataFrame, name: str) -> tuple[pd.DataFrame, float]:
    """Return what the charts of one series showed, and the planted step's mean size in sigmas."""
    shown = pd.DataFrame(seen[name].tolist())
    return shown, float(shown["change"].mean() / np.sqrt(shown["variance"].mean()))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "side", "first"), [("filled", "up", 0.6), ("own", "down", 0.6), ("dna_out", "down", 1)]
)
def test_a_step_is_dated_as_often_as_its_own_power_predicts(
    name: str, side: str, first: float, seen: pd.DataFrame
) -> None:
    shown, size = _of(seen, name)
    points, row = shown[["points", "row"]].iloc[0]
    predicted = power(points, row, [first * size, size])
    print(f"{name}: {size:.2f} sigma, {shown[side].sum()} dated, {predicted:.3f} predicted")
    assert np.sign(size) == (1 if side == "up" else -1)
    assert shown[side].sum() >= fewest(predicted)


@pytest.mark.slow
def test_what_is_no_event_is_signalled_no_more_often_than_chance(seen: pd.DataFrame) -> None:
    renamed, recoded = _of(seen, "same_day")[0], _of(seen, "dna_in")[0]
    points, row = renamed[["points", "row"]].iloc[0]
    at_t07 = int((renamed["up"] | renamed["down"]).sum())
    chance, alarms = by_chance(points, row), false_alarms(recoded["points"].iloc[0])
    print(f"T07 {at_t07}, {chance:.3f}; T04 counted {recoded['any'].sum()}, {alarms:.3f}")
    assert at_t07 <= most(chance)
    assert recoded["any"].sum() <= most(alarms)
    assert seen["no_break"].notna().sum() == 0
    assert seen["weekdays"].sum() <= most(0.002, 5 * SEEDS)


@pytest.mark.slow
def test_the_break_in_recording_is_found_within_a_week(seen: pd.DataFrame) -> None:
    apart = (pd.to_datetime(seen["break"]) - pd.Timestamp(T04)).dt.days.abs()
    assert (apart <= 7).sum() >= fewest(0.999)  # 8.6% against 0.4%: ten sigmas


@pytest.mark.slow
def test_young_adults_stand_out_by_what_was_planted(seen: pd.DataFrame) -> None:
    young = pd.DataFrame(seen["young"].tolist())
    true = young["ratio"].mean()
    assert true == pytest.approx(1.30, abs=0.03)  # odds of 1.42 against everybody, them among it
    assert (young["lower"].lt(true) & young["upper"].gt(true)).sum() >= fewest(0.95)
    assert young["apart"].sum() >= fewest(0.95)


@pytest.mark.slow
def test_with_nothing_done_no_scheme_is_seen(seen: pd.DataFrame) -> None:
    """Intervals of 95%; shares and fallers as published (BJGP Open 2020) and simulated."""
    year, half = np.array(seen["quiet"].tolist()).sum(axis=0)
    print(f"quiet {year} of a year, {half} of half a year")
    assert min(year, half) >= fewest(0.95)
    assert seen["fewer"].mean() == pytest.approx(79.3, abs=4)
    assert seen["top"].mean() == pytest.approx(16.5, abs=1)
    assert seen["stay"].between(25, 60).mean() >= 0.95


@pytest.mark.slow
def test_whose_gp_has_left_is_counted(seen: pd.DataFrame) -> None:
    held = (seen["gone"] - FIRST_LIST).abs() < 1.96 * seen["gone_error"]
    print(f"gone {seen['gone'].mean():.3f}, planted {FIRST_LIST:.3f}, held {held.sum()}")
    assert held.sum() >= fewest(0.95)
    assert seen["lost"].gt(3).sum() >= fewest(0.99)
    assert seen["gone_before"].sum() == 0


@pytest.mark.slow
def test_more_are_met_on_the_day_as_often_as_power_predicts(seen: pd.DataFrame) -> None:
    met = pd.DataFrame(seen["met"].tolist())
    weeks = [within(one, (impact.SINCE, "2030")) for one in seen["met_weeks"]]
    late = weeks[0]["x"] >= impact.GO_LIVE
    spread = np.sqrt(np.mean([one["value"][~late].var() for one in weeks]))
    true = np.mean([one["value"][late].mean() - one["value"][~late].mean() for one in weeks])
    predicted = impact.called("met", weeks[0]["x"], true / spread)
    lasting = sum(impact.lasts(row) for _, row in met.iterrows())
    held = (met["low"].le(true) & met["high"].ge(true)).sum()
    print(f"met {true / spread:.2f} sigma: {lasting}, {predicted:.3f}; held {held}")
    assert lasting >= fewest(predicted)
    assert held >= fewest(0.93)

"""The measures of the invented practice, whose tables are added up already."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.data.demo import load_demo
from pcqa_teach.juran.promised import series
from pcqa_teach.juran.promised.gather import NOT_MEASURED, Gathered, measure, source_of

GO_LIVE = "2025-01-11"  # its log: care navigation and call-back begin
SINCE = "2024-07-15"  # its log: a GP has left
BREAK = "2024-09-08"  # its log: appointments without an ending are now closed


def invented(practice: str = "riverside") -> Gathered:
    """Return the measures that the invented practice has, by the names of `gathered`.

    It never surveyed its patients with the kit's sheet, so that row says so.

    Examples
    --------
    >>> sorted(invented().measures)  # doctest: +SKIP
    ['answered', 'culture', 'freed', 'met', 'missed', 'scope', 'spread', 'staff']
    """
    asks, calls, book, pulse = (
        load_demo(name, practice)
        for name in ("demand_day", "calls_daily", "book_weekly", "staff_pulse")
    )
    frames = {
        "met": _weekly(asks, asks["same_day_asks"] - asks["turned_away"], asks["same_day_asks"]),
        "spread": _weekly(calls, calls["calls_0810"], calls["calls"]),
        "freed": _of(book, book["minutes"] / 60 / book["working_days"], book["attended"]),
        "staff": series.pulse_mean(pulse),
        "culture": series.pulse_mean(pulse, series.CULTURE),
        "scope": _of(book, 100 * book["planned_care"] / book["appointments"], book["appointments"]),
        "answered": _weekly(calls, calls["answered"], calls["calls"]),
        "missed": _of(book, 100 * book["dna"] / book["appointments"], book["appointments"]),
    }
    return Gathered(
        {name: measure(source_of(name), frame) for name, frame in frames.items()},
        {"patients": NOT_MEASURED},
    )


def list_sizes(practice: str = "riverside") -> tuple[int, int]:
    """Return the invented practice's registered patients at go-live, and on its last day."""
    asks = load_demo("demand_day", practice)
    before = asks[asks["date"] < GO_LIVE]
    return int(before["list_size"].iloc[-1]), int(asks["list_size"].iloc[-1])


def _weekly(table: pd.DataFrame, part: pd.Series, whole: pd.Series) -> pd.DataFrame:
    return series.weekly_share(table, "date", part.to_numpy(float), whole.to_numpy(float))


def _of(book: pd.DataFrame, value: pd.Series, n: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"x": book["week"], "value": value, "n": n.astype(float)})

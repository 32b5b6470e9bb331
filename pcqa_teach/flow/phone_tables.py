"""A log of simulated calls, counted by quarter of an hour, by day and by minute."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, Ints
from pcqa_teach.flow.desk import QUARTER
from pcqa_teach.sayings import clock

_COUNTS = {
    "answered": "answered",
    "gave up": "gave_up",
    "engaged": "engaged",
    "waiting at close": "waiting_at_close",
}
_HIGH = 0.90


def counted(
    calls: pd.DataFrame, staff: Ints, days: int, start: int, within: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the counts of each day and quarter of an hour, and of each day."""
    quarters = len(staff)
    quarter = np.minimum((calls["at_seconds"].to_numpy() // QUARTER).astype(int), quarters - 1)
    flags = _flags(calls, within)
    cell = calls["day"].to_numpy() * quarters + quarter
    sums = {
        name: np.bincount(cell, values, days * quarters).reshape(days, quarters).astype(float)
        for name, values in flags.items()
    }
    minute = start + 15 * np.arange(quarters)
    intervals = pd.DataFrame(
        {
            "day": np.repeat(np.arange(days), quarters),
            "minute": np.tile(minute, days),
            "clock": np.tile([clock(int(m)) for m in minute], days),
            "agents": np.tile(staff, days),
            **{name: sums[name].ravel().astype(int) for name in _NAMES},
            "mean_wait_seconds": _ratio(sums["wait"], sums["answered"]).ravel(),
        }
    )
    return intervals, _days(sums, staff)


_NAMES = ("people", "calls", "redials", *_COUNTS.values())


def _flags(calls: pd.DataFrame, within: float) -> dict[str, Floats]:
    first = (calls["attempt"] == 1).to_numpy()
    outcome, waited = calls["outcome"].astype(str), calls["waited_seconds"].to_numpy()
    named = {name: (outcome == label).to_numpy() for label, name in _COUNTS.items()}
    answered = named["answered"]
    flags = {
        "people": first,
        "calls": np.ones(len(calls)),
        "redials": ~first,
        **named,
        "wait": np.where(answered, waited, 0.0),
        "waited": waited > 0,
        "prompt": answered & (waited <= within),
        "talk": np.where(answered, calls["handled_seconds"].to_numpy(), 0.0),
    }
    return {name: np.asarray(values, dtype=np.float64) for name, values in flags.items()}


def _days(sums: dict[str, Floats], staff: Ints) -> pd.DataFrame:
    total = {name: values.sum(axis=1) for name, values in sums.items()}
    frame = pd.DataFrame({name: total[name].astype(int) for name in _NAMES})
    frame.insert(0, "day", np.arange(len(frame)))
    entered = total["calls"] - total["engaged"]
    # nobody rings on after being answered, so each answered call is another person
    frame["got_through"] = _ratio(total["answered"], total["people"])
    frame["p_wait"] = _ratio(total["waited"], entered)
    frame["within"] = _ratio(total["prompt"], total["calls"])
    frame["mean_wait_seconds"] = _ratio(total["wait"], total["answered"])
    frame["occupancy"] = total["talk"] / (staff.sum() * QUARTER)
    return frame


def typical_quarters(intervals: pd.DataFrame) -> pd.DataFrame:
    """Return the mean over the days for each quarter of an hour."""
    means = intervals.groupby(["minute", "clock", "agents"], sort=False)[list(_NAMES)].mean()
    weighted = intervals["mean_wait_seconds"].fillna(0) * intervals["answered"]
    by = intervals["minute"]
    answered = intervals.groupby(by, sort=False)["answered"].sum().to_numpy(dtype=np.float64)
    waits = weighted.groupby(by, sort=False).sum().to_numpy(dtype=np.float64)
    return means.reset_index().assign(mean_wait_seconds=_ratio(waits, answered))


def minute_by_minute(calls: pd.DataFrame, staff: Ints, days: int, start: int) -> pd.DataFrame:
    """Return how many talk and how many wait at each full minute, over the days."""
    length = len(staff) * 15
    at, waited = calls["at_seconds"].to_numpy(), calls["waited_seconds"].to_numpy()
    day = calls["day"].to_numpy()
    waiting = _present(day, at, at + waited, days, length)
    spoke = calls["handled_seconds"].notna().to_numpy()
    began = (at + waited)[spoke]
    ended = began + calls["handled_seconds"].to_numpy()[spoke]
    talking = _present(day[spoke], began, ended, days, length)
    minute = start + np.arange(length)
    return pd.DataFrame(
        {
            "minute": minute,
            "clock": [clock(int(m)) for m in minute],
            "agents": np.repeat(staff, 15),
            "talking": talking.mean(axis=0),
            "waiting": waiting.mean(axis=0),
            "waiting_high": np.quantile(waiting, _HIGH, axis=0),
        }
    )


def _present(day: Ints, begin: Floats, end: Floats, days: int, length: int) -> Floats:
    """Count who is there at each full minute: begun by then, and not ended."""
    come = np.minimum(np.ceil(begin / 60), length).astype(int)
    gone = np.minimum(np.ceil(end / 60), length).astype(int)
    size = days * (length + 1)
    steps = np.bincount(day * (length + 1) + come, minlength=size) - np.bincount(
        day * (length + 1) + gone, minlength=size
    )
    there = steps.reshape(days, length + 1).cumsum(axis=1)[:, :length]
    return np.asarray(there, dtype=np.float64)


def summarised(days: pd.DataFrame) -> pd.DataFrame:
    """Return the mean day, and the range that holds nine days of ten."""
    measures = days.drop(columns="day")
    return pd.DataFrame(
        {
            "mean": measures.mean(),
            "low": measures.quantile(0.05),
            "high": measures.quantile(0.95),
        }
    ).rename_axis("measure")


def _ratio(part: Floats, whole: Floats) -> Floats:
    """Divide where there is something to divide by; missing elsewhere."""
    return np.asarray(np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0))

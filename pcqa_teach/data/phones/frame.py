"""The last step: the calls of all files by London's clocks, as the tidy calls frame."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from pcqa_teach.data import schema as tidy
from pcqa_teach.data.phones import clocks
from pcqa_teach.data.phones.parts import IN_UTC, OPEN
from pcqa_teach.data.phones.schema import COLUMNS, validate
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import Ask
from pcqa_teach.errors import ReadError
from pcqa_teach.sayings import counted

SAY_WHICH_CLOCK = (
    "say which with --clock local (a summer call shows the time of the clock on your wall) or "
    "--clock utc (it shows an hour less)"
)


def finish(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the tidy calls frame.

    Raises
    ------
    ReadError
        Some calls are in summer, and nothing says or shows whether the clock follows summer time.
    """
    wall = frame["wall"].to_numpy(dtype=np.float64).copy()
    open_ended = (frame["whose"] == OPEN).to_numpy()
    utc = (frame["whose"] == IN_UTC).to_numpy()
    if open_ended.any():
        clock = _clock(wall[open_ended], frame["count"].to_numpy(float)[open_ended], reading)
        utc = utc | (open_ended & (clock == clocks.UTC))
    wall[utc] = clocks.london(wall[utc])
    if utc.any() and clocks.in_summer(wall[utc]).any():
        reading.note("Times were turned from UTC to London's clocks, an hour later in summer.")
    never = ~utc & clocks.never_was(wall)
    reading.strike(frame, never, "time that no clock showed", "the clocks went forward over it")
    twice = ~utc & clocks.twice(wall)
    if twice.any():
        reading.note(
            f"{counted(int(frame['count'][twice].sum()), 'call')} came in the hour that October's "
            "change of clocks repeats: which of the two is not known."
        )
    left = frame.assign(wall=wall)[~never].sort_values("wall", kind="stable", ignore_index=True)
    _withheld(left["caller"].to_numpy(), reading)
    return validate(_frame(left, reading))


def _withheld(callers: np.ndarray, reading: Reading) -> None:
    lost = int((callers < 0).sum())
    if lost and lost < len(callers):
        reading.note(
            f"{counted(lost, 'call')} came from a withheld number or none that can be read: such "
            "calls cannot be linked, so redials among them are not seen, and people are counted "
            "too high."
        )


def _clock(wall: np.ndarray, weight: np.ndarray, reading: Reading) -> str:
    """Return the clock that times without a word of it were taken from."""
    clock, why = clocks.detect(wall, weight)
    if clock is None:
        name = reading.sheets[0].ledger.file
        raise ReadError(
            f"'{name}' has calls in summer, and neither says nor shows whether its clock goes "
            f"forward with ours or stays on UTC, an hour behind ({why}): {SAY_WHICH_CLOCK}."
        )
    if clocks.in_summer(wall).any():
        taken = "London's time" if clock == clocks.LOCAL else "UTC"
        reading.note(f"The log does not say what its clock shows; it was taken for {taken}. {why}")
    return clock


def _frame(rows: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    data: dict[str, object] = {}
    for name, column in COLUMNS.items():
        if name == "start":
            data[name] = rows["wall"].to_numpy().astype("datetime64[s]")
            continue
        values = rows[name].to_numpy()
        empty = np.isnan(values).all() if column.dtype == "float64" else (values < 0).all()
        if not column.required and empty:
            continue
        if column.prefix:
            codes = reading.coder.codes(column.prefix)
            used = sorted({codes[place] for place in np.unique(values[values >= 0])})
            spot = {code: place for place, code in enumerate(used)}
            lookup = np.array([*(spot.get(code, -1) for code in codes), -1])
            data[name] = tidy.category(lookup[values], used)
        elif column.labels:
            data[name] = tidy.category(values.astype(np.int8), column.labels)
        else:
            data[name] = values.astype(column.dtype)
    return pd.DataFrame(data)


def _filled(*names: str) -> Callable[[pd.DataFrame], bool]:
    return lambda frame: all(name in frame and bool(frame[name].notna().any()) for name in names)


def _a_call(frame: pd.DataFrame) -> bool:
    return bool((frame["period"] == "call").any())


def _seen(*outcomes: str) -> Callable[[pd.DataFrame], bool]:
    return lambda frame: bool(frame["outcome"].isin(list(outcomes)).any())


ASKS: dict[str, Ask] = {
    "quarter_hours": Ask(
        lambda frame: bool(frame["period"].isin(["call", "quarter-hour"]).all()),
        "This log counts by longer stretches than a quarter of an hour, so the rush cannot be seen "
        "closely.",
    ),
    "answered": Ask(
        _seen("Answered"), "This log has no call that was answered, so no share can be given."
    ),
    "missed": Ask(
        _seen("Missed"),
        "This log has no call that was given up or missed: ask the supplier whether they are left "
        "out.",
    ),
    "waits": Ask(_filled("queue_s"), "This log does not say how long people waited."),
    "wait_spread": Ask(
        lambda frame: _a_call(frame) and _filled("queue_s")(frame),
        "This log has no wait of each call, so a median wait cannot be given.",
    ),
    "lengths": Ask(
        _filled("handled_s"),
        "This log does not say how long calls took, so staff for them cannot be worked out.",
    ),
    "people": Ask(
        _filled("caller"),
        "This log does not tell callers apart, so redials cannot be counted: calls are more than "
        "people.",
    ),
    "queues": Ask(_filled("queue"), "This log does not say which queue a call was in."),
}

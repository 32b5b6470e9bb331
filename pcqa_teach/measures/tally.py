"""Count the rows of several groups in every whole period, split by a column if asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach import sayings
from pcqa_teach.errors import DataError
from pcqa_teach.measures import calendar, words
from pcqa_teach.measures.outcomes import Mask
from pcqa_teach.measures.periods import Periods, periods


def tally(
    appts: pd.DataFrame,
    groups: Mapping[str, Mask],
    *,
    every: str | None = None,
    by: str | None = None,
) -> tuple[pd.DataFrame, Periods, list[str]]:
    """Sum `count` over each group's rows, for every whole period and every value of `by`.

    One pass a group, no loop over rows, periods or values. A row stands for `count` appointments.

    Returns
    -------
    frame
        `x`, the `by` column if asked, one int64 column a group, `working_days`, for days and weeks
        `holiday` (whether one falls in it), and `rows`: how many rows of any kind the period has.
    periods
        The periods laid out.
    notes
        Sentences about the split.
    """
    laid_out = periods(appts, every)
    codes, labels, notes = _split(appts, by)
    cells = len(laid_out.starts) * len(labels)
    place = laid_out.place
    kept = (place >= 0) & (codes >= 0)
    cell = place[kept] * len(labels) + codes[kept]
    count = appts["count"].to_numpy()[kept]
    frame = pd.DataFrame({"x": np.repeat(laid_out.starts, len(labels)).astype("datetime64[s]")})
    if by is not None:
        frame[by] = pd.Categorical.from_codes(
            np.tile(np.arange(len(labels)), len(laid_out.starts)).tolist(),
            categories=pd.Index(labels),
        )
    for name, mask in groups.items():
        total = np.bincount(cell, weights=count * mask[kept], minlength=cells)
        frame[name] = total.astype("int64")
    seen = np.bincount(place[place >= 0], minlength=len(laid_out.starts))
    frame["rows"] = np.repeat(seen, len(labels))
    return _with_calendar(frame, laid_out, len(labels)), laid_out, notes


def ratio(part: pd.Series, whole: pd.Series) -> NDArray[np.float64]:
    """Divide; missing where there is nothing to divide by.

    >>> ratio(pd.Series([3, 0]), pd.Series([12, 0])).tolist()
    [0.25, nan]
    """
    top, bottom = part.to_numpy(dtype="float64"), whole.to_numpy(dtype="float64")
    out = np.full(len(top), np.nan)
    np.divide(top, bottom, out=out, where=bottom > 0)
    return out


def share(
    appts: pd.DataFrame,
    part: Mask,
    whole: Mask,
    *,
    every: str | None,
    by: str | None,
    about: Mapping[str, str],
    notes: Sequence[str],
) -> pd.DataFrame:
    """Return 100 x part / whole for every period; missing where whole is 0.

    `n` is the whole and `count` the part, which a p chart is made of.
    """
    frame, laid_out, split = tally(appts, {"count": part, "n": whole}, every=every, by=by)
    frame["value"] = 100 * ratio(frame["count"], frame["n"])
    said = [*notes, *laid_out.notes, *holiday_note(frame, laid_out), *split]
    frame = in_order(frame, by, "n", "count")
    frame = finish(frame, **about, unit="%", notes=said, every=laid_out.every)
    frame.attrs["pcqa"]["count"] = "count"
    return frame


def in_order(frame: pd.DataFrame, by: str | None, *after: str) -> pd.DataFrame:
    """Keep the columns of a measure, in the order that every measure has."""
    split = [] if by is None else [by]
    marked = ["holiday"] if "holiday" in frame.columns else []
    return frame[["x", *split, "value", *after, "working_days", *marked]]


def holiday_note(frame: pd.DataFrame, laid_out: Periods) -> list[str]:
    """Name the weeks with a bank holiday."""
    if laid_out.every != "week":
        return []
    marked = frame.loc[frame["holiday"], "x"].unique()
    return words.holiday_weeks(np.asarray(marked, dtype="datetime64[D]"))


def finish(
    frame: pd.DataFrame,
    *,
    measure: str,
    title: str,
    unit: str,
    notes: Sequence[str],
    every: str | None = None,
) -> pd.DataFrame:
    """Attach what a chart prints: the title, the unit and the notes; and the kind of period."""
    said = {"measure": measure, "title": title, "unit": unit, "notes": list(notes)}
    frame.attrs["pcqa"] = said if every is None else {**said, "every": every}
    return frame


def require(appts: pd.DataFrame, column: str, sentence: str) -> None:
    """Raise the sentence where the table lacks a column."""
    if column not in appts.columns:
        raise DataError(sentence)


def check_split(appts: pd.DataFrame, by: str) -> None:
    """Raise a sentence where the table cannot be split by that column."""
    if isinstance(by, str) and by in appts.columns:
        return
    able = [str(name) for name in appts if isinstance(appts[name].dtype, pd.CategoricalDtype)]
    instead = f"it can be split by {sayings.and_list(able)}" if able else "leave by= out"
    raise DataError(f"This file has no '{by}', so it cannot be split by it; {instead}.")


def _split(appts: pd.DataFrame, by: str | None) -> tuple[NDArray[np.int64], list[Any], list[str]]:
    if by is None:
        return np.zeros(len(appts), dtype="int64"), ["all"], []
    check_split(appts, by)
    column = appts[by].astype("category").cat.remove_unused_categories()
    codes = column.cat.codes.to_numpy().astype("int64")
    left = int(appts["count"].to_numpy()[codes < 0].sum())
    notes = [f"{sayings.counted(left, 'appointment')} without '{by}' left out."] if left else []
    return codes, list(column.cat.categories), notes


def _with_calendar(frame: pd.DataFrame, laid_out: Periods, repeats: int) -> pd.DataFrame:
    starts, every = laid_out.starts, laid_out.every
    frame["working_days"] = np.repeat(calendar.working_days(starts, every), repeats)
    if every != "month":  # most months have one
        frame["holiday"] = np.repeat(calendar.holiday_count(starts, every) > 0, repeats)
    return frame

"""What somebody typed, as numbers; or one sentence that says what to type instead."""

from __future__ import annotations

from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.errors import DataError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST = 1e6  # more calls an hour, or minutes a week, than any practice or hub has
MOST_AGENTS = 5000


def number(
    given: object,
    name: str,
    example: float,
    *,
    low: float = 0.0,
    high: float = MOST,
    zero: bool = False,
) -> float:
    """Return one number above nought, or from `low`, up to `high`; `zero` allows nought.

    >>> number(150, "handling_seconds", 150)
    150.0
    """
    values = numbers(given, name, example, low=low, high=high, zero=zero)
    if len(values) != 1:
        raise DataError(f"{name} must be one number: give {name}={example:g}, for example.")
    return float(values[0])


def numbers(
    given: object,
    name: str,
    example: float,
    *,
    low: float = 0.0,
    high: float = MOST,
    zero: bool = False,
) -> Floats:
    """Return one number, or a list of them, as a row of floats; `zero` allows nought.

    >>> numbers([60, 90], "calls_per_hour", 60).tolist()
    [60.0, 90.0]
    """
    values = _floats(given)
    if values is None or values.size == 0 or not np.isfinite(values).all():
        raise DataError(f"{name} must be a number: give {name}={example:g}, for example.")
    too_low = values < low if zero or low > 0 else values <= low
    if too_low.any() or (values > high).any():
        least = f"at least {low:g}" if zero or low > 0 else f"above {low:g}"
        raise DataError(
            f"{name} must be {least} and at most {high:,.10g}: give {name}={example:g}, "
            "for example."
        )
    return values


def wholes(
    given: object, name: str, example: int, *, low: int = 1, high: int = MOST_AGENTS
) -> Ints:
    """Return whole numbers from `low` to `high`.

    >>> wholes([3, 4, 5], "agents", 4).tolist()
    [3, 4, 5]
    """
    values = _floats(given)
    fine = values is not None and values.size > 0 and bool(np.isfinite(values).all())
    if (
        values is None
        or not fine
        or (values != np.round(values)).any()
        or (values < low).any()
        or (values > high).any()
    ):
        raise DataError(
            f"{name} must be a whole number from {low:,} to {high:,}: give {name}={example}, "
            "for example."
        )
    return values.astype("int64")


def whole(given: object, name: str, example: int, *, low: int = 1, high: int = MOST_AGENTS) -> int:
    """Return one whole number.

    >>> whole(200, "days", 200)
    200
    """
    values = wholes(given, name, example, low=low, high=high)
    if len(values) != 1:
        raise DataError(f"{name} must be one whole number: give {name}={example}, for example.")
    return int(values[0])


def share(
    given: object, name: str, example: float, *, low: float = 0.0, high: float = 1.0
) -> float:
    """Return a share between nought and one.

    >>> share(0.4, "share", 0.4)
    0.4
    """
    values = _floats(given)
    if values is None or len(values) != 1 or not low <= values[0] <= high:
        raise DataError(
            f"{name} must be a share from {low:g} to {high:g}: give {name}={example:g}, "
            "for example."
        )
    return float(values[0])


def seeded(seed: object) -> int:
    """Return the seed, a whole number: the same seed gives the same days again."""
    return whole(seed, "seed", 1, low=0, high=2**63 - 1)


def together(**given: NDArray[Any]) -> list[NDArray[Any]]:
    """Stretch single values to the length of the longest; refuse lists of unequal length.

    >>> [row.tolist() for row in together(rate=np.array([60.0]), agents=np.array([3, 4]))]
    [[60.0, 60.0], [3, 4]]
    """
    longest = max(len(values) for values in given.values())
    odd = [name for name, values in given.items() if len(values) not in (1, longest)]
    if odd:
        raise DataError(
            f"{odd[0]} has {len(given[odd[0]])} values where {longest} are wanted: give one, "
            "or as many as in the longest list."
        )
    return [np.broadcast_to(values, longest).copy() for values in given.values()]


def column(frame: pd.DataFrame, name: str, *, low: float | None = 0.0) -> Floats:
    """Return a column of numbers: none missing, none infinite, none below `low`."""
    if list(frame.columns).count(name) != 1:
        raise DataError(
            f"There is not exactly one column '{name}': the columns are {_listed(frame)}."
        )
    values = _floats(frame[name])
    if values is None:
        raise DataError(f"Column '{name}' must hold numbers alone: mend or drop the other cells.")
    wrong = ~np.isfinite(values)
    if wrong.any():
        raise DataError(
            f"Column '{name}' is empty or infinite in {rows_said(wrong)}: fill in the number, or "
            "drop the rows."
        )
    if low is not None and (values < low).any():
        raise DataError(
            f"Column '{name}' is below {low:g} in {rows_said(values < low)}: mend the figures."
        )
    return values


def rows(frame: object, what: str) -> pd.DataFrame:
    """Return the frame if it is one and has rows."""
    if not isinstance(frame, pd.DataFrame):
        raise DataError(f"{what} must be a table (a DataFrame), not {type(frame).__name__}.")
    if frame.empty:
        raise DataError(f"{what} has no rows: bring at least one.")
    return frame


def times(given: pd.Series[Any], name: str) -> pd.Series[Any]:
    """Return dates with times of day as they stood on the wall in London, none missing."""
    values = given.reset_index(drop=True)
    if not pd.api.types.is_datetime64_any_dtype(values):
        values = _read(values, name)
    missing = values.isna().to_numpy()
    if missing.any():
        raise DataError(
            f"Column '{name}' has no date and time in {rows_said(missing)}: fill it in, or drop "
            "the rows."
        )
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        values = values.dt.tz_convert("Europe/London").dt.tz_localize(None)
    return values


def _read(values: pd.Series[Any], name: str) -> pd.Series[Any]:
    """Read times written as text, day first, each distinct text once."""
    from pcqa_teach.dates import moment

    codes, distinct = pd.factorize(values.astype(object))
    found: list[object] = []
    for cell in distinct:
        try:
            found.append(pd.Timestamp(moment(cell) if isinstance(cell, str) else _stamp(cell)))
        except (ValueError, KeyError, TypeError, OverflowError):
            found.append(pd.NaT)
    read = pd.Series(found, dtype="datetime64[us]")
    wrong = (codes >= 0) & read.isna().to_numpy()[codes] if len(read) else codes >= 0
    if wrong.any():
        raise DataError(
            f"Column '{name}' is not a date and time in {rows_said(wrong)}: write it as "
            "31/03/2025 08:05."
        )
    if not len(read):
        return pd.Series([pd.NaT] * len(codes), dtype="datetime64[us]")
    return read.take(codes).reset_index(drop=True).where(pd.Series(codes >= 0))


def _stamp(cell: Any) -> Any:
    """Refuse a bare number, which would be read as nanoseconds since 1970."""
    if isinstance(cell, Real | np.generic):
        raise TypeError
    stamp = pd.Timestamp(cell)
    return stamp.tz_convert("Europe/London").tz_localize(None) if stamp.tz is not None else stamp


def rows_said(wrong: NDArray[np.bool_]) -> str:
    """Say which rows, by number from 1.

    >>> rows_said(np.array([False, True, True]))
    'rows 2 and 3'
    """
    found = [str(place + 1) for place in np.flatnonzero(wrong)]
    if len(found) == 1:
        return f"row {found[0]}"
    if len(found) > 5:
        return f"{len(found)} rows (the first are {', '.join(found[:5])})"
    return f"rows {', '.join(found[:-1])} and {found[-1]}"


def _floats(given: object) -> Floats | None:
    """Give a row of floats, NaN where missing; None where there is a bool, text or a table."""
    if isinstance(given, pd.Series | pd.Index):
        values = given.to_numpy(dtype=object)
    else:
        try:
            values = np.atleast_1d(np.asarray(given, dtype=object))
        except (ValueError, TypeError):
            return None
    if values.ndim != 1:
        return None
    missing = np.asarray(pd.isna(values), dtype=bool)
    kept = values[~missing]
    if any(isinstance(v, bool | np.bool_) or not isinstance(v, Real | np.number) for v in kept):
        return None
    result = np.full(len(values), np.nan)
    try:
        result[~missing] = kept.astype(np.float64)
    except (ValueError, TypeError, OverflowError):
        return None
    return result


def _listed(frame: pd.DataFrame) -> str:
    names = [str(name) for name in frame.columns[:12]]
    return (", ".join(names) or "none") + (", ..." if len(frame.columns) > 12 else "")

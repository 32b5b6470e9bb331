"""What somebody typed, checked: every complaint is one sentence and repeats no text they gave."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from numbers import Real
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.errors import DataError
from pcqa_teach.sayings import capital

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

_P = ParamSpec("_P")
_T = TypeVar("_T")


def number(value: Any, /, name: str, example: object = None, **bounds: float) -> float:
    """Give one finite number within its bounds.

    Parameters
    ----------
    value, name : what was given, and what it is called
    example : one that would do, for the message
    bounds : `low` and `high` (may be reached), `above` and `below` (may not)

    Examples
    --------
    >>> number(150, "handling_seconds", 150, above=0)
    150.0
    >>> number("many", "minutes", 10, above=0, high=1440)
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: minutes must be a number above 0 and at most 1,440: give 10, \
for example.
    """
    return float(_within(value, "a number", name, example, bounds, 1)[0])


def numbers(value: Any, /, name: str, example: object = None, **bounds: float) -> Floats:
    """Give one number, or a list of them, as a row of floats.

    >>> numbers([60, 90], "calls_per_hour", 60, low=0).tolist()
    [60.0, 90.0]
    """
    return _within(value, "a number", name, example, bounds)


def whole(value: Any, /, name: str, example: object = None, **bounds: float) -> int:
    """Give one whole number within its bounds.

    >>> whole(200, "days", 200, low=1)
    200
    """
    return int(_within(value, "a whole number", name, example, bounds, 1)[0])


def wholes(value: Any, /, name: str, example: object = None, **bounds: float) -> Ints:
    """Give one whole number, or a list of them.

    >>> wholes([3, 4, 5], "agents", 4, low=1).tolist()
    [3, 4, 5]
    """
    return _within(value, "a whole number", name, example, bounds).astype("int64")


def seeded(seed: Any) -> int:
    """Give the seed, a whole number: the same seed gives the same chance again."""
    return whole(seed, "seed", 1, low=0)


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


def confidence_of(confidence: Any) -> float:
    """Give how sure an interval is to be."""
    return number(confidence, "confidence", 0.95, low=0.5, below=1)


def text(value: Any, /, name: str, hint: str = "write it in a few words") -> str:
    """Give a text on one line.

    >>> text("  Reach a   person ", "need")
    'Reach a person'
    """
    if nothing(value):
        raise DataError(f"{_start(name)} is empty: {hint}.")
    if not isinstance(value, str):
        raise DataError(f"{_start(name)} is {_a(value)}: give it as text.")
    return " ".join(value.split())


def texts(value: Any, /, name: str) -> tuple[str, ...]:
    """Give a tuple of texts; one text is a list of one.

    >>> texts("phone line", "cause"), texts(None, "cause")
    (('phone line',), ())
    """
    if nothing(value):
        return ()
    if isinstance(value, str):
        value = [value]
    if isinstance(value, Mapping) or not isinstance(value, Iterable):
        raise DataError(f"{_start(name)} is {_a(value)}: give a list of texts.")
    return tuple(
        text(one, f"{name}, entry {place}", "fill it in or take it out")
        for place, one in enumerate(value, 1)
    )


def yes_no(value: Any, /, name: str) -> bool:
    """Give True or False; no number and no word stands for either.

    >>> yes_no(np.True_, "value")
    True
    """
    if not isinstance(value, bool | np.bool_):
        raise DataError(f"{_start(name)} is {_a(value)}: give True or False.")
    return bool(value)


def day_of(value: Any, /, name: str) -> pd.Timestamp:
    """Give a date, day first.

    >>> day_of("5/3/2026", "by").date().isoformat()
    '2026-03-05'
    """
    when = None if nothing(value) else date_of(value)
    if when is None:
        raise DataError(
            f"{_start(name)} is not a date: write it as '2026-03-31' or '31/03/2026', day first."
        )
    return when


def optional(
    check: Callable[Concatenate[Any, _P], _T], value: Any, *about: _P.args, **more: _P.kwargs
) -> _T | None:
    """Give what a check gives, or None where there is nothing.

    >>> optional(text, " ", "who") is None, optional(number, 3, "minutes", low=0)
    (True, 3.0)
    """
    return None if nothing(value) else check(value, *about, **more)


def distinct(names: Iterable[str], what: str) -> None:
    """Refuse the same name twice, in any case of letters."""
    seen: set[str] = set()
    for place, name in enumerate(names, 1):
        if name.casefold() in seen:
            raise DataError(f"{what}, entry {place}, is there twice: keep one of them.")
        seen.add(name.casefold())


def date_of(given: Any, *, london: bool = False) -> pd.Timestamp | None:
    """Read one date, from text day first; None where it is none.

    What the clock on the wall showed is kept, or, with `london`, what it showed in London.

    >>> date_of("05/03/2024"), date_of("03/13/2024"), date_of(5)
    (Timestamp('2024-03-05 00:00:00'), None, None)
    """
    from pcqa_teach.dates import moment

    if isinstance(given, pd.Period):
        given = given.to_timestamp()
    try:
        when = moment(given) if isinstance(given, str) else given
        if not isinstance(when, date | np.datetime64) or pd.isna(when):
            return None
        stamp = pd.Timestamp(when)
        if london and stamp.tz is not None:
            stamp = stamp.tz_convert("Europe/London")
        return stamp.tz_localize(None)
    except (ValueError, KeyError, OverflowError):
        return None


def nothing(value: Any) -> bool:
    """Say whether nothing was given: None, a missing value, or blanks.

    >>> [nothing(one) for one in (None, float("nan"), "  ", 0, "a")]
    [True, True, True, False, False]
    """
    if value is None or value is pd.NaT or value is pd.NA:
        return True
    if isinstance(value, float | np.floating):
        return math.isnan(value)
    return isinstance(value, str) and not value.strip()


def floats(given: Any) -> Floats | None:
    """Give a row of floats, NaN where missing; None where there is a bool, text or a table."""
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


def _within(
    value: Any,
    kind: str,
    name: str,
    example: object,
    bounds: dict[str, float],
    most: float = np.inf,
) -> Floats:
    """Give the values if they are no more than `most`, of the kind, and within the bounds."""
    low, high = bounds.get("low", -np.inf), bounds.get("high", np.inf)
    above, below = bounds.get("above", -np.inf), bounds.get("below", np.inf)
    found = floats(value)
    if found is not None and 0 < found.size <= most and np.isfinite(found).all():
        fine = (found >= low) & (found <= high) & (found > above) & (found < below)
        if kind != "a number":
            fine &= found == np.round(found)
        if fine.all():
            return found
    such = "give it in figures" if example is None else f"give {example}, for example"
    raise DataError(f"{_start(name)} must be {kind}{_range(**bounds)}: {such}.")


def _range(
    low: float | None = None,
    high: float | None = None,
    above: float | None = None,
    below: float | None = None,
) -> str:
    """Say the bounds.

    >>> _range(low=1, high=5000), _range(above=0), _range(low=0), _range(above=0, below=100)
    (' from 1 to 5,000', ' above 0', ' of 0 or more', ' above 0 and below 100')
    """
    low, high, above, below = (
        one if one is not None and np.isfinite(one) else None for one in (low, high, above, below)
    )
    if low is not None and high is not None:
        return f" from {low:,.15g} to {high:,.15g}"
    start = "" if above is None else f"above {above:,.15g}"
    start = start if low is None else f"of {low:,.15g} or more"
    end = "" if below is None else f"below {below:,.15g}"
    end = end if high is None else f"at most {high:,.15g}"
    said = " and ".join(part for part in (start, end) if part)
    return f" {said}" if said else ""


def _start(name: str) -> str:
    """Begin a sentence: with a capital, unless it is an argument as somebody typed it."""
    return capital(name) if " " in name else name


def _a(value: Any) -> str:
    kinds = {bool: "yes or no", str: "text", int: "a number", float: "a number"}
    return next((name for kind, name in kinds.items() if isinstance(value, kind)), "something else")

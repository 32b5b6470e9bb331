"""What the caller gave, checked: every complaint is one sentence and repeats no cell of text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.errors import DataError

Floats: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.intp]
Texts: TypeAlias = NDArray[np.object_]
Bools: TypeAlias = NDArray[np.bool_]

_TIDY = ("date", "period", "status", "count", "source")


def table(frame: Any, holds: str) -> pd.DataFrame:
    """Give a frame that has rows, and each column once.

    >>> table(pd.DataFrame(), "contacts")
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: There are no contacts in this table: give one row for each.
    """
    if not isinstance(frame, pd.DataFrame):
        raise DataError(f"The {holds} are not a table: give a DataFrame, as pd.read_csv makes it.")
    if not frame.columns.is_unique:
        raise DataError(f"The table of {holds} has a column twice: rename or drop one of them.")
    if frame.empty:
        raise DataError(f"There are no {holds} in this table: give one row for each.")
    return frame


def column(frame: pd.DataFrame, name: Any, what: str) -> pd.Series:
    """Give a column by its name; `what` says what it should hold."""
    if not isinstance(name, str) or name not in frame.columns:
        said = f"'{name}'" if isinstance(name, str) else "of that kind"
        raise DataError(f"There is no column {said} for {what}: name the column that holds it.")
    return frame[name]


def labels(frame: pd.DataFrame, name: Any, what: str) -> Texts:
    """Give a column as texts without stray spaces; None where a cell is blank.

    Texts that differ in letter case alone are one, spelt as they were first.

    >>> labels(pd.DataFrame({"code": [" value ", None, "", "Value"]}), "code", "a code").tolist()
    ['value', None, None, 'value']
    """
    codes, seen = pd.factorize(column(frame, name, what))
    spelt: dict[str, str] = {}
    plain = (" ".join(str(one).split()) for one in seen)
    clean = [spelt.setdefault(one.casefold(), one) if one else None for one in plain]
    return np.array([*clean, None], dtype=object)[codes]


def numbers(frame: pd.DataFrame, name: Any, what: str) -> Floats:
    """Give a column of finite numbers, none below nought.

    >>> numbers(pd.DataFrame({"n": [1, -1]}), "n", "contacts")
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: Column 'n' (contacts) has 1 row below nought: mend it first.
    """
    found = column(frame, name, what)
    if pd.api.types.is_bool_dtype(found):
        raise DataError(f"Column '{name}' ({what}) holds yes and no, not numbers: give numbers.")
    values = pd.to_numeric(found, errors="coerce").to_numpy(dtype="float64", na_value=np.nan)
    for wrong, said in ((~np.isfinite(values), "without a number"), (values < 0, "below nought")):
        bad = int(wrong.sum())
        if bad:
            rows = f"{bad:,} row{'' if bad == 1 else 's'}"
            raise DataError(
                f"Column '{name}' ({what}) has {rows} {said}: mend {'it' if bad == 1 else 'them'} "
                "first."
            )
    return values


def whole_numbers(frame: pd.DataFrame, name: Any, what: str) -> Floats:
    """Give a column of whole numbers, none below nought."""
    values = numbers(frame, name, what)
    if (values != np.floor(values)).any():
        raise DataError(f"Column '{name}' ({what}) has parts of a whole: give whole numbers.")
    return values


def people(frame: pd.DataFrame, name: Any) -> tuple[Codes, pd.Index]:
    """Give each person of a column a number, by first sight; -1 stands for nobody named."""
    found = column(frame, name, "the person")
    if pd.api.types.is_object_dtype(found) or pd.api.types.is_string_dtype(found):
        found = found.where(found.astype("str").str.strip() != "")
    codes, seen = pd.factorize(found)
    if not len(seen):
        raise DataError(f"Column '{name}' names nobody: give a column with a code for each person.")
    return codes, pd.Index(seen)


def above_nought(value: Any, what: str, example: str) -> float:
    """Give a finite number above nought.

    >>> above_nought(0, "list_size", "9800")
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: list_size is not a number above nought: give it in figures, for \
example 9800.
    """
    plain = isinstance(value, int | float | np.number) and not isinstance(value, bool | np.bool_)
    if not plain or not math.isfinite(float(value)) or value <= 0:
        raise DataError(
            f"{what} is not a number above nought: give it in figures, for example {example}."
        )
    return float(value)


def percent(value: Any, what: str) -> float:
    """Give a number above 0 and below 100."""
    number = above_nought(value, what, "3")
    if number >= 100:
        raise DataError(f"{what} is 100% or more: give a share below 100, for example 3.")
    return number


def percents(value: Any, what: str) -> list[float]:
    """Give one or several numbers above 0 and below 100."""
    several = list(value) if isinstance(value, Iterable) and not isinstance(value, str) else [value]
    if not several:
        raise DataError(f"{what} names no share: give at least one, for example 3.")
    return [percent(one, what) for one in several]


def weights(value: Any, what: str) -> dict[str, float]:
    """Give named numbers above nought, from a dict or a Series."""
    pairs = value.to_dict() if isinstance(value, pd.Series) else value
    if not isinstance(pairs, Mapping) or not pairs:
        raise DataError(f"{what} is not a set of named numbers: give it as {{'Telephone': 620}}.")
    return {
        " ".join(str(name).split()): above_nought(number, f"{what} of '{name}'", "620")
        for name, number in pairs.items()
    }


def is_tidy(frame: pd.DataFrame) -> bool:
    """Say whether this is an appointments table as `pcqa.read` gives it."""
    return all(name in frame.columns for name in _TIDY)


def came(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Keep the appointments that people came to, where the table is one of appointments."""
    if not is_tidy(frame):
        return frame, []
    from pcqa_teach.measures.outcomes import outcomes

    kept = frame[outcomes(frame).came]
    if kept.empty:
        raise DataError("Nobody came to an appointment in this table: give a report of past days.")
    return kept, ["Appointments that the person came to; missed and cancelled ones are left out."]


def dates(frame: pd.DataFrame, name: str | None) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Give the first and the last day, where a column of dates is named or can be found."""
    tried = name or next((one for one in ("date", "at") if one in frame.columns), None)
    if tried is None:
        return None
    found = column(frame, tried, "the date")
    if not pd.api.types.is_datetime64_any_dtype(found):
        if name is None:
            return None
        raise DataError(
            f"Column '{name}' does not hold dates: read it with pd.to_datetime(..., dayfirst=True)."
        )
    known = found.dropna()
    return (pd.Timestamp(known.min()), pd.Timestamp(known.max())) if len(known) else None

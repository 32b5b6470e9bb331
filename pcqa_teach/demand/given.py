"""What contacts, appointments and people come as: labels, codes of people, a list's size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.arguments import Floats, number, whole
from pcqa_teach.columns import column
from pcqa_teach.errors import DataError

Codes: TypeAlias = NDArray[np.intp]
Texts: TypeAlias = NDArray[np.object_]

_TIDY = ("date", "period", "status", "count", "source")


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


def people(frame: pd.DataFrame, name: Any) -> tuple[Codes, pd.Index]:
    """Give each person of a column a number, by first sight; -1 stands for nobody named."""
    found = column(frame, name, "the person")
    if pd.api.types.is_object_dtype(found) or pd.api.types.is_string_dtype(found):
        found = found.where(found.astype("str").str.strip() != "")
    codes, seen = pd.factorize(found)
    if not len(seen):
        raise DataError(f"Column '{name}' names nobody: give a column with a code for each person.")
    return codes, pd.Index(seen)


def with_list(counts: Floats, list_size: Any) -> Floats:
    """Add the people on the list who are not in the table, with nothing."""
    if list_size is None:
        return counts
    size = whole(list_size, "list_size", 9800, low=1)
    if size < len(counts):
        raise DataError(
            f"list_size is {size:,}, but {len(counts):,} people are in the table: give the number "
            "registered, or take out people who are not on the list."
        )
    return np.concatenate([counts, np.zeros(size - len(counts))])


def percents(value: Any, name: str) -> list[float]:
    """Give one or several numbers above 0 and below 100."""
    several = list(value) if isinstance(value, Iterable) and not isinstance(value, str) else [value]
    if not several:
        raise DataError(f"{name} names no share: give at least one, for example 3.")
    return [number(one, name, 3, above=0, below=100) for one in several]


def weights(value: Any, name: str) -> dict[str, float]:
    """Give named numbers above nought, from a dict or a Series."""
    pairs = value.to_dict() if isinstance(value, pd.Series) else value
    if not isinstance(pairs, Mapping) or not pairs:
        raise DataError(f"{name} is not a set of named numbers: give it as {{'Telephone': 620}}.")
    return {
        " ".join(str(one).split()): number(given, f"{name} of '{one}'", 620, above=0)
        for one, given in pairs.items()
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

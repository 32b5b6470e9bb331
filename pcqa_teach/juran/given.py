"""What the caller gave, checked: every complaint is one sentence and repeats no cell of text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.errors import DataError
from pcqa_teach.spc.series import date_of


def text(value: Any, what: str, hint: str = "write it in a few words") -> str:
    """Give a text on one line.

    >>> text("  Reach a   person ", "need")
    'Reach a person'
    """
    words = optional_text(value, what)
    if words is None:
        raise DataError(f"{_cap(what)} is empty: {hint}.")
    return words


def optional_text(value: Any, what: str) -> str | None:
    """Give a text on one line, or None where there is nothing.

    >>> optional_text(" ", "who") is None
    True
    """
    if _nothing(value):
        return None
    if not isinstance(value, str):
        raise DataError(f"{_cap(what)} is {_a(value)}: give it as text.")
    return " ".join(value.split()) or None


def texts(value: Any, what: str) -> tuple[str, ...]:
    """Give a tuple of texts; one text is a list of one.

    >>> texts("phone line", "cause"), texts(None, "cause")
    (('phone line',), ())
    """
    if _nothing(value):
        return ()
    if isinstance(value, str):
        value = [value]
    if isinstance(value, Mapping) or not isinstance(value, Iterable):
        raise DataError(f"{_cap(what)} is {_a(value)}: give a list of texts.")
    return tuple(
        text(one, f"{what}, entry {place}", "fill it in or take it out")
        for place, one in enumerate(value, 1)
    )


def number(value: Any, what: str, *, low: float | None = None) -> float:
    """Give a finite number, not below `low`.

    >>> number(3, "minutes", low=0)
    3.0
    """
    plain = isinstance(value, int | float | np.number) and not isinstance(value, bool | np.bool_)
    if not plain or not math.isfinite(float(value)):
        raise DataError(f"{_cap(what)} is {_a(value)}: give a number.")
    if low is not None and value < low:
        bound = "negative" if low == 0 else f"below {low:g}"
        raise DataError(f"{_cap(what)} is {bound}: give {low:g} or more.")
    return float(value)


def optional_number(value: Any, what: str, *, low: float | None = None) -> float | None:
    """Give a finite number, or None where there is nothing."""
    return None if _nothing(value) else number(value, what, low=low)


def yes_no(value: Any, what: str) -> bool:
    """Give True or False; no number and no word stands for either.

    >>> yes_no(np.True_, "value")
    True
    """
    if not isinstance(value, bool | np.bool_):
        raise DataError(f"{_cap(what)} is {_a(value)}: give True or False.")
    return bool(value)


def day(value: Any, what: str) -> pd.Timestamp:
    """Give a date, day first.

    >>> day("5/3/2026", "by").date().isoformat()
    '2026-03-05'
    """
    when = None if _nothing(value) else date_of(value)
    if when is None:
        raise DataError(
            f"{_cap(what)} is not a date: write it as '2026-03-31' or '31/03/2026', day first."
        )
    return when


def optional_day(value: Any, what: str) -> pd.Timestamp | None:
    """Give a date, or None where there is nothing."""
    return None if _nothing(value) else day(value, what)


def records(
    given: Any, what: str, needed: Sequence[str], optional: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Give rows as dicts with all of the columns, None where nothing was given.

    >>> records([{"step": "Open letter"}], "process_map", ["step"], ["role"])
    [{'step': 'Open letter', 'role': None}]
    """
    rows = _rows(given, what, [*needed, *optional])
    if not rows:
        raise DataError(f"{what} has no rows: give at least one.")
    allowed = [*needed, *optional]
    for place, row in enumerate(rows, 1):
        lacking = [name for name in needed if name not in row]
        if lacking:
            raise DataError(
                f"{what}, row {place}, has no '{lacking[0]}': each row needs {quoted(needed)}."
            )
        other = [name for name in row if name not in allowed]
        if other and not isinstance(given, pd.DataFrame):
            raise DataError(
                f"{what}, row {place}, has an entry that is not one of {quoted(allowed)}:"
                " rename it or take it out."
            )
    return [
        {name: None if _nothing(row.get(name)) else row[name] for name in allowed} for row in rows
    ]


def distinct(names: Iterable[str], what: str) -> None:
    """Refuse the same name twice."""
    seen: set[str] = set()
    for place, name in enumerate(names, 1):
        if name.casefold() in seen:
            raise DataError(f"{what}, entry {place}, is there twice: keep one of them.")
        seen.add(name.casefold())


def quoted(names: Iterable[str]) -> str:
    """Name several things.

    >>> quoted(["step", "role"])
    "'step' and 'role'"
    """
    return and_list([f"'{name}'" for name in names])


def and_list(parts: Sequence[str]) -> str:
    """Join words as a sentence does.

    >>> and_list(["planning", "control", "improvement"])
    'planning, control and improvement'
    """
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def counted(number: float, thing: str, things: str | None = None) -> str:
    """Write a number with its noun.

    >>> counted(1, "cause"), counted(1200, "cause")
    ('1 cause', '1,200 causes')
    """
    return f"{number:,.10g} {thing if number == 1 else things or thing + 's'}"


def plain(value: float) -> str:
    """Write a number as people do, without needless decimals.

    >>> plain(12.0), plain(1234.56), plain(0.5)
    ('12', '1,235', '0.5')
    """
    if abs(value) >= 100 or value == round(value):
        return f"{value:,.0f}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def percent(part: float, whole: float) -> str:
    """Write a share, never rounding something to nothing or to all.

    >>> percent(1, 3), percent(1, 1000), percent(999, 1000), percent(0, 5)
    ('33%', 'under 1%', 'over 99%', '0%')
    """
    share = 100 * part / whole
    if 0 < share < 1:
        return "under 1%"
    if 99 < share < 100:
        return "over 99%"
    return f"{share:.0f}%"


def said(when: pd.Timestamp) -> str:
    """Write a day as people say it.

    >>> said(pd.Timestamp("2026-05-04"))
    '4 May 2026'
    """
    return f"{when.day} {when:%b %Y}"


def capital(words: str) -> str:
    """Begin with a capital and leave the rest alone.

    >>> capital("aim for GPs")
    'Aim for GPs'
    """
    return _cap(words)


def _rows(given: Any, what: str, columns: Sequence[str]) -> list[dict[str, Any]]:
    if isinstance(given, pd.DataFrame):
        if given.columns.has_duplicates:
            raise DataError(f"{what} has a column name twice: rename one of them.")
        return [
            {str(name): value for name, value in row.items()} for row in given.to_dict("records")
        ]
    if isinstance(given, Mapping):
        given = [given]
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise DataError(f"{what} needs rows with {quoted(columns)}, as a table or a list of dicts.")
    rows = list(given)
    if not all(isinstance(row, Mapping) for row in rows):
        raise DataError(f"{what} needs rows with {quoted(columns)}, as a table or a list of dicts.")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _nothing(value: Any) -> bool:
    if value is None or value is pd.NaT or value is pd.NA:
        return True
    if isinstance(value, float | np.floating):
        return math.isnan(value)
    return isinstance(value, str) and not value.strip()


def _cap(words: str) -> str:
    return words[:1].upper() + words[1:]


def _a(value: Any) -> str:
    if _nothing(value):
        return "empty"
    kinds = {bool: "yes or no", str: "text", int: "a number", float: "not a finite number"}
    return next((name for kind, name in kinds.items() if isinstance(value, kind)), "something else")

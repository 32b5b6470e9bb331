"""Small numbers held back from a list or a table whose totals are known, and the reason for each.

A count from 1 to 4 is not shown. Nor may it be found by subtraction: where it stands alone in a
row or a column with a known total, the smallest of the others goes with it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats
from pcqa_teach.columns import amounts_of, whole_of
from pcqa_teach.errors import DataError
from pcqa_teach.privacy import SMALL, suppress

HELD = "held back"
TOTAL = "Total"
_CLOSE = 1e-6


def held_back(counts: pd.Series[Any] | pd.DataFrame) -> Any:
    """Say which counts must not be shown where the totals are known.

    First each count from 1 to 4. Then, as long as a row or a column could still give one of them
    away (a hidden count stands alone in it, or those hidden in it add up to 1 to 4, or only one
    set of counts fits, as 4 and 4 where 8 are hidden), the smallest of its other counts. A total
    that is itself 1 to 4 is hidden as well; nought is shown.

    Parameters
    ----------
    counts : a list (one total is known), or a table (the totals of its rows and columns are known)

    Returns
    -------
    A Series or DataFrame of yes and no in the same shape, without the totals

    Raises
    ------
    DataError
        A count is not a whole number of 0 or more, or there are none.

    Examples
    --------
    >>> held_back(pd.Series({"a": 40, "b": 12, "c": 3, "d": 0, "e": 5})).tolist()  # e goes with c
    [False, False, True, False, True]

    Notes
    -----
    "Under 5" is this kit's own rule. On subtraction in tables: Cox, Journal of the American
    Statistical Association 75 (1980), on complementary suppression.
    """
    table, rows = _table(counts)
    hidden = _hidden(table, SMALL)[: len(table), : table.shape[1]]
    if rows is None:
        return pd.Series(hidden[0], index=counts.index)
    return pd.DataFrame(hidden, index=counts.index, columns=rows.columns)


def shareable(counts: pd.Series[Any] | pd.DataFrame, *, below: int = SMALL) -> Any:
    """Write counts with their totals as texts that may be shared: small ones in words.

    Parameters
    ----------
    counts : as for `held_back`
    below : what counts as small

    Returns
    -------
    The same list or table as texts, with its totals; what was hidden for the sake of another count
    says so

    Examples
    --------
    >>> shareable(pd.Series({"a": 40, "c": 3, "e": 5})).tolist()
    ['40', 'fewer than 5', 'held back', '48']
    """
    table, rows = _table(counts)
    hidden = _hidden(table, below)
    whole = _with_totals(table)
    texts = np.array(
        [
            [_text(value, held, said, below) for value, held, said in zip(*cells, strict=True)]
            for cells in zip(whole, hidden, _said_small(whole, below), strict=True)
        ],
        dtype=object,
    )
    if rows is None:
        return pd.Series(texts[0], index=[*counts.index, TOTAL], dtype=object)
    return pd.DataFrame(texts, index=[*rows.index, TOTAL], columns=[*rows.columns, TOTAL])


def _text(value: float, held: bool, said: bool, below: int) -> str:
    if not held:
        return f"{value:,.0f}"
    return str(suppress(value, below)) if said else HELD


def _said_small(whole: Floats, below: int) -> Bools:
    """Say which counts are written "fewer than 5": no total of four parts, each then 1."""
    small: Bools = (whole > 0) & (whole < below)
    small[:, -1] &= (whole[:, :-1] > 0).sum(axis=1) < below - 1
    if len(whole) > 1:
        small[-1] &= (whole[:-1] > 0).sum(axis=0) < below - 1
        small[-1, -1] &= (whole[:-1, :-1] > 0).sum() < below - 1
    return small


def _table(counts: Any) -> tuple[Floats, pd.DataFrame | None]:
    """Give the counts as a table of numbers; and the frame, where it was one."""
    if isinstance(counts, pd.Series):
        values = whole_of(amounts_of(counts, counts.name or "counts"), counts.name or "counts")
        if not len(values):
            raise DataError("There are no counts: give at least one.")
        return values[np.newaxis, :], None
    if not isinstance(counts, pd.DataFrame) or not counts.size:
        raise DataError("Counts come as a Series or a DataFrame with at least one count.")
    columns = [
        whole_of(amounts_of(counts.iloc[:, place], name), name)
        for place, name in enumerate(counts.columns)
    ]
    return np.column_stack(columns), counts


def _with_totals(table: Floats) -> Floats:
    """Put the totals at the right and, for more than one row, below."""
    whole = np.column_stack([table, table.sum(axis=1)])
    return whole if len(table) == 1 else np.vstack([whole, whole.sum(axis=0)])


def _hidden(table: Floats, below: int) -> Bools:
    """Say which cells are hidden, totals among them."""
    whole = _with_totals(table)
    hidden: Bools = (whole > 0) & (whole < below)
    lines = _lines(whole.shape)
    for _ in range(whole.size):
        weak = [line for line in lines if _gives_away(whole[line], hidden[line], below)]
        weak = weak or _lines_of_found(whole, hidden, lines, below)
        extra = next(
            (
                (line[0][place], line[1][place])
                for line in weak
                if (place := _next(whole[line], hidden[line])) is not None
            ),
            _smallest_shown(whole, hidden) if weak else None,
        )
        if extra is None:
            break
        hidden[extra] = True
    return hidden


def _smallest_shown(whole: Floats, hidden: Bools) -> tuple[int, int] | None:
    """Give the smallest count or total still shown, where the lines at fault have none to hide."""
    shown = np.where(hidden | (whole <= 0), np.inf, whole)
    if not np.isfinite(shown).any():
        return None
    down, across = np.unravel_index(int(np.argmin(shown)), shown.shape)
    return int(down), int(across)


def _lines_of_found(whole: Floats, hidden: Bools, lines: list[Any], below: int) -> list[Any]:
    """Give the lines with a hidden count that all rows and columns together would give away.

    Each line says that its counts add up to its total. Whoever reads the table knows besides that
    a small count is 1 to 4, and that any other hidden one is more (a total of four parts, 4 or
    more, since it is not said to be small). A count that is the same in
    every table which fits all of this is found.
    """
    from scipy.optimize import linprog

    places = np.flatnonzero(hidden)
    if not len(places):
        return []
    sums = np.zeros((len(lines), hidden.size))
    for number, line in enumerate(lines):
        at = np.ravel_multi_index(line, hidden.shape)
        sums[number, at] = [*[1.0] * (len(at) - 1), -1.0]
    shown = np.where(hidden, 0, whole).ravel()
    small = _said_small(whole, below).ravel()[places]
    large = np.full(whole.shape, below)
    large[:, -1] = below - 1
    large[-1] = below - 1 if len(whole) > 1 else large[-1]
    bounds = [
        (1, below - 1) if one else (from_, None)
        for one, from_ in zip(small, large.ravel()[places], strict=True)
    ]
    fits = {"A_eq": sums[:, places], "b_eq": -sums @ shown, "bounds": bounds}
    least, most = (
        np.array(
            [_end(linprog(way * np.eye(len(places))[one], **fits)) for one in range(len(places))]
        )
        for way in (1, -1)
    )
    found = places[np.abs(least + most) < _CLOSE]  # the second is the most with its sign turned
    return [
        line for line in lines if np.isin(np.ravel_multi_index(line, hidden.shape), found).any()
    ]


def _end(solved: Any) -> float:
    return float(solved.fun) if solved.status == 0 else -np.inf  # no end to it


def _lines(shape: tuple[int, ...]) -> list[Any]:
    """Give the places of each row and each column; its last place is its total."""
    down, across = shape
    rows = [(np.full(across, row), np.arange(across)) for row in range(down)]
    columns = [(np.arange(down), np.full(down, place)) for place in range(across)]
    return rows if down == 1 else rows + columns


def _gives_away(line: Floats, hidden: Bools, below: int) -> bool:
    """Say whether subtraction finds a hidden count, or a group of them that is small itself."""
    if hidden.sum() == 1:
        return True
    inside = float(line[:-1][hidden[:-1]].sum())
    return not hidden[-1] and 0 < inside < below


def _next(line: Floats, hidden: Bools) -> int | None:
    """Choose what to hide next: the smallest of the other counts, and only then the total."""
    free = ~hidden[:-1] & (line[:-1] > 0)
    if free.any():
        return int(np.argmin(np.where(free, line[:-1], np.inf)))
    return None if hidden[-1] else len(line) - 1

"""From the caller's frame to sorted arrays, one row a point."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.columns import a_thing, column, numbers, rows_said, times
from pcqa_teach.spc.segments import Bools, Floats, Ints, Segments


@dataclass(frozen=True)
class Series:
    """One or many series, sorted by group and then by x.

    Parameters
    ----------
    x : array of dates or numbers
    y : array of float, NaN where missing; the mean, where rows are subgroups
    n : array of float, or None; the size, where rows are subgroups
    group : array of int, the series each row belongs to
    groups : the values of the `by` column (or pairs of two), in the order they first appear;
        empty without one
    holiday : array of bool, or None
    target : array of float, the target that holds for each row, where a column gives it
    sd, span : arrays of float, standard deviation and range of each subgroup, or None
    empty : array of bool, the rows whose denominator is 0, or None
    labels : the `by` columns of text, row by row, so that they need not be made again
    """

    x: NDArray[Any]
    y: Floats
    n: Floats | None
    group: Ints
    groups: pd.Index[Any]
    holiday: Bools | None
    target: Floats | None = None
    sd: Floats | None = None
    span: Floats | None = None
    empty: Bools | None = None
    labels: Mapping[str, Any] = field(default_factory=dict)

    @property
    def dated(self) -> bool:
        """Whether x holds dates."""
        return self.x.dtype.kind == "M"

    @cached_property
    def group_starts(self) -> Ints:
        """The first row of each series."""
        new = np.empty(len(self.group), dtype=bool)
        new[:1] = True
        np.not_equal(self.group[1:], self.group[:-1], out=new[1:])
        return np.flatnonzero(new)

    @cached_property
    def position(self) -> Ints:
        """Count rows from 0 within each series."""
        return Segments(self.group_starts, len(self.group)).position()

    def rows(self, which: Ints | slice) -> Series:
        """Take some rows, in an order of one's own."""
        taken: dict[str, Any] = {
            name: values[which]
            for name in ("x", "y", "n", "group", "holiday", "target", "sd", "span", "empty")
            if (values := getattr(self, name)) is not None
        }
        taken["labels"] = {name: column[which] for name, column in self.labels.items()}
        return replace(self, **taken)


def read_series(
    frame: pd.DataFrame,
    x: str,
    y: str,
    n: str | None,
    by: str | Sequence[str] | None,
    *,
    target: str | None = None,
    grouped: bool = False,
    yes_no: bool = False,
    check: Callable[[Series], Series] | None = None,
) -> Series:
    """Take the named columns, check them and sort them.

    With `grouped`, the rows of one x are a subgroup, and become one; with `yes_no`, y may hold True
    and False; `check` looks at the rows as
    they came, before they are sorted.

    Raises
    ------
    ChartError
        A column is missing or twice, not numbers or dates, or one date has several rows.
    """
    if not isinstance(frame, pd.DataFrame):
        raise ChartError(f"A chart needs a table (a pandas DataFrame), not {a_thing(frame)}.")
    when = times(column(frame, x, "x"), x)
    values = numbers(column(frame, y, "y"), y, yes_no=yes_no)
    sizes = aims = None
    if n is not None and not grouped and (n != "n" or "n" in frame.columns):
        sizes = numbers(column(frame, n, "n"), n)
    if target is not None:
        if target not in frame.columns:
            raise ChartError(
                f"target= must be a number, the name of a column, or {{date: number}};"
                f" there is no column '{target}'."
            )
        aims = numbers(column(frame, target, "target"), target)
    group, groups, texts = _groups(frame, by)
    if len(frame) == 0:
        raise ChartError("The table has no rows: a chart needs at least 2 values.")
    series = Series(when, values, sizes, group, groups, _holiday(frame), aims, labels=texts)
    if check is not None:
        series = check(series)
    if grouped:
        return _collapse(series, x)
    order = _order(series.group, series.x)
    series = series if order is None else series.rows(order)
    _once(series, x, by is not None)
    return series


def _groups(
    frame: pd.DataFrame, by: str | Sequence[str] | None
) -> tuple[Ints, pd.Index[Any], dict[str, Any]]:
    """Give each row the number of its series, the names of the series, and texts by row."""
    if by is None:
        return np.zeros(len(frame), dtype=np.int64), pd.Index([]), {}
    names: list[Any] = list(by) if isinstance(by, list | tuple) else [by]
    columns = {name: column(frame, name, "by") for name in names}
    texts = {
        name: one.array.copy()
        for name, one in columns.items()
        if isinstance(one.dtype, pd.StringDtype)
    }
    found = [_factor(one, name) for name, one in columns.items()]
    if len(found) == 1:
        return *found[0], texts
    (first, down), (second, across) = found
    wide = max(len(across), 1)
    cells, pairs = pd.factorize(first * wide + second)
    each = [down.take(pairs // wide), across.take(pairs % wide)]
    return cells.astype(np.int64), pd.MultiIndex.from_arrays(each, names=names), texts


def _factor(values: pd.Series[Any], by: Any) -> tuple[Ints, pd.Index[Any]]:
    codes, groups = _codes(values)
    if isinstance(groups, pd.CategoricalIndex):
        groups = groups.remove_unused_categories()
    if len(codes) and codes.min() < 0:
        raise ChartError(
            f"Column '{by}' has {rows_said(codes < 0)} without a group: fill or drop them."
        )
    return codes.astype(np.int64, copy=False), pd.Index(groups, name=by)


def _codes(values: pd.Series[Any]) -> tuple[NDArray[Any], Any]:
    """Give each value its number, as they first appear; texts only where they change."""
    if len(values) > 1 and isinstance(values.dtype, pd.StringDtype) and not values.hasnans:
        text = values.array
        new = np.ones(len(values), dtype=bool)
        new[1:] = text[1:] != text[:-1]
        heads = np.flatnonzero(new)
        if 4 * len(heads) < len(values):
            codes, groups = pd.factorize(text.take(heads))
            return np.repeat(codes, np.diff(heads, append=len(values))), groups
    try:
        return pd.factorize(values)
    except TypeError:
        raise ChartError(
            f"Column '{values.name}' holds lists or tables: each row needs the name of one group."
        ) from None


def _order(group: Ints, when: NDArray[Any]) -> Ints | None:
    """Give the stable order by group and x; None where rows already lie so."""
    falls = when[1:] < when[:-1]
    if group[-1] != group[0] or group.any():
        step = np.diff(group)
        falls = (step < 0) | ((step == 0) & falls)
    if not falls.any():
        return None
    return np.lexsort((when, group))


def _once(series: Series, x: str, split: bool) -> None:
    """Refuse two rows of one x in one series."""
    same = series.x[1:] == series.x[:-1]
    if not same.any():
        return
    same &= series.group[1:] == series.group[:-1]
    if not same.any():
        return
    within = " of one group" if split else ""
    hint = "add them up first" if split else "add them up first, or name their column with by="
    raise ChartError(
        f"Column '{x}' has the same value in several rows{within}"
        f" ({int(same.sum())} too many): {hint}."
    )


def _collapse(series: Series, x: str) -> Series:
    """Make one row of each subgroup, the rows of one x, whatever their order."""
    series = series.rows(np.lexsort((series.y, series.x, series.group)))
    new = np.ones(len(series.y), dtype=bool)
    new[1:] = (series.x[1:] != series.x[:-1]) | (series.group[1:] != series.group[:-1])
    cells = Segments(np.flatnonzero(new), len(series.y))
    there = np.isfinite(series.y)
    size = cells.count(there)
    if (size == 1).any():
        single = int((size == 1).sum())
        raise ChartError(
            f"Column '{x}' has {single} subgroup{'s' if single > 1 else ''} of one value only:"
            " each needs at least 2 rows; chart single values with kind='xmr'."
        )
    mean = cells.mean(series.y, there)
    squares = cells.sum((series.y - cells.spread(mean)) ** 2, there)
    high = np.maximum.reduceat(np.where(there, series.y, -np.inf), cells.starts)
    low = np.minimum.reduceat(np.where(there, series.y, np.inf), cells.starts)
    first = series.rows(cells.starts)
    return replace(
        first,
        y=mean,
        n=np.where(size > 0, size, np.nan),
        sd=np.sqrt(squares / np.where(size > 1, size - 1, np.nan)),
        span=np.where(size > 1, high - low, np.nan),
    )


def _holiday(frame: pd.DataFrame) -> Bools | None:
    """Take the marks of weeks with a bank holiday, where a measure gave them."""
    if "holiday" not in frame.columns:
        return None
    column = frame["holiday"]
    if list(frame.columns).count("holiday") > 1 or not pd.api.types.is_bool_dtype(column):
        return None
    return column.fillna(False).to_numpy(dtype=bool)

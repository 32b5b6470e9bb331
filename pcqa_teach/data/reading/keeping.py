"""What is kept of rows as they are read: every row, or only how many are alike.

A tidy row stands for ``count`` appointments, so the rows that are alike in what a baseline asks can
be one row with their number. That table grows with the days of an export and not with its length,
and every sum over ``count`` is the same. What else grows: eight bytes a row (sixteen for a moment
at the end), to say how many rows are twice in the file; and each distinct text, such as a patient's
number, which is held while the file is read and no longer. Nothing is written anywhere.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.data import schema
from pcqa_teach.data.quality import FIRST_ROWS, Finding
from pcqa_teach.data.reading.assemble import Rows
from pcqa_teach.data.reading.kinds import Array
from pcqa_teach.data.reading.ledger import Ledger
from pcqa_teach.data.reading.sniff import Layout

ALIKE = ("date", "period", "status", "source", "booking_gap", "practice", "area")
FOLD = 500_000  # rows of counts that are held before they are folded into fewer
SAME = ("period", "source")
_MONTH = schema.PERIODS.index("month")
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))  # splitmix64's


@dataclass(frozen=True)
class Account:
    """What has to be known of the rows that were kept, whatever is held of them."""

    rows: int
    n_mended: int
    mended: tuple[Finding, ...]
    twice: int  # rows that are the same as another of their file
    seen: frozenset[str]  # the columns in which anything is


class EveryRow:
    """Keeps the rows as they are."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._parts: list[Rows] = []
        self.n = 0

    def add(self, rows: Rows) -> None:
        """Take some more rows."""
        if len(rows.numbers):
            periods(rows, self._layout)
            self._parts.append(rows)
            self.n += len(rows.numbers)

    def rows(self) -> Rows:
        """Return what is kept."""
        return joined(self._parts)

    def account(self) -> None:
        """Return nothing: what is known of rows is found in them."""


class OnlyCounts:
    """Keeps how many rows are alike in the columns of ``ALIKE``, and an account of them all."""

    def __init__(self, layout: Layout, ledger: Ledger) -> None:
        self._layout, self._ledger = layout, ledger
        self._counts: list[pd.DataFrame] = []
        self._held, self._most = 0, FOLD
        self._prints: list[Array] = []
        self._mended: dict[tuple[str, str], Finding] = {}
        self._seen: set[str] = set()
        self.n = self._n_mended = 0

    def add(self, rows: Rows) -> None:
        """Take some more rows."""
        if not len(rows.numbers):
            return
        periods(rows, self._layout)
        self.n += len(rows.numbers)
        self._prints.append(fingerprints(rows.columns, [n for n in rows.columns if n not in SAME]))
        self._n_mended += int(np.count_nonzero(rows.marks))
        for finding in self._ledger.mended(rows.marks, rows.numbers):
            before = self._mended.get((finding.what, finding.why))
            self._mended[finding.what, finding.why] = _more(before, finding)
        self._seen |= seen(rows, but=self._seen)
        counts = counted(rows)
        self._counts.append(counts)
        self._held += len(counts)
        if self._held > self._most:
            self._counts = [_folded(self._counts)]
            self._held = len(self._counts[0])
            self._most = max(FOLD, 2 * self._held)

    def account(self) -> Account:
        """Return what is known of all the rows taken, once they are taken."""
        mended = tuple(sorted(self._mended.values(), key=Finding.place))
        twice = repeats(self._prints)
        return Account(self.n, self._n_mended, mended, twice, frozenset(self._seen))

    def rows(self) -> Rows:
        """Return a row for all that are alike."""
        return as_rows(_folded(self._counts) if self._counts else None)


def counted(rows: Rows) -> pd.DataFrame:
    """Return how many appointments stand behind the rows that are alike."""
    n = len(rows.numbers)
    columns = {name: rows.columns.get(name, np.full(n, -1, np.int8)) for name in ALIKE}
    return _folded([pd.DataFrame({**columns, "count": rows.columns.get("count", np.ones(n, int))})])


def as_rows(counts: pd.DataFrame | None) -> Rows:
    """Return counts in the form that rows have."""
    columns = {} if counts is None else {str(n): counts[n].to_numpy() for n in counts}
    n = 0 if counts is None else len(counts)
    return Rows(columns, np.zeros(n, dtype=np.int32), np.zeros(n, dtype=np.uint32))


def _folded(parts: list[pd.DataFrame]) -> pd.DataFrame:
    whole = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    return whole.groupby(list(ALIKE), sort=True)["count"].sum().reset_index()


def _more(before: Finding | None, now: Finding) -> Finding:
    if before is None:
        return now
    first = tuple(dict.fromkeys([*before.first_rows, *now.first_rows]))[:FIRST_ROWS]
    return Finding(now.what, before.rows + now.rows, first, now.why, now.file, now.unit)


def seen(rows: Rows, but: Set[str] = frozenset()) -> set[str]:
    """Return the columns in which anything is, but for those known already."""
    found = set()
    for name, values in rows.columns.items():
        if name not in but and (values == values if _real(values) else values >= 0).any():
            found.add(name)
    return found


def periods(rows: Rows, layout: Layout) -> None:
    """Say what each date stands for; a month is known by its first day."""
    columns, form = rows.columns, layout.form
    n = len(rows.numbers)
    if "source" not in columns:
        columns["source"] = np.full(n, schema.SOURCES.index(form.id), dtype=np.int8)
    if "period" not in columns:
        columns["period"] = np.full(n, schema.PERIODS.index(layout.period), dtype=np.int8)
    monthly = columns["period"] == _MONTH
    if monthly.any():
        day = columns["date"].astype("datetime64[D]")
        first = day.astype("datetime64[M]").astype("datetime64[D]").astype(np.int32)
        columns["date"] = np.where(monthly, first, columns["date"])


def fingerprints(columns: dict[str, Array], names: list[str]) -> Array:
    """Return a 64-bit number a row, the same for rows with the same values in `names`.

    A column that is absent says the same as one that is blank, in whatever order they stand.
    """
    total = np.zeros(len(columns["date"]), dtype=np.uint64)
    for name in names:
        values = columns[name]
        if _real(values):
            bits = np.where(np.isnan(values), 0, values.astype(np.float64).view(np.uint64) + 1)
        else:
            bits = (values.astype(np.int64) + 1).view(np.uint64)
        bits = bits * _OWN[name]  # nought for a blank, and nought it stays
        for mix in _MIX:
            bits ^= bits >> np.uint64(29)
            bits *= mix
        total += bits ^ (bits >> np.uint64(32))
    return total


_OWN = {  # an odd number for each column
    name: np.uint64(0x9E3779B97F4A7C15 * (2 * place + 1) % 2**64)
    for place, name in enumerate((*schema.COLUMNS, "row_id"))
}


def _real(values: Array) -> bool:
    return values.dtype.kind == "f"


def repeats(prints: list[Array]) -> int:
    """Return how many fingerprints are the same as an earlier one."""
    whole = np.concatenate(prints) if prints else np.empty(0, dtype=np.uint64)
    prints.clear()
    whole.sort()
    return int((whole[1:] == whole[:-1]).sum())


def joined(parts: list[Rows]) -> Rows:
    """Return several stretches of rows as one; a column that one lacks is blank there."""
    if len(parts) == 1:
        return parts[0]
    names = list(dict.fromkeys(name for part in parts for name in part.columns))
    columns = {
        name: np.concatenate([part.columns.get(name, _blanks(name, part)) for part in parts])
        for name in names
    }
    return Rows(
        columns,
        np.concatenate([part.numbers for part in parts]),
        np.concatenate([part.marks for part in parts]),
    )


def _blanks(name: str, part: Rows) -> Array:
    real = name in ("planned_min", "actual_min")
    return np.full(len(part.numbers), np.nan if real else -1, dtype=float if real else np.int8)

"""The last step: the rows of all files as one tidy frame, each counted once, and the report."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.data import schema
from pcqa_teach.data.quality import Finding, QualityReport, answered
from pcqa_teach.data.readers.counted import CountedFormat
from pcqa_teach.data.reading.assemble import Rows
from pcqa_teach.data.reading.crosstab import Crosstab
from pcqa_teach.data.reading.keeping import (
    SAME,
    Account,
    as_rows,
    counted,
    fingerprints,
    joined,
    repeats,
    seen,
)
from pcqa_teach.data.reading.kinds import Array
from pcqa_teach.data.reading.ledger import Ledger
from pcqa_teach.data.reading.one_file import Desk, FileRows
from pcqa_teach.data.reading.rows import ASIDE, REFUSED
from pcqa_teach.errors import ReadError

_BOOKED = schema.STATUSES.index("Booked")
_WHOSE = {"date", "practice", "area"}
_OUTCOMES = {"status", "availability", "dna"}
_MONTH = schema.PERIODS.index("month")
_SLOT = ("date", "start_minute", "clinician", "session", "slot_type", "patient", "row_id")
_MIX = np.uint64(0x94D049BB133111EB)  # the odd multiplier of splitmix64


def finish(
    parts: list[FileRows], desk: Desk, *, only_counts: bool = False
) -> tuple[pd.DataFrame, QualityReport]:
    """Return the tidy frame and the report of one reading."""
    account = parts[0].account
    if account is not None:
        rows = parts[0].rows
    else:
        rows, account = _counted_once(parts)
        rows = as_rows(counted(rows)) if only_counts else rows
    frame = schema.validate(_frame(rows, desk))
    notes = _twice_in_a_file(account.twice) + _notes(frame, parts, desk)
    return frame, _report(frame, account, parts, notes)


def _counted_once(parts: list[FileRows]) -> tuple[Rows, Account]:
    """Return the rows of all files, each counted once, and an account of them."""
    rows = joined([part.rows for part in parts])
    file = np.repeat(np.arange(len(parts), dtype=np.int32), [len(p.rows.numbers) for p in parts])
    prints = fingerprints(rows.columns, [n for n in rows.columns if n not in SAME])
    twice = repeats([prints ^ (file.astype(np.uint64) * _MIX)])
    if len(parts) > 1:
        keep = _once(prints, file, rows, parts)
        rows, file = rows.only(keep), file[keep]
        _agree(rows, file, parts)
    mended = tuple(
        finding
        for place, part in enumerate(parts)
        for finding in part.ledger.mended(rows.marks[file == place], rows.numbers[file == place])
    )
    n_mended = int((rows.marks != 0).sum())
    return rows, Account(len(rows.numbers), n_mended, mended, twice, frozenset(seen(rows)))


def _numbered(prints: Array, file: Array) -> Array:
    """Return how many rows like it stand before each row in its own file."""
    return pd.Series(prints).groupby([file, prints], sort=False).cumcount().to_numpy()


def _twice_in_a_file(alike: int) -> list[str]:
    if not alike:
        return []
    return [
        f"{alike:,} {'row is' if alike == 1 else 'rows are'} the same as another row of the same "
        "file; they may be two real appointments, so they were kept."
    ]


def _once(prints: Array, file: Array, rows: Rows, parts: list[FileRows]) -> Array:
    """Return which rows stay when a row that an earlier file has too is counted once."""
    columns = rows.columns
    again = pd.DataFrame({"print": prints, "nth": _numbered(prints, file)}).duplicated().to_numpy()
    slot = fingerprints(columns, [name for name in _SLOT if name in columns])
    blank = np.full(len(slot), -1)
    patient, start = columns.get("patient", blank), columns.get("start_minute", blank)
    known = ((patient >= 0) & (start >= 0)) | (columns.get("row_id", blank) >= 0)
    booked = columns["status"] == _BOOKED
    done = pd.DataFrame({"slot": slot, "file": file})[known & ~booked].drop_duplicates()
    waiting = pd.DataFrame({"slot": slot, "file": file, "row": np.arange(len(slot))})
    both = waiting[known & booked & ~again].merge(done, on="slot", suffixes=("", "_done"))
    stale = np.zeros(len(slot), dtype=bool)
    stale[both.loc[both["file"] != both["file_done"], "row"].to_numpy()] = True
    for place, part in enumerate(parts):
        mine = file == place
        part.ledger.strike(
            ASIDE, "row that another file has too", "the files overlap", rows.numbers[mine & again]
        )
        part.ledger.strike(
            ASIDE, "'Booked', where another file knows the outcome", "the files overlap",
            rows.numbers[mine & stale],
        )  # fmt: skip
    return np.asarray(~(again | stale))


def _agree(rows: Rows, file: Array, parts: list[FileRows]) -> None:
    """Refuse files that give different counts for the same month, or the same day."""
    columns = rows.columns
    if isinstance(parts[0].layout.form, CountedFormat):
        _agree_on_days(rows, file, parts)
    monthly = columns["period"] == _MONTH
    if not monthly.any():
        return
    prints = fingerprints(columns, [name for name in columns if name != "count"])[monthly]
    clash = pd.Series(file[monthly]).groupby(prints).transform("nunique").to_numpy() > 1
    if clash.any():
        day = pd.Timestamp(int(columns["date"][monthly][clash][0]), unit="D")
        names = " and ".join(
            f"'{parts[place].ledger.file}'" for place in np.unique(file[monthly][clash])
        )
        raise ReadError(
            f"{names} give different counts for {day:%B %Y}: read the newer of them alone, or "
            "files whose months do not overlap."
        )


def _agree_on_days(rows: Rows, file: Array, parts: list[FileRows]) -> None:
    """Refuse files of counts that have a day in common and do not say the same of it."""
    whose = [name for name in rows.columns if name in _WHOSE]
    prints = pd.Series(fingerprints(rows.columns, whose))
    clash = pd.Series(file).groupby(prints).transform("nunique").to_numpy() > 1
    if clash.any():
        day = pd.Timestamp(int(rows.columns["date"][clash].min()), unit="D")
        names = " and ".join(f"'{parts[place].ledger.file}'" for place in np.unique(file[clash]))
        raise ReadError(
            f"{names} give different counts for {day.day} {day:%B %Y}: read the newer of them "
            "alone, or files whose days do not overlap."
        )


def _frame(rows: Rows, desk: Desk) -> pd.DataFrame:
    data: dict[str, object] = {}
    for name, column in schema.COLUMNS.items():
        if name == "count" and name not in rows.columns:
            data[name] = np.ones(len(rows.numbers), dtype=column.dtype)
        if name not in rows.columns:
            continue
        values = rows.columns[name]
        if (
            not column.required
            and not (~np.isnan(values) if column.dtype == "float64" else values >= 0).any()
        ):
            continue
        if column.labels:
            data[name] = schema.category(values, column.labels, ordered=column.ordered)
        elif column.prefix:
            data[name] = _coded(values, desk.coder.codes(column.prefix))
        elif column.dtype.startswith("Int"):
            numpy = values.astype(column.dtype.lower())
            data[name] = pd.arrays.IntegerArray(numpy, mask=values < 0)
        elif name == "date":
            data[name] = values.astype("datetime64[D]").astype("datetime64[s]")
        else:
            data[name] = values.astype(column.dtype)
    return pd.DataFrame(data, copy=False)


def _coded(values: Array, codes: list[str]) -> pd.Categorical[Any]:
    """Return a category of the codes that occur, in order."""
    seen = np.zeros(len(codes) + 1, dtype=bool)
    seen[values] = True  # a blank, -1, is the last
    order = sorted(np.flatnonzero(seen[:-1]).tolist(), key=codes.__getitem__)
    lookup = np.full(len(codes) + 1, -1, dtype=np.int32)
    lookup[order] = np.arange(len(order), dtype=np.int32)
    return schema.category(lookup[values], [codes[place] for place in order])


def _notes(frame: pd.DataFrame, parts: list[FileRows], desk: Desk) -> list[str]:
    today = pd.Timestamp(desk.today, unit="D")
    daily = frame["period"] == "day"
    booked = (frame["status"] == "Booked") & daily
    past = int(frame.loc[booked & (frame["date"] < today), "count"].sum())
    ahead = int(frame.loc[daily & (frame["date"] > today), "count"].sum())
    unused = sum(part.layout.unused for part in parts)
    notes = []
    if past and not all(isinstance(part.layout, Crosstab) for part in parts):
        notes.append(
            f"{past:,} {'appointment' if past == 1 else 'appointments'} in the past still "
            f"{'says' if past == 1 else 'say'} Booked; what became of "
            f"{'it' if past == 1 else 'them'} is not known."
        )
    if ahead:
        notes.append(
            f"{ahead:,} appointments or slots are in the future; they were kept."
            if ahead > 1
            else "1 appointment or slot is in the future; it was kept."
        )
    if any(not part.layout.places.keys() & _OUTCOMES for part in parts):
        notes.append("No column was named for status: what became of these is counted as Unknown.")
    if unused:
        notes.append(
            f"{unused} {'column is' if unused == 1 else 'columns are'} not needed here and "
            f"{'was' if unused == 1 else 'were'} not read."
        )
    return [*notes, *dict.fromkeys(note for part in parts for note in part.notes)]


def _report(
    frame: pd.DataFrame, account: Account, parts: list[FileRows], notes: list[str]
) -> QualityReport:
    ledgers = [part.ledger for part in parts]
    aside, refused = _all(ledgers, ASIDE), _all(ledgers, REFUSED)
    n_kept = account.rows - account.n_mended
    elsewhere = sorted(account.seen & schema.COLUMNS.keys() - set(frame))
    answers, lacks = answered(frame.assign(**dict.fromkeys(elsewhere, 1)) if elsewhere else frame)
    return QualityReport(
        format=parts[0].layout.form.id,
        title=parts[0].layout.form.title,
        files=tuple(ledger.file for ledger in ledgers),
        rows_in=sum(ledger.rows_in for ledger in ledgers),
        n_kept=n_kept,
        n_mended=account.n_mended,
        n_set_aside=sum(finding.rows for finding in aside),
        n_refused=sum(finding.rows for finding in refused),
        appointments=int(frame["count"].sum()),
        first_date=frame["date"].min(),
        last_date=frame["date"].max(),
        kept=(Finding("read as it was", n_kept, (), "nothing to mend"),) if n_kept else (),
        mended=account.mended,
        set_aside=aside,
        refused=refused,
        notes=tuple(notes),
        cannot_answer=lacks,
        answers=answers,
        unit=ledgers[0].unit,
    )


def _all(ledgers: list[Ledger], outcome: str) -> tuple[Finding, ...]:
    return tuple(finding for ledger in ledgers for finding in ledger.findings(outcome))

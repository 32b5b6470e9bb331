"""Files of one kind of table, read into one frame with an account of every row."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from pcqa_teach.data.deidentify import Coder
from pcqa_teach.data.reading import unread
from pcqa_teach.data.reading.files import Source
from pcqa_teach.data.reading.rows import REFUSED
from pcqa_teach.data.tables.find import Found
from pcqa_teach.data.tables.report import TableReport, report_of
from pcqa_teach.data.tables.shape import FILE, ROW, Shape
from pcqa_teach.data.tables.sheet import Sheet, open_sheet
from pcqa_teach.errors import ReadError
from pcqa_teach.sayings import a, counted


@dataclass
class Reading:
    """What all files of one reading share: how they are read, the codes, and what is to be said.

    ``clock`` is what a telephone log's clock shows ("local" or "utc"; None: to be found out), and
    ``words`` what a mapping says of the words in it, by field.
    """

    shape: Shape
    project: str | os.PathLike[str] | None = None
    month_first: bool = False
    today: int = 0
    clock: str | None = None
    lengths: str | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    coder: Coder = field(init=False)
    sheets: list[Sheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.coder = Coder(self.project, keep=self.shape.form.codes_kept)

    def note(self, sentence: str) -> None:
        """Say something once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def strike(
        self, frame: pd.DataFrame, which: pd.Series | np.ndarray, what: str, why: str
    ) -> None:
        """Set aside the rows that some rows of a frame under way come from."""
        gone = frame[np.asarray(which, dtype=bool)]
        for place, sheet in enumerate(self.sheets):
            mask = np.zeros(len(sheet), dtype=bool)
            mask[gone.loc[gone[FILE] == place, ROW].to_numpy(dtype=np.int64)] = True
            sheet.aside(mask, what, why)


def read_tables(
    sources: Sequence[Source], found: Sequence[Sequence[Found]], reading: Reading
) -> tuple[pd.DataFrame, TableReport]:
    """Return the frame of some files of one kind, and the report.

    Raises
    ------
    ReadError
        More than half of a file's rows cannot be read, none stands for anything, or two files hold
        the same rows.
    """
    shape, frames = reading.shape, []
    for source, tables in zip(sources, found, strict=True):
        parts = []
        for table in tables:
            sheet = (shape.opens or open_sheet)(source, table.layout)
            place = len(reading.sheets)
            reading.sheets.append(sheet)
            part = shape.rows(sheet, reading)
            part = part[sheet.keep[part[ROW].to_numpy(dtype=np.int64)]]
            parts.append(part.assign(**{FILE: place}))
        _worth_keeping(source, reading.sheets[-len(tables) :], shape)
        read = {table.layout.sheet for table in tables}
        first = reading.sheets[-len(tables)]
        for note in unread.answer_for(source, read, first.ledger):
            reading.note(note if len(sources) == 1 else f"'{source.name}': {note}")
        _unread(tables, reading)
        frames.append(pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0])
    if len(frames) > 1:
        frames = _each_once(sources, frames, reading)
    whole = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    frame = shape.finish(whole.reset_index(drop=True), reading)
    return frame, report_of(shape, frame, reading.sheets, reading.notes, _total(shape, frame))


def _total(shape: Shape, frame: pd.DataFrame) -> int:
    if shape.total is not None:
        return shape.total(frame)
    return int(frame["count"].sum()) if "count" in frame else len(frame)


def _worth_keeping(source: Source, sheets: Sequence[Sheet], shape: Shape) -> None:
    kept = sum(int(sheet.keep.sum()) for sheet in sheets)
    reasons = [found for sheet in sheets for found in sheet.ledger.findings(REFUSED)]
    refused = sum(found.rows for found in reasons)
    if kept and refused <= kept:
        return
    if reasons:
        most = max(reasons, key=lambda found: found.rows)
        raise ReadError(
            f"'{source.name}' is refused, since {refused:,} of its {kept + refused:,} "
            f"{sheets[0].ledger.unit}s cannot be read, most for one reason: {most.what} (first in "
            f"row {most.first_rows[0]}; {most.why})."
        )
    if shape.template:
        raise ReadError(
            f"'{source.name}' is {a(shape.form.title)} that is not filled in yet: fill in its page "
            "of rows, save it, and read it again."
        )
    raise ReadError(
        f"'{source.name}' has a header but no {shape.things[0]} below it that can be counted: "
        "export it again for a period that has some."
    )


def _unread(tables: Sequence[Found], reading: Reading) -> None:
    unused = sum(table.layout.unused for table in tables)
    if unused:
        reading.note(
            f"{counted(unused, 'column is', 'columns are')} not needed here and "
            f"{'was' if unused == 1 else 'were'} not read."
        )
    if reading.shape.marker and not any(table.marked for table in tables):
        reading.note(
            "The line that marks the kit's own sheet is gone; it was known by its column names."
        )


def _each_once(
    sources: Sequence[Source], frames: list[pd.DataFrame], reading: Reading
) -> list[pd.DataFrame]:
    """Return the frames with rows that an earlier file has too set aside."""
    hides = [FILE, ROW]
    if not reading.shape.once:
        plain = [frame.drop(columns=hides).reset_index(drop=True) for frame in frames]
        for place, one in enumerate(plain):
            for other in range(place):
                if one.equals(plain[other]):
                    raise ReadError(
                        f"'{sources[other].name}' and '{sources[place].name}' hold the very same "
                        "rows: give each sheet once."
                    )
        return frames
    whole = pd.concat(frames, ignore_index=True)
    names = whole.columns.difference(hides).tolist()
    nth = whole.groupby([FILE, *names], dropna=False, observed=True).cumcount()
    again = whole[names].assign(nth=nth).duplicated()
    reading.strike(whole, again.to_numpy(), "row that another file has too", "the files overlap")
    return [whole[~again]]

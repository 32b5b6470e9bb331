"""One file, from its blocks to its tidy rows and its ledger."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from pcqa_teach.data import schema
from pcqa_teach.data.deidentify import Coder
from pcqa_teach.data.readers import FORMATS
from pcqa_teach.data.readers.base import Format, key
from pcqa_teach.data.readers.counted import CountedFormat
from pcqa_teach.data.reading import crosstab, rows, sniff, table, unread
from pcqa_teach.data.reading.assemble import Assembler, Rows
from pcqa_teach.data.reading.columns import Cells, Column
from pcqa_teach.data.reading.files import Source
from pcqa_teach.data.reading.keeping import Account, EveryRow, OnlyCounts
from pcqa_teach.data.reading.kinds import FIELDS, Array, reader
from pcqa_teach.data.reading.ledger import Ledger
from pcqa_teach.data.reading.rows import Table
from pcqa_teach.data.reading.sniff import Layout
from pcqa_teach.data.reading.table import Block
from pcqa_teach.errors import ReadError

# Names of columns, but for those that are labels too ("DNA", "month"): two in a row make a header.
_LABELS = {key(label) for column in schema.COLUMNS.values() for label in column.labels}
_LABELS |= {key(label) for form in FORMATS.values() for label in form.statuses}
HEADINGS = {alias for form in FORMATS.values() for item in form.fields for alias in item.keys}

_CROSSTABS = [f for f in FORMATS.values() if isinstance(f, CountedFormat) and f.corner]
_LISTS = [form for form in FORMATS.values() if form not in _CROSSTABS]


@dataclass
class Desk:
    """What all files of one reading share: format, codes and today's date."""

    form: Format
    project: str | os.PathLike[str] | None
    month_first: bool
    today: int
    only_counts: bool = False  # one file's rows are kept as counts of those alike
    coder: Coder = field(init=False)

    def __post_init__(self) -> None:
        self.coder = Coder(self.project, keep=self.form.codes_kept)

    def keeper(self, layout: Layout, ledger: Ledger) -> EveryRow | OnlyCounts:
        """Return what keeps the rows of one file."""
        return OnlyCounts(layout, ledger) if self.only_counts else EveryRow(layout)


@dataclass
class FileRows:
    """The tidy rows of one file, with what became of the others."""

    rows: Rows
    ledger: Ledger
    layout: Layout
    notes: tuple[str, ...] = ()
    account: Account | None = None  # where only counts were kept


def layout(source: Source) -> Layout:
    """Return a file's format, header row and columns."""
    return crosstab.find(source, _CROSSTABS) or sniff.recognise(source, _LISTS)


def one(source: Source, layout: Layout, desk: Desk) -> FileRows:
    """Read one file.

    Raises
    ------
    ReadError
        More than half of its rows cannot be read, or none is an appointment.
    """
    if isinstance(layout, crosstab.Crosstab):
        return _cells(source, layout, desk)
    ledger = Ledger(source.name)
    title = np.array(layout.titles, dtype=np.int32)
    ledger.rows_in += len(title)
    ledger.strike(rows.ASIDE, "title or other line above the header", "it is no appointment", title)
    columns = _columns(layout, desk)
    filler = rows.Filler(layout, columns)
    assembler = Assembler(layout, columns, ledger, desk.today, desk.month_first)
    keep = desk.keeper(layout, ledger)
    for some in filler.ready(_appointments(source, layout, columns, ledger)):
        keep.add(assembler.rows(*filler.fill(some)))
    refused = sum(finding.rows for finding in ledger.findings(rows.REFUSED))
    _worth_keeping(source, keep.n, refused, ledger)
    told = [layout.form.note] if isinstance(layout.form, CountedFormat) else []
    notes = (*told, *unread.answer_for(source, {layout.sheet}, ledger))
    return FileRows(keep.rows(), ledger, layout, notes, keep.account())


def _appointments(
    source: Source, layout: Layout, columns: dict[str, Column], ledger: Ledger
) -> Iterator[Table]:
    for block in table.blocks(source, layout):
        ledger.rows_in += len(block.rows)
        _no_twins(block, layout, source)
        for stretch in rows.numbered(block, layout, columns).stretches():
            left = rows.appointments_only(stretch, layout, columns, ledger)
            if len(left):
                yield left


def _cells(source: Source, layout: crosstab.Crosstab, desk: Desk) -> FileRows:
    """Read a crosstab: its ledger is of cells."""
    ledger = Ledger(source.name, unit="cell")
    columns = _columns(layout.of_cells, desk)
    cells = crosstab.Cells(layout, columns, ledger, desk.today)
    assembler = Assembler(layout.of_cells, columns, ledger, desk.today, desk.month_first)
    keep = desk.keeper(layout, ledger)
    for block in table.blocks(source, layout):
        for some in cells.tables(block):
            if len(some):
                keep.add(assembler.rows(some, np.zeros(len(some), dtype=bool)))
    refused = sum(finding.rows for finding in ledger.findings(rows.REFUSED))
    _worth_keeping(source, keep.n, refused, ledger)
    notes = (*cells.notes(), *unread.answer_for(source, {layout.sheet}, ledger))
    return FileRows(keep.rows(), ledger, layout, notes, keep.account())


def _columns(layout: Layout, desk: Desk) -> dict[str, Column]:
    headings = (HEADINGS | {key(name) for name in layout.header}) - _LABELS
    return {
        name: Column(
            FIELDS[name].partition(":")[0],
            reader(name, layout.form, desk.coder, desk.month_first),
            headings,
        )
        for name in layout.places
    }


def _no_twins(block: Block, layout: Layout, source: Source) -> None:
    """Let a column that is there twice pass where both say the same."""
    for spot, first in layout.twins.items():
        if (_texts(block.cells[spot]) != _texts(block.cells[first])).any():
            name = layout.header[first].strip()
            raise ReadError(
                f"'{source.name}' has column '{name}' twice, and the two differ: delete the one "
                "that is wrong."
            )


def _texts(cells: Cells) -> Array:
    return np.array(cells.texts, dtype=object)[cells.places]


def _worth_keeping(source: Source, kept: int, refused: int, ledger: Ledger) -> None:
    if kept and refused <= kept:
        return
    reasons = sorted(ledger.findings(rows.REFUSED), key=lambda finding: -finding.rows)
    if reasons:
        most = reasons[0]
        raise ReadError(
            f"'{source.name}' is refused, since {refused:,} of its {kept + refused:,} "
            f"{ledger.unit}s cannot be read, most for one reason: {most.what} (first in row "
            f"{most.first_rows[0]}); check the export and how its columns are parted."
        )
    raise ReadError(
        f"'{source.name}' has a header but no appointment below it: export it again for a period "
        "that has some, with the columns parted as in the header."
    )

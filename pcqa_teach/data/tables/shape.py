"""What a kind of table is: its columns, what a row of it stands for, and how its frame is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from pcqa_teach.data.readers.base import Format, key

if TYPE_CHECKING:
    from pcqa_teach.data.reading.files import Source
    from pcqa_teach.data.reading.sniff import Layout
    from pcqa_teach.data.tables.read import Reading
    from pcqa_teach.data.tables.sheet import Sheet

FILE, ROW = "_file", "_row"  # of a frame under way: which file, and which row of its sheet


@dataclass(frozen=True)
class Ask:
    """Something to ask of a table: whether it can be answered, and a sentence if it cannot."""

    can: Callable[[pd.DataFrame], bool]
    cannot: str


@dataclass(frozen=True)
class Shape:
    """A kind of table.

    ``rows`` turns the rows of one sheet into a frame with a column ``_row``, striking and mending
    on the way; ``finish`` turns the frames of all files, together with ``_file``, into the one that
    the user gets. ``things`` is what its counts are of, one and many. ``marker`` begins the cell by
    which a sheet of the kit's own is known, and ``template`` is the name to ask for a new one by.
    """

    kind: str
    form: Format
    rows: Callable[[Sheet, Reading], pd.DataFrame]
    finish: Callable[[pd.DataFrame, Reading], pd.DataFrame]
    things: tuple[str, str]
    asks: Mapping[str, Ask] = field(default_factory=dict)
    marker: str = ""
    template: str = ""
    lesson: str = ""
    tells: int = 3  # so many of its own columns make a table one of it
    bare: Callable[[str], str] = str  # a header without what it says of units
    lacks: Callable[[Mapping[str, list[int]]], list[str]] | None = None
    once: bool = False  # rows that two files share are counted once
    total: Callable[[pd.DataFrame], int] | None = None  # other than the sum of `count`
    opens: Callable[[Source, Layout], Sheet] | None = None  # other than `sheet.open_sheet`

    def places(self, header: Sequence[str]) -> dict[str, list[int]]:
        """Return where each field's columns are; a name as it stands goes before its bare form."""
        found = self.form.places(list(header))
        plain = self.form.places([self.bare(cell) for cell in header])
        taken = {spot for spots in found.values() for spot in spots}
        more = {
            name: left
            for name, spots in plain.items()
            if name not in found and (left := [spot for spot in spots if spot not in taken])
        }
        return found | more

    def lacking(self, found: Mapping[str, list[int]]) -> list[str]:
        """Return the names of the columns that must be there and are not."""
        return self.lacks(found) if self.lacks else self.form.lacks(found)

    def marked(self, row: Sequence[str]) -> bool:
        """Say whether a row of cells holds this kind's marker."""
        own = key(self.marker)
        return bool(own) and any(key(cell).startswith(own) for cell in row)

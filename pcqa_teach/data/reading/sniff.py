"""Which format a file is in, where its header is and which column says what: by content alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pcqa_teach.data.readers.base import Format, key
from pcqa_teach.data.reading import workbook
from pcqa_teach.data.reading.files import Source
from pcqa_teach.data.reading.header_words import safe, shown
from pcqa_teach.errors import ReadError, UnknownFormatError

DELIMITERS = (",", "\t", ";", "|")
HEAD_ROWS = 60
NEARLY = 3  # so many columns of a format make a file one of it with something missing
NAMES = 2  # so many known column names make a row that may be a header
ACCEPTED = "accepted are"
MAPPED = "table read with a mapping"  # its title as a format
_MAP = (
    "type `pcqa read EXPORT --write-map map.toml`, fill in map.toml, then type "
    "`pcqa read EXPORT --map map.toml` (or mapping= in Python)"
)


@dataclass(frozen=True)
class Layout:
    """Where a table lies in its file, and which of its columns are read."""

    form: Format
    header_row: int  # from 0; -1 when there is none
    header: tuple[str, ...]
    places: Mapping[str, int]  # field -> column
    twins: Mapping[int, int]  # a second column of the same name -> the first
    delimiter: str = ","
    sheet: str = ""
    own: tuple[int, ...] = field(default=(), kw_only=True)  # rows that the kit wrote above it

    def heading(self, column: int) -> str:
        """Return a column's name; empty where it has none."""
        return self.header[column] if column < len(self.header) else ""

    @property
    def columns(self) -> list[int]:
        """The columns that are read; all others never are."""
        return sorted({*self.places.values(), *self.twins})

    @property
    def period(self) -> str:
        """What a date of this table stands for: a day or a month."""
        heading = self.heading(self.places["date"])
        return "day" if key(heading) in self.form.daily else self.form.period

    @property
    def titles(self) -> list[int]:
        """The rows above the header that count as rows, numbered as a spreadsheet does."""
        return [row + 1 for row in range(self.header_row) if row not in self.own]

    @property
    def mapped(self) -> bool:
        """Whether somebody said what the columns are, rather than their names."""
        return self.form.title == MAPPED

    @property
    def unused(self) -> int:
        """How many named columns are not read."""
        named = sum(bool(cell.strip()) for cell in self.header)
        return max(0, named - len(self.columns))


@dataclass(frozen=True)
class Grid:
    """The first rows of a table, as one delimiter or one sheet gives them."""

    rows: list[list[str]]
    delimiter: str = ","
    sheet: str = ""


def grids(source: Source) -> list[Grid]:
    """Return the first rows in every way that they can be taken."""
    if source.kind == "xlsx":
        return [Grid(rows, sheet=name) for name, rows in workbook.heads(source, HEAD_ROWS)]
    text = source.head.decode(errors="replace")
    found = [Grid(_rows(text, mark, source.whole), mark) for mark in DELIMITERS if mark in text]
    return found or [Grid(_rows(text, ",", source.whole))]


def _rows(text: str, delimiter: str, whole: bool) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for _ in range(HEAD_ROWS):
        try:
            rows.append(next(reader))
        except (StopIteration, csv.Error):
            return rows if whole or not rows[1:] else rows[:-1]
    return rows


def recognise(source: Source, formats: Iterable[Format]) -> Layout:
    """Return the format of a file and where its columns are.

    Raises
    ------
    ReadError
        No format fits (the headers found are named), a column is missing, or the header row holds
        the columns of two suppliers at once.
    """
    formats = list(formats)
    looks = grids(source)
    found = [layout for grid in looks for layout in _layouts(grid, formats)]
    if found:
        best = max(found, key=lambda layout: len(layout.places))
        _one_sheet(source, {layout.sheet for layout in found})
        _one_supplier(source, found, best)
        for grid in looks:
            if source.kind == "xlsx" and grid.sheet != best.sheet:
                nearly = _nearly(source, [grid], [best.form])
                if nearly:
                    raise ReadError(nearly)
        return best
    nearly = _nearly(source, looks, formats)
    raise ReadError(nearly) if nearly else UnknownFormatError(_unknown(source, looks, formats))


def _layouts(grid: Grid, formats: list[Format]) -> list[Layout]:
    """Return every reading of the first row that is some format's header."""
    for number, header in enumerate(grid.rows):
        fits = []
        for form in formats:
            found = form.places(header)
            if not form.lacks(found) and form.told(found):
                fits.append(_layout(form, number, header, found, grid))
        if fits:
            return fits
    return []


def _layout(
    form: Format, row: int, header: list[str], found: Mapping[str, list[int]], grid: Grid
) -> Layout:
    places = {name: spots[0] for name, spots in found.items()}
    twins = {spot: spots[0] for spots in found.values() for spot in spots[1:]}
    return Layout(form, row, tuple(header), places, twins, grid.delimiter, grid.sheet)


def _one_sheet(source: Source, sheets: set[str]) -> None:
    """Refuse a workbook of which one sheet alone would be read."""
    if len(sheets) > 1:
        raise ReadError(
            f"'{source.name}' has {len(sheets)} sheets of appointments: save each sheet as a file "
            "of its own, and read the files together."
        )


def _one_supplier(source: Source, found: list[Layout], best: Layout) -> None:
    rivals = [
        layout.form.supplier
        for layout in found
        if layout.form.supplier not in ("", best.form.supplier)
        and best.form.supplier
        and layout.places["date"] == best.places["date"]
        and _own(layout, best) > 1
        and _own(best, layout) > 1
    ]
    if rivals:
        raise ReadError(
            f"'{source.name}' has the columns of {best.form.supplier} and of {rivals[0]} in one "
            "header row: export each system on its own, and read them one by one."
        )


def _own(one: Layout, other: Layout) -> int:
    """Return how many of one format's telling columns the other does not read."""
    tells = {field.name for field in one.form.fields if field.tell}
    own = {place for name, place in one.places.items() if name in tells}
    return len(own - set(other.places.values()))


def _nearly(source: Source, looks: list[Grid], formats: list[Format]) -> str:
    """Say which column is missing where most of a format's are there; empty where none is near."""
    best: tuple[int, Format, list[str], Grid] | None = None
    for grid in looks:
        for header in grid.rows:
            for form in formats:
                found = form.places(header)
                lacking = form.lacks(found)
                near = (
                    len(found) >= NEARLY and form.told(found) and 2 * len(found) >= len(header) / 2
                )
                if near and lacking and (best is None or len(found) > best[0]):
                    best = (len(found), form, lacking, grid)
    if best is None:
        return ""
    _, form, lacking, grid = best
    names = " and ".join(f"'{name}'" for name in lacking)
    plural, it = ("columns", "them") if len(lacking) > 1 else ("column", "it")
    is_it = "is which" if len(lacking) > 1 else "it is"
    return (
        f"{workbook.which(source, grid.sheet)} looks like a {form.title}, but {plural} "
        f"{names} cannot be found: export it again with {it}, or say which column {is_it}: {_MAP}."
    )


def _unknown(source: Source, looks: list[Grid], formats: list[Format]) -> str:
    rows = [row for grid in looks for row in grid.rows]
    header = max(rows, key=lambda row: sum(bool(cell.strip()) for cell in row), default=[])
    for grid in looks:  # the first row that is as wide as any is the likeliest header
        wide = [row for row in grid.rows if len(row) == len(header)]
        if wide and len(wide[0]) > 1:
            header = wide[0]
            break
    if sum(map(safe, header)) < NAMES:
        return (
            f"'{source.name}' is in no format that is known here, and no row of column names was "
            "found in it: export it again with them, or say what its columns are (`pcqa read "
            "EXPORT --write-map map.toml`, with --kind calls for telephone logs)."
        )
    accepted = "; ".join(form.title for form in formats)
    return (
        f"'{source.name}' is in no format that is known here (its columns: {shown(header)}): see "
        f"that it is the right file; {ACCEPTED} {accepted}; for another table, {_MAP}."
    )

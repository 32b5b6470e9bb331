"""Which kind of table a file is, and where its columns are: by its marker and its headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pcqa_teach.data.readers.base import key
from pcqa_teach.data.reading import sniff, workbook
from pcqa_teach.data.reading.files import Source
from pcqa_teach.data.reading.sniff import Grid, Layout
from pcqa_teach.data.tables.shape import Shape
from pcqa_teach.errors import ReadError
from pcqa_teach.sayings import a

ONE_ROW, OWN_ROWS = "One row for each", 3  # the heading lines of the kit's own sheets


@dataclass(frozen=True)
class Found:
    """A table in a file: its kind, and where it lies."""

    shape: Shape
    layout: Layout
    marked: bool


def find(source: Source, shapes: Iterable[Shape]) -> list[Found]:
    """Return the tables of a file, a sheet each, all of one kind; none where no kind fits.

    Raises
    ------
    ReadError
        The file is of one kind but lacks a column, or its sheets are of several kinds.
    """
    shapes = list(shapes)
    grids = sniff.grids(source)
    best = [found for grid in grids if (found := _best(grid, shapes))]
    if not best:
        nearly = _nearly(source, grids, shapes)
        if nearly:
            raise ReadError(nearly)
        return []
    if source.kind != "xlsx":  # the same text, parted in several ways
        return [max(best, key=_fit)]
    return _sheets(source, grids, max(best, key=_fit).shape, shapes)


def _sheets(
    source: Source, grids: Sequence[Grid], shape: Shape, shapes: Sequence[Shape]
) -> list[Found]:
    """Return a workbook's tables, all of one shape; a sheet that is nearly one is refused."""
    tables = []
    for grid in grids:
        found = _best(grid, [shape]) or _best(grid, shapes)
        if found:
            tables.append(found)
            continue
        nearly = _nearly(source, [grid], [one for one in shapes if one.kind == shape.kind])
        if nearly:
            raise ReadError(nearly)
    titles = {found.shape.form.title for found in tables}
    if len({found.shape.form.id for found in tables}) > 1:
        kinds = " and ".join(sorted(titles))
        raise ReadError(
            f"'{source.name}' has sheets of different kinds ({kinds}): save each kind as a file of "
            "its own."
        )
    return tables


def _fit(found: Found) -> tuple[bool, int]:
    return found.marked, len(found.layout.places)


def _best(grid: Grid, shapes: Sequence[Shape]) -> Found | None:
    """Return the likeliest reading of the first row that is some kind's header."""
    for number, header in enumerate(grid.rows):
        fits = [
            Found(shape, _layout(shape, number, header, places, grid), marked)
            for shape, places, marked in _readings(grid, number, header, shapes)
            if not shape.lacking(places) and (marked or shape.form.told(places) >= shape.tells)
        ]
        if fits:
            return max(fits, key=_fit)
    return None


def _readings(
    grid: Grid, number: int, header: Sequence[str], shapes: Sequence[Shape]
) -> Iterator[tuple[Shape, dict[str, list[int]], bool]]:
    for shape in shapes:
        places = shape.places(header)
        if places:
            yield shape, places, any(shape.marked(row) for row in grid.rows[:number])


def _layout(
    shape: Shape, row: int, header: Sequence[str], found: Mapping[str, list[int]], grid: Grid
) -> Layout:
    places = {name: spots[0] for name, spots in found.items()}
    form, own = shape.form, _own(grid.rows[:row], shape)
    return Layout(form, row, tuple(header), places, {}, grid.delimiter, grid.sheet, own=own)


def _own(above: Sequence[Sequence[str]], shape: Shape) -> tuple[int, ...]:
    """Return which rows above the header the kit itself wrote: its marker and what follows it."""
    marked = next((place for place, row in enumerate(above) if shape.marked(row)), None)
    if marked is None:
        return ()
    after = range(marked + 1, min(marked + OWN_ROWS, len(above)))
    says = key(ONE_ROW)
    return (
        marked,
        *(n for n in after if not "".join(above[n]).strip() or key(above[n][0]).startswith(says)),
    )


def _nearly(source: Source, grids: Sequence[Grid], shapes: Sequence[Shape]) -> str:
    """Say which column is missing where most of a kind's are there, or only its marker is."""
    near = [
        (marked, len(places), shape, shape.lacking(places), grid)
        for grid in grids
        for number, header in enumerate(grid.rows)
        for shape, places, marked in _readings(grid, number, header, shapes)
        if shape.lacking(places) and (marked or shape.form.told(places) >= shape.tells)
    ]
    if near:
        _, _, shape, lacking, grid = max(near, key=lambda one: (one[0], one[1]))
        names = " and ".join(f"'{name}'" for name in lacking)
        several = len(lacking) > 1
        column, it = ("columns", "them") if several else ("column", "it")
        is_it = "is which" if several else "it is"
        return (
            f"{workbook.which(source, grid.sheet)} is {a(shape.form.title)}, but {column} {names} "
            "cannot be found: "
            + (
                f"put {it} back into the header row, or write a new sheet with `pcqa template "
                f"{shape.template}`."
                if shape.template
                else f"export it again with {it}, or say which column {is_it} with a mapping "
                "(`pcqa read EXPORT --write-map map.toml --kind calls`)."
            )
        )
    rows = [row for grid in grids for row in grid.rows]
    marked = next((shape for shape in shapes for row in rows if shape.marked(row)), None)
    if marked is None:
        return ""
    return (
        f"'{source.name}' is {a(marked.form.title)} without its row of column names: put it back, "
        f"or write a new sheet with `pcqa template {marked.template}`."
    )

"""Which kind of table a file is, and where its columns are: by its marker and its headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pcqa_teach.data.reading import sniff
from pcqa_teach.data.reading.files import Source
from pcqa_teach.data.reading.sniff import Grid, Layout
from pcqa_teach.data.tables.shape import Shape
from pcqa_teach.errors import ReadError
from pcqa_teach.sayings import a


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
    kinds = {found.shape.kind: found.shape.form.title for found in best}
    if len(kinds) > 1:
        raise ReadError(
            f"'{source.name}' has sheets of different kinds ({' and '.join(sorted(kinds.values()))}"
            "): save each kind as a file of its own."
        )
    most = max(best, key=_fit)
    return [found for found in best if found.shape is most.shape]


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
    return Layout(shape.form, row, tuple(header), places, {}, grid.delimiter, grid.sheet)


def _nearly(source: Source, grids: Sequence[Grid], shapes: Sequence[Shape]) -> str:
    """Say which column is missing where most of a kind's are there, or only its marker is."""
    near = [
        (marked, len(places), shape, shape.lacking(places))
        for grid in grids
        for number, header in enumerate(grid.rows)
        for shape, places, marked in _readings(grid, number, header, shapes)
        if shape.lacking(places) and (marked or shape.form.told(places) >= shape.tells)
    ]
    if near:
        _, _, shape, lacking = max(near, key=lambda one: (one[0], one[1]))
        names = " and ".join(f"'{name}'" for name in lacking)
        column = "columns" if len(lacking) > 1 else "column"
        return (
            f"'{source.name}' is {a(shape.form.title)}, but {column} {names} cannot be found: "
            + (
                f"put it back into the header row, or write a new sheet with `pcqa template "
                f"{shape.template}`."
                if shape.template
                else "export it again with it, or say which column it is with a mapping (`pcqa "
                "read EXPORT --write-map map.toml --kind calls`)."
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

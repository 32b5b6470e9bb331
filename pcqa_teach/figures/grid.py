"""A printed table: wrapped cells, columns as wide as their words need."""

from __future__ import annotations

from collections.abc import Sequence

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.boxes import HEAD, PAD, SIZE, Look, Page, line_height, text_width, wrapped
from pcqa_teach.figures.sheet import MARGIN, WIDTH

_SIDES = 2 * PAD + 0.02
_BAND = Look(face="#F4F6F8", edge="#F4F6F8")


def draw_grid(
    page: Page,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    top: float = 0.0,
    *,
    wide: float = WIDTH - 2 * MARGIN,
    size: float = SIZE,
) -> float:
    """Draw a table whose first column heads its rows; return where it ends."""
    widths = column_widths(headings, rows, wide, size)
    y = _row(page, headings, widths, top, size, HEAD, bold=len(headings))
    for place, row in enumerate(rows):
        y = _row(page, row, widths, y, size, _BAND if place % 2 else None, bold=1)
        page.line([(MARGIN, y), (MARGIN + wide, y)], colour=COLOURS["grid"])
    return y


def column_widths(
    headings: Sequence[str], rows: Sequence[Sequence[str]], wide: float, size: float = SIZE
) -> list[float]:
    """Share a width out: each column holds its longest word, long texts get the rest.

    >>> [round(one, 1) for one in column_widths(["A", "B"], [["x", "a long text " * 9]], 6.0)]
    [0.3, 5.7]
    """
    columns = [[head, *(row[i] for row in rows)] for i, head in enumerate(headings)]
    words = [[word for cell in column for word in cell.split(" ")] for column in columns]
    least = [max(text_width(word, size, True) for word in column) + _SIDES for column in words]
    natural = [max(text_width(cell, size, True) for cell in column) + _SIDES for column in columns]
    return _shared_out(_fitted(least, wide), natural, wide)


def _fitted(least: list[float], wide: float) -> list[float]:
    """Cut the widest columns down until all fit; the short ones keep what they need."""
    most = max(least)
    while sum(min(one, most) for one in least) > wide:
        most *= 0.97
    return [min(one, most) for one in least]


def _shared_out(least: list[float], natural: list[float], wide: float) -> list[float]:
    """Give the shortest columns all that they can use, then the rest to the others."""
    widths = list(least)
    open_ = set(range(len(widths)))
    while open_ and (left := wide - sum(widths)) > 1e-9:
        roots = {i: natural[i] ** 0.5 for i in open_}
        gain = {i: left * roots[i] / sum(roots.values()) for i in open_}
        full = {i for i in open_ if widths[i] + gain[i] >= natural[i]}
        for i in full or open_:
            widths[i] = max(natural[i], widths[i]) if full else widths[i] + gain[i]
        open_ -= full or open_
    spare = max(wide - sum(widths), 0.0)
    return [one + spare / len(widths) for one in widths]


def _row(
    page: Page,
    cells: Sequence[str],
    widths: Sequence[float],
    top: float,
    size: float,
    look: Look | None,
    *,
    bold: int,
) -> float:
    broken = [
        wrapped(cell, wide - 2 * PAD, size, place < bold)
        for place, (cell, wide) in enumerate(zip(cells, widths, strict=True))
    ]
    high = max(len(lines) for lines in broken) * line_height(size) + 1.6 * PAD
    if look is not None:
        page.box(MARGIN, top, sum(widths), high, look)
    x = MARGIN
    for place, (lines, wide) in enumerate(zip(broken, widths, strict=True)):
        page.write(x + PAD, top + 0.8 * PAD, lines, size=size, bold=place < bold)
        x += wide
    return top + high

"""Tables with bars in their cells: drawn at once, read aloud as the numbers beside the bars."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pcqa_teach.figures.look import COLOURS
from pcqa_teach.run.stress import stressed

_WIDE, _HIGH = 120, 12


@dataclass(frozen=True)
class Bar:
    """A cell with a bar for a share between 0 and 1, and what it says."""

    share: float
    said: str

    def html(self) -> str:
        """Return the cell's content; the drawing is hidden from a screen reader.

        >>> Bar(0.5, "50%").html().endswith("</svg> 50%")
        True
        """
        inner = max(0.0, min(1.0, self.share)) * _WIDE
        return (
            f'<svg width="{_WIDE}" height="{_HIGH}" aria-hidden="true">'
            f'<rect width="{inner:.1f}" height="{_HIGH}" fill="{COLOURS["improvement"]}"/>'
            f'<rect x=".5" y=".5" width="{_WIDE - 1}" height="{_HIGH - 1}" fill="none" '
            f'stroke="{COLOURS["muted"]}"/></svg> {html.escape(self.said)}'
        )


@dataclass(frozen=True)
class Words:
    """A cell with a lesson's words, whose *stars* stress what is between them."""

    said: str

    def html(self) -> str:
        """Return the cell's content.

        >>> Words("work *against* failures").html()
        'work <em>against</em> failures'
        """
        return stressed(self.said)


Cell = str | int | Bar | Words


def table(columns: Mapping[str, Sequence[Cell]], caption: str, most: int | None = None) -> str:
    """Return a table with a caption, whose first column heads the rows; nothing in it can act.

    Parameters
    ----------
    columns : dict
        By heading, the cells.
    caption : str
        What it is of.
    most : int, optional
        How many rows to show; the caption says how many there are.

    Examples
    --------
    >>> "<td>&lt;b&gt;</td>" in table({"Who": ["Quiet Heron"], "Why": ["<b>"]}, "One")
    True
    """
    rows = list(zip(*columns.values(), strict=True))
    if most is not None and len(rows) > most:
        caption = f"{caption} (the first {most} of {len(rows):,})"
        rows = rows[:most]
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in columns)
    body = "".join(
        f"<tr>{''.join(_cell(c, not n) for n, c in enumerate(row))}</tr>" for row in rows
    )
    return (
        f'<div class="scroll"><table><caption>{html.escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(cell: Cell, first: bool) -> str:
    inner = cell.html() if isinstance(cell, (Bar, Words)) else html.escape(str(cell))
    if first:
        return f'<th scope="row">{inner}</th>'
    return f'<td class="number">{inner}</td>' if isinstance(cell, int) else f"<td>{inner}</td>"

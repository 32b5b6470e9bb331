"""A grid of needs: blank, on paper, filled in by hand by the clinicians who know the people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pcqa_teach.arguments import text, texts, whole
from pcqa_teach.figures import Figure
from pcqa_teach.figures.boxes import HEAD, PAD, Look, Page, line_height, wrapped
from pcqa_teach.figures.sheet import MARGIN, WIDTH
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.sayings import and_list, counted

NEEDS = (
    "What they come for, in their words",
    "Long-term illness, frailty",
    "Mind and mood",
    "Home, money, caring, company",
    "What we made them come back for",
    "Who knows them best",
)
NEXT = "Next step: who, by when"
RULES = (
    "Fill in by hand; no name, number or date of birth. Who is person 1 stays on a slip in the "
    "practice, and is shredded with this sheet once the steps are in the record."
)
_NUMBER, _HIGH = 0.55, 0.86  # inches: the column of numbers, an empty row
_CELL = Look(line=0.8)


@dataclass(frozen=True, eq=False, repr=False)
class NeedsGrid(Shown):
    """A blank sheet for a case discussion; it holds no data of anybody.

    Parameters
    ----------
    needs : the headings, from left to right, the last being the next step
    rows : how many people fit on it
    title : what it is called
    """

    needs: tuple[str, ...]
    rows: int
    title: str

    @property
    def table(self) -> pd.DataFrame:
        """The sheet as a table: numbers, and nothing beside them."""
        people = [f"Person {number}" for number in range(1, self.rows + 1)]
        return pd.DataFrame({"Who": people} | dict.fromkeys(self.needs, ""))

    def _showing(self) -> Showing:
        return Showing(_message, _explain, _alt_text, _figure)


def needs_grid(
    needs: Sequence[str] = NEEDS, *, rows: int = 6, title: str = "Needs grid for case discussion"
) -> NeedsGrid:
    """Return a blank grid of needs, to be printed and filled in by hand by those who give the care.

    It takes no table and no code of a person, so that it cannot name anybody.

    Parameters
    ----------
    needs : up to eight headings; a last one for the next step is added
    rows : people on a sheet, 1 to 12
    title : what stands above it

    Raises
    ------
    DataError
        There are no headings, or more than eight, or too many rows.

    Examples
    --------
    >>> grid = needs_grid(["Illness", "Home"], rows=5)
    >>> grid.table.columns.tolist()
    ['Who', 'Illness', 'Home', 'Next step: who, by when']
    >>> set(grid.table["Illness"])
    {''}

    Notes
    -----
    The headings are our own, to begin with: change them with those who will use them.
    """
    heads = texts(needs, "needs")
    whole(len(heads), "the number of needs", 6, low=1, high=8)
    return NeedsGrid((*heads, NEXT), whole(rows, "rows", 6, low=1, high=12), text(title, "title"))


def _message(grid: NeedsGrid) -> str:
    return f"{grid.title}: {counted(grid.rows, 'person', 'people')}, no names"


def _explain(grid: NeedsGrid) -> str:
    return (
        f"A blank sheet for {counted(grid.rows, 'person', 'people')}. {RULES} "
        "Take two people at a time and ask what each needs that the appointments do not give."
    )


def _alt_text(grid: NeedsGrid) -> str:
    return (
        f"A blank grid to print, with {counted(grid.rows, 'row')} numbered from person 1 and the "
        f"columns {and_list([f'“{need}”' for need in grid.needs])}. Nothing is filled in."
    )


def _figure(grid: NeedsGrid) -> Figure:
    page = Page()
    wide = (WIDTH - 2 * MARGIN - _NUMBER) / len(grid.needs)
    heads = [wrapped(need, wide - 2 * PAD, bold=True) for need in grid.needs]
    top = max(len(lines) for lines in heads) * line_height() + 2 * PAD
    page.box(MARGIN, 0, _NUMBER + wide * len(heads), top, HEAD)
    for place, lines in enumerate(heads):
        page.write(MARGIN + _NUMBER + place * wide + PAD, PAD, lines, bold=True)
    for row in range(grid.rows):
        y = top + row * _HIGH
        page.card(MARGIN, y, _NUMBER, f"{row + 1}", _CELL, _HIGH)
        for place in range(len(heads)):
            page.box(MARGIN + _NUMBER + place * wide, y, wide, _HIGH, _CELL)
    return page.figure(title=grid.title, under=RULES, alt=grid.alt_text, name="needs grid")

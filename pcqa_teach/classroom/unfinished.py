"""What a lesson still leaves to be written, and how its cells are named to whoever writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pcqa_teach.sayings import counted

Cell = Mapping[str, Any]
TO_WRITE = "✎"  # what the skeleton of a lesson has where words of its writer's own belong
_LONGEST_NAME = 50  # letters of a cell's first line


def left_to_write(cells: Sequence[Cell]) -> list[str]:
    """Name each cell in which a pencil still stands, and say how many.

    >>> left_to_write([{"source": "Done."}, {"source": "✎ Write: a question."}])
    ["cell 2 (which begins '✎ Write: a question.') has 1 place to write"]
    """
    counts = [(cell, "".join(cell.get("source", "")).count(TO_WRITE)) for cell in cells]
    return [
        f"{where(cell, cells)} has {counted(count, 'place')} to write"
        for cell, count in counts
        if count
    ]


def where(cell: Cell, cells: Sequence[Cell]) -> str:
    """Return how a finding names a cell: by its place among all, text included, and its beginning.

    A copy of a cell is known by its id; where two have that id, by what stands in it too, and
    where that is the same as well, both are named.

    >>> where({"source": "x = 1"}, [{"source": ""}, {"source": "x = 1"}])
    "cell 2 (which begins 'x = 1')"
    """
    placed = list(enumerate(cells, start=1))
    same = [place for place, one in placed if one is cell]
    named = [place for place, one in placed if cell.get("id") and one.get("id") == cell["id"]]
    alike = [place for place, one in placed if _held(one) == _held(cell)]
    both = [place for place in named if place in alike]
    places = same[:1] or (named if len(named) == 1 else both or named or alike)
    name = f"cell {' or '.join(map(str, places))}" if places else "a cell"
    first = _first_line(cell)
    return f"{name} (which begins '{first}')" if first else f"{name} (which is empty)"


def _first_line(cell: Cell) -> str:
    """Return how a cell begins, as it is seen: a heading without its signs, a long line cut."""
    lines = _held(cell).split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if cell.get("cell_type") == "markdown":
        first = re.sub(r"^#+\s*", "", first)
    return first if len(first) <= _LONGEST_NAME else f"{first[: _LONGEST_NAME - 1].rstrip()}…"


def _held(cell: Cell) -> str:
    """Return what stands in a cell, however its file keeps it: a text, or a list of lines."""
    held = cell.get("source", "")
    return "".join(map(str, held) if isinstance(held, list) else str(held))

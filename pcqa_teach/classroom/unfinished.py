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

    A cell that was run is a copy, so it is known by its id.

    >>> where({"source": "x = 1"}, [{"source": ""}, {"source": "x = 1"}])
    "cell 2 (which begins 'x = 1')"
    """
    same = [place for place, one in enumerate(cells, start=1) if one is cell]
    named = [place for place, one in enumerate(cells, start=1) if one.get("id") == cell.get("id")]
    equal = [place for place, one in enumerate(cells, start=1) if one == cell]
    places = same or (named if cell.get("id") else equal)
    name = f"cell {places[0]}" if places else "a cell"
    first = _first_line(cell)
    return f"{name} (which begins '{first}')" if first else f"{name} (which is empty)"


def _first_line(cell: Cell) -> str:
    """Return how a cell begins, as it is seen: a heading without its signs, a long line cut."""
    held = cell.get("source", "")
    lines = "".join(map(str, held) if isinstance(held, list) else str(held)).split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if cell.get("cell_type") == "markdown":
        first = re.sub(r"^#+\s*", "", first)
    return first if len(first) <= _LONGEST_NAME else f"{first[: _LONGEST_NAME - 1].rstrip()}…"

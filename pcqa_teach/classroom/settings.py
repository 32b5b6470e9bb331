"""How nbgrader works with the kit: said once, for a checkout and for every class folder."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# A lesson's answer cell names its answer above the solution, so that the copy runs as it is.
CODE_STUB = "# Put your answer in place of None, then run this cell: Shift and Enter."
TEXT_STUB = "*Write your answer here: double-click, type, then Shift and Enter.*"


def apply(c: Any) -> None:
    """Set nbgrader's options; `c` is what `get_config()` gives in an `nbgrader_config.py`."""
    from nbgrader.converters import GenerateAssignment

    from pcqa_teach.classroom.preprocessors import DropFacilitatorCells

    # What is meant for facilitators goes first, before anything is saved or marked.
    stock = GenerateAssignment.preprocessors.default()
    c.GenerateAssignment.preprocessors = [DropFacilitatorCells, *stock]
    c.ClearSolutions.code_stub = {"python": CODE_STUB}
    c.ClearSolutions.text_stub = TEXT_STUB
    # Marked copies keep what was printed and drawn, not the state of widgets.
    c.Execute.store_widget_state = False


@contextlib.contextmanager
def commands_at_hand() -> Iterator[None]:
    """Put this Python's own commands on the path: nbgrader calls `alembic` by its bare name."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before

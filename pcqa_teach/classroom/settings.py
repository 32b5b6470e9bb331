"""How nbgrader works with the kit: said once, for a checkout and for every class folder."""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# A lesson's answer cell names its answer above the solution, so that the copy runs as it is.
CODE_STUB = "# Put your answer in place of None, then run this cell: Shift and Enter."
TEXT_STUB = "*Write your answer here: double-click, type, then Shift and Enter.*"


def apply(c: Any) -> None:
    """Set nbgrader's options; `c` is what `get_config()` gives in an `nbgrader_config.py`."""
    from nbgrader.converters import GenerateAssignment

    from pcqa_teach.classroom import formgrader
    from pcqa_teach.classroom.preprocessors import DropFacilitatorCells

    # What is meant for facilitators goes first, before anything is saved or marked.
    stock = GenerateAssignment.preprocessors.default()
    c.GenerateAssignment.preprocessors = [DropFacilitatorCells, *stock]
    c.ClearSolutions.code_stub = {"python": CODE_STUB}
    c.ClearSolutions.text_stub = TEXT_STUB
    # Marked copies keep what was printed and drawn, not the state of widgets.
    c.Execute.store_widget_state = False
    # A class of the first kit names its folder alone, and not where its marks are kept.
    gradebook = os.environ.get("PCQA_GRADEBOOK")
    if gradebook and "root" in c.CourseDirectory and "db_url" not in c.CourseDirectory:
        c.CourseDirectory.db_url = gradebook
    formgrader.use(c)


@contextlib.contextmanager
def at_work() -> Iterator[None]:
    """Have nbgrader's own gradebook work here.

    It calls `alembic` by its bare name, so this Python's commands are put on the path; and what
    newer versions of SQLAlchemy warn of in its code is nothing that a coach could mend.
    """
    from sqlalchemy.exc import SAWarning

    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)
            yield
    finally:
        os.environ["PATH"] = before

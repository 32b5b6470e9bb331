"""nbgrader's formgrader for whoever marks: the rubric in sight, nothing run that others wrote.

Stock formgrader shows a participant's Markdown as it was typed, so that markup in it runs in the
marker's own browser, beside the sources and the marks. Here it is cleaned first.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.preprocessors import Preprocessor
from nbgrader.coursedir import CourseDirectory
from traitlets import Bool

from pcqa_teach.classroom.rubric import rubrics
from pcqa_teach.run import words

if TYPE_CHECKING:
    from nbformat import NotebookNode


def use(c: Any) -> None:
    """Have formgrader show rubrics and clean text; `c` is what `get_config()` gives."""
    c.HTMLExporter.filters = {"markdown2html": words.from_markdown}
    c.HTMLExporter.sanitize_html = True
    c.HTMLExporter.preprocessors = [ShowRubrics]


class ShowRubrics(Preprocessor):  # type: ignore[misc]
    """Puts the rubric above each item that a person marks, in formgrader's view alone."""

    enabled = Bool(True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the notebook with rubrics in it; any other page than formgrader's is left."""
        if "submission_id" not in resources:
            return nb, resources
        from nbformat.v4 import new_markdown_cell

        known = self._rubrics(str(resources["assignment_id"]), str(resources["notebook_id"]))
        cells = []
        for cell in nb.cells:
            item = cell.metadata.get("nbgrader", {}).get("grade_id")
            if item in known and cell.metadata["nbgrader"].get("solution"):
                cells.append(new_markdown_cell(_table(known[item])))
            cells.append(cell)
        nb.cells = cells
        return nb, resources

    def _rubrics(self, assignment: str, notebook: str) -> dict[str, dict[int, str]]:
        course = CourseDirectory(config=self.config)
        folder = course.format_path(course.source_directory, ".", assignment)
        path = Path(folder) / f"{notebook}.ipynb"
        if not path.is_file():
            return {}
        return rubrics(json.loads(path.read_text(encoding="utf-8"))["cells"])


def _table(rubric: dict[int, str]) -> str:
    """Return a rubric as Markdown.

    >>> print(_table({0: "Nothing", 1: "A plan"}))
    **How to read it**
    <BLANKLINE>
    | Points | What you see |
    |---|---|
    | 0 | Nothing |
    | 1 | A plan |
    """
    rows = [f"| {mark} | {what} |" for mark, what in sorted(rubric.items())]
    return "\n".join(["**How to read it**", "", "| Points | What you see |", "|---|---|", *rows])

"""What is done to a lesson when nbgrader makes the participants' copy of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nbgrader.preprocessors import NbGraderPreprocessor

if TYPE_CHECKING:
    from nbformat import NotebookNode

FACILITATOR = "facilitator"


class DropFacilitatorCells(NbGraderPreprocessor):  # type: ignore[misc]
    """Take out every cell tagged `facilitator`: timing, what to say, likely answers, rubrics.

    It is one of nbgrader's own kind, since nbgrader passes over any other without a word.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the notebook without its facilitator cells."""
        nb.cells = [cell for cell in nb.cells if FACILITATOR not in cell.metadata.get("tags", [])]
        return nb, resources

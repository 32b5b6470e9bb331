"""Judge answers by the key of a lesson's source, in a process that never ran submitted code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pcqa_teach.classroom.grading.repair import Cell, grade_id, is_test, source
from pcqa_teach.lessons.judge import Mark
from pcqa_teach.lessons.key import Asked, asked


@dataclass(frozen=True)
class AnswerKey:
    """What the tests of a lesson ask for, by grade id."""

    items: Mapping[str, Asked]

    @property
    def names(self) -> dict[str, str]:
        """The name of the answer that each test asks for."""
        return {item: one.answer_name for item, one in self.items.items()}

    def mark(self, item: str, answered: Mapping[str, Any]) -> Mark:
        """Return what an answer, as the sandbox gave it, earns.

        An answer that was not there or could not be read as plain data earns nothing.
        """
        one = self.items[item]
        if "value" in answered:
            return one.mark(answered["value"])
        return one.mark(object() if answered.get("unreadable") else None)


def answer_key(cells: Sequence[Cell]) -> AnswerKey:
    """Return the key that stands in a source lesson's test cells.

    Raises
    ------
    LessonError
        A test cell holds no key that can be read.
    """
    return AnswerKey(
        {str(grade_id(cell)): asked(source(cell)) for cell in cells
         if is_test(cell) and cell["cell_type"] == "code"}
    )  # fmt: skip

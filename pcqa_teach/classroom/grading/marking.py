"""Judge answers by the key of a lesson's source, in a process that never ran submitted code."""

from __future__ import annotations

import builtins
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pcqa_teach.classroom.grading.repair import Cell, grade_id, is_answer, is_test, source
from pcqa_teach.classroom.grading.versions import as_it_was, asked_otherwise, named_otherwise
from pcqa_teach.lessons.answers import NotPlain, plain
from pcqa_teach.lessons.judge import Mark
from pcqa_teach.lessons.key import Asked, asked
from pcqa_teach.sayings import counted, lowered

_SLIP = "Your box could not be run: is a word without quotation marks, or a bracket missing?"


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


def untouched(cells: Sequence[Cell]) -> frozenset[str]:
    """Return the answer cells that stand as they were handed out, by nbgrader's own checksum."""
    return frozenset(str(grade_id(cell)) for cell in cells if is_answer(cell) and as_it_was(cell))


def not_run(cells: Sequence[Cell], errors: Mapping[str, str]) -> dict[str, str]:
    """Return which answer cells an error stopped, and its kind: Python's own name for it, or none.

    >>> marks = {"nbgrader": {"grade_id": "x-1-answer", "solution": True}}
    >>> not_run([{"cell_type": "code", "id": "a", "metadata": marks}], {"a": "NameError"})
    {'x-1-answer': 'NameError'}
    """
    found = {}
    for place, cell in enumerate(cells):
        kind = errors.get(str(cell.get("id", place)))
        if kind and is_answer(cell):
            known = isinstance(getattr(builtins, kind, None), type) and kind.endswith("Error")
            found[str(grade_id(cell))] = kind if known else "an error"
    return found


def items(
    cells: Sequence[Cell],
    key: AnswerKey,
    answers: Mapping[str, Mapping[str, Any]],
    trouble: str,
    stopped: Mapping[str, str] | None = None,
    other: Collection[str] = (),
    lacked: Collection[str] = (),
) -> dict[str, dict[str, Any]]:
    """Return what each test of a notebook gives; with trouble, each waits for a person.

    `stopped` are the answer cells that could not be run, as `not_run` gives them; `other` those
    that another version of the lesson handed out: an answer there whose parts have other names
    waits for a person too, and so does an item of which that version `lacked` box and test.
    """
    found: dict[str, dict[str, Any]] = {}
    box = ""
    for cell in cells:
        item = grade_id(cell)
        box = str(item) if is_answer(cell) else box
        if item is None or not is_test(cell) or item not in key.items:
            continue
        if trouble or item not in answers:
            found[item] = _for_a_person(item, trouble or "no answer was taken")
            continue
        answered = _believed(answers[item])
        mark = key.mark(item, answered)
        expect = key.items[item].given["expect"]
        empty = mark.verdict.outcome == "empty"
        if empty and {box, item} <= set(lacked):
            found[item] = _for_a_person(item, asked_otherwise([], [item]))
            continue
        if not empty and box in other and named_otherwise(answered.get("value"), expect):
            found[item] = _for_a_person(item, asked_otherwise([item]))
            continue
        found[item] = {
            "earned": mark.earned, "said": mark.said, "outcome": mark.verdict.outcome,
            "misconception": mark.verdict.misconception, "answer": answered.get("value"),
            "hint": mark.verdict.hint, "right": list(mark.verdict.right),
            "wrong": list(mark.verdict.wrong),
        }  # fmt: skip
        if empty and box in (stopped or {}):
            score = f"0 of {counted(mark.total, 'point')}"
            said = f"{item}: {lowered(_SLIP)} ({score})"
            found[item] |= {"outcome": "not_run", "hint": _SLIP, "said": said}
    return found


def _for_a_person(item: str, why: str) -> dict[str, Any]:
    said = f"{item}: this needs a person ({why})."
    return {"earned": None, "said": said, "outcome": "person", "misconception": "", "answer": None}


def _believed(answered: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an answer as a sandbox would have given it: a submission may have written its own."""
    try:
        return {"value": plain(answered["value"])} if "value" in answered else answered
    except (NotPlain, RecursionError):
        return {"unreadable": True}

"""A submission that was knocked about is put back into shape; no answer is lost by it, none won."""

from __future__ import annotations

import contextlib
import copy
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.classroom.grading import marking, submission, versions
from pcqa_teach.classroom.grading.repair import Repaired, grade_id, repaired, source

from . import make

Cells = list[dict[str, Any]]
RIGHT, WHOLE = dict(make.RIGHT), {"t1-1": 2.0, "t1-2": 3.0}


def released() -> Cells:
    """Return the small lesson as it is handed out."""
    stubs = {
        "t1-1-answer": "answer_t1_1 = None\n# Put your answer in place of None.",
        "t1-2-answer": 'answer_t1_2 = {"mean": None, "largest": None, "unit": None}\n# Put yours.',
        "t1-3": "*Write your answer here.*",
    }
    cells = [cell for cell in make.lesson()["cells"] if not cell["metadata"].get("tags")]
    for cell in cells:
        name = grade_id(cell)
        cell["source"] = stubs.get(str(name), cell["source"].split("\n### BEGIN HIDDEN")[0])
    return cells


KEY = marking.answer_key(make.lesson()["cells"])
RELEASED = tuple(released())


def answered(answers: dict[str, str] = RIGHT) -> Cells:
    """Return the small lesson as somebody hands it in."""
    return list(make.answered({"cells": released(), "metadata": {}}, answers)["cells"])


def at(cells: Cells, name: str) -> int:
    """Return where a cell is, by nbgrader's name or its id."""
    return next(n for n, cell in enumerate(cells) if name in (grade_id(cell), cell.get("id")))


def read(cells: Cells, path: Path) -> Repaired:
    """Mend what was handed in, by way of a file as it comes."""
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}), encoding="utf-8")
    handed_in = submission.read(path)
    assert not handed_in.trouble
    return repaired(handed_in.cells, RELEASED)


def earned(mended: Repaired) -> dict[str, float]:
    """Return what each item earns; the cells are the tests' own, and are run right here."""
    names: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    for step in mended.steps(KEY.names):
        if "take" in step:
            there = step["take"] in names
            answers[step["item"]] = {"value": names[step["take"]]} if there else {"missing": True}
        else:
            with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
                exec(step["run"], names)
    found = marking.items(mended.cells, KEY, answers, "")
    return {item: one["earned"] for item, one in found.items()}


def written(mended: Repaired) -> str:
    """Return the text that a person would read."""
    return source(next(cell for cell in mended.cells if grade_id(cell) == "t1-3"))


def _without(name: str) -> Callable[[Cells], None]:
    return lambda cells: cells.pop(at(cells, name))  # type: ignore[arg-type,return-value]


def _twice(name: str, change: str | None = None, *, first: bool = False) -> Callable[[Cells], None]:
    def damage(cells: Cells) -> None:
        twin = copy.deepcopy(cells[at(cells, name)])
        twin["id"] = "twin"
        if change is not None:
            twin["source"] = change
        cells.insert(at(cells, name) + (0 if first else 1), twin)

    return damage


def _split(name: str, mark: str) -> Callable[[Cells], None]:
    def damage(cells: Cells) -> None:
        place = at(cells, name)
        one, other = cells[place], copy.deepcopy(cells[place])
        before, behind = one["source"].split(mark, 1)
        one["source"], other["source"], other["id"] = before, mark + behind, "half"
        cells.insert(place + 1, other)

    return damage


def _reversed(cells: Cells) -> None:
    cells.reverse()


def _moved(name: str, place: int) -> Callable[[Cells], None]:
    return lambda cells: cells.insert(place, cells.pop(at(cells, name)))


def _stripped(*, marks: bool = True, ids: bool = True) -> Callable[[Cells], None]:
    def damage(cells: Cells) -> None:
        for number, cell in enumerate(cells):
            if marks:
                cell["metadata"] = {}
            if ids:
                cell["id"] = f"new-{number}"

    return damage


def _renamed(name: str, other: str) -> Callable[[Cells], None]:
    return lambda cells: cells[at(cells, name)]["metadata"]["nbgrader"].update(grade_id=other)


def _swapped(cells: Cells) -> None:
    one, other = (cells[at(cells, name)]["metadata"] for name in ("t1-1-answer", "t1-2-answer"))
    one["nbgrader"], other["nbgrader"] = other["nbgrader"], one["nbgrader"]


def _kind(name: str, kind: str) -> Callable[[Cells], None]:
    return lambda cells: cells[at(cells, name)].update(cell_type=kind)


def _source(name: str, text: str) -> Callable[[Cells], None]:
    return lambda cells: cells[at(cells, name)].update(source=text)


def _elsewhere(cells: Cells) -> None:
    """The answer cell is gone; its answer stands in a cell of one's own, far above."""
    text = cells.pop(at(cells, "t1-2-answer"))["source"]
    cells.insert(0, {"cell_type": "code", "id": "mine", "metadata": {}, "source": text})


def _foreign(cells: Cells) -> None:
    """Cells of another lesson were pasted in, marks and all."""
    for number in (1, 5, 9):
        marks = {"grade_id": f"b9-{number}", "grade": True, "solution": False, "points": 50}
        cells.insert(number, {"cell_type": "code", "id": f"b{number}", "source": "b9 = 1",
                              "metadata": {"nbgrader": marks}})  # fmt: skip


# name: the damage, what is left of the points, and words of the notes that tell of it
CASES: dict[str, tuple[Callable[[Cells], Any], dict[str, float], str]] = {
    "nothing": (lambda _: None, WHOLE, ""),
    "a test deleted": (_without("t1-1"), WHOLE, "The test t1-1 had been deleted"),
    "a test twice": (_twice("t1-1"), WHOLE, "t1-1 was there 2 times"),
    "a test changed": (_source("t1-1", "2.0"), WHOLE, "The test t1-1 had been changed"),
    "an answer deleted": (_without("t1-1-answer"), {"t1-1": 0, "t1-2": 3}, "t1-1-answer had"),
    "an answer given elsewhere": (_elsewhere, WHOLE, "marks of t1-2-answer were missing"),
    "an answer twice": (_twice("t1-1-answer"), WHOLE, "t1-1-answer was there 2 times"),
    "an empty twin below": (_twice("t1-1-answer", source(RELEASED[3])), WHOLE, "2 times"),
    "an empty twin above": (_twice("t1-1-answer", source(RELEASED[3]), first=True), WHOLE, "2 tim"),
    "a wrong twin above": (_twice("t1-1-answer", "answer_t1_1 = 4", first=True), WHOLE, "2 times"),
    "a wrong twin below": (_twice("t1-1-answer", "answer_t1_1 = 4"), {"t1-1": 0, "t1-2": 3}, "2 t"),
    "an answer split": (_split("t1-2-answer", '"largest"'), WHOLE, "split into 2 cells"),
    "a test moved up": (_moved("t1-2", 0), WHOLE, "moved below its test"),
    "an answer moved down": (_moved("t1-1-answer", 10), WHOLE, "moved below its test"),
    "upside down": (_reversed, WHOLE, "moved below its test"),
    "all marks gone": (_stripped(ids=False), WHOLE, "marks of t1-1-answer were missing"),
    "all ids gone": (_stripped(marks=False), WHOLE, ""),
    "marks and ids gone": (_stripped(), WHOLE, "marks of t1-3 were missing"),
    "an answer renamed": (_renamed("t1-1-answer", "mine"), WHOLE, "marks of t1-1-answer were"),
    "a test renamed": (_renamed("t1-1", "mine"), WHOLE, "marks of t1-1 were missing"),
    "a name used twice": (_renamed("t1-2-answer", "t1-1-answer"), WHOLE, "t1-1-answer had been"),
    "names swapped": (_swapped, WHOLE, ""),
    "code as text": (_kind("t1-1-answer", "markdown"), WHOLE, "t1-1-answer had become a cell of"),
    "a text as code": (_kind("t1-3", "code"), WHOLE, "t1-3 had become a cell of another kind"),
    "cells of another lesson": (_foreign, WHOLE, ""),
    "a title deleted": (_without("title"), WHOLE, ""),
    "set-up deleted": (_without("setup"), WHOLE, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_left_of_the_answers_is_marked(name: str, tmp_path: Path) -> None:
    damage, expected, noted = CASES[name]
    cells = answered()
    damage(cells)
    mended = read(cells, tmp_path / "x.ipynb")
    assert earned(mended) == expected
    assert noted in " ".join(mended.notes)
    assert bool(mended.notes) == bool(noted) or name in ("names swapped",)
    assert written(mended) == RIGHT["t1-3"]


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_earned_by_damage_alone(name: str, tmp_path: Path) -> None:
    cells = answered({})
    CASES[name][0](cells) if name != "an answer split" else None
    assert sum(earned(read(cells, tmp_path / "x.ipynb")).values()) == 0


@pytest.mark.parametrize("name", CASES)
def test_the_shape_is_that_of_what_was_handed_out(name: str, tmp_path: Path) -> None:
    cells = answered()
    CASES[name][0](cells)
    mended = read(cells, tmp_path / "x.ipynb")
    marked = [cell for cell in mended.cells if grade_id(cell)]
    own = {str(grade_id(cell)): cell for cell in RELEASED if grade_id(cell)}
    assert sorted(str(grade_id(cell)) for cell in marked) == sorted(own)
    for cell in marked:
        handed_out = own[str(grade_id(cell))]
        assert cell["metadata"]["nbgrader"] == handed_out["metadata"]["nbgrader"]
        assert cell["cell_type"] == handed_out["cell_type"]
        if not handed_out["metadata"]["nbgrader"]["solution"]:
            assert cell["source"] == source(handed_out)


def test_mending_does_not_change_what_it_is_given() -> None:
    cells = answered()
    _stripped()(cells)
    before = copy.deepcopy(cells), copy.deepcopy(RELEASED)
    repaired(cells, RELEASED)
    assert (cells, RELEASED) == before


@pytest.mark.parametrize(
    ("damage", "kept"),
    [
        (_twice("t1-3"), RIGHT["t1-3"]),
        (_twice("t1-3", source(RELEASED[10])), RIGHT["t1-3"]),
        (_twice("t1-3", "And I would ask."), f"{RIGHT['t1-3']}\n\nAnd I would ask."),
        (_split("t1-3", "six weeks"), "I would look at the next \n\nsix weeks first."),
        (_moved("t1-3", 0), RIGHT["t1-3"]),
    ],
    ids=["twice", "an empty twin", "gone on below", "split", "moved"],
)
def test_what_somebody_wrote_is_there_for_a_person_to_read(
    damage: Callable[[Cells], Any], kept: str, tmp_path: Path
) -> None:
    cells = answered()
    damage(cells)
    assert written(read(cells, tmp_path / "x.ipynb")) == kept


def test_a_text_whose_cell_is_gone_is_not_counted_as_left_empty(tmp_path: Path) -> None:
    cells = answered()
    cells.pop(at(cells, "t1-3"))
    mended = read(cells, tmp_path / "x.ipynb")
    assert "t1-3" in mended.put_back
    assert "The answer cell t1-3 had been deleted" in " ".join(mended.notes)


class TestAnotherVersion:
    """What the lesson has changed is not laid at a participant's door."""

    @pytest.fixture
    def ours(self) -> Cells:
        return [self._sealed(cell) for cell in released()]

    def _sealed(self, cell: dict[str, Any]) -> dict[str, Any]:
        from nbformat import from_dict
        from nbgrader.utils import compute_checksum

        cell = copy.deepcopy(cell)
        if "nbgrader" in cell["metadata"]:
            sum_ = compute_checksum(from_dict(cell))
            cell["metadata"]["nbgrader"]["checksum"] = sum_
        return cell

    def _otherwise(self, ours: Cells, name: str, old: str, new: str) -> Cells:
        cells = copy.deepcopy(ours)
        cell = cells[at(cells, name)]
        assert old in cell["source"]
        cell["source"] = cell["source"].replace(old, new)
        cells[at(cells, name)] = self._sealed(cell)
        return cells

    def test_a_test_that_was_another_then_is_put_back_without_blame(self, ours: Cells) -> None:
        theirs = self._otherwise(ours, "t1-1", "received", "arrived")
        mended = repaired(theirs, ours)
        assert mended.notes == (versions.OTHER_VERSION,)
        assert mended.other == {"t1-1"}
        assert mended.cells[at(list(mended.cells), "t1-1")]["source"] == source(
            ours[at(ours, "t1-1")]
        )

    def test_a_test_that_they_changed_is_said_to_be(self, ours: Cells) -> None:
        theirs = copy.deepcopy(ours)
        theirs[at(theirs, "t1-1")]["source"] += "\nprint(1)"
        assert repaired(theirs, ours).notes == (
            "The test t1-1 had been changed, and was put back.",
        )

    def test_a_task_that_their_version_lacked_is_not_called_deleted(self, ours: Cells) -> None:
        theirs = self._otherwise(ours, "t1-1", "received", "arrived")
        fewer = [cell for cell in theirs if grade_id(cell) not in ("t1-2", "t1-2-answer")]
        assert repaired(fewer, ours).notes == (
            versions.OTHER_VERSION,
            "The answer cell t1-2-answer was not in it, and was put in empty.",
            "The test t1-2 was not in it, and was put in.",
        )

    def test_a_task_that_their_version_lacked_waits_for_a_person(self, ours: Cells) -> None:
        theirs = self._otherwise(ours, "t1-1", "received", "arrived")
        given: dict[str, dict[str, Any]] = {"t1-1": {"value": 5}, "t1-2": {}}
        for gone, earned in ((("t1-2", "t1-2-answer"), None), (("t1-2-answer",), 0), ((), 0)):
            mended = repaired([cell for cell in theirs if grade_id(cell) not in gone], ours)
            found = marking.items(
                mended.cells, KEY, given, "", other=mended.other, lacked=mended.lacked
            )
            assert (found["t1-1"]["earned"], found["t1-2"]["earned"]) == (2, earned)
        here = repaired(
            [cell for cell in ours if grade_id(cell) not in ("t1-2", "t1-2-answer")], ours
        )
        assert here.lacked == frozenset()

    def test_a_box_that_nobody_wrote_in_is_empty_in_either_version(self, ours: Cells) -> None:
        theirs = self._otherwise(ours, "t1-3", "*Write your answer here.*", "*Write here.*")
        mended = repaired(theirs, ours)
        assert "t1-3" in marking.untouched(mended.cells)

    def test_an_answer_in_parts_of_other_names_waits_for_a_person(self, ours: Cells) -> None:
        named = {"mean": 5, "most": 9, "unit": "day"}
        given = {"t1-1": {"value": 5}, "t1-2": {"value": named}}
        here = marking.items(ours, KEY, given, "")
        assert here["t1-2"]["earned"] == 2
        there = marking.items(ours, KEY, given, "", other={"t1-2-answer"})
        assert (there["t1-1"]["earned"], there["t1-2"]["earned"]) == (2, None)
        empty = {**given, "t1-2": {"value": dict.fromkeys(named)}}
        assert marking.items(ours, KEY, empty, "", other={"t1-2-answer"})["t1-2"]["earned"] == 0

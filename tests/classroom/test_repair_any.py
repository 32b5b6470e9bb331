"""Whatever is done to a submission's cells, in whatever order: mending never fails nor rewards."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcqa_teach.classroom.grading import submission
from pcqa_teach.classroom.grading.repair import grade_id, repaired

from . import make
from .test_repair import RELEASED, Cells, answered, earned

Damage = Callable[[Cells, int, int, int], None]
PLACES = st.integers(min_value=0, max_value=60)
ANSWERS = {
    "t1-1-answer": st.sampled_from(["answer_t1_1 = 5", "answer_t1_1 = 4", "answer_t1_1 = None"]),
    "t1-2-answer": st.sampled_from(
        [
            'answer_t1_2 = {"mean": 5, "largest": 9, "unit": "day"}',
            'answer_t1_2 = {\n    "mean": 5,\n    "largest": 2,\n    "unit": None,\n}',
            'answer_t1_2 = {"mean": None, "largest": None, "unit": None}',
        ]
    ),
}


def _whole(cells: Cells, place: int) -> dict[str, Any] | None:
    """Return a cell that is no half of another."""
    if not cells:
        return None
    cell = cells[place % len(cells)]
    return None if cell.get("half") else cell


def _delete(cells: Cells, a: int, b: int, c: int) -> None:
    cell = _whole(cells, a)
    if cell is not None and not cell["source"].startswith("answer_"):
        cells.remove(cell)


def _lose(cells: Cells, a: int, b: int, c: int) -> None:
    if cells:
        cells.pop(a % len(cells))


def _copy(cells: Cells, a: int, b: int, c: int) -> None:
    cell = _whole(cells, a)
    if cell is not None:
        cells.insert(b % (len(cells) + 1), copy.deepcopy(cell))


def _move(cells: Cells, a: int, b: int, c: int) -> None:
    cell = _whole(cells, a)
    if cell is not None:
        cells.remove(cell)
        cells.insert(b % (len(cells) + 1), cell)


def _strip(cells: Cells, a: int, b: int, c: int) -> None:
    cell = _whole(cells, a)
    if cell is not None:
        cell["metadata"] = {}


def _rename(cells: Cells, a: int, b: int, c: int) -> None:
    cell = _whole(cells, a)
    if cell is not None and grade_id(cell):
        cell["metadata"]["nbgrader"]["grade_id"] = f"mine-{b}"


def _claim(cells: Cells, a: int, b: int, c: int) -> None:
    """Give a cell the marks of another."""
    cell, other = _whole(cells, a), RELEASED[b % len(RELEASED)]
    if cell is not None:
        cell["metadata"] = copy.deepcopy(other["metadata"])


def _new_id(cells: Cells, a: int, b: int, c: int) -> None:
    if cells:
        cells[a % len(cells)]["id"] = f"new-{b}-{c}"


def _same_id(cells: Cells, a: int, b: int, c: int) -> None:
    if cells:
        cells[a % len(cells)]["id"] = cells[b % len(cells)].get("id", "x")


def _no_id(cells: Cells, a: int, b: int, c: int) -> None:
    if cells:
        cells[a % len(cells)].pop("id", None)


def _edit_test(cells: Cells, a: int, b: int, c: int) -> None:
    cell = _whole(cells, a)
    if cell is not None and grade_id(cell) in ("t1-1", "t1-2"):
        cell["source"] = "99.0"


def _scratch(cells: Cells, a: int, b: int, c: int) -> None:
    texts = ["x = 1", "", "# answer_t1_1 = 77", "1 / 0", "print(5)"]
    cell = {"cell_type": "code", "id": f"s{b}", "metadata": {}, "source": texts[c % len(texts)]}
    cells.insert(a % (len(cells) + 1), cell)


def _split(cells: Cells, a: int, b: int, c: int) -> None:
    """Split an answer at the end of a line, as one does with the mouse."""
    cell = _whole(cells, a)
    if cell is None or grade_id(cell) not in ANSWERS or cell["cell_type"] != "code":
        return
    if [grade_id(one) for one in cells].count(grade_id(cell)) > 1:
        return
    lines = cell["source"].split("\n")
    if len(lines) < 2:
        return
    place = 1 + b % (len(lines) - 1)
    other = copy.deepcopy(cell)
    cell["source"], other["source"] = "\n".join(lines[:place]), "\n".join(lines[place:])
    cell["half"] = other["half"] = True
    other["id"] = "half"
    cells.insert(cells.index(cell) + 1, other)


def _turn(cells: Cells, a: int, b: int, c: int) -> None:
    cell = _whole(cells, a)
    if cell is not None:
        cell["cell_type"] = ("code", "markdown", "raw")[b % 3]


HARMLESS: list[Damage] = [_delete, _copy, _move, _strip, _rename, _new_id, _same_id, _no_id,
                          _edit_test, _scratch, _split]  # fmt: skip
ANY = [*HARMLESS, _lose, _claim, _turn]


def _damage(kinds: list[Damage]) -> st.SearchStrategy[list[tuple[Damage, int, int, int]]]:
    one = st.tuples(st.sampled_from(kinds), PLACES, PLACES, PLACES)
    return st.lists(one, max_size=8)


def _done(cells: Cells, damage: list[tuple[Damage, int, int, int]]) -> Cells:
    for act, *where in damage:
        act(cells, *where)
    return cells


@given(st.fixed_dictionaries(ANSWERS), _damage(HARMLESS))
@settings(max_examples=300)
def test_where_all_answers_are_still_there_they_earn_the_same(
    answers: dict[str, str], damage: list[tuple[Damage, int, int, int]]
) -> None:
    undamaged = earned(repaired(answered(answers), RELEASED))
    assert earned(repaired(_done(answered(answers), damage), RELEASED)) == undamaged


@given(st.fixed_dictionaries(ANSWERS), _damage(ANY))
@settings(max_examples=300)
def test_nothing_that_is_done_to_a_submission_earns_more(
    answers: dict[str, str], damage: list[tuple[Damage, int, int, int]]
) -> None:
    undamaged = earned(repaired(answered(answers), RELEASED))
    mended = repaired(_done(answered(answers), damage), RELEASED)
    points = earned(mended)
    assert set(points) == set(undamaged)
    assert all(points[item] <= undamaged[item] for item in points)
    names = sorted(name for cell in mended.cells if (name := grade_id(cell)))
    assert names == sorted(str(grade_id(cell)) for cell in RELEASED if grade_id(cell))


@given(
    cells=st.lists(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        ["cell_type", "source", "metadata", "nbgrader", "grade_id", "id"]
                    ),
                    inner,
                    max_size=5,
                )
            ),
            max_leaves=12,
        ),
        max_size=6,
    )
)
def test_cells_of_anything_at_all_are_read(
    cells: list[Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}), encoding="utf-8")
    mended = repaired(submission.read(path).cells, RELEASED)
    assert make.answer_cells({"cells": list(mended.cells)})

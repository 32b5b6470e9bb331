"""Well-formed work gets, item by item, what stock `nbgrader autograde` gives it."""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.classroom.collect import collect
from pcqa_teach.classroom.folder import ClassFolder, opened
from pcqa_teach.classroom.grading.jail import Limits
from pcqa_teach.classroom.grading.repair import grade_id
from pcqa_teach.lessons import Key

from . import make

pytestmark = [pytest.mark.usefixtures("sandboxed"), pytest.mark.xdist_group("nbgrader")]
DAY, B3 = "core-day1", "b3_plot_the_dots"
WORDS = "Ask of each dot whether it is the process as it is."
NOISE = (
    "import logging, sys, warnings\nprint('working', 5)\nprint('oh', file=sys.stderr)\n"
    "warnings.warn('careful')\nlogging.getLogger().warning('hm')\ndisplay({'a': 1})\n"
)
Answers = dict[str, str]


def _given(keys: dict[str, Key], values: dict[str, Any]) -> Answers:
    return {
        f"{item}-answer": f"{keys[item].answer_name} = {value!r}" for item, value in values.items()
    }


def _right(keys: dict[str, Key]) -> dict[str, Any]:
    return {item: copy.deepcopy(key.right_answer) for item, key in keys.items()}


def _wrong(keys: dict[str, Key]) -> Iterator[tuple[str, Answers]]:
    """Give each item's misconceptions, the first of all items, the second of all, and so on."""
    most = max(len(key.misconceptions) for key in keys.values())
    for number in range(most):
        shown = {item: key.misconceptions[number % len(key.misconceptions)].answer
                 for item, key in keys.items() if key.misconceptions}  # fmt: skip
        yield f"misconception-{number}", _given(keys, shown)


def _odd(keys: dict[str, Key]) -> Iterator[tuple[str, Answers]]:
    """Give answers of other types, each in every item."""
    for name, code in {
        "series": "__import__('pandas').Series([1.0, 2.0])",
        "object": "object()",
        "set": "{1, 2}",
        "text": "'about six'",
        "empty": "''",
        "nan": "float('nan')",
        "true": "True",
        "huge": "10 ** 40",
        "nested": "{'mean': {'a': [1, 2]}, 'dot': [18], 'lower': None}",
        "function": "lambda: 5",
    }.items():
        yield name, {f"{item}-answer": f"{key.answer_name} = {code}" for item, key in keys.items()}


def _styled(keys: dict[str, Key]) -> Iterator[tuple[str, Answers]]:
    """Give right answers as people write them."""
    right = _right(keys)
    whole = _given(keys, right)
    yield "right", whole
    yield "untouched", {}
    yield "every-other", {name: whole[name] for name in list(whole)[::2]}
    yield "noisy", {name: f"{NOISE}{text}\n{NOISE}" for name, text in whole.items()}
    yield (
        "in-steps",
        {
            name: f"x = {text.split(' = ', 1)[1]}\n{text.split(' = ')[0]} = x"
            for name, text in whole.items()
        },
    )
    yield "error-after", {name: f"{text}\n1 / 0" for name, text in whole.items()}
    yield "error-before", {name: f"1 / 0\n{text}" for name, text in whole.items()}
    yield "no-python", {name: f"{text} x x" for name, text in whole.items()}
    numpy = {name: text.replace(" = ", " = plainly(", 1) + ")" for name, text in whole.items()}
    define = (
        "import numpy as np\ndef plainly(x):\n    if isinstance(x, dict):\n"
        "        return {k: plainly(v) for k, v in x.items()}\n"
        "    return np.float64(x) if isinstance(x, (int, float)) else np.str_(x)\n"
    )
    yield "numpy", {name: define + text for name, text in numpy.items()}
    yield "as-text", _given(keys, {item: _texts(answer) for item, answer in right.items()})
    yield "first-part", _given(keys, {item: _first(answer) for item, answer in right.items()})


def _texts(answer: Any) -> Any:
    if isinstance(answer, dict):
        return {part: _texts(value) for part, value in answer.items()}
    return f" {answer} ".upper()


def _first(answer: Any) -> Any:
    return dict(list(answer.items())[:1]) if isinstance(answer, dict) else answer


def _error_in_the_middle(notebook: make.Notebook) -> None:
    """Break a cell between two items that is nobody's answer."""
    plain = [
        cell for cell in notebook["cells"] if cell["cell_type"] == "code" and not grade_id(cell)
    ]
    plain[len(plain) // 2]["source"] = "undefined_name + 1"


def _hand_in(course: ClassFolder, assignment: str, name: str, every: int) -> list[str]:
    keys = make.keys(course, assignment, name)
    made = [*_styled(keys), *_wrong(keys), *_odd(keys)][::every]
    by_hand = [one for one in make.answer_cells(make.blank(course, assignment, name)) if one not in
               {f"{item}-answer" for item in keys}]  # fmt: skip
    for number, (code, answers) in enumerate(made):
        notebook = make.blank(course, assignment, name)
        words = dict.fromkeys(by_hand, WORDS) if number % 3 == 0 else {}
        make.answered(notebook, {**answers, **words}, code)
        if number % 4 == 2:
            _error_in_the_middle(notebook)
        make.hand_in(course, code, notebook, assignment, name)
    return [code for code, _ in made]


def _stock(place: Path, assignment: str) -> None:
    folder = str(Path(sys.executable).parent)
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", assignment, "--create"],
        cwd=place,
        env={**os.environ, "PATH": folder + os.pathsep + os.environ["PATH"],
             "PYTHONPATH": str(make.ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]


def _marks(course: ClassFolder, assignment: str, code: str) -> dict[str, Any]:
    """Return all that nbgrader keeps of a participant's marks."""
    from nbgrader.api import Gradebook

    found: dict[str, Any] = {}
    with Gradebook(course.gradebook) as book:
        handed_in = book.find_submission(assignment, code)
        for notebook in handed_in.notebooks:
            for grade in notebook.grades:
                found |= {f"{grade.name}: points": grade.auto_score,
                          f"{grade.name}: by hand": grade.manual_score,
                          f"{grade.name}: waits": grade.needs_manual_grade}  # fmt: skip
            for comment in notebook.comments:
                found |= {f"{comment.name}: comment": comment.auto_comment}
        found |= {"score": handed_in.score, "of": handed_in.max_score}
    return found


def _compare(template: Path, place: Path, assignment: str, name: str, *, every: int) -> None:
    ours, stock = (opened(shutil.copytree(template, place / who)) for who in ("ours", "stock"))
    codes = _hand_in(ours, assignment, name, every)
    assert _hand_in(stock, assignment, name, every) == codes
    lines = make.mark(ours, assignment, limits=Limits())
    _stock(stock.path, assignment)
    assert {code: lines[code].state for code in codes} == dict.fromkeys(codes, "marked")
    ours_all, stock_all = (
        {code: _marks(course, assignment, code) for code in codes} for course in (ours, stock)
    )
    for code in codes:
        assert ours_all[code] == stock_all[code], code
    scored = {marks["score"] for marks in ours_all.values()}
    assert len(scored) >= max(2, min(6, len(codes) // 3))  # they do differ


def test_the_small_lesson_is_marked_as_stock_nbgrader_does(
    small_template: Path, tmp_path: Path
) -> None:
    _compare(small_template, tmp_path, make.ASSIGNMENT, make.LESSON, every=8)


@pytest.mark.slow
@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.more)])
def test_every_so_many_of_thirty_submissions_is_marked_as_stock_nbgrader_does(
    b3_template: Path, tmp_path: Path, every: int
) -> None:
    _compare(b3_template, tmp_path, DAY, B3, every=every)


@pytest.mark.slow
def test_a_workbooks_copy_is_what_was_handed_out(b3_template: Path, tmp_path: Path) -> None:
    """Whoever works in `pcqa lab`'s workbook hands in what needs no mending."""
    from pcqa_teach.publish.workbook import lay_out

    course = opened(shutil.copytree(b3_template, tmp_path / "class"))
    lay_out(tmp_path / "workbook", who="coach-7")
    taken = collect(course, DAY, tmp_path / "workbook")
    assert [(one.student, one.notebook) for one in taken.taken] == [("coach-7", B3)]
    line = make.mark(course, DAY, limits=Limits())["coach-7"]
    assert line.said == "0 points"

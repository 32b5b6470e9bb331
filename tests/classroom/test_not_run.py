"""An answer with a slip of typing is no empty answer: it is told apart wherever it is said."""

from __future__ import annotations

import csv
import html
import json
from pathlib import Path

import pytest

from pcqa_teach.classroom.export import export
from pcqa_teach.classroom.feedback import feedback
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.grading import marking, sandbox
from pcqa_teach.classroom.grading.jail import Limits
from pcqa_teach.classroom.insights import measured
from pcqa_teach.classroom.results import results
from pcqa_teach.classroom.rubric import told

from . import make

SLIP = "our box could not be run: is a word without quotation marks, or a bracket missing?"
SLIPS = {
    "no-marks": ("answer_t1_1 = Monday", "NameError"),
    "no-bracket": ("answer_t1_1 = (5", "SyntaxError"),
    "own-kind": ("class Mine\u202e(Exception): pass\nraise Mine\u202e", "SyntaxError"),
    "own-word": ("class Mine(Exception): pass\nraise Mine", "an error"),
}


@pytest.fixture
def graded(course: ClassFolder, sandboxed: None) -> ClassFolder:
    """A class with slips, somebody who left all empty and somebody who did not."""
    for code, (said, _) in SLIPS.items():
        cells = {**make.RIGHT, "t1-1-answer": said}
        make.hand_in(course, code, make.answered(make.blank(course), cells, code))
    make.hand_in(course, "empty", make.blank(course))
    late = {"t1-1-answer": "answer_t1_1 = 5\nanswer_t1_1.upper()"}
    make.hand_in(course, "given-first", make.answered(make.blank(course), late))
    lines = make.mark(course)
    assert {line.state for line in lines.values()} == {"marked"}
    return course


def test_it_is_an_outcome_of_its_own_everywhere(graded: ClassFolder, tmp_path: Path) -> None:
    found = results(graded.gradebook)
    one = found.answers[found.answers["item"] == "t1-1"].set_index("student")
    assert set(one.loc[list(SLIPS), "outcome"]) == {"not_run"}
    assert one.loc["empty", "outcome"] == "empty"
    assert one.loc["given-first", "outcome"] == "right"
    assert make.scores(graded, "no-marks") == {"t1-1": 0, "t1-2": 3, "t1-3": None}
    row = measured(found, told(graded), {}).items.set_index("item").loc["t1-1"]
    assert (row["not_run"], row["empty"]) == (len(SLIPS), 1)
    export(graded, tmp_path / "marks.csv")
    with (tmp_path / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {(row["code"], row["item"]): row for row in csv.DictReader(file)}
    assert rows["no-marks", "t1-1"]["outcome"] == "not_run"
    assert rows["no-marks", "t1-1"]["score"] == "0"


def test_the_page_says_what_to_look_for(graded: ClassFolder) -> None:
    feedback(graded, make.ASSIGNMENT)
    for code in SLIPS:
        page = graded.part("feedback", code, make.ASSIGNMENT, "feedback.html").read_text("utf-8")
        assert f"<td>Y{SLIP} (0 of 2 points)</td>" in html.unescape(page)
        assert f"look again at t1-1. Y{SLIP}" in html.unescape(page)
    assert (
        SLIP not in graded.part("feedback", "empty", make.ASSIGNMENT, "feedback.html").read_text()
    )


@pytest.mark.parametrize("code", SLIPS)
def test_the_marked_copy_shows_the_kind_of_error_alone(graded: ClassFolder, code: str) -> None:
    path = graded.part("autograded", code, make.ASSIGNMENT, f"{make.LESSON}.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    (box,) = [
        c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == "t1-1-answer"
    ]
    (shown,) = box["outputs"]
    assert shown["text"] == f"It stopped: {SLIPS[code][1]}, when it was marked"


def test_a_kind_that_is_not_python_s_own_is_not_repeated() -> None:
    marks = {"nbgrader": {"grade_id": "x-1-answer", "solution": True}}
    cell = {"cell_type": "code", "id": "a", "metadata": marks}
    for kind in ("\x1b[2J", "Mrs_Smith", "print", "MyError"):
        assert marking.not_run([cell], {"a": kind}) == {"x-1-answer": "an error"}


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ({"time": 150.0}, "it ran longer than 120 seconds"),
        ({"signal": 9, "spent": True}, "it kept the processor busy for more than 60 seconds"),
        ({"signal": 9, "spent": False, "held": 3900},
         "it used more memory than there is, 3900 MB"),
        ({"signal": 9, "spent": False, "held": 200},
         "it ended itself by force, or this computer had no memory left for it"),
        ({"signal": 25, "spent": False, "held": 200}, "it wrote a file of more than 64 MB"),
        ({"signal": 11, "spent": False, "held": 200}, "Python crashed in it"),
    ],
)  # fmt: skip
def test_why_it_did_not_run_to_its_end_is_said(status: dict, said: str) -> None:
    assert sandbox._outcome(b"", status, Limits()).trouble == said

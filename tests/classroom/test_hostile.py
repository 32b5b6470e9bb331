"""Submissions that mean harm: nothing is earned by it, nothing is left of it, the batch ends."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from pcqa_teach.classroom.folder import ClassFolder, opened
from pcqa_teach.classroom.grading.grade import Line
from pcqa_teach.classroom.grading.jail import supported
from pcqa_teach.run import words

from . import make
from .hostile import ROWS, Marks, NotRun, Outcome, Person, Row

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not supported(), reason="the limits are Linux's"),
]
HONEST = {
    "honest-right": make.RIGHT,
    "honest-none": {},
    "honest-one": {"t1-1-answer": "answer_t1_1 = 4"},
}
PLACES = [Path("/"), Path("/dev/shm"), Path("/var/tmp"), Path("/tmp"), Path.home(), Path("/etc")]
# Every process of a submission carries this name, however far it has run.
TAG = f"pcqa-{os.getpid()}"
NAMED = f'import ctypes\nctypes.CDLL(None).prctl(15, b"{TAG}")\nnumbers = [2, 4, 9]\n'


def _code(row: Row) -> str:
    return f"row-{ROWS.index(row)}"


@dataclass
class Batch:
    """A class that was marked in one go: the lines on it, and what was there before and after."""

    mode: str
    course: ClassFolder
    lines: dict[str, Line]
    left: list[str]
    new: set[str]

    def expected(self, row: Row) -> Outcome:
        """Return what must come of a row; skip it where it was not run."""
        outcome = row.expected(self.mode)
        if isinstance(outcome, NotRun):
            pytest.skip(outcome.reason)
        return outcome


def _listed(course: ClassFolder) -> set[str]:
    top = {str(path) for place in PLACES for path in place.glob("pcqa-was-here")}
    return top | {str(path) for path in course.path.parent.rglob("*")}


@pytest.fixture(scope="module", params=["sandbox", "trust"])
def batch(
    request: pytest.FixtureRequest, small_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Batch:
    """Mark all of them in one batch, the honest ones among them."""
    if request.param == "sandbox":
        request.getfixturevalue("sandboxed")
    place = tmp_path_factory.mktemp("hostile")
    course = opened(shutil.copytree(small_template, place / "class"))
    (place / "scratch").mkdir()
    for row in ROWS:
        if not isinstance(row.expected(request.param), NotRun):
            cells = {"setup": NAMED, **row.cells}
            make.hand_in(course, _code(row), make.answered(make.blank(course), cells))
    for code, answers in HONEST.items():
        make.hand_in(course, code, make.answered(make.blank(course), answers))
    before = _listed(course)
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("TMPDIR", str(place / "scratch"))
        lines = make.mark(course, mode=request.param)
    left = [str(one.pid) for one in psutil.process_iter(["name"]) if one.info["name"] == TAG]
    left += [str(one.pid) for one in psutil.process_iter(["cmdline"])
             if one.info["cmdline"] == ["sleep", "4242"]]  # fmt: skip
    new = {path for path in _listed(course) - before if "/autograded" not in path}
    return Batch(request.param, course, lines, left, new)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_earns_what_it_answered_and_no_more(batch: Batch, row: Row) -> None:
    expected = batch.expected(row)
    line, marks = batch.lines[_code(row)], make.scores(batch.course, _code(row))
    if isinstance(expected, Marks):
        assert (line.state, marks["t1-1"], marks["t1-2"]) == (
            "marked", expected.first, expected.second), line.said  # fmt: skip
    else:
        assert isinstance(expected, Person)
        assert line.state == "person"
        assert line.said == f"needs a person: {expected.reason}"
        assert {marks["t1-1"], marks["t1-2"]} == {None}
        assert {"t1-1", "t1-2"} <= make.waiting(batch.course, _code(row))
    assert row.note in line.said


def test_the_others_of_the_batch_are_marked_as_if_alone(batch: Batch) -> None:
    assert make.scores(batch.course, "honest-right") == {"t1-1": 2, "t1-2": 3, "t1-3": None}
    assert make.scores(batch.course, "honest-none") == {"t1-1": 0, "t1-2": 0, "t1-3": 0}
    assert make.scores(batch.course, "honest-one") == {"t1-1": 0, "t1-2": 0, "t1-3": 0}


def test_there_is_one_line_on_each(batch: Batch) -> None:
    ran = [row for row in ROWS if not isinstance(row.expected(batch.mode), NotRun)]
    assert set(batch.lines) == {_code(row) for row in ran} | set(HONEST)
    assert all("\n" not in line.said and line.said for line in batch.lines.values())


@pytest.mark.parametrize("name", ["opens tags without end", "opens notes without end"])
def test_its_marked_copy_can_be_opened(batch: Batch, name: str) -> None:
    (row,) = [row for row in ROWS if row.name == name]
    path = batch.course.part("autograded", _code(row), make.ASSIGNMENT, f"{make.LESSON}.ipynb")
    kept = json.loads(path.read_text(encoding="utf-8"))["cells"]
    (text,) = [cell["source"] for cell in kept if cell["source"].startswith(row.cells["t1-3"][:9])]
    length = len(row.cells["t1-3"])
    assert text.endswith(f"[Cut here by the marking: the cell is {length:,} long.]")
    assert len(text) < 21_000
    assert "<script" not in words.from_markdown(text)  # as a person who marks is shown it


def test_no_process_of_it_is_left(batch: Batch) -> None:
    assert batch.left == []


def test_nothing_is_left_on_the_disk(batch: Batch) -> None:
    assert batch.new == set()


def test_marking_again_changes_nothing(batch: Batch) -> None:
    again = make.mark(batch.course, mode=batch.mode)
    assert {line.state for line in again.values()} == {"unchanged"}

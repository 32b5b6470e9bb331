"""`pcqa classroom grade`: begun again it goes on, run twice it changes nothing, marks stay."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pcqa_teach.classroom.collect import submitted
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.grading import sandbox
from pcqa_teach.classroom.grading.book import Book
from pcqa_teach.classroom.grading.grade import grade
from pcqa_teach.classroom.grading.handed_out import lessons
from pcqa_teach.classroom.grading.jail import Limits
from pcqa_teach.errors import SetupError

from . import make

PEOPLE = {
    "a-right": make.RIGHT,
    "b-wrong": {"t1-1-answer": "answer_t1_1 = 4"},
    "c-none": {},
    "d-exits": {"work": "import os\nos._exit(0)"},
}


def _filled(course: ClassFolder) -> ClassFolder:
    for code, answers in PEOPLE.items():
        make.hand_in(course, code, make.answered(make.blank(course), answers, code))
    return course


def _grade(
    course: ClassFolder, *options: str, path: str | None = None
) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "PYTHONPATH": str(make.ROOT)}
    if path is not None:
        surroundings["PATH"] = path
    command = [sys.executable, "-m", "pcqa_teach", "classroom", "grade", make.ASSIGNMENT, *options]
    return subprocess.run(
        command, cwd=course.path, env=surroundings, capture_output=True, text=True, check=False
    )


def _content(course: ClassFolder, *, times: bool = True) -> list[str]:
    """Return all that stands in the gradebook, but for chance names and, if asked, times."""
    kept = "student_id, b.name, auto_score, manual_score, g.needs_manual_grade, timestamp"
    marked = "assignment, notebook, student, digest, trouble, notes, items"
    with sqlite3.connect(course.gradebook.removeprefix("sqlite:///")) as book:
        if times:
            return list(book.iterdump())
        rows = book.execute(
            f"select {kept} from grade g join base_cell b on b.id = g.cell_id "
            "join submitted_notebook n on n.id = g.notebook_id "
            "join submitted_assignment a on a.id = n.assignment_id"
        ).fetchall()
        return sorted(map(str, [*rows, *book.execute(f"select {marked} from pcqa_marked")]))


def _by_hand(course: ClassFolder, code: str, score: float | None = None) -> tuple[float, bool]:
    """Give a mark as formgrader does, where one is given; return it and whether it waits."""
    from nbgrader.api import Gradebook

    with Gradebook(course.gradebook) as book:
        row = book.find_grade("t1-3", make.LESSON, make.ASSIGNMENT, code)
        if score is not None:
            row.manual_score, row.needs_manual_grade = score, False
            book.db.commit()
        return row.manual_score, row.needs_manual_grade


@pytest.mark.usefixtures("sandboxed")
class TestCommand:
    def test_it_says_what_became_of_each_and_again_changes_nothing(
        self, course: ClassFolder
    ) -> None:
        _filled(course)
        first = _grade(course)
        assert first.returncode == 0, first.stderr
        assert first.stdout.splitlines() == [
            "a-right, t1_small: 5 points",
            "b-wrong, t1_small: 0 points",
            "c-none, t1_small: 0 points",
            "d-exits, t1_small: needs a person: it ended Python before its last cell",
            "3 marked, 1 needs a person, 0 unchanged.",
        ]
        assert "1 of 4: " in first.stderr
        assert "\n4 of 4: " in first.stderr
        assert "of 4" not in first.stdout
        before = _content(course)
        again = _grade(course)
        assert again.stdout.splitlines() == [
            "0 marked, 0 need a person, 4 unchanged. Of the unchanged, 1 still needs a person:",
            "d-exits, t1_small: needs a person: it ended Python before its last cell",
        ]
        assert _content(course) == before

    @pytest.mark.slow
    def test_it_collects_first_where_asked(self, course: ClassFolder, tmp_path: Path) -> None:
        notebook = make.answered(make.blank(course), make.RIGHT, "coach-7")
        (tmp_path / "in" / "Sam_1_assignsubmission_file_").mkdir(parents=True)
        path = tmp_path / "in" / "Sam_1_assignsubmission_file_" / "x.ipynb"
        path.write_text(json.dumps(notebook), encoding="utf-8")
        whole = shutil.make_archive(str(tmp_path / "all"), "zip", tmp_path / "in")
        done = _grade(course, "--submissions", whole)
        assert done.stdout.splitlines()[0] == "1 notebook of 1 person taken in."
        assert "coach-7, t1_small: 5 points" in done.stdout

    @pytest.mark.slow
    def test_ctrl_c_says_that_what_was_marked_is_kept(self, course: ClassFolder) -> None:
        _filled(course)
        slow = {"work": "import time\ntime.sleep(600)"}
        make.hand_in(course, "z-slow", make.answered(make.blank(course), slow, "z-slow"))
        grader = subprocess.Popen(
            [sys.executable, "-m", "pcqa_teach", "classroom", "grade", make.ASSIGNMENT],
            cwd=course.path, env={**os.environ, "PYTHONPATH": str(make.ROOT)},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        while len(list(course.part("autograded").rglob("*.ipynb"))) < len(PEOPLE):
            assert grader.poll() is None
            time.sleep(0.05)
        grader.send_signal(signal.SIGINT)
        said, told = grader.communicate(timeout=60)
        assert grader.returncode != 0
        done = [line.partition(", ")[0] for line in said.splitlines()]
        assert set(done) <= set(PEOPLE)  # the last copy may be there before its marks are
        assert len(done) >= len(PEOPLE) - 1
        kept = "Stopped. What was marked is kept: type the same line to go on."
        assert told.splitlines()[-1].removeprefix("pcqa: ") == kept
        assert "Traceback" not in told
        assert make.scores(course, "a-right")["t1-2"] == 3

    def test_without_bubblewrap_it_refuses_and_trust_does_not(self, course: ClassFolder) -> None:
        _filled(course)
        nowhere = str(course.path.parent)
        done = _grade(course, path=nowhere)
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr.splitlines()[-1].removeprefix("pcqa: ") == (
            "There is no sandbox on this computer (bubblewrap is not installed), so nothing that "
            "others wrote was run. Grade on a hub or in WSL (Linux with bubblewrap: `apt install "
            "bubblewrap`), or, for a room that you know, say --trust."
        )
        assert "Traceback" not in done.stderr
        assert {
            row for row in _content(course, times=False) if "t1-1" in row and "2.0" in row
        } == set()
        trusted = _grade(course, "--trust", path=nowhere)
        assert trusted.returncode == 0, trusted.stderr
        assert "a-right, t1_small: 5 points" in trusted.stdout
        assert make.scores(course, "a-right")["t1-2"] == 3


@pytest.mark.slow
@pytest.mark.usefixtures("sandboxed")
def test_stopped_at_any_moment_and_begun_again_it_ends_alike(
    new_class: Callable[[str], ClassFolder],
) -> None:
    whole, stopped = _filled(new_class("whole")), _filled(new_class("stopped"))
    make.mark(whole)
    for most in (1, 2):

        def enough(done: int, of: int, who: str, most: int = most) -> None:
            if done == most:
                raise KeyboardInterrupt

        parts = [stopped.part(name, make.ASSIGNMENT) for name in ("source", "release")]
        files = submitted(stopped, make.ASSIGNMENT)
        with Book(stopped.gradebook) as book, pytest.raises(KeyboardInterrupt):
            grade(make.ASSIGNMENT, files, lessons(*parts), book, stopped.part("autograded"),
                  limits=make.QUICK, progress=enough)  # fmt: skip
    lines = make.mark(stopped)
    assert [line.state for line in lines.values()].count("unchanged") == 3
    assert _content(stopped, times=False) == _content(whole, times=False)


@pytest.mark.usefixtures("sandboxed")
def test_a_persons_mark_stays_and_is_flagged_where_the_work_has_changed(
    course: ClassFolder,
) -> None:
    make.hand_in(course, "kept", make.answered(make.blank(course), make.RIGHT))
    make.hand_in(course, "changed", make.answered(make.blank(course), make.RIGHT))
    make.mark(course)
    for code in ("kept", "changed"):
        assert _by_hand(course, code) == (None, True)
        _by_hand(course, code, 2.5)
    other = {**make.RIGHT, "t1-3": "I have thought again.", "t1-1-answer": "answer_t1_1 = 4"}
    make.hand_in(course, "changed", make.answered(make.blank(course), other))
    lines = make.mark(course)
    assert _by_hand(course, "kept") == (2.5, False)
    assert lines["kept"].state == "unchanged"
    assert _by_hand(course, "changed") == (2.5, True)
    assert lines["changed"].state == "person"
    assert lines["changed"].said == (
        "3 points. It has changed since a person marked 1 item: look again."
    )
    assert make.scores(course, "changed")["t1-1"] == 0
    assert make.waiting(course, "changed") == {"t1-3"}


@pytest.mark.usefixtures("sandboxed")
def test_a_file_that_needed_a_person_is_marked_once_it_is_whole(course: ClassFolder) -> None:
    make.hand_in(course, "a", b'{"cells": [')
    assert make.mark(course)["a"].state == "person"
    make.hand_in(course, "a", make.answered(make.blank(course), make.RIGHT))
    assert make.mark(course)["a"].said == "5 points"
    assert make.scores(course, "a") == {"t1-1": 2, "t1-2": 3, "t1-3": None}


@pytest.mark.usefixtures("sandboxed")
def test_work_that_the_sandbox_failed_is_run_again_and_no_zero(
    course: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.hand_in(course, "a", make.answered(make.blank(course), make.RIGHT))
    broken = sandbox.Outcome(sandbox.NOT_CLOSED)
    with monkeypatch.context() as changed:
        changed.setattr(sandbox.Sandbox, "run", lambda *_: broken)
        assert make.mark(course)["a"].said == f"needs a person: {sandbox.NOT_CLOSED}"
    assert set(make.scores(course, "a").values()) == {None}
    assert make.mark(course)["a"].said == "5 points"


@pytest.mark.usefixtures("sandboxed")
@pytest.mark.slow
def test_a_server_that_has_ended_is_begun_again() -> None:
    steps = [{"cell": "a", "run": "x = 5"}, {"item": "i", "take": "x"}]
    with sandbox.Sandbox("sandbox", make.QUICK) as shut:
        assert shut.run(steps).answers == {"i": {"value": 5}}
        assert shut._process is not None
        shut._process.kill()
        shut._process.wait()
        assert shut.run(steps).answers == {"i": {"value": 5}}
    with pytest.raises(SetupError, match="closed"):
        shut.run(steps)


def test_where_nothing_forks_trust_runs_each_in_a_python_of_its_own(
    course: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows and macOS; here Linux plays their part."""
    monkeypatch.setattr(sandbox, "supported", lambda: False)
    _filled(course)
    with pytest.raises(SetupError, match="There is no sandbox on this computer"):
        make.mark(course, limits=Limits())
    lines = make.mark(course, mode="trust")
    assert lines["a-right"].said == "5 points"
    assert lines["d-exits"].said == "needs a person: it ended Python before its last cell"
    assert make.scores(course, "a-right") == {"t1-1": 2, "t1-2": 3, "t1-3": None}


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_on_another_system_it_refuses_in_a_sentence(system: str) -> None:
    code = (
        "import os, pandas, platform, select, signal, socket, sys\n"
        "sys.modules['resource'] = None\nplatform.system = lambda: 'Other'\n"
        "del os.fork, os.killpg, os.pidfd_open, signal.SIGKILL, socket.AF_UNIX\n"
        f"sys.platform = {system!r}\n"
        "from pcqa_teach.classroom.grading.sandbox import refusal\nprint(refusal())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(make.ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"There is no sandbox on this computer ({system} has none")

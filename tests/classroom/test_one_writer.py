"""Two who mark at once: the second is told so, and nothing of a dead one stands in the way."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pcqa_teach.classroom import retention
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.grading.book import Book
from pcqa_teach.classroom.grading.held import beside, held
from pcqa_teach.classroom.shards import Shard, merge
from pcqa_teach.classroom.slips import Slips
from pcqa_teach.cli import app
from pcqa_teach.errors import ClassroomError

from . import make, marked

_HOLDS = """
import sys, time
from pcqa_teach.classroom.grading.held import held
with held(sys.argv[1]):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("command", ["grade", "merge"])
def test_the_second_is_told_in_a_sentence_and_writes_nothing(
    course: ClassFolder, command: str
) -> None:
    make.hand_in(course, "p1", make.blank(course))
    with Slips(Shard(1, 1).folder(course, make.ASSIGNMENT)) as slips:
        slips.end()
    with Book(course.gradebook):
        done = CliRunner().invoke(
            app, ["classroom", command, make.ASSIGNMENT, "--class", str(course.path)]
        )
        assert done.exit_code == 1
        said = done.output if isinstance(done.exception, SystemExit) else str(done.exception)
        assert "Another marking or handing-out is at work in this class" in said
    with Book(course.gradebook) as book:
        assert not book.digests(make.ASSIGNMENT)
    assert merge(course, make.ASSIGNMENT) == []


def test_nobody_is_forgotten_meanwhile(course: ClassFolder) -> None:
    marked.marks(course, {"p1": {}})
    with held(course.gradebook), pytest.raises(ClassroomError, match="Another marking"):
        retention.forget(course, ["p1"])
    retention.forget(course, ["p1"])


def test_a_shard_is_marked_once_at_a_time(course: ClassFolder) -> None:
    folder = Shard(1, 2).folder(course, make.ASSIGNMENT)
    with Slips(folder), pytest.raises(ClassroomError, match="Another marking"), Slips(folder):
        pass
    with Slips(folder):
        pass


def test_who_was_killed_holds_nothing(course: ClassFolder) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDS, course.gradebook], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(ClassroomError, match="Another marking"), held(course.gradebook):
            pass
        other.send_signal(signal.SIGKILL)
        other.wait()
    with held(course.gradebook):
        pass


def test_two_files_are_held_apart(tmp_path: Path) -> None:
    with beside(tmp_path / "a"), beside(tmp_path / "b"):
        pass

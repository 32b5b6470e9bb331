"""Marking in shards, each a process of its own, put together by one writer."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import pytest

from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.results import results
from pcqa_teach.classroom.shards import Shard, mark, merge
from pcqa_teach.errors import ClassroomError

from . import make, marked

WRONG = {**make.RIGHT, "t1-1-answer": "answer_t1_1 = 4"}
CODES = [f"p{number:02d}" for number in range(9)]
DAMAGED = CODES[4]


def _handed_in(course: ClassFolder) -> ClassFolder:
    blank = make.blank(course)
    for number, code in enumerate(CODES):
        answers = WRONG if number % 3 else make.RIGHT
        make.hand_in(course, code, make.answered(blank, answers, code))
    make.hand_in(course, DAMAGED, '{"cells": [')
    return course


def _command(course: ClassFolder, *words: str) -> list[str]:
    return [sys.executable, "-m", "pcqa_teach", "classroom", *words, "--class", str(course.path)]


def _run(course: ClassFolder, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_command(course, *words), capture_output=True, text=True, check=False)


def _marked(course: ClassFolder) -> list[str]:
    """Return all that a class has been marked, and its marked copies, as text to compare."""
    found = results(course.gradebook, make.ASSIGNMENT)
    frames = (found.grades, found.answers, found.troubles, found.notes)
    tables = [frame.sort_values(list(frame.columns[:4])).to_csv(index=False) for frame in frames]
    copies = sorted(course.part("autograded").rglob("*.ipynb"))
    return [*tables, *(path.read_text(encoding="utf-8") for path in copies)]


@pytest.fixture
def class_(new_class) -> ClassFolder:
    return _handed_in(new_class("shards"))


def test_every_participant_falls_to_one_shard():
    shards = [Shard(number, 4) for number in range(1, 5)]
    codes = [f"person-{number}" for number in range(200)]
    counts = [sum(shard.has(code) for code in codes) for shard in shards]
    assert sum(counts) == len(codes)
    assert all(sum(shard.has(code) for shard in shards) == 1 for code in codes)
    assert min(counts) > 25


@pytest.mark.parametrize("text", ["", "0/3", "4/3", "1/0", "2", "a/b", "1/2/3", "-1/3"])
def test_a_shard_that_is_none_is_refused_in_a_sentence(text):
    with pytest.raises(ClassroomError, match="write 1/8 for the first of eight"):
        Shard.named(text)


@pytest.mark.slow
def test_shards_as_processes_and_a_merge_give_what_one_run_gives(class_, new_class, sandboxed):
    running = [
        subprocess.Popen(_command(class_, "grade", make.ASSIGNMENT, "--shard", f"{number}/3"),
                         stdout=subprocess.PIPE, text=True)
        for number in (1, 2, 3)
    ]  # fmt: skip
    said = [one.communicate(timeout=300)[0] for one in running]
    assert [one.returncode for one in running] == [0, 0, 0]
    assert sum(int(text.splitlines()[-1].split()[0]) for text in said) == len(CODES) - 1
    with pytest.raises(ClassroomError, match="has been marked"):
        results(class_.gradebook, make.ASSIGNMENT)

    merged = _run(class_, "merge", make.ASSIGNMENT)
    assert merged.stdout.splitlines()[-1] == f"{len(CODES)} notebooks entered, 0 unchanged."
    assert sum("points" in line for line in merged.stdout.splitlines()) == len(CODES) - 1

    whole = _handed_in(new_class("whole"))
    assert _run(whole, "grade", make.ASSIGNMENT).returncode == 0
    assert _marked(class_) == _marked(whole)
    again = _run(class_, "grade", make.ASSIGNMENT).stdout.splitlines()
    assert again[0].startswith(f"0 marked, 0 need a person, {len(CODES)} unchanged.")
    assert [line.split(",")[0] for line in again[1:]] == [DAMAGED]


@pytest.mark.slow
def test_a_shard_that_was_killed_goes_on_where_it_was(class_, sandboxed):
    slips = Shard(1, 1).folder(class_, make.ASSIGNMENT) / "slips.jsonl"
    with subprocess.Popen(
        _command(class_, "grade", make.ASSIGNMENT, "--shard", "1/1"),
        stdout=subprocess.DEVNULL, start_new_session=True,
    ) as running:  # fmt: skip
        while running.poll() is None and not (slips.exists() and '"write"' in slips.read_text()):
            time.sleep(0.01)
        os.kill(running.pid, signal.SIGKILL)
    with slips.open("a", encoding="utf-8") as file:
        file.write('{"what": "write", "marked": {"assig')  # cut short
    with pytest.raises(ClassroomError, match="has not come to its end"):
        merge(class_, make.ASSIGNMENT)

    said = _run(class_, "grade", make.ASSIGNMENT, "--shard", "1/1").stdout
    assert int(re.findall(r"(\d+) unchanged", said)[0]) >= 1
    assert len(merge(class_, make.ASSIGNMENT)) == len(CODES)


def _slips(course: ClassFolder, shard: Shard, *lines: dict[str, object]) -> Path:
    folder = shard.folder(course, make.ASSIGNMENT)
    folder.mkdir(parents=True)
    path = folder / "slips.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_nothing_is_merged_while_a_shard_is_missing(course):
    with pytest.raises(ClassroomError, match="No shard of 'small-day' was marked here"):
        merge(course, make.ASSIGNMENT)
    _slips(course, Shard(1, 2), {"what": "end"})
    with pytest.raises(ClassroomError, match="Shard 2/2 of 'small-day' has not come to its end"):
        merge(course, make.ASSIGNMENT)
    _slips(course, Shard(1, 3), {"what": "end"})
    with pytest.raises(ClassroomError, match="not of one number"):
        merge(course, make.ASSIGNMENT)


def test_who_was_forgotten_meanwhile_is_not_entered_again(course):
    gone = {"assignment": make.ASSIGNMENT, "student": "gone"}
    _slips(
        course, Shard(1, 1), {"what": "enter", **gone, "when": None},
        {"what": "there", **gone, "there": []}, {"what": "end"},
    )  # fmt: skip
    assert merge(course, make.ASSIGNMENT) == []
    from nbgrader.api import Gradebook

    with Gradebook(course.gradebook) as book:
        assert [student.id for student in book.students] == []
    assert not Shard(1, 1).folder(course, make.ASSIGNMENT).exists()


class TestAgain:
    """Shards and a merge a second time: what has not changed is left as a person has marked it."""

    @pytest.fixture
    def merged(self, new_class, sandboxed) -> ClassFolder:
        course = new_class("again")
        for code in ("p1", "p2"):
            make.hand_in(course, code, make.answered(make.blank(course), make.RIGHT, code))
        assert self._mark(course) == ["marked", "marked"]
        assert [one.state for one in merge(course, make.ASSIGNMENT)] == ["marked", "marked"]
        for code in ("p1", "p2"):
            marked.by_hand(course, code, "t1-3", 3, "Good.")
        return course

    def _mark(self, course: ClassFolder) -> list[str]:
        with mock.patch.object(make.grading, "Sandbox", make._borrow):
            lines = mark(course, make.ASSIGNMENT, Shard(1, 1), limits=make.QUICK)
        return [one.state for one in lines]

    def test_what_is_entered_is_not_marked_again(self, merged):
        assert self._mark(merged) == ["unchanged", "unchanged"]
        assert merge(merged, make.ASSIGNMENT) == []
        assert make.waiting(merged, "p1") == set()

    def test_what_a_shard_marks_all_the_same_leaves_a_person_s_marks(self, merged):
        merged.part("shards", make.ASSIGNMENT, "known.json").unlink()
        assert self._mark(merged) == ["marked", "marked"]
        assert [one.state for one in merge(merged, make.ASSIGNMENT)] == ["unchanged"] * 2
        assert make.waiting(merged, "p1") == set()

    def test_what_has_changed_since_a_person_marked_it_is_said(self, merged):
        make.hand_in(merged, "p1", make.answered(make.blank(merged), WRONG, "p1"))
        assert self._mark(merged) == ["marked", "unchanged"]
        (line,) = merge(merged, make.ASSIGNMENT)
        assert (line.student, line.state) == ("p1", "person")
        assert "changed since a person marked 1 item" in line.said
        assert make.waiting(merged, "p1") == {"t1-3"}
        assert make.waiting(merged, "p2") == set()

    def test_another_gradebook_is_noticed(self, merged, new_class):
        shutil.copy(new_class("empty").path / "gradebook.db", merged.path)
        assert self._mark(merged) == ["unchanged", "unchanged"]
        with pytest.raises(ClassroomError, match="not the one of the last merge"):
            merge(merged, make.ASSIGNMENT)
        assert self._mark(merged) == ["marked", "marked"]
        assert len(merge(merged, make.ASSIGNMENT)) == 2

"""What still needs a person is said at the end of every run, until a person has settled it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.results import results
from pcqa_teach.cli import app

from . import make, marked


@pytest.mark.usefixtures("sandboxed")
def test_who_needs_a_person_is_said_until_a_person_has_scored_it(course: ClassFolder) -> None:
    make.hand_in(course, "a", b'{"cells": [')
    make.hand_in(course, "b", make.answered(make.blank(course), make.RIGHT))
    assert make.mark(course)["a"].state == "person"
    again = make.mark(course)
    assert again["a"].still.startswith("needs a person: the file is damaged")
    assert again["b"].still == ""
    for item in ("t1-1", "t1-2"):
        marked.by_hand(course, "a", item, 1)
    assert make.mark(course)["a"].still == ""
    assert results(course.gradebook).troubles.empty


@pytest.mark.usefixtures("sandboxed")
def test_changed_work_that_a_person_had_marked_is_said_until_they_have_looked_again(
    course: ClassFolder,
) -> None:
    for said in ("One.", "Two."):
        work = make.answered(make.blank(course), {**make.RIGHT, "t1-3": said})
        make.hand_in(course, "a", work)
        make.mark(course)
        if said == "One.":
            marked.by_hand(course, "a", "t1-3", 2)
    looked_at = "It has changed since a person marked 1 item: look again."
    assert make.mark(course)["a"].still == looked_at
    marked.by_hand(course, "a", "t1-3", 3)
    assert make.mark(course)["a"].still == ""


def test_before_anything_was_collected_it_says_so(course: ClassFolder) -> None:
    command = ["classroom", "grade", make.ASSIGNMENT, "--class", str(course.path)]
    ran = CliRunner().invoke(app, command)
    assert ran.exit_code == 1
    assert "Nothing has been collected yet: " in ran.output
    command[2] = "core-day9"
    assert "never handed out" in CliRunner().invoke(app, command).output

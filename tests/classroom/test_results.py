"""What the gradebook holds, as frames."""

from __future__ import annotations

from pathlib import Path

import pytest

from pcqa_teach.classroom import folder
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.results import NothingMarked, results
from pcqa_teach.errors import ClassroomError

from . import make, marked


def _one(frame, **wanted):
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def test_a_row_is_a_participant_and_an_item(course: ClassFolder) -> None:
    marked.marks(course, {"p1": marked.RIGHT, "p2": {"t1-1": 4}})
    found = results(course.gradebook, make.ASSIGNMENT)
    assert len(found.grades) == 2 * 3
    assert len(found.answers) == 2 * 2
    right = _one(found.grades, student="p1", item="t1-1")
    assert (right["score"], right["max_score"], right["handed"]) == (2, 2, True)
    assert right["handed_in"] == marked.NOON.replace(tzinfo=None)
    wrong = _one(found.answers, student="p2", item="t1-1")
    assert (wrong["outcome"], wrong["misconception"]) == ("wrong", "median")
    assert wrong["hint"] == "That is the middle one."


def test_a_person_is_waited_for_until_they_have_marked_and_their_mark_goes_first(
    course: ClassFolder,
) -> None:
    marked.marks(course, {"p1": {"t1-1": 4}})
    assert _one(results(course.gradebook).grades, item="t1-3")["waiting"]
    marked.by_hand(course, "p1", "t1-3", 2, "Say what you would measure.")
    marked.by_hand(course, "p1", "t1-1", 1.5)
    marked.comment(course, "p1", "t1-1-answer", "Half a mark for the idea.")
    grades = results(course.gradebook).grades
    assert not grades["waiting"].any()
    assert _one(grades, item="t1-3")["comment"] == "Say what you would measure."
    assert _one(grades, item="t1-1")["score"] == 1.5
    assert _one(grades, item="t1-1")["comment"] == "Half a mark for the idea."
    assert grades.set_index("item")["by_hand"].to_dict() == {
        "t1-1": True, "t1-2": False, "t1-3": True,
    }  # fmt: skip


def test_what_needs_a_person_has_a_reason_and_no_score(course: ClassFolder) -> None:
    marked.marks(course, {"p1": marked.RIGHT}, trouble="it never ended")
    found = results(course.gradebook)
    assert list(found.troubles["trouble"]) == ["it never ended"]
    assert found.grades["score"].isna().all()
    assert found.grades["waiting"].all()


def test_what_was_mended_is_listed_and_what_was_not_said_is_empty_text(course: ClassFolder) -> None:
    marked.marks(course, {"p1": {}}, trouble="it never ended", notes=["A was put back.", "B too."])
    found = results(course.gradebook)
    assert list(found.notes["note"]) == ["A was put back.", "B too."]
    assert set(found.answers["hint"]) == {""}


def test_a_notebook_that_was_not_handed_in_is_told_from_one_that_earned_nothing(
    tmp_path: Path,
) -> None:
    course = marked.two_lessons(tmp_path / "two")
    marked.marks(course, {"p1": {}})
    grades = results(course.gradebook, make.ASSIGNMENT).grades
    handed = grades.groupby("notebook")["handed"].agg(["all", "any"])
    assert handed.loc[make.LESSON, "all"]
    assert not handed.loc[marked.SECOND, "any"]


def test_nothing_marked_is_one_sentence_and_reading_makes_no_gradebook(tmp_path: Path) -> None:
    course = folder.init(tmp_path / "new")
    with pytest.raises(NothingMarked, match="run `pcqa classroom grade` first"):
        results(course.gradebook)
    assert not (course.path / "gradebook.db").exists()


def test_another_assignment_is_named_in_the_sentence(course: ClassFolder) -> None:
    marked.marks(course, {"p1": {}})
    with pytest.raises(NothingMarked, match="Nothing of 'core-day9' has been marked"):
        results(course.gradebook, "core-day9")


def test_a_damaged_gradebook_is_one_sentence_without_its_path(course: ClassFolder) -> None:
    (course.path / "gradebook.db").write_bytes(b"no database" * 100)
    with pytest.raises(ClassroomError, match="cannot be read just now") as failed:
        results(course.gradebook)
    assert str(course.path) not in str(failed.value)
    assert failed.value.__cause__ is None

"""A learner is removed everywhere: no byte of the class folder names them afterwards."""

from __future__ import annotations

import sqlite3
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pcqa_teach.classroom import retention
from pcqa_teach.classroom.certificate import Piece, issue
from pcqa_teach.classroom.collect import collect
from pcqa_teach.classroom.feedback import feedback
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.insights import Names, write
from pcqa_teach.classroom.leftovers import mentions
from pcqa_teach.classroom.results import results
from pcqa_teach.cli import app
from pcqa_teach.errors import ClassroomError

from . import make, marked

GONE, STAYS = "blue-kettle", "red-door"
TELLING = ("Annabel", "Quillfeather", "quill@example.org", "my own words on it")


@pytest.fixture
def full(course: ClassFolder, tmp_path: Path) -> ClassFolder:
    """A class with everything of two people: work, marks, pages, archives, certificates."""
    marked.roster(
        course,
        f"{GONE},Annabel,Quillfeather,quill@example.org,North",
        f"{STAYS},Bo,Example,bo@example.org,South",
    )
    came = tmp_path / "came"
    came.mkdir()
    for code, said in ((GONE, TELLING[3]), (STAYS, "what stays")):
        notebook = make.answered(make.blank(course), {**make.RIGHT, "t1-3": said}, code)
        path = make.hand_in(course, code, notebook)
        (came / f"{make.LESSON}--{code}.ipynb").write_bytes(path.read_bytes())
        copy = course.part("autograded", code, make.ASSIGNMENT, path.name)
        copy.parent.mkdir(parents=True)
        copy.write_bytes(path.read_bytes())
        copy.parent.chmod(0o555)
        archive = course.part("handouts", make.ASSIGNMENT, f"{code}.zip")
        archive.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("lesson.ipynb", f'{{"participant": "{code}"}}')
    assert not collect(course, make.ASSIGNMENT, came).not_taken
    marked.marks(course, {GONE: {"t1-1": TELLING[3]}, STAYS: marked.RIGHT})
    marked.by_hand(course, GONE, "t1-3", 1, f"Dear Annabel, {TELLING[3]}")
    course.part("collected", make.ASSIGNMENT, GONE, "moodle.txt").write_text(
        "Annabel Quillfeather_7_assignsubmission_file_"
    )
    feedback(course, make.ASSIGNMENT)
    write(course, names=True)
    write(course)
    for code in (GONE, STAYS):
        issue(course, code, [Piece("First PDSA", ("A lesson",))])
    return course


def _named_in(course: ClassFolder, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Search every byte of the class folder, archives unpacked, and every path."""
    found = []
    for path in course.path.rglob("*"):
        name = str(path.relative_to(course.path))
        contents = [name.encode()]
        if path.is_file():
            contents.append(path.read_bytes())
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    contents += [one.encode() for one in archive.namelist()]
                    contents += [archive.read(one) for one in archive.namelist()]
        found += [(name, w) for w in words if any(w.encode() in one for one in contents)]
    return found


def test_no_byte_of_the_class_names_them_afterwards(full: ClassFolder) -> None:
    made_up = Names(full).of([GONE])[GONE]
    words = (GONE, *TELLING, made_up)
    before = {word for _, word in _named_in(full, words)}
    assert before == set(words)
    gone = retention.forget(full, [GONE])
    assert _named_in(full, words) == []
    assert gone.still_in == ()


def test_what_is_another_s_stays(full: ClassFolder) -> None:
    kept = {
        path: path.read_bytes()
        for folder in ("collected", "submitted", "autograded", "certificates", "handouts")
        for path in full.part(folder).rglob("*")
        if path.is_file() and GONE not in str(path) and GONE.encode() not in path.read_bytes()
    }
    grades = results(full.gradebook).grades
    made_up = Names(full).of([STAYS])
    retention.forget(full, [GONE])
    assert len(kept) >= 6
    assert {path: path.read_bytes() for path in kept} == kept
    assert list(full.roster()) == [STAYS]
    assert full.roster()[STAYS].email == "bo@example.org"
    left = results(full.gradebook).grades
    assert left["score"].tolist()[:2] == grades[grades["student"] == STAYS]["score"].tolist()[:2]
    assert set(left["student"]) == {STAYS}
    assert Names(full).of([STAYS]) == made_up
    with zipfile.ZipFile(full.part("feedback", f"{make.ASSIGNMENT}.zip")) as archive:
        assert archive.namelist() == [f"{STAYS}/feedback.html"]


def test_it_says_what_there_is_and_what_was_removed_in_counts(full: ClassFolder) -> None:
    there = retention.found(full, [GONE]).said()
    said = retention.forget(full, [GONE]).said()
    for words in (there, said):
        for count in ("1 version handed in", "1 notebook that counted", "1 marked copy",
                      "1 page of feedback", "1 archive to hand out", "1 certificate", "3 marks",
                      "1 row of the roster"):  # fmt: skip
            assert count in words
    assert "2 pages of insights" in said
    assert "1 made-up name" in said


def test_the_gradebook_is_still_nbgrader_s(full: ClassFolder) -> None:
    from nbgrader.api import Gradebook

    marked.comment(full, GONE, "t1-3", "At length. " * 5_000)
    retention.forget(full, [GONE])
    with Gradebook(full.gradebook) as book:
        assert [student.id for student in book.students] == [STAYS]
        assert [len(one.submissions) for one in book.assignments] == [1]
    with sqlite3.connect(full.path / "gradebook.db") as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert database.execute("pragma freelist_count").fetchone() == (0,), "old pages are kept"
        orphans = "select count(*) from grade where notebook_id not in (select id from "
        assert database.execute(orphans + "submitted_notebook)").fetchone() == (0,)


def test_the_shards_folder_stays_and_is_empty(full: ClassFolder) -> None:
    """It may be mounted in the pods that mark."""
    slips = full.part("shards", make.ASSIGNMENT, "1-of-1", "slips.jsonl")
    slips.parent.mkdir(parents=True)
    slips.write_text(GONE)
    retention.forget(full, [GONE])
    assert list(full.part("shards").iterdir()) == []


def test_half_done_it_can_be_run_again(full: ClassFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(retention, "_out_of_gradebook", stopped)
        with pytest.raises(KeyboardInterrupt):
            retention.forget(full, [GONE])
    assert GONE in full.roster()
    retention.forget(full, [GONE])
    assert _named_in(full, (GONE, *TELLING)) == []


def test_a_file_that_names_them_still_is_pointed_out(full: ClassFolder) -> None:
    (full.path / "notes.txt").write_text("Speak to Annabel Quillfeather on Monday.")
    (full.path / "gradebook.db.old").write_bytes(b"\0" * (1 << 20) + GONE.encode())
    gone = retention.forget(full, [GONE])
    assert gone.still_in == ("gradebook.db.old", "notes.txt")


def test_a_code_within_another_code_is_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("p12 p1-b xp1")
    (tmp_path / "b.txt").write_text("(p1)")
    assert mentions(tmp_path, ["p1"]) == ["b.txt"]


def test_nobody_is_removed_for_a_code_that_is_not_there(full: ClassFolder) -> None:
    for code in ("green-gate", "blue", "BLUE"):
        with pytest.raises(ClassroomError, match="holds nothing of anybody"):
            retention.forget(full, [code])
    for code in ("../red-door", "*", "red-door/../..", ""):
        with pytest.raises(ClassroomError):
            retention.whom(full, code)
    assert set(full.roster()) == {GONE, STAYS}


def test_a_group_is_removed_whole(full: ClassFolder) -> None:
    assert retention.whom(full, group="north") == [GONE]
    with pytest.raises(ClassroomError, match="no group 'East'"):
        retention.whom(full, group="East")


def test_the_long_inactive_are_found_by_their_last_work(course: ClassFolder) -> None:
    now = datetime(2027, 3, 15, 12, tzinfo=UTC)
    times = {"old": now - timedelta(days=400), "new": now - timedelta(days=100),
             "edge": datetime(2026, 3, 15, 13, tzinfo=UTC)}  # fmt: skip
    marked.roster(course, "never,,,,")
    marked.marks(course, {"old": {}, "new": {}, "edge": {}, "both": {}},
                 when={**times, "both": times["old"]})  # fmt: skip
    later = course.part("collected", "other", "both", "x", "20270301T000000Z-000-0000--0.ipynb")
    later.parent.mkdir(parents=True)
    later.write_text("{}")
    assert retention.whom(course, older_than=12, now=now) == ["old"]
    assert retention.whom(course, older_than=2, now=now) == ["edge", "new", "old"]


def test_the_class_may_say_for_how_long_work_is_kept(course: ClassFolder) -> None:
    with pytest.raises(ClassroomError, match="keep_months"):
        retention.whom(course)
    settings = course.path / "class.toml"
    settings.write_text(settings.read_text() + "keep_months = 6\n")
    marked.marks(course, {"p1": {}})
    assert retention.whom(course, now=marked.NOON + timedelta(days=100)) == []
    assert retention.whom(course, now=marked.NOON + timedelta(days=200)) == ["p1"]


def test_the_command_asks_first(full: ClassFolder) -> None:
    asked = ["classroom", "forget", GONE, "--class", str(full.path)]
    no = CliRunner().invoke(app, asked, input="n\n")
    assert no.exit_code == 1
    assert "1 marked copy" in no.output
    assert GONE in full.roster()
    yes = CliRunner().invoke(app, [*asked, "--yes"])
    assert yes.exit_code == 0, yes.output
    assert "Removed of 1 person: 1 version handed in" in yes.output
    assert "a hub's exchange" in yes.output
    assert not any(word in yes.output for word in TELLING)
    assert GONE not in full.roster()

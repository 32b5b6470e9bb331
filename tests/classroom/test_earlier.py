"""A workbook and a class that the first kit made are opened, and marked, by the kit of today.

`earlier/` holds what the first version with a workbook, and the first with a class, wrote: Plot the
dots and the access baseline laid out and worked; Plot the dots handed out, handed in by two people
and marked, with the gradebook as SQL.
"""

from __future__ import annotations

import contextlib
import csv
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach import resources
from pcqa_teach.classroom import folder, insights
from pcqa_teach.classroom.certificate import check, issue
from pcqa_teach.classroom.collect import collect
from pcqa_teach.classroom.export import export
from pcqa_teach.classroom.feedback import feedback
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.publish import workbook

from . import make

EARLIER = Path(__file__).parent / "earlier"
DAY, B3 = "core-day1", "b3_plot_the_dots"
LESSONS = {"b3_plot_the_dots": DAY, "d1_my_access_baseline": "own-data"}
B3_ALONE = {"b3-1": 4, "b3-2": 3, "b3-3": 5, "b3-4": 4, "b3-5": None}
RED_LAMP = {"b3-1": 4, "b3-2": 0, "b3-3": 5, "b3-4": 4, "b3-5": 0}
SOURCES = make.ROOT / "notebooks" / DAY

pytestmark = [
    pytest.mark.skipif(resources.checkout() is None, reason="there are no sources to hand out"),
    pytest.mark.xdist_group("nbgrader"),
]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The workbook of the first kit, with Plot the dots answered."""
    place, kept = tmp_path / "pcqa-workbook", EARLIER / "workbook"
    (place / ".pcqa").mkdir(parents=True)
    shutil.copy(kept / "participant.json", place / ".pcqa")
    shutil.copy(kept / "START_HERE.md", place)
    for lesson, part in LESSONS.items():
        (place / part).mkdir()
        shutil.copy(kept / f"{lesson}.json", place / part / f"{lesson}--blue-kettle.ipynb")
    return place


@pytest.fixture
def spring(tmp_path: Path) -> ClassFolder:
    """The class of the first kit, in which two people's work was marked."""
    place, kept = tmp_path / "spring", EARLIER / "class"
    for part in ("handouts", "collected", "autograded", "feedback"):
        (place / part).mkdir(parents=True)
    for name in ("class.toml", "roster.csv"):
        shutil.copy(kept / name, place)
    shutil.copy(kept / "nbgrader_config.txt", place / "nbgrader_config.py")
    files = {
        "source": place / "source" / DAY,
        "release": place / "release" / DAY,
        **{code: place / "submitted" / code / DAY for code in ("blue-kettle", "red-lamp")},
    }
    for name, target in files.items():
        target.mkdir(parents=True)
        shutil.copy(kept / f"{name}.json", target / f"{B3}.ipynb")
        if "submitted" in target.parts:
            shutil.copy(kept / "timestamp.txt", target)
    with contextlib.closing(sqlite3.connect(place / "gradebook.db")) as made:
        made.executescript((kept / "gradebook.sql").read_text(encoding="utf-8"))
    return folder.opened(place)


def _forget_what_was_marked(course: ClassFolder) -> None:
    with contextlib.closing(sqlite3.connect(course.path / "gradebook.db")) as there:
        there.execute("delete from pcqa_marked")
        there.commit()


def test_a_workbook_keeps_its_work_and_gets_the_new_version_beside_it(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = {name: one for name, one in resources.lessons().items() if name in LESSONS}
    monkeypatch.setattr(resources, "lessons", lambda: two)
    theirs = {path: path.read_bytes() for path in book.rglob("*.ipynb")}
    opened = workbook.lay_out(book)
    assert opened.code == "blue-kettle"
    assert [entry.state for entry in opened.entries] == ["updated", "updated"]
    assert {path: path.read_bytes() for path in theirs} == theirs
    assert (book / DAY / f"{B3}--blue-kettle--improved-2.ipynb").is_file()
    start = (book / "START_HERE.md").read_text(encoding="utf-8")
    assert f"[Plot the dots (improved)](<{DAY}/{B3}--blue-kettle--improved-2.ipynb>)" in start
    again = workbook.lay_out(book)
    assert [entry.state for entry in again.entries] == ["kept", "kept"]


def test_a_class_that_was_marked_is_left_as_it_is(spring: ClassFolder) -> None:
    lines = make.mark(spring, DAY)
    assert {line.state for line in lines.values()} == {"unchanged"}
    assert make.scores(spring, "blue-kettle", DAY, B3) == B3_ALONE
    assert make.scores(spring, "red-lamp", DAY, B3) == RED_LAMP


def test_marked_anew_by_what_was_handed_out_then_the_scores_are_the_same(
    spring: ClassFolder, sandboxed: None
) -> None:
    _forget_what_was_marked(spring)
    lines = make.mark(spring, DAY)
    assert [lines[code].said for code in ("blue-kettle", "red-lamp")] == ["16 points", "13 points"]
    assert make.scores(spring, "blue-kettle", DAY, B3) == B3_ALONE
    assert make.scores(spring, "red-lamp", DAY, B3) == RED_LAMP
    assert make.waiting(spring, "blue-kettle", DAY) == {"b3-5"}


def test_pages_marks_and_a_certificate_are_made_of_it(spring: ClassFolder) -> None:
    people = ["blue-kettle", "red-lamp"]
    seen = insights.write(spring, DAY, names=True).read_text(encoding="utf-8")
    assert "Plot the dots" in seen
    assert "2 submissions" in seen
    pages = feedback(spring, DAY)
    assert [code for page in pages for code in people if code in page.parts] == people
    export(spring, spring.path / "marks.csv", DAY)
    with (spring.path / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] == "red-lamp"]
    assert {row["item"]: float(row["score"]) for row in rows} == RED_LAMP
    made = issue(spring, "blue-kettle", [], name="Blue Kettle", anyway=True)
    assert check(made, spring).well


def test_nbgrader_s_own_commands_find_its_marks_on_a_hub_too(
    spring: ClassFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from traitlets.config.loader import PyFileConfigLoader

    def configured() -> Any:
        return PyFileConfigLoader("nbgrader_config.py", path=str(spring.path)).load_config()

    assert configured().CourseDirectory.root == str(spring.path)
    assert "db_url" not in configured().CourseDirectory  # nbgrader's own: in the class's folder
    monkeypatch.setenv("PCQA_GRADEBOOK", "postgresql+psycopg://hub/marks")
    assert configured().CourseDirectory.db_url == "postgresql+psycopg://hub/marks"


class TestHandedOutAgain:
    """The day's lessons of today are handed out in the class of the first kit."""

    @pytest.fixture
    def again(self, spring: ClassFolder) -> ClassFolder:
        return make.release(
            spring, DAY, [SOURCES / "b1_what_is_quality.ipynb", SOURCES / f"{B3}.ipynb"]
        )

    @pytest.mark.slow
    def test_a_lesson_more_comes_in_and_what_was_earned_stays(
        self, again: ClassFolder, sandboxed: None
    ) -> None:
        assert set(make.scores(again, "red-lamp", DAY, "b1_what_is_quality").values()) == {0}
        lines = make.mark(again, DAY)
        assert lines["red-lamp"].said.startswith("13 points. It was begun in another version")
        assert make.scores(again, "blue-kettle", DAY, B3) == B3_ALONE
        assert make.waiting(again, "blue-kettle", DAY) == {"b3-5"}

    def test_work_in_a_workbook_of_the_first_kit_loses_nothing(
        self, again: ClassFolder, book: Path, sandboxed: None
    ) -> None:
        theirs = book / DAY
        assert len(collect(again, DAY, theirs).taken) == 1
        line = make.mark(again, DAY)["blue-kettle"]
        assert line.state == "person"
        assert "asked for the parts of b3-3 under other names" in line.said
        assert "had been changed" not in line.said
        marks = make.scores(again, "blue-kettle", DAY, B3)
        assert marks == {**B3_ALONE, "b3-3": None}
        assert make.waiting(again, "blue-kettle", DAY) == {"b3-3", "b3-5"}
        (page,) = [one for one in feedback(again, DAY) if "blue-kettle" in one.parts]
        said = page.read_text(encoding="utf-8")
        assert "You began this notebook in another version of the lesson" in said
        assert "could not mark all of this notebook" in said
        assert "moved, copied or deleted" not in said

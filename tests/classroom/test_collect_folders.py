"""Nobody is taken out of another's Moodle folder; a coach's own file name rescues work."""

from __future__ import annotations

import json
import warnings
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pcqa_teach.classroom.collect import collect, submitted
from pcqa_teach.classroom.feedback import clashing, feedback
from pcqa_teach.classroom.folder import ROSTER, ClassFolder
from pcqa_teach.classroom.moodle import all_kept
from pcqa_teach.cli import app
from pcqa_teach.errors import ClassroomError

from . import make, marked
from .test_collect import DAY, FILE, packed, put, take, work

DI, FLO = "Di Example_1_assignsubmission_file_", "Flo Example_2_assignsubmission_file_"


def _all(course: ClassFolder, tmp_path: Path, *files: tuple[str, str]) -> tuple[set, list[str]]:
    """Collect an archive of (folder, code); return who was taken, and why others were not."""
    content = {f"{folder}/{n}.ipynb": work(course, code) for n, (folder, code) in enumerate(files)}
    taken = take(course, put(tmp_path, "all.zip", packed(content)))
    return {one.student for one in taken.taken}, [one.trouble for one in taken.not_taken]


def _kept(course: ClassFolder) -> dict[str, str]:
    return all_kept(course.part("collected", make.ASSIGNMENT))


def test_a_folder_that_is_one_person_s_brings_nobody_else_s_work(
    course: ClassFolder, tmp_path: Path
) -> None:
    _all(course, tmp_path, (DI, "di"))
    assert _all(course, tmp_path, (DI, "flo")) == (set(), [
        "look at this: its Moodle folder is that of 'di', and it carries the code 'flo'; ask whose "
        "it is, then collect that file by itself"])  # fmt: skip
    assert (set(submitted(course, make.ASSIGNMENT)), _kept(course)) == ({"di"}, {"di": DI})


def test_a_person_s_work_from_a_second_folder_is_listed(
    course: ClassFolder, tmp_path: Path
) -> None:
    _all(course, tmp_path, (FLO, "flo"))
    assert _all(course, tmp_path, (DI, "flo")) == (set(), [
        "look at this: it carries the code 'flo', whose work lies in another Moodle folder; ask "
        "whose it is, then collect that file by itself"])  # fmt: skip
    assert _kept(course) == {"flo": FLO}


@pytest.mark.parametrize("first", [DI, FLO])
def test_within_one_archive_their_order_decides_nothing(
    course: ClassFolder, tmp_path: Path, first: str
) -> None:
    files = [(DI, "di"), (DI, "flo"), (FLO, "flo")]
    taken, troubles = _all(course, tmp_path, *sorted(files, key=lambda one: one[0] != first))
    assert taken == {"di", "flo"}
    assert len(troubles) == 1
    assert "folder is that of 'di'" in troubles[0]
    assert _kept(course) == {"di": DI, "flo": FLO}


@pytest.mark.parametrize("files", [[(DI, "di"), (DI, "flo")], [(DI, "flo"), (FLO, "flo")]])
def test_where_it_is_not_certain_whose_a_folder_is_nothing_of_it_is_taken(
    course: ClassFolder, tmp_path: Path, files: list[tuple[str, str]]
) -> None:
    taken, troubles = _all(course, tmp_path, *files)
    assert (taken, len(troubles)) == (set(), 2)
    assert all("not clear which is that of" in one for one in troubles)


def test_the_file_by_itself_can_be_taken_once_a_coach_knows(
    course: ClassFolder, tmp_path: Path
) -> None:
    _all(course, tmp_path, (DI, "di"))
    take(course, put(tmp_path / DI, "x.ipynb", work(course, "flo")))
    assert set(submitted(course, make.ASSIGNMENT)) == {"di", "flo"}
    assert _kept(course) == {"di": DI}


def test_files_and_words_of_one_person_are_one_folder(course: ClassFolder, tmp_path: Path) -> None:
    _all(course, tmp_path, (DI, "di"))
    text = DI.replace("_file_", "_onlinetext_")
    assert _all(course, tmp_path, (text, "di"))[1] == []
    assert _kept(course) == {"di": DI}


def test_two_people_s_pages_are_never_put_into_one_folder(course: ClassFolder) -> None:
    marked.marks(course, {"di": marked.RIGHT, "flo": {}, "ed": {}})
    for code in ("di", "flo"):
        note = course.part("collected", make.ASSIGNMENT, code, "moodle.txt")
        note.parent.mkdir(parents=True)
        note.write_text(f"{DI}\n", encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        feedback(course, make.ASSIGNMENT)
    with zipfile.ZipFile(course.part("feedback", f"{make.ASSIGNMENT}.zip")) as archive:
        assert archive.namelist() == ["ed/feedback.html"]
    assert clashing(course, make.ASSIGNMENT) == [["di", "flo"]]
    ran = CliRunner().invoke(
        app, ["classroom", "feedback", make.ASSIGNMENT, "--class", str(course.path)]
    )
    assert "would lie in one Moodle folder: di and flo." in ran.output


class TestByName:
    """A coach who knows whose it is says so in the file's name."""

    def _with(self, course: ClassFolder, tmp_path: Path, name: str, content: bytes) -> list[str]:
        (course.path / ROSTER).write_text("code\ncoach-7\ncoach-8\n", encoding="utf-8")
        return take(course, put(tmp_path, name, content)).sentences()

    def test_a_code_of_the_roster_counts_where_there_is_none_inside(
        self, course: ClassFolder, tmp_path: Path
    ) -> None:
        said = self._with(course, tmp_path, "found it--coach-7.ipynb", work(course, None))
        assert said == [
            "1 notebook of 1 person taken in.",
            "found it--coach-7.ipynb: taken by its name, as there is no code in it.",
        ]

    def test_a_code_that_is_not_in_the_roster_does_not(
        self, course: ClassFolder, tmp_path: Path
    ) -> None:
        said = self._with(course, tmp_path, "x--coach-9.ipynb", work(course, None))
        assert "let its name end in `--CODE.ipynb`" in said[-1]

    def test_it_never_overrides_a_code_inside(self, course: ClassFolder, tmp_path: Path) -> None:
        said = self._with(course, tmp_path, "x--coach-7.ipynb", work(course, "coach-8"))
        assert "one person inside and of another outside" in said[-1]

    def test_a_damaged_file_is_said_to_be_so_at_once(
        self, course: ClassFolder, tmp_path: Path
    ) -> None:
        said = self._with(course, tmp_path, FILE, b'{"cells": [')
        assert said[1].startswith(f"{FILE}: taken in by its name; it cannot be read (the file is ")
        assert said[1].endswith("): ask for it again.")


def test_what_is_not_there_is_said_not_to_be_there(course: ClassFolder, tmp_path: Path) -> None:
    with pytest.raises(ClassroomError, match="There is no 'nothing' there"):
        take(course, tmp_path / "nothing")


def test_off_a_screen_it_is_not_said_file_by_file(course: ClassFolder, tmp_path: Path) -> None:
    notebook = json.loads(work(course))
    for number in range(30):
        notebook["metadata"]["pcqa"]["participant"] = f"p-{number}"
        put(tmp_path / "in", f"{number}.ipynb", json.dumps(notebook).encode(), DAY)
    done: list[tuple[int, int]] = []
    collect(course, make.ASSIGNMENT, tmp_path / "in", lambda *both: done.append(both))
    assert done == [(number, 30) for number in range(1, 31)]
    ran = CliRunner().invoke(
        app, ["classroom", "collect", make.ASSIGNMENT, str(tmp_path / "in"),
              "--class", str(course.path)],
    )  # fmt: skip
    assert ran.exit_code == 0, ran.output
    assert 2 <= len(ran.stderr.splitlines()) <= 3

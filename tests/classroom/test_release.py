"""What a class is handed out, made by nbgrader from the real lessons of a day."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

pytest.importorskip("nbgrader")

from pcqa_teach import resources
from pcqa_teach.authoring.new import new
from pcqa_teach.classroom import folder, items
from pcqa_teach.classroom import release as handing_out
from pcqa_teach.classroom.grading.held import held
from pcqa_teach.classroom.release import Release, release
from pcqa_teach.errors import ClassroomError, LessonError

from . import make

DAY = "core-day1"
CODES = ("blue-kettle", "red-lamp")

pytestmark = [
    pytest.mark.skipif(resources.checkout() is None, reason="there are no sources to hand out"),
    pytest.mark.xdist_group("nbgrader"),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> folder.ClassFolder:
    made = folder.init(tmp_path_factory.mktemp("class") / "spring", "Spring cohort")
    rows = "".join(f"{code},,,,\n" for code in CODES)
    roster = made.path / folder.ROSTER
    roster.write_text(roster.read_text(encoding="utf-8") + rows, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def made(course: folder.ClassFolder) -> Release:
    return release(course, DAY, check=False)


def _notebooks(archive: Path) -> dict[str, dict]:
    with zipfile.ZipFile(archive) as packed:
        return {name: json.loads(packed.read(name)) for name in packed.namelist()}


def test_a_new_class_is_its_owners_alone(course: folder.ClassFolder) -> None:
    assert stat.S_IMODE(course.path.stat().st_mode) == 0o700
    assert folder.opened(course.part("source")).name == "Spring cohort"


def test_every_lesson_of_the_day_is_handed_out_and_worth_what_its_keys_say(made: Release) -> None:
    sources = folder.source_of(DAY)
    assert [path.name for path in made.notebooks] == [path.name for path in sources]
    worth = 0.0
    for path in sources:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            marks = cell["metadata"].get("nbgrader", {})
            worth += marks["points"] if marks.get("grade") else 0
    assert made.points == worth


def test_nothing_that_only_coaches_may_see_is_in_any_archive(made: Release) -> None:
    for archive in (made.archive, *made.personal):
        for notebook in _notebooks(archive).values():
            told = json.dumps(notebook)
            for mark in ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "judge(", "### Notes"):
                assert mark not in told


def test_an_archive_for_each_person_says_whose_it_is(made: Release) -> None:
    assert [path.stem for path in made.personal] == list(CODES)
    for path in made.personal:
        for name, notebook in _notebooks(path).items():
            assert name.endswith(f"--{path.stem}.ipynb")
            assert notebook["metadata"]["pcqa"]["participant"] == path.stem
    assert not any(
        "participant" in n["metadata"]["pcqa"] for n in _notebooks(made.archive).values()
    )


def test_what_was_handed_out_before_stays_where_a_new_copy_is_refused(
    course: folder.ClassFolder, made: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in (*made.notebooks, made.archive)}

    def refuse(*_: object) -> float:
        raise ClassroomError("refused")

    monkeypatch.setattr(handing_out, "_looked_at", refuse)
    with pytest.raises(ClassroomError, match="refused"):
        release(course, DAY, check=False)
    assert {path: path.read_bytes() for path in before} == before


def test_a_lesson_that_is_not_finished_is_handed_out_with_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "_toc.yml").write_text("parts: []\n", encoding="utf-8")
    path = new("x1_waits", root=tmp_path).path
    monkeypatch.setattr(handing_out, "source_of", lambda _: [path])
    course = folder.init(tmp_path / "class")
    assert release(course, "our-own", check=False).archive.is_file()
    (said,) = [one.getMessage() for one in caplog.records if one.levelname == "WARNING"]
    assert said.startswith("Not finished: in 'x1_waits' a pencil, ✎, still marks what is to be")
    assert "\n  - cell 1 (which begins 'Waits') has 2 places to write" in said
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert said.count("\n  - ") == sum("✎" in "".join(one["source"]) for one in notebook["cells"])
    caplog.clear()
    path.write_text(path.read_text(encoding="utf-8").replace("✎", ""), encoding="utf-8")
    release(course, "our-own", check=False)
    assert not [one for one in caplog.records if "pencil" in one.getMessage()]


def test_an_unknown_assignment_is_named_with_those_there_are(course: folder.ClassFolder) -> None:
    with pytest.raises(LessonError, match=r"no assignment 'core-day9': .*core-day1"):
        release(course, "core-day9")


@pytest.mark.parametrize("place", ["there", "file"])
def test_a_class_is_never_laid_over_something_else(tmp_path: Path, place: str) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(ClassroomError, match="holds something else already"):
        folder.init(tmp_path / place)
    assert (tmp_path / "there" / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_class_does_not_lie_in_the_checkout(root: Path) -> None:
    with pytest.raises(ClassroomError, match="the kit's own checkout"):
        folder.init(root / "my-class")
    assert not (root / "my-class").exists()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("blue-kettle,,,,\nblue-kettle,,,,\n", "code 'blue-kettle' in rows 2 and 3"),
        ("943 476 5919,,,,\n", "Row 2 of roster.csv: That looks like an NHS number"),
        (",Jo,,,\n", "Row 2 of roster.csv: there is no code"),
    ],
)
def test_a_roster_that_cannot_be_read_names_the_row(tmp_path: Path, rows: str, said: str) -> None:
    course = folder.init(tmp_path / "spring")
    roster = course.path / folder.ROSTER
    roster.write_text(roster.read_text(encoding="utf-8") + rows, encoding="utf-8")
    with pytest.raises(ClassroomError, match=said):
        course.roster()


class TestAnotherVersion:
    """A lesson that has changed is handed out whole or not at all, whatever is the matter."""

    def _again(self, course: folder.ClassFolder, place: Path, old: str, new: str) -> None:
        text = json.dumps(make.lesson())
        assert old in text
        path = place / "new" / f"{make.LESSON}.ipynb"
        path.parent.mkdir()
        path.write_text(text.replace(old, new), encoding="utf-8")
        make.release(course, make.ASSIGNMENT, [path])

    def _there(self, course: folder.ClassFolder) -> dict[str, object]:
        files = {
            path: path.read_bytes()
            for name in ("source", "release", "handouts")
            for path in course.part(name).rglob("*")
            if path.is_file()
        }
        hidden = [path.name for path in course.path.glob(".release-*")]
        return {**files, "hidden": hidden, "items": items.made(course.gradebook, make.ASSIGNMENT)}

    @pytest.fixture
    def small(self, new_class: Callable[[str], folder.ClassFolder]) -> folder.ClassFolder:
        return new_class("small")

    @pytest.fixture
    def marked(self, small: folder.ClassFolder, sandboxed: None) -> folder.ClassFolder:
        made = small
        make.hand_in(made, "p1", make.answered(make.blank(made), make.RIGHT))
        make.mark(made)
        return made

    def test_refused_it_leaves_the_key_and_the_points(
        self, marked: folder.ClassFolder, tmp_path: Path
    ) -> None:
        before = self._there(marked)
        with pytest.raises(ClassroomError, match="points of t1-2 do not add up"):
            self._again(marked, tmp_path, "points=3", "points=4")
        assert self._there(marked) == before
        assert make.mark(marked)["p1"].state == "unchanged"

    @pytest.mark.parametrize(
        "step", [2, *(pytest.param(step, marks=pytest.mark.slow) for step in (1, 3, 4))]
    )
    def test_stopped_while_it_is_put_in_place_all_comes_back(
        self, small: folder.ClassFolder, tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = self._there(small)
        rename, done = Path.rename, []

        def stop(path: Path, target: Path) -> Path:
            done.append(path)
            if len(done) == step:
                raise KeyboardInterrupt
            return rename(path, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", stop)
            with pytest.raises(KeyboardInterrupt):
                self._again(small, tmp_path, "expect=5", "expect=6")
        assert self._there(small) == before

    @pytest.mark.slow
    def test_where_the_points_cannot_be_written_all_comes_back(
        self, small: folder.ClassFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = self._there(small)
        lay = items._lay

        def full(*known: Any) -> None:
            lay(*known)
            raise OperationalError("commit", {}, Exception("the disk is full"))

        with monkeypatch.context() as patch:
            patch.setattr(items, "_lay", full)
            with pytest.raises(ClassroomError, match="could not be written just now"):
                self._again(small, tmp_path, "expect=5", "expect=6")
        assert self._there(small) == before

    def test_a_new_key_is_marked_by_and_points_follow(
        self, marked: folder.ClassFolder, tmp_path: Path
    ) -> None:
        self._again(marked, tmp_path, "expect=5", "expect=6")
        assert make.mark(marked)["p1"].said.startswith("3 points")

    def test_marking_by_another_source_than_was_handed_out_is_refused(
        self, marked: folder.ClassFolder
    ) -> None:
        path = marked.part("source", make.ASSIGNMENT, f"{make.LESSON}.ipynb")
        path.write_text(path.read_text().replace("expect=5", "expect=6"))
        with pytest.raises(ClassroomError, match="run `pcqa classroom release small-day` again"):
            make.mark(marked)

    def test_other_items_are_refused_in_a_sentence_once_work_was_marked(
        self, marked: folder.ClassFolder, tmp_path: Path
    ) -> None:
        before = self._there(marked)
        with pytest.raises(ClassroomError) as said:
            self._again(marked, tmp_path, '"grade_id": "t1-3"', '"grade_id": "t1-9"')
        assert f"other items in {make.LESSON} (t1-9 added; t1-3 taken away)" in str(said.value)
        assert "a new class" in str(said.value)
        assert self._there(marked) == before

    @pytest.mark.slow
    def test_other_items_are_handed_out_before_that(
        self, small: folder.ClassFolder, tmp_path: Path
    ) -> None:
        self._again(small, tmp_path, '"grade_id": "t1-3"', '"grade_id": "t1-9"')
        (made,) = items.made(small.gradebook, make.ASSIGNMENT).values()
        assert "t1-9" in made.names
        assert "t1-3" not in made.names

    def test_while_somebody_marks_nothing_is_handed_out(
        self, small: folder.ClassFolder, tmp_path: Path
    ) -> None:
        before = self._there(small)
        with held(small.gradebook), pytest.raises(ClassroomError, match="Another marking"):
            self._again(small, tmp_path, "expect=5", "expect=6")
        assert self._there(small) == before

    def test_a_lesson_more_is_handed_out_though_work_was_marked(
        self, marked: folder.ClassFolder, tmp_path: Path
    ) -> None:
        text = json.dumps(make.lesson())
        both = [tmp_path / "new" / f"{name}.ipynb" for name in (make.LESSON, "t2_small")]
        both[0].parent.mkdir()
        both[0].write_text(text, encoding="utf-8")
        both[1].write_text(text.replace("t1", "t2"), encoding="utf-8")
        earned = make.scores(marked, "p1")
        make.release(marked, make.ASSIGNMENT, both)
        assert make.scores(marked, "p1") == earned
        assert set(make.scores(marked, "p1", name="t2_small").values()) == {0}
        assert make.waiting(marked, "p1") == {"t1-3"}
        theirs = {
            name.replace("t1", "t2"): one.replace("t1", "t2") for name, one in make.RIGHT.items()
        }
        make.hand_in(
            marked,
            "p1",
            make.answered(make.blank(marked, name="t2_small"), theirs),
            name="t2_small",
        )
        make.mark(marked)
        assert sum(score or 0 for score in make.scores(marked, "p1", name="t2_small").values()) == 5

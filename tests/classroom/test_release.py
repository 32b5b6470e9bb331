"""What a class is handed out, made by nbgrader from the real lessons of a day."""

from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("nbgrader")

from pcqa_teach import resources
from pcqa_teach.classroom import folder
from pcqa_teach.classroom import release as handing_out
from pcqa_teach.classroom.release import Release, release
from pcqa_teach.errors import ClassroomError, LessonError

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
        ("blue-kettle,,,,\nblue-kettle,,,,\n", "Row 3 of roster.csv repeats a code"),
        ("943 476 5919,,,,\n", "Row 2 of roster.csv: That looks like an NHS number"),
        (",Jo,,,\n", "Row 2 of roster.csv: A code has up to 32 letters"),
    ],
)
def test_a_roster_that_cannot_be_read_names_the_row(tmp_path: Path, rows: str, said: str) -> None:
    course = folder.init(tmp_path / "spring")
    roster = course.path / folder.ROSTER
    roster.write_text(roster.read_text(encoding="utf-8") + rows, encoding="utf-8")
    with pytest.raises(ClassroomError, match=said):
        course.roster()

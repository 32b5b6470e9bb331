"""What the exchange is believed, and what not: without a hub, on folders laid out as nbgrader's."""

from __future__ import annotations

import json
import os
import pwd
from pathlib import Path

import pytest

pytest.importorskip("nbgrader", reason="nbgrader is not installed")
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import notebook_hash
from traitlets.config import Config

from pcqa_teach.classroom import exchange, hub, settings
from pcqa_teach.classroom.folder import ClassFolder, init
from pcqa_teach.errors import SetupError

NOBODY = pwd.getpwnam("nobody").pw_uid
ME = pwd.getpwuid(os.getuid()).pw_name
AGES = "2026-11-02 09:00:00.000000 UTC"
needs_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")


@pytest.fixture
def course(tmp_path: Path) -> ClassFolder:
    made = init(tmp_path / "spring", "spring")
    (tmp_path / "exchange" / "spring" / "inbound").mkdir(parents=True)
    return made


def _config(course: ClassFolder) -> Config:
    config = Config()
    hub.use(config, course.path.parent / "exchange")
    config.CourseDirectory.root = str(course.path)
    config.CourseDirectory.course_id = course.name
    config.CourseDirectory.db_url = course.gradebook
    config.CourseDirectory.assignment_id = "day"
    return config


def _handed_in(
    course: ClassFolder, name: str, text: str, secret: str = "s", when: str = AGES
) -> Path:
    inbound = course.path.parent / "exchange" / "spring" / "inbound"
    folder = inbound / f"{name}+day+{when}+{secret}aaaa"
    folder.mkdir()
    (folder / "b3.ipynb").write_text(text, encoding="utf-8")
    (folder / "timestamp.txt").write_text(when, encoding="utf-8")
    (folder / "submission_secret.txt").write_text(secret, encoding="utf-8")
    return folder


def _run(kind: type, course: ClassFolder) -> None:
    config = _config(course)
    with settings.at_work():
        kind(coursedir=CourseDirectory(config=config), config=config).start()


def _trouble(source: Path, path: Path) -> str:
    name = path.relative_to(source) if source.is_dir() else path.name
    said = exchange.handed_in(source, str(name), path)
    assert said is not None
    return said.trouble


def test_a_file_outside_an_exchange_says_nothing_of_who_handed_it_in(tmp_path):
    assert exchange.handed_in(tmp_path, "b3.ipynb", tmp_path / "b3.ipynb") is None


@needs_root
def test_a_folder_in_an_exchange_is_its_owners_whatever_its_name_says(course):
    folder = _handed_in(course, "nobody", "{}")
    other = _handed_in(course, "blue-kettle", "{}")
    path = folder / "b3.ipynb"
    for source in (folder, folder.parent, path, course.path.parent):
        assert not _trouble(source, path)  # a copy of one's own
    os.chown(folder, NOBODY, NOBODY)
    os.chown(other, NOBODY, NOBODY)
    for source in (folder, folder.parent, path, course.path.parent):
        assert not _trouble(source, path)
        assert "bears another's name" in _trouble(other.parent, other / "b3.ipynb")
    os.chown(folder, 54321, 54321)
    assert "cannot be told" in _trouble(folder, path)


@needs_root
@pytest.mark.parametrize("inside", ["w/b3.ipynb", "nobody+day+2026-11-02 09:00:00 UTC+b/b3.ipynb"])
def test_only_what_lies_directly_in_a_folder_of_the_exchange_is_taken(course, inside):
    folder = _handed_in(course, "nobody", "{}")
    os.chown(folder, NOBODY, NOBODY)
    assert "not where handing in puts" in _trouble(folder.parent, folder / inside)
    assert "not where handing in puts" in _trouble(folder / inside, folder / inside)
    for name in ("other/b3.ipynb", "b3--nobody.ipynb"):
        strange = folder.parent / name
        strange.parent.mkdir(exist_ok=True)
        strange.write_text("{}")
        os.chown(folder.parent / Path(name).parts[0], NOBODY, NOBODY)
        assert "not where handing in puts" in _trouble(folder.parent, strange)


@needs_root
def test_what_is_no_submission_does_not_keep_others_from_being_collected(course):
    folder = _handed_in(course, ME, "mine")
    (folder.parent / f"x+day+{AGES}+file").write_text("a file")
    (folder.parent / "x+day+no time").mkdir()
    _run(hub.Collect, course)
    assert [path.read_text() for path in course.part("submitted").rglob("*.ipynb")] == ["mine"]


@needs_root
def test_collecting_takes_plain_notebooks_of_whoever_owns_the_folder(course):
    _handed_in(course, ME, "mine")
    forged = _handed_in(course, ME, "forged", "t", "2031-01-01 10:00:00.000000 UTC")
    (forged / "link.ipynb").symlink_to(course.path / "roster.csv")
    (forged / "deep").mkdir()
    (forged / "notes.txt").write_text("x")
    os.chown(forged, NOBODY, NOBODY)
    os.chown(_handed_in(course, "gone", "gone", "u"), 54321, 54321)
    _run(hub.Collect, course)
    taken = {
        str(path.relative_to(course.part("submitted"))): path.read_text()
        for path in course.part("submitted").rglob("*.ipynb")
    }
    assert taken == {f"{ME}/day/b3.ipynb": "mine", "nobody/day/b3.ipynb": "forged"}
    kept = sorted(path.name for path in course.part("submitted", "nobody", "day").iterdir())
    assert kept == ["b3.ipynb", "submission_secret.txt", "timestamp.txt"]


def test_the_page_goes_to_the_submission_that_was_marked_and_to_no_other(course):
    _handed_in(course, ME, "first", "one")
    _handed_in(course, ME, "second", "two", "2026-11-03 09:00:00.000000 UTC")
    marked = course.part("submitted", ME, "day", "b3.ipynb")
    marked.parent.mkdir(parents=True)
    marked.write_text("first")
    pages = course.part("feedback", ME, "day")
    pages.mkdir(parents=True)
    (pages / "feedback.html").write_text("ours")
    (pages / "b3.html").write_text("nbgrader's own, with a hidden test in it")
    _run(hub.ReleaseFeedback, course)
    folder = course.path.parent / "exchange" / "spring" / "feedback"
    given = {path.name: path.read_text() for path in folder.iterdir()}
    assert given == {f"{notebook_hash(secret='one', notebook_id='b3')}.html": "ours"}
    assert folder.stat().st_mode & 0o777 == 0o711


def test_a_fetched_notebook_says_whose_it_is_and_keeps_the_rest(tmp_path):
    notebook = {"cells": [], "metadata": {"pcqa": {"id": "b3"}}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "b3.ipynb").write_text(json.dumps(notebook))
    exchange.write_code(tmp_path, "blue-kettle")
    made = json.loads((tmp_path / "b3.ipynb").read_text())
    assert made["metadata"]["pcqa"] == {"id": "b3", "participant": "blue-kettle"}
    assert {**made, "metadata": {}} == {**notebook, "metadata": {}}
    with pytest.raises(SetupError, match="NHS number"):
        exchange.write_code(tmp_path, "9434765919")

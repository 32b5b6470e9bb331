"""Files that are damaged, foreign or oddly made: marked where they can be, else for a person."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from pcqa_teach.classroom.folder import ClassFolder, opened
from pcqa_teach.classroom.grading import submission
from pcqa_teach.classroom.grading.grade import Line
from pcqa_teach.classroom.grading.outputs import Outputs

from . import make

FULL, NONE = (2.0, 3.0), (0.0, 0.0)
Notebook = make.Notebook


def _each(change: Callable[[dict[str, Any]], Any]) -> Callable[[Notebook], Notebook]:
    """Make a change to every cell."""

    def changed(notebook: Notebook) -> Notebook:
        for cell in notebook["cells"]:
            change(cell)
        return notebook

    return changed


def _set(**parts: Any) -> Callable[[Notebook], Notebook]:
    return lambda notebook: {**notebook, **parts}


def _metadata(**parts: Any) -> Callable[[Notebook], Notebook]:
    return lambda notebook: {**notebook, "metadata": {**notebook["metadata"], **parts}}


def _version_3(notebook: Notebook) -> str:
    older = nbformat.convert(nbformat.from_dict(notebook), 3)
    return str(nbformat.v3.writes_json(older))


def _in_work(code: str) -> Callable[[Notebook], Notebook]:
    return lambda notebook: make.answered(notebook, {"work": code})


def _outputs(outputs: Any) -> Callable[[Notebook], Notebook]:
    return _each(lambda cell: cell.update(outputs=outputs))


def _crowd(notebook: Notebook) -> Notebook:
    notebook["cells"] += [notebook["cells"][0]] * 2_000
    return notebook


def _twice(notebook: Notebook) -> str:
    text = json.dumps(notebook)
    return text[:-1] + ', "nbformat": 4, "nbformat_minor": 5}'


_ENTRY: dict[str, tuple[Callable[[Notebook], Any], tuple[float, float] | str]] = {
    # what a person must look at, with the reason
    "empty": (lambda _: b"", "the file is empty"),
    "spaces alone": (lambda _: b" \n\n ", "the file is empty"),
    "truncated": (lambda notebook: json.dumps(notebook)[:-900], "the file is damaged"),
    "a picture": (lambda _: b"\x89PNG\r\n\x1a\n\x00\x00", "the file is damaged"),
    "a page": (lambda _: "<!DOCTYPE html><p>Sign in first</p>", "the file is damaged"),
    "a list": (lambda notebook: json.dumps([notebook]), "the file is no notebook"),
    "a number": (lambda _: "5", "the file is no notebook"),
    "nested": (lambda _: "[" * 10**6, "the file is damaged"),
    "no cells": (_set(cells=None), "the file is no notebook"),
    "cells as a text": (_set(cells="print(5)"), "the file is no notebook"),
    "a crowd of cells": (_crowd, "the file is no notebook, or has far too many cells"),
    "too large": (lambda _: b" " * (33 << 20) + b"{}", "the file is far too large for a lesson"),
    "version 99": (_set(nbformat=99), "the notebook is of a version that cannot be read"),
    "no version": (_set(nbformat=None), "the notebook is of a version that cannot be read"),
    "another lesson": (_metadata(pcqa={"id": "b3"}), "it is the work on another lesson"),
    # what is marked all the same
    "version 3": (_version_3, FULL),
    "no cells at all": (_set(cells=[]), NONE),
    "another kernel": (_metadata(kernelspec={"name": "conda-env-r", "language": "R"}), FULL),
    "kernel as a text": (_metadata(kernelspec="python"), FULL),
    "no metadata": (_set(metadata=None), FULL),
    "about as a list": (_metadata(pcqa=["t1"]), FULL),
    "one id for all": (_each(lambda cell: cell.update(id="same")), FULL),
    "ids as numbers": (_each(lambda cell: cell.update(id=7)), FULL),
    "ids as lists": (_each(lambda cell: cell.update(id=["a"])), FULL),
    "ids with signs": (_each(lambda cell: cell.update(id='"><script>')), FULL),
    "sources in lines": (
        _each(lambda cell: cell.update(source=cell["source"].splitlines(keepends=True))), FULL),
    "marks as a text": (
        _each(lambda cell: cell["metadata"].update(nbgrader="x")), FULL),
    "cells of no kind": (_set(cells=[{}, 5, None, [], {"cell_type": 5, "source": {"a": 1}}]), NONE),
    "raw": (_each(lambda cell: cell.update(cell_type="raw")), FULL),
    "outputs as a text": (_outputs("hello"), FULL),
    "outputs of no kind": (_outputs([5, None, {"output_type": "display_data", "data": [1]}]), FULL),
    "half a sign": (_in_work("x = '\ud800'"), FULL),
    "nothing in a line": (_in_work("x = '\0'"), FULL),
    "a mark of order": (lambda notebook: b"\xef\xbb\xbf" + json.dumps(notebook).encode(), FULL),
    "sixteen bits": (lambda notebook: json.dumps(notebook).encode("utf-16"), FULL),
    "written twice": (_twice, FULL),
    "not a number": (_set(extra=float("nan")), FULL),
    "emoji": (_in_work("# \U0001f600 caf\u00e9\nx = '\U0001f600'"), FULL),
    "tabs and spaces": (_in_work("if True:\n\tx = 1\n        y = 2"), FULL),
}  # fmt: skip


@pytest.fixture(scope="module")
def batch(
    sandboxed: None, small_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[ClassFolder, dict[str, Line]]:
    """All of them marked in one go, with an honest one among them and two that are no files."""
    course = opened(shutil.copytree(small_template, tmp_path_factory.mktemp("broken") / "class"))
    for number, (change, _) in enumerate(_ENTRY.values()):
        whole = make.answered(make.blank(course), make.RIGHT)
        make.hand_in(course, f"row-{number}", change(whole))
    honest = make.hand_in(course, "honest", make.answered(make.blank(course), make.RIGHT))
    link = course.part("submitted", "link", make.ASSIGNMENT, honest.name)
    link.parent.mkdir(parents=True)
    link.symlink_to(honest)
    course.part("submitted", "folder", make.ASSIGNMENT, honest.name).mkdir(parents=True)
    pipe = course.part("submitted", "pipe", make.ASSIGNMENT, honest.name)
    pipe.parent.mkdir(parents=True)
    os.mkfifo(pipe)
    return course, make.mark(course)


@pytest.mark.parametrize("name", _ENTRY)
def test_each_is_marked_or_left_to_a_person(
    batch: tuple[ClassFolder, dict[str, Line]], name: str
) -> None:
    course, lines = batch
    code = f"row-{list(_ENTRY).index(name)}"
    expected, line, marks = _ENTRY[name][1], lines[code], make.scores(course, code)
    if isinstance(expected, str):
        assert (line.state, line.said.startswith(f"needs a person: {expected}")) == ("person", True)
        assert set(marks.values()) == {None}
        assert make.waiting(course, code) == {"t1-1", "t1-2", "t1-3"}
    else:
        assert (line.state, marks["t1-1"], marks["t1-2"]) == ("marked", *expected), line.said


@pytest.mark.parametrize("code", ["link", "folder", "pipe"])
def test_what_is_no_file_needs_a_person(
    batch: tuple[ClassFolder, dict[str, Line]], code: str
) -> None:
    course, lines = batch
    assert lines[code].said == "needs a person: it is no file"
    assert set(make.scores(course, code).values()) == {None}


def test_the_honest_one_among_them_has_its_marks(
    batch: tuple[ClassFolder, dict[str, Line]],
) -> None:
    course, lines = batch
    assert lines["honest"].said == "5 points"
    assert make.scores(course, "honest") == {"t1-1": 2, "t1-2": 3, "t1-3": None}


def test_every_marked_copy_is_a_notebook_that_nbgrader_reads(
    batch: tuple[ClassFolder, dict[str, Line]],
) -> None:
    course, lines = batch
    for code in lines:
        path = course.part("autograded", code, make.ASSIGNMENT, f"{make.LESSON}.ipynb")
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
        assert {"t1-1", "t1-2", "t1-3"} <= set(names)


def test_a_name_that_is_no_lesson_is_left_alone(course: ClassFolder, sandboxed: None) -> None:
    make.hand_in(course, "a", make.blank(course), name="notes")
    make.hand_in(course, "b", make.answered(make.blank(course), make.RIGHT))
    lines = make.mark(course)
    assert lines["a"].said == "left alone: it is no lesson of this assignment"
    assert lines["b"].said == "5 points"


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ({"image/png": '"><script>alert(1)</script>'}, {}),
        ({"image/png": "iVBORw0KGgo="}, {"image/png": "iVBORw0KGgo="}),
        ({"text/html": "<b onclick='x()'>5</b><script>x()</script>"}, {"text/html": "<b>5</b>"}),
        ({"image/svg+xml": "<svg onload='x()'/>"}, {}),
        ({"application/javascript": "x()"}, {}),
        ({"text/latex": "x", "text/plain": ["a", "b"]}, {"text/plain": "ab"}),
    ],
)
def test_what_was_shown_is_kept_without_what_runs(
    data: dict[str, Any], kept: dict[str, str]
) -> None:
    cell = {"outputs": [{"output_type": "display_data", "data": data, "metadata": {}}]}
    assert [one["data"] for one in Outputs().of(cell)] == ([kept] if kept else [])


def test_cleaning_what_was_shown_has_an_end() -> None:
    table = {"output_type": "display_data", "data": {"text/html": "<p>x</p>" * 2_000}}
    outputs = Outputs()
    kept = [outputs.of({"outputs": [table]}) for _ in range(50)]
    assert 0 < sum(map(len, kept)) < 10


def test_a_file_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    assert submission.read(tmp_path / "nothing.ipynb").trouble == "it is no file"

"""Work done in the browser's lab, downloaded by its menu, and marked for what it earned."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from .walk import Lab

pytest.importorskip("jupyterlite_core", reason="JupyterLite is not installed")
pytest.importorskip("nbgrader")
pytest.importorskip("selenium")
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.ui import WebDriverWait

from pcqa_teach.classroom import folder
from pcqa_teach.classroom.grading.sandbox import refusal

from ..classroom import make

pytestmark = [pytest.mark.browser]

ASSIGNMENT, NAME = "core-day1", "b3_plot_the_dots"
SOURCE = make.ROOT / "notebooks" / ASSIGNMENT / f"{NAME}.ipynb"
RIGHT, WRONG, LEFT, IN_WORDS = ("b3-1", "b3-3"), "b3-2", "b3-4", "b3-5"
MONDAY = "On Monday I would ask the desk how far ahead each missed appointment was booked."


def pcqa(*words: str) -> list[str]:
    """Run a command as a coach does; give the lines that it says."""
    done = subprocess.run(
        [sys.executable, "-m", "pcqa_teach", "classroom", *words], capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(make.ROOT)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def downloaded_by_the_menu(lab: Lab, into: Path, code: str) -> Path:
    """Choose File, Download; say whose it is where the lab asks; give the file that came."""
    lab.downloads_to(into)
    lab.choose("File", "Download")
    asked = WebDriverWait(lab.driver, 20).until(expected_conditions.alert_is_present())
    assert asked.text.startswith("Your code")
    asked.send_keys(code)
    asked.accept()
    lab.wait(lambda: [*into.glob("*.ipynb")], 20)
    lab.wait(lambda: not [*into.glob("*.crdownload")], 20)
    [came] = into.iterdir()
    return came


def as_moodle_gives_it(came: Path, into: Path) -> Path:
    """Put a file into the archive of a Moodle assignment, where a participant has handed it in."""
    with zipfile.ZipFile(into, "w") as archive:
        archive.write(came, f"Sam Jones_4021_assignsubmission_file_/{came.name}")
    return into


@pytest.mark.slow
def test_work_is_typed_run_downloaded_by_the_menu_and_marked_for_what_it_earned(
    lab: Lab, tmp_path: Path
):
    if why := refusal():
        pytest.skip(why)
    course = folder.init(tmp_path / "class")
    make.release(course, ASSIGNMENT, [SOURCE])
    keys = make.keys(course, ASSIGNMENT, NAME)
    wrong = keys[WRONG].misconceptions[0]
    assert wrong.answer != keys[WRONG].right_answer
    earned: dict[str, float | None] = {
        **{item: keys[item].points for item in RIGHT},
        WRONG: wrong.earns, LEFT: 0, IN_WORDS: None,
    }  # fmt: skip
    assert set(earned) == set(keys) | {IN_WORDS}

    lab.open_from_book(f"{ASSIGNMENT}/{NAME}.ipynb")
    for item in RIGHT:
        lab.type_into(f"{item}-answer", f"{keys[item].answer_name} = {keys[item].right_answer!r}")
    lab.type_into(f"{WRONG}-answer", f"{keys[WRONG].answer_name} = {wrong.answer!r}")
    lab.type_into(IN_WORDS, MONDAY)
    lab.run_all()
    assert lab.errors() == []
    came = downloaded_by_the_menu(lab, tmp_path / "downloads", "blue-kettle")
    assert came.name == f"{NAME}--blue-kettle.ipynb"
    assert_whole(json.loads(came.read_text(encoding="utf-8")), course)
    assert lab.asked_elsewhere() == []

    handed_in = as_moodle_gives_it(came, tmp_path / "submissions.zip")
    here = ("--class", str(course.path))
    assert pcqa("collect", ASSIGNMENT, str(handed_in), *here) == [
        "1 notebook of 1 person taken in."
    ]
    said = pcqa("grade", ASSIGNMENT, *here)
    total = sum(points or 0 for points in earned.values())
    assert 0 < total < sum(key.points for key in keys.values())
    assert said[0].startswith(f"blue-kettle, {NAME}: {total:g} points"), said
    assert make.scores(course, "blue-kettle", ASSIGNMENT, NAME) == earned
    assert make.waiting(course, "blue-kettle", ASSIGNMENT) == {IN_WORDS}


def assert_whole(work: dict[str, Any], course: folder.ClassFolder) -> None:
    """Say that a file has all by which a class's own copy of the lesson is known and marked."""
    out = make.blank(course, ASSIGNMENT, NAME)
    assert work["metadata"]["kernelspec"]["name"] == out["metadata"]["kernelspec"]["name"]
    about = {**out["metadata"]["pcqa"], "participant": "blue-kettle"}
    del about["made_from"]  # the class's own word about its sources
    assert work["metadata"]["pcqa"] == about
    marks = [
        {cell["id"]: cell["metadata"]["nbgrader"] for cell in one["cells"]
         if "nbgrader" in cell["metadata"]} for one in (work, out)
    ]  # fmt: skip
    assert marks[0] == marks[1]
    words = ["".join(c["source"]) for c in work["cells"]]
    assert MONDAY in words
    assert any(re.search(r'alt="', str(cell.get("outputs", ""))) for cell in work["cells"])

"""A grader that is killed at any moment and begun again: the gradebook of one that was not."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("nbgrader")

import sqlalchemy as sa

from pcqa_teach import resources
from pcqa_teach.classroom import folder
from pcqa_teach.classroom.grading.repair import grade_id, is_test, source
from pcqa_teach.classroom.grading.sandbox import refusal
from pcqa_teach.classroom.release import release
from pcqa_teach.classroom.results import results
from pcqa_teach.lessons import Key, misconception_cases

DAY, LESSON = "core-day1", "b3_plot_the_dots"
PEOPLE = 24

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(resources.checkout() is None, reason="there are no sources to mark by"),
    pytest.mark.skipif(bool(refusal()), reason=refusal() or "-"),
]


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of mixed submissions: right, wrong in known ways, and left as they were."""
    place = tmp_path_factory.mktemp("handed-in")
    course = folder.init(place / "class")
    release(course, DAY, check=False)
    own = json.loads(course.part("source", DAY, f"{LESSON}.ipynb").read_text("utf-8"))
    keys = [misconception_cases(source(cell)) for cell in own["cells"] if is_test(cell)]
    draw = random.Random(11)
    for number in range(PEOPLE):
        notebook = json.loads(course.part("release", DAY, f"{LESSON}.ipynb").read_text("utf-8"))
        notebook["metadata"]["pcqa"]["participant"] = f"p{number}"
        for key in keys:
            _answer(notebook["cells"], key, draw)
        path = place / f"{LESSON}--p{number}.ipynb"
        path.write_text(json.dumps(notebook), encoding="utf-8")
    shutil.rmtree(course.path)
    return place


def _answer(cells: list[dict[str, Any]], key: Key, draw: random.Random) -> None:
    answers = [None, key.right_answer, *(wrong.answer for wrong in key.misconceptions)]
    chosen = draw.choice(answers)
    for cell in cells:
        if chosen is not None and grade_id(cell) == f"{key.item}-answer":
            cell["source"] = f"{key.answer_name} = {chosen!r}"


def _class(place: Path, url: str | None) -> tuple[folder.ClassFolder, dict[str, str]]:
    """Set up a class whose marks go to `url`; give it, and the surroundings of its commands."""
    surroundings = {**os.environ, "PYTHONUNBUFFERED": "1"}
    if url:
        surroundings["PCQA_GRADEBOOK"] = url
    command = [sys.executable, "-m", "pcqa_teach", "classroom"]
    subprocess.run([*command, "init", str(place)], env=surroundings, check=True)
    subprocess.run([*command, "release", DAY], cwd=place, env=surroundings, check=True)
    return folder.opened(place), surroundings


def _grading(course: folder.ClassFolder, handed_in: Path, env: dict[str, str]) -> Any:
    command = [sys.executable, "-m", "pcqa_teach", "classroom", "grade", DAY]
    return subprocess.Popen(
        [*command, "--submissions", str(handed_in)], cwd=course.path, env=env, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def _recorded(url: str) -> dict[str, Any]:
    """Give all that a gradebook says, but for its own numbers and clocks."""
    found = results(url, DAY)
    keys = ["assignment", "notebook", "student"]
    frames = {
        "grades": found.grades.sort_values([*keys, "item"]).drop(columns="handed_in"),
        "answers": found.answers.sort_values([*keys, "item"]),
        "troubles": found.troubles.sort_values(keys),
        "notes": found.notes.sort_values([*keys, "note"]),
    }
    said = {name: frame.to_csv(index=False) for name, frame in frames.items()}
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            counted = connection.execute(sa.text(f'select count(*) from "{table}"'))
            said[f"rows of {table}"] = str(counted.scalar())
    engine.dispose()
    return said


def _marked_copies(course: folder.ClassFolder) -> dict[str, bytes]:
    paths = course.part("autograded").rglob("*.ipynb")
    return {str(path.relative_to(course.path)): path.read_bytes() for path in paths}


@pytest.mark.parametrize(
    ("kind", "kills"),
    [
        ("sqlite", 2),
        ("postgresql", 2),
        *(pytest.param(kind, 20, marks=pytest.mark.more) for kind in ("sqlite", "postgresql")),
    ],
)
def test_killed_again_and_again_and_begun_anew(
    kind: str, kills: int, request: pytest.FixtureRequest, handed_in: Path, tmp_path: Path
) -> None:
    urls: dict[str, str | None] = dict.fromkeys(("whole", "killed"))
    if kind == "postgresql":
        make = request.getfixturevalue("databases")
        urls = {name: make(name) for name in urls}
    whole, env = _class(tmp_path / "whole", urls["whole"])
    assert _grading(whole, handed_in, env).wait() == 0
    killed, env = _class(tmp_path / "killed", urls["killed"])
    draw = random.Random()
    for number in range(kills):
        before = len(_marked_copies(killed))
        grader = _grading(killed, handed_in, env)
        if number:  # the first is killed while it begins, the others while they mark
            _until_marked(killed, before + draw.randint(1, 2), grader)
        time.sleep(draw.random() * (0.3 if number else 2))
        grader.send_signal(signal.SIGKILL)
        grader.communicate()
    last = _grading(killed, handed_in, env)
    _, said = last.communicate()
    assert last.returncode == 0, said
    recorded = [
        _recorded(urls[course.path.name] or f"sqlite:///{course.path / 'gradebook.db'}")
        for course in (whole, killed)
    ]
    assert recorded[0] == recorded[1]
    assert _marked_copies(whole) == _marked_copies(killed)
    assert len(_marked_copies(whole)) == PEOPLE
    assert not list(killed.path.rglob(".*.partial"))


def _until_marked(course: folder.ClassFolder, many: int, grader: Any) -> None:
    """Wait until so many submissions were marked, or the grader has ended."""
    while len(list(course.part("autograded").rglob("*.ipynb"))) < many and grader.poll() is None:
        time.sleep(0.02)

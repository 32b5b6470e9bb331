"""Marking a class beside stock nbgrader: grading in the sandbox, feedback, insights.

Every command is a process of its own, from its start to its end, warm-up counted. nbgrader marks
ten submissions and its time is scaled. It fails where a goal is missed. `--many 1000` is the whole
of it; fewer give the same ratios, a little rougher.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pcqa_teach.classroom import folder
from pcqa_teach.classroom.grading.repair import grade_id, is_answer, is_test, source
from pcqa_teach.classroom.release import release
from pcqa_teach.lessons import misconception_cases

ASSIGNMENT, LESSON = "core-day1", "b3_plot_the_dots"
STOCK = 10
GOALS = {100: 20.0, 30: 10.0}
FEEDBACK, INSIGHTS = 10.0, 3.0


def handed_in(course: folder.ClassFolder, people: int, place: Path) -> Path:
    """Write mixed submissions of the lesson: right, with known misconceptions, left empty."""
    own = json.loads(course.part("source", ASSIGNMENT, f"{LESSON}.ipynb").read_text("utf-8"))
    keys = {
        str(grade_id(cell)): misconception_cases(source(cell))
        for cell in own["cells"]
        if is_test(cell)
    }
    blank = course.part("release", ASSIGNMENT, f"{LESSON}.ipynb").read_text("utf-8")
    draw = random.Random(7)
    place.mkdir()
    for number in range(people):
        notebook = json.loads(blank)
        notebook["metadata"].setdefault("pcqa", {})["participant"] = f"p{number:04d}"
        for cell in notebook["cells"]:
            answer(cell, keys, draw)
        path = place / f"{LESSON}--p{number:04d}.ipynb"
        path.write_text(json.dumps(notebook), encoding="utf-8")
    return place


def answer(cell: dict[str, Any], keys: dict[str, Any], draw: random.Random) -> None:
    """Answer as one of a class would."""
    if not is_answer(cell):
        return
    key = keys.get(str(grade_id(cell)).removesuffix("-answer"))
    if key is None:
        cell["source"] = "I would look at the next six weeks before I said anything."
        return
    luck = draw.random()
    if luck < 0.55:
        cell["source"] = f"{key.answer_name} = {key.right_answer!r}"
    elif luck < 0.9:
        wrong = draw.choice(key.misconceptions).answer
        cell["source"] = f"{key.answer_name} = {wrong!r}"


def timed(command: list[str], place: Path) -> float:
    """Return the seconds that a command takes, from start to end."""
    bin_dir = str(Path(sys.executable).parent)
    surroundings = {**os.environ, "PATH": os.pathsep.join([bin_dir, os.environ["PATH"]])}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=place, env=surroundings, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    taken = time.perf_counter() - began
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return taken


def fresh(course: folder.ClassFolder, name: str) -> Path:
    """Return a copy of a class in which nothing was handed in yet."""
    place = course.path.parent / name
    shutil.copytree(course.path, place)
    return place


def stock(course: folder.ClassFolder) -> tuple[float, float]:
    """Return stock nbgrader's seconds a submission, for marking and for feedback."""
    place = fresh(course, "stock")
    for path in handed_in(course, STOCK, place / "here").glob("*.ipynb"):
        student = path.stem.split("--")[1]
        target = place / "submitted" / student / ASSIGNMENT / f"{LESSON}.ipynb"
        target.parent.mkdir(parents=True)
        path.replace(target)
    marking = timed(["nbgrader", "autograde", ASSIGNMENT, "--create"], place)
    feedback = timed(["nbgrader", "generate_feedback", ASSIGNMENT], place)
    return marking / STOCK, feedback / STOCK


def ours(course: folder.ClassFolder, people: int) -> tuple[Path, float, float]:
    """Return the class, the seconds that marking took, and the most memory of a process, in MB."""
    place = fresh(course, f"ours-{people}")
    files = handed_in(course, people, place / "here")
    command = ["pcqa_teach", "classroom", "grade", ASSIGNMENT, "--submissions", str(files)]
    taken = timed(command, place)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return place, taken, most


def main() -> int:
    """Time it all, print it, and say whether a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=300, help="the largest class")
    many = parser.parse_args().many
    missed = False
    with tempfile.TemporaryDirectory(prefix="pcqa-bench-") as scratch:
        course = folder.init(Path(scratch) / "class")
        release(course, ASSIGNMENT, check=False)
        marking, feedback = stock(course)
        print(f"stock nbgrader: {marking:.2f} s a submission, feedback {feedback:.2f} s")
        for people in sorted({*GOALS, many}):
            place, taken, memory = ours(course, people)
            ratio = marking * people / taken
            goal = GOALS.get(people)
            missed |= goal is not None and ratio < goal
            print(
                f"{people} submissions: {taken:.1f} s, {taken / people:.2f} s each, "
                f"{ratio:.1f} times as fast (goal {goal or '-'}); largest process {memory:.0f} MB"
            )
            if people == 100:
                told = timed(["pcqa_teach", "classroom", "feedback", ASSIGNMENT], place)
                ratio = feedback * people / told
                missed |= ratio < FEEDBACK
                print(f"feedback: {told:.1f} s, {ratio:.1f} times as fast (goal {FEEDBACK:g})")
        seen = timed(["pcqa_teach", "classroom", "insights", ASSIGNMENT], place)
        missed |= many >= 1000 and seen > INSIGHTS
        print(f"insights over {many}: {seen:.1f} s (goal {INSIGHTS:g} for 1,000)")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())

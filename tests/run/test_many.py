"""Work side by side: the longest first, every failure told, nothing left running."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from pcqa_teach.errors import RunError
from pcqa_teach.run import execute
from pcqa_teach.run.kept import Kept, digest
from pcqa_teach.run.many import side_by_side
from pcqa_teach.run.warm.client import WarmServer, can_fork


def test_the_longest_begins_first_and_the_unknown_before_all():
    begun: list[str] = []
    works = {name: (lambda name=name: begun.append(name)) for name in ("short", "new", "long")}
    list(side_by_side(works, seconds={"short": 1.0, "long": 9.0}, workers=1))
    assert begun == ["new", "long", "short"]


def test_two_run_at_once():
    both = threading.Barrier(2, timeout=20)
    done = dict(side_by_side({"one": both.wait, "other": both.wait}, workers=2))
    assert sorted(done.values()) == [0, 1]


def test_a_failure_is_given_and_the_others_go_on():
    def fail() -> int:
        raise RunError("It failed.")

    done = dict(side_by_side({"bad": fail, "good": lambda: 1}, workers=1))
    assert str(done["bad"]) == "It failed."
    assert done["good"] == 1


def test_whoever_stops_listening_stops_what_has_not_begun():
    begun: list[str] = []
    works = {str(n): (lambda n=n: begun.append(str(n)) or time.sleep(0.05)) for n in range(50)}
    for _ in side_by_side(works, workers=1):
        break
    assert len(begun) < 5


@pytest.mark.skipif(os.name != "posix", reason="process groups are of Unix")
@pytest.mark.parametrize("warm", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_stopping_ends_the_kernels_of_what_runs(make_lesson, tmp_path: Path, warm: bool):
    if warm and not can_fork():
        pytest.skip("forking is safe on Linux alone")
    slow = make_lesson("import time; time.sleep(600)")
    quick = make_lesson("print(1)")

    def run(notebook) -> object:
        return execute(notebook, cwd=tmp_path, warm=warm)

    began = time.monotonic()
    works = {"slow": lambda: run(slow), "quick": lambda: run(quick)}
    taken = side_by_side(works, workers=2)
    assert next(taken)[0] == "quick"
    taken.close()  # as when whoever listens is interrupted
    assert time.monotonic() - began < 60
    assert WarmServer._one is None


@pytest.mark.parametrize("warm", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_a_stop_holds_for_kernels_that_are_just_starting(make_lesson, tmp_path: Path, warm: bool):
    slow = make_lesson("import time; time.sleep(600)")
    began = time.monotonic()
    works = {
        "slow": lambda: time.sleep(0.5) or execute(slow, cwd=tmp_path, warm=warm),
        "quick": lambda: 1,
    }
    taken = side_by_side(works, workers=2)
    assert next(taken)[0] == "quick"
    taken.close()
    assert time.monotonic() - began < 60
    assert execute(make_lesson("print(1)"), cwd=tmp_path).cells  # and then they start again


def test_notebooks_side_by_side_are_notebooks_one_by_one(make_lesson, tmp_path: Path):
    lessons = {
        str(n): make_lesson(f"print({n} * 6)", "import os; print(os.getcwd())") for n in range(4)
    }
    works = {
        name: (lambda notebook=notebook: execute(notebook, cwd=tmp_path))
        for name, notebook in lessons.items()
    }
    together = dict(side_by_side(works, workers=3))
    for name, notebook in lessons.items():
        assert together[name].cells == execute(notebook, cwd=tmp_path).cells


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "kept", "library 1")


def test_a_notebook_is_kept_until_something_changes(kept: Kept, make_lesson, tmp_path: Path):
    lesson = make_lesson("print(6 * 7)")
    assert kept.find("t1", lesson) is None
    seconds: dict[int, float] = {}
    done = execute(lesson, cwd=tmp_path, timed=seconds.__setitem__)
    assert set(seconds) == {1, 2}
    kept.keep("t1", lesson, done, seconds)
    assert kept.find("t1", lesson) == done
    assert kept.seconds("t1") == pytest.approx(sum(seconds.values()))
    assert kept.find("t1", make_lesson("print(6 * 8)")) is None
    assert Kept(kept.folder, "library 2").find("t1", lesson) is None
    assert kept.seconds("t2") is None


@pytest.mark.parametrize("left", ["", "{", "[]", '{"made_from": "x"}'])
def test_half_a_kept_notebook_counts_for_nothing(kept: Kept, make_lesson, left: str):
    lesson = make_lesson("print(6 * 7)")
    kept.keep("t1", lesson, lesson, {1: 0.5})
    (kept.folder / "t1.json").write_text(left, encoding="utf-8")
    assert kept.find("t1", lesson) is None
    assert kept.seconds("t1") is None


def test_a_digest_changes_with_a_name_or_a_letter(tmp_path: Path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("1")
    first = digest(tmp_path, ["data"])
    assert digest(tmp_path, ["data", "missing"]) == first
    (tmp_path / "data" / "a.csv").write_text("2")
    assert digest(tmp_path, ["data"]) != first
    (tmp_path / "data" / "a.csv").rename(tmp_path / "data" / "b.csv")
    (tmp_path / "data" / "b.csv").write_text("1")
    assert digest(tmp_path, ["data"]) != first

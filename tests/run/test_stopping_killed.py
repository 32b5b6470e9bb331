"""Killed with no time to tidy: the next run wipes what was left, and no earlier report is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pcqa_teach.run import output
from pcqa_teach.run.private import ASIDE, MARK, private_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of Unix")

WRITES = """
import sys, time
from pathlib import Path
from pcqa_teach.run import output
{before}
with output.folder({out!r}, replace=True) as partial:
    (partial / "rows.csv").write_text("half")
    {inside}
"""
WAITS = 'print("begun", flush=True); time.sleep(600)'
SWAPS = """
rename = Path.rename
def waits(self, target):
    done = rename(self, target)
    if self.name == "report" and self.parent.name == "place":
        print("begun", flush=True); time.sleep(600)
    return done
Path.rename = waits
"""


@contextmanager
def writer(out: Path, *, swaps: bool = False) -> Iterator[subprocess.Popen[str]]:
    """Give a program that has begun a report, or has just moved the earlier one aside."""
    script = WRITES.format(
        out=str(out), before=SWAPS if swaps else "", inside="pass" if swaps else WAITS
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "begun\n"
        try:
            yield program
        finally:
            program.kill()


def write(out: Path, *, replace: bool = False) -> None:
    with output.folder(out, replace=replace) as partial:
        output.write_json(partial / "summary.json", {"made_by": "pcqa_teach"})


def beside(out: Path) -> list[str]:
    return sorted(path.name.partition("-")[0] for path in out.parent.iterdir())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "place").mkdir()
    return tmp_path / "place" / "report"


def test_what_a_killed_program_left_is_wiped_by_the_next(out: Path):
    with writer(out) as program:
        program.send_signal(signal.SIGKILL)
    assert beside(out) == [".report.partial"]
    write(out.with_name("another"))
    assert beside(out) == ["another"]


def test_what_a_living_program_is_at_is_left_alone(out: Path):
    with writer(out):
        write(out.with_name("another"))
        assert beside(out) == [".report.partial", "another"]


def test_killed_in_the_middle_of_a_swap_the_earlier_report_has_its_place_again(out: Path):
    write(out)
    earlier = (out / "summary.json").read_bytes()
    with writer(out, swaps=True):
        assert beside(out) == [".report.partial"]
    with private_folder("pcqa-", out.parent):  # of what knows nothing of reports: a kernel, say
        assert beside(out) == ["pcqa", "report"]
    write(out.with_name("another"))
    assert beside(out) == ["another", "report"]
    assert (out / "summary.json").read_bytes() == earlier


def test_folders_of_others_and_of_other_computers_are_left_alone(tmp_path: Path):
    for name, text in {"theirs": "another computer", "empty": ""}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / MARK).write_text(text)
    (tmp_path / "mine").mkdir()
    with private_folder("pcqa-", tmp_path) as made:
        assert made.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "mine", "theirs"]


def test_what_cannot_be_put_back_is_not_wiped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def locked(self: Path, target: Path) -> Path:
        raise PermissionError(13, "locked")

    def moves(folder: Path) -> None:
        (folder / ASIDE / "report").mkdir(parents=True)
        monkeypatch.setattr(Path, "rename", locked)

    with pytest.raises(PermissionError), private_folder("pcqa-", tmp_path) as made:
        moves(made)
    assert (made / ASIDE / "report").is_dir()
    monkeypatch.undo()
    with private_folder("pcqa-", tmp_path):
        assert (tmp_path / "report").is_dir()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report"]


def test_what_cannot_be_wiped_yet_is_wiped_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Somebody writes to it still: a kernel that has not yet heard that its program is dead."""
    with monkeypatch.context() as busy:
        busy.setattr("shutil.rmtree", lambda path, **_: None)
        with private_folder("pcqa-", tmp_path) as made:
            (made / "tmp").mkdir()
        assert sorted(path.name for path in made.iterdir()) == [MARK, "tmp"]
    with private_folder("pcqa-", tmp_path):
        assert not made.exists()

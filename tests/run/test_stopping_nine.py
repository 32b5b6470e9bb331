"""Ctrl-C, a kill, a full disk and a read-only disk, for each of the nine lessons.

Each time an earlier report is to give way to a new one (`--replace`), and does not: every byte of
it stays, there is no half report, the user is told one sentence, and no temporary file is left
(after a kill: none once the next run has begun).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from pcqa_teach.run import output
from pcqa_teach.run.private import private_folder

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="signals and mounts of Unix"),
    pytest.mark.slow,  # test_stopping.py has the first lesson every time
]
QUICK = "d3"
NINE = [
    name if name == QUICK else pytest.param(name, marks=pytest.mark.more)
    for name in (f"d{place}" for place in range(1, 10))
]
STEPS = ("Starting Python", "Running the lesson", "Reading the export")
ON_A_DISK = """
mount -t tmpfs -o size=300k none "$DISK" && cp -r "$EARLIER" "$DISK/report" || exit 9
"$@"; echo "ended with $?" >&2; ls -A "$DISK" >&2; find "$DISK" -type f | sort | xargs sha256sum
mount -o remount,ro "$DISK" || exit 9
"$@"; echo "ended with $?" >&2; ls -A "$DISK" >&2; find "$DISK" -type f | sort | xargs sha256sum
"""


class Place:
    """A folder with an earlier report in it, and one for temporary files."""

    def __init__(self, folder: Path) -> None:
        self.out = folder / "place" / "report"
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        (self.out / "figures").mkdir(parents=True)
        summary = {"made_by": "pcqa_teach", "figures": [{"files": ["a.png"]}]}
        output.write_json(self.out / "summary.json", summary)
        output.write_json(self.out / "figures" / "alt.json", {})
        for name in ("report.html", "notice-board.pdf", "figures/a.png"):
            (self.out / name).write_bytes(name.encode() * 999)
        self.environment = {
            **os.environ,
            "TMPDIR": str(self.temporary),
            "PCQA_PROJECT": str(folder / "project"),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def command(self, lesson: str, out: Path | None = None) -> list[str]:
        whole = ["run", lesson, "-o", str(out or self.out), "--replace"]
        return [sys.executable, "-m", "pcqa_teach", *whole]

    def held(self, folder: Path | None = None) -> dict[str, str]:
        top = folder or self.out.parent
        return {
            path.relative_to(top).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(top.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def said(told: str) -> list[str]:
    """Return what a user is told beside which step is at hand."""
    return [line for line in told.splitlines() if not line.startswith(STEPS)]


def stopped(lesson: str, place: Place, by: signal.Signals) -> tuple[int, str]:
    """Run a lesson and stop it as its last cell begins; give its exit code and what it said."""
    with subprocess.Popen(
        place.command(lesson),
        env=place.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as program:
        assert program.stderr is not None
        told = ""
        while told.count("Running the lesson") < 2 and (line := program.stderr.readline()):
            told += line
        program.send_signal(by)
        rest, complained = program.communicate(timeout=600)
    return program.returncode, told + rest + complained


def wait_for_the_kernel(place: Place) -> None:
    """Wait until the kernel of a killed program has heard of it and ended."""
    while True:
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.environ().get("TMPDIR", "").startswith(str(place.temporary)):
                    time.sleep(0.1)
                    break
        else:
            return


@pytest.mark.parametrize("lesson", NINE)
def test_ctrl_c_leaves_the_earlier_report_and_nothing_else(lesson: str, place: Place) -> None:
    before = place.held()
    code, told = stopped(lesson, place, signal.SIGINT)
    assert (code, said(told)) == (1, ["Stopped. Nothing was written."])
    assert place.held() == before
    assert [path.name for path in place.out.parent.iterdir()] == ["report"]
    assert list(place.temporary.iterdir()) == []


@pytest.mark.parametrize("lesson", NINE)
def test_after_a_kill_the_next_run_wipes_what_was_left(lesson: str, place: Place) -> None:
    before = place.held()
    code, told = stopped(lesson, place, signal.SIGKILL)
    assert (code, said(told)) == (-signal.SIGKILL, [])
    after = place.held()
    assert {name: after[name] for name in before} == before
    wait_for_the_kernel(place)
    if lesson == QUICK:
        again = place.command(lesson, place.out.with_name("next"))
        subprocess.run(again, env=place.environment, check=True, capture_output=True)
    else:  # what every run begins with
        with output.folder(place.out.with_name("next")), private_folder("-", place.temporary):
            pass
    shutil.rmtree(place.out.with_name("next"))
    assert place.held() == before
    assert [path.name for path in place.out.parent.iterdir()] == ["report"]
    assert list(place.temporary.iterdir()) == []


@pytest.mark.parametrize("lesson", NINE)
def test_a_full_disk_and_a_read_only_one_are_a_sentence_each(
    lesson: str, place: Place, tmp_path: Path
) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("no unshare here")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounts = ["unshare", "-rm", "sh", "-c"]
    lent = subprocess.run([*mounts, f"mount -t tmpfs none '{disk}'"], capture_output=True)
    if lent.returncode:
        pytest.skip("this system lends no disk to a test")
    done = subprocess.run(
        [*mounts, ON_A_DISK, "sh", *place.command(lesson, disk / "report")],
        env={**place.environment, "DISK": str(disk), "EARLIER": str(place.out)},
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr
    full, ended, only, read_only, *rest = said(done.stderr)
    assert full.startswith("There is no room left on the disk")
    assert read_only == "The disk that would hold 'report' is read-only: choose another folder."
    assert [ended, only, *rest] == ["ended with 1", "report"] * 2
    sums = [line.split(maxsplit=1) for line in done.stdout.splitlines()]
    found = [(Path(name).relative_to(disk).as_posix(), digest) for digest, name in sums]
    assert found == [*place.held().items()] * 2
    assert list(place.temporary.iterdir()) == []

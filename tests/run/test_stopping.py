"""A full disk, a read-only disk and Ctrl-C half-way: one sentence, nothing left, no orphan."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from pcqa_teach.run.terminal import sentence

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals, mounts and limits of Unix")

DRIVER = Path(__file__).with_name("driver.py")
WAITS = """
import os, subprocess, sys
child = subprocess.Popen(["sleep", "600"])
with open({fifo!r}, "w") as told:
    print(os.getpid(), child.pid, file=told)
child.wait()
"""
DRAWS = """
from matplotlib.figure import Figure as Drawing
from pcqa_teach.figures import Figure
drawing = Drawing()
drawing.subplots().plot(range(100))
Figure.of(drawing, alt="A line.", name="line")
"""


def command(out: Path, *cells: str) -> list[str]:
    return [sys.executable, str(DRIVER), str(out), *cells]


def surroundings(tmp_path: Path) -> dict[str, str]:
    """Keep temporary files of the run where the test can look at them."""
    (tmp_path / "temporary").mkdir()
    root = str(Path(__file__).parents[2])
    return {**os.environ, "TMPDIR": str(tmp_path / "temporary"), "PYTHONPATH": root}


@pytest.mark.parametrize(
    "signals",
    [
        [signal.SIGINT],
        pytest.param([signal.SIGTERM], marks=pytest.mark.slow),
        pytest.param([signal.SIGHUP], marks=pytest.mark.slow),
        pytest.param([signal.SIGINT, signal.SIGINT], marks=pytest.mark.slow),
    ],
)
def test_stopped_half_way_nothing_is_left(signals: list[signal.Signals], tmp_path: Path):
    fifo, out = tmp_path / "fifo", tmp_path / "place" / "report"
    os.mkfifo(fifo)
    run = subprocess.Popen(
        command(out, WAITS.format(fifo=str(fifo))),
        env=surroundings(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    started = [int(number) for number in fifo.read_text().split()]  # waits until the cell runs
    for number in signals:
        run.send_signal(number)
    told, _ = run.communicate(timeout=60)

    assert run.returncode == 1
    assert told.splitlines()[0] == "Stopped. Nothing was written."
    assert "Traceback" not in told
    assert not (tmp_path / "place").exists()
    assert list((tmp_path / "temporary").iterdir()) == []
    assert len(started) == 2
    for process in started:
        assert not psutil.pid_exists(process) or psutil.Process(process).status() == "zombie"


def on_small_disk(
    tmp_path: Path, options: str, before: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run the driver with its output on a disk of its own, seen by that process alone."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if shutil.which("unshare") is None:
        pytest.skip("no unshare here")
    mounted = f"mount -t tmpfs -o size=200k none '{disk}' {before}"
    allowed = subprocess.run(["unshare", "-rm", "sh", "-c", mounted], capture_output=True)
    if allowed.returncode:
        pytest.skip("this system lends no disk to a test")
    script = f'{mounted} && {options} exec "$@"'
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", *command(disk / "report", DRAWS)],
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_full_disk_is_one_sentence_and_leaves_nothing(tmp_path: Path):
    full = f"head -c 180000 /dev/zero > '{tmp_path}/disk/other.bin' &&"
    done = on_small_disk(tmp_path, full)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        "There is no room left on the disk for 'report': free some, or choose a folder on "
        "another disk.",
        "beside: ['other.bin']",
    ]


def test_a_read_only_disk_is_one_sentence(tmp_path: Path):
    done = on_small_disk(tmp_path, "", before=f"&& mount -o remount,ro '{tmp_path}/disk'")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        "The disk that would hold 'report' is read-only: choose another folder.",
        "beside: []",
    ]


@pytest.mark.slow
def test_a_limit_on_file_size_is_said_like_a_full_disk(tmp_path: Path):
    limited = ["sh", "-c", 'ulimit -f 16; exec "$@"', "sh"]
    done = subprocess.run(
        [*limited, *command(tmp_path / "place" / "report", DRAWS)],
        env={**surroundings(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stdout.startswith("There is no room left on the disk for 'report'")
    assert not (tmp_path / "place").exists()


def test_an_interruption_promises_only_what_it_is_told():
    assert sentence(KeyboardInterrupt()) == "Stopped."
    assert sentence(KeyboardInterrupt(), "Nothing was written.") == "Stopped. Nothing was written."


def test_ctrl_c_on_a_real_screen_says_those_words_and_no_more(tmp_path: Path):
    pexpect = pytest.importorskip("pexpect")
    fifo, out = tmp_path / "fifo", tmp_path / "place" / "report"
    os.mkfifo(fifo)
    whole = command(out, WAITS.format(fifo=str(fifo)))
    screen = pexpect.spawn(
        whole[0], whole[1:], env=surroundings(tmp_path), encoding="utf-8", timeout=60
    )
    fifo.read_text()  # waits until the cell runs
    screen.sendintr()  # to every process of the terminal, as the key does
    told = screen.read()
    screen.close()
    assert screen.exitstatus == 1
    said = told.removeprefix("^C").splitlines()
    assert said == ["Stopped. Nothing was written.", "beside: []"]

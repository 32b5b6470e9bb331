"""Submissions that run at once: what one does reaches no other, and they cannot talk."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from pcqa_teach.classroom.grading import sandbox
from pcqa_teach.classroom.grading.jail import Limits, supported
from pcqa_teach.classroom.grading.sandbox import NOT_CLOSED, Outcome, Sandbox
from pcqa_teach.classroom.grading.turns import Turns

from . import make

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not supported(), reason="the limits are Linux's"),
]
HONEST = "import time\ntime.sleep(3)\nanswer = 5"
LONG = f"{HONEST}\n# {'x' * 200_000}"  # more than a pipe takes at once
RIGHT = {"x": {"value": 5}}
TAG = f"pcqa-left-{os.getpid()}"[:15]
ENDS_ITS_KEEPER = """
import ctypes, os, time
ctypes.CDLL(None).prctl(15, b"{tag}")
ctypes.CDLL(None).prctl(1, 0)
os.kill(os.getppid(), 9)
time.sleep(1000)
"""
HIDES_FIRST = """
import ctypes, os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        ctypes.CDLL(None).prctl(15, b"{tag}")
        ctypes.CDLL(None).prctl(1, 0)
        time.sleep(0.5)
        os.kill(os.getppid(), 9)
        time.sleep(1000)
    os._exit(0)
time.sleep(2)
"""
MANY_THREADS = """
import threading, time
threading.stack_size(1 << 16)
for _ in range(100):
    threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
time.sleep(1000)
"""
TELLS = """
import ctypes, fcntl, json, os, socket, time
begun, held = time.monotonic(), []
def shared():
    held.append(socket.socket(socket.AF_UNIX))
    held[-1].bind("\\0pcqa-told")
    held[-1].listen()
def locks(path, mode, take):
    held.append(open(path, mode))
    take(held[-1], fcntl.LOCK_EX)
files = [os.path.join(place, "pcqa-told") for place in ("/dev/shm", "/tmp", "/var/tmp", ".")]
for act in (
    shared, os.openpty, lambda: locks(json.__file__, "rb", fcntl.flock),
    lambda: locks("/dev/null", "wb", lambda file, how: fcntl.lockf(file, how, 10, 7777)),
    *(lambda path=path: open(path, "w").write("told") for path in files),
):
    try:
        held.append(act())
    except OSError:
        pass
segment = ctypes.CDLL(None).shmget(0x706371, 64, 0o1666)
time.sleep(6)
if segment >= 0:
    ctypes.CDLL(None).shmctl(segment, 0, None)
for path in files:
    try:
        os.unlink(path)
    except OSError:
        pass
answer = [begun, time.monotonic()]
"""
LOOKS = """
import ctypes, fcntl, json, os, socket, time
begun, found = time.monotonic(), set()
def locked(path, mode, take):
    with open(path, mode) as file:
        try:
            take(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
ways = {
    "file": lambda: any(os.path.exists(f"{place}/pcqa-told")
                        for place in ("/dev/shm", "/tmp", "/var/tmp")),
    "terminal": lambda: os.listdir("/dev/pts"),
    "socket": lambda: socket.socket(socket.AF_UNIX).connect("\\0pcqa-told") is None,
    "memory": lambda: ctypes.CDLL(None).shmget(0x706371, 64, 0o666) >= 0,
    "lock": lambda: locked(json.__file__, "rb", fcntl.flock),
    "range": lambda: locked("/dev/null", "wb",
                            lambda file, how: fcntl.lockf(file, how, 10, 7777)),
}
for _ in range(35):
    for name, way in ways.items():
        try:
            if way():
                found.add(name)
        except OSError:
            pass
    time.sleep(0.1)
answer = [begun, time.monotonic(), *sorted(found)]
"""


@pytest.fixture(scope="module", params=["sandbox", "trust"])
def warm(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox of either kind."""
    if request.param == "sandbox":
        request.getfixturevalue("sandboxed")
    with Sandbox(request.param, make.QUICK) as opened:
        yield opened


def _at_once(opened: Sandbox, *cells: str) -> list[Outcome]:
    jobs = [[{"cell": "a", "run": cell}, {"item": "x", "take": "answer"}] for cell in cells]
    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(opened.run, jobs))


def _once_only(self: Turns) -> None:
    raise AssertionError("a submission was run again")


@pytest.mark.parametrize(
    "attack",
    ["os.kill(0, 19)", "os.kill(0, 9)", "os.kill(-1, 9)", "os.setpriority(os.PRIO_PGRP, 0, 19)",
     "os.setpriority(os.PRIO_USER, 0, 19)"],
)  # fmt: skip
def test_no_signal_reaches_whoever_runs_at_the_same_time(
    warm: Sandbox, attack: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if warm.mode == "trust" and ("-1" in attack or "USER" in attack):
        pytest.skip("without walls it would reach all that the coach runs")
    monkeypatch.setattr(Turns, "alone", _once_only)
    code = f"import os, time\ntime.sleep(1)\n{attack}\nanswer = 5"
    first, _, second = _at_once(warm, HONEST, code, LONG)
    assert (first.answers, second.answers) == (RIGHT, RIGHT)
    (after,) = _at_once(warm, "import os\nanswer = os.getpriority(os.PRIO_PROCESS, 0)")
    assert after.answers == {"x": {"value": os.getpriority(os.PRIO_PROCESS, 0)}}


@pytest.mark.parametrize("mode", ["sandbox", "trust"])
def test_threads_have_a_number(mode: sandbox.Mode, request: pytest.FixtureRequest) -> None:
    if mode == "sandbox":
        request.getfixturevalue("sandboxed")
    with Sandbox(mode, Limits(memory=4096, processor=30, wall=60, threads=50)) as opened:
        (outcome,) = _at_once(opened, MANY_THREADS)
    if os.getuid() and mode == "sandbox":  # the system counts: it is refused the next one
        assert outcome.errors == {"a": "RuntimeError"}
    else:  # it does not count root's, nor apart what has no namespace: the keeper does
        assert outcome.trouble == "it began more than 50 threads"


def test_what_two_that_run_at_once_can_tell_each_other(warm: Sandbox) -> None:
    told, looked = _at_once(warm, TELLS, LOOKS)
    begun, ended = told.answers["x"]["value"]
    from_, until, *found = looked.answers["x"]["value"]
    assert begun < until
    assert from_ < ended
    everything = ["file", "lock", "memory", "range", "socket", "terminal"]
    assert found == (everything if warm.mode == "trust" else [])


@pytest.mark.parametrize("mode", ["sandbox", pytest.param("trust", marks=pytest.mark.more)])
def test_a_server_that_has_gone_silent_is_replaced_and_nobody_pays(
    mode: sandbox.Mode, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if mode == "sandbox":
        request.getfixturevalue("sandboxed")
    monkeypatch.setattr(sandbox, "_SLACK", 1.0)
    with Sandbox(mode, Limits(memory=1024, processor=6, wall=10)) as opened:
        silent = opened._process
        assert silent is not None
        top = psutil.Process(silent.pid)
        for one in [top, *top.children(recursive=True)]:
            one.send_signal(signal.SIGSTOP)
        outcomes = _at_once(opened, HONEST, LONG, HONEST)
        assert [outcome.answers for outcome in outcomes] == [RIGHT] * 3
        assert silent.returncode is not None


@pytest.mark.parametrize(
    "status",
    [{"silent": 3.0}, {"broken": "x"}, {"exit": 71, "closed": False},
     {"signal": 9, "closed": False}, {"time": 9, "closed": False}],
)  # fmt: skip
def test_what_was_never_shut_in_is_not_the_submissions_doing(status: dict[str, object]) -> None:
    assert sandbox._outcome(b"", status, Limits()).trouble == NOT_CLOSED


def test_without_walls_nothing_outlives_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    codes = [code.format(tag=TAG) for code in (ENDS_ITS_KEEPER, HIDES_FIRST)]
    with Sandbox("trust", make.QUICK) as opened:
        outcomes = _at_once(opened, *codes, HONEST)
    assert outcomes[0].trouble == NOT_CLOSED  # its keeper could not say what came of it
    assert outcomes[2].answers == RIGHT
    assert [one for one in psutil.process_iter(["name"]) if one.info["name"] == TAG] == []
    assert list(tmp_path.iterdir()) == []

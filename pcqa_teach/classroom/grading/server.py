"""A process that has loaded what lessons need, and forks a child for each submission.

It never reads a submission itself: it is handed the ends of three pipes and hands them on, so that
no child finds in its memory what another has written. `sandbox.py` runs it as
`python -m pcqa_teach.classroom.grading.server SOCKET jail|trust [TABLE ...]`, for `jail` inside
bubblewrap.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from typing import Any, NoReturn

from pcqa_teach.classroom.grading import cells, jail, left
from pcqa_teach.data import load_demo
from pcqa_teach.errors import PcqaError
from pcqa_teach.run.warm import preload

_BROKEN_RUN = 70  # a child's exit code
_BIGGEST_JOB = 64 << 20
_LOOK = 0.25  # seconds between two looks at a child
_SWEEP = 1.0
_CLOSED = b"."


def main() -> None:
    """Load, say that it is ready, and fork until the other side is gone."""
    line = socket.socket(fileno=int(sys.argv[1]))
    shut_in = sys.argv[2] == "jail"
    preload.load()
    preload.rehearse()
    for table in sys.argv[3:]:  # read once here, and not by every child
        with contextlib.suppress(PcqaError):
            load_demo(table)
    made = cells.shell()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # whoever began this may have ignored it
    keepers: set[int] = set()
    if not shut_in:
        jail.adopt()
    line.send(b"ready")
    while True:
        asked, _, _ = select.select([line], [], [], _SWEEP)
        _sweep(keepers, shut_in=shut_in)
        if not asked:
            continue
        message, pipes, _, _ = socket.recv_fds(line, 4096, 3)
        if not message:
            break
        keeper = os.fork()
        if keeper == 0:
            line.close()
            _keep(made, jail.Limits(**json.loads(message)), pipes, shut_in=shut_in)
        keepers.add(keeper)
        for end in pipes:
            os.close(end)
    if not shut_in:
        left.end_below(os.getpid())


def _sweep(keepers: set[int], *, shut_in: bool) -> None:
    """Forget the keepers that are no more, and end what a submission that ended its own has left.

    Inside bubblewrap a keeper's namespace has taken all of it along.
    """
    with contextlib.suppress(ChildProcessError):
        while ended := os.waitpid(-1, os.WNOHANG)[0]:
            keepers.discard(ended)
    if not shut_in:
        left.end_others(keepers)


def _keep(made: Any, limits: jail.Limits, pipes: list[int], *, shut_in: bool) -> NoReturn:
    """Start the child that runs the submission, watch its time, say how it ended."""
    job, result, status = pipes
    jail.end_with_parent()
    jail.apart()
    said: dict[str, Any] = {}
    scratch = ""
    try:
        if shut_in:
            jail.part()
        else:
            jail.adopt()
            scratch = tempfile.mkdtemp(prefix="pcqa-grade-")
            os.chdir(scratch)
        heard, closed = os.pipe()  # neither end outlasts the moment before submitted code begins
        processes = os.open("/proc", os.O_RDONLY)
        child = os.fork()
        if child == 0:
            for end in (heard, status, processes):
                os.close(end)
            jail.end_with_parent()
            jail.apart()
            _run(made, limits, job, result, closed=closed, shut_in=shut_in)
        for end in (job, result, closed):
            os.close(end)
        said = _watched(child, processes, limits)
        said["closed"] = os.read(heard, 1) == _CLOSED
    except (jail.JailError, OSError) as error:
        said = {"broken": str(error)}
    with contextlib.suppress(OSError):
        os.write(status, json.dumps(said).encode())
    if not shut_in:  # else the namespace's end takes all of it along
        left.end_below(os.getpid())
        shutil.rmtree(scratch, ignore_errors=True)
    os._exit(0)


def _watched(child: int, processes: int, limits: jail.Limits) -> dict[str, Any]:
    """Wait for the child, and no longer than it may take; `spent`: it took all its processor time.

    With `exit` or `signal`, as it ended, and the MB of memory that it had (`held`); with `time`
    alone, it did not in time; with `threads` alone, it had so many of these.
    """
    handle, until = os.pidfd_open(child), time.monotonic() + limits.wall
    stopped: dict[str, Any] = {}
    while not select.select([handle], [], [], _LOOK)[0]:
        if time.monotonic() >= until:
            stopped = {"time": limits.wall}
        elif (many := jail.threads(child, processes)) > limits.threads:
            stopped = {"threads": many}
        if stopped:
            os.kill(child, signal.SIGKILL)
            break
    _, how, used = os.wait4(child, 0)
    if stopped:
        return stopped
    if os.WIFSIGNALED(how):
        spent = used.ru_utime + used.ru_stime >= limits.processor - 0.5
        return {"signal": os.WTERMSIG(how), "spent": spent, "held": used.ru_maxrss // 1024}
    return {"exit": os.waitstatus_to_exitcode(how)}


def _run(
    made: Any, limits: jail.Limits, job: int, result: int, *, closed: int, shut_in: bool
) -> NoReturn:
    """Read the submission, say that it is shut in, run it, write its answers; never return."""
    code = _BROKEN_RUN
    try:
        with open(job, "rb") as file:
            steps = json.loads(file.read(_BIGGEST_JOB))
        nothing = os.open(os.devnull, os.O_RDWR)
        for end in (0, 1, 2):
            os.dup2(nothing, end)
        if shut_in:
            jail.shut_in(limits)
        else:
            jail.limit(limits)
        os.write(closed, _CLOSED)
        os.close(closed)
        told = json.dumps(cells.answers(made, steps)).encode()
        with open(result, "wb") as file:
            file.write(told)
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()

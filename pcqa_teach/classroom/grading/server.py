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

from pcqa_teach.classroom.grading import cells, jail
from pcqa_teach.data import load_demo
from pcqa_teach.errors import PcqaError
from pcqa_teach.run.warm import preload

BROKEN_JAIL, BROKEN_RUN = 71, 70  # a child's exit codes
_BIGGEST_JOB = 64 << 20
_MOST_ROUNDS, _BREATH = 500, 0.01


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
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers are not waited for
    line.send(b"ready")
    while True:
        message, pipes, _, _ = socket.recv_fds(line, 4096, 3)
        if not message:
            return
        if os.fork() == 0:
            line.close()
            _keep(made, jail.Limits(**json.loads(message)), pipes, shut_in=shut_in)
        for end in pipes:
            os.close(end)


def _keep(made: Any, limits: jail.Limits, pipes: list[int], *, shut_in: bool) -> NoReturn:
    """Start the child that runs the submission, watch its time, say how it ended."""
    job, result, status = pipes
    jail.end_with_parent()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    said: dict[str, Any] = {}
    scratch = ""
    try:
        if shut_in:
            jail.part()
        else:
            os.setsid()
            jail.adopt()
            scratch = tempfile.mkdtemp(prefix="pcqa-grade-")
            os.chdir(scratch)
        child = os.fork()
        if child == 0:
            os.close(status)
            jail.end_with_parent()
            _run(made, limits, job, result, shut_in=shut_in)
        os.close(job)
        os.close(result)
        said = _watched(child, limits)
    except (jail.JailError, OSError) as error:
        said = {"broken": str(error)}
    with contextlib.suppress(OSError):
        os.write(status, json.dumps(said).encode())
    if not shut_in:  # else the namespace's end takes all of it along
        _end_all_left()
        shutil.rmtree(scratch, ignore_errors=True)
    os._exit(0)


def _watched(child: int, limits: jail.Limits) -> dict[str, Any]:
    """Wait for the child, and no longer than it may take; `spent`: it took all its processor time.

    With `exit` or `signal`, as it ended, and the MB of memory that it had (`held`); with `time`
    alone, it did not in time.
    """
    handle = os.pidfd_open(child)
    ended, _, _ = select.select([handle], [], [], limits.wall)
    if not ended:
        os.kill(child, signal.SIGKILL)
    _, how, used = os.wait4(child, 0)
    if not ended:
        return {"time": limits.wall}
    if os.WIFSIGNALED(how):
        spent = used.ru_utime + used.ru_stime >= limits.processor - 0.5
        return {"signal": os.WTERMSIG(how), "spent": spent, "held": used.ru_maxrss // 1024}
    return {"exit": os.waitstatus_to_exitcode(how)}


def _end_all_left() -> None:
    """End every process that the submission has left behind, those that hid in a session too."""
    import psutil

    for _ in range(_MOST_ROUNDS):
        left = psutil.Process().children(recursive=True)
        if not left:
            return
        for one in left:
            with contextlib.suppress(psutil.Error):
                one.kill()
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        time.sleep(_BREATH)


def _run(made: Any, limits: jail.Limits, job: int, result: int, *, shut_in: bool) -> NoReturn:
    """Read the submission, run it, write its answers; never return."""
    code = BROKEN_RUN
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
        told = json.dumps(cells.answers(made, steps)).encode()
        with open(result, "wb") as file:
            file.write(told)
        code = 0
    except jail.JailError:
        code = BROKEN_JAIL
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()

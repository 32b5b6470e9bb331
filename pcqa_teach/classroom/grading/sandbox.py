"""Run submissions where nothing of anybody else's can be reached, and take their answers.

One bubblewrap holds one warm server; each submission is a child of it in namespaces of its own.
What comes back is read as data, with a limit on its size, and nothing in it is believed but that
somebody answered so.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self

from pcqa_teach.classroom.grading import alone, left
from pcqa_teach.classroom.grading.jail import Limits, supported
from pcqa_teach.classroom.grading.talk import MOST_BACK, SILENT, talked
from pcqa_teach.classroom.grading.turns import Turns
from pcqa_teach.classroom.grading.walls import surroundings, walls
from pcqa_teach.errors import SetupError

Mode = Literal["sandbox", "trust"]
NOT_CLOSED = "the sandbox could not be closed around it"  # not the submission's doing: run it again
_WARM_UP = 120.0
_SLACK = 30.0  # how long after a submission's own time its keeper may still be silent
_KILLED, _TOO_LARGE = 9, 25  # Windows does not know them by their names
_NO_SANDBOX = (
    "There is no sandbox on this computer ({why}), so nothing that others wrote was run. Grade on "
    "a hub or in WSL (Linux with bubblewrap: `apt install bubblewrap`), or, for a room that you "
    "know, say --trust."
)


@dataclass(frozen=True)
class Outcome:
    """What came of running one submission.

    `trouble` says in a few words why it did not run to its end ("" where it did); `answers` holds
    what was answered by item, `errors` the kinds of error by cell.
    """

    trouble: str = ""
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


class Sandbox:
    """A warm server, shut in, that runs submissions. Use it with `with`; several threads may run.

    Parameters
    ----------
    mode
        "sandbox", or "trust": the same without walls, for submissions of people one knows.
    limits
        What each submission may use.
    tables
        The demonstration tables that are read once, for all submissions.

    Raises
    ------
    SetupError
        There is no sandbox here; the message says what to do.
    """

    def __init__(
        self, mode: Mode = "sandbox", limits: Limits | None = None, tables: Iterable[str] = ()
    ) -> None:
        self.mode, self.limits, self.tables = mode, limits or Limits(), sorted(set(tables))
        self._forks = mode == "sandbox" or supported()
        self._sending, self._turns, self._ended = threading.Lock(), Turns(), False
        self._line: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        if self._forks:
            self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End the server, and whatever runs in it; nothing can be run any more."""
        with self._sending:
            self._ended = True
            self._stop()

    def run(self, steps: Sequence[Mapping[str, Any]]) -> Outcome:
        """Run one submission's steps (see `cells.answers`); return what came of it.

        Where the sandbox failed it, perhaps by another's doing, it is run again while nothing else
        is.
        """
        if not self._forks:
            given, how = alone.run(steps, surroundings(tempfile.gettempdir()), self.limits.wall)
            return _outcome(given if len(given) <= MOST_BACK else None, how, self.limits)
        job = json.dumps(steps, ensure_ascii=False).encode("utf-8", "replace")
        with self._turns.together():
            outcome = self._once(job)
        if outcome.trouble == NOT_CLOSED and not self._ended:
            with self._turns.alone():
                outcome = self._once(job)
        return outcome

    def _once(self, job: bytes) -> Outcome:
        (job_in, job_out), (result_in, result_out), (status_in, status_out) = (
            os.pipe() for _ in range(3)
        )
        try:
            served = self._send([job_in, result_out, status_out])
        except BaseException:
            for end in (job_out, result_in, status_in):
                os.close(end)
            raise
        finally:
            for end in (job_in, result_out, status_out):
                os.close(end)
        said, status = talked(job_out, job, result_in, status_in, self.limits.wall + _SLACK)
        if SILENT in status:
            self._drop(served)
        return _outcome(said, status, self.limits)

    def _send(self, ends: list[int]) -> subprocess.Popen[bytes] | None:
        """Hand pipes to the server, another one where it has ended; return which."""
        with self._sending:
            if self._ended:
                raise SetupError("The sandbox has been closed: open another.")
            told = [json.dumps(asdict(self.limits)).encode()]
            if self._line is not None and self._process and self._process.poll() is None:
                with contextlib.suppress(OSError):  # it may have ended just now, or hear nothing
                    socket.send_fds(self._line, told, ends)
                    return self._process
            self._stop()
            socket.send_fds(self._start(), told, ends)
            return self._process

    def _drop(self, served: subprocess.Popen[bytes] | None) -> None:
        """End a server that says nothing any more; the next submission begins another."""
        with self._sending:
            if served is not None and self._process is served:
                self._stop()

    def _start(self) -> socket.socket:
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        inner = [sys.executable, "-P", "-m", "pcqa_teach.classroom.grading.server"]
        inner += [str(there.fileno()), "jail" if self.mode == "sandbox" else "trust", *self.tables]
        told = surroundings()
        if self.mode == "sandbox":
            if why := refusal():
                raise SetupError(why)
            inner = [*walls(), *inner]
        else:
            self._scratch = tempfile.TemporaryDirectory("", "pcqa-grade-", None, True)
            told = surroundings(self._scratch.name)
        with there:
            self._process = subprocess.Popen(  # noqa: S603
                inner, pass_fds=[there.fileno()], env=told,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                start_new_session=True,
            )  # fmt: skip
        here.settimeout(_SLACK)  # one that is stopped would take no more, and have us wait
        self._line = here
        ready, _, _ = select.select([here], [], [], _WARM_UP)
        if not ready or here.recv(16) != b"ready":
            error = self._process.stderr
            self._process.kill()
            last = error.read().decode(errors="replace").strip() if error else ""
            self._stop()
            why = last.splitlines()[-1] if last else "it did not start"
            raise SetupError(_NO_SANDBOX.format(why=why.rstrip(".")))
        return here

    def _stop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
            if self._process.poll() is None and self.mode == "trust":
                left.end_below(self._process.pid)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            if self._process.stderr:
                self._process.stderr.close()
            self._process = None
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None


def refusal() -> str:
    """Return why there is no sandbox here, in a sentence with what to do; "" where there is one."""
    if not supported():
        return _NO_SANDBOX.format(why=f"{sys.platform} has none that is known")
    if shutil.which("bwrap") is None:
        return _NO_SANDBOX.format(why="bubblewrap is not installed")
    return ""


def _ended_by(status: Mapping[str, Any], limits: Limits) -> str:
    """Say why a signal has ended it."""
    if status.get("spent"):
        return f"it kept the processor busy for more than {limits.processor} seconds"
    if status["signal"] == _TOO_LARGE:
        return f"it wrote a file of more than {limits.scratch} MB"
    if status["signal"] != _KILLED:
        return "Python crashed in it"
    if status.get("held", 0) > limits.memory / 2:
        return f"it used more memory than there is, {status['held']} MB"
    return "it ended itself by force, or this computer had no memory left for it"


def _outcome(said: bytes | None, status: Mapping[str, Any], limits: Limits) -> Outcome:
    if said is None:
        return Outcome("its answers are far too long")
    if SILENT in status or "broken" in status or not status.get("closed", True):
        return Outcome(NOT_CLOSED)
    if "threads" in status:
        return Outcome(f"it began more than {limits.threads} threads")
    if "time" in status:
        return Outcome(f"it ran longer than {limits.wall} seconds")
    if "signal" in status:
        return Outcome(_ended_by(status, limits))
    if status.get("exit") != 0 or not said:
        return Outcome("it ended Python before its last cell")
    try:
        told = json.loads(said)
        return Outcome(
            answers={str(k): dict(v) for k, v in told["answers"].items()},
            errors={str(k): str(v)[:80] for k, v in told["errors"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return Outcome("its answers could not be read")

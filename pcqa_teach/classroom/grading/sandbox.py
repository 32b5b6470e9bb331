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
import sysconfig
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

import pcqa_teach
from pcqa_teach import resources
from pcqa_teach.classroom.grading import alone
from pcqa_teach.classroom.grading.jail import SCRATCH, Limits, supported
from pcqa_teach.classroom.grading.server import BROKEN_JAIL
from pcqa_teach.errors import SetupError

Mode = Literal["sandbox", "trust"]
NOT_CLOSED = "the sandbox could not be closed around it"  # not the submission's doing: run it again
_MOST_BACK = 8 << 20  # bytes of answers from one submission
_WARM_UP = 120.0
_SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/lib32", "/etc/ld.so.cache", "/etc/localtime",
           "/etc/fonts", "/etc/alternatives")  # fmt: skip
# What Python needs.
_SURROUNDINGS = ("HOME", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "USERPROFILE")
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
    printed: int = 0


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
        self._sending, self._ended = threading.Lock(), False
        self._line: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

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
        """Run one submission's steps (see `cells.answers`); return what came of it."""
        if not self._forks:
            given, how = alone.run(steps, _environment(self.mode), self.limits.wall)
            return _outcome(given if len(given) <= _MOST_BACK else None, how, self.limits)
        job_in, job_out = os.pipe()
        result_in, result_out = os.pipe()
        status_in, status_out = os.pipe()
        try:
            self._send([job_in, result_out, status_out])
        finally:
            for end in (job_in, result_out, status_out):
                os.close(end)
        feeding = threading.Thread(target=_feed, args=(job_out, json.dumps(steps).encode()))
        feeding.start()
        said, status = _heard(result_in, status_in, self.limits.wall + 30.0)
        feeding.join()
        return _outcome(said, status, self.limits)

    def _send(self, ends: list[int]) -> None:
        with self._sending:
            if self._ended:
                raise SetupError("The sandbox has been closed: open another.")
            told = [json.dumps(asdict(self.limits)).encode()]
            if self._line is not None and self._process and self._process.poll() is None:
                with contextlib.suppress(OSError):  # it may have ended just now
                    socket.send_fds(self._line, told, ends)
                    return
            self._stop()
            socket.send_fds(self._start(), told, ends)

    def _start(self) -> socket.socket:
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        inner = [sys.executable, "-P", "-m", "pcqa_teach.classroom.grading.server"]
        inner += [str(there.fileno()), "jail" if self.mode == "sandbox" else "trust", *self.tables]
        command = [*_walls(), *inner] if self.mode == "sandbox" else inner
        with there:
            self._process = subprocess.Popen(  # noqa: S603
                command, pass_fds=[there.fileno()], env=_environment(self.mode),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                start_new_session=True,
            )  # fmt: skip
        self._line = here
        ready, _, _ = select.select([here], [], [], _WARM_UP)
        if not ready or here.recv(16) != b"ready":
            error = self._process.stderr
            self._process.kill()
            told = error.read().decode(errors="replace").strip() if error else ""
            self._stop()
            why = told.splitlines()[-1] if told else "it did not start"
            raise SetupError(_NO_SANDBOX.format(why=why.rstrip(".")))
        return here

    def _stop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            if self._process.stderr:
                self._process.stderr.close()
            self._process = None


def refusal() -> str:
    """Return why there is no sandbox here, in a sentence with what to do; "" where there is one."""
    if not supported():
        return _NO_SANDBOX.format(why=f"{sys.platform} has none that is known")
    if shutil.which("bwrap") is None:
        return _NO_SANDBOX.format(why="bubblewrap is not installed")
    return ""


def _walls() -> list[str]:
    """Return the bubblewrap that a server lives in: the system and Python to read, nothing else."""
    if why := refusal():
        raise SetupError(why)
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--proc", "/proc", "--dev", "/dev"]
    command += ["--tmpfs", SCRATCH]
    for system in _SYSTEM:
        command += ["--ro-bind-try", system, system]
    for place in _readable():
        command += ["--ro-bind", str(place), str(place)]
    command += ["--chdir", SCRATCH]
    for shared in ("/", "/dev"):  # where one submission could leave something for the next
        command += ["--remount-ro", shared]
    return [*command, "--"]


def _readable() -> Iterator[Path]:
    """Give what a lesson needs: Python, its packages, the kit's library and data; no truth file."""
    places = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parents[1]}
    places |= {Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")}
    system = Path("/usr")
    outer = {p for p in places if not any(o != p and o in p.parents for o in places)}
    yield from sorted(place for place in outer if system not in (place, *place.parents))
    package = Path(pcqa_teach.__file__).resolve().parent
    if not any(place in package.parents for place in places):
        yield package
    data = resources.data_dir()
    if package not in data.parents:
        yield from sorted(
            path for path in data.iterdir() if path.is_file() and not path.name.startswith("truth")
        )


def _environment(mode: Mode) -> dict[str, str]:
    """Return what a server is told: nothing of this process's own surroundings."""
    kept = {"PATH": os.defpath, "HOME": SCRATCH, "TMPDIR": SCRATCH, "LANG": "C.UTF-8"}
    if mode == "trust":
        del kept["TMPDIR"]
        kept |= {name: os.environ[name] for name in _SURROUNDINGS if name in os.environ}
    one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "ARROW_NUM_THREADS"), "1")
    ours = {
        "PYTHONPATH": str(Path(pcqa_teach.__file__).resolve().parent.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PCQA_DATA": str(resources.data_dir()),
        "PCQA_STATIC": "1",
        "NBGRADER_EXECUTION": "autograde",  # as stock nbgrader says while it marks
        "MPLBACKEND": "agg",
    }
    return {**kept, **one, **ours}


def _feed(end: int, content: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), open(end, "wb") as file:
        file.write(content)


def _heard(result: int, status: int, seconds: float) -> tuple[bytes | None, dict[str, Any]]:
    """Read what a child gave, and how it ended; None where it gave more than is taken."""
    until, said, told = time.monotonic() + seconds, bytearray(), bytearray()
    open_ends = {result: said, status: told}
    try:
        while open_ends:
            left = until - time.monotonic()
            ready, _, _ = select.select(list(open_ends), [], [], max(left, 0))
            if not ready:
                return bytes(said), {"time": seconds}
            for end in ready:
                piece = os.read(end, 1 << 16)
                open_ends[end].extend(piece)
                if len(said) > _MOST_BACK:
                    return None, {}
                if not piece:
                    del open_ends[end]
    finally:
        os.close(result)
        os.close(status)
    try:
        return bytes(said), json.loads(told)
    except ValueError:
        return bytes(said), {"broken": "the server ended"}


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
    if "time" in status:
        return Outcome(f"it ran longer than {limits.wall} seconds")
    if "broken" in status or status.get("exit") == BROKEN_JAIL:
        return Outcome(NOT_CLOSED)
    if "signal" in status:
        return Outcome(_ended_by(status, limits))
    if status.get("exit") != 0 or not said:
        return Outcome("it ended Python before its last cell")
    try:
        told = json.loads(said)
        return Outcome(
            answers={str(k): dict(v) for k, v in told["answers"].items()},
            errors={str(k): str(v)[:80] for k, v in told["errors"].items()},
            printed=int(told["printed"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return Outcome("its answers could not be read")

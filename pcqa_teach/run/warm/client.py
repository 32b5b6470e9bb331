"""How a program asks for kernels: one server for each program, begun when first wanted."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from pcqa_teach.errors import RunError, SetupError
from pcqa_teach.run.warm.server import FRAME

_LONGEST_WARM_UP = 120.0  # seconds
_LONGEST_FORK = 30.0
_QUIET = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}  # the debugger's remark on frozen modules


def can_fork() -> bool:
    """Say whether forking a process that has imported the stack is safe on this system."""
    return sys.platform.startswith("linux")


def installed() -> tuple[int, int]:
    """Give what changes when a package is installed, or this one is edited: when that last was."""
    folders = {Path(folder) for folder in sys.path if folder.endswith("-packages")}
    ours = Path(__file__).resolve().parents[2].rglob("*.py")
    return (
        max((path.stat().st_mtime_ns for path in folders if path.is_dir()), default=0),
        max(path.stat().st_mtime_ns for path in ours),
    )


# Sockets that a fork of this program must not hold: the server hears of our end by theirs.
_INHERITED: weakref.WeakSet[socket.socket] = weakref.WeakSet()


class WarmServer:
    """The forking process of this program, and the socket to it."""

    _lock = threading.Lock()
    _one: WarmServer | None = None
    _replaced: ClassVar[list[WarmServer]] = []  # each until its last kernel ends
    stopped = False  # nothing more is to be started: whoever asked has been told to stop

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.installed = installed()
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        _INHERITED.add(here)
        self.control = here
        with there:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter
                [sys.executable, "-P", "-m", "pcqa_teach.run.warm.server", str(there.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[there.fileno()],
                env={**os.environ, "PYTHONPATH": python_path(), **_QUIET},
                start_new_session=True,
            )
        self.is_ready = False
        self.asking = threading.Lock()
        self.kernels: weakref.WeakSet[WarmProcess] = weakref.WeakSet()

    @classmethod
    def ours(cls) -> WarmServer:
        """Give this program's server; begin it if there is none, or if it has ended.

        Raises
        ------
        RunError
            The work has been stopped.
        """
        with cls._lock:
            if cls.stopped:
                raise RunError("Stopped.")
            one = cls._one
            if one is None or one.pid != os.getpid() or one.process.poll() is not None:
                one = cls._begin()
            elif one.installed != installed():
                cls._replaced.append(one)  # its kernels go on; no new one is asked of it
                one = cls._begin()
            idle = [old for old in cls._replaced if old.is_idle()]
            cls._replaced = [old for old in cls._replaced if old not in idle]
        for old in idle:
            old.close()
        return one

    @classmethod
    def _begin(cls) -> WarmServer:
        one = cls._one = cls()
        atexit.register(one.close)
        return one

    @classmethod
    def end(cls) -> None:
        """End this program's server with all its kernels; the next kernel begins another."""
        with cls._lock:
            every = [*cls._replaced, *filter(None, [cls._one])]
            cls._one = None
            cls._replaced.clear()
        for one in every:
            one.close()

    def wait(self) -> None:
        """Wait until it has imported everything.

        Raises
        ------
        SetupError
            It ended, or took too long.
        """
        with self.asking:
            if self.is_ready:
                return
            self.control.settimeout(_LONGEST_WARM_UP)
            try:
                self.is_ready = self.control.recv(16) == b"ready"
            except OSError:
                self.is_ready = False
            if not self.is_ready:
                self.close()
                if WarmServer.stopped:
                    raise RunError("Stopped.")
                raise SetupError("Kernels could not be made ready beforehand on this computer.")

    def start(
        self,
        arguments: Sequence[str],
        *,
        folder: str,
        environment: Mapping[str, str],
        outputs: tuple[int, int],
    ) -> WarmProcess:
        """Fork a kernel."""
        self.wait()
        ours, theirs = socket.socketpair()
        _INHERITED.add(ours)
        wanted = {
            "arguments": list(arguments),
            "folder": folder,
            "environment": dict(environment),
        }
        text = json.dumps(wanted).encode()
        try:
            with theirs, self.asking:
                socket.send_fds(self.control, [b"kernel"], [theirs.fileno(), *outputs])
            ours.sendall(FRAME.pack(len(text)) + text)
        except OSError:  # the server has just ended, or an output is closed
            ours.close()
            raise SetupError("A kernel could not be forked.") from None
        made = WarmProcess(ours)
        self.kernels.add(made)
        return made

    def is_idle(self) -> bool:
        """Say whether all its kernels have ended."""
        return all(one.poll() is not None for one in list(self.kernels))

    def close(self) -> None:
        """Let the server go; all its kernels end."""
        if self.pid != os.getpid():
            return
        with contextlib.suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for it
        self.control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class WarmProcess:
    """A kernel forked by the server, with the face of a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._said = bytearray()
        self.returncode: int | None = None
        self.args = ["ipykernel"]
        told = self._next(_LONGEST_FORK)
        if told is None or "pid" not in told:
            self._let_go(-signal.SIGKILL)
            raise SetupError("A kernel could not be started: the computer may be out of memory.")
        self.pid = int(told["pid"])

    def fileno(self) -> int:
        """Give the socket that becomes readable when the kernel ends; -1 after that."""
        return self._socket.fileno()

    def poll(self) -> int | None:
        """Give the exit code, negative for the signal that ended it; None while it runs."""
        if self.returncode is None:
            self._hear(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        if self.returncode is None:
            self._hear(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _hear(self, timeout: float | None) -> None:
        told = self._next(timeout)
        if told is not None and "code" in told:
            self._let_go(int(told["code"]))
        elif told is not None:
            self._let_go(-signal.SIGKILL)  # the server is gone, and its kernels with it

    def _let_go(self, code: int) -> None:
        self.returncode = code
        self._socket.close()

    def _next(self, timeout: float | None) -> dict[str, Any] | None:
        """Read one message; None if there is none in time, an empty one if there never will be."""
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            if len(self._said) >= FRAME.size:
                (size,) = FRAME.unpack_from(self._said)
                if len(self._said) >= FRAME.size + size:
                    text = bytes(self._said[FRAME.size : FRAME.size + size])
                    del self._said[: FRAME.size + size]
                    said: dict[str, Any] = json.loads(text)
                    return said
            left = None if until is None else max(0.0, until - time.monotonic())
            self._socket.settimeout(left)
            try:
                part = self._socket.recv(4096)
            except (BlockingIOError, TimeoutError):
                return None
            except OSError:
                part = b""
            if not part:
                return {}
            self._said += part


def python_path() -> str:
    """Let a new Python import the package that we run from, installed or not."""
    home = Path(__file__).resolve().parents[3]
    installed = home.name in {"site-packages", "dist-packages"}
    given = os.environ.get("PYTHONPATH", "")
    return given if installed else os.pathsep.join(filter(None, [str(home), given]))


def _forget() -> None:
    """In a fork of this program: leave its server and kernels to it."""
    for one in list(_INHERITED):
        one.close()
    _INHERITED.clear()
    WarmServer._one, WarmServer._replaced, WarmServer._lock = None, [], threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)

"""How a program asks for kernels: one server for each program, begun when first wanted."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from pcqa_teach.errors import SetupError
from pcqa_teach.run.warm.process import WarmProcess
from pcqa_teach.run.warm.server import FRAME

_LONGEST_WARM_UP = 120.0  # seconds
_FRESH = 1.0  # seconds that a look at what is installed will do
_QUIET = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}  # the debugger's remark on frozen modules


def can_fork() -> bool:
    """Say whether forking a process that has imported the stack is safe on this system."""
    return sys.platform.startswith("linux")


def installed() -> tuple[int, int, int]:
    """Give what changes when a package is installed, or this one is edited: how many, and when."""
    with _installed.lock:
        if time.monotonic() > _installed.until:
            _installed.found = _look()
            _installed.until = time.monotonic() + _FRESH
        return _installed.found


class _Installed:
    """What was last seen of it, and until when that will do."""

    lock = threading.Lock()
    found = (0, 0, 0)
    until = 0.0


_installed = _Installed()


def _look() -> tuple[int, int, int]:
    folders = {Path(folder) for folder in sys.path if folder.endswith("-packages")}
    home = Path(__file__).resolve().parents[2]
    ours = () if home.parent in folders else home.rglob("[!.]*.py")
    times = [_changed(path) for path in ours]
    return (max(map(_changed, folders), default=0), len(times), max(times, default=0))


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # it has just gone
        return 0


# Sockets that a fork of this program must not hold: the server hears of our end by theirs.
_INHERITED: weakref.WeakSet[socket.socket] = weakref.WeakSet()


class WarmServer:
    """The forking process of this program, and the socket to it."""

    _lock = threading.Lock()
    _one: WarmServer | None = None
    _replaced: ClassVar[list[WarmServer]] = []  # each until it is found without a kernel

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
        self.asked = 0  # how many are being forked
        self.kernels: weakref.WeakSet[WarmProcess] = weakref.WeakSet()

    @classmethod
    def fork(
        cls,
        arguments: Sequence[str],
        *,
        folder: str,
        environment: Mapping[str, str],
        outputs: tuple[int, int],
    ) -> WarmProcess:
        """Fork a kernel from this program's server.

        Raises
        ------
        SetupError
            The server cannot begin, or has just ended.
        """
        one = cls.ours(asking=1)
        try:
            made = one._fork(arguments, folder=folder, environment=environment, outputs=outputs)
            one.kernels.add(made)
        finally:
            with cls._lock:
                one.asked -= 1
        return made

    @classmethod
    def ours(cls, *, asking: int = 0) -> WarmServer:
        """Give this program's server; begin it if there is none, or if it has ended."""
        now = installed()
        with cls._lock:
            one = cls._one
            if one is None or one.pid != os.getpid() or one.process.poll() is not None:
                one = cls._begin()
            elif one.installed != now:
                cls._replaced.append(one)  # its kernels go on; no new one is asked of it
                one = cls._begin()
            one.asked += asking
            idle = [old for old in cls._replaced if old.is_idle()]
            cls._replaced = [old for old in cls._replaced if old not in idle]
        for old in idle:  # it may take a moment to go
            threading.Thread(target=old.close, daemon=True).start()
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
            try:
                self.control.settimeout(_LONGEST_WARM_UP)
                self.is_ready = self.control.recv(16) == b"ready"
            except OSError:
                self.is_ready = False
            if not self.is_ready:
                self.close()
                raise SetupError("Kernels could not be made ready beforehand on this computer.")

    def _fork(
        self,
        arguments: Sequence[str],
        *,
        folder: str,
        environment: Mapping[str, str],
        outputs: tuple[int, int],
    ) -> WarmProcess:
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
        return WarmProcess(ours)

    def is_idle(self) -> bool:
        """Say whether all its kernels are known to have ended, and none is being asked for."""
        return not self.asked and all(one.returncode is not None for one in list(self.kernels))

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
        atexit.unregister(self.close)


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

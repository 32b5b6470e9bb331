"""A kernel that the warm server has forked, as its owner sees it."""

from __future__ import annotations

import json
import math
import os
import select
import signal
import socket
import subprocess
import threading
import time
from typing import Any

from pcqa_teach.errors import SetupError
from pcqa_teach.run.warm.server import FRAME

_LONGEST_FORK = 30.0  # seconds
_LOOK = 0.2


class WarmProcess:
    """A kernel forked by the server, with the face of a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._said = bytearray()
        self._hearing = threading.Lock()  # its owner and whoever tidies up may both look
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
        with self._hearing:
            if self.returncode is None:
                self._hear()
            return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        until = math.inf if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            left = until - time.monotonic()
            if left <= 0:
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
            readable(self.fileno(), min(left, _LOOK))
        return code

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

    def _hear(self) -> None:
        told = self._next(0)
        if told is not None and "code" in told:
            self._let_go(int(told["code"]))
        elif told is not None:
            self._let_go(-signal.SIGKILL)  # the server is gone, and its kernels with it

    def _let_go(self, code: int) -> None:
        self.returncode = code
        self._socket.close()

    def _next(self, timeout: float) -> dict[str, Any] | None:
        """Read one message; None if there is none in time, an empty one if there never will be."""
        until = time.monotonic() + timeout
        while True:
            if len(self._said) >= FRAME.size:
                (size,) = FRAME.unpack_from(self._said)
                if len(self._said) >= FRAME.size + size:
                    text = bytes(self._said[FRAME.size : FRAME.size + size])
                    del self._said[: FRAME.size + size]
                    said: dict[str, Any] = json.loads(text)
                    return said
            try:
                self._socket.settimeout(max(0.0, until - time.monotonic()))
                part = self._socket.recv(4096)
            except (BlockingIOError, TimeoutError):
                return None
            except OSError:
                part = b""
            if not part:
                return {}
            self._said += part


def readable(handle: int, seconds: float) -> None:
    """Wait until there is something to read, for so long at most; at once if it is closed."""
    if handle >= 0:
        looking = select.poll()
        looking.register(handle, select.POLLIN)
        looking.poll(seconds * 1000)

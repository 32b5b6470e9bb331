"""The process that kernels are forked from: it imports everything once, then waits to be asked.

It talks over one socket, which it inherits. For each kernel its owner hands over one end of a
socket pair, with the kernel's standard output and standard error. On the pair, the owner writes
what the kernel needs (a folder, an environment, arguments) and the server answers with the kernel's
pid, and at its end with how it ended. Either side letting go of a socket ends what hangs on it: the
kernel with all it started, or all kernels and the server itself.

This module starts no thread, since a fork copies only the one that forks. Libraries may keep idle
ones (BLAS, Arrow); those begin theirs anew after a fork.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import selectors
import signal
import socket
import struct
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from pcqa_teach.run.warm import preload, strays

FRAME = struct.Struct("!I")  # before each message: how long it is
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36


@dataclass
class Kernel:
    """One kernel that was asked for, as its server sees it."""

    socket: socket.socket
    outputs: list[int]
    said: bytearray = field(default_factory=bytearray)
    pid: int = 0
    ended: bool = False

    def tell(self, **words: Any) -> None:
        """Tell the owner, if there still is one."""
        text = json.dumps(words).encode()
        with contextlib.suppress(OSError):
            self.socket.sendall(FRAME.pack(len(text)) + text)

    def close_outputs(self) -> None:
        """Leave the outputs to the kernel."""
        while self.outputs:
            os.close(self.outputs.pop())

    def asked(self) -> dict[str, Any] | None:
        """Read what the owner has written: the whole request, or None while some is missing.

        Raises
        ------
        EOFError
            The owner has let go.
        """
        try:
            part = self.socket.recv(1 << 16)
        except BlockingIOError:
            return None
        except OSError:
            part = b""
        if not part:
            raise EOFError
        self.said += part
        if len(self.said) < FRAME.size:
            return None
        (size,) = FRAME.unpack_from(self.said)
        if len(self.said) < FRAME.size + size:
            return None
        wanted: dict[str, Any] = json.loads(self.said[FRAME.size : FRAME.size + size])
        return wanted


class Server:
    """Forks kernels, and sees them out."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.pid = os.getpid()
        self.kernels: dict[int, Kernel] = {}  # by the number of their socket
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ)
        self.woken, self.waker = socket.socketpair()
        for end in (self.woken, self.waker):
            end.setblocking(False)
        self.selector.register(self.woken, selectors.EVENT_READ)

    def serve(self) -> dict[str, Any]:
        """Wait and fork for ever; return only in a kernel's own process, with what it was asked."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.waker.fileno())
        self.control.sendall(b"ready")
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is self.control:
                    self._take()
                elif key.fileobj is self.woken:
                    self._drain()
                    self._see_out()
                elif key.fd in self.kernels:
                    wanted = self._hear(self.kernels[key.fd])
                    if wanted is not None:
                        return wanted

    def _take(self) -> None:
        """Take a kernel's socket and outputs; without an owner, end everything."""
        data, handles, *_ = socket.recv_fds(self.control, 16, 3)
        if not data:
            self._end()
        taken = Kernel(socket.socket(fileno=handles[0]), handles[1:])
        taken.socket.setblocking(False)
        self.kernels[taken.socket.fileno()] = taken
        self.selector.register(taken.socket, selectors.EVENT_READ)

    def _hear(self, kernel: Kernel) -> dict[str, Any] | None:
        try:
            wanted = kernel.asked()
        except EOFError:
            self._let_go(kernel)
            return None
        if wanted is None or kernel.pid:
            return None
        return self._fork(kernel, wanted)

    def _fork(self, kernel: Kernel, wanted: dict[str, Any]) -> dict[str, Any] | None:
        """Fork; return the request in the child, None here."""
        here, there = os.pipe()
        try:
            pid = os.fork()
        except OSError as error:  # no room for one more
            os.close(here)
            os.close(there)
            kernel.tell(error=error.errno)
            self._let_go(kernel)
            return None
        if pid == 0:
            os.close(here)
            self._become_child(kernel)
            os.write(there, b".")  # its session and its signals are its own from here on
            os.close(there)
            return wanted
        os.close(there)
        os.read(here, 1)
        os.close(here)
        kernel.pid = pid
        kernel.close_outputs()
        kernel.tell(pid=pid)
        return None

    def _become_child(self, kernel: Kernel) -> None:
        """Leave the server behind: its sockets, its signals, its session."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.setsid()
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != self.pid:  # it ended before the line above took hold
            os._exit(1)
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)
        for target, source in zip((1, 2), kernel.outputs, strict=True):
            os.dup2(source, target)
        self.selector.close()
        for end in (self.control, self.woken, self.waker):
            end.close()
        for other in self.kernels.values():
            other.socket.close()
            other.close_outputs()

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self.woken.recv(4096):
                pass

    def _see_out(self) -> None:
        """Tell the owners of kernels that have ended, and end what those have left running.

        A kernel's pid stays taken until its owner lets go, so that a signal meant for it can
        never reach another process.
        """
        for kernel in self.kernels.values():
            if kernel.pid and not kernel.ended:
                status = os.waitid(os.P_PID, kernel.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
                if status is not None:
                    kernel.ended = True
                    killed = status.si_code in (os.CLD_KILLED, os.CLD_DUMPED)
                    kernel.tell(code=-status.si_status if killed else status.si_status)
        self._end_strays()

    def _let_go(self, kernel: Kernel) -> None:
        """End a kernel whose owner has let go, and free its pid."""
        self.selector.unregister(kernel.socket)
        del self.kernels[kernel.socket.fileno()]
        kernel.socket.close()
        kernel.close_outputs()
        if kernel.pid:
            os.kill(kernel.pid, signal.SIGKILL)  # it is ours until it is reaped
            os.waitpid(kernel.pid, 0)
            self._end_strays()

    def _end_strays(self) -> None:
        strays.end({kernel.pid for kernel in self.kernels.values()})

    def _end(self) -> NoReturn:
        for kernel in list(self.kernels.values()):
            self._let_go(kernel)
        os._exit(0)


def _prctl(option: int, value: int) -> None:
    with contextlib.suppress(OSError, AttributeError):  # Linux alone has it
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def become_kernel(wanted: dict[str, Any]) -> None:
    """Be the kernel that was asked for, as `python -m ipykernel_launcher` would be."""
    import random
    import tempfile
    import time

    from ipykernel.kernelapp import IPKernelApp

    os.environ.clear()
    os.environ.update(wanted["environment"])
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.chdir(wanted["folder"])
    time.tzset()
    tempfile.tempdir = None
    random.seed()
    _python_path()
    _numpy()
    _matplotlib()
    sys.argv = ["ipykernel_launcher", *wanted["arguments"]]
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(wanted["arguments"])
    _widgets(app.shell)
    app.start()


def _python_path() -> None:
    given = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    sys.path[:0] = [folder for folder in given if folder not in sys.path]


def _numpy() -> None:
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


def _matplotlib() -> None:
    """Choose the backend as an import would now."""
    inline = "module://matplotlib_inline.backend_inline"
    os.environ.setdefault("MPLBACKEND", inline)
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = os.environ["MPLBACKEND"]


def _widgets(shell: Any) -> None:
    """Listen for widgets, as importing ipywidgets in a kernel would."""
    if "ipywidgets" in sys.modules:
        sys.modules["ipywidgets"].load_ipython_extension(shell)


def main() -> None:
    """Import everything, serve, and in each fork become its kernel."""
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner
    with Path(os.devnull).open("w") as quiet, contextlib.redirect_stdout(quiet):
        preload.load()
        preload.rehearse()
    gc.collect()
    gc.freeze()  # shared pages stay shared
    become_kernel(Server(control).serve())


if __name__ == "__main__":
    main()

"""The provisioner that Jupyter's programs load by name: kernels from this program's warm server."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

from pcqa_teach.errors import SetupError
from pcqa_teach.run.private import private_folder
from pcqa_teach.run.warm.client import WarmServer, can_fork
from pcqa_teach.run.warm.process import WarmProcess

_SOCKET_ROOM = 90  # a Unix socket's path may hold about 104 characters, its "k-1" to "k-5" included
_LOOK = 0.2  # seconds
_PORTS = ("shell_port", "iopub_port", "stdin_port", "hb_port", "control_port")


class WarmProvisioner(LocalProvisioner):  # type: ignore[misc]
    """Forks kernels from a server that has imported everything; elsewhere, starts them as usual.

    It steps back to the usual way where forking is not safe (Windows, macOS), for a kernel that is
    to outlive its program, and for a command other than this Python's own kernel.
    """

    process: Any = None
    sockets: contextlib.ExitStack | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose Unix sockets in a private folder, before the connection file is written."""
        if can_fork() and self.parent is not None and not _addressed(self.parent):
            self._choose_sockets()
        ready: dict[str, Any] = await super().pre_launch(**kwargs)
        return ready

    def _choose_sockets(self) -> None:
        with contextlib.ExitStack() as held:
            folder = held.enter_context(private_folder("pcqa-"))
            if len(str(folder)) > _SOCKET_ROOM:
                return
            self.sockets = held.pop_all()
        self.parent.transport, self.parent.ip = "ipc", str(folder / "k")
        self.parent.cache_ports = False

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Fork a kernel, or start it as usual."""
        arguments = _arguments(cmd)
        piped = {kwargs.get("stdout"), kwargs.get("stderr")} & {subprocess.PIPE, subprocess.STDOUT}
        usual = kwargs.get("independent") or piped
        forked = arguments is not None and can_fork() and not usual
        try:
            if not forked or not await self._fork(arguments or [], kwargs):
                await super().launch_kernel(cmd, **kwargs)
        except BaseException:
            self._drop_sockets()
            raise
        about: dict[str, Any] = self.connection_info
        return about

    async def _fork(self, arguments: list[str], kwargs: dict[str, Any]) -> bool:
        """Fork a kernel, off this thread, since a server that is just begun takes seconds."""
        try:
            self.process = await asyncio.to_thread(_forked, arguments, kwargs)
        except SetupError as error:
            self.log.warning("%s It is started as usual.", error)
            return False
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return True

    async def wait(self) -> int | None:
        """Wait for the kernel's end, and hear of it at once."""
        if not isinstance(self.process, WarmProcess):
            code: int | None = await super().wait()
            return code
        process = self.process
        while process.poll() is None:
            await _readable(process.fileno())
        self.process = None
        return process.returncode

    async def cleanup(self, restart: bool = False) -> None:
        """Take the sockets' folder away, unless the kernel is to start again."""
        await super().cleanup(restart=restart)
        if not restart:
            self._drop_sockets()

    def _drop_sockets(self) -> None:
        if self.sockets is None:
            return
        self.sockets.close()
        self.sockets = None
        self.parent.transport, self.parent.ip = "tcp", "127.0.0.1"
        self.parent.cache_ports = True
        for name in _PORTS:
            setattr(self.parent, name, 0)


def _addressed(manager: Any) -> bool:
    """Say whether an address or a port is chosen already, by somebody or at a former start."""
    chosen = any(getattr(manager, name) for name in _PORTS)
    return chosen or manager.transport != "tcp" or manager.ip != "127.0.0.1"


def _arguments(command: list[str]) -> list[str] | None:
    """Give the kernel's own arguments; None where the command is not this Python's own kernel."""
    python, *rest = command
    known = rest[:2] == ["-m", "ipykernel_launcher"]
    return rest[2:] if known and _same(python) else None


def _same(python: str) -> bool:
    """Say whether it is this very Python: links are not followed, or two environments are one."""
    return Path(shutil.which(python) or python).absolute() == Path(sys.executable).absolute()


def _forked(arguments: list[str], kwargs: dict[str, Any]) -> WarmProcess:
    environment = kwargs.get("env")
    with contextlib.ExitStack() as opened:
        return WarmServer.fork(
            arguments,
            folder=str(kwargs.get("cwd") or Path.cwd()),
            environment=os.environ if environment is None else environment,
            outputs=(
                _handle(kwargs.get("stdout"), 1, opened),
                _handle(kwargs.get("stderr"), 2, opened),
            ),
        )


def _handle(given: Any, usual: int, opened: contextlib.ExitStack) -> int:
    """Give the file that an output goes to, as `subprocess.Popen` would read what was given."""
    if given is None:
        return usual
    if given == subprocess.DEVNULL:
        return opened.enter_context(Path(os.devnull).open("wb")).fileno()
    return given if isinstance(given, int) else int(given.fileno())


async def _readable(handle: int) -> None:
    """Wait until there is something to read, or for a moment: somebody else may have read it."""
    if handle < 0:  # it has just ended
        return
    loop = asyncio.get_running_loop()
    told, own = asyncio.Event(), os.dup(handle)  # one for each who waits
    loop.add_reader(own, told.set)
    try:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), _LOOK)
    finally:
        loop.remove_reader(own)
        os.close(own)

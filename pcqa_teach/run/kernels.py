"""A kernel of its own for one notebook: this very Python, nothing shared, nothing left behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach.errors import RunError, SetupError
from pcqa_teach.extras import lacking
from pcqa_teach.run.private import private_folder
from pcqa_teach.run.warm.client import WarmServer, can_fork, python_path

if TYPE_CHECKING:
    from jupyter_client import AsyncKernelManager

OURS = "python3"
_SOCKET_ROOM = 80  # a Unix socket's path may hold about 104 characters, its name included
_PATIENCE = 5.0  # seconds for what is dropped to let go
_NO_HISTORY = ["--HistoryManager.enabled=False", "--HistoryManager.hist_file=:memory:"]
NEEDS_LAB = lacking("Running a lesson needs Jupyter", "lab")
NO_KERNEL = (
    "No kernel could be started on this computer: run `pcqa doctor`, which says what is missing."
)


def begin() -> None:
    """Begin to make kernels ready in the background, where that is how they are started."""
    if can_fork():
        WarmServer.ours()


@contextlib.contextmanager
def kernel(
    name: str, *, cwd: Path, environment: Mapping[str, str] | None = None, warm: bool = True
) -> Iterator[AsyncKernelManager]:
    """Start a kernel in the folder `cwd`; end it, whatever happens, with all it started.

    Its connection file, IPython folder and temporary files lie in a private folder that goes with
    it. Where the system has Unix sockets it listens on those alone, so that no other user of the
    computer can listen in. `python3` is the Python that we run in: a fork of one that has imported
    the stack already, unless `warm` is False.
    """
    try:
        from jupyter_core.utils import run_sync
    except ImportError:
        raise SetupError(NEEDS_LAB) from None
    with private_folder("pcqa-") as private:
        manager = _manager(name, private, warm=warm)
        _GOING.refuse_when_stopped()
        try:
            run_sync(manager.start_kernel)(
                cwd=str(cwd),
                extra_arguments=_NO_HISTORY,
                env=_environment(private, environment or {}),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            with _GOING.one(manager):
                yield manager
        finally:
            _end(manager)


class _Going:
    """The kernels that this program has going, so that a stop can end them all."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.managers: list[Any] = []
        self.works = 0  # how many pieces of work may be stopped
        self.stopped = False

    @contextlib.contextmanager
    def one(self, manager: Any) -> Iterator[None]:
        """Hold a kernel among them for as long as it is used."""
        self.refuse_when_stopped(manager)
        try:
            yield
        finally:
            with self.lock:
                self.managers.remove(manager)

    def refuse_when_stopped(self, manager: Any | None = None) -> None:
        """Raise a RunError if all are told to stop; else take this one in."""
        with self.lock:
            if self.stopped:
                raise RunError("Stopped.")
            if manager is not None:
                self.managers.append(manager)


_GOING = _Going()


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Let kernels be started again, after a stop, once all that was stopped has ended."""
    with _GOING.lock:
        _GOING.works += 1
    try:
        yield
    finally:
        with _GOING.lock:
            _GOING.works -= 1
            if not _GOING.works:
                _GOING.stopped = False


def end_all() -> None:
    """End every kernel that this program has going, with all it started, and start no more."""
    with _GOING.lock:
        _GOING.stopped = True
        managers = list(_GOING.managers)
    for manager in managers:
        _kill(manager.provisioner)
    WarmServer.end()


def _kill(provisioner: Any) -> bool:
    """Kill a kernel with all it started; say whether there was one."""
    process = getattr(provisioner, "process", None)
    group = getattr(provisioner, "pgid", None)
    if process is None or process.poll() is not None:
        return False
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if group and hasattr(os, "killpg"):
            os.killpg(group, signal.SIGKILL)
        else:
            process.kill()
    return True


def _forget() -> None:
    """In a fork of this program: its kernels are not ours."""
    global _GOING
    _GOING = _Going()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def _manager(name: str, private: Path, *, warm: bool) -> AsyncKernelManager:
    try:
        import ipykernel  # noqa: F401  (the kernel process imports it)
        from jupyter_client import AsyncKernelManager
        from jupyter_client.kernelspec import NoSuchKernel

        from pcqa_teach.run.warm.ready import ReadyClient
        from pcqa_teach.run.warm.specs import ThisPython
    except ImportError:
        raise SetupError(NEEDS_LAB) from None

    class Manager(AsyncKernelManager):  # type: ignore[misc]
        """Remembers its client, so that its channels can be closed."""

        clients: tuple[Any, ...] = ()

        def client(self, **options: Any) -> Any:
            made = super().client(**options)
            self.clients = (*self.clients, made)
            return made

    sockets = hasattr(os, "killpg") and len(str(private)) < _SOCKET_ROOM
    manager = Manager(
        kernel_name=name,
        kernel_spec_manager=ThisPython(warm=warm),
        connection_file=str(private / "k.json"),
        transport="ipc" if sockets else "tcp",
        client_factory=ReadyClient,
    )
    with contextlib.suppress(NoSuchKernel):
        if manager.kernel_spec is not None:
            return manager
    raise RunError(f"There is no kernel called '{name}' here: `jupyter kernelspec list` shows all.")


def _environment(private: Path, wanted: Mapping[str, str]) -> dict[str, str]:
    """Return the kernel's environment: the user's own start-up files and settings stay out."""
    for name in ("ipython", "tmp"):
        (private / name).mkdir(mode=0o700)
    ours = {
        "IPYTHONDIR": str(private / "ipython"),
        "TMPDIR": str(private / "tmp"),
        "TEMP": str(private / "tmp"),
        "TMP": str(private / "tmp"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONPATH": python_path(),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONSTARTUP"}
    return {**kept, **ours, **wanted}


def _end(manager: Any) -> None:
    """Kill the kernel and its children, close the channels, free the sockets."""
    from jupyter_core.utils import run_sync

    _drop_tasks()
    with contextlib.suppress(TimeoutError):
        if _kill(manager.provisioner):
            run_sync(_gone)(manager.provisioner)
    for client in manager.clients:
        with contextlib.suppress(RuntimeError, OSError):
            client.stop_channels()
    if manager.has_kernel:
        with contextlib.suppress(RuntimeError, OSError):
            run_sync(manager.shutdown_kernel)(now=True)
    with contextlib.suppress(RuntimeError, OSError):
        run_sync(manager.cleanup_resources)()


async def _gone(provisioner: Any) -> None:
    """Wait until the kernel's process is gone: sooner than Jupyter, which looks now and then."""
    await asyncio.wait_for(provisioner.wait(), _PATIENCE)


def _of_interruptions_nothing(loop: asyncio.AbstractEventLoop, about: dict[str, Any]) -> None:
    """Say nothing of a task that Ctrl-C has hit: whoever runs the loop was told."""
    if not isinstance(about.get("exception"), KeyboardInterrupt):
        loop.default_exception_handler(about)


def _drop_tasks() -> None:
    """End what an interruption left waiting for the kernel, which would complain once it is gone.

    In a notebook Jupyter's parts run on a loop of their own, which goes on: that one is let be.
    """
    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    if loop.is_running() or loop.is_closed():
        return
    loop.set_exception_handler(_of_interruptions_nothing)
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.wait(left, timeout=_PATIENCE))
    for task in left:
        if task.done() and not task.cancelled():
            task.exception()  # looked at, so that it is not told when it is thrown away

"""What a dead kernel has left running.

Every kernel takes in what loses its parent below it, and the server takes in what a kernel leaves
when it dies. So whatever is a child of the server, and no kernel, is left from one that is dead.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Set
from pathlib import Path

_PATIENCE = 1.0  # seconds


def end(kernels: Set[int]) -> None:
    """Kill and reap every child of this process that is no kernel, and then their children.

    One that will not die (it is another user's, or waits for a disk) is left to the next time, so
    that it holds nobody up.
    """
    until = time.monotonic() + _PATIENCE
    while (strays := children(os.getpid()) - kernels) and time.monotonic() < until:
        for pid in strays:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        time.sleep(0.001)


def children(parent: int) -> set[int]:
    """Give the processes that a process has started or taken in; none where /proc is missing.

    >>> import subprocess
    >>> with subprocess.Popen(["sleep", "9"]) as one:
    ...     one.pid in children(os.getpid())
    ...     one.kill()
    True
    """
    found = set()
    with contextlib.suppress(OSError):
        for entry in os.scandir("/proc"):
            if entry.name.isdigit() and _parent(entry.path) == parent:
                found.add(int(entry.name))
    return found


def _parent(folder: str) -> int:
    """Read a process's parent: the second field after its name, which ends in the last bracket."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        text = Path(folder, "stat").read_bytes()
        return int(text[text.rindex(b")") + 2 :].split()[1])
    return 0

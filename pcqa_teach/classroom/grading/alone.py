"""Run a submission in a Python of its own: for --trust on Windows and macOS, which cannot fork.

Slower than a fork of a warm server, by all that is imported each time. There is no wall around it,
and no limit but on its time.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from typing import Any

from pcqa_teach.classroom.grading import left


def run(
    steps: Sequence[Mapping[str, Any]], environment: Mapping[str, str], seconds: float
) -> tuple[bytes, dict[str, Any]]:
    """Return what a submission's steps gave, and how the process ended, as a server says it."""
    with tempfile.TemporaryDirectory(prefix="pcqa-grade-", ignore_cleanup_errors=True) as scratch:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", __name__], env=dict(environment), cwd=scratch,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            said, _ = process.communicate(json.dumps(list(steps)).encode(), timeout=seconds)
        except subprocess.TimeoutExpired:
            return b"", {"time": seconds}
        finally:
            _end(process)
    code = process.returncode
    return said, {"signal": -code} if code < 0 else {"exit": code}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process, and what it has begun."""
    left.end_below(process.pid)
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    process.wait()


def main() -> None:
    """Read steps, run them, write their answers, and end before anything else can be said."""
    from pcqa_teach.classroom.grading import cells

    steps = json.loads(sys.stdin.buffer.read())
    result = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for end in (0, 1, 2):
        os.dup2(nothing, end)
    told = json.dumps(cells.answers(cells.shell(), steps)).encode()
    with os.fdopen(result, "wb") as file:
        file.write(told)
    os._exit(0)


if __name__ == "__main__":
    main()

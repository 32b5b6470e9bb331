"""What a person at a terminal is told: progress, and what went wrong, in one sentence each."""

from __future__ import annotations

import contextlib
import math
import os
import re
import shlex
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from pcqa_teach.errors import PcqaError
from pcqa_teach.extras import extra_of, lacking
from pcqa_teach.run import output
from pcqa_teach.sayings import counted

if TYPE_CHECKING:
    from pcqa_teach.run.scrub import Scrubber

_NOW_AND_THEN, _A_MINUTE = 10.0, 60.0  # seconds
_PACKAGE = Path(__file__).resolve().parents[1]


class Status:
    """Progress on standard error: one line that changes on a screen, a line a step elsewhere.

    It is called with a sentence, or with a cell's number, how many cells there are, and the
    heading of its section.
    """

    def __init__(self) -> None:
        self._changing = sys.stderr.isatty()
        self._last = ""
        self._first: tuple[int, float] | None = None
        self._shown = -math.inf

    def say(self, sentence: str) -> None:
        """Show what is being done now."""
        if self._changing:
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"\r\033[K{sentence[:width]}")
        elif sentence != self._last:
            sys.stderr.write(f"{sentence}\n")
        self._last = sentence
        sys.stderr.flush()

    def cell(self, number: int, total: int, heading: str) -> None:
        """Show which section of a lesson runs; off a screen, only the first and the last."""
        if self._changing or number in (1, total):
            self.say(f"Running the lesson: {heading}" if heading else "Running the lesson")

    def count(self, done: int, of: int, what: str = "") -> None:
        """Show how much is done and how long the rest may take; off a screen, now and then."""
        now = time.monotonic()
        first, since = self._first = self._first or (done, now)
        if not (self._changing or done == of or now - self._shown >= _NOW_AND_THEN):
            return
        self._shown = now
        said = f"{done} of {of}"
        if first < done < of:
            said += f", {_about((now - since) / (done - first) * (of - done))} left"
        self.say(f"{said}: {what}" if what else said)

    def clear(self) -> None:
        """Take the changing line away."""
        if self._changing and self._last:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def _about(seconds: float) -> str:
    if seconds < _A_MINUTE:
        return "less than a minute"
    return f"about {counted(math.ceil(seconds / _A_MINUTE), 'minute')}"


@contextlib.contextmanager
def status() -> Iterator[Status]:
    """Give a status line that is gone when the work is done or has failed."""
    line = Status()
    try:
        yield line
    finally:
        line.clear()


@contextlib.contextmanager
def unnamed(exports: Iterable[Path | str]) -> Iterator[Scrubber]:
    """Keep the exports' own names out of what goes wrong: a file's name may hold a person's.

    Gives what takes them out of anything else that is to be printed.
    """
    from pcqa_teach.run.scrub import Scrubber

    scrubber = Scrubber(exports)
    failed: PcqaError
    try:
        yield scrubber
        return
    except PcqaError as error:
        failed = PcqaError(scrubber.text(str(error)))
    raise failed


def sentence(error: BaseException, left: str = "") -> str:
    """Return what a user is told about what stopped the work, on one line.

    Parameters
    ----------
    error : BaseException
        What stopped it.
    left : str
        What is left of the work where it stops half-way, in a sentence; "" where that is not known.

    Examples
    --------
    >>> sentence(KeyboardInterrupt()), sentence(KeyboardInterrupt(), "Nothing was written.")
    ('Stopped.', 'Stopped. Nothing was written.')
    >>> sentence(PcqaError("Chromium is missing: install it."))
    'Chromium is missing: install it.'
    >>> sentence(KeyError("Jane Okonkwo")).startswith("Something in pcqa failed that should not")
    True
    """
    if isinstance(error, PcqaError):
        return " ".join(str(error).split())
    if isinstance(error, KeyboardInterrupt):
        return f"Stopped. {left}".strip()
    if isinstance(error, MemoryError):
        return "The computer's memory is full: close other programs, or read fewer files at once."
    if isinstance(error, OSError) and error.errno in output.DISK_FULL:
        return f"There is no room left on the disk: free some, and try again. {left}".strip()
    if isinstance(error, ModuleNotFoundError) and (extra := extra_of(error.name or "")):
        return lacking(f"This needs {(error.name or '').split('.')[0]}", extra)
    return (
        f"Something in pcqa failed that should not have ({type(error).__name__}{_where(error)}): "
        f"please report this line. {left}"
    ).rstrip()


def _where(error: BaseException) -> str:
    """Return the last line of ours that the error went through, never what the error says."""
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(_PACKAGE)
    ]
    if not ours:
        return ""
    place = Path(ours[-1].filename).relative_to(_PACKAGE).as_posix()
    return f" in {place} line {ours[-1].lineno}"


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Let any request to stop end the work as Ctrl-C does; a second one waits for the tidying."""
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        names = []
    numbers = [signal.Signals[name] for name in names]

    def interrupt(number: int, frame: FrameType | None) -> None:
        del number, frame
        for other in numbers:
            signal.signal(other, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = [signal.signal(number, interrupt) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def program() -> str:
    """Return what was typed to run us, so that a line that we print can be typed as it stands."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py" and called.parent.name == "pcqa_teach":
        return f"{typed(sys.orig_argv[0])} -m pcqa_teach"
    if called.stem != "pcqa":
        return "pcqa"
    found = shutil.which("pcqa")
    if found and _whole(Path(found)) == _whole(called):
        return "pcqa"
    return typed(sys.argv[0])


def _whole(program_file: Path) -> str:
    return os.path.normcase(program_file.absolute().with_suffix(""))


def typed(argument: Path | str) -> str:
    """Return a part of a command line as it must be typed: in quotation marks where it has spaces.

    >>> typed("tidy.csv"), "'" in typed("my export.csv") or '"' in typed("my export.csv")
    ('tidy.csv', True)
    """
    text = str(argument)
    if os.name == "nt":
        return f'"{text}"' if re.search(r"[\s&()^;,=]", text) else text
    return shlex.quote(text)


def debugging() -> bool:
    """Say whether whole tracebacks are wanted; they may show contents of the data."""
    return os.environ.get("PCQA_DEBUG") == "1"

"""Run a submission's cells in this process, and take its named answers as plain data.

This is the one module that runs what somebody else wrote. Whatever process calls `answers` is from
then on not to be trusted, and must end.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from pcqa_teach.lessons.answers import NotPlain, plain

_LONGEST_NAME = 80


class Quiet(io.TextIOBase):
    """A stream that keeps nothing."""

    def write(self, text: str) -> int:
        """Take a text; keep none of it."""
        return len(text)

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True


def shell() -> Any:
    """Return an IPython that shows, draws and remembers nothing; made before any fork."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    settings = Config()
    settings.HistoryManager.enabled = False
    settings.InteractiveShell.colors = "NoColor"
    made = InteractiveShell.instance(config=settings)
    for name in ("showtraceback", "showsyntaxerror", "showindentationerror"):
        setattr(made, name, lambda *_, **__: None)
    made.display_trap.hook = lambda _: None
    made._tee = lambda *_, **__: contextlib.nullcontext()  # it keeps all that is ever printed
    made.display_formatter.format = lambda *_, **__: ({}, {})
    return made


def answers(made: Any, steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Run the steps in order; return the answers, and the errors of cells.

    Parameters
    ----------
    made
        What `shell` returned.
    steps
        Each `{"cell": id, "run": source}`, or `{"item": grade id, "take": name}`: there the named
        answer is taken as it stands at that moment.

    Returns
    -------
    dict
        `answers`: by item, `{"value": ...}`, `{"unreadable": true}` or `{"missing": true}`;
        `errors`: by cell, the error's kind.
    """
    sys.stdout = sys.stderr = Quiet()
    found: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for step in steps:
        if "run" in step:
            error = _ran(made, step["run"])
            if error is not None:
                errors[str(step["cell"])] = type(error).__name__[:_LONGEST_NAME]
        else:
            found[str(step["item"])] = _taken(made.user_ns, step["take"])
    return {"answers": found, "errors": errors}


def _ran(made: Any, cell: str) -> BaseException | None:
    """Run a cell; return the error that stopped it."""
    try:
        done = made.run_cell(cell, store_history=False, silent=True)
    except Exception as error:  # noqa: BLE001  (not even the shell is there to be relied on)
        return error
    stopped: BaseException | None = done.error_before_exec or done.error_in_exec
    return stopped


def _taken(names: Mapping[str, Any], name: str) -> dict[str, Any]:
    if name not in names:
        return {"missing": True}
    try:
        return {"value": plain(names[name])}
    except (NotPlain, RecursionError, MemoryError):
        return {"unreadable": True}

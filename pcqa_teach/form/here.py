"""Runs a lesson's cells in this very Python: inside a web page there is no other.

The lesson gets names of its own, so nothing of it is left among those of the notebook that shows
the form, and what it displays is kept instead of shown.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from pcqa_teach.errors import PcqaError, RunError
from pcqa_teach.form.desk import Progress
from pcqa_teach.run import notebook as notebooks


class Node(dict[str, Any]):
    """A part of a notebook whose fields are its attributes too, as `nbformat` has them."""

    def __getattr__(self, name: str) -> Any:
        if name in self:
            return self[name]
        raise AttributeError(name)

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value


def node(value: Any) -> Any:
    """Return JSON-able content as nodes, lines of text put together."""
    if isinstance(value, Mapping):
        return Node({name: _text(name, part) for name, part in value.items()})
    return [node(part) for part in value] if isinstance(value, list) else value


def read(path: Path) -> Any:
    """Return the notebook in a file."""
    return node(json.loads(path.read_text(encoding="utf-8")))


def execute(lesson: Any, parameters: Mapping[str, Any], progress: Progress | None = None) -> Any:
    """Run every cell of a notebook and put in its outputs; the notebook given is changed.

    Parameters
    ----------
    lesson : Node
        A notebook, as `read` gives it.
    parameters : dict
        Values for names that the cell tagged `parameters` sets.
    progress : callable, optional
        Told of each code cell before it runs: its number, how many there are, its section.

    Raises
    ------
    RunError
        A cell stopped; one sentence that quotes no data.
    """
    codes = [place for place, cell in enumerate(lesson.cells) if notebooks.is_code(cell)]
    headings, after = notebooks.headings(lesson), notebooks.parameters_cell(lesson)
    names: dict[str, Any] = {"__name__": "__lesson__"}
    with _for_a_page():
        for number, place in enumerate(codes, start=1):
            if progress:
                progress(number, len(codes), headings[place])
            cell = lesson.cells[place]
            where = f"'{notebooks.title(lesson)}', under '{headings[place]}'"
            cell["outputs"], cell["execution_count"] = _run(cell.source, names, where), number
            if place == after:
                names.update(parameters)
    return lesson


def _run(source: str, names: dict[str, Any], where: str) -> list[Any]:
    """Run a cell; return what it printed and displayed, in that order."""
    failed: RunError
    with _kept() as outputs:
        try:
            _cell(source, names)
            return outputs
        except PcqaError as error:
            failed = RunError(f"{error} (in {where})")
        except MemoryError:
            failed = RunError("The page's memory is full: close other tabs, and try once more.")
        except Exception as error:  # noqa: BLE001 - its words may hold a cell
            failed = RunError(
                f"{where} stopped with a {type(error).__name__} (its message is not repeated, "
                "since it may quote the data): look at the file once more, and if that finds "
                "nothing wrong, tell your coach this line."
            )
    raise failed


def _cell(source: str, names: dict[str, Any]) -> None:
    from IPython.display import display

    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "<lesson>", "exec"), names)  # noqa: S102 - the kit's own
    if isinstance(last, ast.Expr):
        value = eval(compile(ast.Expression(last.value), "<lesson>", "eval"), names)  # noqa: S307
        if value is not None:
            display(value)


class _Printed:
    """A stream that puts what is printed among the outputs."""

    def __init__(self, outputs: list[Any]) -> None:
        self.outputs = outputs

    def write(self, text: str) -> int:
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream":
            last["text"] += text
        else:
            self.outputs.append(Node(output_type="stream", name="stdout", text=text))
        return len(text)

    def flush(self) -> None:
        """Do nothing: all is there already."""


@contextlib.contextmanager
def _kept() -> Iterator[list[Any]]:
    """Keep what is printed or displayed as a notebook's outputs."""
    from IPython.core.displaypub import CapturingDisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    outputs: list[Any] = []

    class Publisher(CapturingDisplayPublisher):  # type: ignore[misc]
        def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
            shown = {"data": data, "metadata": metadata or {}}
            outputs.append(node({"output_type": "display_data", **shown}))

    shell = InteractiveShell.instance()
    before = shell.display_pub
    shell.display_pub = Publisher()
    printed: TextIO = _Printed(outputs)  # type: ignore[assignment]
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(_nowhere()):
            yield outputs
    finally:
        shell.display_pub = before


def _nowhere() -> TextIO:
    return _Printed([])  # type: ignore[return-value]


@contextlib.contextmanager
def _for_a_page() -> Iterator[None]:
    """Let activities show their static states, as on any page without Python behind it."""
    before = os.environ.get("PCQA_STATIC")
    os.environ["PCQA_STATIC"] = "1"
    hook = sys.displayhook
    try:
        yield
    finally:
        sys.displayhook = hook
        if before is None:
            del os.environ["PCQA_STATIC"]
        else:
            os.environ["PCQA_STATIC"] = before


def _text(name: str, value: Any) -> Any:
    lines = isinstance(value, list) and value and all(isinstance(line, str) for line in value)
    return "".join(value) if lines and name in ("source", "text") else node(value)

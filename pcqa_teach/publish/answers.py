"""The answers to a lesson's *Check yourself*, for the facilitator, who may have paper alone.

They are read from the checks themselves, so that there is nothing to keep in step.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode


def answers(notebook: NotebookNode) -> tuple[int, str]:
    """Return after which cell the answers stand (0: there are none), and a numbered list of them.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> check = "def check_1(answer): pcqa.check(answer, expect={'calls': 5, 'people': 2})"
    >>> answers(new_notebook(cells=[new_code_cell(check), new_code_cell("check_1(None)")]))
    (2, '1. calls: 5, people: 2')
    """
    told: list[str] = []
    after = 0
    for place, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code" and "check" in cell.source:
            here = [*_expected(cell.source)]
            told += here
            after = place if here or cell.source.startswith("check_") else after
    return after, "\n".join(f"{number}. {one}" for number, one in enumerate(told, start=1))


def _expected(source: str) -> Iterator[str]:
    """Give what each call of `pcqa.check` in a cell expects."""
    with suppress(SyntaxError):  # a cell of a magic command is no Python
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pcqa.check":
                yield from (_said(one.value) for one in node.keywords if one.arg == "expect")


def _said(written: ast.expr) -> str:
    try:
        return _in_words(ast.literal_eval(written))
    except ValueError:
        return f"`{ast.unparse(written)}`"


def _in_words(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_in_words(one)}" for name, one in value.items())
    if isinstance(value, Set):
        return " and ".join(sorted(map(str, value)))
    return str(value)

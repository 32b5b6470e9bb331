"""The answers to a lesson's *Check yourself*, for the facilitator, who may have paper alone.

They are read from the checks themselves, so that there is nothing to keep in step.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Set
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

_CHECK = re.compile(r"check_(\d+)")
_ASKED = re.compile(r"\bcheck_\d+\(")
_KEY = ("expect", "within", "well_done")
_PRAISE = re.compile(r"^(Yes|Right)[:,.] ?")


def check_answers(notebook: NotebookNode) -> tuple[int, str]:
    """Return after which cell the answers belong, from 1, and a list of them; (0, "") for none.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> check = "def check_1(answer): pcqa.check(answer, expect=19, within=0.5)"
    >>> check_answers(new_notebook(cells=[new_code_cell(check), new_code_cell("check_1(None)")]))
    (2, '- **1**: 19, give or take 0.5')
    """
    keys: dict[int, dict[str, Any]] = {}
    after = 0
    for place, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code" and _ASKED.search(cell.source):
            keys |= check_keys(cell.source)
            after = place
    told = [f"- **{number}**: {_said(**key)}" for number, key in sorted(keys.items())]
    return (after, "\n".join(told)) if told else (0, "")


def check_keys(source: str) -> dict[int, dict[str, Any]]:
    """Return what each function `check_N` expects, within what, and says of it, by its number.

    Examples
    --------
    >>> check_keys("def check_2(answer): pcqa.check(answer, expect={'calls': 5, 'people': 2})")
    {2: {'expect': {'calls': 5, 'people': 2}}}
    """
    with suppress(SyntaxError):  # a cell of a magic command is no Python
        return {
            int(number[1]): {one.arg: _value(one.value) for one in call.keywords if one.arg in _KEY}
            for function in ast.parse(source).body
            if isinstance(function, ast.FunctionDef) and (number := _CHECK.fullmatch(function.name))
            for call in ast.walk(function)
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "pcqa.check"
        }
    return {}


def _value(written: ast.expr) -> Any:
    try:
        return ast.literal_eval(written)
    except (ValueError, TypeError):
        return ast.unparse(written)


def _said(expect: Any, within: Any = 0, well_done: str = "") -> str:
    """Say what is right and near enough, and the why that the check gives."""
    right, why = _in_words(expect, within), _PRAISE.sub("", well_done)
    return f"{right}. {why[0].upper()}{why[1:]}" if why else right


def _in_words(expect: Any, within: Any = 0) -> str:
    if isinstance(expect, Mapping):
        each = within if isinstance(within, Mapping) else dict.fromkeys(expect, within)
        parts = (f"{name}: {_in_words(one, each.get(name, 0))}" for name, one in expect.items())
        return "; ".join(parts)
    if isinstance(expect, Set):
        return " and ".join(map(str, sorted(expect, key=lambda one: (isinstance(one, str), one))))
    if isinstance(expect, list | tuple):
        return ", ".join(map(str, expect))
    number = isinstance(expect, int | float)
    return f"{expect}, give or take {within}" if number and within else str(expect)

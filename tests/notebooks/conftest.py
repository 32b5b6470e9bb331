"""What the tests of a lesson's figures share."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(scope="module")
def sources(request: pytest.FixtureRequest) -> dict[str, str]:
    """Give the source of each cell, by its id, of the lesson at the test module's `PATH`."""
    cells = json.loads(request.module.PATH.read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells}


@pytest.fixture(scope="session")
def run_cell() -> Callable[[str, dict[str, Any]], Any]:
    """Give what runs a cell among names, and returns what its last line shows (None: nothing)."""

    def run(source: str, names: dict[str, Any]) -> Any:
        tree = ast.parse(source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), names)
        if last is None:
            return None
        return eval(compile(ast.Expression(last.value), "cell", "eval"), names)

    return run

"""What the tests of a lesson's figures share."""

from __future__ import annotations

import ast
import io
import json
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

import pytest

from pcqa_teach.errors import PcqaError

Run = Callable[..., tuple[str, dict[str, Any]]]


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


@pytest.fixture
def rounds(
    request: pytest.FixtureRequest, sources: dict[str, str], run_cell: Callable[..., Any]
) -> Any:
    """Give the questions to predict of the lesson's panel, among the names of `ran`."""
    [panel] = [text for name, text in sources.items() if name.endswith("-widget")]
    return run_cell(panel, dict(request.getfixturevalue("ran"))).rounds


@pytest.fixture(scope="session")
def only_right() -> Callable[[Any, dict[str, bool]], None]:
    """Give what holds a question to predict against which of its answers hold, by their words."""

    def held(question: Any, holds: dict[str, bool]) -> None:
        assert set(holds) == set(question.choices.values())
        assert [words for words, so in holds.items() if so] == [question.choices[question.right]]

    return held


@pytest.fixture(scope="session")
def nearest_right() -> Callable[[Any, float], None]:
    """Give what holds a question to predict against the number that its answers are about."""

    def held(question: Any, found: float) -> None:
        about = {
            letter: float(re.fullmatch(r"About ([\d.]+)%?", words)[1])  # type: ignore[index]
            for letter, words in question.choices.items()
        }
        assert question.right == min(about, key=lambda letter: abs(about[letter] - found))
        assert about[question.right] == pytest.approx(found, abs=0.5)

    return held


@pytest.fixture
def run_lesson(request: pytest.FixtureRequest, run_cell: Callable[..., Any]) -> Run:
    """Give what runs the lesson at the test module's `PATH`: what is shown, and its names."""

    def answers(*, shown: bool = False, **parameters: Any) -> tuple[str, dict[str, Any]]:
        names: dict[str, Any] = {}
        said = io.StringIO()
        cells = json.loads(request.module.PATH.read_text(encoding="utf-8"))["cells"]
        with redirect_stdout(said):
            try:
                for cell in (cell for cell in cells if cell["cell_type"] == "code"):
                    value = run_cell("".join(cell["source"]), names)
                    if "parameters" in cell["metadata"].get("tags", []):
                        names.update(parameters)
                    drawn = getattr(value, "_repr_mimebundle_", None)
                    print(drawn() if shown and drawn is not None else repr(value or ""))
            except PcqaError as error:
                print(error)
        return said.getvalue(), names

    return answers

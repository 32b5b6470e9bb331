"""Every lesson's section on one's own data, on every synthetic export, clean and with faults.

The lesson runs once up to its box; from the box on, it runs anew with each file. Each cell answers,
or says in a sentence what the file lacks; whatever it shows can be drawn and read aloud.
"""

from __future__ import annotations

import ast
import io
import json
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.errors import PcqaError

ROOT = Path(__file__).resolve().parents[2]
EXPORTS = sorted(
    path
    for path in (ROOT / "data" / "synthetic" / "exports").glob("*.*")
    if path.suffix in (".csv", ".xlsx")
)
LESSONS = sorted(
    path
    for folder in ("readiness", "core-day1", "core-day2", "core-day3")
    for path in (ROOT / "notebooks" / folder).glob("*.ipynb")
)

pytestmark = pytest.mark.skipif(not EXPORTS, reason="the exports are not in this checkout")


def _code(path: Path) -> tuple[list[str], list[str]]:
    """Give the code cells before and after a lesson's box, without those that are marked."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    box = next(
        place
        for place, cell in enumerate(cells)
        if "parameters" in cell["metadata"].get("tags", [])
    )
    parts: tuple[list[str], list[str]] = ([], [])
    for place, cell in enumerate(cells):
        marked = cell["metadata"].get("nbgrader")
        if cell["cell_type"] == "code" and not marked:
            parts[place > box].append("".join(cell["source"]))
    return parts


def _run(source: str, names: dict[str, Any], *, shown: bool) -> str:
    """Run a cell; give what it printed and the words of what it shows."""
    *lines, last = ast.parse(source).body
    printed = io.StringIO()
    value = None
    with redirect_stdout(printed):
        if isinstance(last, ast.Expr):
            exec(compile(ast.Module(lines, []), "cell", "exec"), names)
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        else:
            exec(compile(ast.Module([*lines, last], []), "cell", "exec"), names)
    drawn = getattr(value, "_repr_mimebundle_", None)
    words = str(drawn()) if shown and drawn is not None else repr(value or "")
    return printed.getvalue() + words


@pytest.fixture(scope="module", params=LESSONS, ids=lambda path: path.stem.split("_")[0])
def lesson(request: pytest.FixtureRequest) -> tuple[dict[str, Any], list[str]]:
    before, after = _code(request.param)
    names: dict[str, Any] = {}
    for source in before:
        _run(source, names, shown=False)
    return names, after


def _answers(lesson: tuple[dict[str, Any], list[str]], export: Path, *, shown: bool) -> str:
    names = dict(lesson[0]) | {"practice": "riverside", "list_size": None, "export": str(export)}
    said = []
    for source in lesson[1]:
        try:
            said.append(_run(source, names, shown=shown))
        except PcqaError as error:
            said.append(str(error))
            break
    return "\n".join(said)


def _holds(said: str) -> None:
    assert len(said.strip()) > 40
    assert "No export was given" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "export", [path for path in EXPORTS if "dirty" in path.stem], ids=lambda path: path.name
)
def test_a_file_with_faults_is_answered(
    lesson: tuple[dict[str, Any], list[str]], export: Path
) -> None:
    _holds(_answers(lesson, export, shown=False))


@pytest.mark.slow
@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
def test_every_export_is_answered_and_drawn(
    lesson: tuple[dict[str, Any], list[str]], export: Path
) -> None:
    _holds(_answers(lesson, export, shown=True))

"""What the form in a web page imports is in the browser's wheel."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from pcqa_teach.publish.site import lite

PACKAGE = Path(lite.__file__).resolve().parents[2]
AT_A_DESK = {"desk.py", "makers.py"}  # what these import late is for a computer with the kit


def imported(path: Path) -> Iterator[str]:
    """Give the modules of `run` that a file imports, at its top or later."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "pcqa_teach.run":
            yield from (f"{one.name}.py" for one in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pcqa_teach.run."):
            yield f"{str(node.module).split('.')[2]}.py"


def test_every_part_of_run_that_the_form_imports_goes_to_the_browser() -> None:
    form = [path for path in (PACKAGE / "form").glob("*.py") if path.name not in AT_A_DESK]
    run = [PACKAGE / "run" / name for name in lite._OF_REPORTS if name.endswith(".py")]
    wanted = {name for path in [*form, *run] for name in imported(path)}
    assert {"output.py", "panel.py", "scrub.py"} <= wanted
    assert wanted - {"run_lesson.py"} <= lite._OF_REPORTS

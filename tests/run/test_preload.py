"""What a kernel finds imported is what lessons use."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from pcqa_teach.run.warm.preload import _OURS, names


def _parts(tree: ast.AST) -> Iterator[str]:
    """Give what a cell names of pcqa_teach, whichever way it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "pcqa_teach":
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pcqa_teach."):
            yield str(node.module).split(".")[1]
        elif isinstance(node, ast.Import):
            found = (one.name.split(".") for one in node.names)
            yield from (one[1] for one in found if one[0] == "pcqa_teach" and len(one) > 1)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield from [node.attr] if node.value.id in {"pcqa", "pcqa_teach"} else []


def test_every_part_that_a_lesson_uses_is_there_before_it_runs(root: Path) -> None:
    used: dict[str, str] = {}
    for path in sorted((root / "notebooks").glob("*/*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                code = "\n".join(
                    line for line in cell.source.splitlines() if not line.startswith(("%", "!"))
                )
                used |= dict.fromkeys(_parts(ast.parse(code)), path.stem)
    parts = {part: lesson for part, lesson in used.items() if (root / "pcqa_teach" / part).is_dir()}
    assert len(parts) > 8
    assert {part: lesson for part, lesson in parts.items() if part not in _OURS} == {}


@pytest.mark.parametrize("part", _OURS)
def test_each_part_is_there_with_all_that_is_in_it(part: str) -> None:
    listed = [name for name in names() if name.startswith(f"pcqa_teach.{part}.")]
    assert listed
    assert importlib.util.find_spec(listed[0]) is not None

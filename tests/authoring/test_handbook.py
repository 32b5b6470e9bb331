"""What the handbook shows of a lesson of one's own is what the kit has and accepts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pcqa_teach.authoring import graded, typed
from pcqa_teach.authoring.source import Source, source
from pcqa_teach.lessons import misconception_cases

PAGE = Path(__file__).resolve().parents[2] / "book" / "coaches_handbook.md"


def _shown() -> list[str]:
    """Return the page's four pieces of code: an answer's cell and its key, before and after."""
    answer, new_answer, key, new_key = re.findall(
        r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    return [answer, new_answer, key, new_key]


def _cell(cells: list[Any], name: str) -> Any:
    return next(cell for cell in cells if cell["id"] == f"x1-{name}")


def test_before_is_what_the_skeleton_holds(skeleton: Path) -> None:
    answer, _, key, _ = _shown()
    cells = Source.read(skeleton).cells
    assert source(_cell(cells, "answer")).strip() == answer.strip()
    shown = misconception_cases(key)
    held = misconception_cases(source(_cell(cells, "1")))
    assert (shown.item, shown.expect, shown.points) == (held.item, held.expect, held.points)
    assert shown.misconceptions[0] == held.misconceptions[0]


def test_after_keeps_every_rule_of_what_is_graded(broken: Callable[..., Source]) -> None:
    _, answer, _, key = _shown()

    def written(notebook: dict[str, Any]) -> None:
        _cell(notebook["cells"], "answer")["source"] = answer.rstrip()
        cell = _cell(notebook["cells"], "1")
        above, _, _ = source(cell).partition("judge(\n")
        cell["source"] = f"{above}{key}### END HIDDEN TESTS"

    lesson = broken(written)
    for rule in (typed.python_can_read_it, *graded.RULES):
        assert rule(lesson) == []

"""The rules of a lesson that is run, each broken in one place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pcqa_teach.authoring import check, ran
from pcqa_teach.authoring.source import Source

Notebook = dict[str, Any]


def _in(name: str, old: str, new: str) -> Callable[[Notebook], None]:
    def breaks(notebook: Notebook) -> None:
        cell = next(cell for cell in notebook["cells"] if cell["id"] == f"x1-{name}")
        text = "".join(cell["source"])
        assert old in text
        cell["source"] = text.replace(old, new)

    return breaks


def _no_picture(notebook: Notebook) -> None:
    for name in ("picture", "widget", "own-chart", "own-record"):
        cell = next(cell for cell in notebook["cells"] if cell["id"] == f"x1-{name}")
        cell["source"] = "own = None"


BROKEN = [
    (ran.full_marks, _in("answer", '{"mean": 8, "median": 2', '{"mean": 9, "median": 2'),
     "cell 'x1-1' gives its own source 2 points"),
    (ran.untouched_earns_nothing, _in("answer", '{"mean": None, "median": None, "tell": None}',
     '{"mean": 8, "median": None, "tell": None}'), "takes an untouched line for an answer"),
    (ran.pictures_have_words, _no_picture, "it shows no picture"),
    (ran.runs_on_an_export,
     _in("own-chart", "export = pcqa.chosen_export(export)", "assert not export"),
     "AssertionError"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "breaks", "said"), BROKEN, ids=[case[0].__name__ for case in BROKEN]
)
def test_a_rule_says_what_breaks_it(
    broken: Callable[..., Source], rule: ran.RunRule, breaks: Any, said: str
) -> None:
    found = rule(ran.Run(broken(breaks)))
    assert any(said in fault for fault in found), found


def test_a_lesson_that_fails_is_told_and_not_raised(broken: Callable[..., Source]) -> None:
    lesson = broken(_in("import", "import pcqa_teach as pcqa", "import pcqa_teach as pcqa\n1 / 0"))
    told = {one.rule: one.faults for one in check(lesson.path)}
    (said,) = told["Its source runs to the end and earns full marks."]
    assert "ZeroDivisionError" in said
    assert "Traceback" not in said

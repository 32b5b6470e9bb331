"""What Python cannot read is told once, by its cause, with its line and the mend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pcqa_teach.authoring import typed
from pcqa_teach.authoring.check import RUN, check
from pcqa_teach.authoring.source import Source
from pcqa_teach.classroom.unfinished import where

Notebook = dict[str, Any]


def _code(text: str) -> dict[str, Any]:
    return {"cell_type": "code", "source": text}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = {“mean”: 8}", "curly quotes (“ and ”), as Word makes them"),
        ("x = ‘mean’", "type each of them again as ' in the notebook"),
        ('x = "mean”', 'type each of them again as " in the notebook'),
        ("x = 3 – 2", "a long dash: type a plain hyphen"),
        ("x =\u00a03", "a space that is none to Python"),
        ("x = 3 ✎", "'✎', a sign that Python does not know"),
        ("x = (1,\ny = 2", "the bracket ( is opened and never closed"),
        ("x = 1)", "the bracket ) closes what was never opened"),
        ("x = (1]", "the bracket ( is closed by ], which is of another kind"),
        ('x = "it’s', "words in quotes lack their closing quote"),
        ("if x\n    y = 1", "lacks a colon"),
        ("x = [1 2]", "perhaps a comma"),
        ("  x = 1", "begins with spaces that do not belong"),
        ("if x:\ny = 1", "as many spaces as it should"),
        ("x = = 1", "something is missing here, or too much"),
        ("return 1", "Python says: 'return' outside function"),
        ("%matplotlib inline", "% begins a command of Jupyter's"),
    ],
)
def test_a_cause_is_told_in_words(text: str, said: str) -> None:
    error = typed.unreadable(_code(text))
    assert error is not None
    assert said in typed.cause(error)


@pytest.mark.parametrize(
    "text", ["x = 'it’s “said” – so'", "# “curly”", "x = '\\d'", "await x", ""]
)
def test_what_python_can_read_is_no_fault(text: str) -> None:
    assert typed.unreadable(_code(text)) is None


def test_words_are_not_read_as_python() -> None:
    assert typed.unreadable({"cell_type": "markdown", "source": "“So?” (she said"}) is None


@pytest.mark.parametrize("name", ["answer", "1"])
def test_a_cause_is_told_first_and_its_consequences_are_not(
    broken: Callable[..., Source], name: str
) -> None:
    def curls(notebook: Notebook) -> None:
        cell = next(cell for cell in notebook["cells"] if cell["id"] == f"x1-{name}")
        text = "".join(cell["source"])
        assert '"median"}' in text
        cell["source"] = text.replace('"median"}', "“median”}")

    lesson = broken(curls)
    found = list(check(lesson.path))
    told = [one for one in found if one.faults]
    assert told[0].rule == "Python can read its code."
    (fault,) = told[0].faults
    assert fault.startswith("curly quotes (“ and ”), as Word makes them")
    assert 'tell": “median”}' in fault
    place = 16 if name == "answer" else 17
    assert f" of cell {place} (which begins '" in fault
    pencils = "No pencil of the skeleton still waits for words of one's own."
    assert [one.rule for one in told[1:]] == [pencils]
    assert {one.rule: one.unseen for one in found if one.unseen} == {
        str(run.__doc__): "Python cannot read all of its code" for run in RUN
    }


def test_a_cell_is_named_by_its_place_and_how_it_begins() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["\n", "### Your turn\n", "Say."]},
        {"cell_type": "code", "source": "x = " + "1 + " * 30 + "1"},
        {"cell_type": "code", "source": " \n"},
    ]
    assert where(cells[0], cells) == "cell 1 (which begins 'Your turn')"
    assert where(cells[1], cells).startswith("cell 2 (which begins 'x = 1 + 1")
    assert where(cells[1], cells).endswith("…')")
    assert where(cells[2], cells) == "cell 3 (which is empty)"


def test_a_cell_that_was_run_is_known_by_its_id() -> None:
    cells = [{"id": "a", "source": "x"}, {"id": "b", "source": "x"}]
    assert where({"id": "b", "source": "x", "outputs": []}, cells) == "cell 2 (which begins 'x')"


@pytest.mark.parametrize(
    ("copied", "named"),
    [
        ({"id": "a", "source": "x = 1"}, "cell 1 (which begins 'x = 1')"),
        ({"id": "a", "source": "y = 2"}, "cell 3 (which begins 'y = 2')"),
        ({"id": "a", "source": ["y = ", "2"]}, "cell 3 (which begins 'y = 2')"),
        ({"id": "b", "source": "z = 3"}, "cell 2 or 4 (which begins 'z = 3')"),
        ({"id": "5f0c", "source": "y = 2"}, "cell 3 (which begins 'y = 2')"),  # given another id
    ],
)
def test_two_cells_with_one_id_are_told_apart_by_what_stands_in_them(
    copied: dict[str, Any], named: str
) -> None:
    held = (("a", "x = 1"), ("b", "z = 3"), ("a", "y = 2"), ("b", "z = 3"))
    cells = [{"id": name, "source": text} for name, text in held]
    assert where(copied, cells) == named
    assert [where(cell, cells)[:6] for cell in cells] == ["cell 1", "cell 2", "cell 3", "cell 4"]

"""Every word that a lesson lists is in the glossary, and its page leads there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from pcqa_teach.publish import glossary

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))
PAGE = ROOT / "book" / "glossary.md"

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="there is no book in this checkout")


def _known() -> dict[str, str]:
    return glossary.terms(PAGE.read_text(encoding="utf-8"))


def _words(path: Path) -> list[str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    told = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    listed = told.split("## Words used", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"\*\*([^*]+)\*\*", listed)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_word_that_a_lesson_lists_is_in_the_glossary(path: Path) -> None:
    words = _words(path)
    assert len(words) >= 4
    assert [word for word in words if word.casefold() not in _known()] == []


def test_the_entries_stand_in_order() -> None:
    entries = list(dict.fromkeys(_known().values()))
    plain = [re.sub(r"[^a-z0-9 ]", "", entry.casefold()) for entry in entries]
    assert plain == sorted(plain)
    assert len(entries) > 100


def test_a_word_is_linked_where_it_first_stands_in_bold() -> None:
    cells = [
        new_markdown_cell("A **run chart**, then **bold**."),
        new_markdown_cell("**Run charts**"),
    ]
    made = glossary.linked(new_notebook(cells=cells), {"run chart": "run chart"})
    assert made.cells[0].source == "A **{term}`run chart <run chart>`**, then **bold**."
    assert made.cells[1].source == "**Run charts**"


@pytest.mark.parametrize(
    "code",
    [
        "```text\n**Run chart:**\n\n**Aim:**\n```",
        "````\n```\n**Run chart**\n````",
        "~~~\n**Run chart**\n~~~",
        "```text\n**Run chart**",  # never closed
        "write `**run chart**` so",
        "write ``a ` **run chart**`` so",
    ],
)
def test_code_stays_as_it_is(code: str) -> None:
    cells = [new_markdown_cell(code), new_markdown_cell("A **run chart**.")]
    made = glossary.linked(new_notebook(cells=cells), {"run chart": "run chart"})
    assert made.cells[0].source == code
    assert made.cells[1].source == "A **{term}`run chart <run chart>`**."


def test_a_word_beside_code_is_linked() -> None:
    source = "`a` and **run chart**\n\n```text\nb\n```\n\nA lone ` tick.\n\n**Place** `it"
    known = {"run chart": "run chart", "place": "place"}
    made = glossary.linked(new_notebook(cells=[new_markdown_cell(source)]), known)
    linked = source.replace("**run chart**", "**{term}`run chart <run chart>`**")
    assert made.cells[0].source == linked.replace("**Place**", "**{term}`Place <place>`**")


def test_the_verbs_of_the_aims_are_not_linked() -> None:
    aims = "## What you will be able to do\n\n- **place** a practice on the ladder"
    cells = [new_markdown_cell(aims), new_markdown_cell("A **place**.")]
    made = glossary.linked(new_notebook(cells=cells), {"place": "place"})
    assert made.cells[0].source == aims
    assert made.cells[1].source == "A **{term}`place <place>`**."


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_no_link_stands_in_the_code_or_the_aims_of_a_lesson(path: Path) -> None:
    made = glossary.linked(nbformat.read(path, as_version=4), _known())
    told = [cell.source for cell in made.cells if cell.cell_type == "markdown"]
    assert any("{term}`" in source for source in told)
    for source in told:
        if source.startswith("## What you will be able to do"):
            assert "{term}" not in source
        assert not any("{term}" in code for code in re.findall(r"```.*?```", source, re.DOTALL))


def test_a_plural_leads_to_the_entry() -> None:
    known = glossary.terms(":::{glossary}\nrun chart\n  Dots.\n:::\n")
    made = glossary.linked(new_notebook(cells=[new_markdown_cell("**Run charts**")]), known)
    assert made.cells[0].source == "**{term}`Run charts <run chart>`**"

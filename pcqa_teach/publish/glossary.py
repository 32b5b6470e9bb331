"""Lead from a lesson's page in the book to the glossary, where each of its words is first used.

In a notebook a word stands in bold where it is first used; a link to the glossary's entry would
show there as a role that JupyterLab does not know. On the book's page the bold word becomes one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ENTRY = re.compile(r"^(?! |:::|$)(.+)\n  \S", re.MULTILINE)
_BOLD = re.compile(r"\*\*([^*\n`{}]+?)\*\*")


def terms(glossary: str) -> dict[str, str]:
    r"""Return the entries of a glossary, each under the forms in which it may stand in a text.

    >>> terms(":::{glossary}\nrun chart\n  Dots.\n\nDNA\n  Missed.\n:::\n")
    {'run chart': 'run chart', 'run charts': 'run chart', 'dna': 'DNA', 'dnas': 'DNA'}
    """
    inside = glossary.split(":::{glossary}\n", 1)[-1]
    found: dict[str, str] = {}
    for entry in _ENTRY.findall(inside):
        for form in (entry.casefold(), f"{entry}s".casefold()):
            found.setdefault(form, entry)
    return found


def linked(notebook: NotebookNode, known: Mapping[str, str]) -> NotebookNode:
    """Link each word that the glossary has, where it first stands in bold; changed in place."""
    seen: set[str] = set()

    def link(found: re.Match[str]) -> str:
        entry = known.get(found[1].strip().rstrip(":").casefold())
        if entry is None or entry in seen:
            return found[0]
        seen.add(entry)
        return f"**{{term}}`{found[1]} <{entry}>`**"

    for cell in notebook.cells:
        if cell.cell_type == "markdown" and not cell.source.startswith("::::"):
            cell.source = _BOLD.sub(link, cell.source)
    return notebook

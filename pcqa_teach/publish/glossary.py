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
_FENCE = r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
_CODE = r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=ticks)(?!`)"  # in one paragraph
_BOLD = r"\*\*(?P<bold>[^*\n`{}]+?)\*\*"
_CODE_OR_BOLD = re.compile(f"{_FENCE}|{_CODE}|{_BOLD}", re.MULTILINE | re.DOTALL)
_NOT_LINKED = ("::::", "## What you will be able to do")  # a directive; the aims' bold verbs


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
    """Link each word that the glossary has, where it first stands in bold; changed in place.

    Code stays as it is. So do the aims of a lesson: what stands in bold there is a verb, and "place
    it on a ladder" is not the glossary's *place*.
    """
    seen: set[str] = set()

    def link(found: re.Match[str]) -> str:
        word = found["bold"]
        entry = None if word is None else known.get(word.strip().rstrip(":").casefold())
        if entry is None or entry in seen:
            return found[0]
        seen.add(entry)
        return f"**{{term}}`{word} <{entry}>`**"

    for cell in notebook.cells:
        if cell.cell_type == "markdown" and not cell.source.startswith(_NOT_LINKED):
            cell.source = _CODE_OR_BOLD.sub(link, cell.source)
    return notebook

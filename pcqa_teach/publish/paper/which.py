"""What there is on paper, and which pages of the book each holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pcqa_teach.publish.editions import Edition


@dataclass(frozen=True)
class Paper:
    """One PDF file.

    Attributes
    ----------
    name
        The file's name, without `.pdf`.
    title
        What stands on its cover.
    edition
        The edition of the book that it is made from.
    parts
        Which parts of the contents it holds, by their captions; all that they list.
    pages
        Which pages it holds beside, by their names in the contents; given alone, it has no cover.
    without
        Which pages of its parts it leaves out: they are a paper by themselves, or for a computer.
    """

    name: str
    title: str
    edition: Edition
    parts: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


SHEETS, HANDBOOK, SUMMARY = "book/sheets", "book/coaches_handbook", "book/summary_json"
GLOSSARY = ("book/glossary", "book/references")
PAPERS = (
    Paper("workbook-core-concepts", "Core Concepts of Quality", "participant",
          ("Readiness", "Core Concepts of Quality"), GLOSSARY, (SHEETS,)),
    Paper("workbook-quality-coaches", "Quality Coaches", "participant",
          ("Quality Coaches",), GLOSSARY, (HANDBOOK,)),
    Paper("workbook-your-own-data", "On your own data", "participant",
          ("On your own data",), GLOSSARY, (SUMMARY,)),
    Paper("workbook-the-wider-academy", "The wider Academy", "participant",
          ("The wider Academy",), GLOSSARY),
    Paper("sheets", "Sheets to print", "participant", (), (SHEETS,)),
    Paper("facilitators-guide", "Facilitator's guide", "facilitator", ("For facilitators",),
          (HANDBOOK,)),
    Paper("facilitators-core-concepts", "Core Concepts of Quality, with notes and answers",
          "facilitator", ("Readiness", "Core Concepts of Quality"), (), (SHEETS,)),
    Paper("facilitators-quality-coaches", "Quality Coaches, with notes and answers",
          "facilitator", ("Quality Coaches",), (), (HANDBOOK,)),
    Paper("facilitators-the-wider-academy", "The wider Academy, with notes and answers",
          "facilitator", ("The wider Academy",)),
)  # fmt: skip


def pages(paper: Paper, contents: dict[str, Any]) -> list[tuple[str, int]]:
    """Return a paper's pages in the order of the book's contents, each with its depth (0 or 1).

    Examples
    --------
    >>> contents = {"parts": [{"caption": "Readiness", "chapters": [
    ...     {"file": "book/readiness", "sections": [{"file": "notebooks/a1"}]}]}]}
    >>> pages(Paper("x", "X", "participant", ("Readiness",)), contents)
    [('book/readiness', 0), ('notebooks/a1', 1)]
    """
    by_part = {part["caption"]: part["chapters"] for part in contents["parts"]}
    listed = [one for name in paper.parts for one in _listed(by_part[name])
              if one[0] not in paper.without]  # fmt: skip
    everywhere = [one for part in by_part.values() for one in _listed(part)]
    return listed + [one for one in everywhere if one[0] in paper.pages]


def lessons_of(contents: dict[str, Any]) -> list[str]:
    """Return the names of all lessons, in the order of the contents."""
    listed = [one for part in contents["parts"] for one in _listed(part["chapters"])]
    return [name for name, _ in listed if name.startswith("notebooks/")]


def contents_of(root: Path) -> dict[str, Any]:
    """Read the book's table of contents."""
    import yaml

    found: dict[str, Any] = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    return found


def _listed(chapters: list[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    for chapter in chapters:
        yield chapter["file"], 0
        yield from ((section["file"], 1) for section in chapter.get("sections", []))

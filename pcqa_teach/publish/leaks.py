"""Search what participants are given for what they must not be given.

The strings looked for come from the sources themselves: every line that stands in a source and not
in the participant's copy. A line is compared by its letters and digits only, so that colouring,
markup, escapes and line breaks of a web page, a notebook or a pickle cannot hide it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pcqa_teach.errors import RunError
from pcqa_teach.publish import editions

if TYPE_CHECKING:
    from nbformat import NotebookNode

_Where = tuple[str, int, int]  # lesson or page, cell, line
GUIDE = "facilitator"  # the folder of the book's prose that is for facilitators alone
_FROM_LIBRARY = ("book", "python")  # where the book's pages of the library's own docstrings lie
_SHORTEST = 12  # letters and digits: a shorter line says nothing by itself
_STRETCH = 1 << 20
_TAG = re.compile(r"<[^<>]*>")
_DATA = re.compile(r"data:[\w/+.;-]*base64,[\w+/=]+|\"image/png\": \"[^\"]*\"")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt\"\\]")
_NOT_WORD = bytes(code for code in range(256) if not chr(code).isalnum() or code > 127)
_PICTURES = {".png", ".jpg", ".gif", ".ico", ".woff", ".woff2", ".ttf", ".eot", ".otf"}


@dataclass(frozen=True)
class Leak:
    """A line of a source that was found where participants can read it; cell 0 is a page's."""

    lesson: str
    cell: int
    line: int
    file: Path

    def __str__(self) -> str:
        cell = f"cell {self.cell}, " if self.cell else ""
        return f"{self.lesson}, {cell}line {self.line}, in {self.file.as_posix()}"


def find_leaks(folder: Path, sources: Iterable[Path], prose: Path | None = None) -> list[Leak]:
    """Return every line kept from participants that stands in a file under `folder`.

    Parameters
    ----------
    folder
        A staged source folder, a built book, a workbook or an unpacked wheel.
    sources
        The lessons' source notebooks.
    prose
        The folder of the book's own text: a line that stands there too gives nothing away, but for
        the facilitator's guide, whose lines are kept back themselves.
    """
    kept_back = _kept_back(sources, prose)
    return [
        Leak(lesson, cell, line, file.relative_to(folder))
        for file in _readable(folder)
        for (lesson, cell, line) in _within(kept_back, _searchable(file))
    ]


def assert_clean(folder: Path, sources: Iterable[Path], prose: Path | None = None) -> None:
    """Refuse a participant edition that shows what it must not.

    Raises
    ------
    RunError
        The message names lesson, cell, line and file, never the line itself.
    """
    leaks = find_leaks(folder, sources, prose)
    if leaks:
        raise RunError(
            f"The participant edition was not kept: it would show {len(leaks)} lines that are for "
            f"facilitators or markers. The first is {leaks[0]}. Mend the marks in that lesson."
        )


def squash(text: str) -> str:
    """Return only the letters and digits of a text, in lower case.

    >>> squash("answer_b3_1 = 6.66")
    'answerb31666'
    """
    return text.lower().encode("ascii", "ignore").translate(None, _NOT_WORD).decode()


def _kept_back(sources: Iterable[Path], prose: Path | None) -> dict[_Where, str]:
    """Return the squashed lines that only the sources hold, by (lesson or page, cell, line)."""
    read = {f"{path.parent.name}/{path.stem}": editions.read(path) for path in sources}
    texts = [_text(editions.participant(source)) for source in read.values()]
    pages = sorted(prose.rglob("*.md")) if prose else []
    guide = [page for page in pages if page.parent.name == GUIDE]
    texts += [page.read_text(encoding="utf-8") for page in pages if page not in guide]
    shown = [[squash(line) for line in text.splitlines()] for text in texts]
    lines = {
        (lesson, place, number): squash(line)
        for lesson, source in read.items()
        for place, cell in enumerate(source.cells, start=1)
        for number, line in enumerate(cell.source.splitlines(), start=1)
    }
    lines |= {
        (page.stem, 0, number): squash(line)
        for page in guide
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1)
        if not line.startswith("#")  # a heading names a lesson, as other pages do
    }
    known = set(chain.from_iterable(shown))
    lines = {
        where: words
        for where, words in lines.items()
        if len(words) >= _SHORTEST and words not in known
    }
    elsewhere = _within(lines, "\n".join(map("".join, shown)))
    return {where: words for where, words in lines.items() if where not in elsewhere}


def _within(lines: Mapping[_Where, str], text: str) -> dict[_Where, str]:
    """Return the lines that stand in a text, in their order.

    Only those whose first letters stand there are looked for: to ask that of all of them at once
    takes one pass over the text, in stretches so that a long one takes no more memory.
    """
    heads = {words[:_SHORTEST] for words in lines.values()}
    there: set[str] = set()
    for begin in range(0, len(text), _STRETCH):
        stretch = text[begin : begin + _STRETCH + _SHORTEST]
        there |= heads & {stretch[at : at + _SHORTEST] for at in range(len(stretch))}
    return {
        where: words
        for where, words in lines.items()
        if words[:_SHORTEST] in there and words in text
    }


def _text(notebook: NotebookNode) -> str:
    return "\n".join(cell.source for cell in notebook.cells)


def _readable(folder: Path) -> Iterator[Path]:
    """Return every file under `folder` but pictures, fonts and the theme's own scripts.

    Nor are the built pages of the library returned: they show docstrings, which everybody has with
    the library and which use its names as keys do (`judge`, say). Their text is read as it is
    staged.
    """
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        library = parts[-3:-1] == _FROM_LIBRARY and file.suffix in {".html", ".doctree"}
        theme = "_static" in parts
        if file.is_file() and not (theme or library) and file.suffix.lower() not in _PICTURES:
            yield file


def _searchable(file: Path) -> str:
    """Return a file's letters and digits, without markup, escapes and embedded pictures."""
    raw = _DATA.sub(" ", file.read_bytes().decode("utf-8", errors="ignore"))
    if file.suffix in {".ipynb", ".json", ".js"}:
        raw = _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else " ", raw)
    if file.suffix in {".html", ".svg"}:  # with its tags, for what attributes hold; and without
        raw = html.unescape(raw) + "\n" + html.unescape(_TAG.sub("", raw))
    return squash(raw)

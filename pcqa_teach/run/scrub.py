"""Takes the names of the user's files and folders out of whatever is written or said."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

_EMBEDDED = re.compile(r"(data:[\w/+.-]+;base64,)([A-Za-z0-9+/=]+)")
_DRAWN, _PHOTOGRAPHED = "data:image/svg+xml;", re.compile(r"image/(?!svg)")
# A file called `appointments` must not rewrite the report, nor one called `..`.
_PLAIN_WORD = re.compile(r"([a-z]+|\.{1,2})$")
_KEPT_METADATA = ("kernelspec", "language_info", "pcqa")


class Scrubber:
    """Knows the paths that must not be repeated, in every way they may be spelt.

    A file name may hold a person's name or number, and a path says who works where: a report says
    "the export" instead, and a folder of our own is left out.

    Examples
    --------
    >>> Scrubber(["exports/Smith 943 476 5919.csv"]).text("'Smith 943 476 5919.csv' is empty.")
    'The export is empty.'
    """

    def __init__(self, exports: Iterable[Path | str], folders: Iterable[Path | str] = ()) -> None:
        given = [str(path) for path in exports]
        spelt: dict[str, str] = {}
        plain: dict[str, str] = {}
        for number, path in enumerate(given, start=1):
            words = "the export" if len(given) == 1 else f"export {number}"
            spelt.update(dict.fromkeys(_spellings(path), words))
            if (name := Path(path).name).isalpha() and _PLAIN_WORD.match(name):
                plain[name] = words
            parent = Path(path).absolute().parent
            if len(parent.parts) > 2:  # "/" and "/tmp" say nothing of anyone
                spelt.update(dict.fromkeys(_whole_paths(parent), "the folder"))
        for folder in folders:
            spelt.update(dict.fromkeys(_whole_paths(Path(folder)), "a folder of its own"))
        if len(Path.home().parts) > 1:  # "/" is where an account without a folder lives
            spelt.update(dict.fromkeys(_whole_paths(Path.home()), "~"))
        self._words = dict(spelt)
        longest_first = sorted(filter(None, spelt), key=len, reverse=True)
        names = "|".join(map(re.escape, longest_first))
        quote = r"(?P<quote>['\"]|&#x27;|&#39;|&quot;|)"
        self._names = re.compile(f"{quote}(?<![\\w-])(?P<name>{names})(?P=quote)(?![\\w-])")
        self._plain = _in_quotes(plain)
        self._words |= plain

    def text(self, text: str) -> str:
        """Return the text with those names put in words, and a sentence begun with a capital."""
        parts, end = [], 0
        for match in _EMBEDDED.finditer(text):
            parts += [self._words_of(text[end : match.start()]), self._inside(match)]
            end = match.end()
        return "".join(parts) + self._words_of(text[end:])

    def _words_of(self, text: str) -> str:
        def put(match: re.Match[str]) -> str:
            words = self._words[match["name"]]
            quote = "" if words.startswith(("the ", "export ")) else match["quote"]
            first = match.start() == 0 or match.string[match.start() - 1] == ">"
            return quote + (words.capitalize() if first else words) + quote

        if self._named_in(text):
            text = self._names.sub(put, text)
            text = self._plain.sub(put, text) if self._plain else text
        return text

    def _named_in(self, text: str) -> bool:
        """Look before searching: most of a notebook is pictures, long and without a name."""
        return any(name in text for name in self._words if name)

    def _inside(self, match: re.Match[str]) -> str:
        """Look into a picture that is written in words; the letters of any other say nothing."""
        if not match[1].startswith(_DRAWN):
            return match[0]
        svg = base64.b64decode(match[2]).decode("utf-8", errors="replace")
        if not self._named_in(svg):
            return match[0]
        clean = self._names.sub(lambda found: self._words[found["name"]], svg)
        return match[1] + base64.b64encode(clean.encode()).decode()

    def tree(self, value: Any) -> Any:
        """Return JSON-able content with every text in it scrubbed."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {
                name: part if _PHOTOGRAPHED.match(name) else self.tree(part)
                for name, part in value.items()
            }
        if isinstance(value, list):
            return [self.tree(part) for part in value]
        return value

    def notebook(self, notebook: NotebookNode) -> NotebookNode:
        """Scrub a notebook's outputs in place; drop warnings and what names this computer."""
        import nbformat

        notebook.metadata = type(notebook.metadata)(
            {name: notebook.metadata[name] for name in _KEPT_METADATA if name in notebook.metadata}
        )
        for cell in notebook.cells:
            if cell.cell_type == "code":
                kept = [output for output in cell.outputs if output.get("name") != "stderr"]
                cell.outputs = [nbformat.from_dict(self.tree(output)) for output in kept]
        return notebook


def _in_quotes(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds plain words that stand in quotation marks as a name does, not as code."""
    words = "|".join(names)
    quote = r"(?P<quote>['\"]|&#x27;|&#39;|&quot;)"
    return re.compile(rf"(?<![=\w]){quote}(?P<name>{words})(?P=quote)(?![\w:])") if words else None


def _spellings(path: str) -> set[str]:
    """Return a file's path and name as text, JSON, HTML or a Python string would show them."""
    whole, name = _whole_paths(Path(path)), Path(path).name
    return whole.union(*(_variants(text) for text in (path, name) if not _PLAIN_WORD.match(text)))


def _whole_paths(path: Path) -> set[str]:
    whole = {path.absolute(), path.resolve()}
    return {spelt for path in whole for spelt in _variants(str(path)) | _variants(path.as_posix())}


def _variants(text: str) -> set[str]:
    return {text, html.escape(text), json.dumps(text)[1:-1], repr(text)[1:-1]}

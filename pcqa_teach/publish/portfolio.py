"""The exit portfolio: four pieces of a participant's own work, on one sheet to print.

A lesson says with `"pcqa": {"portfolio": "charter"}` in a cell's metadata that the cell holds a
piece; nothing here knows a lesson by name.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach.errors import LessonError
from pcqa_teach.run import gather, output, page, words

if TYPE_CHECKING:
    from nbformat import NotebookNode

# What makes the certificate: each piece, its heading, and the parts that it is put together from.
PIECES: dict[str, tuple[str, tuple[str, ...]]] = {
    "charter": ("Project charter", ("charter",)),
    "xmr": ("One XmR chart, and the response to it", ("xmr", "response")),
    "pareto": ("Failure demand: the vital few causes", ("pareto", "cause")),
    "pdsa": ("First PDSA, its prediction written first", ("pdsa",)),
}
_PICTURES = {
    "xmr": "draw the chart again and save",
    "pareto": "put the counts of your tally in the last box of its lesson, run it, and save",
}
# What stands in the place of an answer in a participant's copy: nbgrader's words, and ours.
_STUB = re.compile(
    r"^\W*(your answer here|write your answer here: double-click, type, then shift and enter)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_FOOT = (
    "Put together on this computer from a participant's own notebooks; nothing was sent anywhere. "
    "Look at it before you share it: what you wrote stands here as you wrote it."
)


@dataclass(frozen=True)
class Part:
    """A picture or words that a participant left in a lesson; `own`: drawn from their export."""

    name: str
    lesson: str
    markup: str
    own: bool
    saved: float


@dataclass(frozen=True)
class Portfolio:
    """A participant's pieces. `missing` says in a sentence what each of the others still needs."""

    code: str
    parts: dict[str, Part]
    missing: tuple[str, ...]

    @property
    def there(self) -> list[str]:
        """The names of the pieces that are whole."""
        return [name for name, (_, parts) in PIECES.items() if set(parts) <= set(self.parts)]

    def html(self) -> str:
        """Return the sheet as a page that needs nothing else."""
        facts = [
            ("Participant", self.code),
            ("Put together", f"{date.today():%d %B %Y}".lstrip("0")),
            ("Pieces", f"{len(self.there)} of {len(PIECES)}"),
        ]
        blocks = [block for name in PIECES for block in self._blocks(name)]
        return page.rendered("Exit portfolio", facts, blocks, foot=_FOOT)

    def _blocks(self, piece: str) -> list[str]:
        heading, names = PIECES[piece]
        found = [f"<h2>{html.escape(heading)}</h2>"]
        for name in names:
            if part := self.parts.get(name):
                source = "from the practice's own export" if part.own else "from the lesson's data"
                about = f"{part.lesson}, {source}" if name in _PICTURES else part.lesson
                found += [part.markup, f"<p><small>{html.escape(about)}</small></p>"]
            else:
                found.append(f"<p>Not there yet: {html.escape(_wanted(name))}</p>")
        return found


def gathered(folder: Path | str) -> Portfolio:
    """Return the pieces that the notebooks in a folder hold.

    Where two lessons hold the same piece, one drawn from the practice's own export comes first, and
    then the one that was saved last.

    Raises
    ------
    LessonError
        The folder holds no workbook of this kit, or the work of several people.
    """
    place = Path(folder).expanduser().absolute()
    notebooks = _notebooks(place)
    codes = sorted({str(about.get("participant", "")) for _, _, about in notebooks} - {""})
    if len(codes) > 1:
        raise LessonError(
            f"'{place.name}' holds the work of {len(codes)} people ({', '.join(codes[:5])}): name "
            "a folder that holds one person's notebooks."
        )
    found: dict[str, Part] = {}
    for path, notebook, about in notebooks:
        own = _uses_own_data(notebook)
        for cell in notebook.cells:
            name = cell.metadata.get("pcqa", {}).get("portfolio")
            markup = _markup(cell) if name else ""
            if markup:
                part = Part(name, str(about["title"]), markup, own, path.stat().st_mtime)
                known = found.get(name)
                if known is None or (known.own, known.saved) < (part.own, part.saved):
                    found[name] = part
    missing = tuple(
        f"{heading}: {_wanted(name)}"
        for heading, parts in PIECES.values()
        for name in parts
        if name not in found
    )
    return Portfolio(codes[0] if codes else "no code", found, missing)


def write(portfolio: Portfolio, path: Path, *, replace: bool = False) -> Path:
    """Write the sheet, whole or not at all; return where it is.

    Raises
    ------
    RunError
        The file exists (and `replace` is not set), or cannot be written.
    """
    with output.file(path, replace=replace) as draft:
        draft.write_text(portfolio.html(), encoding="utf-8")
    return path


def _notebooks(place: Path) -> list[tuple[Path, NotebookNode, dict[str, Any]]]:
    """Read the lessons in a folder; the last saved copy of each counts."""
    import nbformat

    if not place.is_dir():
        raise LessonError(f"'{place.name}' is not a folder: name the folder of your workbook.")
    latest: dict[str, tuple[Path, NotebookNode, dict[str, Any]]] = {}
    paths = [path for path in place.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts]
    for path in sorted(paths, key=lambda path: (path.stat().st_mtime, path.name)):
        try:
            notebook = nbformat.read(path, as_version=4)
        except Exception:  # noqa: BLE001, S112  (a file of somebody's that is no notebook)
            continue
        about = notebook.metadata.get("pcqa", {})
        if about.get("id") and about.get("title"):
            latest[str(about["id"])] = (path, notebook, dict(about))
    if not latest:
        raise LessonError(
            f"'{place.name}' holds no lesson of this kit: name the folder of your workbook, or the "
            "folder into which you downloaded your work."
        )
    return list(latest.values())


def _uses_own_data(notebook: NotebookNode) -> bool:
    """Say whether the lesson's one box for an export names one."""
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            given = re.findall(r"^export\s*=\s*(.+?)\s*$", cell.source, re.MULTILINE)
            return bool(given) and given[-1] != "None"
    return False


def _markup(cell: NotebookNode) -> str:
    """Return a piece as safe HTML; nothing where a participant has left nothing."""
    if cell.cell_type == "markdown":
        written = _STUB.sub("", cell.source).strip()
        return words.from_markdown(written) if written else ""
    for one in reversed(cell.get("outputs", [])):
        drawn = gather.picture(one)
        if drawn is not None:
            return f'<figure><img alt="{html.escape(drawn.alt)}" src="{drawn.source}"></figure>'
    return ""


def _wanted(name: str) -> str:
    return f"{_PICTURES.get(name, 'write it where the lesson asks for it, and save')}."

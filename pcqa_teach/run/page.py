"""An executed lesson as one HTML page that needs nothing else, on a screen or on paper."""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pcqa_teach.run import gather, words
from pcqa_teach.run import notebook as notebooks

if TYPE_CHECKING:
    from nbformat import NotebookNode

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_FOOT = (
    "Made on this computer from your own {}; nothing was sent anywhere. The page holds totals and "
    "rates, no row of the export and no name. Its charts and rates are exact, also where a table "
    "puts a small count in words: do not pass it on."
)
_NO_WORDS = "A chart that has no description."
_LEFT_OUT = ("remove-cell", "not-in-report")  # the second: an exercise, of no use on paper
_FIRST = "report-first"  # what a reader wants before anything else
_HEADING = re.compile(r"<(/?)h([1-6])\b")


def page(
    notebook: NotebookNode,
    *,
    title: str,
    facts: Sequence[tuple[str, str]],
    show_code: bool = False,
    before: Sequence[str] = (),
    after: Sequence[str] = (),
) -> str:
    """Return the executed notebook as a page of HTML.

    Parameters
    ----------
    notebook : NotebookNode
        An executed lesson.
    title : str
        The page's title and only first-level heading.
    facts : list of (str, str)
        What stands under the title: when it was made, of what.
    show_code : bool
        Whether the cells' code is shown too, save for cells tagged `hide-input`.
    before, after : lists of safe HTML, optional
        Parts that come ahead of the lesson's own, and below them.
    """
    blocks = _blocks(notebook, show_code=show_code)
    return rendered(title, facts, [*before, *blocks, *after])


def rendered(
    title: str,
    facts: Sequence[tuple[str, str]],
    blocks: Iterable[str],
    *,
    many: bool = False,
    foot: str = "",
) -> str:
    """Return a page of safe pieces of HTML, in the look of every report.

    `many` is of practices; `foot` stands below in place of what a report says of its export.
    """
    said = "".join(
        f"\n<dt>{html.escape(name)}</dt><dd>{html.escape(value)}</dd>" for name, value in facts
    )
    return _template().substitute(
        title=html.escape(title),
        facts=said,
        blocks="".join(f"\n{block}" for block in blocks),
        width="66rem" if many else "50rem",
        foot=html.escape(foot or _FOOT.format("files" if many else "file")),
    )


@cache
def _template() -> string.Template:
    return string.Template((_TEMPLATES / "report.html").read_text(encoding="utf-8"))


def _blocks(notebook: NotebookNode, *, show_code: bool) -> Iterator[str]:
    """Give the page's parts, those tagged to come first before all; `words` makes each safe."""
    first = True
    cells = sorted(notebook.cells, key=lambda cell: not notebooks.tagged(cell, _FIRST))
    for cell in cells:
        if any(notebooks.tagged(cell, tag) for tag in _LEFT_OUT):
            continue
        if cell.cell_type == "markdown":
            text = words.from_markdown(cell.source)
            yield _lowered(text, drop_title=first)
            first = first and "<h1" not in text
        elif cell.cell_type == "code":
            if show_code and cell.source.strip() and not notebooks.tagged(cell, "hide-input"):
                yield f'<pre class="code"><code>{html.escape(cell.source)}</code></pre>'
            if not notebooks.tagged(cell, "remove-output"):
                yield from map(_output, cell.outputs)


def _lowered(text: str, *, drop_title: bool) -> str:
    """Leave the page its one first-level heading: the lesson's own goes, any later one is lower."""
    if drop_title:
        text = re.sub(r"<h1\b.*?</h1>", "", text, count=1, flags=re.DOTALL)
    if "<h1" in text:
        text = _HEADING.sub(lambda tag: f"<{tag[1]}h{min(int(tag[2]) + 1, 6)}", text)
    return text


def _output(output: NotebookNode) -> str:
    """Return one output, in the richest form that a page without Python can show."""
    if output.output_type == "stream":
        return words.from_text(output.text).replace("<pre>", '<pre class="said">')
    shown = output.get("data", {})
    drawn = gather.picture(output)
    if drawn is not None:
        image = f'<img alt="{html.escape(drawn.alt)}" src="{drawn.source}">'
        return f"<figure>{image}</figure>"
    if "text/html" in shown:
        markup = words.from_html(shown["text/html"])
        return f'<div class="scroll">{markup}</div>' if "<table" in markup else markup
    if "text/markdown" in shown:
        return _lowered(words.from_markdown(shown["text/markdown"]), drop_title=False)
    if "image/png" in shown:
        source = shown["image/png"].replace("\n", "")
        return f'<figure><img alt="{_NO_WORDS}" src="data:image/png;base64,{source}"></figure>'
    if any("widget-view" in kind for kind in shown):
        return ""
    return words.from_text(shown["text/plain"]) if "text/plain" in shown else ""

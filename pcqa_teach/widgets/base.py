"""What every activity has: a live panel, and static states where nothing can answer."""

from __future__ import annotations

import html
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pcqa_teach import figures
from pcqa_teach.figures.static import static

if TYPE_CHECKING:
    from pcqa_teach.spc import Chart

_POINTS = "Point by point"
_IN_FULL = "The lines, the rules and every point"
# JupyterLab all but hides which part of a panel has the focus, and crowds its tables and rows.
_FOCUS = ", ".join(
    f".pcqa-activity.pcqa-activity {part}:focus-visible"
    for part in ("button", "input[type]", "textarea", "summary")
)
_STYLE = (
    f"<style>{_FOCUS} "
    "{outline: 3px solid var(--jp-ui-font-color1, #212121) !important; outline-offset: 1px;} "
    ".pcqa-activity.pcqa-activity, .pcqa-activity :is(.jupyter-widgets, .widget-label-basic) "
    "{overflow: visible;} .pcqa-activity.pcqa-activity {padding: 5px;} "
    ".pcqa-activity .widget-vbox > .jupyter-button {align-self: flex-start;} "
    ".pcqa-activity .widget-hbox {align-items: center;} "
    ".pcqa-activity :is(th, td) {padding: 0 0.6em; text-align: left;} "
    ".pcqa-activity td.number {text-align: right;}</style>"
)


class Activity(ABC):
    """Something to try out in a lesson.

    A notebook shows the panel. A book, a report, a marked copy or a Python without ipywidgets shows
    the static states instead, and then nothing that would make a web page fetch a widget's scripts.
    """

    @abstractmethod
    def panel(self) -> Any:
        """Return the live panel, an ipywidgets widget."""

    @abstractmethod
    def static(self) -> Sequence[figures.Figure]:
        """Return the pre-computed states as pictures, each with its alt text."""

    def preface(self) -> Sequence[Any]:
        """Return what stands before the static pictures: a sentence, a table."""
        return ()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        if is_live():
            display(styled(self.panel()))
            return
        for piece in (*self.preface(), *self.static()):
            display(piece)


def styled(panel: Any) -> Any:
    """Return a panel in which one sees where the keyboard is."""
    import ipywidgets as w

    style = w.HTML(value=_STYLE, layout=w.Layout(display="none"))
    styled = w.VBox([style, panel])
    styled.add_class("pcqa-activity")
    return styled


class Words:
    """A paragraph shown in a notebook's output, as text and as HTML."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return paragraphs(self.text)


class Explained:
    """A chart in words: what matters in view, what is long folded away until it is asked for."""

    def __init__(self, shown: str, folded: Sequence[tuple[str, str]]) -> None:
        self.shown = shown
        self.folded = tuple(folded)

    def __repr__(self) -> str:
        return "\n\n".join([self.shown, *(f"{name}:\n{text}" for name, text in self.folded)])

    def _repr_html_(self) -> str:
        parts = "".join(
            f"<details><summary>{html.escape(name)}</summary>{paragraphs(text)}</details>"
            for name, text in self.folded
        )
        return paragraphs(self.shown) + parts


def explained(chart: Chart, first: str = "") -> Explained:
    """Return `chart.explain()` for a page, its list of points folded away.

    Parameters
    ----------
    chart : what `spc.chart` returns
    first : str
        A short reading of the chart; then that and the chart's cautions are in view, and the whole
        explanation is folded away.
    """
    from pcqa_teach.spc.cautions import cautions

    text = chart.explain()
    if first:
        warned = "\n".join(cautions(chart)) if chart.by is None else ""
        return Explained(f"{first}\n\n{warned}".strip(), [(_IN_FULL, text)])
    points = re.compile(rf"\n{_POINTS}:\n(.*?)(?=\n\n|\Z)", re.DOTALL)
    listed = "\n\n".join(points.findall(text))
    return Explained(points.sub("", text), [(_POINTS, listed)] if listed else [])


def paragraphs(text: str) -> str:
    r"""Return plain text as HTML: blank lines part paragraphs, lines that begin "- " make a list.

    >>> paragraphs("Fewer than\n5 < 6\n\nRules:\n- one\n- two")
    '<p>Fewer than 5 &lt; 6</p><p>Rules:</p><ul><li>one</li><li>two</li></ul>'
    """
    return "".join(_block(block) for block in re.split(r"\n\s*\n", text.strip()))


def _block(block: str) -> str:
    said, *items = re.split(r"(?:^|\n)- ", html.escape(block.strip()))
    told = f"<p>{' '.join(said.split())}</p>" if said.strip() else ""
    listed = "".join(f"<li>{' '.join(item.split())}</li>" for item in items)
    return told + (f"<ul>{listed}</ul>" if listed else "")


def is_live() -> bool:
    """Say whether a panel could answer here: not in a book, a report or a marked copy."""
    marking = "NBGRADER_EXECUTION" in os.environ  # nbgrader sets it while it marks
    if static() or marking:
        return False
    try:
        import ipywidgets  # noqa: F401  (only whether it is there)
    except ImportError:
        return False
    return True

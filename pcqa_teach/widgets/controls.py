"""Buttons, boxes and sentences of the panels: all work with Tab and Space alone.

Lists, radio buttons and sliders need the arrow keys and letters, which JupyterLab takes for itself
outside a text box; so a panel offers buttons, tick boxes and boxes to type in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pcqa_teach.widgets.base import paragraphs


def button(words: str, tooltip: str, then: Callable[[], None], *, main: bool = False) -> Any:
    """Return a button that does something when it is pressed; `main` makes it stand out."""
    import ipywidgets as w

    made = w.Button(
        description=words,
        tooltip=tooltip,
        button_style="primary" if main else "",
        layout=w.Layout(width="auto"),
    )
    made.on_click(lambda _: then())
    return made


def row(*parts: Any) -> Any:
    """Return the parts side by side, going on below where the page is narrow."""
    import ipywidgets as w

    return w.HBox(list(parts), layout=w.Layout(flex_flow="row wrap"))


def one_of(choices: Mapping[str, str], chosen: str | None = None) -> dict[str, Any]:
    """Return a tick box for each choice (its name, its words), of which one at most is ticked."""
    import ipywidgets as w

    wide = w.Layout(width="95%")
    boxes = {
        name: w.Checkbox(
            value=name == chosen,
            description=words[:1].upper() + words[1:],
            indent=False,
            layout=wide,
        )
        for name, words in choices.items()
    }

    def untick_others(change: Any) -> None:
        if change["new"]:
            for box in boxes.values():
                if box is not change["owner"]:
                    box.value = False

    for box in boxes.values():
        box.observe(untick_others, names="value")
    return boxes


def ticked(boxes: Mapping[str, Any]) -> str:
    """Return the name of the box that is ticked; nothing where none is."""
    return next((name for name, box in boxes.items() if box.value), "")


def words(text: str) -> Any:
    """Return a paragraph, or several, to stand in a panel."""
    import ipywidgets as w

    return w.HTML(value=paragraphs(text))


def said(text: str) -> str:
    """Return a sentence that a screen reader announces when it changes, as HTML."""
    return f'<div role="status" aria-live="polite">{paragraphs(text)}</div>'

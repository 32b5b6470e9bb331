"""A button on every page of the book that prints the page.

The theme has such a button among its downloads, beside the page's source, which the book does not
offer. What is left out on paper stands in `book/_static/pcqa.css`. A Sphinx extension (listed in
`_config.yml`), so that every way of building the book has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

WORDS = "Print this page"
_AFTER_THE_THEMES_OWN = 502


def with_button(buttons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the buttons at the head of a page with the one that prints it, which comes first.

    Examples
    --------
    >>> [button["text"] for button in with_button([{"text": "Other"}])]
    ['Print this page', 'Other']
    """
    ours = {
        "type": "javascript",
        "javascript": "window.print()",
        "text": WORDS,
        "icon": "fas fa-print",
        "label": "print",
        "classes": "pst-js-only",  # without JavaScript it could do nothing
    }
    return [ours, *buttons]


def _add(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: Any) -> None:
    del app, page, template, tree
    context["header_buttons"] = with_button(context.get("header_buttons", []))


def setup(app: Sphinx) -> dict[str, Any]:
    """Have every page offer to be printed."""
    app.connect("html-page-context", _add, priority=_AFTER_THE_THEMES_OWN)
    app.add_js_file("print.js")
    return {"parallel_read_safe": True, "parallel_write_safe": True}

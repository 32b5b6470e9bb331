"""Mend what the book's theme leaves unsaid to a screen reader, in every page that was built.

A Sphinx extension (listed in `_config.yml`), so that every way of building the book has it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# The arrow that opens a part of the contents has a picture and no words (WCAG 4.1.2).
_ARROW = re.compile(
    r'(<a class="[^"]*reference internal" href="[^"]*">([^<]*)</a><details[^>]*>)<summary>'
)
# The sources are a list whose items say that they are something else (WCAG 1.3.1).
_SOURCE = ('role="doc-biblioentry"', 'role="listitem"')
# A table whose head says nothing of a column has no heading there, rather than an empty one.
_HEADING = re.compile(r'<th(?: class="head[^"]*"| scope="(?:col|row)")>(?:<p></p>)?</th>')
_SIDE = (
    '<div id="pst-primary-sidebar" class="',
    '<div id="pst-primary-sidebar" role="region" aria-label="Search and contents" class="',
)


def mended(page: str) -> str:
    """Return a built page's HTML with names and roles that screen readers can use.

    Examples
    --------
    >>> mended('<a class="reference internal" href="d.html">Day 1</a><details><summary>')[-40:]
    '<summary aria-label="Pages under Day 1">'
    >>> mended('<th class="head"><p></p></th><th class="head"><p>Week</p></th>')
    '<td class="head"></td><th class="head"><p>Week</p></th>'
    """
    page = _ARROW.sub(r'\1<summary aria-label="Pages under \2">', page)
    return _HEADING.sub('<td class="head"></td>', page.replace(*_SOURCE).replace(*_SIDE))


def _mend_all(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.name != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        was = path.read_text(encoding="utf-8")
        if (now := mended(was)) != was:
            path.write_text(now, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Have the pages mended when all are written."""
    app.connect("build-finished", _mend_all)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

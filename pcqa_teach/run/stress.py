"""A sentence of a lesson's, in which *stars* stress what is between them."""

from __future__ import annotations

import html
import re

_STRESSES = [
    (re.compile(rf"(?<![\w{sign}]){sign}(?=\S)([^{sign[-1]}\n]+?)(?<=\S){sign}(?![\w{sign}])"), tag)
    for sign, tag in ((r"\*\*", "strong"), (r"\*", "em"), ("`", "code"))
]


def stressed(text: str) -> str:
    """Return a sentence as HTML in which the stressed is marked, and nothing acts.

    >>> stressed("2 * 3 * 4, and <b> *against* it"), stressed("**never** `mean`")
    ('2 * 3 * 4, and &lt;b&gt; <em>against</em> it', '<strong>never</strong> <code>mean</code>')
    """
    found = html.escape(text)
    for mark, tag in _STRESSES:
        found = mark.sub(rf"<{tag}>\1</{tag}>", found)
    return found


def unstressed(text: str) -> str:
    """Return a sentence without the marks that stress a part of it.

    >>> unstressed("2 * 3 * 4, and *against* it, **never**")
    '2 * 3 * 4, and against it, never'
    """
    for mark, _ in _STRESSES:
        text = mark.sub(r"\1", text)
    return text

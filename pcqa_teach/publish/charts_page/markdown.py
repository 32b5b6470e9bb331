"""Small pieces of a page of the book, in MyST that both versions of Jupyter Book read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

FOLDER = "charts_and_rules"  # of the page's pictures, beside the page

_SPECIAL = re.compile(r"([\\`*_\[\]<>|{}])")
_CITED = {
    "Understanding Variation": "wheeler1993",
    "Introduction to Statistical Quality Control": "montgomery2013",
    "Run Charts Revisited": "anhoej2014",
    "Normalized Individuals": "taylor2018",
    "Improved Control Charts for Attributes": "laney2002",
    "Number-Between g-Type": "benneyan2001",
    "Parts-Per-Million": "nelson1994",
    "Control Charts for Individual Measurements": "nelson1982",
    "Tests for Special Causes": "nelson1984",
    "Statistical Quality Control Handbook": "westernelectric1956",
    "Economic Control of Quality": "shewhart1931",
    "Monitoring a Proportion": "reynolds1999",
    "Making Data Count": "mdc",
    "NHSRplotthedots": "nhsr",
    "qicharts2": "qicharts2",
}


def plain(text: str) -> str:
    r"""Give a text in which no letter means anything to Markdown.

    >>> print(plain("y[i] | two_of_three"))
    y\[i\] \| two\_of\_three
    """
    return _SPECIAL.sub(r"\\\1", text)


def code(text: str) -> str:
    """Set a text as code; inside a table, a bar would end the cell.

    >>> print(code("k = 7"))
    `k = 7`
    """
    return f"`{text}`"


def number(value: float) -> str:
    """Give a number in four figures, and never fewer than two decimals where it has them.

    >>> [number(value) for value in (33.0, 121.4877, 0.0888235, -0.05, float("nan"))]
    ['33', '121.49', '0.08882', '-0.05', 'none']
    """
    if not np.isfinite(value):
        return "none"
    size = np.floor(np.log10(abs(value))) if value else 0
    text = f"{value:,.{int(np.clip(3 - size, 2, 9))}f}"
    return text.rstrip("0").rstrip(".")


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: int = 99) -> str:
    """Lay out a table whose columns from the `right`th on hold numbers.

    >>> print(table(["Week", "Calls"], [["1", "120"]], right=1))
    | Week | Calls |
    |---|--:|
    | 1 | 120 |
    """
    rule = ["--:" if place >= right else "---" for place in range(len(head))]
    lines = [" | ".join(head), *(" | ".join(row) for row in rows)]
    first, *rest = [f"| {line} |" for line in lines]
    return "\n".join([first, f"|{'|'.join(rule)}|", *rest])


def picture(name: str, alt: str) -> str:
    """Show a picture of the page's folder with its words.

    >>> print(picture("xmr", "Five values."))
    ![Five values.](charts_and_rules/xmr.svg)
    """
    return f"![{plain(alt)}]({FOLDER}/{name}.svg)"


def sourced(text: str) -> str:
    """Give a source with a link to the list of references.

    >>> print(sourced("Shewhart, Economic Control of Quality (1931)"))
    Shewhart, Economic Control of Quality (1931) {cite:p}`shewhart1931`
    """
    keys = [key for title, key in _CITED.items() if title in text]
    return f"{plain(text)} {{cite:p}}`{','.join(keys)}`" if keys else plain(text)


def target(kind: str, name: str) -> str:
    """Name a place that links lead to.

    >>> target("rule", "two_of_three")
    'rule-two-of-three'
    """
    return f"{kind}-{name.replace('_', '-')}"


def heading(level: int, text: str, kind: str, name: str) -> str:
    """Give a heading that links can lead to.

    >>> print(heading(3, "Shift", "rule", "shift"))
    (rule-shift)=
    ### Shift
    """
    return f"({target(kind, name)})=\n{'#' * level} {plain(text)}"


def curious(*parts: str) -> str:
    """Fold away what few readers want; Enter or a click opens it.

    >>> print(curious("z = 3"))
    :::{dropdown} For the curious
    z = 3
    :::
    """
    return f":::{{dropdown}} For the curious\n{blocks(*parts)}\n:::"


def blocks(*parts: str) -> str:
    """Set parts under each other, leaving out what is empty."""
    return "\n\n".join(part for part in parts if part)

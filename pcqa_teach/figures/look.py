"""Colours, shapes and lettering.

Blue is improvement and orange is concern, as readers of Making Data Count expect, both darkened
until they stand out from white by at least 3:1 (WCAG 2.2, 1.4.11); each verdict also has its own
shape, so that no meaning hangs on colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

COLOURS: dict[str, str] = {
    "improvement": "#0072CE",
    "concern": "#D65F00",
    "neutral": "#5B2C83",
    "common": "#5F6B75",
    "centre": "#1B1F23",
    "limit": "#5F6B75",
    "target": "#B3261E",
    "ink": "#1B1F23",
    "muted": "#5F6B75",
    "grid": "#E3E7EA",
}

MARKERS: dict[str, str] = {
    "common": "o",
    "improvement": "s",
    "concern": "D",
    "neutral": "^",
}

_RC: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # travels with matplotlib: the same letters everywhere
    "font.size": 10,
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 10,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "legend.fontsize": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": COLOURS["muted"],
    "axes.labelcolor": COLOURS["ink"],
    "text.color": COLOURS["ink"],
    "xtick.color": COLOURS["ink"],
    "ytick.color": COLOURS["ink"],
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": COLOURS["grid"],
    "axes.axisbelow": True,
    "figure.facecolor": "white",
    "figure.figsize": (7.6, 4.2),
    "legend.frameon": False,
    "text.parse_math": False,  # a name with two dollar signs is a name
    "svg.fonttype": "path",
    "svg.hashsalt": "pcqa",  # the same figure gives the same bytes
}


@contextmanager
def theme() -> Iterator[None]:
    """Draw with the kit's look inside the `with`, and leave the caller's own settings untouched."""
    import matplotlib as mpl

    with mpl.rc_context(_RC):
        yield

"""A picture whose points answer: to a mouse, to the Tab key, to a finger, to a screen reader.

Plain HTML over the picture: no request, no kernel, and a script of one line for the arrow keys. The
words come up by style sheet alone, so that they do where scripts are taken out; where style sheets
are taken out too, as JupyterLab does in a notebook that it does not trust, the words stand under
the picture as a list.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pcqa_teach.figures.figure import Figure
from pcqa_teach.figures.static import static


@dataclass(frozen=True)
class Spot:
    """A place on a picture that answers; all as shares of its width or height, from the top left.

    Parameters
    ----------
    x, y : where the point is
    left, top, wide, tall : the box that answers for it
    text : what is said
    marked : whether Tab stops here; the others answer to the mouse, the finger and the arrow keys
    """

    x: float
    y: float
    left: float
    top: float
    wide: float
    tall: float
    text: str
    marked: bool = False


@dataclass(frozen=True)
class Interactive:
    """A figure with spots that answer; anything but a web page shows the figure alone.

    Examples
    --------
    >>> from matplotlib.figure import Figure as MplFigure
    >>> picture = Figure.of(MplFigure(), alt="Five weeks, no trend.", name="weeks")
    >>> spot = Spot(0.5, 0.5, 0.4, 0.1, 0.2, 0.8, "Week 3: 5. Ordinary variation.", marked=True)
    >>> 'aria-label="Week 3: 5. Ordinary variation."' in Interactive(picture, (spot,))._repr_html_()
    True
    """

    figure: Figure
    spots: Sequence[Spot] = field(repr=False)

    @property
    def alt(self) -> str:
        """The figure's own words."""
        return self.figure.alt

    def _repr_html_(self) -> str:
        source = self.figure._repr_html_().removesuffix("</figure>")
        source = source.replace('class="pcqa-figure"', 'class="pcqa-figure pcqa-points"', 1)
        about = html.escape(f"Points of the chart: {self.figure.name.replace('-', ' ')}")
        items = "".join(_item(spot) for spot in self.spots)
        keys = "" if static() else f' onkeydown="{html.escape(_KEYS)}" onmouseover="{_BACK}"'
        return (
            f'{source}<ul data-lm-suppress-shortcuts="true" aria-label="{about}"{keys}>'
            f"{items}</ul><style>{_STYLE}</style></figure>"
        )

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        data, about = self.figure._repr_mimebundle_(include, exclude)
        return {**data, "text/html": self._repr_html_()}, about


def _item(spot: Spot) -> str:
    """Write one point: the box that answers, the ring round the point, and the words."""
    text = html.escape(spot.text)
    box = f"left:{_share(spot.left)};top:{_share(spot.top)};"
    box += f"width:{_share(spot.wide)};height:{_share(spot.tall)}"
    stop = "" if spot.marked else ' tabindex="-1"'
    across = f"left:{_share(spot.x)}" if spot.x <= 0.5 else f"right:{_share(1 - spot.x)}"
    room = max(spot.x, 1 - spot.x)
    down = f"top:{_share(spot.y)}" if spot.y <= 0.5 else f"bottom:{_share(1 - spot.y)}"
    return (
        f'<li><button type="button"{stop} aria-label="{text}" style="{box}"></button>'
        f'<i style="left:{_share(spot.x)};top:{_share(spot.y)}"></i>'
        f'<span style="{across};{down};max-width:min(21em,{_share(room)})">{text}</span></li>'
    )


def _share(part: float) -> str:
    return f"{100 * part:.2f}%"


_STYLE = (
    ".pcqa-points{position:relative;display:inline-block;max-width:100%;line-height:0}"
    ".pcqa-points ul{list-style:none;margin:0!important;padding:0!important}"
    ".pcqa-points li{margin:0!important;padding:0!important}"
    ".pcqa-points li::marker{content:''}"
    ".pcqa-points button{position:absolute;background:none;border:0;padding:0;margin:0;"
    "min-width:0;border-radius:0;box-shadow:none;cursor:pointer;outline:none}"
    ".pcqa-points i{position:absolute;width:14px;height:14px;margin:-9px 0 0 -9px;"
    "border:2px solid #1b1f23;border-radius:50%;box-shadow:0 0 0 2px #fff;pointer-events:none}"
    ".pcqa-points span{position:absolute;box-sizing:border-box;width:max-content;margin:14px 0;"
    "padding:.5em .7em;background:#1b1f23;color:#fff;border-radius:4px;"
    "font:13px/1.4 system-ui,sans-serif;text-align:left;white-space:normal;z-index:9}"
    ".pcqa-points i,.pcqa-points span{visibility:hidden}"
    ".pcqa-points li:hover>i,.pcqa-points li:hover>span,"
    ".pcqa-points button:focus~i,.pcqa-points button:focus~span{visibility:visible}"
    ".pcqa-points ul:hover li:not(:hover)>button:focus~i,"
    ".pcqa-points ul:hover li:not(:hover)>button:focus~span{visibility:hidden}"
    ".pcqa-points ul[data-off] i,.pcqa-points ul[data-off] span{visibility:hidden!important}"
    "@media print{.pcqa-points ul{display:none}}"
)

# Escape takes the words away; the arrows go from point to point. Only this needs a script.
_KEYS = (
    "var l=event.target.closest('li'),k=event.key,"
    "n=l&&(k=='ArrowRight'?l.nextElementSibling:k=='ArrowLeft'?l.previousElementSibling:null);"
    "if(k=='Escape'){this.dataset.off=1}else{delete this.dataset.off}"
    "if(n){event.preventDefault();n.firstChild.focus()}"
)
_BACK = "delete this.dataset.off"

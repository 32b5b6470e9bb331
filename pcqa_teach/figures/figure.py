"""A finished picture: its two renderings, its name and the words for whoever cannot see it."""

from __future__ import annotations

import base64
import html
import io
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach.figures.look import theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure as MplFigure

_PRINT_DPI = 160
_HASHED = re.compile(r'(?<=["#])[a-z][0-9a-f]{10}\b')  # as Matplotlib names what an SVG refers to


class _Rendering:
    """A drawing that becomes an SVG and a PNG, each once and when it is asked for."""

    def __init__(self, drawing: MplFigure, about: dict[str, str]) -> None:
        self._drawing: MplFigure | None = drawing
        self._about = about
        self._made: dict[str, bytes] = {}

    def made(self, kind: str) -> bytes:
        """Return the "svg" or "png"; once both are made, the drawing is let go."""
        if kind not in self._made and self._drawing is not None:
            with theme():
                self._made[kind] = {"svg": _svg, "png": _png}[kind](self._drawing, self._about)
            if len(self._made) == 2:
                self._drawing = None
        return self._made[kind]


@dataclass(frozen=True, eq=False)
class Figure:
    """A picture as SVG and PNG with its alt text.

    A notebook shows it as an image with that alt text; a report and the book take it from there.

    Examples
    --------
    >>> from matplotlib.figure import Figure as MplFigure
    >>> drawing = MplFigure()
    >>> _ = drawing.subplots().plot([6, 7, 5, 9, 6])
    >>> picture = Figure.of(drawing, alt="Five weeks, 5 to 9 a week, no trend.", name="weeks")
    >>> picture.alt
    'Five weeks, 5 to 9 a week, no trend.'
    """

    alt: str
    name: str
    _rendering: _Rendering = field(repr=False)

    @classmethod
    def of(cls, drawing: MplFigure, *, alt: str, name: str) -> Figure:
        """Take a finished matplotlib figure; it is rendered when somebody looks at it."""
        if not alt.strip():
            raise ValueError(f"Figure '{name}' has no alt text: say its message in a sentence.")
        if drawing.canvas.manager is not None:
            import matplotlib.pyplot as plt

            plt.close(drawing)
        return cls(alt, _slug(name), _Rendering(drawing, {"Title": name, "Description": alt}))

    @property
    def svg(self) -> bytes:
        """The picture for the screen, with the alt text inside."""
        return self._rendering.made("svg")

    @property
    def png(self) -> bytes:
        """The picture for print, 160 dots to the inch, with the alt text inside."""
        return self._rendering.made("png")

    def save(self, folder: Path | str) -> list[Path]:
        """Write `NAME.png` and `NAME.svg`, both with the alt text inside; return where."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        paths = [folder / f"{self.name}.png", folder / f"{self.name}.svg"]
        for path, content in zip(paths, (self.png, self.svg), strict=True):
            path.write_bytes(content)
        return paths

    def _repr_html_(self) -> str:
        source = base64.b64encode(self.svg).decode()
        return (
            '<figure class="pcqa-figure" style="margin:0">'
            f'<img alt="{html.escape(self.alt)}" style="max-width:100%;height:auto" '
            f'src="data:image/svg+xml;base64,{source}"></figure>'
        )

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        data = {"text/html": self._repr_html_(), "text/plain": self.alt}
        if os.environ.get("PCQA_PNG") != "0":  # a batch of hundreds goes without
            data["image/png"] = base64.b64encode(self.png).decode()
        return data, {"pcqa": {"figure": self.name, "alt": self.alt}}


def _svg(drawing: MplFigure, about: dict[str, str]) -> bytes:
    """Render for the screen."""
    svg = io.BytesIO()
    drawing.savefig(svg, format="svg", metadata={**about, "Date": None, "Creator": None})
    return _described(_renamed(svg.getvalue().decode()), about["Description"])


def _renamed(svg: str) -> str:
    """Give numbers in place of names that are hashes of places, whose last bit may vary."""
    names: dict[str, str] = {}
    return _HASHED.sub(lambda seen: names.setdefault(seen[0], f"{seen[0][0]}{len(names)}"), svg)


def _png(drawing: MplFigure, about: dict[str, str]) -> bytes:
    """Render for print, with the words inside; without the alpha channel that nothing uses."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    raw, png, words = io.BytesIO(), io.BytesIO(), PngInfo()
    drawing.savefig(raw, format="rgba", dpi=_PRINT_DPI)
    wide, high = (int(inches * _PRINT_DPI) for inches in drawing.get_size_inches())
    image = Image.frombytes("RGBA", (wide, high), raw.getvalue())
    if image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    for name, text in about.items():
        words.add_itxt(name, text)
    image.save(png, "PNG", pnginfo=words, dpi=(_PRINT_DPI, _PRINT_DPI), compress_level=3)
    return png.getvalue()


def _described(svg: str, alt: str) -> bytes:
    """Say the alt text to a screen reader that opens the SVG by itself."""
    opening = re.search(r"<svg\b[^>]*>", svg)
    if opening is None:
        return svg.encode()
    tag = opening.group()[:-1] + f' role="img" aria-label="{html.escape(alt)}">'
    return (svg[: opening.start()] + tag + svg[opening.end() :]).encode()


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "figure"

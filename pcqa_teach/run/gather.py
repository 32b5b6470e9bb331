"""What a run lesson brought forth: its figures, with their words, and its recorded numbers."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

_SVG = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")


@dataclass(frozen=True)
class Picture:
    """A figure that a lesson showed: its name, its words, and its two renderings."""

    name: str
    alt: str
    svg: bytes
    png: bytes

    @property
    def source(self) -> str:
        """The picture as an address that holds it whole."""
        kind, content = ("svg+xml", self.svg) if self.svg else ("png", self.png)
        return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"

    def save(self, folder: Path) -> list[str]:
        """Write the renderings that there are; return their file names."""
        files = {f"{self.name}.png": self.png, f"{self.name}.svg": self.svg}
        for name, content in files.items():
            if content:
                (folder / name).write_bytes(content)
        return [name for name, content in files.items() if content]


def outputs(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """Give every output of every code cell, from the first to the last."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            yield from cell.outputs


def picture(output: NotebookNode) -> Picture | None:
    """Return the figure that an output holds; None when it holds something else."""
    about = output.get("metadata", {}).get("pcqa", {})
    if "figure" not in about:
        return None
    shown = output.get("data", {})
    drawn = _SVG.search(shown.get("text/html", ""))
    return Picture(
        name=about["figure"],
        alt=about.get("alt", ""),
        svg=base64.b64decode(drawn.group(1)) if drawn else b"",
        png=base64.b64decode(shown.get("image/png", "")),
    )


def pictures(notebook: NotebookNode) -> list[Picture]:
    """Return the figures in their order; a name used twice gets a number."""
    found: list[Picture] = []
    used: dict[str, int] = {}
    for output in outputs(notebook):
        drawn = picture(output)
        if drawn is not None:
            count = used[drawn.name] = used.get(drawn.name, 0) + 1
            found.append(drawn if count == 1 else replace(drawn, name=f"{drawn.name}-{count}"))
    return found


def results(notebook: NotebookNode) -> dict[str, Any]:
    """Return every number that the lesson recorded, by name; the last of a name counts."""
    merged: dict[str, Any] = {}
    for output in outputs(notebook):
        merged |= output.get("metadata", {}).get("pcqa", {}).get("results", {})
    return merged

"""What the tests of diagrams share: whether letters meet, or leave the sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from pcqa_teach.figures import Figure

_TOUCH = 1.5  # pixels at 100 dpi that letters may come into each other's box


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Figure]], list[str]]:
    """Draw a figure; say which texts overlap, leave the sheet or are too small to read."""
    drawn: list[Any] = []
    own = Figure.of.__func__

    def kept(cls: Any, drawing: Any, **about: Any) -> Figure:
        drawn.append(drawing)
        return own(cls, drawing, **about)

    monkeypatch.setattr(Figure, "of", classmethod(kept))

    def look(draw: Callable[[], Figure]) -> list[str]:
        picture = draw()
        drawing = drawn[-1]
        drawing.set_dpi(100)
        canvas = FigureCanvasAgg(drawing)
        texts: dict[int, Text] = {}
        with pytest.MonkeyPatch.context() as watch:  # a tick beyond the axis is there, not drawn
            plain = Text.draw

            def draw_text(self: Text, renderer: Any) -> None:
                if self.get_text().strip():
                    texts[id(self)] = self
                plain(self, renderer)

            watch.setattr(Text, "draw", draw_text)
            canvas.draw()
        seen = list(texts.values())
        boxes = [(one.get_text(), one.get_window_extent(canvas.get_renderer())) for one in seen]
        found = [f"small: {one.get_text()}" for one in seen if one.get_size() < 8]
        sheet = drawing.bbox
        found += [
            f"off the sheet: {name}"
            for name, box in boxes
            if min(box.x0, box.y0) < -0.5 or box.x1 > sheet.x1 + 0.5 or box.y1 > sheet.y1 + 0.5
        ]
        for place, (name, box) in enumerate(boxes):
            for other, that in boxes[place + 1 :]:
                across = min(box.x1, that.x1) - max(box.x0, that.x0)
                down = min(box.y1, that.y1) - max(box.y0, that.y0)
                if across > _TOUCH and down > _TOUCH:
                    found.append(f"overlap: {name!r} and {other!r}")
        assert picture.alt.strip()
        assert sheet.width == pytest.approx(760)
        return found

    return look

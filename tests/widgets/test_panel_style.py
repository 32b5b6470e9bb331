"""A panel shows where the keyboard is."""

from __future__ import annotations

import IPython.display
import pytest

from pcqa_teach.widgets import plot_the_dots


def test_a_panel_is_shown_with_a_ring_for_the_focus(monkeypatch: pytest.MonkeyPatch):
    for variable in ("PCQA_STATIC", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(variable, raising=False)
    pieces: list = []
    monkeypatch.setattr(IPython.display, "display", pieces.append)
    plot_the_dots()._ipython_display_()
    (shown,) = pieces
    style, panel = shown.children
    assert "pcqa-activity" in shown._dom_classes
    assert "button:focus-visible" in style.value
    assert "textarea:focus-visible" in style.value
    assert [type(part).__name__ for part in panel.children][-1] == "HTML"

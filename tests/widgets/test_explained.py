"""A chart's words: what matters is in view, the list of points is folded away."""

from __future__ import annotations

import pandas as pd

from pcqa_teach import spc
from pcqa_teach.widgets import explained

VALUES = [5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 30]


def chart() -> spc.Chart:
    frame = pd.DataFrame({"x": range(len(VALUES)), "value": VALUES})
    return spc.chart(frame, n=None, improvement="down", title="Calls", unit="")


def test_each_point_is_folded_away_and_the_rules_are_not() -> None:
    shown, _, folded = explained(chart())._repr_html_().partition("<details>")
    assert "Rules (" in shown
    assert "Point by point" not in shown
    assert folded.startswith("<summary>Point by point</summary><ul><li>")


def test_nothing_of_the_explanation_is_lost() -> None:
    told = repr(explained(chart()))
    assert all(line in told for line in chart().explain().splitlines() if line)


def test_a_short_reading_stands_first_and_the_whole_is_folded() -> None:
    shown, _, folded = explained(chart(), "In short.")._repr_html_().partition("<details>")
    assert shown.startswith("<p>In short.</p>")
    assert "Rules (" in folded

"""Each point says when asked why it is flagged, on the very spot where it is drawn."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure as MplFigure

from pcqa_teach.spc import chart
from pcqa_teach.spc.draw import compose
from pcqa_teach.spc.hover import MOST, interactive, spots
from pcqa_teach.spc.reasons import point_words, reasons


@pytest.fixture
def flagged(series, stable):
    return chart(series(np.append(stable, [20, np.nan])), improvement="down", baseline=24)


def test_a_flagged_point_gives_date_value_verdict_and_every_reason(flagged):
    said = str(point_words(flagged)[24])
    assert said.startswith("Apr 2024: 20")
    assert "A concern: above the upper limit" in said


def test_its_reasons_are_those_of_the_explanation(flagged):
    for why in filter(None, reasons(flagged)):
        assert why in flagged.explain()


def test_a_point_of_ordinary_variation_says_so_and_a_gap_has_no_spot(flagged):
    assert str(point_words(flagged)[0]).endswith("%. Ordinary variation.")
    assert len(interactive(flagged).spots) == 25


def test_a_series_out_of_the_ordinary_as_a_whole_says_so():
    frame = pd.DataFrame({"x": range(20), "value": [5] * 4 + [6] * 12 + [5] * 4})
    ours = chart(frame + 0.01 * frame[["x"]].assign(value=frame["x"]), kind="run")
    why = [one for one in reasons(ours) if one]
    assert why


def test_spots_lie_where_the_points_are_drawn(flagged):
    drawing = MplFigure()
    ax, on = compose(drawing, flagged)
    wide, high = drawing.bbox.size
    found = spots(flagged, ax, on)
    marks = np.concatenate(
        [
            ax.transData.transform(marks.get_offsets())
            for marks in ax.collections
            if len(marks.get_offsets()) and marks.get_label() != "Baseline"
        ]
    )
    for spot in found:
        here = np.array([spot.x * wide, (1 - spot.y) * high])
        assert np.abs(marks - here).sum(axis=1).min() < 0.01
        assert spot.left < spot.x < spot.left + spot.wide
        assert spot.top < spot.y < spot.top + spot.tall


def test_neighbouring_boxes_meet_and_do_not_overlap(flagged):
    found = interactive(flagged).spots
    for one, other in itertools.pairwise(found):
        assert other.left == pytest.approx(one.left + one.wide, abs=1e-9)


def test_tab_stops_at_flagged_points_and_the_latest(flagged):
    marked = [spot.marked for spot in interactive(flagged).spots]
    assert marked == [False] * 24 + [True]
    calm = chart(pd.DataFrame({"x": range(15), "value": [5, 6, 7] * 5}))
    assert [spot.marked for spot in interactive(calm).spots] == [False] * 14 + [True]


def test_in_many_panels_each_text_names_its_group_and_large_ones_keep_to_the_flagged(
    series, stable
):
    frame = pd.concat([series(np.append(stable, 20)).assign(g=f"<{i}>") for i in range(30)])
    ours = chart(frame, by="g", improvement="down", baseline=24)
    assert len(ours.points) > MOST
    found = interactive(ours).spots
    assert all(spot.marked for spot in found)
    assert found[0].text.startswith("<0>, Apr 2024: 20")
    assert "&lt;0&gt;, Apr 2024" in interactive(ours)._repr_html_()


def test_the_picture_is_the_static_one(flagged):
    shown = interactive(flagged)
    assert shown.figure.svg == flagged.figure().svg
    assert shown.alt == flagged.alt_text
    assert len(re.findall("<li>", shown._repr_html_())) == 25

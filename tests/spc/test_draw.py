"""The picture: what must be on it."""

from __future__ import annotations

import warnings

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure as MplFigure

from pcqa_teach.errors import ChartError
from pcqa_teach.figures import COLOURS
from pcqa_teach.spc import chart
from pcqa_teach.spc.date_axis import locator
from pcqa_teach.spc.draw import compose
from pcqa_teach.spc.marks import DASHES


def drawn(ours) -> tuple[MplFigure, str]:
    drawing = MplFigure()
    compose(drawing, ours)
    texts = [text.get_text() for text in drawing.findobj(mpl.text.Text)]
    return drawing, " ".join(" ".join(texts).split())


def test_title_lines_baseline_notes_and_reasons_are_written(series, stable):
    frame = series(np.append(stable[:12], stable[12:] - 2), notes=["Part-weeks left out."])
    frame["holiday"] = np.arange(24) % 6 == 0
    ours = chart(frame, improvement="down", rebase={12: "text reminders began"}, target=6)
    _, words = drawn(ours)
    for part in (
        ours.message,
        "Text reminders began",
        "Part-weeks left out.",
        "Has a bank holiday",
    ):
        assert part in words
    assert "baseline for the limits: Apr 2023 to Mar 2024, 12 points" in words
    assert "24 months, Apr 2022 to Mar 2024" in words
    assert "Target 6%" in words


def dashes(ours, colour="limit", **asked) -> list[tuple[float, ...]]:
    drawing = MplFigure()
    compose(drawing, ours, **asked)
    lines = [line for line in drawing.axes[0].lines if line.get_color() == COLOURS[colour]]
    return [tuple(line._unscaled_dash_pattern[1] or ()) for line in lines]


def test_the_mean_is_solid_limits_are_dashed_and_trial_limits_dotted(series, stable):
    firm, trial = chart(series(stable)), chart(series(stable[:8]))
    assert dashes(firm, "centre") == [()]
    assert dashes(firm) == [DASHES["limits"][1]] * 2
    assert dashes(trial) == [DASHES["trial"][1]] * 2
    assert "trial limits, dotted" in drawn(trial)[1]


def test_two_sigma_lines_are_drawn_and_named_only_when_asked_for(series, stable):
    ours = chart(series(stable))
    drawing = MplFigure()
    compose(drawing, ours, two_sigma=True)
    lines = [line for line in drawing.axes[0].lines if line.get_label() == "2 sigma"]
    assert lines[0].get_ydata()[0] == pytest.approx(ours.points["upper2"].iloc[0])
    assert "2 sigma" not in drawn(ours)[1]
    texts = [text.get_text() for text in drawing.findobj(mpl.text.Text)]
    assert sum(text.startswith("2 sigma") for text in texts) == 2


def test_each_verdict_has_its_own_shape_and_colour(series, stable):
    frame = series(np.append(stable, [20, 1]))
    drawing, words = drawn(chart(frame, improvement="down"))
    shapes = {
        tuple(np.round(marks.get_paths()[0].vertices.ravel(), 3)): marks.get_facecolor().tobytes()
        for marks in drawing.axes[0].collections
    }
    assert len(shapes) == 3 == len(set(shapes.values()))
    assert "Special cause: improvement" in words
    assert "Special cause: concern" in words


def test_the_figure_carries_its_alt_text(series, stable):
    ours = chart(series(stable))
    picture = ours.figure()
    assert picture.alt == ours.alt_text
    data, about = ours._repr_mimebundle_()
    assert ours.alt_text == about["pcqa"]["alt"] == data["text/plain"]


CASES = {
    "stable": lambda s, y: chart(s(y)),
    "short": lambda s, y: chart(s(y[:2])),
    "constant": lambda s, y: chart(s([7.0] * 15), target=7, improvement="up"),
    "missing": lambda s, y: chart(s([np.nan, *y, np.nan])),
    "run": lambda s, y: chart(s(y), kind="run", baseline=12),
    "mr": lambda s, y: chart(s(y), kind="mr"),
    "daily": lambda s, y: chart(s(y, freq="D"), exclude=[3]),
    "weekly": lambda s, y: chart(s(np.tile(y, 4), freq="W")),
    "yearly": lambda s, y: chart(s(y, freq="YS", start="1990-01-01")),
    "numbers": lambda s, y: chart(s(y).assign(x=np.arange(24) * 1.5)),
    "zeros": lambda s, y: chart(s(np.zeros(5))),
    "tiny": lambda s, y: chart(s(y * 1e-9)),
    "huge": lambda s, y: chart(s(y * 1e12)),
    "groups": lambda s, y: chart(
        pd.concat([s(y).assign(g=i) for i in range(6)] + [s([5.0]).assign(g=7)]),
        by="g",
        target=6,
        improvement="down",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_series_can_be_drawn_without_a_warning(case, series, stable):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture = CASES[case](series, stable).figure()
    assert picture.png.startswith(b"\x89PNG")


def test_the_same_chart_gives_the_same_bytes(series, stable):
    assert chart(series(stable)).figure().svg == chart(series(stable)).figure().svg


def test_one_chart_can_be_drawn_into_axes_and_many_cannot(series, stable):
    ax = MplFigure().subplots()
    assert chart(series(stable)).plot(ax) is ax
    assert ax.get_title("left")
    many = chart(series(stable).assign(g="a"), by="g")
    with pytest.raises(ChartError, match="does not fit one ax"):
        many.plot(ax)


@pytest.mark.parametrize("days", [1, 5, 20, 60, 200, 400, 1000, 4000, 20000])
@pytest.mark.parametrize("most", [5, 9])
def test_an_axis_never_has_more_ticks_than_fit(days, most):
    start = mpl.dates.date2num(pd.Timestamp("2023-03-13"))
    ticks = locator(days, most).tick_values(*mpl.dates.num2date([start, start + days]))
    inside = [tick for tick in ticks if start <= tick <= start + days]
    assert len(inside) <= most + 1


def labels_up(ours) -> list[float]:
    drawing = MplFigure()
    compose(drawing, ours)
    low, high = drawing.axes[0].get_ylim()
    ticks = drawing.axes[0].get_yticks()
    return [float(tick) for tick in ticks if low <= tick <= high]


@pytest.mark.parametrize(
    ("values", "above"), [([97, 99, 98, 96] * 6, False), ([97, 104] * 12, True)]
)
def test_a_share_has_no_steps_above_100_percent_and_a_ratio_has(series, values, above):
    steps = labels_up(chart(series(np.array(values, dtype=float))))
    assert len(steps) >= 2
    assert (max(steps) > 100) is above

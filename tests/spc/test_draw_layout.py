"""Many panels, stepping lines, notes that crowd: each in its place, none over another."""

from __future__ import annotations

import itertools

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as MplFigure

from pcqa_teach.spc import chart, edge_labels, sheet
from pcqa_teach.spc.callouts import SIZE, Callout, arrange, callouts
from pcqa_teach.spc.draw import compose, figure
from pcqa_teach.spc.panels import lay_out
from pcqa_teach.spc.places import cells, stepped


def many(series, values, groups) -> pd.DataFrame:
    parts = [series(values + i).assign(practice=f"Practice {i}") for i in range(groups)]
    frame = pd.concat(parts, ignore_index=True)
    frame.attrs["pcqa"] = {"title": "Missed appointments", "unit": "%", "notes": []}
    return frame


def facets(series, values) -> pd.DataFrame:
    frame = many(series, values, 5)
    names = frame["practice"]
    frame["site"] = names.map(lambda name: "North" if name[-1] < "3" else "South")
    frame["day"] = names.map(lambda name: ["Mon", "Tue", "Wed"][int(name[-1]) % 3])
    return frame


def drawn(ours, **asked) -> tuple[MplFigure, mpl.axes.Axes]:
    drawing = MplFigure()
    ax, _ = compose(drawing, ours, **asked)
    return drawing, ax


def written(drawing: MplFigure) -> list[tuple[str, mpl.transforms.Bbox]]:
    """List the texts that are drawn, each with its box in dots."""
    renderer = FigureCanvasAgg(drawing).get_renderer()
    drawing.draw(renderer)
    ticks = [
        (tick, sorted(axis.get_view_interval()))
        for ax in drawing.axes
        for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
    ]
    beyond = {id(tick.label1) for tick, (low, high) in ticks if not low <= tick.get_loc() <= high}
    return [
        (text.get_text(), text.get_window_extent(renderer))
        for text in drawing.findobj(mpl.text.Text)
        if text.get_text().strip() and text.get_visible() and id(text) not in beyond
    ]


def overlaps(drawing: MplFigure) -> list[tuple[str, str]]:
    """List the pairs of texts that cover one another."""
    boxes = [(text, box.padded(-1)) for text, box in written(drawing)]
    return [
        (one, other)
        for (one, here), (other, there) in itertools.combinations(boxes, 2)
        if here.overlaps(there)
    ]


def outside(drawing: MplFigure) -> list[str]:
    """List the texts that run over the edge of the sheet."""
    sheet_box = drawing.bbox.padded(1)
    return [
        text
        for text, box in written(drawing)
        if not (sheet_box.contains(box.x0, box.y0) and sheet_box.contains(box.x1, box.y1))
    ]


NOTES = {
    "2022-09-01": "Text reminders began",
    "2022-10-01": "A new telephone system in all three sites of the practice",
    "2022-11-01": "Flu clinics",
    "2024-03-01": "The last month of the year, when many are away",
}
SHEETS = {
    "notes that crowd": lambda s, y: chart(
        s(y), annotations=NOTES, rebase={"2022-12-01": "a second receptionist"}, target=6
    ),
    "target by date": lambda s, y: chart(s(y), target={"2022-04-01": 6, "2023-06-01": 6.4}),
    "nine panels": lambda s, y: chart(many(s, y, 9), by="practice", target=7, improvement="up"),
    "a grid": lambda s, y: chart(
        facets(s, y), by=["site", "day"], target=7, improvement="up", annotations=NOTES
    ),
    "fifty panels": lambda s, y: chart(many(s, y, 50), by="practice", target=7, improvement="up"),
    "one panel": lambda s, y: chart(many(s, y, 1), by="practice"),
    "long names": lambda s, y: chart(
        many(s, y, 5).replace("Practice 1", "The Riverside and Old Mill Street Partnership"),
        by="practice", target=7, improvement="up",
        title="Appointments missed without telling the practice, of all those booked by telephone",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SHEETS)
@pytest.mark.parametrize("asked", [{}, {"two_sigma": True, "free_y": True}], ids=["plain", "all"])
def test_no_text_covers_another_or_leaves_the_sheet(case, asked, series, stable):
    drawing, _ = drawn(SHEETS[case](series, stable), **asked)
    assert overlaps(drawing) == []
    assert outside(drawing) == []


@pytest.mark.parametrize("words", [1, 2, 5])
def test_a_long_name_beside_the_plot_has_room_for_its_lines(words, series, stable):
    frame = series(80 + stable / 10).assign(n=None)
    name = ", and ".join(["Online requests answered the same day, %"] * words)
    drawing, ax = drawn(chart(frame[["x", "value"]], unit="%", title=name))
    assert outside(drawing) == []
    lines = ax.get_ylabel().split("\n")
    assert len(lines) == 2
    assert min(map(len, lines)) > 10


def test_a_moving_target_is_a_stepped_line(series, stable):
    _, ax = drawn(chart(series(stable), target={"2022-04-01": 6, "2023-06-01": 5}))
    target = next(line for line in ax.lines if line.get_label() == "Target")
    assert target.get_ydata().tolist() == [6, 6, 5, 5]


def test_limits_step_with_the_denominator_and_break_between_phases(series):
    frame = series([6, 9, 7, 8, 6] * 2 + [16, 19, 17, 18, 16] * 2, unit="").assign(
        n=[100, 200] * 10
    )
    _, ax = drawn(chart(frame, kind="p", rebase={10: "text reminders"}).shown)
    upper = next(line for line in ax.lines if line.get_label() == "Trial limits").get_ydata()
    assert len(set(upper[np.isfinite(upper)])) == 4
    assert np.isnan(upper).sum() == 1


def test_a_cusum_chart_shows_both_of_its_sums(series, stable):
    ours = chart(series(stable), kind="cusum")
    _, ax = drawn(ours)
    drawn_lines = [line.get_ydata() for line in ax.lines if len(line.get_ydata()) == len(stable)]
    for name in ("y", "lower_sum"):
        assert any(np.array_equal(line, ours.points[name]) for line in drawn_lines)


def test_a_gap_stays_a_gap_in_every_panel(series, stable):
    holed = stable.copy()
    holed[5] = np.nan
    ours = chart(many(series, holed, 3), by="practice")
    _, ax = drawn(ours)
    joins = [line for line in ax.lines if line.get_color() == "#8C96A0"]
    assert np.isnan(joins[0].get_ydata()).sum() == 3 + 2  # a gap each, and between the groups


def test_the_number_of_artists_does_not_grow_with_the_panels(series, stable):
    def marks(groups: int) -> int:
        _, ax = drawn(chart(many(series, stable, groups), by="practice"))
        return len(ax.lines) + len(ax.collections)

    assert marks(4) == marks(24)


def test_panels_share_one_scale_unless_each_asks_for_its_own(series, stable):
    ours = chart(many(series, stable, 3), by="practice")
    shared, free = (compose(MplFigure(), ours, free_y=free)[1] for free in (False, True))
    assert len(set(shared.y0)) == 1
    assert len(set(free.y0)) == 3


def test_two_columns_make_a_grid_and_a_missing_pair_leaves_its_place_empty(series, stable):
    out = lay_out(chart(facets(series, stable), by=["site", "day"]))
    assert out.row_names == ["North", "South"]
    assert list(zip(out.row, out.column, out.names, strict=True)) == [
        (0, 0, "Mon"), (0, 1, "Tue"), (0, 2, "Wed"), (1, 0, "Mon"), (1, 1, "Tue"),
    ]  # fmt: skip
    assert out.lowest.tolist() == [False, False, True, True, True]
    assert out.outer.tolist() == [True, False, False, True, False]


def test_a_grid_too_wide_for_the_sheet_is_turned_on_its_side(series, stable):
    frame = many(series, stable, 8).assign(site="North")
    out = lay_out(chart(frame, by=["site", "practice"]))
    assert (out.columns, len(out.row_names)) == (1, 8)


def test_notes_without_room_in_panels_are_said_under_them(series, stable):
    ours = chart(many(series, stable, 3), by="practice", annotations={"2022-09-01": "Flu clinics"})
    drawing, _ = drawn(ours)
    words = " ".join(text.get_text() for text in drawing.findobj(mpl.text.Text))
    assert "Upright line in Sep 2022: Flu clinics" in words


def test_reasons_of_phases_and_notes_stand_in_one_order(series, stable):
    ours = chart(series(stable), annotations=NOTES, rebase={"2022-12-01": "a second receptionist"})
    texts = [one.text for one in callouts(ours)]
    assert texts[3] == "A second receptionist"
    assert len(texts) == 5


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 10), st.text("abc def", min_size=1, max_size=60)), max_size=8)
)
def test_notes_never_cover_one_another(found):
    from pcqa_teach.figures.lettering import text_width

    notes = [Callout(x, text) for x, text in sorted(found) if text.strip()]
    boxes = []
    for one in arrange(notes, 0.0, 10.0, 5.8):
        wide = max(text_width(line, SIZE) for line in one.lines)
        boxes.append((one.left, one.left + wide, one.top, one.top + 0.145 * len(one.lines)))
    for a, b in itertools.combinations(boxes, 2):
        assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]
        assert a[0] >= 0


@given(st.lists(st.floats(0, 3), min_size=1, max_size=7))
def test_labels_at_the_edge_keep_their_order_and_their_distance(middles):
    heights = np.full(len(middles), 0.3)
    moved = edge_labels.spread(np.sort(np.array(middles)), heights)
    assert (np.diff(moved) >= 0.3 - 0.02).all()


def test_a_key_goes_on_in_a_second_row_before_it_leaves_the_sheet():
    rows = sheet.key_rows([*sheet._KEY])
    assert len(rows) > 1
    assert [name for row in rows for name in row] == [*sheet._KEY]
    assert all(sum(map(sheet._entry, row)) <= sheet.WIDTH for row in rows)


def test_cells_meet_half_way_and_lone_points_get_the_usual_width(series, stable):
    frame = pd.concat([many(series, stable, 2), series([5.0]).assign(practice="New")])
    begin, end = cells(chart(frame, by="practice"))
    assert np.allclose(begin[1:24], end[:23])
    assert 28 < end[-1] - begin[-1] < 32


def test_a_level_line_has_two_corners_however_many_rows():
    edges = np.arange(1001.0)
    x, y = stepped(edges[:-1], edges[1:], np.full(1000, 5.0), np.array([0]))
    assert x.tolist() == [0, 1000]
    assert y.tolist() == [5, 5]


def test_the_sheet_of_many_gives_the_same_bytes_each_time(series, stable):
    ours = chart(many(series, stable, 6), by="practice")
    assert figure(ours).svg == figure(ours).svg
    assert figure(ours).png == figure(ours).png

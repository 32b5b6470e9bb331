"""The pictures: what must be on them."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from matplotlib import text as mtext
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from pcqa_teach import flow
from pcqa_teach.figures.sheet import Plot
from pcqa_teach.flow import draw, phone_draw

RUSH = [30, 20, 14, 10, 8]


def _week(days: int) -> pd.DataFrame:
    dates = pd.date_range("2025-03-03", periods=days)
    rng = np.random.default_rng(1)
    return pd.DataFrame({"date": dates, "demand": rng.integers(20, 30, days),
                         "capacity": rng.integers(18, 30, days), "activity": 20})  # fmt: skip


CASES = {
    "dcaq": lambda: flow.dcaq(_week(30), minutes=10),
    "dcaq of many days": lambda: flow.dcaq(_week(400)),
    "dcaq of one day": lambda: flow.dcaq(_week(1)),
    "dcaq by number": lambda: flow.dcaq(_week(9).assign(date=np.arange(9))),
    "backlog": lambda: flow.backlog_growth(runs=50),
    "backlog of nothing": lambda: flow.backlog_growth(demand_cv=0, capacity_cv=0, runs=2),
    "backlog with spare": lambda: flow.backlog_growth(100, 110, periods=1, runs=20),
    "carve-out": lambda: flow.carve_out(runs=20),
    "carve-out with long names": lambda: flow.carve_out(
        95, 100, kept=0.5, runs=20, names=("urgent, asked for on the day", "long-term reviews")
    ),
    "carve-out without waits": lambda: flow.carve_out(1, 1000, runs=2, days=2),
    "hub": lambda: flow.pooling_gain([36, 24], [3, 2]),
    "hub of many": lambda: flow.pooling_gain(
        [20] * 14, [2] * 14, names=[f"A practice with a long pseudonym {n}" for n in range(14)]
    ),
    "erlang b": lambda: flow.erlang_b(60, 150, 3),
    "erlang c": lambda: flow.erlang_c(60, 150, [2, 3, 4, 5]),
    "erlang a of many": lambda: flow.erlang_a(list(range(1, 41)), 150, 2),
    "profile": lambda: flow.call_profile(
        pd.Series(pd.to_datetime(["2025-03-03 08:01", "2025-03-04 10:00"]), name="start")
    ),
    "phones": lambda: flow.simulate_phones(RUSH, [2, 2, 3, 3, 2], days=5, lines=6),
    "phones all day": lambda: flow.simulate_phones([4] * 42, 2, days=5),
}


RARE = ("dcaq of many days", "dcaq by number", "erlang a of many", "backlog of nothing",
        "carve-out without waits", "backlog with spare")  # fmt: skip
_MARKED = [pytest.param(name, marks=pytest.mark.slow if name in RARE else ()) for name in CASES]


@pytest.fixture(scope="module", params=_MARKED)
def drawn(request):
    """Draw a case, and keep the drawing before it is let go."""
    kept = []
    finish = Plot.finish

    def keep(page, **about):
        kept.append(page.drawing)
        return finish(page, **about)

    result = CASES[request.param]()
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        patch.setattr(Plot, "finish", keep)
        warnings.simplefilter("error")
        picture = result.figure()
    return result, picture, kept[0]


def test_it_is_drawn_without_a_warning_and_carries_message_and_alt_text(drawn):
    result, picture, drawing = drawn
    title = " ".join(drawing.texts[0].get_text().split())
    assert title == result.message
    assert picture.alt == result.alt_text
    assert result.message in picture.alt
    assert picture.png.startswith(b"\x89PNG")


def test_no_letter_is_small_and_no_text_lies_on_another_or_off_the_sheet(drawn):
    _, _, drawing = drawn
    canvas = FigureCanvasAgg(drawing)
    canvas.draw()
    sheet_box = drawing.bbox
    inside = [t for t in _shown(drawing) if t.get_text().strip()]
    boxes = [(t, t.get_window_extent()) for t in inside]
    for one, box in boxes:
        assert one.get_fontsize() >= 8, one.get_text()
        assert box.x0 >= -2, one.get_text()
        assert box.x1 <= sheet_box.x1 + 2, one.get_text()
    for place, (one, box) in enumerate(boxes):
        for other, second in boxes[place + 1 :]:
            apart = (
                box.x1 <= second.x0 + 1 or second.x1 <= box.x0 + 1
                or box.y1 <= second.y0 + 1 or second.y1 <= box.y0 + 1
            )  # fmt: skip
            assert apart, (one.get_text(), other.get_text())


def _shown(drawing: Figure) -> list[mtext.Text]:
    """Give every text that is drawn: of the ticks, those within their axis."""
    ticks, seen = set(), []
    for axes in drawing.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            for at, tick in zip(axis.get_majorticklocs(), axis.get_major_ticks(), strict=True):
                ticks |= {tick.label1, tick.label2}
                if low - 1e-9 <= at <= high + 1e-9 and tick.label1.get_visible():
                    seen.append(tick.label1)
            for tick in axis.get_minor_ticks():
                ticks |= {tick.label1, tick.label2}
    others = drawing.findobj(lambda a: isinstance(a, mtext.Text) and a not in ticks)
    return seen + [text for text in others if text.get_visible()]


def test_axes_are_named_with_their_units(drawn):
    _, _, drawing = drawn
    assert drawing.axes[-1].get_xlabel()
    assert all(axes.get_ylabel() or axes.patches for axes in drawing.axes)


def test_the_same_result_gives_the_same_bytes():
    one, two = (flow.erlang_c(60, 150, [3, 4]).figure().svg for _ in range(2))
    assert one == two


def test_a_notebook_shows_the_picture_with_its_alt_text():
    queue = flow.erlang_c(60, 150, 4)
    data, about = queue._repr_mimebundle_()
    assert data["text/plain"] == queue.alt_text == about["pcqa"]["alt"]
    assert repr(queue) == f"<Erlang: {queue.message}>"


def test_no_meaning_hangs_on_colour_alone(monkeypatch):
    found = flow.dcaq(_week(30))
    styles = {}

    def look(page, **_):
        styles.update({line.get_label(): line.get_linestyle() for line in page.axes[0].lines})

    monkeypatch.setattr(Plot, "finish", look)
    draw.dcaq(found)
    monkeypatch.undo()
    assert len(set(styles.values())) == len(styles) == 2
    assert phone_draw.erlang(flow.erlang_c(60, 150, [2, 3])).alt.count("no steady state") == 1

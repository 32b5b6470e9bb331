"""Every result can be seen, heard and read: a figure with alt text, words, a table."""

from __future__ import annotations

import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text

import pcqa_teach as pcqa
from pcqa_teach.demand import (
    appropriateness,
    attendance_curve,
    continuity,
    failure_demand,
    persistence,
)

LONG = [f"a long cause number {i} that somebody wrote out in full and at length" for i in range(18)]


def _contacts(causes: list[str], each: int) -> pd.DataFrame:
    names = np.repeat(causes, each)
    codes = np.where(np.arange(len(names)) % 2 == 0, "failure-practice", "failure-system")
    failed = pd.DataFrame({"code": codes, "cause": names})
    return pd.concat([failed, pd.DataFrame({"code": ["value"] * 200, "cause": None})])


RESULTS = {
    "one cause": lambda: failure_demand(_contacts(["results"], 12), cause="cause"),
    "many causes": lambda: failure_demand(_contacts(LONG, 10), cause="cause"),
    "no causes": lambda: failure_demand(_contacts(["results"], 12)),
    "prize": lambda: failure_demand(_contacts(LONG[:4], 10), cause="cause").prize(
        weekly=1200, minutes=6
    ),
    "curve": lambda: attendance_curve(pcqa.load_demo("appointments"), list_size=9800),
    "small curve": lambda: attendance_curve(pd.DataFrame({"patient": list("aabbc")})),
    "persistence": lambda: persistence(pcqa.load_demo("attendance").query("copy == 'usual'")),
    "rise": lambda: persistence(
        pd.DataFrame({"before": [5, 4, 4, 4] * 20, "after": [9, 1, 1, 1] * 20}), top=25
    ),
    "continuity": lambda: continuity(pcqa.load_demo("appointments")),
    "continuity by age": lambda: continuity(pcqa.load_demo("appointments"), by="age_band"),
    "appropriateness": lambda: appropriateness(
        pd.DataFrame({"helper": ["right as it was"] * 60 + LONG[:3] * 10})
    ),
}


@pytest.fixture(params=RESULTS, scope="module")
def result(request):
    return RESULTS[request.param]()


def test_every_result_has_words_a_table_and_a_picture(result):
    data, about = result._repr_mimebundle_()
    assert data["text/plain"] == about["pcqa"]["alt"] == result.alt_text
    assert len(data["image/png"]) > 10_000
    assert result.message in result.explain()
    assert len(result.table)
    assert type(result).__name__ in repr(result)


def test_words_are_plain(result):
    said = " ".join([result.explain(), result.alt_text, result.message])
    assert not re.search(r"\bnan\b|\binf\b|np\.|  |\.\.(?!\.)|_", said), said
    assert not re.search(r"frequent attender|customer|blame", said, re.I)


def test_letters_in_a_picture_never_overlap_and_are_eight_points_or_more(result, monkeypatch):
    seen: list[Drawing] = []
    monkeypatch.setattr(
        "pcqa_teach.figures.Figure.of", lambda drawing, **_: seen.append(drawing) or drawing
    )
    result.figure()
    (drawing,) = seen
    drawing.canvas.draw()
    renderer = drawing.canvas.get_renderer()
    beyond = {
        label
        for axes in drawing.axes
        for axis in (axes.xaxis, axes.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
        for label in (tick.label1, tick.label2)
    }
    texts = [text for text in drawing.findobj(_shown) if text not in beyond]
    boxes = [Text.get_window_extent(t, renderer) for t in texts]  # without its arrow
    page = drawing.bbox
    for text, box in zip(texts, boxes, strict=True):
        assert text.get_fontsize() >= 8, text
        assert page.x0 - 1 <= box.x0 < box.x1 <= page.x1 + 1, text.get_text()
        assert page.y0 - 1 <= box.y0 < box.y1 <= page.y1 + 1, text.get_text()
    for i, one in enumerate(boxes):
        for j, other in enumerate(boxes[i + 1 :], i + 1):
            apart = (
                one.x1 <= other.x0 + 1 or other.x1 <= one.x0 + 1
                or one.y1 <= other.y0 + 1 or other.y1 <= one.y0 + 1
            )  # fmt: skip
            assert apart, (texts[i].get_text(), texts[j].get_text())


def _shown(text) -> bool:
    return isinstance(text, Text) and bool(text.get_text().strip()) and text.get_visible()


@pytest.mark.skipif(sys.platform == "emscripten", reason="a browser has no processes")
def test_importing_the_package_loads_no_drawing_and_no_statistics():
    code = (
        "import sys, pcqa_teach.demand as d; d.failure_demand; d.continuity; d.attendance_curve;"
        "print([m for m in ('matplotlib', 'scipy', 'statsmodels') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"

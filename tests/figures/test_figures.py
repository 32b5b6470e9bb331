"""A picture carries its words wherever it goes."""

from __future__ import annotations

import base64
import doctest
import importlib
import io
import re
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.figure import Figure as MplFigure
from PIL import Image

from pcqa_teach.figures import COLOURS, MARKERS, Figure, static, table, theme

ALT = 'Calls "answered" fell below the lower limit on 4 May & came back.'


def _picture() -> Figure:
    drawing = MplFigure()
    drawing.subplots().plot([6, 7, 5, 9, 6])
    return Figure.of(drawing, alt=ALT, name="Calls answered!")


def test_both_files_carry_the_alt_text(tmp_path: Path) -> None:
    png, svg = _picture().save(tmp_path)
    assert png.name == "calls-answered.png"
    assert b"Calls &quot;answered&quot; fell" in svg.read_bytes()
    assert b"came back." in png.read_bytes()


def test_a_notebook_shows_it_with_its_alt_text_and_says_its_name_in_metadata() -> None:
    data, metadata = _picture()._repr_mimebundle_()
    alt = re.search(r'alt="([^"]+)"', data["text/html"])
    assert alt is not None
    assert alt.group(1) == ALT.replace("&", "&amp;").replace('"', "&quot;")
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data["text/plain"] == ALT
    assert metadata == {"pcqa": {"figure": "calls-answered", "alt": ALT}}


def test_a_picture_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no alt text"):
        Figure.of(MplFigure(), alt="  ", name="empty")


def test_the_same_drawing_gives_the_same_bytes() -> None:
    one, other = _picture(), _picture()
    assert (one.svg, one.png) == (other.svg, other.png)


def test_the_last_bit_of_a_place_changes_no_byte() -> None:
    made = []
    for left in (0.1, 0.1 + 2e-16):
        drawing = MplFigure()
        drawing.add_axes((left, 0.1, 0.8, 0.8)).plot([3, 1, 2], marker="o")
        made.append(Figure.of(drawing, alt="3, 1 and 2 calls in three hours", name="calls").svg)
    assert made[0] == made[1]
    ids = re.findall(r'\bid="([^"]+)"', made[0].decode())
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r"#([a-z]\d+)\b", made[0].decode())) <= set(ids)


def test_each_rendering_is_made_once_in_whatever_order() -> None:
    one, other = _picture(), _picture()
    first = (one.svg, one.png)
    assert (other.png, other.svg) == first[::-1]
    assert (one.svg, one.png) == first


def test_a_picture_that_nobody_looks_at_is_never_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(MplFigure, "savefig", lambda *_, **__: drawn.append("drawn"))
    _picture()
    assert drawn == []


def test_a_picture_made_with_pyplot_is_closed() -> None:
    with theme():
        drawing, axes = plt.subplots()
        axes.plot([1, 2, 1, 3, 2])
        Figure.of(drawing, alt=ALT, name="x")
    assert not plt.get_fignums()


def test_the_theme_leaves_the_callers_settings_alone() -> None:
    before = dict(plt.rcParams)
    with theme():
        pass
    assert dict(plt.rcParams) == before


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", [name for name in COLOURS if name != "grid"])
def test_every_colour_stands_out_from_white_by_3_to_1(name: str) -> None:
    assert 1.05 / (_luminance(COLOURS[name]) + 0.05) >= 3


def test_each_verdict_has_a_colour_and_a_shape_of_its_own() -> None:
    assert set(MARKERS) <= set(COLOURS)
    assert len(set(MARKERS.values())) == len(MARKERS)
    assert len({COLOURS[name] for name in MARKERS}) == len(MARKERS)


def test_a_table_has_a_caption_and_headings_that_say_what_they_head() -> None:
    frame = pd.DataFrame({"Day": ["Mon <b>", None], "Calls": [1200, float("nan")]})
    page = table(frame, "Calls & days")._repr_html_()
    assert "<caption>Calls &amp; days</caption>" in page
    assert page.count('scope="col"') == 2
    assert page.count('scope="row"') == 2
    assert "Mon &lt;b&gt;" in page
    assert "1,200" in page
    assert page.count("–") == 2


def test_static_is_said_by_the_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PCQA_STATIC", raising=False)
    assert not static()
    monkeypatch.setenv("PCQA_STATIC", "1")
    assert static()


@pytest.mark.parametrize("name", ["figure", "hover", "lettering", "table"])
def test_the_examples_run(name: str) -> None:
    module = importlib.import_module(f"pcqa_teach.figures.{name}")
    assert doctest.testmod(module).failed == 0


def test_the_print_version_is_drawn_once_when_asked_for_and_has_no_alpha() -> None:
    picture = _picture()
    assert picture.png is picture.png
    with Image.open(io.BytesIO(picture.png)) as image:
        assert image.mode == "RGB"
        assert image.info["Description"] == ALT
        assert round(image.info["dpi"][0]) == 160


def test_a_see_through_picture_stays_so() -> None:
    drawing = MplFigure(facecolor="none")
    with Image.open(io.BytesIO(Figure.of(drawing, alt=ALT, name="x").png)) as image:
        assert image.mode == "RGBA"


def test_a_table_shows_as_many_decimals_as_asked_for() -> None:
    frame = pd.DataFrame({"Week": ["1"], "Share": [0.12345]})
    assert "0.1235" in table(frame, "x", decimals=4)._repr_html_()
    assert "0.12<" in table(frame, "x")._repr_html_()
    assert "1,200<" in table(pd.DataFrame({"a": ["x"], "b": [1200.0]}), "x", 0)._repr_html_()

"""A report on one A4 page for a notice board: what may be shared.

From the top: the title and whose figures they are, the first figure large, the others, what they
mean, a question, and when the page was made. There is no picture on it: a chart shows exact
figures, and stays in the report.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pcqa_teach.run.board_words import FINDING, FOOTNOTE, NOTHING, figure_first, meaning, parted

_MARGIN, _GAP = 18.0, 6.0  # millimetres
_DARK, _BLUE, _PALE, _TINT = (27, 31, 35), (0, 47, 95), (200, 208, 214), (232, 239, 246)
_MOST = 20  # results beside which the first one has no room to be large
_LARGE = (54, 44, 36, 28)  # points, the largest at which the first result keeps to one line
_SCALES = (1.6, 1.4, 1.2, 1.1, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
_TOO_TALL = 1000.0  # millimetres: more than a page
_MOST_GAP = 30.0  # millimetres; beyond that a page falls apart


def write(
    path: Path,
    *,
    title: str,
    facts: Iterable[tuple[str, str]],
    rows: Mapping[str, str],
    created: datetime.date,
    lesson: str | None = None,
) -> None:
    """Write the page as a PDF with its words in reading order.

    Parameters
    ----------
    path : path
        The file to write.
    title : str
        The page's heading.
    facts : list of (str, str)
        What stands at its foot.
    rows : dict
        What may be shared: by heading, what is said.
    created : date
        The day that the file says it was made.
    lesson : str, optional
        The lesson's short name, whose meaning and question stand on the page.
    """
    said = dict(facts)
    under, results = parted(rows, said)
    pdf = _page(title, created)
    low = pdf.h - _MARGIN - _height(pdf, lambda on: _foot(on, said))
    for scale in _SCALES:
        blocks = _blocks(title, under, results, lesson, scale)
        tall = _MARGIN + sum(_height(pdf, block) for block in blocks)
        gap = (low - tall) / len(blocks)
        if gap >= _GAP * min(scale, 1):
            break
    for block in blocks:
        block(pdf)
        pdf.ln(max(min(gap, _MOST_GAP), 0))
    pdf.set_y(low)
    _foot(pdf, said)
    path.write_bytes(bytes(pdf.output()))


def _blocks(
    title: str, under: str, results: list[tuple[str, str]], lesson: str | None, scale: float
) -> list[Callable[[Any], None]]:
    """Give what writes each part of the page, from the top, so many times its usual size."""

    def head(pdf: Any) -> None:
        _say(pdf, title, 24 * scale, bold=True, colour=_BLUE)
        if under:
            _say(pdf, under, 10.5 * scale, space=1)

    def part(heading: str, text: str) -> Callable[[Any], None]:
        def write(pdf: Any) -> None:
            _say(pdf, heading, 13 * scale, bold=True, colour=_BLUE)
            _say(pdf, text, 13 * scale, space=0.5)

        return write

    first, rest = (results[:1] or [NOTHING], results[1:])
    if len(results) > _MOST:
        first, rest = [], results
    means, question = meaning(lesson)
    return [
        head,
        *(partial(_large, heading=heading, said=text, scale=scale) for heading, text in first),
        *([partial(_table, rows=rest, size=13 * scale)] if rest else []),
        part("What it means", means),
        part("A question for us", question),
    ]


def _page(title: str, created: datetime.date) -> Any:
    from fpdf import FPDF
    from matplotlib import get_data_path

    fonts = Path(get_data_path()) / "fonts" / "ttf"
    pdf = FPDF(format="A4")
    pdf.set_margins(_MARGIN, _MARGIN, _MARGIN)
    pdf.set_auto_page_break(False)
    pdf.add_font("DejaVu", "", fonts / "DejaVuSans.ttf")
    pdf.add_font("DejaVu", "B", fonts / "DejaVuSans-Bold.ttf")
    pdf.set_title(title)
    pdf.set_lang("en-GB")
    pdf.set_creator("pcqa_teach")
    pdf.set_creation_date(datetime.datetime.combine(created, datetime.time(), datetime.UTC))
    pdf.add_page()
    return pdf


def _say(
    pdf: Any,
    text: str,
    size: float,
    *,
    bold: bool = False,
    colour: tuple[int, int, int] = _DARK,
    space: float = 0,
    tint: bool = False,
) -> None:
    """Write a paragraph; a tinted one stands on a band as wide as the page's text."""
    pdf.ln(space)
    pdf.set_text_color(*colour)
    pdf.set_fill_color(*_TINT)
    pdf.set_font("DejaVu", "B" if bold else "", size)
    pdf.multi_cell(
        pdf.epw, size * 0.47, text, new_x="LMARGIN", new_y="NEXT", align="L", fill=tint,
        padding=(1.5, 5) if tint else 0,
    )  # fmt: skip


def _large(pdf: Any, heading: str, said: str, scale: float) -> None:
    """Write the first result: its figure, the larger the shorter it is, and what is said of it."""
    figure, rest = (said, "") if heading == FINDING else figure_first(said)
    size = next((size for size in _LARGE if _width(pdf, figure, size * scale) < pdf.epw - 12), 0)
    size = size or (20 if len(figure) <= 130 else 14)
    if heading:
        _say(pdf, heading, 15 * scale, tint=True, colour=_BLUE)
    _say(pdf, figure, size * scale, tint=True, bold=True, colour=_BLUE)
    if rest:
        _say(pdf, rest, 15 * scale, tint=True, colour=_BLUE)


def _width(pdf: Any, text: str, size: float) -> float:
    pdf.set_font("DejaVu", "B", size)
    return float(pdf.get_string_width(text))


def _height(pdf: Any, write: Callable[[Any], None]) -> float:
    """Return how much of the page something takes."""
    with pdf.offset_rendering() as trial:
        trial.set_y(_MARGIN)
        write(trial)
        return float(trial.get_y()) - _MARGIN if trial.page == 1 else _TOO_TALL


def _table(pdf: Any, rows: list[tuple[str, str]], size: float) -> None:
    """Write results in two columns."""
    from fpdf.enums import TableBordersLayout
    from fpdf.fonts import FontFace

    pdf.set_draw_color(*_PALE)
    pdf.set_text_color(*_DARK)
    pdf.set_fill_color(255, 255, 255)
    pdf.set_font("DejaVu", "", size)
    with pdf.table(
        col_widths=(45, 55), text_align="LEFT", line_height=size * 0.47,
        first_row_as_headings=False, borders_layout=TableBordersLayout.INTERNAL,
        padding=(size * 0.12, 1),
    ) as table:  # fmt: skip
        for first, second in rows:
            row = table.row()
            row.cell(first)
            row.cell(second, style=FontFace(emphasis="BOLD", color=_BLUE))


def _foot(pdf: Any, facts: Mapping[str, str]) -> None:
    made = ". ".join(f"{name}: {text}" for name, text in facts.items())
    _say(pdf, f"{made}. {FOOTNOTE}" if made else FOOTNOTE, 8)

"""A report on one A4 page for a notice board: what may be shared.

There is no picture on it: a chart shows exact figures, and stays in the report.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_MARGIN, _FOOT = 15.0, 22.0  # millimetres
_DARK, _BLUE, _PALE = (27, 31, 35), (0, 47, 95), (200, 208, 214)
_FOOTNOTE = (
    "Totals and rates of a practice, of nobody by name. Counts are rounded to 5; a count from 1 to "
    "7 is in words. The charts, with exact figures, are in the report, which stays in the practice."
)


def write(
    path: Path,
    *,
    title: str,
    facts: Iterable[tuple[str, str]],
    rows: Mapping[str, str],
    created: datetime.date,
) -> None:
    """Write the page as a PDF with its words in reading order.

    Parameters
    ----------
    path : path
        The file to write.
    title : str
        The page's heading.
    facts : list of (str, str)
        What stands under it.
    rows : dict
        What may be shared: by heading, what is said.
    created : date
        The day that the file says it was made.
    """
    pdf = _page(title, created)
    width = pdf.epw
    pdf.set_text_color(*_BLUE)
    pdf.set_font("DejaVu", "B", 20)
    pdf.multi_cell(width, 9, title, new_x="LMARGIN", new_y="NEXT", align="L")
    pdf.ln(1)
    pdf.set_text_color(*_DARK)
    pdf.set_font("DejaVu", "", 9.5)
    said = "\n".join(f"{name}: {text}" for name, text in facts)
    pdf.multi_cell(width, 4.8, said, new_x="LMARGIN", new_y="NEXT", align="L")
    pdf.ln(3)
    _rows(pdf, rows)
    _foot(pdf)
    path.write_bytes(bytes(pdf.output()))


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


def _rows(pdf: Any, rows: Mapping[str, str]) -> None:
    """Write the results in two columns, as small as it takes to leave room for the foot."""
    for size in (11.0, 10.0, 9.0, 8.0, 7.0, 6.0):
        with pdf.offset_rendering() as trial:
            _table(trial, rows, size)
            fits = trial.page == 1 and trial.get_y() <= pdf.h - _FOOT
        if fits:
            break
    _table(pdf, rows, size)
    pdf.ln(4)


def _table(pdf: Any, rows: Mapping[str, str], size: float) -> None:
    from fpdf.enums import TableBordersLayout
    from fpdf.fonts import FontFace

    pdf.set_draw_color(*_PALE)
    pdf.set_font("DejaVu", "", size)
    bold = FontFace(emphasis="BOLD", color=_BLUE)
    with pdf.table(
        col_widths=(38, 62), text_align="LEFT", line_height=size * 0.5, headings_style=bold,
        borders_layout=TableBordersLayout.HORIZONTAL_LINES, padding=1,
    ) as table:  # fmt: skip
        for first, second in [("Result", "What it is"), *rows.items()]:
            row = table.row()
            row.cell(str(first))
            row.cell(str(second))


def _foot(pdf: Any) -> None:
    pdf.set_y(pdf.h - _FOOT + 4)
    pdf.set_font("DejaVu", "", 8)
    pdf.multi_cell(pdf.epw, 4, _FOOTNOTE, align="L")

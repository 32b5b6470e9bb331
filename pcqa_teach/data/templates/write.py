"""A sheet to fill in as a workbook: how to on one page, the rows and their lists on the other."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach.data.reading.unread import GUIDE
from pcqa_teach.data.tables.find import ONE_ROW
from pcqa_teach.data.templates.definition import CHOICE, DAY, MONTH, WHOLE, Box, Template
from pcqa_teach.data.templates.shapes import TEMPLATES
from pcqa_teach.errors import DataError

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

HOW, FILL = "How to", "Fill in"
_HEADER_ROW = 4
_INK, _TINT, _LINE = "1F2A44", "E8EDF5", "9AA5B8"
_LISTS = 6  # the column of the how-to page where the lists begin


def write_template(name: str, path: str | os.PathLike[str]) -> Path:
    """Write an empty sheet as an Excel workbook, and return its path.

    Two pages: how to fill it in, and the rows, with drop-down lists. No macros, nothing hidden. An
    existing file is left as it is.

    Parameters
    ----------
    name : {"tally", "appropriateness", "pulse", "survey"}
    path : path

    Raises
    ------
    DataError
        There is no such sheet, or the file is there already or cannot be written.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> made = write_template("tally", pathlib.Path(tempfile.mkdtemp()) / "tally.xlsx")
    >>> made.name
    'tally.xlsx'
    """
    if name not in TEMPLATES:
        raise DataError(f"There is no sheet of that name: choose from {', '.join(TEMPLATES)}.")
    target, why = Path(path), ""
    book = _book(TEMPLATES[name])
    try:
        with target.open("xb") as file:
            book.save(file)
    except FileExistsError:
        why = "is there already: choose another name"
    except OSError:
        why = "cannot be written: choose a folder that you may write to"
    if why:
        raise DataError(f"The sheet '{target.name}' {why}.")
    return target


def _book(template: Template) -> Workbook:
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "pcqa_teach"
    book.properties.title = template.title.capitalize()
    fill = book.active
    assert fill is not None  # a new workbook has a page
    fill.title = FILL
    how = book.create_sheet(HOW, 0)
    spans = _how_to(how, template)
    _fill_in(fill, template, spans)
    book.active = 0
    return book


def _how_to(page: Worksheet, template: Template) -> dict[str, str]:
    """Write the page of instructions; return where each column's list of words stands."""
    from openpyxl.styles import Alignment, Font

    wrap = Alignment(wrap_text=True, vertical="top")
    page.column_dimensions["A"].width = 34
    page.column_dimensions["B"].width = 62
    page.column_dimensions["C"].width = 24
    page["A1"] = template.title.capitalize()
    page["A1"].font = Font(bold=True, size=16, color=_INK)
    lines = [template.purpose, *(f"{n}. {line}" for n, line in enumerate(template.how, start=1))]
    row = 2
    for line in lines:
        page.cell(row, 1, line).alignment = wrap
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
        page.row_dimensions[row].height = 15 * (1 + len(line) // 110)
        row += 1
    row += 1
    for place, words in enumerate(GUIDE, start=1):
        page.cell(row, place, words).font = Font(bold=True, color=_INK)
    for box, example in zip(template.boxes, template.example, strict=True):
        row += 1
        for place, words in enumerate((box.heading, box.says, example), start=1):
            page.cell(row, place, words).alignment = wrap
        lines_of = max(len(box.says) // 60, len(box.heading) // 32)
        page.row_dimensions[row].height = 15 * (1 + lines_of)
    row += 2
    page.cell(row, 1, "Then save it and type: pcqa read FILE (nothing leaves this computer).")
    return _lists(page, template)


def _lists(page: Worksheet, template: Template) -> dict[str, str]:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    spans: dict[str, str] = {}
    column = _LISTS
    page.cell(1, column, "Words to choose from").font = Font(bold=True, color=_INK)
    for box in template.boxes:
        if box.kind != CHOICE:
            continue
        letter = get_column_letter(column)
        page.column_dimensions[letter].width = 28
        page.cell(2, column, f"List: {box.heading}").font = Font(italic=True)
        for row, word in enumerate(box.choices, start=3):
            page.cell(row, column, word)
        spans[box.name] = f"'{HOW}'!${letter}$3:${letter}${2 + len(box.choices)}"
        column += 1
    return spans


def _fill_in(page: Worksheet, template: Template, spans: dict[str, str]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    page["A1"].value = template.marker
    page["A1"].font = Font(bold=True, color=_INK)
    page["A2"].value = (
        f"{ONE_ROW} {_row_of(template)}. No name, no number, no free text. "
        f"What each column wants is on the page '{HOW}'."
    )
    line = Side(style="thin", color=_LINE)
    for place, box in enumerate(template.boxes, start=1):
        cell = page.cell(_HEADER_ROW, place, box.heading)
        cell.font = Font(bold=True, color=_INK)
        cell.fill = PatternFill("solid", start_color=_TINT)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.border = Border(bottom=line, left=line, right=line, top=line)
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = box.wide
        first, last = _HEADER_ROW + 1, _HEADER_ROW + template.blank_rows
        check = _check(box, spans)
        if check is not None:
            page.add_data_validation(check)
            check.add(f"{letter}{first}:{letter}{last}")
        if box.kind in (DAY, MONTH):
            form = "DD/MM/YYYY" if box.kind == DAY else "MMM YYYY"
            page.column_dimensions[letter].number_format = form
    page.row_dimensions[_HEADER_ROW].height = 48
    page.freeze_panes = f"A{_HEADER_ROW + 1}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"


def _row_of(template: Template) -> str:
    return {"pulse": "answer sheet", "survey": "statement of a month"}.get(
        template.name, template.thing[0]
    )


def _check(box: Box, spans: dict[str, str]) -> Any:
    """Return the drop-down list or the bounds of a column; None for dates (locales differ)."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if box.kind == CHOICE:
        check = DataValidation(type="list", formula1=spans[box.name], allow_blank=True)
        check.error = "Choose a word from the list, or leave it blank."
    elif box.kind == WHOLE:
        low, high = box.within
        check = DataValidation(
            type="whole", operator="between", formula1=str(low), formula2=str(high),
            allow_blank=True,
        )  # fmt: skip
        check.error = f"A whole number from {low:,} to {high:,}, or blank."
    else:
        return None
    check.errorTitle = "Not one of these"
    check.showErrorMessage = True
    return check

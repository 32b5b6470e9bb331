"""The workbooks: two pages, lists to pick from, no macros, known again by the reader."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data import write_template
from pcqa_teach.data.templates import TEMPLATES, tally
from pcqa_teach.data.templates.definition import CHOICE, WHOLE
from pcqa_teach.errors import DataError, ReadError


def written(template, tmp_path):
    path = write_template(template.name, tmp_path / "sheet.xlsx")
    return path, openpyxl.load_workbook(path)


def test_a_sheet_has_a_page_of_instructions_and_a_page_to_fill_in(template, tmp_path):
    path, book = written(template, tmp_path)
    assert book.sheetnames == ["How to", "Fill in"]
    assert all(page.sheet_state == "visible" for page in book.worksheets)
    parts = zipfile.ZipFile(path).namelist()
    assert not [part for part in parts if "vba" in part.lower() or "macro" in part.lower()]
    page = book["Fill in"]
    assert page["A1"].value.startswith("PCQA sheet: ")
    assert [cell.value for cell in page[4]] == [box.heading for box in template.boxes]
    assert page.max_row == 4
    said = " ".join(str(cell.value) for row in book["How to"].iter_rows() for cell in row)
    assert all(box.heading in said for box in template.boxes)
    assert "name" in said


def test_every_column_of_choices_has_its_list_and_every_number_its_bounds(template, tmp_path):
    _, book = written(template, tmp_path)
    page, how = book["Fill in"], book["How to"]
    checks = {
        str(check.sqref).split(":")[0][0]: check for check in page.data_validations.dataValidation
    }
    for place, box in enumerate(template.boxes):
        check = checks.get("ABCDEFGHIJ"[place])
        if box.kind == CHOICE:
            span = check.formula1.split("!")[1].replace("$", "")
            assert [row[0].value for row in how[span]] == list(box.choices)
        elif box.kind == WHOLE:
            assert (int(check.formula1), int(check.formula2)) == box.within
        else:
            assert check is None


def test_no_sheet_has_a_place_for_words(template):
    assert {box.kind for box in template.boxes} <= {"day", "month", CHOICE, WHOLE}


def test_an_empty_sheet_is_known_and_said_to_be_empty(template, tmp_path):
    path, _ = written(template, tmp_path)
    with pytest.raises(ReadError, match=rf"{template.title}.*not filled in yet"):
        pcqa.read(path)


def test_the_example_on_the_page_of_instructions_can_be_read(template, fill):
    rows = [template.example] * 5
    frame, quality = pcqa.read_with_report(fill(template.name, rows))
    assert quality.kind == template.name
    assert len(frame) > 0
    assert quality.n_refused == 0
    assert not [m for m in quality.mended if "left blank" not in m.what]


def test_a_sheet_without_a_column_says_which(template, fill):
    for place, box in enumerate(template.boxes, start=1):
        if not box.required:
            continue
        path = fill(template.name, [template.example] * 5,
                    lambda _, page, place=place: page.cell(4, place, "Rest"))  # fmt: skip
        with pytest.raises(ReadError, match=r"cannot be found.*pcqa template") as caught:
            pcqa.read(path)
        assert f"'{box.heading}'" in str(caught.value)


def test_a_sheet_without_its_header_says_so(template, fill):
    def gone(_, page):
        page.delete_rows(4)

    with pytest.raises(ReadError, match=r"without its row of column names|cannot be found"):
        pcqa.read(fill(template.name, [template.example] * 5, gone))


def test_a_sheet_without_its_marker_is_known_by_its_columns_and_that_is_said(template, fill):
    path = fill(template.name, [template.example] * 5, lambda _, page: page.delete_rows(1, 3))
    frame, quality = pcqa.read_with_report(path)
    assert quality.kind == template.name
    assert any("marks the kit's own sheet is gone" in note for note in quality.notes)
    assert len(frame) > 0


def test_a_sheet_of_no_name_and_a_place_that_is_taken_are_said(tmp_path):
    with pytest.raises(DataError, match=r"choose from tally, appropriateness, pulse, survey"):
        write_template("cows", tmp_path / "a.xlsx")
    (tmp_path / "a.xlsx").write_text("mine")
    with pytest.raises(DataError, match=r"is there already"):
        write_template("tally", tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_text() == "mine"
    with pytest.raises(DataError, match=r"cannot be written"):
        write_template("tally", tmp_path / "no" / "a.xlsx")


def test_the_printed_sheets_say_what_the_workbooks_say(root):
    """Who fills in paper first finds the same columns, statements and letters on the screen."""
    book = (root / "book" / "sheets.md").read_text(encoding="utf-8").replace("\n", " ")
    for name, template in TEMPLATES.items():
        assert f"pcqa template {name} -o " in book
        assert template.title.split(" (")[0] in book.lower()
    words = {word.lower() for word in book.replace("*", "").split("|") for word in [word.strip()]}
    for name in ("pulse", "survey"):
        template = TEMPLATES[name]
        said = (
            [*template.boxes[1].choices]
            if name == "survey"
            else [box.heading for box in template.boxes[1:]]
        )
        assert {line.lower() for line in said} <= words
    assert {box.heading for box in TEMPLATES["survey"].boxes[2:7]} <= words
    for word in TEMPLATES["appropriateness"].box("helper").choices:
        assert word.replace(",", "").lower() in book.replace(",", "").lower()
    for letter, meant in tally.SHEET_WORDS.items():
        assert f"**{letter}** {meant}" in book

"""Sheets as they come back: quirks of spreadsheets, people where none belong, any mutation."""

from __future__ import annotations

import json
import tempfile
import traceback
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pcqa_teach as pcqa
from pcqa_teach.data import write_template
from pcqa_teach.data.templates import TEMPLATES
from pcqa_teach.data.templates.definition import CHOICE, WHOLE
from pcqa_teach.errors import PcqaError, ReadError

PEOPLE = ["943 476 5919", "Zebedee Quux", "QUUX, Zenobia (Mrs)", "17/02/1951", "07700 900123",
          "N16 5NE", "zenobia.quux@example.org", "Zenobia asked for her results"]  # fmt: skip
TRACES = [text.casefold() for text in PEOPLE] + ["zebedee", "quux", "zenobia"]
SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def traces(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text.casefold()]


def test_nobody_written_into_a_sheet_gets_out_of_it(template, fill):
    good = list(template.example)
    rows = [list(good) for _ in range(40)]
    for place, row in enumerate(rows):
        if place % 3 == 0:
            row[place // 3 % len(row)] = PEOPLE[place % len(PEOPLE)]
        row += ["", PEOPLE[place % len(PEOPLE)]]

    def add(_, page):
        page["A2"] = " ".join(PEOPLE)
        page.cell(4, len(good) + 1, "Zebedee Quux")
        page.cell(4, len(good) + 2, "Notes")

    frame, quality = pcqa.read_with_report(fill(template.name, rows, add))
    assert len(frame)
    held = frame.to_csv() + "".join(
        repr(frame[name].cat.categories.tolist()) for name in frame.select_dtypes("category")
    )
    assert not traces(held)
    assert not traces(json.dumps(quality.to_dict()) + str(quality) + quality._repr_html_())
    total = quality.n_kept + quality.n_mended + quality.n_set_aside + quality.n_refused
    assert quality.rows_in == total


def test_nobody_is_in_the_error_of_a_sheet_full_of_people(template, fill):
    path = fill(template.name, [PEOPLE[: len(template.boxes)]] * 9)
    try:
        frame, quality = pcqa.read_with_report(path)
        said = frame.to_csv() + str(quality)
    except PcqaError as error:
        said = "".join(traceback.format_exception(error))
    assert not traces(said)


def test_a_spreadsheets_quirks_change_nothing(template, fill):
    plain = pcqa.read(fill(template.name, [template.example] * 6))

    def quirks(book, page):
        for row in range(5, 11):
            for column in range(1, len(template.boxes) + 1):
                cell = page.cell(row, column)
                if isinstance(cell.value, str) and cell.value == "03/03/2025":
                    cell.value = ["03.03.2025", "3 March 2025", "'03/03/25"][row % 3]
                elif isinstance(cell.value, str) and cell.value.isdigit():
                    cell.value = [float(cell.value), f"'{cell.value}", f" {cell.value} "][row % 3]
                elif isinstance(cell.value, str):
                    cell.value = [f" {cell.value}", cell.value.upper(), cell.value][row % 3]
        page.insert_rows(8, 2)
        page.insert_cols(3)
        page.cell(4, 3, "Our own column")
        page.cell(6, 3, "a remark")
        page.cell(7, 20, "a remark with no header")
        book["Fill in"].title = "Sheet1"

    path = fill(template.name, [template.example] * 6, quirks)
    frame, quality = pcqa.read_with_report(path)
    assert frame.to_csv() == plain.to_csv()
    assert quality.n_refused == 0
    assert any("1 column is not needed here" in note for note in quality.notes)
    assert any("to the right of the sheet's columns" in found.what for found in quality.mended)


def test_the_page_saved_as_text_is_read_too(template, tmp_path, fill):
    book = openpyxl.load_workbook(fill(template.name, [template.example] * 6))
    lines = [
        ["" if cell is None else f"{cell}" for cell in row]
        for row in book["Fill in"].iter_rows(values_only=True)
    ]
    text = "\n".join(";".join(f'"{cell}"' for cell in line) for line in lines)
    path = tmp_path / "saved.csv"
    path.write_text(text, encoding="utf-8-sig")
    frame, quality = pcqa.read_with_report(path)
    assert quality.kind == template.name
    assert len(frame)


def test_a_page_for_each_day_is_read_as_one_and_a_sheet_twice_is_refused(fill):
    row = TEMPLATES["tally"].example

    def copy(book, page):
        for day in ("Tue", "Wed"):
            book.copy_worksheet(page).title = day

    path = fill("tally", [row] * 4, copy)
    frame, quality = pcqa.read_with_report(path)
    assert len(frame) == 12
    assert quality.rows_in == 3 * 4
    with pytest.raises(ReadError, match="very same rows"):
        pcqa.read([path, path])


def test_days_to_come_are_refused(fill):
    row = list(TEMPLATES["tally"].example)
    late = ["03/03/2031", *row[1:]]
    _, quality = pcqa.read_with_report(fill("tally", [row, row, late]))
    assert [found.what for found in quality.refused] == ["date in the future"]


ODD = st.sampled_from(["", "  ", "x", "999999999", "-1", "3.5", "=1/0", "Total", "\n", "£", "N/A",
                       "0", "yes", "07700 900123", None, True, 3.0])  # fmt: skip


@st.composite
def mutated(draw):
    """A sheet of some kind, filled with good and odd cells."""
    template = TEMPLATES[draw(st.sampled_from(list(TEMPLATES)))]
    columns = []
    for box, example in zip(template.boxes, template.example, strict=True):
        if box.kind == CHOICE:
            good = st.sampled_from(list(box.choices))
        elif box.kind == WHOLE:
            good = st.integers(*box.within)
        else:
            good = st.sampled_from([example, example, "", "2025-04-09"])
        columns.append(st.one_of(good, good, good, good, ODD))
    rows = draw(st.lists(st.tuples(*columns), min_size=1, max_size=30))
    return template, rows, draw(st.permutations(range(len(template.boxes))))


@SETTINGS
@given(made=mutated())
def test_every_row_of_a_mutated_sheet_is_accounted_for(made):
    template, rows, order = made
    said, frame = "", None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        write_template(template.name, path)
        book = openpyxl.load_workbook(path)
        page = book["Fill in"]
        for place, spot in enumerate(order, start=1):
            page.cell(4, place, template.boxes[spot].heading)
            for number, row in enumerate(rows, start=5):
                page.cell(number, place).value = row[spot]
        book.save(path)
        last = page.max_row
        try:
            frame, quality = pcqa.read_with_report(path)
        except PcqaError as error:
            said = str(error)
    if frame is None:
        assert said.endswith(".")
        assert "tell the kit's keepers" not in said, "an error that nobody foresaw"
        return
    total = quality.n_kept + quality.n_mended + quality.n_set_aside + quality.n_refused
    assert quality.rows_in == total == last - 4  # its header, and the lines above that are ours
    assert "07700" not in frame.to_csv()
    if template.name in ("tally", "appropriateness"):
        assert len(frame) == quality.n_kept + quality.n_mended

"""Workbooks of several sheets: each row of each sheet is read, set aside by name, or refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

import pcqa_teach as pcqa
from pcqa_teach.data.templates import TEMPLATES, write_template
from pcqa_teach.errors import ReadError

TALLY = ["code", "date", "channel", "cause", "became"]
CONTACTS = [["value", "2025-03-03", "Telephone", "", "done"] for _ in range(6)]
LATER = [["failure", "2025-03-10", "Telephone", "results", "done"] for _ in range(9)]
STRANGE = "a row with the names of this table's columns is not in it"


def book(path: Path, *sheets: list[list[Any]], hidden: int = -1) -> Path:
    made = Workbook()
    made.remove(made.active)
    for place, rows in enumerate(sheets):
        page = made.create_sheet(f"Zenobia Quux {place}")
        page.sheet_state = "hidden" if place == hidden else "visible"
        for row in rows:
            page.append(row)
    made.save(path)
    return path


def test_two_weeks_with_the_same_names_are_both_read(tmp_path: Path) -> None:
    path = book(tmp_path / "two.xlsx", [TALLY, *CONTACTS], [TALLY, *LATER])
    frame, quality = pcqa.read_with_report(path)
    assert (len(frame), quality.rows_in, quality.n_set_aside) == (15, 15, 0)


def test_a_week_without_names_is_set_aside_and_said_by_its_place(tmp_path: Path) -> None:
    path = book(tmp_path / "two.xlsx", [TALLY, *CONTACTS], LATER)
    frame, quality = pcqa.read_with_report(path)
    assert (len(frame), quality.rows_in, quality.n_set_aside) == (6, 15, 9)
    assert f"The second sheet was not read (9 rows), since {STRANGE}: " in str(quality)
    assert "Quux" not in str(quality)


def test_a_hidden_week_is_set_aside_and_said_by_its_place(tmp_path: Path) -> None:
    path = book(tmp_path / "two.xlsx", [TALLY, *LATER], [TALLY, *CONTACTS], hidden=0)
    frame, quality = pcqa.read_with_report(path)
    assert (len(frame), quality.rows_in, quality.n_set_aside) == (6, 16, 10)
    assert "The first sheet was not read (10 rows), since it is hidden: " in str(quality)


def test_a_week_with_a_misspelt_name_is_refused_by_its_place(tmp_path: Path) -> None:
    path = book(tmp_path / "two.xlsx", [TALLY, *CONTACTS], [["cod", *TALLY[1:]], *LATER])
    with pytest.raises(ReadError, match=r"^The second sheet of 'two.xlsx' is .*'V or F' cannot"):
        pcqa.read(path)


def test_sheets_of_one_kind_and_two_shapes_are_refused(tmp_path: Path) -> None:
    calls = [["Call start", "Direction", "Outcome", "Caller number"],
             *[["04/11/2024 08:00:00", "Inbound", "Answered", "07700900123"]] * 9]  # fmt: skip
    counts = [["Date", "Interval", "Calls offered", "Calls answered", "Calls abandoned"],
              *[["02/12/2024", f"{hour:02d}:00", 10, 8, 2] for hour in range(8, 18)]]  # fmt: skip
    with pytest.raises(ReadError, match="sheets of different kinds"):
        pcqa.read(book(tmp_path / "calls.xlsx", calls, counts))


@pytest.mark.parametrize("hidden", [-1, 1])
def test_a_second_sheet_of_appointments_is_answered_for(tmp_path: Path, hidden: int) -> None:
    source = Path(__file__).parents[2] / "data/synthetic/exports/systmone_appointments_clean.csv"
    lines = [line.split(",") for line in source.read_text().splitlines()[:31]]
    header = lines[0] if hidden == 1 else lines[16]
    path = book(tmp_path / "slots.xlsx", lines[:16], [header, *lines[17:]], hidden=hidden)
    frame, quality = pcqa.read_with_report(path)
    _, alone = pcqa.read_with_report(book(tmp_path / "one.xlsx", lines[:16]))
    assert quality.rows_in == alone.rows_in + 15
    assert quality.n_set_aside == alone.n_set_aside + 15
    assert len(frame) == alone.n_kept + alone.n_mended
    assert any(note.startswith("The second sheet was not read (15 rows)") for note in quality.notes)


def test_the_kits_own_heading_lines_and_guidance_are_no_rows(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = write_template("tally", tmp_path / "tally.xlsx")
    made = load_workbook(path)
    for number in range(5):
        for place, cell in enumerate(TEMPLATES["tally"].example, start=1):
            made["Fill in"].cell(5 + number, place, cell)
    made.save(path)
    _, quality = pcqa.read_with_report(path)
    assert (quality.rows_in, quality.n_kept, quality.n_set_aside) == (5, 5, 0)
    assert not any("sheet was not read" in note for note in quality.notes)

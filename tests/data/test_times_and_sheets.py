"""A time that cannot be read is said; no sheet of a workbook is left out without a word."""

import openpyxl
import pytest

import pcqa_teach as pcqa
from pcqa_teach.errors import ReadError

HEADER = ["Appointment date", "Clinician", "Appointment status", "Patient ID", "Rota type"]


def _rows(*dates: str) -> list[list[str]]:
    return [[day, "GP 01", "Finished", str(number), "Routine"] for number, day in enumerate(dates)]


def test_an_unreadable_time_beside_a_date_is_mended_and_said(tmp_path):
    path = tmp_path / "export.csv"
    rows = [HEADER, *_rows("01/04/2025 08:30", "01/04/2025 25:99", "02/04/2025 09:00")]
    path.write_text("\n".join(",".join(row) for row in rows))
    frame, quality = pcqa.read_with_report(path)
    assert quality.n_mended == 1
    assert quality.mended[0].what == "start time not readable"
    assert frame["start_minute"].tolist()[0] == 510
    assert frame["start_minute"].isna().tolist() == [False, True, False]


def test_summer_time_as_warehouses_write_it_is_the_time_on_the_wall(tmp_path):
    path = tmp_path / "export.csv"
    rows = [HEADER, *_rows("2025-04-01T08:30:00+01:00", "2025-04-01T09:00:00+01:00")]
    path.write_text("\n".join(",".join(row) for row in rows))
    frame, quality = pcqa.read_with_report(path)
    assert quality.n_mended == 0
    assert frame["start_minute"].tolist() == [510, 540]


def test_a_workbook_with_two_sheets_of_appointments_is_refused_by_name(tmp_path):
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet()):
        for row in [HEADER, *_rows("01/04/2025", "02/04/2025")]:
            sheet.append(row)
    path = tmp_path / "export.xlsx"
    book.save(path)
    with pytest.raises(ReadError, match="2 sheets of appointments"):
        pcqa.read(path)

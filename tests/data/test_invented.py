"""Invented rows are read by the real reader, from memory, and leave nothing behind."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data.invented import as_sheet, layout_of, read_invented
from pcqa_teach.data.kept import AS_BAND, AS_CODE, COUNTED, STAYS, what_is_kept
from pcqa_teach.errors import ReadError

TITLE = "Riverside Road Surgery (invented practice)\n\n"
NAMED = (
    "Appointment Date,Appointment Time,Session Holder,Slot Type,Current Slot Status,Age,"
    "Patient identifier,Patient Name,NHS Number,Postcode\n"
    "03/04/2025,08:40,GP 01,Routine,Left,47,00078,INVENTED PATIENT 00007,999 000 0078,ZZ99 9ZZ\n"
)


@pytest.mark.parametrize("name", ["systmone_appointments", "emis_slots", "gpad_practice"])
def test_invented_rows_are_read_as_the_same_rows_in_a_file(exports, write, name: str) -> None:
    text = TITLE + exports[name]
    frame, report = read_invented(text, today="2026-01-15", name="export.csv")
    file_frame, file_report = pcqa.read_with_report(write(text))
    assert report == file_report
    codes = [column for column in frame if column in ("patient", "clinician", "session", "usual_gp",
                                                      "slot_type", "practice")]  # fmt: skip
    pd.testing.assert_frame_equal(frame.drop(columns=codes), file_frame.drop(columns=codes))


def test_a_lessons_codes_are_the_same_each_time_and_no_key_is_written(
    private_key_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PCQA_PROJECT", str(tmp_path))
    one, other = (read_invented(NAMED, today="2025-05-01")[0] for _ in range(2))
    pd.testing.assert_frame_equal(one, other)
    assert str(one["patient"].iloc[0]).startswith("P-")
    assert list(tmp_path.iterdir()) == []


def test_nobodys_name_number_or_postcode_gets_through() -> None:
    frame, report = read_invented(NAMED, today="2025-05-01")
    told = frame.to_csv() + str(report)
    for lost in ("INVENTED", "999", "ZZ99", "GP 01", "00078", "47"):
        assert lost not in told


def test_today_says_which_booked_slots_lie_in_the_past() -> None:
    rows = "Appointment Date,Slot Status,Slot Type\n03/04/2025,Booked,A\n09/04/2025,Booked,A\n"
    notes = read_invented(rows, today="2025-04-05")[1].notes
    assert any(note.startswith("1 appointment in the past still says Booked") for note in notes)
    assert any("1 appointment or slot is in the future" in note for note in notes)


def test_what_is_no_export_is_refused_in_a_sentence() -> None:
    with pytest.raises(ReadError, match=r"'invented\.csv' is in no format that is known"):
        read_invented("one,two\n1,2\n", today="2025-05-01")
    with pytest.raises(ReadError, match="table of counts"):
        layout_of(
            "Full Name of the Session Holder,GP 01,GP 02\n"
            "Appointment Date,Appointment Time,Slot Type,Availability\n"
        )


def test_a_sheet_numbers_every_row_blank_ones_too() -> None:
    sheet = as_sheet(TITLE + NAMED)
    assert sheet["Row"].tolist() == [1, 2, 3, 4]
    assert list(sheet.columns)[:3] == ["Row", "A", "B"]
    assert sheet["A"].tolist()[1:3] == ["", "Appointment Date"]


def test_codes_stay_and_all_else_may_leave_counted() -> None:
    kept = what_is_kept(read_invented(NAMED, today="2025-05-01")[0])
    how = kept.set_index("What it says")
    assert how.loc["Age band", "How it is kept"] == AS_BAND
    stays = kept.loc[kept["May it leave?"] == STAYS, "What it says"].tolist()
    assert stays == ["Clinician", "Slot type", "Patient"]
    assert (kept["How it is kept"] == AS_CODE).equals(kept["May it leave?"] == STAYS)
    assert how.loc["What became of the appointment", "May it leave?"] == COUNTED


def test_a_public_area_code_may_leave(exports) -> None:
    regional = read_invented(exports["gpad_regional"], today="2026-01-15")[0]
    how = what_is_kept(regional).set_index("What it says")
    assert how.loc["Public area code", "May it leave?"] == COUNTED

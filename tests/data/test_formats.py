"""Each format is found by its content and read into the tidy frame."""

import gzip

import numpy as np
import openpyxl
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data import readers, schema


def test_each_format_is_found_by_content_whatever_its_name(export, write):
    name, text = export
    frame, quality = pcqa.read_with_report(write(text, "notes.txt"))
    assert quality.format == name
    assert (frame["source"] == name).all()
    schema.validate(frame)


def test_each_format_reads_from_a_workbook_as_from_text(export, write, tmp_path):
    _, text = export
    book = openpyxl.Workbook()
    for row in text.splitlines():
        book.active.append(row.split(","))
    path = tmp_path / "book.csv"  # a workbook whatever its name says
    book.save(path)
    pd.testing.assert_frame_equal(pcqa.read(path), pcqa.read(write(text)))


def test_cells_of_a_workbook_may_be_dates_times_and_numbers(exports, write, tmp_path):
    text = exports["emis_slots"]
    header, *rows = [row.split(",") for row in text.splitlines()]
    book = openpyxl.Workbook()
    book.active.append(["Slot list", None])
    book.active.append(header)
    for row in rows:
        day = pd.to_datetime(row[0], format="%d-%b-%Y").to_pydatetime()
        clock = pd.to_datetime(row[1], format="%H:%M").time()
        book.active.append([day, clock, *row[2:4], float(row[4]), *row[5:]])
    path = tmp_path / "book.xlsx"
    book.save(path)
    pd.testing.assert_frame_equal(pcqa.read(path), pcqa.read(write(text)))


def test_a_compressed_file_reads_as_it_is(exports, write):
    text = exports["gpad_practice"]
    packed = write(gzip.compress(text.encode()), "packed.csv.gz")
    pd.testing.assert_frame_equal(pcqa.read(packed), pcqa.read(write(text)))


def test_systmone_statuses_lengths_and_gaps(exports, write):
    frame = pcqa.read(write(exports["systmone_appointments"]))
    assert frame["status"].tolist() == ["Attended", "DNA", "Attended", "Cancelled", "Walked out"]
    assert frame["actual_min"].fillna(-1).tolist() == [15, 0, 90, -1, 5]
    assert frame["booking_gap_days"].tolist() == [3, 14, 0, 1, 40]
    assert frame["booking_gap"].tolist() == [
        "2 to 7 Days", "8 to 14 Days", "Same Day", "1 Day", "More than 28 Days",
    ]  # fmt: skip
    assert frame["date"].dt.strftime("%Y-%m-%d").tolist()[-1] == "2025-04-03"
    assert frame["patient"].iloc[0] == frame["patient"].iloc[4]


def test_systmone_has_no_unused_slots_and_says_so(exports, write):
    _, quality = pcqa.read_with_report(write(exports["systmone_appointments"]))
    assert not quality.has("utilisation")
    assert any("unused slots" in sentence for sentence in quality.cannot_answer)
    assert quality.has("continuity")


def test_the_booking_gap_counts_midnights_when_the_start_is_known(write):
    text = (
        "Appointment date,Appointment time,Appointment status,"
        "Time between booking and appointment\n"
        "02/04/2025,08:30,Finished,8h\n02/04/2025,08:30,Finished,9h\n"
    )
    assert pcqa.read(write(text))["booking_gap_days"].tolist() == [0, 1]


def test_the_systmone_extract_reads(write):
    text = (
        "RowIdentifier,DateStart,DateEnd,AppointmentStatus,DateAppointmentBooked,"
        "DatePatientArrival,IDClinician,RotaType,IDPatient\n"
        "1,2025-04-01 08:30:00,2025-04-01 08:40:00,Finished,2025-03-30 10:00:00,"
        "2025-04-01 08:21:00,7,GP,9\n"
    )
    frame = pcqa.read(write(text))
    row = frame.iloc[0]
    assert (row["start_minute"], row["arrived_minute"]) == (510, 501)
    assert (row["booking_gap_days"], row["booking_gap"]) == (2, "2 to 7 Days")
    assert "row_id" not in frame


def test_emis_statuses_times_and_ages(exports, write):
    frame, quality = pcqa.read_with_report(write(exports["emis_slots"]))
    assert frame["status"].tolist() == ["Attended", "DNA", "Available", "Blocked", "DNA"]
    assert frame["start_minute"].tolist() == [510, 520, 530, 540, 560]
    assert frame["left_minute"].tolist()[0] == 521
    assert frame["age_band"].astype(object).where(frame["age_band"].notna(), None).tolist() == [
        "30-34", "70-74", None, None, "0-4",
    ]  # fmt: skip
    assert quality.has("utilisation")
    own = frame[frame["clinician"].astype(str) == frame["usual_gp"].astype(str)]
    assert own.index.tolist() == [1], "a usual GP's code is the clinician's"


def test_the_emis_extract_works_its_status_out(write):
    text = (
        "SlotGuid,AppointmentDate,AppointmentStartTime,PlannedDurationInMinutes,PatientGuid,"
        "SendInTime,LeftTime,DidNotAttend,SessionGuid,Deleted\n"
        "a,2025-04-01,08:30,10,p1,08:31,08:40,false,s1,false\n"
        "b,2025-04-01,08:40,10,p2,,,true,s1,false\n"
        "c,2025-04-01,08:50,10,,,,false,s1,false\n"
        "d,2025-04-01,09:00,10,p3,,,false,s1,false\n"
        "e,2025-04-01,09:00,10,p3,,,false,s1,true\n"
    )
    frame, quality = pcqa.read_with_report(write(text))
    assert frame["status"].tolist() == ["Attended", "DNA", "Available", "Unknown"]
    assert [finding.what for finding in quality.set_aside] == ["deleted slot"]


def test_a_slot_that_cannot_be_booked_is_blocked(write):
    text = (
        "Appointment Date,Slot Type,Current Slot Status,Bookable Slot\n"
        "01-Apr-2025,GP,Available,Yes\n01-Apr-2025,Lunch,Available,No\n"
    )
    assert pcqa.read(write(text))["status"].tolist() == ["Available", "Blocked"]


def test_gpad_months_counts_and_labels(exports, write):
    frame, quality = pcqa.read_with_report(write(exports["gpad_practice"]))
    assert (frame["period"] == "month").all()
    assert frame["count"].tolist() == [123, 7, 1]
    assert frame["booking_gap"].tolist() == ["Same Day", "8 to 14 Days", "Unknown"]
    assert frame["area"].tolist() == ["14L"] * 3
    assert frame["practice"].astype(str).str.startswith("G-").all()
    assert not quality.has("weeks")
    assert not quality.has("time_of_day")


def test_a_regional_file_by_the_day_is_by_the_day(write):
    text = (
        "SUB_ICB_LOCATION_CODE,Appointment_Date,APPT_STATUS,COUNT_OF_APPOINTMENTS\n"
        "14L,01DEC2021,Attended,812\n14L,02DEC2021,DNA,31\n"
    )
    frame = pcqa.read(write(text))
    assert (frame["period"] == "day").all()
    assert frame["date"].dt.day.tolist() == [1, 2]


def test_a_month_is_known_by_its_first_day(write):
    text = "CCG_CODE,month,APPT_STATUS,COUNT_OF_APPOINTMENTS\n72Q,2019-03-31,DNA,5\n"
    assert pcqa.read(write(text))["date"].dt.strftime("%Y-%m-%d").tolist() == ["2019-03-01"]


def test_the_tidy_table_reads_back_as_it_was(export, write, tmp_path):
    _, text = export
    frame = pcqa.read(write(text))
    frame.to_csv(tmp_path / "tidy.csv", index=False)
    again, quality = pcqa.read_with_report(tmp_path / "tidy.csv")
    pd.testing.assert_frame_equal(again, frame)
    assert quality.n_kept == quality.rows_in == len(frame)


def test_a_name_where_the_tidy_table_has_codes_becomes_a_code(exports, write, tmp_path):
    frame = pcqa.read(write(exports["systmone_appointments"]))
    named = frame.assign(clinician="Dr Ash Elm", patient=frame["clinician"].astype(str))
    named.to_csv(tmp_path / "tidy.csv", index=False)
    again = pcqa.read(tmp_path / "tidy.csv")
    assert again["clinician"].tolist() == [frame["clinician"].iloc[0]] * len(frame)
    assert again["patient"].astype(str).str.startswith("P-").all()


def test_the_same_name_has_the_same_code_in_every_export(exports, write):
    one = pcqa.read(write(exports["systmone_appointments"], "one.csv"))
    other = pcqa.read(write(exports["emis_slots"], "other.csv"))
    assert one["clinician"].iloc[0] == other["clinician"].iloc[0]


@pytest.mark.parametrize("form", readers.FORMATS.values(), ids=list(readers.FORMATS))
def test_no_column_name_stands_for_two_fields_of_a_format(form):
    aliases = [alias for field in form.fields for alias in field.keys]
    assert len(aliases) == len(set(aliases))
    assert all(meant in schema.STATUSES for meant in form.statuses.values())
    assert form.id in schema.SOURCES


def test_a_frame_of_a_million_labels_keeps_small_types(exports, write):
    frame = pcqa.read(write(exports["emis_slots"]))
    assert str(frame["start_minute"].dtype) == "Int16"
    assert frame["booking_gap"].cat.ordered
    assert frame["date"].dtype == np.dtype("datetime64[s]")
    assert frame.attrs == {}

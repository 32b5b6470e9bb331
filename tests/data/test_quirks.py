"""The faults of real exports: each is read past, mended or set aside, and said."""

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach import dates


def outcomes(findings):
    return {finding.what: finding.rows for finding in findings}


def adds_up(quality):
    total = quality.n_kept + quality.n_mended + quality.n_set_aside + quality.n_refused
    return quality.rows_in == total


@pytest.fixture
def systmone(exports):
    return exports["systmone_appointments"]


@pytest.mark.parametrize(
    ("encoding", "delimiter", "end"),
    [
        ("utf-8-sig", ",", "\r\n"),
        ("cp1252", ",", "\n"),
        ("utf-16", "\t", "\r\n"),
        ("utf-16-le", "\t", "\n"),
        ("utf-16-be", ",", "\n"),
        ("utf-8", ";", "\n"),
        ("utf-8", "|", "\r"),
    ],
)
def test_encodings_delimiters_and_line_ends_change_nothing(
    systmone, write, encoding, delimiter, end
):
    text = systmone.replace("Clinic,", "Clinic £–°,")
    plain = pcqa.read(write(text, "plain.csv"))
    changed = text.replace(",", delimiter).replace("\n", end)
    pd.testing.assert_frame_equal(pcqa.read(write(changed, encoding=encoding)), plain)


def test_lines_above_the_header_are_set_aside(systmone, write):
    text = "The Surgery\nLast Run: 03-May-2025\n\n" + systmone
    frame, quality = pcqa.read_with_report(write(text))
    assert len(frame) == 5
    assert outcomes(quality.set_aside) == {"title or other line above the header": 3}
    assert quality.set_aside[0].first_rows == (1, 2, 3)
    assert adds_up(quality)


def test_a_title_of_two_lines_in_quotes_counts_as_one_row(systmone, write):
    text = '"The\nSurgery",x\n' + systmone.replace("note", '"a\nb, c"').replace("02-Apr", "rubbish")
    _, quality = pcqa.read_with_report(write(text))
    assert quality.refused[0].first_rows == (5,)


def test_blank_rows_totals_and_repeated_headers_are_set_aside(systmone, write):
    header, *rows = systmone.splitlines()
    text = "\n".join([header, *rows[:2], "", ",,,,,,,", header, *rows[2:], 'Total,,,"1,234",,,,'])
    frame, quality = pcqa.read_with_report(write(text))
    assert len(frame) == 5
    assert outcomes(quality.set_aside) == {"blank": 2, "header row again": 1, "totals row": 1}
    assert [f.first_rows for f in quality.set_aside] == [(4, 5), (6,), (10,)]
    assert adds_up(quality)


def test_a_totals_row_or_column_is_not_counted(exports, write):
    header, *rows = exports["gpad_practice"].splitlines()
    text = "\n".join([f"{header},Total", *(f"{row},99" for row in rows)])
    text += '\n"Grand Total",,,,,,,,,,,,"1,131",,99\n'
    frame, quality = pcqa.read_with_report(write(text))
    assert frame["count"].sum() == 131
    assert outcomes(quality.set_aside) == {"totals row": 1}


def test_a_footnote_is_set_aside(systmone, write):
    _, quality = pcqa.read_with_report(write(systmone + "Printed by the surgery\n"))
    assert outcomes(quality.set_aside) == {"title or footnote": 1}


def test_cells_left_blank_while_they_repeat_are_filled(write):
    text = """\
Appointment Date,Appointment Time,Session Holder,Slot Type,Current Slot Status
01-Apr-2025,08:30,Dr A,GP,Left
,08:40,,GP,DNA
,08:50,,GP,Left
,09:00,Dr B,GP,Left
,09:10,,GP,Left
02-Apr-2025,08:30,,GP,Left
,08:40,,GP,Left
"""
    frame, quality = pcqa.read_with_report(write(text))
    assert frame["date"].dt.day.tolist() == [1, 1, 1, 1, 1, 2, 2]
    holder = pd.factorize(frame["clinician"])[0].tolist()
    assert holder == [0, 0, 0, 1, 1, -1, -1], "a holder is not carried into the next day"
    assert outcomes(quality.mended) == {"cells left blank while they repeat": 5}
    assert adds_up(quality)


def test_a_blank_date_in_a_list_that_prints_every_date_is_refused(systmone, write):
    frame, quality = pcqa.read_with_report(write(systmone.replace("02-Apr-25", "")))
    assert len(frame) == 4
    assert outcomes(quality.refused) == {"no date": 1}
    assert quality.refused[0].first_rows == (4,)


def test_a_column_that_is_there_twice_passes_where_both_agree(systmone, write):
    text = "\n".join(f"{row},{row.split(',')[3]}" for row in systmone.splitlines())
    pd.testing.assert_frame_equal(
        pcqa.read(write(text, "twice.csv")), pcqa.read(write(systmone, "once.csv"))
    )


@pytest.mark.parametrize(
    "form",
    ["03-Apr-2025", "03-Apr-25", "03/04/2025", "3/4/25", "2025-04-03", "03APR2025", "3 April 2025",
     "03.04.2025", "2025-04-03T00:00:00", "03/04/2025 08:30", "Thu 3 Apr 2025",
     "Thursday, 3rd April 2025", "2025/04/03"],
)  # fmt: skip
def test_every_form_of_date_is_read_day_first(form):
    assert dates.day_number(form) == dates.day_number("2025-04-03")


@pytest.mark.parametrize(
    "text", ["", "Smith", "31/02/2025", "1925-04-03", "12", "99/99/9999", "3 Smarch 2025", "2025"]
)
def test_what_is_no_date_is_none(text):
    with pytest.raises((ValueError, KeyError)):
        dates.day_number(text)


def test_a_month_is_no_day_in_a_list_of_appointments(systmone, write):
    _, quality = pcqa.read_with_report(write(systmone.replace("02-Apr-25", "Apr-25")))
    assert outcomes(quality.refused) == {"date not readable": 1}


def test_a_date_that_is_one_month_first_alone_refuses_the_file(systmone, write):
    path = write(systmone.replace("02-Apr-25", "04/13/2025").replace("01-Apr-25", "04/12/2025"))
    with pytest.raises(pcqa.errors.ReadError) as caught:
        pcqa.read(path)
    assert "row 4" in str(caught.value)
    assert str(caught.value).endswith(
        "that is a date only with the month first. Find out what wrote it, and export again with "
        "the day first. (Only if every date is month first: dates='month-first'.)"
    )
    assert "13" not in str(caught.value)
    frame = pcqa.read(path, dates="month-first")
    assert frame["date"].dt.strftime("%m-%d").tolist()[:3] == ["04-12", "04-12", "04-13"]


def test_a_day_first_date_refuses_a_file_said_to_be_month_first(systmone, write):
    path = write(systmone.replace("02-Apr-25", "13/04/2025"))
    with pytest.raises(pcqa.errors.ReadError, match="day-first"):
        pcqa.read(path, dates="month-first")


@pytest.mark.parametrize(
    ("text", "minute"), [("08:30", 510), ("8:30", 510), ("0830", 510), ("08:30:59", 510),
                         ("00:00", 0), ("23:59", 1439), ("1:05 pm", 785), ("12 am", 0)],
)  # fmt: skip
def test_times_of_day(text, minute):
    assert dates.clock_minute(text) == minute


@pytest.mark.parametrize("text", ["24:00", "8", "25:10", "08:61", "soon", "13 pm"])
def test_what_is_no_time_is_none(text):
    with pytest.raises(ValueError):  # noqa: PT011
        dates.clock_minute(text)


def test_missing_and_unreadable_times_are_left_empty(exports, write):
    text = exports["emis_slots"].replace("08:30,", ",", 1).replace("08:40,", "late,", 1)
    frame, quality = pcqa.read_with_report(write(text))
    assert frame["start_minute"].isna().tolist() == [True, True, False, False, False]
    assert outcomes(quality.mended) == {"start time not readable": 1}


@pytest.mark.parametrize(
    ("written", "count"), [('"1,234"', 1234), ("1 234", 1234), ("1234.0", 1234), ("0", 0)]
)
def test_thousands_separators_are_read(exports, write, written, count):
    text = exports["gpad_practice"].replace("123,Attended", f"{written},Attended")
    assert pcqa.read(write(text))["count"].iloc[0] == count


@pytest.mark.parametrize("mark", ["<5", "*", "c", "C", "< 5", "fewer than 5"])
def test_a_count_hidden_as_small_is_set_aside(exports, write, mark):
    text = exports["gpad_practice"].replace("123,Attended", f"{mark},Attended")
    frame, quality = pcqa.read_with_report(write(text))
    assert len(frame) == 2
    assert outcomes(quality.set_aside) == {"count hidden as a small number": 1}
    assert "too low" in quality.set_aside[0].why
    assert adds_up(quality)


@pytest.mark.parametrize("count", ["-3", "2.5", "many", ""])
def test_a_count_that_is_none_is_refused(exports, write, count):
    text = exports["gpad_practice"].replace("123,Attended", f"{count},Attended")
    _, quality = pcqa.read_with_report(write(text))
    assert quality.n_refused == 1


def test_labels_may_be_spaced_and_written_as_they_like(exports, write):
    plain = exports["gpad_practice"]
    odd = plain.replace("8  to 14 Days", "8 TO 14  days").replace("Face-to-Face", "face to face")
    odd = odd.replace("COUNT_OF_APPOINTMENTS", " Count of  appointments ")
    pd.testing.assert_frame_equal(pcqa.read(write(odd, "a.csv")), pcqa.read(write(plain, "b.csv")))


def test_an_unknown_label_counts_as_unknown_and_is_said(exports, write):
    text = exports["gpad_practice"].replace("Telephone", "Carrier pigeon")
    frame, quality = pcqa.read_with_report(write(text))
    assert frame["mode"].tolist() == ["Face-to-Face", "Unknown", "Unknown"]
    assert outcomes(quality.mended) == {"mode not known": 1}
    assert "pigeon" not in str(quality)


def test_an_unknown_status_counts_as_unknown_and_is_not_repeated(systmone, write):
    frame, quality = pcqa.read_with_report(write(systmone.replace("Finished", "Seen by Bob", 1)))
    assert frame["status"].iloc[0] == "Unknown"
    assert outcomes(quality.mended) == {"status not known": 1}
    assert "Bob" not in str(quality)
    assert adds_up(quality)


def test_a_blank_status_counts_as_unknown(systmone, write):
    _, quality = pcqa.read_with_report(write(systmone.replace("Finished", "", 1)))
    assert outcomes(quality.mended) == {"status blank": 1}


def test_booked_in_the_past_is_kept_and_said(systmone, write):
    frame, quality = pcqa.read_with_report(write(systmone.replace("Finished", "Booked")))
    assert (frame["status"] == "Booked").sum() == 2
    assert any("still say Booked" in note for note in quality.notes)


def test_booked_ahead_is_kept_and_an_outcome_ahead_is_refused(systmone, write):
    text = systmone + "01-Apr-30,Dr A,GP,Booked,9,,,\n01-Apr-30,Dr A,GP,Finished,9,,,\n"
    frame, quality = pcqa.read_with_report(write(text))
    assert (frame["date"].dt.year == 2030).sum() == 1
    assert outcomes(quality.refused) == {"date in the future": 1}
    assert any("in the future" in note for note in quality.notes)
    assert adds_up(quality)


def test_identical_rows_of_one_file_are_kept_and_said(systmone, write):
    text = systmone + systmone.splitlines()[1] + "\n"
    frame, quality = pcqa.read_with_report(write(text))
    assert len(frame) == 6
    assert any("1 row is the same" in note for note in quality.notes)


def test_rows_that_a_second_file_repeats_are_set_aside(systmone, write):
    header, *rows = systmone.splitlines()
    twice = rows[4]  # stands twice in the first file, three times in the second
    april = write("\n".join([header, *rows, twice]), "april.csv")
    overlap = write("\n".join([header, rows[3], twice, twice, twice]), "overlap.csv")
    frame, quality = pcqa.read_with_report([april, overlap])
    assert len(frame) == 7
    assert outcomes(quality.set_aside) == {"row that another file has too": 3}
    assert {finding.file for finding in quality.set_aside} == {"overlap.csv"}
    assert quality.set_aside[0].first_rows == (2, 3, 4)
    assert adds_up(quality)
    assert quality.files == ("april.csv", "overlap.csv")


def test_a_slot_booked_in_one_file_and_done_in_another_is_counted_once(exports, write):
    later = exports["emis_slots"]
    earlier = later.replace(",Left,", ",Booked,")
    frame, quality = pcqa.read_with_report([write(earlier, "early.csv"), write(later, "late.csv")])
    assert len(frame) == 5
    assert "Booked" not in frame["status"].tolist()
    assert adds_up(quality)


def test_two_counts_for_one_month_are_refused(exports, write):
    one = write(exports["gpad_regional"], "old.csv")
    other = write(exports["gpad_regional"].replace("596", "601"), "new.csv")
    with pytest.raises(pcqa.errors.ReadError, match="different counts for March 2019"):
        pcqa.read([one, other])


def test_a_row_with_too_many_cells_is_refused(systmone, write):
    text = systmone.replace("02-Apr-25,Nurse Fir", "02-Apr-25,Nurse,Fir")
    text = text.replace("Clinic,Finished,1003,,1h 30m,20m", "Clinic,Finished,1003,,1h 30m,20m")
    _, quality = pcqa.read_with_report(write(text))
    assert outcomes(quality.refused) == {"more cells than the header": 1}


def test_names_of_columns_may_be_in_any_order_and_case(systmone, write):
    frame = pd.read_csv(write(systmone, "plain.csv"), dtype=str, keep_default_na=False)
    mixed = frame.iloc[:, ::-1].rename(columns=lambda name: f" {name.upper().replace(' ', '_')} ")
    path = write(mixed.to_csv(index=False))
    pd.testing.assert_frame_equal(pcqa.read(path), pcqa.read(write(systmone, "again.csv")))

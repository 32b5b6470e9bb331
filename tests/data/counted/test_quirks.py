"""The faults of tables of counts: read past, set aside or refused, and said."""

import openpyxl
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach import flow, measures
from pcqa_teach.data import call_bands, requests
from pcqa_teach.errors import DataError, ReadError

from .files import adds_up

CROSSTAB = """\
Slots
Last Run:,20-Jan-2025
,,,,Full Name of the Session Holder of the Session,"ELM, Ash (Dr)",Nurse Fir,
Appointment Date,Appointment Time,Slot Type,Availability,,,,
04-Nov-2024,Before 12:59,GP,Available,,3,,
,,,Booked,,10,2,
,,Dressing,Booked,,,4,
,After or At 13:00,GP,Booked,,"1,000",,
05-Nov-2024,09:30,GP,Embargoed,,0,1,
"""
HEAD = "Date,PRACTICE_CODE,Indicator,Time_Category,Value\n"
WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@pytest.fixture
def write(tmp_path):
    def _write(content: str | bytes, name: str = "export.csv", encoding: str = "utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return _write


def askmygp(*rows: list[str], weeks: int = 1) -> str:
    above = ["", *["2 June 2025"] * 7, *["9 June 2025"] * 7][: 1 + 7 * weeks]
    lines = [above, ["", *WEEK * weeks], *rows]
    return "\n".join("\t".join(line) for line in lines)


def said(findings) -> dict[str, int]:
    return {finding.what: finding.rows for finding in findings}


def refusal(paths) -> str:
    with pytest.raises(ReadError) as caught:
        pcqa.read(paths)
    assert str(caught.value).endswith(".")
    assert caught.value.__context__ is None
    return str(caught.value)


def test_groups_printed_once_hold_for_the_rows_below(write):
    frame, quality = pcqa.read_with_report(write(CROSSTAB))
    rows = frame[["status", "count", "start_from", "start_minute"]].astype(object)
    rows = rows.where(rows.notna(), None)
    assert rows.to_numpy().tolist() == [
        ["Available", 3, 0, None],
        ["Booked", 10, 0, None],
        ["Booked", 2, 0, None],
        ["Booked", 4, 0, None],
        ["Booked", 1000, 780, None],
        ["Blocked", 0, None, 570],
        ["Blocked", 1, None, 570],
    ]
    assert pd.factorize(frame["slot_type"])[0].tolist() == [0, 0, 0, 1, 0, 0, 0]
    assert pd.factorize(frame["clinician"])[0].tolist() == [0, 0, 1, 1, 0, 0, 1]
    assert (quality.rows_in, quality.n_kept, quality.n_blank) == (10, 7, 3)
    assert quality.sentences()[1] == (
        "10 cells in: 7 kept as they were, 0 mended, 3 set aside (3 of them blank: closed, not "
        "nought), 0 refused."
    )
    assert any(note.startswith("2 lines above the names") for note in quality.notes)


def test_totals_are_not_counted_and_counts_without_a_name_are_refused(write):
    text = CROSSTAB.replace("Nurse Fir,\n", "Nurse Fir,Total,\n").replace("10,2,", "10,2,12,5")
    frame, quality = pcqa.read_with_report(write(text + "Total,,,,,1013,7,12\n"))
    assert frame["count"].sum() == 1020
    assert said(quality.set_aside) == {
        "cell of a totals column": 5,
        "blank cell": 3,
        "cell of a totals row": 3,
    }
    assert said(quality.refused) == {"count in a column without a name": 1}
    assert adds_up(quality)


def test_cells_that_cannot_be_counted_are_said_by_row(write):
    text = CROSSTAB.replace("10,2", "ten,<5").replace("05-Nov-2024", "soon")
    _, quality = pcqa.read_with_report(write(text))
    assert said(quality.refused) == {"count not readable": 1, "date not readable": 2}
    assert said(quality.set_aside)["count hidden as a small number"] == 1
    assert [finding.sentence() for finding in quality.refused] == [
        "1 cell: count not readable (row 6); it is no number that a row may have",
        "2 cells: date not readable (row 9); it is no date between 2000 and 2099",
    ]
    assert adds_up(quality)


def test_a_crosstab_in_a_workbook_reads_as_its_text(write, tmp_path):
    book = openpyxl.Workbook()
    for line in (
        CROSSTAB.replace('"ELM, Ash (Dr)"', "Dr Elm").replace('"1,000"', "1000").split("\n")
    ):
        book.active.append([int(c) if c.isdecimal() else c or None for c in line.split(",")])
    book.save(tmp_path / "book.xlsx")
    text = CROSSTAB.replace('"ELM, Ash (Dr)"', "Dr Elm").replace('"1,000"', "1000")
    pd.testing.assert_frame_equal(pcqa.read(tmp_path / "book.xlsx"), pcqa.read(write(text)))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: t.replace("Availability", "Place"), "'Availability' is not among the groups"),
        (
            lambda t: t.replace(",,3,,", ",,x,,").replace("10,2", "x,x").replace("0,1,", "x,x,"),
            "of its 7 cells cannot be read",
        ),
    ],
)
def test_a_crosstab_that_cannot_be_read_is_refused_in_a_sentence(change, says, write):
    message = refusal(write(change(CROSSTAB)))
    assert says in message
    assert "ELM" not in message


def test_a_column_that_is_a_copy_is_refused_and_a_namesake_is_not(write):
    above = ",,,,Full Name of the Session Holder,Dr Elm,Dr Elm\n"
    groups = "Appointment Date,Appointment Time,Slot Type,Availability\n"
    rows = "04-Nov-2024,09:00,GP,Booked,,{},3\n05-Nov-2024,09:00,GP,Booked,,4,4\n"
    message = refusal(write(above + groups + rows.format(3)))
    assert "the same counts under the same name in columns 6 and 7" in message
    frame, quality = pcqa.read_with_report(write(above + groups + rows.format(2)))
    assert frame["count"].sum() == 13
    assert any("1 name stands over more than one column" in note for note in quality.notes)


def test_two_crosstabs_of_one_day_that_differ_are_refused_and_equal_ones_count_once(write):
    one, same = write(CROSSTAB, "one.csv"), write(CROSSTAB, "same.csv")
    frame, quality = pcqa.read_with_report([one, same])
    assert frame["count"].sum() == 1020
    assert adds_up(quality)
    later = write(CROSSTAB.replace("10,2", "11,2"), "later.csv")
    assert "different counts for 4 November 2024" in refusal([one, later])


def test_two_files_of_the_daily_figures_that_differ_are_refused(write):
    head = "SUB_ICB_LOCATION_CODE,Appointment_Date,ACTUAL_DURATION,COUNT_OF_APPOINTMENTS\n"
    one = write(head + "14L,01DEC2021,1-5 Minutes,8\n14L,02DEC2021,1-5 Minutes,9\n", "one.csv")
    two = write(head + "14L,02DEC2021,1-5 Minutes,7\n", "two.csv")
    other = write(head + "15N,02DEC2021,1-5 Minutes,7\n", "other.csv")
    assert "different counts for 2 December 2021" in refusal([one, two])
    assert pcqa.read([one, other])["count"].sum() == 24


def test_the_daily_file_says_what_an_absent_day_means(write):
    head = "SUB_ICB_LOCATION_CODE,Appointment_Date,ACTUAL_DURATION,COUNT_OF_APPOINTMENTS\n"
    path = write(head + "14L,01-Dec-21,Unknown / Data Quality,8\n14L,02-Dec-21,99 Hours,9\n")
    frame, quality = pcqa.read_with_report(path)
    assert frame["actual_band"].tolist() == ["Unknown", "Unknown"]
    assert said(quality.mended) == {"actual_band not known": 1}
    assert any("Sundays" in note for note in quality.notes)
    assert measures.weekly_counts(frame, every="day")["value"].sum() == 17


def test_calls_with_two_counts_for_the_same_hours_are_refused(write):
    rows = "2026-08-03,X1,CBT001,08:00-09:59,10\n2026-08-03,X1,CBT001,08:00-09:59,11\n"
    assert "different counts stand for the same calls of 3 August 2026" in refusal(
        write(HEAD + rows)
    )


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("soon,X1,CBT001,08:00-09:59,1", "date not readable"),
        ("2026-08-03,X1,CBT009,08:00-09:59,1", "indicator not known"),
        ("2026-08-03,X1,CBT001,early,1", "time of day not readable"),
        ("2026-08-03,X1,CBT001,08:00-09:59,many", "count not readable"),
        ("2099-08-03,X1,CBT001,08:00-09:59,1", "date in the future"),
    ],
)
def test_a_row_of_calls_that_cannot_be_read_is_refused_alone(row, what, write):
    good = "2026-08-03,X1,CBT001,08:00-09:59,9\n2026-08-03,X1,CBT004,08:00-09:59,2\n"
    frame, quality = pcqa.read_with_report(write(HEAD + good + row + "\n"))
    assert said(quality.refused) == {what: 1}
    assert frame["count"].tolist() == [9, 2]
    assert adds_up(quality)


def test_calls_by_band_go_into_a_profile(made, grown):
    frame = pcqa.read(made("cbt")[0])
    shape = flow.call_profile(call_bands.calls_in(frame), count="count")
    exact = flow.call_profile(grown.calls)
    assert shape.calls == exact.calls
    assert shape.monday_share == pytest.approx(exact.monday_share)
    assert shape.monday_ratio == pytest.approx(exact.monday_ratio)
    fates = call_bands.calls_by_fate(frame)
    assert fates["count"].sum() == len(grown.calls)
    people = flow.call_profile(fates, count="count", redial=0.5).people
    missed = fates.loc[fates["outcome"] == "Missed", "count"].sum()
    assert people == pytest.approx(len(grown.calls) - 0.5 * missed)


def test_requests_go_into_a_profile_and_a_week_of_demand(made):
    frame = pcqa.read(made("anima")[0])
    assert flow.call_profile(frame, count="count").calls == len(frame)
    days = requests.demand_by_day(frame).assign(capacity=20, activity=18)
    assert flow.dcaq(days, unit="requests").table["demand"].sum() == len(frame)


def test_a_table_of_requests_is_no_table_of_appointments(made):
    for kind in ("askmygp", "cbt"):
        with pytest.raises(DataError, match="not a table of appointments but of"):
            measures.weekly_counts(pcqa.read(made(kind)[0]))
        with pytest.raises(ReadError, match="what is wanted here is an appointment export"):
            pcqa.read(made(kind)[0], want="appointments")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8", "utf-8-sig"])
def test_a_week_of_requests_in_any_encoding(encoding, write):
    text = askmygp(["% of week", *["14%"] * 7], ["requests", "40", "0", "", "1,001", "x", "*", ""])
    frame, quality = pcqa.read_with_report(write(text, encoding=encoding))
    assert frame["date"].dt.day.tolist() == [2, 3, 5]
    assert frame["count"].tolist() == [40, 0, 1001]
    assert said(quality.refused) == {"count not readable": 1}
    assert quality.n_blank == 2
    assert said(quality.set_aside)["count hidden as a small number"] == 1
    assert adds_up(quality)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (askmygp(["requests", *"1234567"], ["Requests", *"7654321"]), "2 rows called 'requests'"),
        (askmygp(["% of week", *"1234567"]), "no row called 'requests'"),
        ("\t".join(["", *WEEK]) + "\n" + "\t".join(["requests", *"1234567"]), "not the weeks"),
        (askmygp(["requests", *"1234567"]).replace("2 June 2025", "06/13/2025"), "month-first"),
        (askmygp(["requests", *"12345671234567"], weeks=2).replace("9 June", "2 June"),
         "2 June 2025 has two counts that differ"),
    ],
)  # fmt: skip
def test_demand_that_cannot_be_told_is_refused_in_a_sentence(text, says, write):
    if "two counts" in says:
        text = text.replace("1\t2\t3\t4\t5\t6\t7\t1", "1\t2\t3\t4\t5\t6\t7\t9")
    assert says in refusal(write(text))


def test_weeks_that_begin_on_a_sunday_keep_their_days(write):
    text = askmygp(["requests", *"1234567"]).replace("2 June 2025", "1 June 2025")
    frame = pcqa.read(write(text))
    assert frame["date"].dt.strftime("%a %d").tolist()[0] == "Sun 01"
    assert frame["count"].tolist() == [7, 1, 2, 3, 4, 5, 6]


def test_an_audit_by_utc_falls_back_on_the_entry_by_londons_clocks(write):
    text = (
        "Timestamp,User,Patient,ActionID,RequestType,RequestDate,RequestTime,Success\n"
        "2025-06-02T23:30:00Z,Z,Q,patientReviewSubmit,Admin,,,true\n"
        "2025-01-02T23:30:00Z,Z,Q,patientreviewsubmit,,,,\n"
    )
    frame, quality = pcqa.read_with_report(write(text))
    assert frame["start"].astype(str).tolist() == ["2025-01-02 23:30:00", "2025-06-03 00:30:00"]
    assert frame["request_type"].tolist() == ["Unknown", "Administrative"]
    assert said(quality.mended) == {"no date of the request": 2}


def test_an_audit_without_a_request_is_refused(write):
    text = "Timestamp,ActionID,RequestType,Success\n2025-06-02 08:00,patientOpen,Admin,true\n"
    assert "no request below it that can be counted" in refusal(write(text))


def test_days_after_the_report_was_run_are_set_aside(write):
    text = CROSSTAB.replace("20-Jan-2025", "04-Nov-2024 09:12")
    frame, quality = pcqa.read_with_report(write(text))
    assert frame["date"].dt.day.unique().tolist() == [4]
    assert said(quality.set_aside)["count of a day to come"] == 2
    later = write(
        CROSSTAB.replace("Last Run:,20-Jan-2025", "").replace("05-Nov-2024", "05-Nov-2026")
    )
    assert said(pcqa.read_with_report(later)[1].set_aside)["count of a day to come"] == 2

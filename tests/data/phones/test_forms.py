"""Logs that say less, or say it otherwise; mappings; and what is refused, in words."""

from __future__ import annotations

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data import write_mapping_template
from pcqa_teach.errors import ReadError

HEAD = "Call start,Direction,Caller,Call result,Wait time,Talk time\n"
DAY = "03/02/2025 08:{:02d}:00,Inbound,07700900{:03d},{},{},{}\n"


def test_flags_and_times_stand_in_for_a_word(read_log):
    calls, quality = read_log(
        "Call time,Calling number,Answered,Answered at,Call end\n"
        "03/02/2025 08:00:00,07700900001,Yes,03/02/2025 08:01:30,03/02/2025 08:04:00\n"
        "03/02/2025 08:02:00,07700900002,No,,03/02/2025 08:05:00\n"
    )
    assert calls["outcome"].tolist() == ["Answered", "Missed"]
    assert calls["queue_s"].tolist()[0] == 90
    assert calls["handled_s"].tolist()[0] == 150
    assert any("whatever was not answered counts as missed" in note for note in quality.notes)


def test_date_and_time_in_two_columns_and_a_status(read_log):
    calls, _ = read_log(
        "Date,Time,CLI,Call type,Status,Ring time\n"
        "3-Feb-25,08:00:10,07700900001,Incoming,No answer,00:20\n"
        "3-Feb-25,8:05 am,07700900001,Incoming,Answered,12\n"
        "3-Feb-25,08:06:00,07700900001,Internal,Answered,1\n"
    )
    assert calls["start"].tolist() == [
        pd.Timestamp("2025-02-03 08:00:10"), pd.Timestamp("2025-02-03 08:05:00"),
    ]  # fmt: skip
    assert calls["queue_s"].tolist() == [20, 12]


def test_lengths_that_can_hardly_be_seconds_are_asked_about(read_log):
    rows = "".join(DAY.format(n, n, "Answered", 0, 2) for n in range(30))
    with pytest.raises(ReadError, match=r"hardly seconds"):
        read_log(HEAD + rows)
    calls, _ = read_log((HEAD + rows).replace("Talk time", "Talk time (mins)"))
    assert (calls["handled_s"] == 120).all()
    short, quality = read_log(HEAD + rows.replace(",0,2\n", ",0,95\n"))
    assert (short["handled_s"] == 95).all()
    assert any("taken for seconds" in note for note in quality.notes)


def test_more_answered_than_came_is_refused_row_by_row(read_log):
    head = "Date,Interval,Calls offered,Calls answered,Calls abandoned\n"
    good = "".join(f"03/02/2025,{h:02d}:{q:02d},10,8,1\n" for h in (8, 9) for q in (0, 15, 30, 45))
    calls, quality = read_log(f"{head}{good}04/02/2025,08:00,5,4,3\n")
    assert quality.n_refused == 1
    assert calls.groupby("outcome", observed=True)["count"].sum().to_dict() == {
        "Answered": 64, "Missed": 8, "Unknown": 8,
    }  # fmt: skip


def test_a_direction_that_is_not_known_is_refused_and_most_of_them_stop_the_reading(read_log):
    rows = "".join(DAY.format(n, n, "Answered", 0, 95) for n in range(4))
    _, quality = read_log(HEAD + rows + DAY.format(9, 9, "Answered", 0, 95).replace("In", "Sky"))
    assert [found.what for found in quality.refused] == ["direction not known"]
    with pytest.raises(ReadError, match=r"direction not known.*in a mapping"):
        read_log(HEAD + rows.replace("Inbound", "Skybound"))


def test_what_is_wanted_is_what_is_given_or_it_is_said(read_log, tmp_path):
    rows = HEAD + DAY.format(0, 0, "Answered", 0, 95)
    read_log(rows, want="calls")
    with pytest.raises(
        ReadError, match=r"is a telephone log.*wanted here is an appointment export"
    ):
        read_log(rows, want="appointments")
    book = "Appointment date,Appointment status,Clinician\n01-Apr-25,Finished,Dr Ash\n"
    with pytest.raises(ReadError, match=r"SystmOne.*wanted here is a telephone log"):
        read_log(book, want="calls")
    with pytest.raises(ReadError, match=r"want= takes appointments, calls"):
        read_log(book, want="cows")
    log, other = tmp_path / "log.csv", tmp_path / "book.csv"
    log.write_text(rows)
    other.write_text(book)
    with pytest.raises(ReadError, match=r"different kinds"):
        pcqa.read([log, other])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Call start,Caller,Queue\n03/02/2025 08:00,07700900001,A\n", "'Outcome or Talk time'"),
        ("Caller,Call result,Queue\n07700900001,Answered,A\n", "'Start time'"),
        (HEAD, "no call that came in below it"),
        (HEAD + "soon,Inbound,1,Answered,1,1\n" * 3, "time not readable"),
        (HEAD + "03/13/2025 08:00,Inbound,1,Answered,1,1\n", "other order of day and month"),
        (HEAD + "03/02/2045 08:00,Inbound,1,Answered,1,1\n", "time in the future"),
        (HEAD + DAY.format(0, 0, "Answered", 0, 95).replace("Inbound", "Outbound"),
         "no call that came in"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_sentence(text, said, read_log):
    with pytest.raises(ReadError, match=r"(?s)^'log.csv'.*\.$") as caught:
        read_log(text)
    assert said in str(caught.value)
    assert caught.value.__context__ is None


ODD = "When,Who,What,Waited for\n03/02/2025 08:00,07700900001,Spoke,20\n" * 1
ODD += "03/02/2025 08:05,07700900002,Rang off,45\n03/02/2025 08:06,07700900001,Spoke,5\n"
MAP = {
    "kind": "calls",
    "columns": {"start": "When", "caller": 2, "outcome": "What", "wait": "Waited for"},
    "outcome": {"Spoke": "Answered", "Rang off": "Missed"},
    "lengths": "minutes",
}


def test_a_log_in_its_own_words_is_read_with_a_mapping(read_log):
    with pytest.raises(pcqa.errors.UnknownFormatError, match=r"--kind calls for telephone logs"):
        read_log(ODD)
    calls, quality = read_log(ODD, mapping=MAP)
    assert calls["outcome"].tolist() == ["Answered", "Missed", "Answered"]
    assert calls["queue_s"].tolist() == [1200, 2700, 300]
    assert calls["caller"].nunique() == 2
    assert quality.kind == "calls"


def test_the_mapping_file_that_the_kit_writes_is_filled_in_and_read(read_log, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text(ODD)
    made = write_mapping_template(path, tmp_path / "map.toml", kind="calls")
    text = made.read_text()
    assert "07700" not in text
    assert "Spoke" not in text
    with pytest.raises(ReadError, match=r"no \[columns\] table"):
        read_log(ODD, mapping=made)
    for name, column in {"start": 1, "outcome": 3, "caller": 2}.items():
        text = text.replace(f'# {name} = "Name of the column"', f"{name} = {column}")
    text = text.replace('# "Rang off" = "Missed"', '"Rang off" = "Missed"\n"Spoke" = "Answered"')
    made.write_text(text)
    calls, _ = read_log(ODD, mapping=made)
    assert calls["outcome"].tolist() == ["Answered", "Missed", "Answered"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"columns": {"start": "When", "colour": "What"}}, "not known"),
        ({"columns": {"start": "When"}}, "no column for outcome or talk time"),
        ({"columns": {"start": "Whenever", "outcome": 3}}, "no column of that name"),
        ({"clock": "moon"}, 'clock is "local" or "utc"'),
        ({"outcome": {"Spoke": "Chatted"}}, "on the right may stand Answered"),
        ({"outcome": 3}, "is a table"),
        ({"header_row": -1}, "header_row"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(change, said, read_log):
    with pytest.raises(ReadError) as caught:
        read_log(ODD, mapping=MAP | change)
    assert said in str(caught.value)

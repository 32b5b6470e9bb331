"""Summer time: London's clocks, whatever the log was kept by; what cannot be told is asked."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach.data.phones import clocks, lengths
from pcqa_teach.data.phones.callers import same
from pcqa_teach.errors import ReadError

ROWS = "Call start,Caller,Call result\n"
SECONDS = st.integers(
    int(pd.Timestamp("2001-01-01").timestamp()), int(pd.Timestamp("2036-12-31").timestamp())
)


@given(moment=SECONDS)
def test_london_is_what_the_zone_database_says(moment):
    wall = pd.Timestamp(moment, unit="s", tz="UTC").tz_convert("Europe/London").tz_localize(None)
    ours = float(clocks.london(np.array([float(moment)]))[0])
    assert ours == wall.timestamp()


def utc_of(calls: pd.DataFrame) -> pd.Series:
    local = calls["start"].dt.tz_localize("Europe/London", ambiguous=False)
    return local.dt.tz_convert("UTC").dt.tz_localize(None)


def log(starts: pd.Series, heading: str = "Call start", mark: str = "") -> str:
    lines = starts.dt.strftime("%Y-%m-%d %H:%M:%S") + f"{mark},07700900123,Answered"
    return "\n".join([f"{heading},Caller,Call result", *lines])


def test_a_utc_log_with_summer_and_winter_gives_itself_away(planted, read_log):
    calls, quality = read_log(log(utc_of(planted)))
    assert calls["start"].tolist() == planted["start"].sort_values().tolist()
    assert any("taken for UTC" in note and "07:00 in summer" in note for note in quality.notes)


def test_a_local_log_is_taken_as_it_stands_and_says_so(planted, read_log):
    calls, quality = read_log(log(planted["start"]))
    assert calls["start"].tolist() == planted["start"].sort_values().tolist()
    assert any("taken for London's time" in note for note in quality.notes)


def test_summer_alone_is_local_where_calls_set_in_at_eight_and_asked_where_at_seven(
    planted, read_log
):
    summer = planted[planted["start"].between("2024-05-01", "2024-08-31")]
    calls, quality = read_log(log(summer["start"]))
    assert calls["start"].tolist() == summer["start"].sort_values().tolist()
    assert any("when general practice opens" in note for note in quality.notes)
    with pytest.raises(ReadError, match=r"set in at 07:00.*--clock local .*--clock utc"):
        read_log(log(utc_of(summer)))
    told, _ = read_log(log(utc_of(summer)), clock="utc")
    assert told["start"].tolist() == calls["start"].tolist()


@pytest.mark.parametrize(("heading", "shift"), [("Start (UTC)", 1), ("Start time (local)", 0)])
def test_a_heading_that_says_its_clock_is_believed(heading, shift, read_log):
    rows = f"{heading},Caller,Call result,Direction\n2024-06-03 08:00:00,07700900123,Answered,In\n"
    calls, _ = read_log(rows)
    assert calls["start"][0] == pd.Timestamp("2024-06-03 08:00") + pd.Timedelta(hours=shift)


@pytest.mark.parametrize(
    "written",
    [
        "2024-06-03T07:00:00Z",
        "2024-06-03T08:00:00+01:00",
        "2024-06-03T09:00+0200",
        "03/06/2024 08:00:00 BST",
    ],
)
def test_a_time_that_says_its_zone_is_turned_to_london(written, read_log):
    calls, _ = read_log(f"{ROWS}{written},07700900123,Answered\n")
    assert calls["start"].tolist() == [pd.Timestamp("2024-06-03 08:00")]


def test_a_few_summer_calls_without_a_word_are_refused_and_winter_ones_read(read_log):
    with pytest.raises(ReadError, match=r"too few calls show"):
        read_log(f"{ROWS}03/06/2024 08:00:00,07700900123,Answered\n")
    calls, _ = read_log(f"{ROWS}03/12/2024 08:00:00,07700900123,Answered\n")
    assert len(calls) == 1


def test_the_hour_left_out_is_set_aside_and_the_hour_repeated_is_said(read_log):
    rows = (
        f"{ROWS}30/03/2025 01:30:00,07700900123,Missed\n26/10/2025 01:30:00,07700900124,Missed\n"
        "27/10/2025 08:00:00,07700900125,Missed\n"
    )
    calls, quality = read_log(rows, clock="local")
    assert [found.what for found in quality.set_aside] == ["time that no clock showed"]
    assert len(calls) == 2
    assert any("October's" in note for note in quality.notes)
    utc, _ = read_log(rows, clock="utc")
    assert utc["start"].tolist()[0] == pd.Timestamp("2025-03-30 02:30")


@given(total=st.integers(0, 24 * 3600 - 1))
def test_every_way_of_writing_a_length_is_the_same_length(total):
    hours, minutes, seconds = total // 3600, total // 60 % 60, total % 60
    read = lengths.reader(None)
    written = [f"{total}", f"{total}s", f"{hours}:{minutes:02d}:{seconds:02d}",
               f"{hours}h {minutes}m {seconds}s", f"{total // 60}m {seconds} secs",
               f"PT{hours}H{minutes}M{seconds}S", f"{total}.0"]  # fmt: skip
    if total < 1000 * 60:
        written.append(f"{total // 60:02d}:{seconds:02d}")
    assert {read(text) for text in written} == {float(total)}


@pytest.mark.parametrize("text", ["1:75", "about 5", "5 cows", "", "1:2", "99:59:59", "-5"])
def test_what_is_no_length_is_none(text):
    with pytest.raises((ValueError, KeyError)):
        lengths.reader(None)(text)


@pytest.mark.parametrize("text", ["07700 900123", "+447700900123", "+44 (0)7700 900-123",
                                  "00447700900123", "7700900123", "447700900123"])  # fmt: skip
def test_one_number_is_one_however_it_is_written(text):
    assert same(text) == "07700900123"


@pytest.mark.parametrize("text", ["Withheld", "anonymous", "", "201", "0", "0000000", "N/A"])
def test_a_withheld_number_or_an_extension_is_nobody(text):
    with pytest.raises(ValueError):  # noqa: PT011
        same(text)

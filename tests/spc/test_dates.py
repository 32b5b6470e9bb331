"""Dates given as text: day first everywhere, or a sentence."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from pcqa_teach import dates
from pcqa_teach.errors import ChartError
from pcqa_teach.spc import chart, chart_file

NO_DATES = ["today", "10:30", "May", "03/13/2024", "31/02/2024", "2024-03-01 25:00"]


def daily(texts) -> pd.DataFrame:
    return pd.DataFrame({"x": texts, "value": np.arange(len(texts), dtype=float)})


def test_x_as_text_is_year_first_or_day_first_never_month_first():
    ours = chart(daily(["2024/05/06", "07/05/2024", "8.5.2024", "9 May 2024", "10-05-2024"]))
    assert ours.points["x"].dt.strftime("%d/%m").tolist() == [
        "06/05", "07/05", "08/05", "09/05", "10/05",
    ]  # fmt: skip


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_refused_by_its_row_alone(text):
    with pytest.raises(
        ChartError, match=r"'x' (is not a date|has its month first) in row 2: write dates"
    ) as caught:
        chart(daily(["01/04/2024", text, "03/04/2024"]))
    assert text not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("text", NO_DATES)
@pytest.mark.parametrize("what", ["rebase", "exclude", "baseline"])
def test_a_place_that_is_no_date_is_refused(series, stable, text, what):
    with pytest.raises(ChartError, match=r"is not a date: write it as .* day first") as caught:
        chart(series(stable), **{what: text})
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    "place",
    [
        *["05-03-2024", "05/03/2024", "2024-03-05", "5 Mar 2024", "2024-03-05T00:00:00+01:00"],
        *[dt.date(2024, 3, 5), dt.datetime(2024, 3, 5), np.datetime64("2024-03-05")],
        *[pd.Timestamp("2024-03-05", tz="Europe/London"), pd.Period("2024-03-05", "D")],
    ],
    ids=str,
)
def test_a_place_may_be_written_in_any_way_day_first(series, stable, place):
    frame = series(stable, start="2024-02-20", freq="D")
    points = chart(frame, rebase=[place]).points
    assert points.loc[points["phase"] == 2, "x"].iloc[0] == pd.Timestamp("2024-03-05")
    left = chart(frame, exclude=place).workings.phases.excluded
    assert frame["x"][left].tolist() == [pd.Timestamp("2024-03-05")]
    assert chart(frame, baseline=place).limits["points"].tolist() == [15]


def test_an_offset_is_left_aside_and_the_wall_time_counts():
    texts = ["2024-03-01T08:30:00Z", "2024-03-01T09:30:15+01:00", "2024-03-01 10:30:00 -05:00"]
    ours = chart(daily(texts))
    assert ours.points["x"].dt.strftime("%H:%M:%S").tolist() == ["08:30:00", "09:30:15", "10:30:00"]
    assert [dates.clock_minute(text) for text in texts] == [510, 570, 630]


def test_a_length_of_time_is_a_float():
    assert [type(dates.length_minutes(text)) for text in ("15m", "15", "1:30")] == [float] * 3


def test_files_read_dates_day_first_too(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x,y\n2024/05/06,1\n07/05/2024,2\n")
    assert chart_file(path, x="x", y="y").points["x"].dt.day.tolist() == [6, 7]
    path.write_text("x,y\n06/05/2024,1\n05/13/2024,2\n")
    with pytest.raises(ChartError, match="month first in row 3"):
        chart_file(path, x="x", y="y")


def test_eight_digits_all_the_way_down_are_dates(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x,y\n20250401,1\n20250501,2\n")
    assert chart_file(path, x="x", y="y").points["x"].dt.month.tolist() == [4, 5]
    path.write_text("x,y\n1,1\n20250501,2\n")
    assert chart_file(path, x="x", y="y").points["x"].tolist() == [1, 20250501]

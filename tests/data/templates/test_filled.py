"""What was written into a sheet is what the reader gives, as the kit's sums take it."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.errors import ReadError

DAY = datetime.date(2025, 3, 3)


def tally_rows():
    """Forty contacts: 10 failures (6 here, 3 beyond, 1 not known); 20 coded by a second person."""
    rows = []
    for n in range(40):
        failed = n % 4 == 0
        lever = (["here"] * 6 + ["beyond"] * 3 + ["don't know"])[n // 4] if failed else None
        second = None if n >= 20 else ("F" if failed and n else "V")
        rows.append(
            [DAY if n % 8 == 0 else None, "Telephone" if n % 8 == 0 else None,
             "F" if failed else "V", "dda"[n // 4 % 3] if failed else None, lever, "done", second,
             lever if second == "F" else None]
        )  # fmt: skip
    return rows


def test_a_tally_gives_the_planted_share_causes_levers_and_agreement(read_filled):
    frame, quality = read_filled("tally", tally_rows(), want="tally")
    assert quality.appointments == 40
    assert frame["code"].value_counts().to_dict() == {
        "value": 30, "failure-practice": 6, "failure-system": 3, "failure": 1,
    }  # fmt: skip
    assert frame["cause"].value_counts()[["results", "referral chase"]].tolist() == [7, 3]
    found = pcqa.demand.failure_demand(
        frame, "code", cause="cause", channel="channel", second="second", date="date"
    )
    assert found.failures == 10
    assert found.row("failure demand")["share"] == 25.0
    assert found.agreement is not None
    assert found.agreement.n == 20
    assert found.agreement.agreed == pytest.approx(19 / 20)
    assert found.dates == (pd.Timestamp(DAY), pd.Timestamp(DAY))
    agreed = pcqa.variation.agreement(frame, first="code", second="second")
    assert agreed.n == 20
    counts = frame["cause"].dropna().astype(str).value_counts()
    drawn = pcqa.juran.pareto(counts.to_dict())
    assert drawn.table["count"].sum() == 10
    assert all(quality.has(question) for question in ("causes", "levers", "channels", "second"))


def test_a_tally_saved_as_tidy_rows_reads_back(read_filled, tmp_path):
    frame, _ = read_filled("tally", tally_rows())
    frame.to_csv(tmp_path / "tidy.csv", index=False)
    again = pcqa.read(tmp_path / "tidy.csv")
    pd.testing.assert_frame_equal(again, frame)


def test_what_is_beside_a_value_contact_is_not_kept_and_a_blank_code_is(read_filled):
    rows = [[DAY, "Email", "V", "d", "here", "done", None, None],
            [DAY, "Email", None, None, None, "given a time", None, None],
            [DAY, "Pigeon", "F", "they lost it", "somewhere", "waved", None, None],
            [DAY, "Email", "maybe", None, None, None, None, None]]  # fmt: skip
    frame, quality = read_filled("tally", rows)
    assert frame["code"].astype(object).where(frame["code"].notna(), None).tolist() == [
        "value", None, "failure",
    ]  # fmt: skip
    assert frame["channel"].tolist() == ["Email", "Email", "Other"]
    assert frame["cause"].dropna().tolist() == ["other"]
    assert quality.n_refused == 1
    assert any("nobody could tell" in note for note in quality.notes)


def test_an_appropriateness_sample_gives_the_planted_share_and_minutes(read_filled):
    rows = [[DAY, "GP", "right as it was", None, "right as it was", 10, "right as it was"]] * 15
    rows += [[DAY, "GP", "pharmacist in the practice", "yes", "telephone", 12, "nurse"]] * 4
    rows += [[DAY, "nurse", "physiotherapist", "no", "telephone", "8", "right as it was"]]
    frame, quality = read_filled("appropriateness", rows, want="appropriateness")
    assert quality.appointments == 20
    found = pcqa.demand.appropriateness(
        frame, "helper", mode="mode", exists="exists", minutes="minutes", weekly=200,
        second="second",
    )  # fmt: skip
    assert found.row("somebody else could have helped")["share"] == 25.0
    assert found.row("that service exists here")["count"] == 4
    assert found.minutes["sample"].max() == 4 * 12 + 8
    assert found.agreement is not None
    assert found.agreement.agreed == pytest.approx(19 / 20)
    assert frame["seen"].value_counts().to_dict()["GP"] == 19


def test_a_sample_in_other_words_is_kept_without_them(read_filled):
    rows = [[DAY, "Dr Quux", "the vicar", "perhaps", "by pigeon", "long", "nurse"],
            [DAY, "GP", "right as it was", "yes", None, 10, "nurse"]]  # fmt: skip
    frame, quality = read_filled("appropriateness", rows)
    assert frame["helper"].tolist() == ["somebody else", "right as it was"]
    assert frame["seen"].tolist() == ["other", "GP"]
    assert "exists" not in frame
    assert quality.n_mended == 2


def test_a_pulse_gives_means_of_weeks_and_hides_weeks_of_fewer_than_five(read_filled):
    monday = datetime.date(2025, 3, 3)
    rows = []
    for week in range(4):
        for n in range(5 if week != 2 else 4):
            day = monday + datetime.timedelta(days=7 * week + n)
            rows.append([day, n % 5 + 1, 3, 4 if n else None, 5, 2])
    frame, quality = read_filled("pulse", rows, want="pulse")
    assert frame["week"].tolist() == [
        pd.Timestamp(monday) + pd.Timedelta(weeks=week) for week in (0, 1, 3)
    ]
    assert frame["answers"].tolist() == [5, 5, 5]
    assert frame["pulse"].tolist() == [3.0, 3.0, 3.0]
    assert frame["pulse_sd"].round(6).tolist() == [round(float(np.std(range(5), ddof=1)), 6)] * 3
    assert "help" not in frame, "four answered it in each week"
    assert frame["say"].tolist() == [5.0, 5.0, 5.0]
    hidden = [found.rows for found in quality.set_aside if "fewer than 5" in found.what]
    assert hidden == [4]
    assert not quality.has("weeks")
    assert not quality.has("statements")


def test_a_pulse_of_few_is_refused_and_no_row_of_a_person_is_ever_given(read_filled):
    with pytest.raises(ReadError, match="no week with 5 answers or more"):
        read_filled("pulse", [[DAY, 1, 1, 1, 1, 1]] * 4)
    frame, _ = read_filled("pulse", [[DAY, 1, 2, 3, 4, 5]] * 9)
    assert len(frame) == 1
    assert frame["answers"].tolist() == [9]


def test_a_survey_gives_counts_by_month_and_hides_the_small_ones(read_filled):
    rows = [
        ["March 2025", "It was easy to get help", 3, 5, 9, 14, 11, 2],
        [None, "I was listened to", 0, 0, 1, 2, 1, 0],
        [datetime.date(2025, 4, 17), "I was listened to", "1", "2.0", "'3", None, "1,000", None],
        ["May 2025", "I know what happens next", None, None, None, None, None, None],
    ]
    frame, quality = read_filled("survey", rows, want="survey")
    wide = frame.pivot_table(index=["month", "question"], columns="answer", values="count",
                             observed=True)  # fmt: skip
    assert wide.loc[(pd.Timestamp("2025-03-01"), "easy")].tolist() == [3, 5, 9, 14, 11]
    assert wide.loc[(pd.Timestamp("2025-04-01"), "listened")].tolist() == [1, 2, 3, 0, 1000]
    assert len(wide) == 2
    assert quality.covers == "March 2025 to April 2025"
    assert quality.appointments == 42 + 1006
    assert any("2 times a statement was left open" in note for note in quality.notes)
    asides = {found.what: found.rows for found in quality.set_aside}
    assert asides["statement with fewer than 5 answers in the month"] == 1
    assert asides["no counts"] == 1


def test_two_sites_of_a_month_are_added_before_small_counts_are_hidden(read_filled):
    rows = [["March 2025", "I was listened to", 0, 0, 1, 2, 1, 0]] * 2
    frame, _ = read_filled("survey", rows)
    assert frame["count"].tolist() == [0, 0, 2, 4, 2]

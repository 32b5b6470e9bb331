"""The one page, and the questions that it raises."""

from __future__ import annotations

import pandas as pd
import pytest

from pcqa_teach import measures, spc
from pcqa_teach.errors import DataError
from pcqa_teach.measures.tidy import tidy


@pytest.fixture
def appts(weeks) -> pd.DataFrame:
    mondays = pd.date_range("2026-01-05", periods=12, freq="7D").strftime("%Y-%m-%d")
    calm = [
        weeks(1, start=day, Attended=90, DNA=5 + k % 2, Unknown=6) for k, day in enumerate(mondays)
    ]
    worse = weeks(1, start="2026-03-30", Attended=60, DNA=35, Unknown=5)
    return pd.concat([*calm, worse], ignore_index=True)


def charted(frame: pd.DataFrame) -> spc.Chart:
    return spc.chart(frame, x="x", y="value", n="n", improvement="down")


def test_only_totals_and_rates_are_kept(appts):
    kept = measures.baseline_summary(appts, dna=charted(measures.dna_rate(appts)), filled=None)
    assert set(kept) == {
        *("whose", "period", "periods", "appointments", "dna_count", "unknown_percent"),
        *("dna_mean", "dna_lower", "dna_upper", "dna_signals", "dna_percent"),
    }
    assert all(isinstance(value, (str, int, float)) for value in kept.values())
    assert kept["periods"] == 13
    assert kept["dna_count"] == appts.loc[appts["status"] == "DNA", "count"].sum()


def test_a_file_without_outcomes_says_so_and_asks_nobody_about_them():
    days = [f"2026-03-{day:02}" for day in range(9, 14)]
    counts = tidy(date=days, status=["Unknown"] * 5, count=[40] * 5)
    kept = measures.baseline_summary(counts)
    assert (kept["dna_count"], kept["unknown_percent"]) == (None, None)
    assert measures.baseline_labels(counts)["Outcome unknown"] == "not in this file"
    assert not any("closes the slots" in asked for asked in measures.questions(counts))


def test_a_list_size_is_for_a_practice_and_a_rate_beyond_belief_is_doubted(weeks):
    area = weeks(3, Attended=90).assign(area="A1", practice=None)
    with pytest.raises(DataError, match="This is an area, not a practice"):
        measures.per_1000(area, 9800)
    for size, doubted in ((9800, False), (98, True)):
        rate = measures.per_1000(weeks(3, Attended=90), size)
        assert ("400 a week is doubtful" in " ".join(rate.attrs["pcqa"]["notes"])) is doubted
        said = measures.baseline_labels(weeks(3, Attended=90), per_1000=rate)[
            "Appointments per 1,000 patients a week"
        ]
        assert f"list size {size:,}" in said
        assert ("doubtful" in said) is doubted


def test_a_signal_asks_what_was_different_and_when(appts):
    asked = measures.questions(appts, dna=charted(measures.dna_rate(appts)))
    assert "What was different about missed appointments in the week of 30 Mar 2026?" in asked


def test_the_last_question_is_about_those_who_were_not_booked(weeks):
    asked = measures.questions(weeks(12, Attended=95, DNA=5))
    assert asked == [
        "How many people asked and could not be given anything? Tally a week to find out."
    ]


def test_many_unknown_outcomes_and_empty_slots_are_asked_about(weeks):
    appts = weeks(12, Attended=60, DNA=5, Unknown=10, Available=25)
    asked = measures.questions(appts, filled=measures.utilisation(appts))
    assert asked[0].startswith("Who closes the slots")
    assert asked[1].startswith("Which kind of slot stays empty")


def test_a_lasting_shift_asks_about_its_beginning(weeks):
    mondays = pd.date_range("2025-09-01", periods=16, freq="7D").strftime("%Y-%m-%d")
    booked = [100 + 6 * (k % 2) + (8 if k >= 8 else 0) for k in range(16)]
    rows = [weeks(1, start=day, Attended=n) for day, n in zip(mondays, booked, strict=True)]
    chart = charted(measures.weekly_counts(pd.concat(rows, ignore_index=True)))
    assert not chart.points["outside"].any()
    asked = measures.questions(rows[0], activity=chart)
    assert asked[0].startswith("What made the practice busier or quieter from ")


def test_a_measure_without_a_chart_keeps_its_mean(weeks):
    rate = measures.per_1000(weeks(2), 10_000)
    kept = measures.baseline_summary(weeks(2), per_1000=rate)
    assert kept["per_1000_mean"] == 50.0
    assert "per_1000_signals" not in kept
    assert measures.in_a_sentence(rate).startswith("Appointments per 1,000 patients a week: 50.0")


def test_a_calm_chart_is_read_as_one_steady_system(weeks):
    mondays = pd.date_range("2025-09-01", periods=14, freq="7D").strftime("%Y-%m-%d")
    rows = [weeks(1, start=day, Attended=100 + k % 2) for k, day in enumerate(mondays)]
    said = measures.in_words(charted(measures.weekly_counts(pd.concat(rows))))
    assert "No point is flagged: read it as one steady system" in said


def test_months_are_called_months_and_a_break_is_no_steady_system(weeks):
    months = pd.DataFrame({"x": pd.date_range("2024-01-01", periods=8, freq="MS"), "value": 5.0})
    months.attrs["pcqa"] = {"every": "month"}
    assert "months can be set beside each other" in measures.break_said(months)
    calm = pd.concat(
        [weeks(1, start=str(day.date()), Attended=90, DNA=5 + place % 2)
         for place, day in enumerate(pd.date_range("2026-01-05", periods=14, freq="7D"))]
    )  # fmt: skip
    chart = charted(measures.dna_rate(calm))
    assert "read it as one steady system" in measures.in_words(chart)
    said = measures.in_words(chart, broken=True)
    assert "do not read it as one system" in said


def test_a_flagged_chart_names_its_rules_and_asks_when(appts):
    said = measures.in_words(charted(measures.dna_rate(appts)))
    assert "13 of 13 points are flagged: " in said
    assert "Ask what was different in the week of 30 Mar 2026." in said
    assert "no single mean fits the whole time, so no one verdict on it is sound" in said


def test_a_large_mean_has_no_decimals_and_a_group_of_practices_is_not_called_a_practice(weeks):
    mondays = pd.date_range("2026-01-05", periods=14, freq="7D").strftime("%Y-%m-%d")
    rows = [weeks(1, start=day, Attended=300_000 + 500 * k) for k, day in enumerate(mondays)]
    many = pd.concat(rows)
    many = many.assign(area="A1", practice=None)
    chart = charted(measures.weekly_counts(many))
    row = measures.baseline_labels(many, activity=chart)["Appointments per working day"]
    assert "{activity_mean:,.0f}" in row
    assert "{activity_lower:,.0f}" in row
    asked = " ".join(measures.questions(many, activity=chart))
    assert "What made the area busier or quieter" in asked
    busy = many.assign(count=many["count"] * (1 + (many["date"].dt.day_of_week == 0)))
    assert "Why has a Monday " in " ".join(measures.questions(busy))
    assert "Why has a" not in asked
    assert "." not in measures.in_a_sentence(measures.weekly_counts(many)).split(":")[1][:12]


def test_a_file_that_tells_no_outcome_is_not_said_to_have_all_unknown():
    from pcqa_teach.measures import data_quality

    days = pd.date_range("2026-03-09", periods=5)
    told = data_quality(tidy(date=days, status=["Unknown"] * 5)).set_index("Question")["Answer"]
    assert told["Outcome unknown"] == "not in this file"

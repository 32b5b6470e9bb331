"""Ordinary days of a telephone log, the national counts by stretch, and both on one page."""

from __future__ import annotations

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.errors import DataError
from pcqa_teach.measures import call_bands, phone_labels, phone_log, phone_page, phone_questions
from pcqa_teach.measures.phone_log import HOLIDAY, PART_DAY, WEEKEND


def times(first: str, last: str, hours: tuple[str, ...] = ("08:00", "12:00", "18:00")):
    """Give calls at the same hours of every day, weekends among them."""
    days = pd.date_range(first, last)
    start = [f"{day:%Y-%m-%d} {hour}" for day in days for hour in hours]
    return pd.DataFrame({"start": pd.to_datetime(start), "outcome": "Answered"})


def test_weekends_and_bank_holidays_are_left_out_and_said():
    log = phone_log(times("2025-04-28", "2025-05-18"))  # Monday 5 May is a bank holiday
    kinds = log.days["kind"].value_counts()
    assert (kinds[WEEKEND], kinds[HOLIDAY], len(log.kept)) == (6, 1, 14)
    assert "Saturdays and Sundays are left out: 18 calls." in log.notes
    assert "Bank holidays are left out: 5 May 2025 (3 calls)." in log.notes
    assert any("only 2 Mondays among the days" in note for note in log.notes)
    assert log.covers == "14 whole working days, 28 Apr 2025 to 16 May 2025"


def test_a_first_day_from_noon_and_a_last_day_until_noon_are_parts():
    rows = times("2025-03-03", "2025-03-14")
    cut = rows[(rows["start"] >= "2025-03-03 12:00") & (rows["start"] <= "2025-03-14 12:00")]
    log = phone_log(cut)
    parts = log.days.loc[log.days["kind"] == PART_DAY, "date"]
    assert parts.dt.day.tolist() == [3, 14]
    assert sum("holds only a part of that day" in note for note in log.notes) == 2
    assert phone_log(rows).days["kind"].ne(PART_DAY).all()


def test_an_early_closing_in_the_middle_is_kept_since_it_may_be_how_the_week_is():
    rows = times("2025-03-03", "2025-03-14")
    short = rows[~((rows["start"].dt.day == 5) & (rows["start"].dt.hour > 12))]
    assert len(phone_log(short).kept) == 10


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (times("2025-03-03", "2025-03-03").head(2), "There are 2 calls on 1 whole working day"),
        (times("2025-03-08", "2025-03-09"), "on 0 whole working days"),
        (pd.DataFrame({"date": []}), "This is no telephone log"),
    ],
)
def test_too_little_is_one_sentence(rows, sentence):
    with pytest.raises(DataError, match=sentence):
        phone_log(rows)


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    from pcqa_teach.data.synthetic import exports

    path = tmp_path_factory.mktemp("cbt") / "cbt.csv"
    path.write_bytes(exports.rendered("cbt", pcqa.load_demo("calls"), False).data)
    return pcqa.read(path)


def test_the_national_file_has_the_calls_of_the_log_it_was_made_of(national):
    calls = pcqa.load_demo("calls")
    found = call_bands(phone_log(national).bands)
    assert found.total == len(calls)
    at = calls["start"]
    early = ((at.dt.day_of_week == 0) & at.dt.hour.between(8, 9)).sum() / 4
    assert found.early()["calls"] == early
    fates = found.rows[["answered", "missed", "in_menu", "call_back"]].sum(axis=1)
    assert fates.round(9).eq(1).all()
    assert found.message.startswith("On Mondays 103 calls come from 8 to 10 am, against 57")
    assert found.figure().alt == found.alt_text


def test_calls_on_shared_lines_are_left_out_and_several_practices_are_said(national):
    shared = national.head(5).assign(practice=pd.Categorical([None] * 5))
    both = pd.concat([national, shared], ignore_index=True)
    assert call_bands(both).total == call_bands(national).total
    two = pd.concat([national, national.assign(practice="G-OTHER")], ignore_index=True)
    assert "These are 2 practices together." in call_bands(two).explain()
    assert "2 practices together" in phone_log(two).whose


def test_a_file_without_mondays_still_speaks(national):
    rest = national[national["start"].dt.day_of_week != 0]
    assert call_bands(rest).message.startswith("Most calls come from ")
    assert any("no Monday among the days" in note for note in phone_log(rest).notes)


def test_a_page_shows_what_is_known_and_no_more(national):
    log = phone_log(national)
    bands = call_bands(log.bands)
    page = phone_page(log, bands=bands)
    labels = phone_labels(page)
    assert page["monday_early"] == pytest.approx(103)
    assert "People answered by somebody in the end" not in labels
    assert "Calls answered" in labels
    pcqa.record(**page, labels=labels)
    asked = phone_questions(log, bands=bands)
    assert any("a code for each caller" in question for question in asked)
    assert not any("start earlier" in question for question in asked)

"""Missed appointments beside what their mix gives, beside London, by telephone, and of people."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach import demand, measures
from pcqa_teach.demand.missed_london import LONDON
from pcqa_teach.errors import DataError
from pcqa_teach.measures.tidy import tidy
from pcqa_teach.run.sharing import results as shareable
from pcqa_teach.variation import stratify


def book(rows: list[tuple[str, str, str, int, int]], **more: list[str]) -> pd.DataFrame:
    """Make a book of (weekday's date, gap, mode, came, missed)."""
    both = [(d, g, m, s, n) for d, g, m, a, b in rows for s, n in (("Attended", a), ("DNA", b))]
    date, gap, mode, status, count = (list(one) for one in zip(*both, strict=True))
    return tidy(date=date, booking_gap=gap, mode=mode, status=status, count=count, **more)


@pytest.fixture(scope="module")
def riverside() -> pd.DataFrame:
    return pcqa.load_demo("appointments")


@pytest.fixture(scope="module")
def clinics() -> pd.DataFrame:
    """The worked example: clinic A is seen face to face, B by telephone."""
    return book(
        [
            ("2026-03-09", "Same Day", "Face-to-Face", 49, 1),
            ("2026-03-09", "8 to 14 Days", "Face-to-Face", 135, 15),
            ("2026-03-10", "Same Day", "Telephone", 145, 5),
            ("2026-03-10", "8 to 14 Days", "Telephone", 45, 5),
        ]
    )


def test_the_worked_example_of_the_lesson(clinics):
    rows = demand.standardise(clinics, "mode").rows.set_index("group")
    assert rows["expected"].to_dict() == pytest.approx({"Face-to-Face": 16.5, "Telephone": 9.5})
    assert rows["share"].to_dict() == pytest.approx({"Face-to-Face": 8.0, "Telephone": 5.0})
    assert rows["ratio"].round(2).to_dict() == {"Face-to-Face": 0.97, "Telephone": 1.05}
    assert not rows["apart"].any()


def test_expected_and_observed_add_up_to_the_same(riverside):
    for by in ("weekday", "age_band", "mode", "booking_gap"):
        found = demand.standardise(riverside, by)
        assert found.rows["expected"].sum() == pytest.approx(found.missed)
        assert found.rows["n"].sum() == found.n


def test_a_group_that_only_has_another_mix_does_not_stand_out(riverside):
    found = demand.standardise(riverside, "weekday")
    monday = found.rows.set_index("group").loc["Monday"]
    assert monday["share"] > found.share + 0.9
    assert monday["lower"] < 1 < monday["upper"]
    assert "no group stands out" in found.message


def test_young_adults_stand_out_on_the_same_mix(riverside):
    found = demand.equity_split(riverside)
    assert found.message.startswith("Age 15 to 29: ")
    assert "36% more" in found.explain()
    assert "marker of risk, not of manners" in found.explain()


def test_leaving_the_unknown_out_raises_every_share(riverside):
    counted = demand.equity_split(riverside).rows["share"]
    left_out = demand.equity_split(riverside, unknown="out").rows["share"]
    assert (left_out >= counted).all()
    with pytest.raises(DataError, match="unknown='maybe' is not known"):
        demand.equity_split(riverside, unknown="maybe")


def test_small_groups_are_held_back_everywhere():
    small = book(
        [
            ("2026-03-09", "Same Day", "Face-to-Face", 900, 60),
            ("2026-03-09", "Same Day", "Telephone", 700, 40),
            ("2026-03-10", "Same Day", "Home Visit", 90, 3),
        ]
    )
    found = demand.standardise(small, "mode")
    held = found.rows.set_index("group")["held"]
    assert held.to_dict() == {"Face-to-Face": False, "Telephone": True, "Home Visit": True}
    assert (
        found.table.set_index("Telephone or face to face").loc["Home Visit"].tolist()[1:]
        == ["-"] * 4
    )
    assert "Home Visit" not in found.alt_text
    assert "2 groups with few missed held back" in found.explain()


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("deprivation_fifth", "never add addresses to an export"),
        ("age_band", "ask for the report with the age"),
        ("patient", "can be split by booking gap and telephone or face to face"),
    ],
)
def test_a_split_that_the_file_lacks_is_one_sentence(clinics, by, said):
    with pytest.raises(DataError, match=said):
        demand.standardise(clinics, by)


def test_deprivation_is_split_where_a_table_has_it(clinics):
    fifths = clinics.assign(deprivation_fifth=[1, 1, 1, 1, 5, 5, 5, 5])
    found = demand.equity_split(fifths, "deprivation_fifth")
    assert found.rows["group"].tolist() == ["1", "5"]


def test_one_group_and_no_mix_are_refused(clinics):
    with pytest.raises(DataError, match="nothing to compare"):
        demand.standardise(clinics[clinics["mode"] == "Telephone"], "mode")
    bare = clinics.drop(columns=["booking_gap", "mode"])
    with pytest.raises(DataError, match="the mix cannot be allowed for"):
        demand.standardise(bare, "weekday")
    kinds = clinics.drop(columns="booking_gap")
    with pytest.raises(DataError, match="does not say how long before the day") as said:
        demand.standardise(kinds, "mode")
    assert "of what kind" not in str(said.value)
    assert "missed shares by telephone or face to face" in str(said.value)
    with pytest.raises(DataError, match="does not give people's ages"):
        demand.standardise(bare, "age_band")
    with pytest.raises(DataError, match="no 'session' to make a mix of"):
        demand.standardise(clinics, "mode", within=["session"])


def test_a_file_of_months_has_no_weekdays():
    monthly = tidy(
        date=["2026-03-01"] * 2, status=["Attended", "DNA"], period="month", mode=["Telephone"] * 2
    )
    with pytest.raises(DataError, match="days of the week cannot be told"):
        demand.standardise(monthly, "weekday")


def test_the_picture_says_what_it_shows(riverside):
    drawn = demand.standardise(riverside, "weekday").figure()
    assert "Monday 6.9% as counted, 5.9% allowing for its own mix" in drawn.alt
    assert len(drawn.svg) > 1000


def test_londons_rates_are_those_of_the_open_data(shared_data: Path):
    raw = pd.read_csv(shared_data / "gpad_london_ccg_month_status_gap.csv")
    month = pd.to_datetime(raw["month"])
    year = raw[(month >= "2019-03-01") & (month < "2020-03-01")]
    gap = year["TIME_BETWEEN_BOOK_AND_APPT"].str.replace(r"\s+", " ", regex=True)
    count = year["COUNT_OF_APPOINTMENTS"]
    share = 100 * count[year["APPT_STATUS"] == "DNA"].groupby(gap).sum() / count.groupby(gap).sum()
    assert {one: round(share[one], 1) for one in LONDON} == LONDON


def test_a_book_that_misses_as_london_did_is_no_more_apart_than_chance():
    gaps = list(LONDON)
    missed = [round(10 * LONDON[one]) for one in gaps]
    rows = [
        ("2026-03-09", one, "Telephone", 1000 - n, n) for one, n in zip(gaps, missed, strict=True)
    ]
    found = demand.beside_london(book(rows))
    assert found.ratio == pytest.approx(1, abs=0.001)
    assert "no more apart than chance" in found.message
    with pytest.raises(DataError, match="booking gaps cannot be set beside"):
        demand.beside_london(book(rows).drop(columns="booking_gap"))


def test_telephone_is_left_out_or_said_to_be_missing(clinics):
    assert set(demand.without_telephone(clinics)["mode"]) == {"Face-to-Face"}
    with pytest.raises(DataError, match="does not say which appointments were by telephone"):
        demand.without_telephone(clinics.drop(columns="mode"))
    said = demand.telephone_said(demand.standardise(clinics, "mode"))
    assert "ask how it is done here" in said
    few = book([("2026-03-09", "Same Day", "Face-to-Face", 90, 9),
                ("2026-03-09", "Same Day", "Home Visit", 90, 9)])  # fmt: skip
    assert demand.telephone_said(demand.standardise(few, "mode")).startswith("Too few")


def test_telephone_missed_twice_as_often_in_every_gap_is_said_to_be_twice_as_much():
    """With each group's own mix as the yardstick it would be 7.6% beside 5.6%."""
    day, ahead = ("2026-03-09", "Same Day"), ("2026-03-09", "8 to 14 Days")
    rows = [(*day, "Telephone", 855, 45), (*ahead, "Telephone", 85, 15),
            (*day, "Face-to-Face", 195, 5), (*ahead, "Face-to-Face", 740, 60)]  # fmt: skip
    found = demand.standardise(book(rows), "mode")
    parts = found.cells.rename(columns={"group": "mode"})
    on_one = stratify(parts, events="missed", n="n", group="mode", stratum="cell").same_mix
    assert on_one["Telephone"] == pytest.approx(2 * on_one["Face-to-Face"])
    said = demand.telephone_said(found)
    assert f"{100 * on_one['Telephone']:.1f}% of the telephone" in said
    assert f"{100 * on_one['Face-to-Face']:.1f}% of those face to face" in said
    assert "Compared are" not in said
    more = [*rows, ("2026-03-09", "1 Day", "Telephone", 400, 50),
            ("2026-03-09", "2 to 7 Days", "Face-to-Face", 45, 5)]  # fmt: skip
    part = demand.telephone_said(demand.standardise(book(more), "mode"))
    assert part.startswith(said.partition(")")[0])
    assert "Compared are the 80% of both" in part
    apart = demand.standardise(book([rows[0], rows[3]]), "mode")
    assert "differ too much" in demand.telephone_said(apart)


def test_an_interval_narrower_than_the_rounding_is_not_written():
    here = ("2026-03-09", "Same Day", "Face-to-Face", 4675, 325)
    wide, many = (
        demand.standardise(book([("2026-03-09", "Same Day", "Telephone", *n), here]), "mode")
        for n in ((4825, 175), (9650000, 350000))
    )
    said = demand.telephone_said(wide)
    assert "marked as missed (95% interval 3.0% to 4.1%), and 6.5%" in said
    said = demand.telephone_said(many)
    assert "marked as missed, and 6.5% of those face to face (95% interval 5.8% to 7.2%). " in said
    assert "An interval narrower than 0.1 of a point is not shown." in said
    assert many.table["95% interval"].tolist().count("3.5%") == 1


def test_whose_share_it_is_is_named_by_the_file():
    marks = {"date": ["2026-03-01"] * 2, "status": ["Attended", "DNA"], "period": "month"}
    area = demand.shares_here(tidy(**marks, area=["A1", "A1"]))
    several = demand.shares_here(tidy(**marks, practice=["P1", "P2"]))
    assert [*area["name"], *several["name"]] == ["The area", "These practices together"]


def test_a_break_in_a_file_of_months_begins_in_a_month():
    starts = pd.date_range("2026-01-01", periods=8, freq="MS")
    months = pd.DataFrame({"x": starts, "value": [9.0, 8, 9, 10, 0, 1, 0, 0]})
    months.attrs["pcqa"] = {"every": "month"}
    appts = tidy(date=["2026-03-01"] * 2, status=["Attended", "DNA"], period="month")
    assert demand.missed_page(appts, None, months)["break_from"] == "May 2026"


def test_two_groups_are_nowhere_said_to_be_on_one_mix(riverside):
    found = demand.equity_split(riverside)
    for said in (found.message, found.explain(), found.alt_text, " ".join(found.table.columns)):
        assert "same mix" not in said.lower()
    assert "own mix" in found.message
    assert "two groups are not compared with each other" in found.explain()


def test_people_who_missed_more_than_one_are_counted_and_not_named():
    who = ["P1"] * 3 + ["P2"] * 2 + [f"P{one}" for one in range(3, 20)]
    rows = tidy(date=["2026-03-09"] * len(who), status=["DNA"] * len(who), patient=who)
    again = demand.missed_again(rows)
    assert again["people"].tolist() == [17, 1, 1]
    said = demand.missed_again_said(again)
    assert "fewer than 5 of them missed two or more." in said
    with pytest.raises(DataError, match="does not say whose"):
        demand.missed_again(rows.drop(columns="patient"))


def test_the_page_holds_totals_and_says_who_stands_out(riverside):
    shares = measures.missed_shares(demand.shares_here(riverside))
    splits = {"age": demand.equity_split(riverside), "fifths": None}
    unknown = measures.unknown_share(riverside)
    page = demand.missed_page(riverside, shares, unknown, demand.beside_london(riverside), **splits)
    assert page["break_from"] == "9 Sep 2024"
    assert page["age_apart"] == "Age 15 to 29 36% more than expected"
    both = demand.missed_page(riverside, shares, gap=splits["age"])
    assert both["gap_apart"] == "Age 15 to 29 36% more than expected"
    assert page["unknown_counted"] < page["unknown_left_out"]
    labels = demand.missed_labels(page, **splits)
    assert all("{" not in said.format(**page) for said in labels.values())
    asked = demand.missed_questions(unknown, **splits)
    assert asked[0].startswith("Who changed how outcomes are noted")
    assert asked[-1].endswith("asks whether they are safe?")


def test_a_break_in_recording_is_found_and_a_drift_is_none():
    weeks = pd.date_range("2026-01-05", periods=20, freq="7D")
    rng = np.random.default_rng(3)
    steady = pd.DataFrame({"x": weeks, "value": 6 + rng.normal(0, 1, 20)})
    assert measures.recording_break(steady) is None
    assert "No lasting break" in measures.break_said(steady)
    broken = steady.assign(value=np.where(np.arange(20) < 11, steady["value"], 0.4))
    assert measures.recording_break(broken) == weeks[11]
    assert measures.recording_break(broken.head(4)) is None


def test_booking_gaps_without_kinds_stand_beside_all_together_as_counted():
    marks, gaps = ["Attended", "DNA"] * 2, ["Same Day", "Same Day", "1 Day", "1 Day"]
    counts = [970, 30, 800, 200]
    appts = tidy(date=["2026-03-09"] * 4, status=marks, booking_gap=gaps, count=counts)
    found = demand.standardise(appts, "booking_gap")
    assert found.mix == ()
    assert found.rows["expected"].tolist() == pytest.approx([115, 115])
    assert found.rows["adjusted"].tolist() == pytest.approx(found.rows["share"].tolist())
    assert found.message == "Same Day: 74% fewer missed than all together; 1 other also stands out"
    assert "own mix" not in found.explain() + found.alt_text + " ".join(found.table)
    assert "does not say of what kind" in found.explain()
    assert found.figure is not None
    page = demand.missed_page(appts, None, gap=found)
    assert page["gap_apart"] == "Same Day 74% fewer and 1 Day 74% more than all together"
    assert "Beside all together, by booking gap" in demand.missed_labels(page, gap=found)


def test_months_are_said_as_months():
    marks, modes = ["Attended", "DNA"] * 2, ["Telephone"] * 2 + ["Face-to-Face"] * 2
    appts = tidy(
        date=["2026-03-01"] * 4, status=marks, mode=modes, booking_gap=["Same Day"] * 4,
        count=[90, 10, 80, 20], period="month",
    )  # fmt: skip
    said = demand.standardise(appts, "mode").explain()
    assert "15.0% missed, Mar 2026." in said
    assert "31 Mar" not in said


def test_a_share_that_is_the_same_both_ways_is_said_once():
    page = {"unknown_counted": 5.92, "unknown_left_out": 5.94}
    assert (
        demand.missed_labels(page)["Missed, unknown outcomes counted"] == "{unknown_counted:.1f}%"
    )
    page["unknown_left_out"] = 6.1
    assert "left out" in demand.missed_labels(page)["Missed, unknown outcomes counted"]


def test_two_shares_that_are_alike_once_counts_are_rounded_are_said_once():
    heading = "Missed, unknown outcomes counted"
    page = {"appointments": 20002, "missed": 1188, "unknown": 40,
            "unknown_counted": 5.939, "unknown_left_out": 5.951}  # fmt: skip
    safe = shareable(page, **demand.missed_sharing(page))
    assert f"{safe['unknown_counted']:.1f}" == f"{safe['unknown_left_out']:.1f}"
    assert demand.missed_labels(page)[heading] == "{unknown_counted:.1f}%"
    page |= {"unknown": 800, "unknown_left_out": 6.187}
    assert "left out" in demand.missed_labels(page)[heading]

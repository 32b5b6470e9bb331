"""Continuity in an appointment book: own GPs, whether they are there, and the page about them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach import demand, spc
from pcqa_teach.demand.ages import wide_ages
from pcqa_teach.errors import DataError
from pcqa_teach.measures.tidy import tidy


@pytest.fixture(scope="module")
def riverside() -> pd.DataFrame:
    return pcqa.load_demo("appointments")


@pytest.fixture(scope="module")
def exports() -> Path:
    return Path(__file__).parents[2] / "data" / "synthetic" / "exports"


def as_book(visits: pd.DataFrame, **more: object) -> pd.DataFrame:
    """Make an appointment book of visits."""
    return tidy(
        date=["2026-03-09"] * len(visits),
        status=["Attended"] * len(visits),
        **{name: visits[name].tolist() for name in visits},
        **more,
    )


def test_the_published_table_comes_out_of_an_appointment_book(published):
    marked = as_book(published, hcp_type=["GP"] * len(published))
    lists = demand.book_continuity(marked, by=()).lists.set_index("usual")
    assert (lists["own_visits"]["A"], lists["given_visits"]["A"]) == (22, 35)
    assert (lists["own_visits"]["A"], lists["list_visits"]["A"]) == (22, 41)


def test_where_gps_are_not_marked_only_those_with_a_list_are_counted(published):
    found = demand.book_continuity(as_book(published), by=())
    lists = found.lists.set_index("usual")
    assert (lists["own_visits"]["A"], lists["given_visits"]["A"]) == (22, 35)
    assert lists["list_visits"]["A"] < 41  # without those to doctors who hold no list
    assert any("share is higher than it would be" in note for note in found.notes)


@pytest.mark.parametrize(
    ("visits", "upc", "bb"), [("AAB", 67, 33), ("AAABBB", 50, 40), ("AABC", 50, 17)]
)
def test_the_figures_of_the_lesson(visits, upc, bb):
    one = pd.DataFrame({"patient": ["P1"] * len(visits), "clinician": list(visits)})
    found = demand.book_continuity(as_book(one), by=())
    assert round(found.value("UPC")) == upc
    assert round(found.value("Bice-Boxerman")) == bb


def test_people_with_one_visit_are_left_out_of_upc(riverside):
    found = demand.book_continuity(riverside, by=())
    assert found.few == (found.people["visits"] < 2).sum() > 2000
    assert found.whole["people"].iloc[0] == len(found.people) - found.few


def test_the_weekly_share_and_the_whole_agree(riverside):
    weekly = demand.own_gp_share(riverside)
    whole = demand.book_continuity(riverside, by=()).value("SLICC")
    assert 100 * weekly["count"].sum() / weekly["n"].sum() == pytest.approx(whole, abs=0.1)
    assert spc.chart(weekly, improvement="up").message.startswith("Visits with the person's own GP")


def test_a_usual_gp_who_left_is_found_and_explains_the_share(riverside):
    """T03: a GP leaves on 10 July; who is still there is seen as often as was planted (0.48)."""
    there = demand.usual_gp_there(riverside)
    assert 0.1 < there.gone_people / there.people < 0.25
    assert there.slicc_there == pytest.approx(48, abs=2)
    assert there.slicc < there.slicc_there - 4
    assert "the GP has left or is away" in there.message


def test_without_anybody_away_the_field_looks_kept(riverside):
    there = demand.usual_gp_there(riverside, weeks=26)
    assert there.gone_people == 0
    assert there.slicc == pytest.approx(there.slicc_there)
    assert "looks kept" in there.message


def test_an_emis_list_counts_those_who_hold_a_list_and_says_so(exports):
    path = exports / "emis_slots_clean.csv"
    if not path.is_file():
        pytest.skip("the exports are not in this checkout")
    found = demand.book_continuity(pcqa.read(path), by=())
    assert any("only clinicians who are somebody's usual GP" in note for note in found.notes)
    assert found.value("SLICC") > 20


def test_a_report_without_usual_gps_has_the_other_two_measures(exports):
    path = exports / "systmone_appointments_clean.csv"
    if not path.is_file():
        pytest.skip("the exports are not in this checkout")
    appts = pcqa.read(path)
    found = demand.book_continuity(appts)
    assert found.whole["measure"].tolist() == ["UPC", "Bice-Boxerman"]
    assert any("nurses among them" in note for note in found.notes)
    for ask in (demand.own_gp_share, demand.usual_gp_there):
        with pytest.raises(DataError, match="ask for the report with the usual GP"):
            ask(appts)
    with pytest.raises(DataError, match="cannot be split"):
        demand.continuity_table(found)
    page = demand.continuity_page(found)
    assert "names nobody's usual GP" in page["finding"]
    assert next(iter(demand.continuity_labels(page))) == "Finding"
    assert "finding" in demand.continuity_sharing(page, found)["words"]
    assert "ask for the appointment report that has the usual GP" in page["finding"]


def test_a_file_that_does_not_say_who_saw_whom_is_refused():
    counts = tidy(date=["2026-03-09"], status=["Attended"], count=[40])
    for ask in (demand.book_continuity, demand.own_gp_share, demand.usual_gp_there):
        with pytest.raises(DataError, match="who saw whom"):
            ask(counts)


def test_nobody_at_a_gp_is_a_sentence_too():
    nobody = tidy(date=["2026-03-09"], status=["DNA"], patient=["P1"], clinician=["C1"])
    with pytest.raises(DataError, match=r"Nobody came|No visit to a GP"):
        demand.book_continuity(nobody)


def test_ages_are_put_into_wide_bands_and_none_is_lost():
    bands = pd.Series(pcqa.load_demo("appointments")["age_band"])
    wide = wide_ages(bands)
    assert wide.isna().sum() == bands.isna().sum()
    assert wide[bands == "15-19"].unique().tolist() == ["15 to 29"]


def test_small_groups_are_held_back_in_the_table(riverside):
    few = riverside[riverside["patient"].isin(riverside["patient"].cat.categories[:110])]
    found = demand.book_continuity(few)
    table = demand.continuity_table(found)
    small = found.groups["people"].between(1, 4)
    assert small.any()
    assert (table["People"][small.to_numpy()] == "fewer than 5").all()
    assert (table.loc[small.to_numpy(), "Own GP (SLICC)"] == "-").all()


def test_the_page_holds_no_figure_of_a_single_gp(riverside):
    found = demand.book_continuity(riverside, by=())
    there = demand.usual_gp_there(riverside)
    chart = spc.chart(demand.own_gp_share(riverside), improvement="up")
    page = demand.continuity_page(found, there, chart)
    assert {"slicc", "opr", "upc", "bice_boxerman", "usual_gp_away_percent"} <= set(page)
    text = str(page) + str(demand.continuity_labels(page))
    assert not any(str(one) in text for one in riverside["clinician"].cat.categories)
    labels = demand.continuity_labels(page)
    assert labels["Visits with own GP"].format(**page) == "41%[ (40% to 42%)]"
    assert demand.continuity_labels(demand.continuity_page(None)) == {}


def test_where_usual_gps_are_named_there_is_no_finding_about_them(riverside):
    page = demand.continuity_page(demand.book_continuity(riverside, by=()))
    assert "finding" not in page
    assert page["who_was_counted"] == "GPs"


def test_the_questions_follow_from_what_was_found(riverside):
    asked = demand.continuity_questions(None, None)
    assert asked[0].startswith("Who can give us the report with each person's usual GP")
    asked = demand.continuity_questions(None, demand.usual_gp_there(riverside))
    assert asked[0].startswith("Whose usual GP is away")
    rng = np.random.default_rng(5)
    people = np.repeat(np.arange(400), 4)
    old = people < 200
    own = rng.random(1600) < np.where(old, 0.2, 0.7)
    biased = tidy(
        date=["2026-03-09"] * 1600,
        status=["Attended"] * 1600,
        patient=[f"P{one}" for one in people],
        clinician=np.where(own, "C1", "C2").tolist(),
        usual_gp=["C1"] * 1600,
        hcp_type=["GP"] * 1600,
        age_band=np.where(old, "80-84", "20-24").tolist(),
    )
    asked = demand.continuity_questions(demand.book_continuity(biased), None)
    assert (
        "People of 80 and over see their own GP least: is that their choice, or can they not?"
        in asked
    )


def test_the_page_uses_no_abbreviation_and_says_the_weeks_as_the_chart_does(riverside):
    chart = spc.chart(demand.own_gp_share(riverside), improvement="up")
    found, there = demand.book_continuity(riverside, by=()), demand.usual_gp_there(riverside)
    page = demand.continuity_page(found, there, chart)
    rows = demand.continuity_labels(page)
    text = " ".join([*rows, *rows.values()]).replace("slicc", "")
    assert not any(one in text for one in ("SLICC", "OPR", "UPC", "Bice"))
    mean = f"{chart.limits.iloc[-1]['centre']:.1f}%"
    assert rows["Visits with own GP, week by week"].format(**page).startswith(mean)


def test_a_share_is_rounded_alike_in_words_table_and_picture(riverside):
    groups = demand.book_continuity(riverside)
    table = demand.continuity_table(groups)
    said = groups.table[groups.table["Measure"] == "SLICC"].iloc[1:]
    assert said["Value"].tolist() == table["Own GP (SLICC)"].tolist()
    assert "SLICC" not in groups.alt_text


def test_a_usual_gp_who_is_not_named_is_said_once(exports):
    path = exports / "systmone_appointments_clean.csv"
    if not path.is_file():
        pytest.skip("the exports are not in this checkout")
    appts = pcqa.read(path)
    assert "usual GP" not in demand.book_continuity(appts, by=()).explain()
    assert "any doctor" not in str(demand.book_continuity(appts, by=()).figure().alt)

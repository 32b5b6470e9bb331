"""Sheets that people coded: whether to believe them, who takes a cause on, and the page."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach import demand
from pcqa_teach.demand.trust_words import LOOK_AT
from pcqa_teach.errors import DataError
from pcqa_teach.variation import sample_size

RIGHT = "right as it was"


@pytest.fixture(scope="module")
def tally() -> pd.DataFrame:
    return pcqa.load_demo("tally")


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    return pcqa.load_demo("right_appointment")


def test_the_columns_that_a_sheet_lacks_are_done_without(tally, sample):
    bare = demand.from_tally(tally[["code"]])
    assert (len(bare.causes), len(bare.channels), bare.agreement) == (0, 0, None)
    alone = demand.from_sample(sample[["helper"]], weekly=900)
    assert (len(alone.modes), len(alone.minutes), alone.agreement) == (0, 0, None)


def test_minutes_that_were_not_written_down_are_as_long_as_the_others(sample):
    gaps = sample.assign(minutes=sample["minutes"].where(np.arange(len(sample)) % 3 > 0))
    some, every = (demand.from_sample(one, 900).minutes["week"].iloc[0] for one in (gaps, sample))
    assert some == pytest.approx(every, rel=0.1)


def test_a_second_coders_share_is_set_beside_the_firsts_of_the_same_cases(tally):
    found = demand.from_tally(tally)
    both = tally[tally["second"].notna()]
    assert found.coders["n"].tolist() == [len(both)] * 2
    first = 100 * (both["code"] != "value").mean()
    assert found.coders["share"].iloc[0] == pytest.approx(first)


def test_contacts_a_week_come_from_the_mix_or_from_the_days(tally):
    assert demand.contacts_a_week(tally, {"Telephone": 600, "Email": 50})[0] == 650
    assert demand.contacts_a_week(tally)[0] == len(tally)  # five days
    assert demand.contacts_a_week(tally.drop(columns="date"))[0] == len(tally)
    half = tally[tally["date"].dt.day_of_week < 2]
    assert demand.contacts_a_week(half)[0] == pytest.approx(len(half) / 2 * 5)


def _shuffled(codes: pd.Series) -> np.ndarray:
    return codes.sample(frac=1, random_state=2).to_numpy()


def looked(frame: pd.DataFrame, mix=None) -> demand.Trust:
    return demand.trust(demand.from_tally(frame, mix), frame)


def test_all_in_order_is_to_be_believed(tally):
    mix = {"Telephone": 780, "Online form": 300, "Front desk": 140, "Email": 40}
    found = looked(tally, mix)
    assert found.fine
    assert found.message.startswith("Believe the share within its interval")


@pytest.mark.parametrize(
    ("mend", "question"),
    [
        (lambda t: t.head(60), "Enough cases"),
        (lambda t: t[t["date"].dt.day_of_week < 4], "Whole days"),
        (lambda t: t.drop(columns="date"), "Whole days"),
        (lambda t: t.assign(date=t["date"] + pd.Timedelta(days=70)), "Whole days"),  # Christmas
        (lambda t: t.drop(columns="second"), "Two coders"),
        (lambda t: t.assign(second=t["second"].where(np.arange(len(t)) < 100)), "Two coders"),
        (lambda t: t.assign(second=_shuffled(t["second"])), "Two coders"),
        (lambda t: t, "Channels as they are"),
        (lambda t: t.assign(code=t["code"].where(np.arange(len(t)) % 8 > 0)), "Nearly all coded"),
    ],
)
def test_what_is_not_in_order_is_named(tally, mend, question):
    found = looked(mend(tally))
    assert not found.of(question)
    assert LOOK_AT[question] in found.message
    assert found.message.startswith("Not to be acted on yet")


def _coded(both: int, first: int, second: int, neither: int) -> pd.DataFrame:
    """Lay out two coders' sheet by how many contacts either, or both, called failure."""
    fail, value = ["failure-practice"], ["value"]
    return pd.DataFrame(
        {
            "code": fail * (both + first) + value * (second + neither),
            "second": fail * both + value * first + fail * second + value * neither,
        }
    )


@pytest.mark.parametrize(
    ("counts", "fine", "because"),
    [
        ((8, 10, 6, 176), True, "so their agreement counts, and 92% will do"),
        ((8, 25, 20, 147), False, "but they agree on fewer than 80%"),
        ((0, 10, 6, 184), False, "but luck alone may make them agree as often"),
        ((60, 25, 25, 90), False, "settle the definitions together"),
    ],
)
def test_a_low_kappa_is_no_fault_by_itself_where_one_code_is_rare(counts, fine, because):
    sheet = _coded(*counts)
    found = demand.from_tally(sheet)
    assert found.agreement.kappa < 0.6
    looked_at = demand.trust(found, sheet)
    assert looked_at.of("Two coders") is fine
    assert because in looked_at.rows.set_index("question").loc["Two coders", "says"]
    assert because in found.explain()


def test_codes_more_than_two_have_the_same_rule():
    sheet = _coded(8, 10, 6, 176)
    sheet.loc[0] = "failure-system"
    found = demand.from_tally(sheet)
    assert np.isnan(found.agreement.prevalence)
    assert demand.trust(found, sheet).of("Two coders")


def test_a_day_with_few_contacts_is_asked_about_and_a_weekend_counts_for_none(tally):
    friday = tally["date"].dt.day_of_week == 4
    cut = tally[~friday | (np.arange(len(tally)) % 4 == 0)]
    said = looked(cut).rows.set_index("question").loc["Whole days", "says"]
    assert "18 Oct 2024 has far fewer contacts than the others" in said
    moved = tally.assign(date=tally["date"].where(~friday, pd.Timestamp("2024-10-19")))
    assert not looked(moved).of("Whole days")


def test_the_reach_of_chance_is_about_that_of_the_sample_size(tally):
    n = sample_size(0.05, share=0.25)
    frame = pd.DataFrame({"code": ["value"] * (n - n // 4) + ["failure"] * (n // 4)})
    said = looked(frame).rows.set_index("question").loc["Enough cases", "says"]
    assert "off by 5 points" in said


def test_the_sentences_name_no_small_count_of_blanks(tally):
    two = tally.assign(code=tally["code"].where(np.arange(len(tally)) > 1))
    says = looked(two).rows.set_index("question").loc["Nearly all coded", "says"]
    assert says.startswith("Fewer than 5 without a code")


def test_the_owner_table_shares_no_small_cause_and_names_a_role(tally):
    found = demand.from_tally(tally)
    prize = found.prize(weekly=1000, minutes=6, removable=0.5)
    shown = demand.owner_table(found, prize, {"results": "practice nurse"}).frame
    assert (shown["Contacts tallied"].astype(int) >= 5).all()
    row = shown.set_index("Cause").loc["Results"]
    assert row["Owner (a role)"] == "practice nurse"
    minutes = prize.rows.set_index("name").loc["results", "minutes"]
    assert row["Minutes a week"] == f"{minutes:,.0f}"
    assert shown.set_index("Cause").loc["Other", "Owner (a role)"] == "-"
    assert "would come back if 50% of failure demand stopped" in prize.message


def test_causes_in_order_add_up_to_the_failures(tally):
    found = demand.from_tally(tally)
    assert sum(demand.cause_counts(found).values()) == found.failures
    with pytest.raises(DataError, match="No cause was written down"):
        demand.cause_counts(demand.from_tally(tally.drop(columns="cause")))


def test_roles_with_few_appointments_are_added_together_last(sample):
    rows = demand.role_shares(sample)
    assert rows["n"].sum() == len(sample)
    assert rows["role"].iloc[-1] == "other roles together"
    assert rows.iloc[:-1]["n"].min() >= 20
    gp = sample[sample["seen"] == "GP"]
    assert rows.set_index("role").loc["GP", "count"] == (gp["helper"] != RIGHT).sum()


def test_no_small_count_of_a_role_can_be_found_by_subtraction(sample):
    shown = demand.role_table(demand.role_shares(sample)).frame
    told = shown["Somebody else could have helped"]
    assert (told == "fewer than 5").sum() == 1
    assert (told == "held back").sum() == 1
    assert (shown.loc[~told.str.isdigit(), "Share (95% interval)"] == "-").all()


def test_the_agreement_of_two_is_a_table_that_adds_up(sample):
    frame = demand.agreement_table(demand.from_sample(sample)).frame
    assert frame["Total"].iloc[-1] == str(len(sample))
    with pytest.raises(DataError, match="Only one person coded"):
        demand.agreement_table(demand.from_sample(sample.drop(columns="second")))


def test_a_table_of_two_coders_with_a_small_cell_is_left_out():
    right = "right as it was"
    rows = pd.DataFrame({"helper": ["nurse"] * 40 + [right] * 30})
    rows["second"] = ["nurse"] * 38 + [right] * 2 + ["nurse"] * 8 + [right] * 22
    found = demand.appropriateness(rows, second="second")
    with pytest.raises(DataError, match="so the table is left out"):
        demand.agreement_table(found)


def test_minutes_here_are_a_part_of_all(sample):
    page = demand.right_page(*_sample(sample))
    assert 0 < page["minutes_here"] < page["minutes"]
    assert page["not_failure"].startswith("No: a coder's view")
    assert "Do not add the two" in page["not_failure"]


def test_the_minutes_say_how_many_appointments_they_rest_on(sample):
    found, looked_at = _sample(sample)
    page = demand.right_page(found, looked_at)
    assert page["minutes_basis"] == "900 appointments in an ordinary week (given or assumed)"
    assert "What the minutes rest on" in demand.right_labels(page)
    assert f"They rest on {page['minutes_basis']}" in found.explain()
    assert "If yours is a different one, give it" in found.explain()
    none = demand.from_sample(sample)
    page = demand.right_page(none, demand.trust(none, sample, weekdays=10))
    assert page["minutes_basis"] is None
    assert "They rest on" not in none.explain()


def test_kappa_and_its_kin_are_explained_where_they_are_first_said(sample):
    found, looked_at = _sample(sample)
    assert "(kappa, agreement beyond luck: " in demand.right_page(found, looked_at)["coders"]
    assert "were all codes equally common, it would be" in found.explain()
    row = looked_at.rows.set_index("question").loc["Two coders", "says"]
    assert "PABAK" not in row


def test_no_sentence_stands_twice_in_what_is_said_of_a_sample(sample):
    found, looked_at = _sample(sample)
    caption = demand.minutes_table(found).caption
    said = [*found.explain().splitlines(), *looked_at.rows["says"], caption]
    sentences = [one.strip(". ") for text in said for one in text.split(". ")]
    assert len(sentences) == len(set(sentences))
    assert found.explain().count("needs minutes too") == 1
    assert "needs minutes too" not in caption


def _sample(frame: pd.DataFrame):
    found = demand.from_sample(frame, 900)
    return found, demand.trust(found, frame, weekdays=10)


def test_a_page_of_too_few_holds_no_figure(tally, sample):
    few = tally.head(60).assign(code=["failure-practice"] * 3 + ["value"] * 57)
    page = demand.failure_page(demand.from_tally(few), looked(few))
    assert page["failure_percent"] is None
    assert "Failure demand" not in demand.failure_labels(page)
    rare = sample.head(60).assign(helper=["nurse"] * 3 + [RIGHT] * 57)
    assert demand.right_page(*_sample(rare))["else_percent"] is None


def test_the_questions_begin_with_the_doubts(tally, sample):
    alone = tally.drop(columns="second")
    asked = demand.failure_questions(demand.from_tally(alone), looked(alone))
    assert asked[0].startswith("Who codes fifty of the same")
    assert len(demand.right_questions(*_sample(sample))) >= 3

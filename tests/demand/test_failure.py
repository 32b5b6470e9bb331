"""Failure demand: its share, its causes, who holds the lever, two coders, and the prize."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcqa_teach.data.synthetic.contacts import true_kappa
from pcqa_teach.data.synthetic.demand import CAUSES
from pcqa_teach.demand import code_contacts, failure_demand
from pcqa_teach.errors import ChartError, DataError

MIX = {"Telephone": 900, "Online form": 200, "Front desk": 100, "Email": 20}


def codes(value: int, practice: int = 0, system: int = 0, unknown: int = 0) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": ["value"] * value
            + ["failure-practice"] * practice
            + ["failure-system"] * system
            + ["failure"] * unknown
        }
    )


def test_the_truth_of_the_invented_contacts_is_22_per_cent_half_of_it_in_the_practice(coded):
    found = failure_demand(coded, "demand_type_true", cause="cause_true")
    assert found.failures == 88
    assert found.row("failure demand")["share"] == pytest.approx(22.0)
    assert found.row("failure demand: practice")["share"] == pytest.approx(11.0)
    assert found.row("failure demand: wider system")["share"] == pytest.approx(11.0)


def test_each_planted_cause_has_its_planted_share_and_lever(coded):
    causes = failure_demand(coded, "demand_type_true", cause="cause_true").causes
    for name, lever, share in causes[["cause", "lever", "share"]].itertuples(index=False):
        chance, who = CAUSES[name]
        assert share == pytest.approx(100 * chance, abs=0.25)
        assert lever == {"practice": "practice", "system": "wider system"}[who]
    assert causes["share"].is_monotonic_decreasing


def test_a_coder_with_known_confusion_comes_near_the_truth(coded):
    found = failure_demand(coded, "coder-1", second="coder-2")
    overall = found.row("failure demand")
    assert overall["lower"] < 22.0 < overall["upper"]
    assert found.agreement.kappa == pytest.approx(true_kappa(), abs=0.06)
    assert found.coders["share"].tolist() == pytest.approx([22.0, 29.25])
    assert "smaller than that gap may be the coder" in found.explain()


@pytest.mark.parametrize(
    ("failures", "n", "lower", "upper"),
    [(2, 5, 0.1176, 0.7693), (88, 400, 0.1822, 0.2632), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1)],
)
def test_the_interval_is_wilsons(failures, n, lower, upper):
    row = failure_demand(codes(n - failures, failures)).row("failure demand")
    assert row["lower"] / 100 == pytest.approx(lower, abs=5e-5)
    assert row["upper"] / 100 == pytest.approx(upper, abs=5e-5)


def test_weights_bring_channels_back_to_the_practices_mix():
    desk = codes(60, 40).assign(channel="Front desk")
    phone = codes(90, 10).assign(channel="Telephone")
    found = failure_demand(
        pd.concat([desk, phone]),
        channel="channel",
        channel_mix={"Telephone": 900, "Front desk": 100},
    )
    assert found.row("failure demand")["share"] == pytest.approx(0.9 * 10 + 0.1 * 40)
    assert found.effective_n == pytest.approx(200**2 / (100 * 1.8**2 + 100 * 0.2**2))
    assert found.channels.set_index("channel")["mix"].to_dict() == pytest.approx(
        {"Telephone": 90, "Front desk": 10}
    )


def test_a_mix_like_the_samples_changes_nothing(coded):
    same = coded["channel"].value_counts()
    plain = failure_demand(coded, "coder-1", cause="cause_true", channel="channel")
    weighted = failure_demand(
        coded, "coder-1", cause="cause_true", channel="channel", channel_mix=same
    )
    pd.testing.assert_frame_equal(plain.shares, weighted.shares)
    assert weighted.effective_n == pytest.approx(400)


def test_contacts_without_a_code_are_set_aside_and_counted():
    frame = codes(40, 10)
    frame.loc[[0, 1, 2], "code"] = [None, "", "  "]
    found = failure_demand(frame)
    assert (found.n, found.set_aside) == (47, 3)
    assert "3 contacts had no code" in found.explain()


def test_codes_may_be_spelt_with_capitals_and_spaces():
    frame = pd.DataFrame({"code": [" Value", "FAILURE-practice", "value"] * 10})
    assert failure_demand(frame).failures == 10


def test_a_cause_with_two_levers_is_shared():
    frame = codes(10, 6, 6).assign(cause="letters")
    assert failure_demand(frame, cause="cause").causes["lever"].tolist() == ["both, or mixed"]


def test_avoidable_appointments_are_never_set_beside_failure_demand(coded):
    found = failure_demand(coded, "coder-1")
    for figure in (27, 20.5, 16.0, "avoidable 2015", "avoidable 2018", "avoidable 2023"):
        with pytest.raises(DataError, match="cannot be set beside failure demand"):
            found.compare(figure)
    assert "not the share" in found.explain()
    assert "27%" in found.explain()


def test_a_published_share_of_failure_demand_may_be_named_but_is_no_target(coded):
    said = failure_demand(coded, "coder-1").compare(20)
    assert "inside your interval" in said
    assert "no target" in said
    with pytest.raises(DataError, match="not known here"):
        failure_demand(coded, "coder-1").compare("league table")
    with pytest.raises(DataError, match="not known here"):
        failure_demand(coded, "coder-1").compare(True)


def test_the_prize_is_contacts_times_share_times_minutes():
    back = failure_demand(codes(80, 12, 8)).prize(weekly=1000, minutes=6)
    assert back.total["minutes"] == pytest.approx(1200)
    assert back.rows.set_index("name")["minutes"]["practice"] == pytest.approx(720)
    assert back.most == 6000
    assert back.total["lower"] < 1200 < back.total["upper"]
    assert "not pounds" in back.explain()


def test_each_lever_may_have_its_own_minutes():
    back = failure_demand(codes(80, 10, 10)).prize(
        weekly=1000, minutes={"practice": 4, "wider system": 8}
    )
    assert back.rows["minutes"].tolist()[:3] == pytest.approx([1200, 400, 800])


@settings(max_examples=20)
@given(
    st.integers(5, 200),
    st.integers(5, 60),
    st.integers(5, 60),
    st.floats(1, 5000),
    st.floats(0.1, 60),
    st.floats(0.01, 1),
)
def test_the_prize_is_never_more_than_its_share(value, practice, system, weekly, minutes, part):
    found = failure_demand(codes(value, practice, system))
    back = found.prize(weekly=weekly, minutes=minutes, removable=part)
    share = found.row("failure demand")["share"] / 100
    assert back.total["minutes"] <= weekly * minutes * share * (1 + 1e-9)
    assert back.rows["upper"].max() <= back.most * (1 + 1e-9)
    levers = back.rows.loc[back.rows["of"] == "lever", "minutes"].sum()
    assert levers == pytest.approx(back.total["minutes"])


def test_causes_under_five_are_added_into_one_row_that_is_not_small(coded):
    found = failure_demand(coded, "coder-1", cause="cause_true")
    assert (found.causes["count"] < 5).any()
    table = found.table
    counts = pd.to_numeric(table["Contacts"])
    assert (counts >= 5).all()
    assert table["What"].str.contains("Other causes together").sum() == 1
    assert "wrong clinician" not in found.explain() + found.alt_text + table.to_string()


def test_a_small_lever_is_not_shown_beside_the_total():
    found = failure_demand(codes(60, 20, 3))
    assert not found.table["What"].str.contains("system").any()
    assert "system" not in found.explain().split("This is not")[0]
    assert found.prize(weekly=100, minutes=5).rows["of"].tolist() == ["total"]


@pytest.mark.parametrize("frame", [codes(40, 3), codes(3, 40)])
def test_too_few_of_either_kind_are_not_shared(frame):
    found = failure_demand(frame)
    assert set(found.table["Share of contacts"]) == {"-"}
    assert "too few" in found.explain()
    assert not any(character == "%" for character in found.message + found.alt_text)
    with pytest.raises(ChartError, match="nothing is drawn"):
        found.figure()
    with pytest.raises(DataError, match="Too few"):
        found.prize(weekly=100, minutes=5)


def test_no_failure_demand_at_all_is_an_answer():
    found = failure_demand(codes(50), cause=None)
    assert found.message.startswith("0% of contacts were failure demand")
    assert found.prize(weekly=500, minutes=6).total["upper"] > 0
    assert found.figure().alt


def test_few_contacts_are_called_a_trial():
    assert "trial of the sheet" in failure_demand(codes(15, 6)).explain()
    assert "trial of the sheet" not in failure_demand(codes(30, 6)).explain()


@pytest.mark.parametrize(
    ("frame", "options", "sentence"),
    [
        (pd.DataFrame(), {}, "table of contacts has no rows"),
        ([1, 2], {}, "must be a pandas DataFrame"),
        (pd.DataFrame({"other": [1]}), {}, "no column 'code'"),
        (pd.DataFrame({"code": [None, ""]}), {}, "No contact has a code"),
        (pd.DataFrame({"code": ["secret words", "value"]}), {}, "1 code that the kit"),
        (pd.DataFrame({"code": [1, 2, True]}), {}, "codes that the kit"),
        (codes(5), {"cause": "cause"}, "no column 'cause'"),
        (codes(5), {"channel_mix": MIX}, "needs the contacts' channels"),
        (codes(5).assign(ch="Fax"), {"channel": "ch", "channel_mix": MIX}, "does not name"),
        (codes(5).assign(ch="Email"), {"channel": "ch", "channel_mix": MIX}, "no coded contact"),
        (codes(5).assign(ch="A"), {"channel": "ch", "channel_mix": {"A": -1}}, "a number above 0"),
        (
            codes(5).assign(ch="A"),
            {"channel": "ch", "channel_mix": {"A": np.nan}},
            "a number above 0",
        ),
        (codes(5).assign(ch="A"), {"channel": "ch", "channel_mix": 5}, "named numbers"),
        (codes(5).assign(day="x"), {"date": "day"}, "does not hold dates"),
        (codes(5).assign(two=None), {"second": "two"}, "fewer than 2 cases that both rated"),
        (pd.DataFrame([[1, 2]], columns=["code", "code"]), {}, "'code' is there more than once"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(frame, options, sentence):
    with pytest.raises(DataError, match=sentence) as caught:
        failure_demand(frame, **options)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"weekly": 0, "minutes": 5}, "weekly must be a number above 0"),
        ({"weekly": True, "minutes": 5}, "weekly must be a number"),
        ({"weekly": "many", "minutes": 5}, "weekly must be a number"),
        ({"weekly": 100, "minutes": float("inf")}, "minutes must be a number"),
        ({"weekly": 100, "minutes": {"practice": 4}}, "says nothing about 'wider system'"),
        ({"weekly": 100, "minutes": 5, "removable": 1.2}, "above 1"),
    ],
)
def test_a_prize_needs_sensible_numbers(options, sentence):
    with pytest.raises(DataError, match=sentence):
        failure_demand(codes(20, 10, 10)).prize(**options)


def test_nothing_is_written_into_the_callers_table(coded):
    before = coded.copy(deep=True)
    failure_demand(coded, "coder-1", cause="cause_true", channel="channel", channel_mix=MIX)
    pd.testing.assert_frame_equal(coded, before)


def test_the_order_of_the_rows_makes_no_difference(coded):
    shuffled = coded.sample(frac=1, random_state=1)
    one, other = (
        failure_demand(t, "coder-1", cause="cause_true", channel="channel", channel_mix=MIX)
        for t in (coded, shuffled)
    )
    pd.testing.assert_frame_equal(one.shares, other.shares)
    pd.testing.assert_frame_equal(one.causes, other.causes)


@pytest.mark.parametrize(
    ("contacts", "coders", "sentence"),
    [
        ({"contact_id": ["V1", "V1"]}, {"contact_id": ["V1"]}, "listed twice"),
        ({"contact_id": ["V1"]}, {"contact_id": ["V1", "V1"]}, "two codes"),
        ({"contact_id": ["V2"]}, {"contact_id": ["V1"]}, "None of these contacts"),
        ({"contact_id": ["V1"], "Ana": [1]}, {"contact_id": ["V1"]}, "called like a column"),
        ({"id": ["V1"]}, {"contact_id": ["V1"]}, "no column 'contact_id'"),
    ],
)
def test_codes_and_contacts_must_fit_each_other(contacts, coders, sentence):
    codes_given = pd.DataFrame(coders).assign(coder_id="Ana", code="value")
    with pytest.raises(DataError, match=sentence):
        code_contacts(pd.DataFrame(contacts), codes_given)

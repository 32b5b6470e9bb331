"""The right appointment: who else could have helped, and what that is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.demand import appropriateness
from pcqa_teach.errors import ChartError, DataError

RIGHT, ELSE = "right as it was", "somebody else could have helped"


def sample(right: int = 70, pharmacist: int = 20, nurse: int = 10) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "helper": [RIGHT] * right + ["pharmacist"] * pharmacist + ["nurse"] * nurse,
            "here": ["yes"] * (right + pharmacist) + ["no"] * nurse,
            "minutes": [10] * right + [8] * pharmacist + [12] * nurse,
        }
    )


def test_the_share_has_wilsons_interval():
    row = appropriateness(sample()).row(ELSE)
    assert (row["count"], row["share"]) == (30, 30.0)
    assert (row["lower"], row["upper"]) == pytest.approx((21.89, 39.58), abs=0.01)


def test_who_could_have_helped_is_counted_by_role():
    helpers = appropriateness(sample(), exists="here").helpers
    assert helpers[["helper", "count", "here"]].to_numpy().tolist() == [
        ["pharmacist", 20, 20],
        ["nurse", 10, 0],
    ]


def test_if_that_service_existed_is_kept_apart():
    found = appropriateness(sample(), exists="here", minutes="minutes", weekly=500)
    assert found.row("that service exists here")["share"] == 20
    assert found.row("that service does not exist here")["share"] == 10
    assert "Only what exists here can help next week" in found.explain()


def test_minutes_freed_are_appointments_times_share_times_their_own_minutes():
    minutes = appropriateness(sample(), exists="here", minutes="minutes", weekly=500).minutes
    week = minutes.set_index("kind")["week"]
    assert week[ELSE] == pytest.approx(500 * (20 * 8 + 10 * 12) / 100)
    assert week["that service exists here"] == pytest.approx(500 * 20 * 8 / 100)
    assert minutes["sample"].iloc[0] == 280
    assert (minutes["week_lower"] <= minutes["week"]).all()
    assert (minutes["week"] <= minutes["week_upper"]).all()


def test_minutes_without_the_appointments_a_week_are_those_of_the_sample():
    found = appropriateness(sample(), minutes="minutes")
    assert found.minutes["week"].isna().all()
    assert "280 minutes in the sample" in found.explain()


def test_it_says_that_it_is_not_failure_demand():
    found = appropriateness(sample())
    assert "not failure demand" in found.explain()
    from pcqa_teach.demand import failure_demand

    contacts = pd.DataFrame({"code": ["value"] * 30 + ["failure-practice"] * 10})
    with pytest.raises(DataError, match="cannot be set beside failure demand"):
        failure_demand(contacts).compare(found)


def test_two_coders_agree_on_whether_not_on_whom():
    frame = sample()
    frame["second"] = frame["helper"].replace("nurse", "pharmacist")
    agreement = appropriateness(frame, second="second").agreement
    assert agreement.agreed == 1
    assert agreement.kappa == pytest.approx(1)


def test_kappa_of_two_coders_is_cohens():
    frame = sample(50, 50, 0)
    frame["second"] = [RIGHT] * 40 + ["nurse"] * 20 + [RIGHT] * 5 + ["nurse"] * 35
    found = appropriateness(frame, second="second").agreement
    agreed, chance = 85 / 100, (50 * 45 + 50 * 55) / 10_000
    assert found.kappa == pytest.approx((agreed - chance) / (1 - chance))
    assert found.pabak == pytest.approx(2 * agreed - 1)


def test_coders_own_shares_show_how_much_is_the_coder():
    frame = sample(60, 40, 0).assign(coder=["Ana"] * 60 + ["Ben"] * 40)
    found = appropriateness(frame, coder="coder")
    assert found.coders["share"].tolist() == [0.0, 100.0]
    assert "from 0% to 100%" in found.explain()


def test_modes_that_would_have_done_are_counted_apart():
    frame = sample().assign(mode=[RIGHT] * 60 + ["Telephone"] * 30 + [None] * 10)
    found = appropriateness(frame, mode="mode")
    assert found.modes[["mode", "count", "n"]].to_numpy().tolist() == [["Telephone", 30, 90]]
    assert "Telephone 33%" in found.explain()


def test_roles_under_five_are_added_into_one_row():
    frame = pd.concat([sample(), pd.DataFrame({"helper": ["physio"] * 3 + ["link worker"] * 2})])
    found = appropriateness(frame)
    assert "other answers together (2)" in found.explain()
    assert "physio" not in found.explain() + found.table.to_string() + found.alt_text


def test_a_few_not_recorded_go_with_those_that_do_not_exist():
    frame = sample()
    frame.loc[98:, "here"] = ""
    said = appropriateness(frame, exists="here").table["What"]
    assert said.str.contains("or nobody wrote it down").sum() == 1


@pytest.mark.parametrize("frame", [sample(40, 3, 0), sample(3, 40, 0)])
def test_too_few_are_not_shared(frame):
    found = appropriateness(frame, minutes="minutes", weekly=100)
    assert "%" not in found.message
    assert "-" in set(found.table["Share"])
    assert "minutes" not in found.explain()
    with pytest.raises(ChartError, match="nothing is drawn"):
        found.figure()


def test_the_headline_says_whose_view_it_is_and_on_what_condition():
    found = appropriateness(pd.DataFrame({"helper": [RIGHT] * 31 + ["self-care"] * 19}))
    assert found.message == (
        "The coder thought somebody else could have helped in 38 of 100 appointments, if they were"
        " available here"
    )
    assert "95% interval 26% to 52%" in found.explain()
    assert "95% interval 26% to 52%" in found.alt_text
    two = appropriateness(
        pd.DataFrame({"helper": [RIGHT, "nurse"] * 20, "coder": ["a", "a", "b", "b"] * 10}),
        coder="coder",
    )
    assert two.message.startswith("The coders thought")


def test_all_right_as_they_were_is_an_answer():
    found = appropriateness(sample(60, 0, 0), minutes="minutes", weekly=100)
    assert found.message == "The coder thought every one of 60 appointments right as it was"
    assert found.minutes["week"].tolist() == [0]
    assert found.figure().alt


def test_the_word_for_right_may_be_ones_own():
    frame = sample().replace({RIGHT: "GP needed"})
    assert appropriateness(frame, right="gp needed").row(ELSE)["count"] == 30


def test_appointments_without_a_code_are_set_aside():
    frame = sample()
    frame.loc[:4, "helper"] = None
    found = appropriateness(frame)
    assert (found.n, found.set_aside) == (95, 5)


@pytest.mark.parametrize(
    ("frame", "options", "sentence"),
    [
        (pd.DataFrame(), {}, "table of appointments has no rows"),
        (sample(), {"helper": "who"}, "no column 'who'"),
        (sample().assign(helper=None), {}, "No appointment is coded"),
        (sample().assign(here="perhaps secret"), {"exists": "here"}, "other than yes or no"),
        (sample(), {"minutes": "helper"}, "is not a number in"),
        (sample().assign(minutes=-1), {"minutes": "minutes"}, "is below 0 in"),
        (sample(), {"minutes": "minutes", "weekly": np.nan}, "weekly must be a number"),
        (sample(), {"weekly": 100}, "weekly needs minutes"),
        (sample(), {"mode": "mode"}, "no column 'mode'"),
        (sample(), {"coder": "coder"}, "no column 'coder'"),
        (sample().assign(second=None), {"second": "second"}, "fewer than 2 cases that both rated"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(frame, options, sentence):
    with pytest.raises(DataError, match=sentence) as caught:
        appropriateness(frame, **options)
    assert "secret" not in str(caught.value)


def test_nothing_is_written_into_the_callers_table():
    frame = sample()
    before = frame.copy(deep=True)
    appropriateness(frame, exists="here", minutes="minutes", weekly=5)
    pd.testing.assert_frame_equal(frame, before)

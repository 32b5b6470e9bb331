"""What is named most often is said to be so only where it stands out; a second coder is seen."""

import re

import pandas as pd

from pcqa_teach import demand, measures, sayings
from pcqa_teach.demand import prize_words, trust_words
from pcqa_teach.measures.tidy import tidy


def _tally(causes, second=None):
    week = pd.DataFrame({"code": ["value"] * 200, "cause": None}, dtype="object")
    rows = [("failure-practice", name) for name, many in causes.items() for _ in range(many)]
    frame = pd.concat([week, pd.DataFrame(rows, columns=["code", "cause"])], ignore_index=True)
    return frame if second is None else frame.assign(second=second(frame["code"]))


def _page(frame):
    found = demand.from_tally(frame)
    looked = demand.trust(found, frame)
    return demand.failure_page(found, looked), found, demand.failure_questions(found, looked)


def test_a_cause_that_may_as_well_be_second_does_not_stand_out():
    page, found, _ = _page(_tally({"results": 14, "referral": 11}))
    assert page["top_cause"].startswith("none stands out: results 6.2%, and 1 other")
    assert page["top_cause_percent"] is None
    assert demand.failure_labels(page)["Cause named most often"] == "{top_cause}"
    said = found.explain()
    assert "No cause stands out: 'results'" in said
    assert "named most often" not in said


def test_a_cause_far_ahead_is_named_with_its_share():
    page, found, _ = _page(_tally({"results": 60, "referral": 8}))
    assert (page["top_cause"], page["top_cause_percent"]) == ("results", "22%")
    assert demand.failure_labels(page)["Cause named most often"].endswith("{top_cause_percent}")
    assert "The cause named most often is 'results': 22%" in found.explain()


def test_who_has_a_second_coder_is_not_asked_for_one():
    causes = {"results": 40}
    *_, alone = _page(_tally(causes))
    *_, few = _page(_tally(causes, lambda code: code.where(code.index < 20)))
    *_, apart = _page(_tally(causes, lambda code: ["value", "failure-practice"] * 120))
    assert alone[0].startswith("Who codes fifty of the same")
    assert few[0] == "Who codes 30 more of the same, so that two people have coded 50?"
    assert apart[0].startswith("On which did the two coders differ")


def test_a_share_is_rounded_alike_in_the_page_and_in_the_text():
    page, found, _ = _page(_tally({"results": 60, "referral": 8}))
    rows = demand.failure_labels(page)
    assert rows["Failure demand"].startswith("{failure_percent:.0f}% of contacts")
    assert demand.attendance_labels({"top_1": 6.2, "top_3": 13.2}) == {
        "Contacts of the top 1% of people": "{top_1:.1f}%",
        "Contacts of the top 3% of people": "{top_3:.0f}%",
    }
    assert "hours" not in found.prize(weekly=100, minutes=6).explain().split(".")[0]
    assert "(5.5 hours)" in prize_words.minutes(330)


def test_minutes_are_rounded_alike_on_the_page_in_the_text_and_in_the_picture():
    _, found, _ = _page(_tally({"results": 60, "referral": 8}))
    prize = found.prize(weekly=1234, minutes=6)
    whole = sayings.rough(prize.total["minutes"])
    assert f"about {whole} minutes" in prize.explain()
    assert prize.table["Minutes a week"].iloc[0] == whole
    interval = sayings.rough_range(prize.total["lower"], prize.total["upper"])
    assert f"({interval})" in prize.message
    assert interval == prize.table["95% interval"].iloc[0]


def test_channels_make_up_the_whole():
    doors = ["by post", "letter", *[f"door {one % 6}" for one in range(258)]]
    found = demand.from_tally(_tally({"results": 60}).assign(channel=doors))
    said = trust_words.channels(found)
    assert "all others together" in said
    shares = [int(one) for one in re.findall(r"(\d+)%", said)]
    assert sum(shares) in range(98, 103)


def test_a_missed_share_near_a_half_is_rounded_once():
    frame = tidy(date=["2026-03-09"] * 2, status=["Attended", "DNA"], count=[94146, 5854])
    shares = measures.missed_shares(demand.shares_here(frame))
    assert demand.missed_page(frame, shares)["unknown_counted"] == 5.9


def test_slicc_is_not_explained_where_the_file_has_no_usual_gp():
    frame = tidy(
        date=["2026-03-09"] * 40, status=["Attended"] * 40,
        patient=[f"p{one % 20}" for one in range(40)],
        clinician=["a", "b"] * 20,
    )  # fmt: skip
    said = demand.book_continuity(frame, by=()).explain()
    assert "UPC" in said
    assert "SLICC" not in said


def test_two_coders_who_agree_have_one_share_and_no_gap():
    _, found, _ = _page(_tally({"results": 60}, second=lambda codes: codes))
    assert "Each of them puts the share of failure demand at 23%." in found.explain()
    assert "smaller than that gap" not in found.explain()


def test_what_to_look_at_names_no_setting():
    frame = _tally({"results": 60}, second=lambda codes: codes)
    frame["channel"] = ["telephone", "form"] * 130
    looked = demand.trust(demand.from_tally(frame), frame)
    said = looked.rows.set_index("question")["says"]["Channels as they are"]
    assert "say how many come by each channel then" in said
    assert "channel_mix" not in said

"""What is named most often is said to be so only where it stands out; a second coder is seen."""

import pandas as pd

from pcqa_teach import demand


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
    said = found.explain()
    assert "No cause stands out: 'results'" in said
    assert "named most often" not in said


def test_a_cause_far_ahead_is_named_with_its_share():
    page, found, _ = _page(_tally({"results": 60, "referral": 8}))
    assert (page["top_cause"], page["top_cause_percent"]) == ("results", "22%")
    assert "The cause named most often is 'results': 22%" in found.explain()


def test_who_has_a_second_coder_is_not_asked_for_one():
    causes = {"results": 40}
    *_, alone = _page(_tally(causes))
    *_, few = _page(_tally(causes, lambda code: code.where(code.index < 20)))
    *_, apart = _page(_tally(causes, lambda code: ["value", "failure-practice"] * 120))
    assert alone[0].startswith("Who codes fifty of the same")
    assert few[0] == "Who codes 30 more of the same, so that two people have coded 50?"
    assert apart[0].startswith("On which did the two coders differ")

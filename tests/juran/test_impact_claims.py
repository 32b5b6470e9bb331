"""Graded claims, and the report at 4 and 9 months."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import DataError, PcqaError
from pcqa_teach.juran.impact import ImpactMeasure, grade_claim, impact_report
from pcqa_teach.juran.impact.claims import CRITERIA, GRADES

NAMES = [one.name for one in CRITERIA]
ALL = dict.fromkeys(NAMES, True)
GO_LIVE = "2025-01-13"


@pytest.mark.parametrize(
    ("answers", "grade"),
    [
        (ALL, "strong"),
        (ALL | {"comparator": None}, "some"),
        (ALL | {"prediction": False}, "some"),
        (ALL | {"balancing": False}, "some"),
        (ALL | {"recording": None}, "some"),
        (ALL | {"recording": False}, "none"),
        (ALL | {"baseline": None}, "none"),
        (ALL | {"baseline": False}, "none"),
        (ALL | {"signal": None}, "none"),
        (ALL | {"signal": False}, "none"),
        ({"signal": True, "baseline": True}, "some"),
        ({}, "none"),
    ],
)
def test_the_grade_follows_from_the_answers(answers, grade) -> None:
    claim = grade_claim("Fewer calls at eight", **answers)
    assert claim.grade == grade
    assert grade in GRADES
    assert len(claim.criteria) == len(NAMES)


def test_one_more_yes_never_lowers_the_grade() -> None:
    rank = {"none": 0, "some": 1, "strong": 2}
    for answers in itertools.product([True, None, False], repeat=len(NAMES)):
        given = dict(zip(NAMES, answers, strict=True))
        before = rank[grade_claim("x", **given).grade]
        for name in NAMES:
            assert rank[grade_claim("x", **given | {name: True}).grade] >= before


def test_a_claim_may_end_in_no_change_seen_and_is_not_said_as_if_found() -> None:
    claim = grade_claim("Fewer missed appointments", **ALL | {"signal": False})
    assert claim.message == (
        "No lasting change for the better seen, so not to be claimed: Fewer missed appointments"
    )
    assert grade_claim("x").message == "No evidence yet, so not to be claimed: x"
    assert grade_claim("x", **ALL).message == "Strong evidence: x"
    assert "That is a finding" in claim.explain()


def test_each_answer_is_shown_with_its_reason() -> None:
    claim = grade_claim("x", comparator=(True, "three practices nearby"), balancing=np.bool_(False))
    rows = claim.criteria.set_index("criterion")
    assert rows.loc["comparator", ["status", "reason"]].tolist() == [
        "met", "three practices nearby"
    ]  # fmt: skip
    assert rows.loc["balancing", "status"] == "not met"
    assert rows.loc["prediction", "status"] == "not known"
    assert "three practices nearby" in claim.explain()


def test_a_worse_balancing_measure_is_said_in_the_same_breath() -> None:
    assert "Something got worse" in grade_claim("x", **ALL | {"balancing": False}).explain()


def test_a_change_in_recording_takes_the_claim_away() -> None:
    said = grade_claim("Fewer missed", **ALL | {"recording": False}).explain()
    assert "may be that and nothing else" in said


@pytest.mark.parametrize(
    "wrong", [{"signal": "yes"}, {"signal": 1}, {"signal": (True,)}, {"signal": (True, 3)},
              {"claim": " "}, {"claim": None}],
)  # fmt: skip
def test_an_answer_is_yes_no_or_not_known(wrong) -> None:
    with pytest.raises(DataError):
        grade_claim(**{"claim": "x", **wrong})


def test_the_picture_of_a_claim_says_every_answer() -> None:
    picture = grade_claim("Fewer calls " * 9, **ALL | {"comparator": None}).figure()
    assert picture.alt.count(": met") == 5
    assert picture.alt.count("not known") == 1


def weekly(step: float, seed: int = 1, weeks: int = 95, level: float = 30.0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    dates = pd.date_range("2024-01-01", periods=weeks, freq="W-MON")
    y = level + rng.normal(size=weeks) + step * (dates >= GO_LIVE)
    return pd.DataFrame({"x": dates, "value": y})


def measure(name, role, step, good="down", **options) -> ImpactMeasure:
    return ImpactMeasure(name, role, weekly(step, **options), good)


def verdicts(report, name: str) -> list[str]:
    return report.table.loc[report.table["measure"] == name, "verdict"].tolist()


def test_the_report_reads_each_measure_in_both_windows() -> None:
    report = impact_report(
        [measure("Calls", "outcome", -3), measure("Texts", "process", 3, "up", seed=2),
         measure("Complaints", "balancing", 0, seed=5)],
        GO_LIVE, prediction=True, comparator=True, recording=True,
    )  # fmt: skip
    assert verdicts(report, "Calls") == ["better, lasting"] * 2
    assert verdicts(report, "Texts") == ["better, lasting"] * 2
    assert verdicts(report, "Complaints") == ["no change seen"] * 2
    assert report.claims["Calls"].grade == "strong"
    assert list(report.claims) == ["Calls"]
    windows = report.table.iloc[:2]
    assert windows["first"].tolist() == [pd.Timestamp(GO_LIVE), pd.Timestamp("2025-05-13")]
    assert windows["last"].tolist() == [pd.Timestamp("2025-05-12"), pd.Timestamp("2025-10-09")]
    assert windows["points"].tolist() == [18, 21]


def test_the_baseline_comes_from_before_go_live_alone() -> None:
    frame = weekly(-3)
    report = impact_report([ImpactMeasure("Calls", "outcome", frame, "down")], GO_LIVE)
    before = frame.loc[frame["x"] < GO_LIVE, "value"]
    row = report.table.iloc[0]
    assert row["baseline"] == pytest.approx(before.mean())
    assert row["baseline_points"] == len(before) == 54
    inside = frame[(frame["x"] >= GO_LIVE) & (frame["x"] < "2025-05-13")]["value"]
    assert row["mean"] == pytest.approx(inside.mean())
    assert row["change"] == pytest.approx(inside.mean() - before.mean())


def test_the_report_may_find_nothing() -> None:
    report = impact_report([measure("Calls", "outcome", 0, seed=5)], GO_LIVE)
    assert report.message == "No lasting change for the better seen in the outcome measure"
    assert report.claims["Calls"].verdict == "No lasting change for the better seen"
    assert "No balancing measure" in report.explain()


def test_a_worse_balancing_measure_keeps_a_claim_from_being_strong() -> None:
    report = impact_report(
        [measure("Calls", "outcome", -3), measure("Complaints", "balancing", 3, seed=2)],
        GO_LIVE, prediction=True, comparator=True, recording=True,
    )  # fmt: skip
    claim = report.claims["Calls"]
    assert claim.grade == "some"
    assert claim.criteria.set_index("criterion").loc["balancing", "reason"] == "worse: Complaints"


def test_harm_that_stays_is_in_the_headline_beside_the_gain() -> None:
    report = impact_report(
        [measure("Calls at 8", "outcome", -3), measure("Complaints", "balancing", 3, seed=2)],
        GO_LIVE,
    )  # fmt: skip
    said = "Calls at 8 better and staying better; complaints worse and staying worse"
    assert report.message == said
    assert report.alt_text.startswith(said)
    assert "Not met: balancing (worse: Complaints)." in report.explain()
    assert "Not known: prediction, comparator and recording." in report.explain()


def test_an_outcome_that_got_worse_is_in_the_headline() -> None:
    report = impact_report([measure("Calls", "outcome", 3)], GO_LIVE)
    assert report.message.startswith("No lasting change for the better")
    assert report.message.endswith("; calls worse and staying worse")


def test_no_harm_leaves_the_headline_to_the_gain() -> None:
    report = impact_report(
        [measure("Calls", "outcome", -3), measure("Complaints", "balancing", 0, seed=5)],
        GO_LIVE, prediction=True, comparator=True, recording=True,
    )  # fmt: skip
    assert report.message == "Calls better and staying better"
    assert "Grade: strong. All six questions are met." in report.explain()


def test_too_early_is_said_and_not_guessed() -> None:
    early = measure("Calls", "outcome", -3, weeks=56)
    report = impact_report([early], GO_LIVE)
    assert verdicts(report, "Calls") == ["too few points"] * 2
    assert report.message.startswith("Too early to say")
    assert report.claims["Calls"].grade == "none"
    assert report.table["mean"].isna().all()


def test_until_four_months_have_passed_a_hope_is_told_nothing_of_and_harm_is() -> None:
    listed = [
        measure("Calls", "outcome", 0, seed=5, weeks=65),
        measure("Complaints", "balancing", 9, seed=2, weeks=65),
    ]
    report = impact_report(listed, GO_LIVE)
    assert verdicts(report, "Calls")[0] == "too early: 11 of 17 weeks"
    assert verdicts(report, "Complaints")[0] == "worse, lasting"
    assert report.message.startswith("Too early to say")
    assert "complaints worse and staying worse" in report.message
    said = report.explain()
    assert "No evidence yet, so not to be claimed: Calls changed for the better" in said
    assert "change for the better seen" not in said
    assert "signal (too early: 11 of 17 weeks)" in said


def test_missing_weeks_and_a_short_baseline_are_said() -> None:
    frame = weekly(-3)
    frame = frame[(frame["x"] > "2024-11-01") & ~frame["x"].between("2025-02-01", "2025-04-20")]
    report = impact_report([ImpactMeasure("Calls", "outcome", frame, "down")], GO_LIVE)
    said = report.explain()
    assert "Baseline of fewer than 12 points" in said
    assert "points are there" in said
    assert report.claims["Calls"].criteria["status"].tolist()[1] == "not known"


def test_a_week_across_go_live_is_in_neither() -> None:
    frame = weekly(-3)
    report = impact_report([ImpactMeasure("Calls", "outcome", frame, "down")], "2025-01-15")
    assert report.table["baseline_points"].iloc[0] == 54
    assert report.table["points"].iloc[0] == 17


def test_the_planted_changes_of_the_synthetic_practice_are_seen(root) -> None:
    daily = pd.read_csv(root / "data" / "synthetic" / "calls_daily.csv", parse_dates=["date"])
    mondays = daily[daily["weekday"] == "Monday"]
    pulse = pd.read_csv(root / "data" / "synthetic" / "staff_pulse.csv", parse_dates=["week"])
    report = impact_report(
        [ImpactMeasure("Monday share of calls at 8 to 10", "outcome", mondays, "down", x="date",
                       y="share_0810", n="calls", unit="%"),
         ImpactMeasure("Staff pulse", "balancing", pulse, "up", x="week", y="pulse",
                       n="answers")],
        "2025-01-11",
    )  # fmt: skip
    assert verdicts(report, "Monday share of calls at 8 to 10") == ["better, lasting"] * 2
    change = report.table["change"].iloc[:2]
    assert change.to_numpy() == pytest.approx([-6, -6], abs=1.6)
    assert verdicts(report, "Staff pulse")[1].startswith("better")


def test_the_picture_of_the_report_says_every_verdict() -> None:
    report = impact_report([measure("Calls", "outcome", -3)], GO_LIVE)
    picture = report.figure()
    said = "Calls (outcome): at 4 months better, lasting, at 9 months better, lasting"
    assert said in picture.alt
    assert picture.png.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("measures", "go_live"),
    [
        ([], GO_LIVE),
        ("Calls", GO_LIVE),
        ([3], GO_LIVE),
        ([measure("Calls", "process", 0)], GO_LIVE),
        ([measure("Calls", "aim", 0)], GO_LIVE),
        ([measure("Calls", "outcome", 0, good="left")], GO_LIVE),
        ([measure("Calls", "outcome", 0)] * 2, GO_LIVE),
        ([measure("Calls", "outcome", 0)], "someday"),
        ([measure("Calls", "outcome", 0)], "2024-01-01"),
        ([ImpactMeasure("Calls", "outcome", weekly(0).head(0), "down")], GO_LIVE),
        ([ImpactMeasure("Calls", "outcome", weekly(0), "down", y="calls")], GO_LIVE),
        ([ImpactMeasure("Calls", "outcome", weekly(0).assign(x=range(95)), "down")], GO_LIVE),
    ],
)
def test_a_report_that_cannot_be_made_says_why_in_a_sentence(measures, go_live) -> None:
    with pytest.raises(PcqaError) as caught:
        impact_report(measures, go_live)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)

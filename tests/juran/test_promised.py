"""A row for every promised result: sizes, grades, gaps; and what was planted, over many seeds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pcqa_teach.errors import DataError
from pcqa_teach.juran import regression_to_the_mean
from pcqa_teach.juran.impact import ImpactMeasure
from pcqa_teach.juran.promised import (
    RESULTS,
    Files,
    Gathered,
    by_kind,
    contacts_around,
    criteria_table,
    gathered,
    lasting,
    people_who_came_most,
    promised_results,
    questions,
    rebased,
    series,
)
from pcqa_teach.juran.promised.gather import SOURCES, measure, source_of
from pcqa_teach.juran.promised.scheme import at_one_pace
from pcqa_teach.lessons.record import rows as said_rows
from pcqa_teach.measures.tidy import tidy

ROOT = Path(__file__).resolve().parents[2]
GO_LIVE = "2025-01-13"


def weekly(step=0.0, start="2024-01-01", weeks=95, seed=1, level=30.0) -> pd.DataFrame:
    x = pd.date_range(start, periods=weeks, freq="W-MON")
    value = level + np.random.default_rng(seed).normal(0, 1, weeks) + step * (x >= GO_LIVE)
    return pd.DataFrame({"x": x, "value": value, "n": 100.0})


def found_in(**steps) -> Gathered:
    return Gathered(
        {name: measure(source_of(name), weekly(step)) for name, step in steps.items()},
        {"patients": "not measured"},
    )


def rows(found: Gathered, **options) -> pd.DataFrame:
    return promised_results(found, GO_LIVE, **options).rows.set_index("name")


def test_there_is_a_row_for_every_promise_whatever_was_measured() -> None:
    told = rows(found_in(staff=4))
    assert told.index.tolist() == [one.name for one in RESULTS]
    assert told["change"].notna().sum() == 1
    assert told.loc["met", "reason"].startswith("not measured: it takes a tally")


def test_a_size_lies_in_its_interval_and_the_grade_follows_from_the_answers() -> None:
    told = rows(found_in(staff=4, missed=0), prediction=True, recording=True)
    staff = told.loc["staff"]
    assert staff["low"] < 4 < staff["high"]
    assert staff["verdict"] == "4 months: better, lasting; 9 months: better, lasting"
    assert staff["grade"] == "some"
    assert (staff["n_before"], staff["points_before"]) == (5400.0, 54)


def test_all_six_answers_make_a_claim_strong() -> None:
    own, other = found_in(staff=4, missed=0), found_in(staff=0)
    other = Gathered({"staff": measure(source_of("staff"), weekly(0, seed=9))}, other.lacking)
    both = own.against(other, GO_LIVE)
    told = rows(both, prediction=True, recording=True)
    assert told.loc["staff", "grade"] == "strong"
    same = Gathered({"staff": measure(source_of("staff"), weekly(4, seed=9))}, {})
    told = rows(own.against(same, GO_LIVE), prediction=True, recording=True)
    assert told.loc["staff", "grade"] == "some"


def test_it_may_conclude_that_no_change_was_seen() -> None:
    found = promised_results(found_in(staff=0, culture=0), GO_LIVE)
    assert "no lasting change for the better seen" in found.message
    assert lasting(found) == []
    assert set(found.rows["grade"]) == {"none"}
    asked = " ".join(questions(found))
    assert "no change seen. What did you predict" in asked or "at times" in asked
    assert "who could begin to count it on Monday?" in asked


def test_nothing_from_after_go_live_moves_the_frozen_limits() -> None:
    small, large = (promised_results(found_in(staff=step), GO_LIVE).report for step in (0, 40))
    for one, other in zip(small.charts.values(), large.charts.values(), strict=True):
        pd.testing.assert_frame_equal(one.limits, other.limits)


def test_a_break_before_go_live_moves_the_start_and_one_after_it_takes_the_claim() -> None:
    found = found_in(freed=-4, staff=4)
    before = found.frozen(GO_LIVE, break_at="2024-07-01")
    assert before.measures["freed"].frame["x"].min() == pd.Timestamp("2024-07-01")
    assert before.measures["staff"].frame["x"].min() == pd.Timestamp("2024-01-01")
    assert rows(found.frozen(GO_LIVE, break_at="2025-03-03")).loc["freed", "grade"] == "none"
    assert rows(before).loc["freed", "grade"] == "some"
    with pytest.raises(DataError, match="a baseline comes first"):
        found.frozen(GO_LIVE, since="2025-06-01")
    with pytest.raises(DataError, match="must be 'appointments' or 'telephone'"):
        found.frozen(GO_LIVE, of="kettle")


def test_new_limits_begin_at_go_live_with_the_reason() -> None:
    drawn = rebased(promised_results(found_in(staff=4), GO_LIVE), "staff")
    assert len(drawn.limits) == 2
    assert drawn.limits["centre"].diff().iloc[1] == pytest.approx(4, abs=0.5)


def test_a_list_of_two_numbers_has_a_share_and_no_grade() -> None:
    told = rows(found_in(staff=1), sizes=(9800, 10290)).loc["list"]
    assert told["change"] == 490
    assert told["grade"] == "none"
    with pytest.raises(DataError, match="list_now"):
        promised_results(found_in(staff=1), GO_LIVE, sizes=(9800, "many"))


def test_too_few_points_say_so_in_their_row_and_not_as_nought() -> None:
    early = Gathered({"staff": measure(source_of("staff"), weekly(weeks=56))}, {})
    assert rows(early).loc["staff", "reason"] == "fewer than 3 points since go-live"
    late = Gathered({"staff": measure(source_of("staff"), weekly(start=GO_LIVE))}, {})
    said = rows(late).loc["staff", "reason"]
    assert "0 points before go-live" in said


def test_until_four_months_have_passed_it_is_too_early_and_the_unit_stands_beside() -> None:
    found = promised_results(found_in(freed=-4, staff=4), "2025-07-28")
    told = found.rows.set_index("name")
    assert told.loc[["freed", "staff"], "verdict"].tolist() == ["too early: 13 of 17 weeks"] * 2
    assert set(told["grade"]) == {"none"}
    assert found.message == "None of the 8 promised results can be told yet"
    said = said_rows(found.numbers(), found.labels)
    freed = said["Clinical time freed (4 months)"]
    assert " hours a day before, " in freed
    assert "so far (hours in appointments per working day); too early" in freed
    assert "Too early: 13 of 17 weeks. Grade: none." in found.explain()
    assert "change for the better seen" not in found.explain() + found.report.explain()
    assert said["Go-live"] == "28 Jul 2025"
    assert not [text for text in said.values() if "pcqa" in text or "naive" in text]


def test_the_period_reaches_to_the_end_of_the_last_week_or_month() -> None:
    assert found_in(staff=0).period == "1 Jan 2024 to 26 Oct 2025"
    months = pd.DataFrame({"x": pd.date_range("2025-01-01", periods=6, freq="MS"), "value": 1.0})
    monthly = measure(source_of("patients"), months)
    assert Gathered({"patients": monthly}, {}).period == "1 Jan 2025 to 30 Jun 2025"
    assert Gathered({}, {}).period == "no whole week"


def test_a_file_that_no_result_is_worked_out_from_is_named() -> None:
    export = ROOT / "data/synthetic/exports/askmygp_demand_clean.csv"
    with pytest.raises(DataError, match=r"worked out from an askmygp crosstab of demand.*Bring"):
        gathered(by_kind(export))


def test_files_of_no_use_are_one_sentence() -> None:
    with pytest.raises(DataError, match="No promised result can be worked out"):
        gathered(Files())
    assert by_kind(None, None).frames == {}


def test_a_tally_of_five_days_twice_is_shown_by_the_day() -> None:
    days = [*pd.date_range("2024-11-04", periods=5), *pd.date_range("2025-05-12", periods=5)]
    ended = (["done"] * 6 + ["told to come back"] * 4) * 5 + (["done"] * 9 + ["given a time"]) * 5
    tally = pd.DataFrame({"date": np.repeat(days, 10), "became": ended})
    frame = series.met_on_the_day(tally)
    assert frame["value"].tolist() == [60.0] * 5 + [100.0] * 5
    assert frame["n"].tolist() == [10.0] * 10


def test_calls_on_a_line_that_practices_share_count_for_neither_share() -> None:
    day = pd.to_datetime(["2025-03-03 08:00", "2025-03-03 10:00"] * 2)
    names, counts = ["P-1", "P-1", None, None], [30, 70, 500, 0]
    bands = pd.DataFrame({"start": day, "practice": names, "count": counts})
    whole = bands.assign(measure="All calls")
    fate = bands.assign(measure=["Answered", "Missed"] * 2)
    ask = {one.name: one.kinds["call_bands"] for one in SOURCES if "call_bands" in one.kinds}
    assert ask["spread"](whole)["value"].tolist() == [30.0]
    assert ask["answered"](fate)["value"].tolist() == [30.0]


def test_a_table_of_six_questions_has_a_row_a_claim() -> None:
    found = promised_results(found_in(staff=4, culture=0), GO_LIVE)
    shown = criteria_table(found)
    assert shown is not None
    assert len(shown.frame) == 2
    assert shown.frame.columns[-1] == "Grade"


def test_people_are_followed_over_stretches_of_one_length() -> None:
    days = pd.date_range("2026-01-01", periods=120)
    book = tidy(date=days, status=["Attended"] * 120, patient=["P-1", "P-2"] * 60)
    around = contacts_around(book, "2026-03-31")
    assert around.columns.tolist() == ["before", "after", "earlier"]
    assert around.attrs["pcqa"]["days"] == 31
    assert around.sum().tolist() == [31, 31, 31]
    with pytest.raises(DataError, match="are the least to follow"):
        contacts_around(book, "2026-01-10")


def _three_stretches(seed: int, after: float = 1.0) -> pd.DataFrame:
    """People whose rates never change, and fewer appointments for everybody in the last stretch."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(0.8, 3, 2000)
    each = {"earlier": 1.0, "before": 1.1, "after": after}
    return pd.DataFrame({name: rng.poisson(rate * scale) for name, scale in each.items()})


def test_where_nobody_did_anything_nothing_is_left_though_everybody_comes_less() -> None:
    nothing = []
    for seed in range(60):
        three = at_one_pace(_three_stretches(seed, after=0.8))
        best = regression_to_the_mean(three, earlier="earlier").best
        assert best["method"] == "persistence"
        nothing.append(best["left_low"] <= 0 <= best["left_high"])
    assert np.mean(nothing) >= 0.9


def _book(days: int) -> Files:
    rng = np.random.default_rng(5)
    rate = rng.gamma(0.8, 1, 400)
    who = rng.choice(400, 20 * days, p=rate / rate.sum())
    date = pd.date_range("2026-01-01", periods=days).repeat(20)
    people = [f"P-{one}" for one in who]
    return Files({"appointments": tidy(date=date, status=["Attended"] * len(who), patient=people)})


def test_a_scheme_is_judged_only_if_there_was_one_and_somebody_to_hold_it_against() -> None:
    long, short = _book(200), _book(110)
    with pytest.raises(DataError, match="Nobody has said that people were chosen"):
        people_who_came_most(long, "2026-05-01")
    found = people_who_came_most(long, "2026-05-01", chosen=True)
    assert found.estimates["method"].tolist()[0] == "persistence"
    assert found.best["left_low"] <= 0 <= found.best["left_high"]
    with pytest.raises(DataError, match="cannot be told how much of their fall comes by itself"):
        people_who_came_most(short, "2026-02-20", chosen=True)


def test_a_measure_of_another_name_is_no_comparison() -> None:
    own = found_in(staff=4)
    other = {"staff": ImpactMeasure("Something else", "outcome", weekly(), "up")}
    assert own.against(Gathered(other, {}), GO_LIVE).compared == {}


def _copies(seed: int) -> dict[str, pd.DataFrame]:
    """Grow the contacts of both copies of the practice: with the scheme, and without."""
    from pcqa_teach.data.synthetic import capacity, demand, events, population, riverside
    from pcqa_teach.data.synthetic.calendar import calendar

    cal = calendar(events.SPAN)
    gps = int((capacity.clinicians(seed, 9800)["hcp_type"] == "GP").sum())
    people = population.patients(seed, 9800, events.SPAN, gps)
    rate = population.rates(seed, people, int(cal["block"].max()) + 1)
    usual = demand.asks(seed, cal, rate, 9800)
    day, there = cal["day"].to_numpy(), (people["joined_block"] == 0).to_numpy()

    def counted(asks: pd.DataFrame) -> pd.DataFrame:
        on = day[asks["row"]]
        sides = {"before": (on >= 0) & (on < events.GO_LIVE), "after": on >= events.GO_LIVE}
        person = asks["person"].to_numpy()
        return pd.DataFrame({
            name: np.bincount(person[rows], minlength=len(people))
            for name, rows in sides.items()
        })  # fmt: skip

    plain = counted(usual)
    chosen = riverside.top(plain["before"].to_numpy(), 0.03)
    with_scheme = counted(riverside._with_scheme(seed, usual, day, chosen))
    return {"usual": plain[there], "scheme": with_scheme[there]}


@pytest.mark.slow
def test_the_schemes_true_effect_is_in_the_interval_and_the_naive_fall_is_not_it() -> None:
    held, naive = [], []
    for seed in range(200):
        grown = _copies(seed)
        found = regression_to_the_mean(grown["scheme"], comparison=grown["usual"])
        held.append(found.best["left_low"] <= -0.10 <= found.best["left_high"])
        naive.append(found.naive.percent)
    assert np.mean(held) >= 0.93
    assert np.mean(naive) == pytest.approx(-0.37, abs=0.02)
    assert max(naive) < -0.28


@pytest.mark.slow
def test_the_planted_rise_of_the_pulse_is_found_and_nothing_is_found_where_nothing_was() -> None:
    from pcqa_teach.data.synthetic import events, feedback

    go_live = events.iso(events.GO_LIVE)
    found, held, false, still = [], [], [], []
    for seed in range(200):
        pulse = feedback.staff_pulse(seed)
        pulse["week"] = pd.to_datetime(pulse["week"])
        means = {"staff": ("pulse",), "culture": series.CULTURE}
        made = {
            name: measure(source_of(name), series.pulse_mean(pulse, asked))
            for name, asked in means.items()
        }
        told = promised_results(Gathered(made, {}), go_live).rows.set_index("name")
        found.append(told.loc["staff", "verdict"].endswith("better, lasting"))
        held.append(told.loc["staff", "low"] <= events.PULSE_LIFT <= told.loc["staff", "high"])
        false.append(told.loc["culture", "verdict"].endswith("better, lasting"))
        still.append(told.loc["culture", "low"] <= 0 <= told.loc["culture", "high"])
    assert np.mean(found) >= 0.95
    assert np.mean(held) >= 0.93
    assert np.mean(still) >= 0.90
    chance = _by_chance(go_live, 400)
    assert sum(false) <= stats.binom.ppf(0.99, 200, max(chance, 1 / 400))


def _by_chance(go_live: str, times: int) -> float:
    """Give how often a steady series of as many weeks is called better and lasting."""
    x = pd.date_range("2024-01-15", "2025-12-29", freq="W-MON")
    rng = np.random.default_rng(3)
    called = 0
    for _ in range(times):
        frame = pd.DataFrame({"x": x, "value": rng.normal(0, 1, len(x))})
        one = ImpactMeasure("Steady", "outcome", frame, "up", n=None)
        told = promised_results(Gathered({"staff": one}, {}), go_live).rows.set_index("name")
        called += told.loc["staff", "verdict"].endswith("better, lasting")
    return called / times


def test_an_area_is_not_taken_to_be_a_practice() -> None:
    days = pd.date_range("2026-01-01", periods=20)
    area = tidy(date=days, status=["Unknown"] * 20, area=["A1"] * 20)
    assert Files({"appointments": area}).whose.startswith("This is an area, not a practice")
    assert "one practice's own figures" in Files({"tally": area}).whose

"""Every figure that lesson a4 states is what its data give."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.widgets.tally_asks import COLUMNS, POSTS, try_sheet
from pcqa_teach.widgets.tally_sheet import EXAMPLES

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "readiness" / "a4_week_tally.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


@pytest.fixture(scope="module")
def days() -> pd.DataFrame:
    return pcqa.load_demo("demand_day")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _interval(days: pd.DataFrame, first: str, last: str) -> Any:
    rows = days[days["date"].between(first, last)]
    unmet = int((rows["deferred"] + rows["turned_away"]).sum())
    found = pcqa.variation.wilson(unmet, int(rows["same_day_asks"].sum()))
    return (found[["share", "lower", "upper"]] * 100).iloc[0]


def test_the_calls_of_monday_are_as_published(sources: dict[str, str], shared_data: Path) -> None:
    rows = pd.read_csv(shared_data / "cbt_outcomes_monday_tuefri_by_band_2026-08.csv")
    there = rows[(rows["day_label"] == "Monday") & (rows["time_band"] == "08:00-09:59")].iloc[0]
    names = ["answered", "ended_in_ivr", "callback_requested", "missed"]
    assert list(_calls(sources).values()) == [round(100 * there[name], 1) for name in names]
    assert f"{there['inbound']:,}" in sources["a4-calls-chart"]
    grid = pd.read_csv(shared_data / "cbt_day_band_grid_2026-08.csv").set_index("day_label")
    assert grid.loc["Monday", "days"] == 4  # the bank holiday stands by itself


def test_fewer_than_half_were_answered_and_the_four_add_up(sources: dict[str, str]) -> None:
    calls = _calls(sources)
    assert calls["Answered by a person"] < 50
    assert sum(calls.values()) == pytest.approx(100, abs=0.2)


def _calls(sources: dict[str, str]) -> dict[str, float]:
    for node in ast.parse(sources["a4-calls-chart"]).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "calls":
            return ast.literal_eval(node.value)  # type: ignore[no-any-return]
    raise AssertionError("the chart has no calls")


def test_the_four_steps_of_the_worked_example(sources: dict[str, str]) -> None:
    step = 1.96 / 0.05
    for said in (
        f"1.96 / 0.05 = {step:.1f}",
        f"{step:.1f} x {step:.1f} = {step**2:,.1f}",
        f"{step**2:,.1f} x 0.25 = {step**2 * 0.25:.1f}",
        f"**{pcqa.variation.sample_size(0.05)} asks**",
        "20 x 20 = 400",
    ):
        assert said in sources["a4-worked"]


def test_the_intervals_of_the_worked_example(sources: dict[str, str]) -> None:
    found = 100 * pcqa.variation.wilson([18, 60], [120, 400])[["share", "lower", "upper"]]
    assert found.round(1).values.tolist() == [[15.0, 9.7, 22.5], [15.0, 11.8, 18.8]]
    assert "between about 10 and 22 in a hundred" in sources["a4-worked-two"]
    assert 'between about 12 and 19"' in sources["a4-worked-two"]


def test_what_the_notes_say_of_the_three_sheets(sources: dict[str, str]) -> None:
    caught = [(try_sheet(parts)["state"] == "caught").sum() for parts in EXAMPLES.values()]
    assert caught == [2, 4, 12]
    told = sources["a4-facilitator-predict"]
    assert "keeps 2 of the 12" in told
    assert "catches 4" in told
    assert (len(POSTS), len(COLUMNS)) == (3, 6)  # "three doors, six columns"


def test_the_first_answer_is_what_the_designer_says(sources: dict[str, str]) -> None:
    """Task 1's sheet, in the widget's terms: two posts, no call-back, no phone system's count."""
    parts = ["telephone", "desk", "booked", "later", "done", "turned_away", "again", "five_days"]
    tried = try_sheet(parts).set_index("when")["state"]
    expect = _key(sources, "a4-1").expect
    like = {"turned_away": "Mon 08:20", "call_back": "Mon 08:50", "online": "Mon 09:10",
            "hung_up": "Mon 08:04"}  # fmt: skip
    for name, when in like.items():
        assert expect[name] == ("yes" if tried[when] == "caught" else "no"), name
    mended = try_sheet([*parts, "call_back", "gave_up"]).set_index("when")["state"]
    assert mended["Mon 08:50"] == mended["Mon 08:04"] == "caught"


def test_the_second_answer_is_what_the_rule_gives(sources: dict[str, str]) -> None:
    lines = re.findall(r"^\| \d\d:\d\d \|", sources["a4-task-2"], re.MULTILINE)
    assert len(lines) == 8
    # one line a need: what stands at closing time, and whether the person had to ask again
    stands = [
        ("booked", True),  # 08:03, 08:09 and 08:15
        ("booked", False),  # 08:20, the smear test
        ("turned_away", False),  # 08:20, the son
        ("done", False),  # 08:31, moved there at one o'clock
        ("later", False),  # 08:50
        ("elsewhere", False),  # 09:02
        ("call_back", False),  # 09:20
    ]
    unmet = {"later", "turned_away", "call_back"}
    assert _key(sources, "a4-2").expect == {
        "asks": len(stands),
        "not_met": sum(column in unmet for column, _ in stands),
        "dots": sum(again for _, again in stands),
    }
    wrong = {one.name: one.answer for one in _key(sources, "a4-2").misconceptions}
    assert wrong["counted_contacts"]["asks"] == len(lines)
    assert wrong["counted_every_contact_and_need"]["asks"] == len(lines) + 1


def test_the_third_answer_is_the_sample_size(sources: dict[str, str]) -> None:
    key = _key(sources, "a4-3")
    needed = pcqa.variation.sample_size(0.1)
    assert needed == 97
    for right in (needed, 1 / 0.1**2, 96.04):
        assert abs(right - key.expect["needed"]) <= 2
    assert key.expect["times"] == pytest.approx(pcqa.variation.sample_size(0.05) / needed, abs=0.05)
    wrong = {one.name: one.answer for one in key.misconceptions}
    assert wrong["too_many"]["needed"] == pcqa.variation.sample_size(0.05)
    assert wrong["forgot_the_196"]["needed"] == pytest.approx(0.25 / 0.1**2)
    assert wrong["a_half_for_a_quarter"]["needed"] == pytest.approx(
        0.5 * (1.96 / 0.1) ** 2, abs=0.5
    )


def test_the_claims_are_what_the_intervals_support(
    sources: dict[str, str], days: pd.DataFrame
) -> None:
    june = _interval(days, "2024-06-10", "2024-06-14")
    october = _interval(days, "2024-10-28", "2024-11-01")
    first = _interval(days, "2024-06-24", "2024-06-24")
    second = _interval(days, "2024-07-15", "2024-07-15")
    assert round(first["share"], 1) == 7.4
    assert (round(second["lower"]), round(second["upper"])) == (9, 21)
    assert round(october["upper"]) == 11
    supported = {
        "weeks": october["lower"] > june["upper"],
        "mondays": second["lower"] > first["upper"],
        "exact": first["upper"] - first["lower"] < 2,
        "july": True,  # the interval itself, in round numbers
        "everybody": False,  # who hung up is in no count
    }
    assert "from 9 to 21 in a hundred" in sources["a4-task-3-ask"]
    expect = _key(sources, "a4-4").expect
    assert expect == {name: "yes" if fine else "no" for name, fine in supported.items()}


def test_no_proper_test_tells_the_two_mondays_apart(days: pd.DataFrame) -> None:
    from statsmodels.stats.proportion import proportions_ztest

    mondays = pd.to_datetime(["2024-06-24", "2024-07-15"])
    rows = days[days["date"].isin(mondays)]
    _, p = proportions_ztest(rows["deferred"] + rows["turned_away"], rows["same_day_asks"])
    assert p > 0.05


def test_the_demos_tally_has_none_who_hung_up_in_it(days: pd.DataFrame) -> None:
    asks = days["met_same_day"] + days["deferred"] + days["turned_away"]
    assert (asks == days["same_day_asks"]).all()


def test_a_tally_sheet_given_as_an_export_is_told_where_to_go(
    sources: dict[str, str], tmp_path: Path
) -> None:
    from pcqa_teach.errors import UnknownFormatError

    sheet = tmp_path / "tally.csv"
    sheet.write_text("Day,Column,Marks\nMonday,Got a place,34\n", encoding="utf-8")
    names: dict[str, Any] = {"pcqa": pcqa, "pd": pd, "export": str(sheet), "practice": "riverside"}
    with pytest.raises(UnknownFormatError, match="It is no appointment book"):
        exec(sources["a4-own-read"], names)
    assert "When you have counted" in sources["a4-own-counted"]


def test_the_dates_of_the_plan_are_those_that_were_counted(
    sources: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, Any] = {"pcqa": pcqa, "pd": pd, "export": None, "practice": "riverside"}
    exec(sources["a4-own-read"], names)
    counted = "10 Jun 2024 to 25 Oct 2024; the days after are left out, since the file does not"
    assert f"Counted: {counted}" in capsys.readouterr().out
    assert names["plan"].attrs["when"].startswith(counted)
    assert "marks_figure(plan)" in sources["a4-own-days"]


def test_typed_totals_are_read_in_place_of_the_invented_ones(sources: dict[str, str]) -> None:
    names: dict[str, Any] = {"pcqa": pcqa}
    exec(sources["a4-setup"], names)
    exec(sources["a4-own-totals"], names)
    exec(sources["a4-own-tally"], names)
    assert names["tally"].message.startswith("48 of 569 asks were not met that day: 8.4%")
    assert "Thursday fewer than 5 of 96" in names["tally"].alt_text
    assert "more than Thursday's and Friday's, by more than chance" in names["tally"].explain()
    named = re.findall(r"such as (\[.*?\])", sources["a4-own-totals"])
    names["asks"], names["not_met"] = map(ast.literal_eval, named)
    exec(sources["a4-own-tally"], names)
    assert names["tally"].week["asks"] == sum(names["asks"])

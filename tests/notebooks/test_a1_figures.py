"""Every figure that lesson a1 states is what its data give."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data import schema
from pcqa_teach.lessons import Key, misconception_cases

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "readiness" / "a1_welcome_and_setup.ipynb"
LIST_SIZE = 9_800

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _week(first: str, last: str) -> pd.Series:
    demo = pcqa.load_demo("calls_daily")
    return demo.loc[demo["date"].between(first, last), "calls"]


def _inputs(sources: dict[str, str]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    exec(sources["a1-inputs"], given)
    return {name: given[name] for name in ("first_day", "last_day", "working_days", "list_size")}


def test_the_picture_of_the_idea_holds_as_many_appointments_as_are_said(
    sources: dict[str, str],
) -> None:
    book = pcqa.load_demo("appointments")
    profile = pcqa.measures.weekday_profile(book)
    held = round(float((profile["value"] * profile["n"]).sum()))
    assert f"There are {held:,} appointments in this picture" in sources["a1-idea-two"]
    assert book["date"].max() - book["date"].min() > pd.Timedelta(days=175)  # "six months"


def test_the_row_is_kept_as_the_table_says(sources: dict[str, str]) -> None:
    names = {"pcqa": pcqa}
    exec(sources["a1-one-row"].split("gone, stays")[0], names)
    row, printed = names["row"], names["printed"]
    assert str(row["patient"]) in sources["a1-task-1"]  # the code of task 1 is a code of the kit
    assert (str(row["age_band"]), str(row["status"])) == ("45-49", "Attended")
    kept = " ".join(str(value) for value in row)
    for lost in ("Patient Name", "NHS Number", "Session Holder", "Patient identifier"):
        assert printed[lost] not in kept


def test_the_worked_example_is_what_its_week_gives(sources: dict[str, str]) -> None:
    first, last = re.findall(r"\d{4}-\d\d-\d\d", sources["a1-sums"])
    calls = _week(first, last)
    assert pd.Timestamp(first).day_name() == "Monday"
    assert calls.tolist() == [340, 294, 237, 214, 270]
    assert round(calls.mean()) == calls.sum() / 5 == 271
    assert round(calls.mean() / (LIST_SIZE / 1000), 1) == 27.7
    assert "Is 27.7 the right size?" in sources["a1-worked-two"]
    assert "271 divided by 9.8" in sources["a1-facilitator-worked"]


def test_the_size_of_englands_figures_is_that_of_the_open_data(
    sources: dict[str, str], shared_data: Path
) -> None:
    fifths = pd.read_csv(shared_data / "cbt_outcomes_by_deprivation_2026-08.csv")
    rate = fifths.set_index("imd_quintile")["calls_per_1000_patients_per_working_day"]
    assert round(rate["Q5 least deprived"]) == rate.round().min() == 22
    assert round(rate["Q1 most deprived"]) == rate.round().max() == 29
    assert "about 22 calls" in sources["a1-worked-two"]
    assert "about 29" in sources["a1-worked-two"]


def test_the_first_answer_keeps_to_what_the_kit_does(sources: dict[str, str]) -> None:
    expect = _key(sources, "a1-2").expect
    assert len(expect) == 6
    for cell in ("a1-idea-three", "a1-task-1", "a1-facilitator-task-1"):
        assert "worked out by subtraction (lesson B12)" in sources[cell]
    assert "(in the box `answer_a1_2`)" in sources["a1-task-1"]
    assert "(in the box `answer_a1_3`)" in sources["a1-task-2-ask"]
    assert set(expect.values()) == {"yes", "no"}
    columns = {"week": "date", "outcome": "status", "gap": "booking_gap", "code": "patient"}
    for name, column in columns.items():
        assert (expect[name] == "no") == bool(schema.COLUMNS[column].prefix), name
    free_text_or_birth = {"reason", "birthday"}
    assert all(expect[name] == "no" for name in free_text_or_birth)
    assert not any("birth" in name or "reason" in name for name in schema.COLUMNS)


def test_the_inputs_hold_one_slip_and_it_is_the_one_of_the_key(sources: dict[str, str]) -> None:
    inputs, expect = _inputs(sources), _key(sources, "a1-3").expect
    told = sources["a1-task-2"]
    assert "Monday 4 March to Friday 8 March 2024" in told
    assert (inputs["first_day"], inputs["last_day"]) == ("2024-03-04", "2024-03-08")
    assert pd.Timestamp(inputs["first_day"]).day_name() == "Monday"
    assert len(_week("2024-03-04", "2024-03-08")) == inputs["working_days"] == 5
    assert f"{expect['should_be']:,}" in told
    assert expect["input"] == "list_size"
    assert inputs["list_size"] == 10 * expect["should_be"] == 10 * LIST_SIZE


def test_the_second_answer_and_its_mistakes_are_what_the_sums_give(
    sources: dict[str, str],
) -> None:
    total = _week("2024-03-04", "2024-03-08").sum()
    right = total / 5 / 9.8
    key = _key(sources, "a1-3")
    assert key.expect["calls_per_1000"] == pytest.approx(right, abs=0.005)
    assert abs(round(right, 1) - key.expect["calls_per_1000"]) <= 0.06
    mistakes = {
        "not_mended": total / 5 / 98,
        "the_whole_week": total / 9.8,
        "not_per_thousand": total / 5,
    }
    stated = {wrong.name: wrong.answer for wrong in key.misconceptions}
    for name, value in mistakes.items():
        assert stated[name]["calls_per_1000"] == pytest.approx(value, abs=0.06), name
    note = sources["a1-facilitator-task-2"]
    assert f"{total:,} calls in five days are {total / 5:.1f} a day" in note
    assert f"the table stays at {total / 5 / 98:.1f}" in note


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("list_size = 9800", "26.9"),
        ("list_size = 9,800", "without comma"),
        ('list_size = "9800"', "without comma"),
        ("working_days = 0", "without comma"),
        ('first_day = "4 March"', "year first"),
        ('first_day = "2031-03-04"', "year first"),
        ("last_day = None", "year first"),
    ],
)
def test_whatever_is_typed_into_the_box_gives_a_table_or_a_sentence(
    sources: dict[str, str], change: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {"pcqa": pcqa, "pd": pd, "demo": pcqa.load_demo("calls_daily")}
    exec(sources["a1-inputs"] + "\n" + change, names)
    exec(sources["a1-inputs-result"].rstrip().removesuffix("table"), names)
    shown = capsys.readouterr().out + repr(names["table"])
    assert said in shown


def test_the_checks_are_sums_that_come_out(
    sources: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    names = {"pcqa": pcqa}
    for place, right in {1: "B", 2: "fewer than 5", 3: 1750 / 5 / 12.5}.items():
        exec(sources[f"a1-check-{place}"], names)
        names[f"check_{place}"](right)
        assert capsys.readouterr().out.startswith("Yes")
    for wrong in (1750 / 12.5, 1750 / 5, 1750 / 5 / 12500, 1750 / 5 / 125):
        names["check_3"](wrong)
        out = capsys.readouterr().out
        assert out.startswith("Not yet.")
        assert "worked example" not in out

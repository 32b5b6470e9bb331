"""Every figure that lesson b10 states is what its data, or its own tables, give."""

from __future__ import annotations

import ast
import io
import json
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data.schema import GAPS
from pcqa_teach.errors import DataError
from pcqa_teach.juran.improvement import Pareto, ProcessMap
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.measures.tidy import tidy
from pcqa_teach.widgets.process_lines import read_minutes

ROOT = Path(__file__).resolve().parents[2]
EXPORTS = ROOT / "data" / "synthetic" / "exports"
PATH = ROOT / "notebooks" / "core-day3" / "b10_breakthrough_sequence.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _literal(source: str, name: str) -> Any:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return ast.literal_eval(node.value)
    raise AssertionError(f"no {name}")


@pytest.fixture(scope="module")
def before(sources: dict[str, str]) -> pd.DataFrame:
    first, last = re.findall(r"\d{4}-\d\d-\d\d", sources["b10-need"])
    demo = pcqa.load_demo("failure_weekly")
    return demo[demo["week"].between(first, last)]


@pytest.fixture(scope="module")
def need(before: pd.DataFrame) -> Any:
    frame = pd.DataFrame({"x": before["week"], "value": before["results"] / before["working_days"]})
    return pcqa.spc.chart(frame, n=None, improvement="down")


@pytest.fixture(scope="module")
def letter(sources: dict[str, str]) -> ProcessMap:
    names = ["step", "role", "wait", "touch", "value"]
    rows = _literal(sources["b10-map"], "letter_steps")
    return pcqa.juran.process_map([dict(zip(names, row, strict=True)) for row in rows])


@pytest.fixture(scope="module")
def result(sources: dict[str, str]) -> ProcessMap:
    rows = _literal(sources["b10-task-2-table"], "results_steps")
    return pcqa.juran.process_map(
        [
            {
                "step": step,
                "role": role,
                "wait": read_minutes(wait),
                "touch": read_minutes(touch),
                "value": gains == "yes",
            }
            for step, role, wait, touch, gains in rows
        ]
    )


@pytest.fixture(scope="module")
def why(sources: dict[str, str]) -> Pareto:
    return pcqa.juran.pareto(_literal(sources["b10-task-3-pareto"], "why"), unit="people")


def test_the_trouble_is_steady_at_the_level_that_is_stated(
    sources: dict[str, str], need: Any
) -> None:
    assert not need.points["signal"].any()
    assert len(need.points) == 21
    limits = need.limits.iloc[0]
    assert round(limits["centre"], 1) == 6.9
    assert (round(limits["lower"]), round(limits["upper"])) == (4, 10)
    assert "(6.9, the mean)" in sources["b10-idea-two"]
    assert "from 4 to 10 a day" in sources["b10-idea-two"]
    assert "No dot is a signal: no week stands out" in sources["b10-idea-two"]


def test_the_need_in_minutes_is_what_the_tally_gives(
    sources: dict[str, str], before: pd.DataFrame
) -> None:
    contacts = int(before["results"].sum())
    said = sources["b10-idea-two"]
    assert contacts == 710
    assert f"it was {contacts} contacts" in said
    assert f"{4 * contacts:,} minutes" in said
    assert 4 * contacts / len(before) / 60 == pytest.approx(2.25, abs=0.05)
    assert "two and a quarter hours a week" in said


def test_the_week_that_the_room_points_at_is_the_highest(
    sources: dict[str, str], need: Any
) -> None:
    top = need.points.loc[need.points["y"].idxmax()]
    assert (f"{top['x']:%-d %B}", round(top["y"], 1)) == ("19 August", 9.0)
    assert "19 August (9.0 a working day)" in sources["b10-facilitator-idea"]


def test_the_practices_causes_have_no_vital_few_and_results_are_its_own_largest(
    sources: dict[str, str], before: pd.DataFrame
) -> None:
    names = _literal(sources["b10-choose"], "names")
    found = pcqa.juran.pareto({said: int(before[name].sum()) for name, said in names.items()})
    assert len(found.causes) == 8
    assert not found.few
    assert len(found.vital_few) == 6
    share = found.causes["count"].cumsum() / found.total
    assert share.iloc[4] < 0.8 <= share.iloc[5]
    assert "six of the eight to reach four fifths" in sources["b10-idea-three"]
    assert found.total == 4764
    counts = dict(zip(found.causes["cause"], found.causes["count"].astype(int), strict=True))
    outside = {"referral_chase", "hospital_letter_or_plan", "medicine_not_in_stock"}
    truth = json.loads((ROOT / "data" / "synthetic" / "truth.json").read_text(encoding="utf-8"))
    held = {name: cause["held_by"] for name, cause in truth["failure_causes"].items()}
    assert {name.replace(" ", "_") for name in held if held[name] == "system"} == outside
    own = {said: counts[said] for name, said in names.items() if name not in outside}
    assert max(own, key=lambda said: own[said]) == names["results"]
    for number in (1154, 710, 709):
        assert number in counts.values()
        assert f"{number:,}" in sources["b10-facilitator-idea"]


def test_the_charter_halves_the_mean_and_passes_every_check(
    sources: dict[str, str], need: Any
) -> None:
    cell = sources["b10-charter"].removesuffix(".figure()")
    plan = eval(cell, {"pcqa": pcqa, "need": need})
    assert plan.ready
    assert (plan.now, plan.goal) == (6.9, 3.5)
    assert plan.goal < need.limits["lower"].iloc[0]


def test_the_letter_is_what_the_worked_example_says(
    sources: dict[str, str], letter: ProcessMap
) -> None:
    assert letter.steps["wait"].sum() == 6240
    assert (letter.touch_time, letter.lead_time, letter.handovers) == (18, 6258, 2)
    assert letter.steps.loc[letter.steps["value"], "touch"].tolist() == [3, 6, 4]
    assert round(letter.efficiency, 2) == 0.21
    assert "A fifth of one per cent" in sources["b10-worked-three"]
    assert "where do four days go" in sources["b10-worked"]
    assert "all but 18 minutes is waiting" in sources["b10-4"]
    longest = letter.steps.loc[letter.steps["wait"].idxmax()]
    assert (longest["role"], longest["wait"]) == ("GP", 2 * 1440)


def test_the_letters_by_what_they_needed_add_up(sources: dict[str, str]) -> None:
    needed = _literal(sources["b10-skill-mix"], "needed")
    letters, gp = sum(needed.values()), needed["A decision by a GP"]
    assert letters == 200
    said = sources["b10-worked-four"]
    assert f"Of the GPs' {3 * letters} minutes, {3 * gp} went" in said
    assert f"The other {3 * (letters - gp)} are" in said
    assert f"the pharmacist's {needed['A change of medicine: the pharmacist']} take" in said


def test_the_widget_shows_what_the_facilitator_is_told(
    sources: dict[str, str], letter: ProcessMap
) -> None:
    rows = letter.steps[["step", "role", "wait", "touch", "value"]].to_dict("records")
    names: dict[str, Any] = {"pcqa": pcqa, "letter_steps": rows}
    stream = eval(sources["b10-widget"], names)
    gained = stream.sooner()
    assert list(gained.values()) == [2884, 1440, 960, 9]
    told = sources["b10-facilitator-predict"]
    assert "Twice as fast: 9 minutes" in told
    assert "Opened twice a day: 16 hours" in told
    assert "A second GP: 24 hours" in told
    assert next(iter(gained)).endswith("straight to the pharmacist")


def test_the_first_answer_puts_each_step_once(sources: dict[str, str]) -> None:
    expect = dict(_key(sources, "b10-1").expect)
    assert expect.pop("skipped") == 6
    assert sorted(expect) == list("ABCDEF")
    assert sorted(expect.values()) == [1, 2, 3, 4, 5, 6]
    order = ", ".join(sorted(expect, key=lambda card: expect[card]))
    assert f"In the order of the steps: {order}." in sources["b10-facilitator-task-1"]


def test_the_second_answer_is_what_the_map_gives(
    sources: dict[str, str], result: ProcessMap
) -> None:
    gain = float(result.steps.loc[result.steps["value"], "touch"].sum())
    assert _key(sources, "b10-2").expect == {
        "whole": result.lead_time,
        "gain": gain,
        "percent": round(result.efficiency, 3),
        "sooner": result.touch_time / 2,
        "look_first": 3,
    }
    assert result.lead_time == 5 * 1440
    waits = " + ".join(f"{wait:,.0f}" for wait in result.steps["wait"])
    assert f"waits {waits} = 7,180, work 20" in sources["b10-facilitator-task-2"]


def test_each_wrong_second_answer_is_what_its_mistake_gives(
    sources: dict[str, str], result: ProcessMap
) -> None:
    steps, whole, work = result.steps, result.lead_time, result.touch_time
    gain = steps.loc[steps["value"], "touch"].sum()
    mistakes = {
        "all_work_counts": {"gain": work, "percent": 100 * work / whole},
        "all_work_in_the_share": {"percent": 100 * work / whole},
        "share_of_the_work": {"percent": 100 * gain / work},
        "hours_and_minutes": {"percent": 100 * gain / (whole / 60)},
        "not_in_per_cent": {"percent": gain / whole},
        "opening_hours_only": {"whole": whole - 2 * 1440 + 2 * 8 * 60},
        "waits_only": {"whole": steps["wait"].sum()},
        "half_of_everything": {"sooner": whole / 2},
        "what_is_left": {"sooner": whole - work / 2},
    }
    stated = {wrong.name: wrong.answer for wrong in _key(sources, "b10-2").misconceptions}
    assert set(mistakes) | {"blame_the_gp", "work_faster", "nothing_to_do"} == set(stated)
    for name, parts in mistakes.items():
        for part, value in parts.items():
            assert stated[name][part] == pytest.approx(value, rel=0.01), (name, part)


def test_the_tally_is_of_120_and_its_first_three_are_the_vital_few(
    sources: dict[str, str], why: Pareto
) -> None:
    assert why.total == 120
    assert why.few
    assert len(why.vital_few) == 3
    top = why.causes.iloc[0]
    assert (top["cause"], top["count"]) == ("Never told when they would hear", 52)
    assert "52 of those 120 people" in sources["b10-wrong"]
    assert "had three" in sources["b10-wrong"]


def test_the_remedy_to_test_first_is_aimed_at_the_longest_bar(sources: dict[str, str]) -> None:
    expect = _key(sources, "b10-3").expect
    aimed = [name for name in "ABCDEF" if expect[name] == "cause"]
    assert aimed == ["B", "D", "F"]
    assert expect["first"] == "D"
    remedy = re.search(r'\| `"D"` \| (.+?) \|', sources["b10-task-3-ask"])
    assert remedy
    assert "when and how they will hear" in remedy[1]


def test_the_check_on_a_repeat_medicine_is_right(sources: dict[str, str]) -> None:
    assert "Monday at 9 and is ready on Wednesday at 9. Six minutes of it" in sources["b10-check"]
    minutes = 48 * 60
    for said in (
        f"48 hours are {minutes:,} minutes, and 100 × 6 / {minutes:,} is {100 * 6 / minutes:.2f}",
        f"expect={100 * 6 / minutes:.3f},",
        f'"hours": ({100 * 6 / 48},',
    ):
        assert said in sources["b10-check-1"]


def test_the_lines_to_copy_are_those_of_the_model_answer(sources: dict[str, str]) -> None:
    labels = r"^\*\*([^*]+):\*\*"
    copied = re.findall(labels, sources["b10-monday"], re.MULTILINE)
    assert copied == re.findall(labels, sources["b10-4"], re.MULTILINE)
    assert copied[:4] == ["Aim", "How much", "By when", "For whom"]


OWN = [
    "b10-setup",
    "b10-need",
    "b10-parameters",
    "b10-own-need",
    "b10-own-where",
    "b10-own-charter",
]


def _own(sources: dict[str, str], export: Path | None) -> tuple[dict[str, Any], str]:
    """Run what the section on one's own data needs; return the names it left and what it said."""
    names: dict[str, Any] = {}
    said = io.StringIO()
    with redirect_stdout(said):
        for cell in OWN:
            exec(sources[cell], names)
            if cell.endswith("parameters"):
                names["export"] = export
    return names, said.getvalue()


BOOKS = ("systmone", "emis_slots", "gpad_practice")  # exports that say what became of each


@pytest.mark.parametrize(
    "name",
    [None, *sorted(path.name for path in EXPORTS.glob("*.*") if path.name.startswith(BOOKS))],
)
def test_the_section_on_ones_own_data_answers_or_says_what_is_lacking(
    sources: dict[str, str], name: str | None
) -> None:
    export = EXPORTS / name if name else None
    if name and "overlap" in name:
        with pytest.raises(DataError, match="at least 12"):
            _own(sources, export)
        return
    names, said = _own(sources, export)
    assert names["draft"].now == round(names["own"].limits["centre"].iloc[-1], 2)
    assert "without any project" in said
    shown = names["where"]
    assert shown["Missed"].min() >= 5
    assert shown["Running total"].iloc[-1] == "100%"
    assert names["missed"]["count"].sum() == shown["Missed"].sum()


def test_where_the_missed_appointments_lie_is_as_the_facilitator_is_told(
    sources: dict[str, str],
) -> None:
    names, _ = _own(sources, None)
    shown = names["where"].set_index("Booked how far ahead")
    of_all, missed = shown["Share of all missed"], shown["Missed"]
    near = missed[["2 to 7 Days", "8 to 14 Days"]]
    assert near.sum() > missed.sum() / 2
    assert of_all[near.index].tolist() == ["31%", "22%"]
    of_100 = shown["Missed of 100 booked so"].astype(float)
    assert (of_100.idxmin(), of_100.min()) == ("Same Day", 2.6)
    in_order = of_100[[gap for gap in GAPS if gap in of_100]]
    assert (in_order.diff().iloc[1:] > 0).sum() == len(in_order) - 2  # all steps but one go up
    told = sources["b10-facilitator-own"]
    assert "two to fourteen days ahead (31% and 22%)" in told
    assert "lowest for the same day (2.6 of 100) and mostly rises" in told


def test_the_boxes_of_ones_own_data_are_as_many_as_are_to_be_run(sources: dict[str, str]) -> None:
    ids = list(sources)
    boxes = ids.index("b10-own-charter") - ids.index("b10-parameters") + 1
    assert boxes == 6
    assert "**Shift and Enter** six times" in sources["b10-own-how"]


def test_a_group_of_fewer_than_five_is_never_shown_by_itself(sources: dict[str, str]) -> None:
    names: dict[str, Any] = {"pcqa": pcqa, "pd": pd}
    days = pd.bdate_range("2026-01-05", periods=70)
    status = ["DNA" if i % 10 == 0 else "Attended" for i in range(70)]
    gap = ["More than 28 Days" if i in (0, 10, 20) else "Same Day" for i in range(70)]
    names["appts"] = tidy(date=days, status=status, booking_gap=gap, count=[2] * 65 + [1] * 5)
    names["appts"].loc[names["appts"].index[[0, 10, 20]], "count"] = 1
    names["own"] = object()
    exec(sources["b10-own-where"], names)
    shown = names["where"]
    assert shown["Booked how far ahead"].tolist() == ["Same Day", "Fewer than 5 each, together"]


@pytest.mark.parametrize("kind", ["emis_crosstab", "gpad_daily", "cbt_day_time", "anima_audit"])
def test_an_export_without_outcomes_is_refused_in_a_sentence(
    sources: dict[str, str], kind: str
) -> None:
    with pytest.raises(DataError, match=r"does not say what became of|not a table of appointments"):
        _own(sources, EXPORTS / f"{kind}_dirty.csv")

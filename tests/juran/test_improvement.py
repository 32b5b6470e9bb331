"""The vital few causes, an aim, ideas, and tests with a written prediction."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcqa_teach import spc
from pcqa_teach.errors import DataError
from pcqa_teach.figures.boxes import Page
from pcqa_teach.juran import (
    charter,
    copq,
    driver_diagram,
    fishbone,
    measures_family,
    pareto,
    process_map,
)

# ---- Pareto


def test_the_reference_input_in_order(root: Path) -> None:
    found = pareto(pd.read_csv(root / "tests/oracles/inputs/pareto5.csv"), cause="name")
    assert found.causes["cause"].tolist() == [
        "letters", "access", "prescriptions", "results", "other",
    ]  # fmt: skip
    assert found.causes["count"].tolist() == [94, 80, 66, 27, 33]
    assert found.causes["cumulative"].tolist() == pytest.approx([94 / 3, 58, 80, 89, 100])
    assert found.vital_few == ["letters", "access", "prescriptions"]


def test_exactly_the_share_is_enough() -> None:
    assert pareto({"a": 8, "b": 1, "c": 1}).vital_few == ["a"]
    assert pareto({"a": 7, "b": 2, "c": 1}).vital_few == ["a", "b"]


def test_a_tie_with_the_last_of_the_vital_few_belongs_to_them() -> None:
    found = pareto({"a": 60, "b": 20, "c": 20})
    assert found.vital_few == ["a", "b", "c"]
    assert "Tied: b and c" in found.explain()


def test_ties_keep_the_order_given() -> None:
    assert pareto({"z": 2, "a": 2, "m": 3}).causes["cause"].tolist() == ["m", "z", "a"]


def test_other_is_last_and_never_vital_however_large() -> None:
    found = pareto({"Other": 90, "a": 6, "b": 4})
    assert found.causes["cause"].tolist() == ["a", "b", "Other"]
    assert not found.causes["vital"].iloc[-1]
    assert not found.few
    assert "look inside it first" in found.explain()


def test_a_flat_list_has_no_vital_few() -> None:
    assert "No few causes stand out" in pareto(dict.fromkeys("abcdefgh", 5)).message
    spread = pareto({**dict.fromkeys("abcdefgh", 5), "other": 15}).message
    assert "it takes all 8 named causes to reach 73% of 55" in spread
    assert spread.endswith("the rest fit none of them")


FIVE = {"letters": 90, "not getting through": 60, "results": 25, "forms": 20, "other": 25,
        "visits": 15}  # fmt: skip


def test_where_no_few_reach_the_share_the_first_two_are_named_and_no_bar_is_dark(monkeypatch):
    found = pareto(FIVE, unit="calls")
    assert not found.few
    assert found.message == (
        "Letters and not getting through make 64% of 235 calls; it takes 4 of 5 causes to reach 80%"
    )
    faces, own = [], Page.bar
    monkeypatch.setattr(
        Page, "bar", lambda page, *at, **look: (faces.append(look["face"]), own(page, *at, **look))
    )
    found.figure()
    assert len(faces) == 6
    assert "#1F3A5F" not in faces
    pareto({"letters": 90, "forms": 5, "visits": 5}).figure()
    assert faces.count("#1F3A5F") == 1


def test_one_cause_is_not_tied_with_itself_nor_with_other() -> None:
    assert "Tied" not in pareto(FIVE).explain()
    assert "Tied: b and c; d and e." in pareto({"a": 9, "b": 4, "c": 4, "d": 1, "e": 1}).explain()


def test_what_is_not_kept_is_put_together_as_other() -> None:
    found = pareto({"a": 5, "b": 3, "c": 2, "d": 1, "other": 1}, keep=2)
    assert found.causes["cause"].tolist() == ["a", "b", "Other"]
    assert found.causes["count"].tolist() == [5, 3, 4]


def test_occurrences_series_and_tables_give_the_same() -> None:
    listed = pareto(["a", "b", "a"])
    table = pareto(pd.DataFrame({"cause": ["a", "b", "a"]}), count=None)
    counted = pareto(pd.DataFrame({"cause": ["a", "b", "a"], "count": [1, 1, 1]}))
    series = pareto(pd.Series(["a", "b", "a"]).value_counts())
    for other in (table, counted, series):
        pd.testing.assert_frame_equal(listed.causes, other.causes)


def test_neighbours_that_could_swap_by_chance_are_said() -> None:
    assert "swap them by chance" in pareto({"a": 12, "b": 10}).explain()
    assert "swap them by chance" not in pareto({"a": 120, "b": 10}).explain()


@pytest.mark.parametrize(
    ("causes", "options"),
    [
        ({}, {}),
        ({"a": 0}, {}),
        ({"a": -1}, {}),
        ({"a": np.nan}, {}),
        ({"a": np.inf}, {}),
        ({"a": True}, {}),
        ({"a": "three"}, {}),
        ({1: 3}, {}),
        ("text", {}),
        (3, {}),
        ([None, "a"], {}),
        (pd.DataFrame({"cause": ["a"], "n": [3]}), {}),
        (pd.DataFrame({"name": ["a"], "count": [3]}), {}),
        (pd.DataFrame({"cause": [], "count": []}), {}),
        ({"a": 1}, {"vital": 0}),
        ({"a": 1}, {"vital": 120}),
        ({"a": 1}, {"keep": 0}),
    ],
)
def test_a_pareto_that_cannot_be_made_says_why(causes: object, options: dict[str, object]) -> None:
    with pytest.raises(DataError) as caught:
        pareto(causes, **options)  # type: ignore[arg-type]
    assert str(caught.value).endswith(".")


@settings(max_examples=60)
@given(st.dictionaries(st.text("abcdefgh", min_size=1), st.integers(1, 500), min_size=1))
def test_the_vital_few_reach_the_share_and_one_fewer_would_not(counts: dict[str, int]) -> None:
    found = pareto(counts, other=None)
    table = found.causes
    assert table["count"].is_monotonic_decreasing
    assert table["cumulative"].iloc[-1] == pytest.approx(100)
    vital = table[table["vital"]]
    assert 100 * vital["count"].sum() >= 80 * found.total
    rest = vital["count"][vital["count"] > vital["count"].min()]
    assert 100 * rest.sum() < 80 * found.total


# ---- Cost of poor quality


def test_minutes_are_times_by_minutes_by_kind() -> None:
    rows = pd.DataFrame(
        {
            "item": ["Checklist", "Read twice", "Done again", "Came back"],
            "kind": ["Prevention", "appraisal", "internal_failure", "External failure"],
            "times": [5, 30, 20, 9],
            "minutes": [4, 1, 3, 10],
        }
    )
    found = copq(rows, capacity=1000)
    assert found.kinds["total"].tolist() == [20, 30, 60, 90]
    assert (found.total, found.failure) == (200, 150)
    assert found.message.endswith("staff minutes a week that quality costs (75.0%)")
    assert "failures alone 15%" in found.explain()
    assert "not savings" in found.explain()


def test_minutes_are_of_staff_and_each_kind_is_said_in_plain_words() -> None:
    rows = [{"item": "Came back", "kind": "external failure", "times": 9, "minutes": 10}]
    found = copq(rows, capacity=1000)
    assert (
        found.message
        == "Failures take 90 of the 90 staff minutes a week that quality costs (100.0%)"
    )
    for said in (found.explain(), found.alt_text):
        assert "clinician" not in said
        for words in ("checking", "put right before the person noticed", "reached the person"):
            assert words in said


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "rework"},
        {"times": -1},
        {"minutes": "4"},
        {"minutes": np.nan},
        {"times": True},
        {"item": ""},
        {"times": 0},
    ],
)
def test_a_cost_that_cannot_be_added_up_is_refused(change: dict[str, object]) -> None:
    row = {"item": "Checklist", "kind": "prevention", "times": 5, "minutes": 4}
    with pytest.raises(DataError) as caught:
        copq([{**row, **change}])
    assert "rework" not in str(caught.value)


def test_more_minutes_than_there_are_is_refused() -> None:
    row = {"item": "Checklist", "kind": "prevention", "times": 5, "minutes": 4}
    with pytest.raises(DataError, match="capacity"):
        copq([row], capacity=10)


# ---- Charter

WHOLE = {
    "unit": "%",
    "now": 52,
    "goal": 75,
    "by": "31/7/2026",
    "whom": "people who ring before 10",
    "why": "They give up",
    "reachable": "A neighbour did it",
}


def test_an_aim_says_how_much_by_when_and_for_whom() -> None:
    one = charter("Calls answered", **WHOLE)
    assert one.ready
    assert one.aim == (
        "Raise calls answered for people who ring before 10 from 52% to 75% by 31 Jul 2026"
    )
    assert charter("DNA rate", **{**WHOLE, "goal": 5}).aim.startswith("Lower DNA rate for")


@pytest.mark.parametrize(
    ("without", "check"),
    [
        ("whom", "specific"),
        ("now", "measurable"),
        ("goal", "measurable"),
        ("reachable", "achievable"),
        ("why", "relevant"),
        ("by", "time-bound"),
    ],
)
def test_each_letter_of_smart_is_missed_when_it_is_missing(without: str, check: str) -> None:
    checks = charter("Calls", **{**WHOLE, without: None}).checks
    assert checks.loc[~checks["passes"], "check"].tolist() == [check]


def test_a_goal_that_chance_reaches_already_is_not_measurable_yet() -> None:
    frame = pd.DataFrame({"x": range(14), "value": [50, 54] * 7})
    chart = spc.chart(frame)
    near = charter("Calls", **{**WHOLE, "now": None, "goal": 55}, chart=chart)
    far = charter("Calls", **{**WHOLE, "now": None}, chart=chart)
    assert near.now == 52
    assert not near.ready
    assert far.ready


@pytest.mark.parametrize(
    "change",
    [{"goal": 52}, {"goal": "more"}, {"by": "31/31/2026"}, {"starts": "1/8/2026"}, {"unit": ""}],
)
def test_a_charter_that_contradicts_itself_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(DataError):
        charter("Calls", **{**WHOLE, **change})  # type: ignore[arg-type]


# ---- Process map

STEPS = [
    {"step": "Arrives", "role": "Admin", "touch": 1, "value": False},
    {"step": "Read", "role": "GP", "touch": 2, "wait": 1440},
    {"step": "Told", "role": "Admin", "touch": 3, "wait": 54},
]


def test_efficiency_is_the_work_that_adds_value_over_the_whole_time() -> None:
    found = process_map(STEPS)
    assert found.lead_time == 1500
    assert found.efficiency == pytest.approx(100 * 5 / 1500)
    assert found.handovers == 2
    assert found.steps["starts"].tolist() == [0, 1441, 1497]
    assert "longest wait is 24 h, before: Read" in found.explain()


def test_steps_without_waits_waste_no_time() -> None:
    assert process_map([{"step": "a", "role": "GP", "touch": 5}]).efficiency == 100


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"step": "a", "role": "GP"}],
        [{"step": "a", "role": "GP", "touch": -1}],
        [{"step": "a", "role": "GP", "touch": 0}],
        [{"step": "a", "role": "GP", "touch": 1, "value": "yes"}],
        [{"step": "a", "role": "GP", "touch": 1, "waits": 3}],
        [{"step": "a", "role": f"Role {i}", "touch": 1} for i in range(7)],
        [["a", "GP", 1]],
    ],
)
def test_a_process_without_its_times_is_refused(rows: object) -> None:
    with pytest.raises(DataError):
        process_map(rows)


# ---- Fishbone, drivers, measures


def test_rows_and_nested_causes_make_the_same_fishbone() -> None:
    nested = fishbone("Late", {"People": {"Few": ["Ill", "Left"]}, "Place": ["Far"]})
    rows = fishbone(
        "Late",
        [
            {"category": "People", "cause": "Few", "why": "Ill"},
            {"category": "Place", "cause": "Far"},
            {"category": "People", "cause": "Few", "why": "Left"},
        ],
    )
    assert nested == rows
    assert len(nested.table) == 3


@pytest.mark.parametrize(
    "causes",
    [{}, {"a": []}, {"a": ["b", "b"]}, {str(i): ["b"] for i in range(9)}, {"a": 3}, {"": ["b"]}],
)
def test_a_fishbone_without_bones_is_refused(causes: object) -> None:
    with pytest.raises(DataError):
        fishbone("Late", causes)


def test_a_driver_without_an_idea_is_named() -> None:
    found = driver_diagram("x", {"a": {"b": []}, "c": ["d"], "e": None})
    assert found.without_idea == ["b", "d", "e"]


def test_rows_and_nested_drivers_make_the_same_diagram() -> None:
    rows = [
        {"primary": "a", "secondary": "b", "idea": "i"},
        {"primary": "a", "secondary": "b", "idea": "j"},
        {"primary": "c"},
    ]
    assert driver_diagram("x", rows) == driver_diagram("x", {"a": {"b": ["i", "j"]}, "c": {}})


def test_a_diagram_takes_its_aim_from_a_charter() -> None:
    one = charter("Calls answered", **WHOLE)
    assert driver_diagram(one, {"a": "b"}).aim == one.aim


@pytest.mark.parametrize(
    "drivers", [{}, [], [{"primary": "a", "idea": "i"}], {"a": 3}, {"a": {"b": 3}}]
)
def test_a_diagram_without_drivers_is_refused(drivers: object) -> None:
    with pytest.raises(DataError):
        driver_diagram("x", drivers)


@pytest.mark.parametrize("kind", ["outcome", "process", "balancing"])
def test_a_family_that_lacks_a_kind_is_refused_with_an_example(kind: str) -> None:
    whole = {"outcome": "Wait", "process": "Texts sent", "balancing": "Ring-backs"}
    with pytest.raises(DataError, match=f"no {kind} measure yet: name .* such as"):
        measures_family(**{**whole, kind: None})


def test_a_measure_belongs_to_one_kind() -> None:
    with pytest.raises(DataError, match="twice"):
        measures_family(outcome="Wait", process="Texts", balancing="wait")


def test_too_many_measures_are_said() -> None:
    family = measures_family(
        outcome=[f"o{i}" for i in range(5)], process=["p"], balancing=["b", "c", "d"]
    )
    assert "hard to keep up" in family.explain()

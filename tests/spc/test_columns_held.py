"""What may stand in a column or an argument, and the one sentence where it may not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import ChartError
from pcqa_teach.spc import chart

DAYS = pd.date_range("2024-01-01", periods=24, freq="MS")
VALUES = np.random.default_rng(7).normal(50, 5, 24).round(1)
GOOD = pd.DataFrame({"x": DAYS, "value": VALUES})


def refused(frame: pd.DataFrame, **options: object) -> str:
    with pytest.raises(ChartError) as caught:
        chart(frame, **options)
    return str(caught.value)


def test_yes_and_no_are_no_measurements_but_of_a_chart_of_yes_and_no():
    yes_no = GOOD.assign(value=GOOD["value"] > 55)
    assert "holds yes and no" in refused(yes_no)
    assert "holds yes and no" in refused(yes_no.astype({"value": object}))
    ours = chart(yes_no, kind="bernoulli_cusum", settings={"p0": 0.2})
    assert len(ours.points) == 24


@pytest.mark.parametrize("name", ["x", "value", "g"])
def test_a_list_in_a_cell_is_one_sentence(name):
    frame = GOOD.assign(g="a").astype({name: object})
    frame[name] = [[1]] * 24
    assert f"Column '{name}'" in refused(frame, by="g")


def test_a_complex_number_is_no_measurement():
    assert "is not a number" in refused(GOOD.assign(value=VALUES + 2j))


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_cell_is_an_empty_one(blank):
    texts = GOOD.assign(value=[str(value) for value in VALUES]).astype({"value": object})
    texts.loc[3, "value"] = blank
    assert np.isnan(chart(texts).points["y"][3])
    written = GOOD.assign(x=DAYS.strftime("%d/%m/%Y")).astype({"x": object})
    written.loc[3, "x"] = blank
    assert "is empty in row 4" in refused(written)


@pytest.mark.parametrize(
    ("text", "said"),
    [("03/13/2024", "has its month first in row 2: write dates day first"),
     ("01/01/1999", "is before 2000 or after 2099 in row 2"),
     ("soon", "is not a date in row 2: write dates as")],
)  # fmt: skip
def test_what_is_wrong_with_a_date_is_said(text, said):
    frame = pd.DataFrame({"x": ["01/02/2024", text, "03/02/2024"], "value": [1, 2, 3]})
    assert said in refused(frame)
    assert text not in refused(frame)


def test_one_wrong_cell_is_it_and_two_are_them():
    texts = [str(value) for value in VALUES]
    one = GOOD.assign(value=["?", *texts[1:]])
    two = GOOD.assign(value=["?", "?", *texts[2:]])
    assert "mend it, or leave it empty" in refused(one)
    assert "mend them, or leave them empty" in refused(two)


def test_the_hour_that_comes_twice_is_named():
    hours = pd.date_range("2025-10-26", periods=30, freq="h", tz="Europe/London")
    frame = pd.DataFrame({"x": hours, "value": range(30)})
    assert "an hour that comes twice, when the clocks go back" in refused(frame)
    assert len(chart(frame.assign(x=hours.tz_convert("UTC"))).points) == 30


@pytest.mark.parametrize("nothing", [None, float("nan"), "", pd.NA])
def test_a_reason_that_is_missing_is_no_reason(nothing):
    said = chart(GOOD, rebase={DAYS[12]: nothing}).explain()
    assert "without a stated reason" in said
    assert "nan" not in said


@pytest.mark.parametrize("kind", ["p", "np", "c"])
def test_no_count_can_have_a_target_below_nought(kind):
    counts = GOOD.assign(value=3, n=60)
    assert "target= is below 0" in refused(counts, kind=kind, target=-0.1)


@pytest.mark.parametrize("value", ["no", "False", 0, 1])
def test_screening_is_yes_or_no(value):
    assert "screen is" in refused(GOOD, screen=value)
    assert chart(GOOD, screen=True).screen is True


def test_a_whole_number_may_be_written_with_a_point():
    assert chart(GOOD, baseline=12.0).limits["points"].tolist() == [12]
    assert "neither a date nor a whole number" in refused(GOOD, baseline=12.5)
    assert "neither a date nor a whole number" in refused(GOOD, baseline=True)


def test_a_presets_name_says_so_where_its_runs_are_of_another_length():
    assert (
        "(Nelson's eight tests, with runs of 6)"
        in chart(GOOD, rules="nelson", run_length=6).explain()
    )
    assert "(NHS England Making Data Count)" in chart(GOOD).explain()
    assert "(NHS England Making Data Count)" in chart(GOOD, run_length=7).explain()


def test_two_rules_of_one_name_are_told_how_to_be_two():
    assert "rule(own_rule, name=" in refused(GOOD, rules=[lambda e: e.y > 1, lambda e: e.y > 2])
    assert "of two presets, give one" in refused(GOOD, rules=["mdc", "nelson"])


def test_without_rules_nothing_is_judged_and_nothing_is_said_to_be():
    ours = chart(GOOD, rules=[])
    for said in (ours.message, ours.alt_text, ours.explain()):
        assert "no rules were asked for" in said.lower()
        assert "steady" not in said
    assert "chasing chance" not in ours.explain()


def test_a_run_chart_has_no_limits_to_measure_from():
    assert "measures from limits" in refused(GOOD, kind="run", rules=["outside", "two_of_three"])
    assert chart(GOOD, kind="run", rules=["shift"]).points["shift"].dtype == bool


def test_denominators_of_nought_are_named_as_what_is_wrong():
    assert "denominator is 0" in refused(GOOD.assign(value=0, n=0), kind="p")


def test_averages_that_move_more_than_their_subgroups_are_owned_up_to():
    rng = np.random.default_rng(4)
    months = np.repeat(DAYS, 5)
    calm = pd.DataFrame({"x": months, "value": rng.normal(50, 2, 120)})
    moving = calm.assign(value=calm["value"] + np.repeat(rng.normal(0, 8, 24), 5))
    assert "too narrow" in chart(moving, kind="xbar").explain()
    assert "too narrow" not in chart(calm, kind="xbar").explain()


def test_hundreds_of_groups_are_not_explained_one_by_one():
    rng = np.random.default_rng(1)
    many = pd.DataFrame(
        {"x": np.tile(np.arange(12), 300), "value": rng.normal(0, 1, 3600),
         "g": np.repeat(np.arange(300), 12)}
    )  # fmt: skip
    said = chart(many, by="g").explain()
    assert "300 charts, too many to explain one by one" in said
    assert len(said) < 2000

"""A prediction that knows the result is none."""

from __future__ import annotations

import pandas as pd
import pytest

from pcqa_teach import spc
from pcqa_teach.errors import DataError
from pcqa_teach.juran import pdsa_log

TEST = {"change": "Text a result", "prediction": "No ring-back", "predicted_on": "3/2/2026"}
DONE = {**TEST, "done_on": "4/2/2026", "value": 2}


@pytest.mark.parametrize(
    ("low", "high", "compared"),
    [
        (0, 2, "as predicted"),
        (2, 3, "as predicted"),
        (3, None, "lower than predicted"),
        (None, 1, "higher than predicted"),
        (None, None, "not compared"),
    ],
)
def test_a_result_is_held_against_its_range(low: object, high: object, compared: str) -> None:
    log = pdsa_log([{**DONE, "low": low, "high": high}])
    assert log.table["compared"].tolist() == [compared]


def test_words_are_compared_by_the_team() -> None:
    said = {**TEST, "done_on": "4/2/2026", "result": "Two rang back"}
    log = pdsa_log([{**said, "as_predicted": False}, {**said, "as_predicted": True}, said])
    assert log.table["compared"].tolist() == ["not as predicted", "as predicted", "not compared"]


def test_a_result_needs_a_prediction_first() -> None:
    with pytest.raises(DataError, match="Prediction of test 1 is empty: write what you expect"):
        pdsa_log([{**DONE, "prediction": " "}])
    with pytest.raises(DataError, match="written after the test was done"):
        pdsa_log([{**DONE, "done_on": "2/2/2026"}])


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"change": "x"}],
        [{**TEST, "value": 2}],
        [{**TEST, "decision": "adopt"}],
        [{**DONE, "decision": "celebrate"}],
        [{**DONE, "low": 3, "high": 1}],
        [{**DONE, "value": "2"}],
        [{**DONE, "value": True}],
        [{**TEST, "predicted_on": "3 foo"}],
        [{**TEST, "size": -1}],
        [{**DONE, "as_predicted": "yes"}],
    ],
)
def test_a_log_that_cannot_be_kept_is_refused(rows: object) -> None:
    with pytest.raises(DataError):
        pdsa_log(rows)


def test_a_table_with_gaps_is_read_as_a_list_is() -> None:
    rows = [{**DONE, "size": 1}, {**TEST, "size": 5}]
    frame = pd.DataFrame(rows)
    frame["done_on"] = pd.to_datetime(frame["done_on"], dayfirst=True)
    assert pdsa_log(frame) == pdsa_log(rows)


@pytest.mark.parametrize(
    ("sizes", "remarks", "says"),
    [
        ([1, 5, 20], ["", "larger", "larger"], "The ramp grows"),
        ([5, 5, 5], ["", "same size", "stalled"], "stalls at test 3"),
        ([1, 20], ["", "a large jump"], "a smaller step is safer"),
        ([5, 1], ["", "smaller"], "does not grow"),
        ([0, 5, None], ["", "", "size not given"], "The ramp grows"),
        ([None, 3], ["size not given", ""], "Too few sizes"),
    ],
)
def test_a_ramp_says_whether_it_grows(sizes: list[object], remarks: list[str], says: str) -> None:
    log = pdsa_log([{**TEST, "size": size} for size in sizes])
    assert log.ramp["remark"].tolist() == remarks
    assert says in log.ramp_words


def test_predictions_that_always_come_true_teach_little() -> None:
    assert "too safe" in pdsa_log([{**DONE, "high": 5}] * 3).explain()
    assert "teaches most" in pdsa_log([{**DONE, "high": 1}] * 3).explain()


def _chart(**options: object) -> spc.Chart:
    weeks = pd.date_range("2026-01-05", periods=20, freq="W-MON")
    frame = pd.DataFrame({"x": weeks, "value": [20.0, 22, 19, 21] * 5})
    return spc.chart(frame, **options)  # type: ignore[arg-type]


def test_tests_lie_on_the_chart_at_their_dates() -> None:
    log = pdsa_log([DONE, {**TEST, "predicted_on": "1/1/2030"}])
    picture = log.on(_chart())
    assert "test 1 on 4 Feb 2026" in picture.alt
    assert "test 2" not in picture.alt


def test_a_chart_without_dates_has_no_place_for_a_test() -> None:
    numbers = spc.chart(pd.DataFrame({"x": [1, 2, 3], "value": [1.0, 2, 3]}))
    with pytest.raises(DataError, match="no dates"):
        pdsa_log([DONE]).on(numbers)

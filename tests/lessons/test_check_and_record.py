"""Ungraded hints, and results carried to the report."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.errors import LessonError
from pcqa_teach.lessons import record as record_function
from pcqa_teach.lessons.record import Results, _plain


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "No answer yet"),
        (4, "Yes: four."),
        (5, "Count the gaps, not the points."),
        (7, "Look once more"),
        (object(), "could not be read"),
    ],
)
def test_check_says_one_friendly_sentence(
    answer: object, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    hints = {"points": (5, "Count the gaps, not the points.")}
    returned = pcqa.check(answer, expect=4, misconceptions=hints, well_done="Yes: four.")
    assert returned is None
    printed = capsys.readouterr().out
    assert said in printed
    assert printed.count("\n") == 1


def test_check_names_the_parts_that_are_in_place(capsys: pytest.CaptureFixture[str]) -> None:
    pcqa.check({"mean": 5, "upper": 1}, expect={"mean": 5, "upper": 9})
    assert "In place: mean. Look again at: upper." in capsys.readouterr().out


def test_results_travel_in_the_outputs_metadata_as_plain_data() -> None:
    kept = {
        name: _plain(name, value)
        for name, value in {
            "mean": np.float64(6.66),
            "weeks": np.int64(26),
            "first": dt.date(2019, 3, 1),
            "last": pd.Timestamp("2020-02-01"),
            "gap": float("nan"),
            "stable": True,
        }.items()
    }
    data, about = Results(kept)._repr_mimebundle_()
    assert json.loads(json.dumps(about)) == {
        "pcqa": {
            "results": {
                "mean": 6.66,
                "weeks": 26,
                "first": "2019-03-01",
                "last": "2020-02-01",
                "gap": None,
                "stable": True,
            }
        }
    }
    assert "<caption>" in data["text/html"]


@pytest.mark.parametrize("value", [pd.DataFrame({"a": [1]}), pd.Series([1, 2]), [1], "x" * 400])
def test_no_row_of_a_table_can_be_recorded(value: object) -> None:
    with pytest.raises(LessonError, match="record"):
        record_function(rows=value)


def test_outside_a_notebook_results_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    pcqa.record(weeks_shown=26)
    assert capsys.readouterr().out == "Weeks shown: 26\n"


def test_labels_change_what_is_shown_and_not_what_is_kept() -> None:
    shown = Results({"mean": 5.83, "low": None}, {"Missed": "mean {mean:.1f}%, from {low:.1f}"})
    data, about = shown._repr_mimebundle_()
    assert str(shown) == "Missed: mean 5.8%, from not known"
    assert "Missed" in data["text/html"]
    labels = {"Missed": "mean {mean:.1f}%, from {low:.1f}"}
    assert about == {"pcqa": {"results": {"mean": 5.83, "low": None}, "labels": labels}}


def test_a_label_may_only_name_what_is_recorded() -> None:
    with pytest.raises(LessonError, match="names 'median', which is not recorded"):
        record_function(mean=5, labels={"Missed": "{median}"})

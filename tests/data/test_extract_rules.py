"""An extract against its dictionary: every planted fault is found, and nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.data import validate
from pcqa_teach.errors import DataError

SUMS = {"booked": ["came", "missed"]}


def _weeks() -> pd.DataFrame:
    came = np.arange(40, 52)
    return pd.DataFrame(
        {"week": np.arange(1, 13), "booked": came + 4, "came": came, "missed": 4}
    ).astype(object)


def _dictionary(**changes: Any) -> pd.DataFrame:
    made = pd.DataFrame(
        {
            "column": ["week", "booked", "came", "missed"],
            "meaning": "",
            "unit": "",
            "lowest": [None, 0, 0, 0],
            "highest": [None, 200, None, 50],
        }
    )
    return made.assign(**changes)


def _broken(frame: pd.DataFrame) -> dict[str, list[int]]:
    table = validate(frame, _dictionary(), key="week", sums=SUMS).table
    return {rule: rows for rule, rows in zip(table["rule"], table["rows"], strict=True) if rows}


def test_a_sound_extract_breaks_nothing() -> None:
    found = validate(_weeks(), _dictionary(), key="week", sums=SUMS)
    assert found.passed
    assert "none broken" in found.message
    assert "nobody wrote down" in found.explain()


@pytest.mark.parametrize(
    ("row", "name", "value", "rule"),
    [
        (3, "week", 2, "no week twice"),
        (5, "came", None, "came: no empty cell"),
        (6, "booked", 900, "booked: 0 to 200"),
        (7, "missed", -1, "missed: 0 to 50"),
        (8, "came", -2, "came: 0 or more"),
        (9, "missed", 5, "booked = came + missed"),
    ],
)
def test_each_fault_is_found_in_its_row(row: int, name: str, value: Any, rule: str) -> None:
    weeks = _weeks()
    weeks.loc[row, name] = value
    if rule not in ("no week twice", "came: no empty cell", "booked = came + missed"):
        found = _broken(weeks)
        assert found.pop("booked = came + missed") == [row + 1]
    else:
        found = _broken(weeks)
    assert found == {rule: [row + 1]}


def test_many_rows_are_named_in_part() -> None:
    weeks = pd.concat([_weeks()] * 3, ignore_index=True)
    found = validate(weeks, _dictionary(), key="week", sums=SUMS)
    assert "and 12 more" in found.explain()
    assert "24 rows" in found.data_table().frame["Broken in"].iloc[0]


def test_one_that_the_other_lacks_is_an_error() -> None:
    with pytest.raises(DataError, match="'extra' is not in the dictionary"):
        validate(_weeks().assign(extra=1), _dictionary(), key="week")
    with pytest.raises(DataError, match="'came' is not in the extract"):
        validate(_weeks().drop(columns="came"), _dictionary(), key="week")


def test_words_where_numbers_are_bounded_are_an_error() -> None:
    with pytest.raises(DataError, match="is not a number"):
        validate(_weeks().assign(missed="few"), _dictionary(), key="week")


def test_it_shows_itself_as_a_table() -> None:
    assert "<table" in validate(_weeks(), _dictionary(), key="week", sums=SUMS)._repr_html_()

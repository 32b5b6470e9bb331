"""What a table's columns hold is taken as meant, or refused with the rows that are wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from pcqa_teach import columns
from pcqa_teach.errors import DataError


def frame(*cells: Any) -> pd.DataFrame:
    """Give a table with one column, n."""
    return pd.DataFrame({"n": list(cells)})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ([1], "The table must be a pandas DataFrame"),
        (pd.DataFrame({"n": []}), "The table has no rows"),
        (pd.DataFrame({"m": [1]}), "There is no column 'n' for x=: the table has 'm'"),
        (pd.DataFrame([[1, 2]], columns=["n", "n"]), "'n' is there more than once"),
        (frame(1, "two"), "Column 'n' is not a number in row 2: mend or drop it"),
        (frame(1, True), "holds yes and no"),
        (frame(True, False), "holds yes and no"),
        (frame(1, np.inf, -np.inf), "is infinite in rows 2 and 3: mend or drop them"),
        (frame(1, np.nan), "is empty in row 2"),
        (frame(1, -1), "is below 0 in row 2"),
        (frame(pd.Timestamp("2025-03-31")), "holds dates"),
    ],
)
def test_what_is_no_column_of_numbers_is_refused(table: Any, said: str) -> None:
    with pytest.raises(DataError, match=said):
        columns.amounts(table, "n", "x=")


def test_a_name_that_cannot_be_one_is_not_repeated() -> None:
    with pytest.raises(DataError, match="There is no column of that kind for x="):
        columns.column(frame(1), ["n"], "x=")


def test_empty_cells_and_numbers_below_nought_may_be_allowed() -> None:
    read = columns.amounts(frame(1, None, -2), "n", "x=", low=None, gaps=True)
    np.testing.assert_array_equal(read, [1, np.nan, -2])


@pytest.mark.parametrize("kind", ["int64", "Int64", "float32", "Float64", "object", "str"])
def test_numbers_are_numbers_however_they_are_kept(kind: str) -> None:
    read = columns.whole_amounts(frame(1, 2, 3).astype(kind), "n", "x=")
    assert read.dtype == np.float64
    assert read.tolist() == [1, 2, 3]


def test_parts_of_a_whole_are_no_counts() -> None:
    with pytest.raises(DataError, match="is not a whole number in row 2"):
        columns.whole_amounts(frame(1, 1.5), "n", "x=")


@pytest.mark.parametrize(
    "cells",
    [["01/03/2025", "2025-03-02"], pd.period_range("2025-03-01", periods=2, freq="D"),
     pd.date_range("2025-03-01", periods=2), pd.date_range("2025-03-01", periods=2, tz="UTC")],
    ids=["text", "periods", "dates", "zone"],
)  # fmt: skip
def test_dates_are_read_however_they_are_kept(cells: Any) -> None:
    read = columns.times(pd.Series(cells), "week")
    assert read.dt.day.tolist() == [1, 2]
    assert read.dt.tz is None


@pytest.mark.parametrize("cells", [["soon"], [5], [True]])
def test_what_is_no_date_is_refused(cells: list[Any]) -> None:
    with pytest.raises(DataError, match="Column 'week' is not a date in row 1: write dates as"):
        columns.times(pd.Series(cells), "week")


def test_no_cell_of_text_is_repeated() -> None:
    for read in (columns.amounts, lambda f, n, w: columns.times(f[n], n)):
        with pytest.raises(DataError) as caught:
            read(frame("Jo Bloggs", "a secret"), "n", "x=")
        assert "secret" not in str(caught.value)
        assert "Bloggs" not in str(caught.value)


@pytest.mark.parametrize(
    "rows", ["step", 5, [1], pd.DataFrame([[1, 2]], columns=["step", "step"]), [], [{"role": "GP"}],
             [{"step": "a", "other": "b"}]],
)  # fmt: skip
def test_rows_that_lack_what_is_needed_are_refused(rows: Any) -> None:
    with pytest.raises(DataError):
        columns.records(rows, "process_map", ["step"], ["role"])


def test_rows_may_be_a_table_with_other_columns_or_one_dict() -> None:
    wanted = [{"step": "a", "role": None}]
    assert columns.records({"step": "a"}, "map", ["step"], ["role"]) == wanted
    table = pd.DataFrame({"step": ["a"], "role": [np.nan], "other": [1]})
    assert columns.records(table, "map", ["step"], ["role"]) == wanted

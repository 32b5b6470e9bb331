"""No small count is shown, nor can one be found by subtraction."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pcqa_teach.errors import DataError
from pcqa_teach.variation import held_back, shareable

counts = st.lists(st.integers(0, 30), min_size=1, max_size=6)
tables = st.integers(2, 4).flatmap(
    lambda wide: st.lists(
        st.lists(st.integers(0, 12), min_size=wide, max_size=wide), min_size=2, max_size=4
    )
)


def _number(cell: str) -> float:
    return float(cell.replace(",", "")) if cell.replace(",", "").isdigit() else np.nan


@pytest.mark.parametrize(
    ("given_counts", "held"),
    [
        ([40, 12, 3, 0, 5], [False, False, True, False, True]),
        ([40, 3, 2], [False, True, True]),
        ([9, 2, 1], [True, True, True]),  # 2 and 1 together are 3: the 9 goes with them
        ([40, 12, 6], [False, False, False]),
        ([40, 12, 4, 4], [False, True, True, True]),  # 8 hidden in two small counts are 4 and 4
        ([40, 12, 1, 1, 1, 1, 1], [False, *[True] * 6]),  # and 5 in five are 1 each
        ([0, 0], [False, False]),
    ],
)
def test_a_list_with_a_known_total(given_counts: list[int], held: list[bool]) -> None:
    assert held_back(pd.Series(given_counts)).tolist() == held


@given(counts)
def test_no_small_count_of_a_list_is_shown_and_none_is_the_rest(values: list[int]) -> None:
    shown = shareable(pd.Series(values)).map(_number)
    assert not shown.between(1, 4).any()
    *parts, total = shown
    hidden = np.isnan(parts)
    if hidden.any() and total == total:
        assert hidden.sum() > 1
        assert total - np.nansum(parts) >= 5


@given(st.lists(st.integers(0, 9), min_size=2, max_size=4))
@example([4, 4])
@example([1, 1, 1, 1])
def test_whoever_knows_the_rule_finds_no_small_count(values: list[int]) -> None:
    """The reader tries every list that fits: a small count is 1 to 4, one held back at least 1."""
    shown = shareable(pd.Series(values)).tolist()
    most = sum(values) + 5
    ranges = [
        {"fewer than 5": range(1, 5), "held back": range(1, most)}.get(text) or [int(text)]
        for text in shown
    ]
    lists = [parts for parts in itertools.product(*ranges[:-1]) if sum(parts) in ranges[-1]]
    assert tuple(values) in lists
    for place, text in enumerate(shown[:-1]):
        assert text != "fewer than 5" or len({parts[place] for parts in lists}) > 1


@given(tables)
@example([[0, 1, 0], [0, 4, 1], [2, 0, 3]])  # the lines at fault have nothing left to hide
def test_no_hidden_cell_of_a_table_follows_from_its_totals(rows: list[list[int]]) -> None:
    """A cell is safe when two tables fit all that is shown and differ in it."""
    table = pd.DataFrame(rows).to_numpy(dtype=float)
    shown = shareable(pd.DataFrame(rows)).map(_number).to_numpy()
    assert not ((shown >= 1) & (shown <= 4)).any()
    whole = np.pad(table, ((0, 1), (0, 1)))
    whole[:-1, -1], whole[-1, :-1], whole[-1, -1] = table.sum(1), table.sum(0), table.sum()
    hidden = np.isnan(shown)
    assert (shown[~hidden] == whole[~hidden]).all()
    down, across = whole.shape
    lines = [[(i, j) for j in range(across)] for i in range(down)]
    lines += [[(i, j) for i in range(down)] for j in range(across)]
    places = list(map(tuple, np.argwhere(hidden)))
    sums = np.zeros((len(lines), len(places)))
    for (number, line), (column, place) in itertools.product(enumerate(lines), enumerate(places)):
        if place in line:
            sums[number, column] = -1.0 if place == line[-1] else 1.0
    for column in range(len(places)):
        alone = np.eye(len(places))[column]
        with_it = np.linalg.matrix_rank(np.vstack([sums, alone]))
        assert with_it > np.linalg.matrix_rank(sums)


def test_the_texts_name_small_counts_and_those_that_go_with_them() -> None:
    shown = shareable(pd.Series({"a": 1200, "b": 4, "c": 6, "d": 0}))
    assert shown.tolist() == ["1,200", "fewer than 5", "held back", "0", "1,210"]
    assert shown.index.tolist() == ["a", "b", "c", "d", "Total"]


@pytest.mark.parametrize(
    "bad", [pd.Series([1.5]), pd.Series([-1]), pd.Series([], dtype=float), [3]]
)
def test_what_is_no_count_is_refused(bad: object) -> None:
    with pytest.raises(DataError):
        held_back(bad)  # type: ignore[arg-type]


@pytest.mark.parametrize("parts", [[40, 1, 5], [400, 300, 1, 5], [40, 4, 5]])
def test_what_is_held_back_is_not_found_as_the_only_count_that_fits(parts: list[int]) -> None:
    """ "Held back" is never 1 to 4, so beside a 1 and a total of 6 it could only be 5."""
    *shown, total = shareable(pd.Series(parts))
    assert total.isdigit()
    ways = {"fewer than 5": range(1, 5), "held back": range(5, int(total) + 1)}
    every = [ways.get(text) or [int(text)] for text in shown]
    fits = [one for one in itertools.product(*every) if sum(one) == int(total)]
    assert tuple(parts) in fits
    assert all(len({one[place] for one in fits}) > 1
               for place, text in enumerate(shown) if text in ways)  # fmt: skip

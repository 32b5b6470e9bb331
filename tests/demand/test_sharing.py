"""Small numbers: what is printed can never be turned back into a count from 1 to 4."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach.demand import sharing

COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=12).map(lambda n: np.array(n, float))


@given(COUNTS)
def test_no_small_count_is_shown(counts):
    assert not sharing.small(counts[~sharing.hidden(counts)]).any()


@given(COUNTS)
def test_no_hidden_count_is_alone_unless_it_is_all_there_is(counts):
    held = sharing.hidden(counts)
    assert held.sum() != 1 or (counts[~held] == 0).all()


@given(COUNTS)
def test_what_is_hidden_adds_up_to_five_or_more_unless_nothing_else_is_left(counts):
    held = sharing.hidden(counts)
    assert not held.any() or counts[held].sum() >= 5 or (counts[~held] == 0).all()


@given(COUNTS)
def test_rows_added_into_one_lose_no_contact_and_leave_no_small_row(counts):
    rows = pd.DataFrame({"cause": [f"c{i}" for i in range(len(counts))], "count": counts})
    rows["share"] = 100 * counts / 400
    after = sharing.pooled(rows, "cause", "others", 400.0)
    assert after["count"].sum() == counts.sum()
    assert not sharing.small(after["count"].to_numpy(float)).any() or counts.sum() < 5

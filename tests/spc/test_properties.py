"""What holds for any series."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcqa_teach.errors import PcqaError
from pcqa_teach.spc import chart

steps = st.integers(-40, 40).map(float)
value = st.one_of(steps, st.just(np.nan))
values = st.lists(value, min_size=4, max_size=40).filter(lambda v: np.isfinite(v).sum() >= 2)
KINDS = ["xmr", "run", "mr"]


def frame_of(series) -> pd.DataFrame:
    return pd.DataFrame({"x": np.arange(len(series)), "value": series})


@settings(deadline=None, max_examples=60)
@given(
    st.lists(values, min_size=1, max_size=5),
    st.sampled_from(KINDS),
    st.booleans(),
    st.integers(0, 3),
)
def test_by_equals_a_loop_of_single_charts_bit_for_bit(many, kind, screen, cut):
    frames = [frame_of(np.array(one) * 0.1).assign(g=f"g{i}") for i, one in enumerate(many)]
    options = {"kind": kind, "screen": screen, "improvement": "down", "target": 3}
    options |= {"rules": ["outside", "shift", "trend", "two_of_three", "anhoej"]}
    if cut:
        options |= {"rebase": {2: "why"}, "exclude": [cut]}
    whole = chart(pd.concat(frames), by="g", **options)
    for name in ("points", "limits", "icons"):
        loop = [getattr(chart(one, **options), name).assign(g=one["g"].iloc[0]) for one in frames]
        together = pd.concat(loop, ignore_index=True)[getattr(whole, name).columns]
        pd.testing.assert_frame_equal(getattr(whole, name), together, check_exact=True)


@settings(deadline=None, max_examples=60)
@given(values, st.sampled_from(KINDS), st.integers(0, 6))
def test_a_group_picked_out_says_what_its_own_chart_says(series, kind, cut):
    frame = frame_of(series)
    options = {"kind": kind, "improvement": "up"} | ({"baseline": 2} if cut > 3 else {})
    other = frame_of([1.0, 2.0, 3.0, 4.0])
    both = pd.concat([other.assign(g="o"), frame.assign(g="mine")])
    mine = chart(both, by="g", title="T", **options).single("mine")
    alone = chart(frame, title="T, mine", **options)
    assert mine.explain() == alone.explain()
    assert mine.alt_text == alone.alt_text
    pd.testing.assert_frame_equal(mine.arithmetic(), alone.arithmetic())


@settings(deadline=None, max_examples=60)
@given(values, st.sampled_from(KINDS))
def test_nothing_given_is_changed(series, kind):
    frame = frame_of(series)[::-1].assign(n=7)
    frame.attrs["pcqa"] = {"title": "T", "notes": ["a"]}
    before = frame.copy(deep=True)
    ours = chart(frame, kind=kind)
    ours.explain(), ours.arithmetic(), ours.to_dict()
    ours.points.loc[:, "y"] = 0.0
    pd.testing.assert_frame_equal(frame, before)
    assert frame.attrs == before.attrs


@settings(deadline=None, max_examples=80)
@given(values, st.integers(-1000, 1000), st.sampled_from([0.25, 0.5, 2.0, 64.0]))
def test_limits_move_and_stretch_with_the_values(series, move, stretch):
    plain = chart(frame_of(series))
    moved = chart(frame_of(np.array(series) * stretch + move))
    for name in ("centre", "lower", "upper", "lower2", "upper2"):
        np.testing.assert_allclose(
            moved.points[name], plain.points[name] * stretch + move, rtol=1e-9, atol=1e-9
        )
    rules = [rule.name for rule in plain.rules]
    pd.testing.assert_frame_equal(moved.points[rules], plain.points[rules])


@settings(deadline=None, max_examples=60)
@given(values)
def test_upside_down_swaps_improvement_and_concern(series):
    plain = chart(frame_of(series), improvement="up")
    turned = chart(frame_of(-np.array(series)), improvement="down")
    assert plain.points["verdict"].tolist() == turned.points["verdict"].tolist()


anything = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.none(),
    st.text(max_size=3),
    st.integers(-(10**20), 10**20),
    st.booleans(),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(anything, max_size=12), st.sampled_from(KINDS))
def test_anything_gives_a_chart_or_a_sentence(cells, kind):
    frame = pd.DataFrame({"x": np.arange(len(cells)), "value": pd.Series(cells, dtype=object)})
    try:
        ours = chart(frame, kind=kind, improvement="down", target=1)
    except PcqaError:
        return
    assert ours.explain()
    assert ours.alt_text


@pytest.mark.parametrize("size", [2, 3, 12, 13])
def test_every_length_from_two_makes_a_chart(size):
    ours = chart(frame_of(np.arange(size) % 2))
    assert ours.limits["trial"][0] == (size < 13)

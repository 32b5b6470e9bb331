"""What holds for any series."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcqa_teach.errors import PcqaError
from pcqa_teach.spc import CHARTS, chart

steps = st.integers(-40, 40).map(float)
value = st.one_of(steps, st.just(np.nan))
values = st.lists(value, min_size=4, max_size=40).filter(lambda v: np.isfinite(v).sum() >= 2)
KINDS = list(CHARTS)
SUBGROUPS = [kind for kind in KINDS if CHARTS[kind].grouped]


def frame_of(series, kind: str = "xmr") -> pd.DataFrame:
    """Turn whole numbers of -40 to 40, or gaps, into what the kind of chart takes."""
    y = np.asarray(series, dtype=float)
    about = CHARTS[kind]
    if about.grouped:  # three rows a point
        x = np.repeat(np.arange(len(y)), 3)
        apart = np.tile([-1.0, 0.0, 2.0], len(y)) * (x % 4)
        return pd.DataFrame({"x": x, "value": np.repeat(y, 3) + apart})
    if about.holds == "yes-no":
        y = np.where(np.isnan(y), np.nan, y > 10)
    elif about.holds != "values":
        y = np.abs(y)
    frame = pd.DataFrame({"x": np.arange(len(y)), "value": y})
    if about.sized:
        frame["n"] = 40.0 + 7 * (np.arange(len(y)) % 5)
    return frame


@settings(deadline=None, max_examples=8)
@given(
    st.lists(values, min_size=1, max_size=4),
    st.booleans(),
    st.integers(0, 3),
)
@pytest.mark.parametrize("kind", KINDS)
def test_by_equals_a_loop_of_single_charts_bit_for_bit(kind, many, screen, cut):
    about = CHARTS[kind]
    tenth = 0.1 if about.holds in ("values", "amounts") else 1.0
    frames = [frame_of(one, kind).assign(g=f"g{i}") for i, one in enumerate(many)]
    frames = [one.assign(value=one["value"] * tenth) for one in frames]
    options = {"kind": kind, "screen": screen, "improvement": "down"}
    options |= {"target": 0.5} if about.aims else {}
    limited = [] if kind == "run" else ["outside", "two_of_three"]
    options |= {"rules": [*limited, "shift", "trend", "anhoej"]}
    if cut:
        options |= {"rebase": {2: "why"}, "exclude": [cut]}
    whole = chart(pd.concat(frames), by="g", **options)
    for name in ("points", "limits", "icons"):
        loop = [getattr(chart(one, **options), name).assign(g=one["g"].iloc[0]) for one in frames]
        together = pd.concat(loop, ignore_index=True)[getattr(whole, name).columns]
        pd.testing.assert_frame_equal(getattr(whole, name), together, check_exact=True)


@settings(deadline=None, max_examples=5)
@given(values, st.integers(0, 6))
@pytest.mark.parametrize("kind", KINDS)
def test_a_group_picked_out_says_what_its_own_chart_says(kind, series, cut):
    frame = frame_of(series, kind)
    options = {"kind": kind, "improvement": "up"} | ({"baseline": 2} if cut > 3 else {})
    other = frame_of([1.0, 2.0, 3.0, 4.0], kind)
    both = pd.concat([other.assign(g="o"), frame.assign(g="mine")])
    mine = chart(both, by="g", title="T", **options).single("mine")
    alone = chart(frame, title="T, mine", **options)
    assert mine.explain() == alone.explain()
    assert mine.alt_text == alone.alt_text
    pd.testing.assert_frame_equal(mine.arithmetic(), alone.arithmetic())


@settings(deadline=None, max_examples=5)
@given(values)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_given_is_changed(kind, series):
    frame = frame_of(series, kind)[::-1].assign(g="one")
    frame["n"] = frame.get("n", 7.0)
    frame.attrs["pcqa"] = {"title": "T", "notes": ["a"]}
    before = frame.copy(deep=True)
    ours = chart(frame, kind=kind, by="g")
    ours.explain(), ours.arithmetic(), ours.to_dict()
    ours.points.loc[:, ["y", "n"]] = 0.0
    ours.points.loc[:, "g"] = "other"
    pd.testing.assert_frame_equal(frame, before)
    assert frame.attrs == before.attrs


@settings(deadline=None, max_examples=6)
@given(values, st.randoms(use_true_random=False))
@pytest.mark.parametrize("kind", KINDS)
def test_rows_in_any_order_make_the_same_chart_bit_for_bit(kind, series, chance):
    frame = frame_of(series, kind)
    rows = list(range(len(frame)))
    chance.shuffle(rows)
    plain, mixed = chart(frame, kind=kind), chart(frame.iloc[rows], kind=kind)
    pd.testing.assert_frame_equal(plain.points, mixed.points, check_exact=True)
    pd.testing.assert_frame_equal(plain.limits, mixed.limits, check_exact=True)


LINES = ["centre", "lower", "upper", "lower2", "upper2"]


def lines_agree(ours, theirs, factor=1.0, move=0.0) -> None:
    """Say that all lines of ours are those of theirs, times a factor, and moved."""
    for name in ["y", *LINES]:
        np.testing.assert_allclose(
            ours.points[name], theirs.points[name] * factor + move, rtol=1e-7, atol=1e-7
        )


MOVES = {  # what moving all values, and stretching them, does to what is drawn
    **dict.fromkeys(["xmr", "run", "ewma", "xbar"], (1, 1)),
    **dict.fromkeys(["mr", "s", "r"], (0, 1)),
    "cusum": (0, 0),
}


@settings(deadline=None, max_examples=12)
@given(values, st.integers(-1000, 1000), st.sampled_from([0.25, 0.5, 2.0, 64.0]))
@pytest.mark.parametrize("kind", MOVES)
def test_lines_move_and_stretch_with_the_values(kind, series, move, stretch):
    frame, (moves, stretches) = frame_of(series, kind), MOVES[kind]
    plain = chart(frame, kind=kind)
    moved = chart(frame.assign(value=frame["value"] * stretch + move), kind=kind)
    lines_agree(moved, plain, stretch if stretches else 1.0, move if moves else 0.0)
    rules = [rule.name for rule in plain.rules]
    if kind not in SUBGROUPS:  # whose means round differently where they are moved
        pd.testing.assert_frame_equal(moved.points[rules], plain.points[rules])


@settings(deadline=None, max_examples=20)
@given(values, st.sampled_from([0.25, 4.0, 64.0]))
@pytest.mark.parametrize("kind", ["t", "i_prime"])
def test_lines_stretch_with_times_and_amounts(kind, series, stretch):
    frame = frame_of(series, kind)
    stretched = chart(frame.assign(value=frame["value"] * stretch), kind=kind)
    lines_agree(stretched, chart(frame, kind=kind), stretch)


@settings(deadline=None, max_examples=20)
@given(values, st.sampled_from([2, 3, 10]))
@pytest.mark.parametrize("kind", ["p", "u", "p_prime", "u_prime", "i_prime"])
def test_more_of_the_same_leaves_rates_and_narrows_only_what_chance_alone_widens(
    kind, series, more
):
    frame = frame_of(series, kind)
    plain = chart(frame, kind=kind).points
    many = chart(frame.assign(value=frame["value"] * more, n=frame["n"] * more), kind=kind).points
    np.testing.assert_allclose(many[["y", "centre"]], plain[["y", "centre"]], rtol=1e-9)
    inside = plain["upper2"] < 1
    wide = (plain["upper2"] - plain["centre"])[inside]
    narrowed = wide / np.sqrt(more) if kind in ("p", "u") else wide
    np.testing.assert_allclose(
        (many["upper2"] - many["centre"])[inside], narrowed, rtol=1e-7, atol=1e-9
    )


@settings(deadline=None, max_examples=20)
@given(values)
def test_np_is_p_times_n(series):
    frame = frame_of(series, "p")
    share, count = chart(frame, kind="p").points, chart(frame, kind="np").points
    for name in ("y", *LINES):
        np.testing.assert_allclose(share[name] * frame["n"], count[name], rtol=1e-9, atol=1e-9)


@settings(deadline=None, max_examples=8)
@given(values, st.randoms(use_true_random=False))
@pytest.mark.parametrize("kind", ["c", "u", "p", "g", "xbar", "s", "r", "run"])
def test_lines_from_counts_and_spreads_do_not_ask_when(kind, series, chance):
    frame = frame_of(series, kind)
    dates = frame["x"].unique().tolist()
    chance.shuffle(dates)
    other = chart(frame.assign(x=frame["x"].map(dict(enumerate(dates)))), kind=kind)
    plain = chart(frame, kind=kind)
    by_date = other.points.set_index("x").loc[dates].reset_index(drop=True)
    np.testing.assert_allclose(by_date[LINES], plain.points[LINES], rtol=1e-9, atol=1e-9)


@settings(deadline=None, max_examples=30)
@given(values)
def test_upside_down_swaps_improvement_and_concern(series):
    plain = chart(frame_of(series), improvement="up")
    turned = chart(frame_of(-np.array(series)), improvement="down")
    assert plain.points["verdict"].tolist() == turned.points["verdict"].tolist()


@settings(deadline=None, max_examples=30)
@given(values, st.floats(0.05, 1.0))
def test_an_ewma_is_what_its_recursion_says(series, weight):
    ours = chart(frame_of(series), kind="ewma", settings={"lambda_": weight})
    before, centre = ours.limits["centre"][0], []
    for y in series:
        before = before if np.isnan(y) else weight * y + (1 - weight) * before
        centre.append(np.nan if np.isnan(y) else before)
    np.testing.assert_allclose(ours.points["y"], centre, rtol=1e-9, atol=1e-9)


@settings(deadline=None, max_examples=30)
@given(values, st.floats(0.1, 2.0))
def test_both_sums_of_a_cusum_are_what_their_recursion_says(series, k):
    ours = chart(frame_of(series), kind="cusum", settings={"k": k}, constants="d2")
    like = chart(frame_of(series), constants="d2").limits
    high = low = 0.0
    for i, y in enumerate(series):
        z = (y - like["centre"][0]) / like["sigma"][0]
        if np.isnan(y) or np.isnan(z):
            continue
        high, low = max(0.0, high + z - k), min(0.0, low + z + k)
        assert ours.points["y"][i] == pytest.approx(high, abs=1e-8)
        assert ours.points["lower_sum"][i] == pytest.approx(low, abs=1e-8)


anything = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.none(),
    st.text(max_size=3),
    st.integers(-(10**20), 10**20),
    st.booleans(),
)
whole = st.one_of(st.integers(0, 5), st.integers(0, 10**12), st.just(np.nan))


@settings(deadline=None, max_examples=12)
@given(st.lists(st.tuples(anything, anything), max_size=12), st.booleans())
@pytest.mark.parametrize("kind", KINDS)
def test_anything_gives_a_chart_or_a_sentence(kind, cells, paired):
    gives_a_chart_or_a_sentence(kind, cells, paired)


@settings(deadline=None, max_examples=16)
@given(st.lists(st.tuples(whole, whole), max_size=12), st.booleans())
@pytest.mark.parametrize("kind", KINDS)
def test_any_counts_give_a_chart_or_a_sentence(kind, cells, paired):
    gives_a_chart_or_a_sentence(kind, cells, paired)


def gives_a_chart_or_a_sentence(kind, cells, paired) -> None:
    x = np.arange(len(cells))
    frame = pd.DataFrame({"x": x // 2 if paired else x})
    for i, name in enumerate(("value", "n")):
        frame[name] = pd.Series([pair[i] for pair in cells], dtype=object)
    try:
        ours = chart(frame, kind=kind, improvement="down")
    except PcqaError as error:
        said = str(error)
    else:
        said = ours.message
        assert ours.explain()
        assert ours.alt_text
        lines = ours.points[["lower", "centre", "upper"]].dropna().to_numpy()
        slack = 1e-9 * np.abs(lines).max(initial=0)
        assert (np.diff(lines, axis=1) >= -slack).all() or kind == "g"
    assert "\n" not in said


@pytest.mark.parametrize("size", [2, 3, 12, 13])
def test_every_length_from_two_makes_a_chart(size):
    ours = chart(frame_of(np.arange(size) % 2))
    assert ours.limits["trial"][0] == (size < 13)

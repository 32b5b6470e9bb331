"""Every rule against a slow, plain reading of its definition, on any phases."""

from __future__ import annotations

import math
from itertools import chain, pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcqa_teach.spc import RULES, chart
from pcqa_teach.spc.evidence import Evidence
from pcqa_teach.spc.rules import WHOLE
from pcqa_teach.spc.segments import Segments

RULE_SETTINGS = [
    *[RULES[name] for name in RULES],
    RULES["shift"].with_(k=3),
    RULES["trend"].with_(k=4),
    RULES["two_of_three"].with_(anywhere=True),
    RULES["two_of_three"].with_(between=True),
    RULES["four_of_five"].with_(anywhere=False),
]
NAMES = [f"{rule.name} {dict(rule.options)}" for rule in RULE_SETTINGS]
every_rule = pytest.mark.parametrize("rule", RULE_SETTINGS, ids=NAMES)

halves = st.sampled_from([step / 2 for step in range(-8, 9)])
block = st.one_of(
    st.lists(halves, max_size=12),
    st.builds(lambda v, n: [v] * n, halves, st.integers(1, 17)),
    st.builds(lambda a, b, n: ([a, b] * n)[:n], halves, halves, st.integers(2, 18)),
    st.builds(lambda v, n, way: [v + way * i / 4 for i in range(n)], halves, st.integers(2, 9),
              st.sampled_from([1, -1])),
    st.lists(st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0]), min_size=10, max_size=16),
    st.lists(st.sampled_from([-2.5, -1.5, 1.5, 2.5]), min_size=6, max_size=10),
)  # fmt: skip
phase = st.lists(block, min_size=1, max_size=4).map(lambda parts: list(chain(*parts))).filter(len)
phases = st.lists(phase, min_size=1, max_size=3)


def ask(rule, parts, turn=1) -> list[int]:
    y = turn * np.array([value for part in parts for value in part], dtype=float)
    starts = np.cumsum([0, *[len(part) for part in parts[:-1]]])
    lines = np.zeros_like(y), np.ones_like(y)
    return rule(Evidence(y, *lines, Segments(starts, len(y)))).tolist()


def sign(value: float) -> int:
    return (value > 0) - (value < 0)


def windows(y, k):
    return [range(i, i + k) for i in range(len(y) - k + 1)]


def plain_outside(y):
    return [sign(v) if abs(v) > 3 else 0 for v in y]


def plain_shift(y, k):
    code = [0] * len(y)
    for rows in windows(y, k):
        for way in (1, -1):
            if all(sign(y[i]) == way for i in rows):
                for i in rows:
                    code[i] = way
    return code


def plain_trend(y, k):
    code = [0] * len(y)
    for rows in windows(y, k):
        for way in (1, -1):
            if all(sign(y[i + 1] - y[i]) == way for i in rows[:-1]):
                for i in rows:
                    code[i] = code[i] or way
    return code


def plain_some(y, far, need, k, anywhere):
    code = [0] * len(y)
    for rows in windows(y, k):
        for way in (1, -1):
            hits = [i for i in rows if far[i] == way]
            if len(hits) >= need and (anywhere or all(sign(y[i]) == way for i in rows)):
                for i in hits:
                    code[i] = way
    return code


def plain_two_of_three(y, between, anywhere):
    far = [sign(v) if abs(v) > 2 and not (between and abs(v) > 3) else 0 for v in y]
    return plain_some(y, far, 2, 3, anywhere)


def plain_four_of_five(y, anywhere):
    return plain_some(y, [sign(v) if abs(v) > 1 else 0 for v in y], 4, 5, anywhere)


def plain_pattern(y, k, holds):
    code = [0] * len(y)
    for rows in windows(y, k):
        if holds([y[i] for i in rows]):
            for i in rows:
                code[i] = WHOLE
    return code


def plain_fifteen_within(y):
    return plain_pattern(y, 15, lambda part: all(abs(v) <= 1 for v in part))


def plain_eight_outside(y):
    return plain_pattern(
        y, 8, lambda p: all(abs(v) > 1 for v in p) and {sign(v) for v in p} == {1, -1}
    )


def plain_fourteen_alternating(y):
    def swings(part):
        steps = [sign(b - a) for a, b in pairwise(part)]
        return all(a * b == -1 for a, b in pairwise(steps))

    return plain_pattern(y, 14, swings)


def plain_anhoej(y):
    useful = [i for i, v in enumerate(y) if v != 0]
    code = [0] * len(y)
    if not useful:
        return code
    runs = [[useful[0]]]
    for before, i in pairwise(useful):
        if sign(y[i]) == sign(y[before]):
            runs[-1].append(i)
        else:
            runs.append([i])
    most = round(math.log2(len(useful))) + 3
    tosses, fewest = len(useful) - 1, 0
    while 20 * sum(math.comb(tosses, j) for j in range(fewest + 1)) < 2**tosses:
        fewest += 1
    if max(map(len, runs)) > most or len(runs) - 1 < fewest:
        for run in runs:
            for i in run:
                code[i] = sign(y[i]) if len(run) > most else WHOLE
    return code


PLAIN = {name[6:]: value for name, value in globals().items() if name.startswith("plain_")}


@every_rule
@settings(deadline=None, max_examples=80)
@given(parts=phases)
def test_a_rule_flags_what_its_definition_says_phase_by_phase(rule, parts):
    expected = [code for part in parts for code in PLAIN[rule.name](part, **rule.options)]
    assert ask(rule, parts) == expected


@every_rule
@settings(deadline=None, max_examples=30)
@given(parts=phases)
def test_upside_down_turns_every_flag_and_no_other_point(rule, parts):
    turned = [code if code == WHOLE else -code for code in ask(rule, parts)]
    assert ask(rule, parts, turn=-1) == turned


@every_rule
@settings(deadline=None, max_examples=30)
@given(parts=phases)
def test_backwards_the_same_points_are_flagged(rule, parts):
    back = [part[::-1] for part in parts[::-1]]
    assert (np.array(ask(rule, back)) != 0).tolist() == (np.array(ask(rule, parts)) != 0).tolist()[
        ::-1
    ]


@settings(deadline=None, max_examples=40)
@given(part=phase.filter(lambda part: len(part) > 2), data=st.data())
def test_a_gap_breaks_no_pattern_and_counts_in_none(part, data):
    places = data.draw(st.lists(st.integers(1, len(part) - 1), max_size=3))
    gapped = np.insert(np.array(part), places, np.nan)
    named = ["shift", "trend", "anhoej", "fourteen_alternating"]
    flags = []
    for values in (np.array(part), gapped):
        frame = pd.DataFrame({"x": np.arange(len(values)), "value": values})
        flags.append(chart(frame, kind="run", rules=named).points)
    whole, holed = flags
    gap = np.isnan(gapped)
    assert not holed.loc[gap, "signal"].any()
    assert (holed.loc[~gap, named].to_numpy() == whole[named].to_numpy()).all()

"""Charts of every kind and spacing, read aloud."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach import measures, spc
from pcqa_teach.errors import DataError
from pcqa_teach.measures.reading import when_to_look


def frame(values, freq: str | None = "7D", start: str = "2026-01-05") -> pd.DataFrame:
    places = np.arange(len(values)) + 1
    x = places if freq is None else pd.date_range(start, periods=len(values), freq=freq)
    return pd.DataFrame({"x": x, "value": values})


SPIKE = [5.0, 6.0] * 8 + [40.0]
STEP = [5.0, 6.0] * 8 + [15.0, 16.0] * 8


@pytest.mark.parametrize(
    ("freq", "when"),
    [
        ("7D", "in the week of 27 Apr 2026"),
        ("MS", "in Jun 2027"),
        ("D", "on 21 Jan 2026"),
        (None, "at point 17"),
    ],
)
def test_when_to_look_is_said_as_the_points_are_spaced(freq, when):
    chart = spc.chart(frame(SPIKE, freq), title="Calls")
    assert when_to_look(chart) == when
    assert f"Ask what was different {when}." in measures.in_words(chart)


@pytest.mark.parametrize("options", [{"kind": "run"}, {"rules": ["shift"]}])
def test_a_chart_without_the_rule_outside_is_read_too(weeks, options):
    chart = spc.chart(frame(STEP), title="Calls", **options)
    assert "outside" not in chart.points
    assert "Ask what was different from 27 Apr 2026 on." in measures.in_words(chart)
    asked = measures.questions(weeks(2), activity=chart)
    assert "What made the practice busier or quieter from 27 Apr 2026 on?" in asked


def test_a_pattern_that_has_ended_is_asked_of_until_its_end():
    chart = spc.chart(frame([*STEP, *[9.0, 12.0] * 3]), title="Calls", rules=["shift"])
    assert when_to_look(chart) == "from 27 Apr 2026 to 10 Aug 2026"


def test_a_chart_of_groups_asks_of_each_group():
    both = pd.concat([frame(SPIKE).assign(site="a"), frame(STEP).assign(site="b")])
    assert when_to_look(spc.chart(both, by="site")) == "in each site that is flagged"


def test_a_chart_of_groups_is_no_baseline_of_the_practice(weeks):
    appts = weeks(14)
    split = measures.dna_rate(
        appts.assign(site=pd.Categorical(["a", "b"] * (len(appts) // 2))), by="site"
    )
    for part in (split, spc.chart(split, by="site")):
        with pytest.raises(DataError, match="'dna' is split into groups"):
            measures.baseline_summary(appts, dna=part)


@pytest.mark.parametrize("by", ["zz", ["status"], 5])
@pytest.mark.parametrize(
    "ask",
    [measures.dna_rate, measures.weekly_counts, measures.booked_in_past, measures.booking_gap],
)
def test_a_split_that_cannot_be_made_is_a_sentence(weeks, ask, by):
    appts = weeks(2)
    appts = appts.assign(booking_gap=pd.Categorical(["1 Day"] * len(appts)))
    with pytest.raises(DataError, match=r"cannot be split by it; it can be split by .*status"):
        ask(appts, by=by)
    plain = appts.astype(dict.fromkeys(("period", "status", "source", "booking_gap"), "str"))
    with pytest.raises(DataError, match="cannot be split by it; leave by= out"):
        ask(plain, by=by)


@pytest.mark.parametrize("by", ["booking_gap", "count"])
def test_a_booking_gap_is_not_split_by_itself(weeks, by):
    appts = weeks(2)
    appts = appts.assign(booking_gap=pd.Categorical(["1 Day"] * len(appts)))
    with pytest.raises(DataError, match="cannot be split by"):
        measures.booking_gap(appts, by=by)

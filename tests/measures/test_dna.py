"""Missed appointments, both ways."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcqa_teach.errors import DataError
from pcqa_teach.measures import dna_rate
from pcqa_teach.measures.tidy import tidy

COUNT = st.integers(0, 500)


def week(**counts: int) -> pd.DataFrame:
    """A week that is whole: the first row on Monday, the last outcome on Friday."""
    marks = ["Attended", *[name.replace("_", " ") for name in counts], "Attended"]
    days = ["2026-03-09", *["2026-03-11"] * len(counts), "2026-03-13"]
    return tidy(date=days, status=marks, count=[0, *counts.values(), 0])


def test_unknown_in_counts_it_and_unknown_out_does_not():
    appts = week(Attended=90, DNA=5, Unknown=5)
    inside, outside = dna_rate(appts), dna_rate(appts, unknown="out")
    assert inside[["value", "n"]].values.tolist() == [[5.0, 100.0]]
    assert outside["n"].tolist() == [95]
    assert outside["value"][0] == pytest.approx(100 * 5 / 95)


def test_a_slot_left_booked_in_the_past_counts_as_unknown():
    appts = week(Attended=90, DNA=5, Booked=5)
    assert dna_rate(appts)["n"].tolist() == [100]
    assert dna_rate(appts, unknown="out")["n"].tolist() == [95]


def test_walking_out_is_coming():
    assert dna_rate(week(Attended=80, Walked_out=15, DNA=5))["value"].tolist() == [5.0]


def test_cancelled_unused_and_blocked_slots_are_in_no_denominator():
    appts = week(Attended=95, DNA=5, Cancelled=40, Available=30, Blocked=20)
    assert dna_rate(appts)["n"].tolist() == [100]


def test_a_row_stands_for_its_count():
    assert dna_rate(week(Attended=1900, DNA=100))["value"].tolist() == [5.0]


def test_a_week_of_unknowns_alone_has_no_share_without_them():
    appts = pd.concat([week(Unknown=40), tidy(date=["2026-03-20"], status=["Attended"])])
    frame = dna_rate(appts, unknown="out")
    assert frame["n"].tolist() == [0, 1]
    assert np.isnan(frame["value"][0])


def test_the_title_and_notes_say_which_denominator():
    for unknown, words in (("in", "as NHS England counts"), ("out", "are left out")):
        said = dna_rate(week(Attended=9, DNA=1), unknown=unknown).attrs["pcqa"]
        assert words in said["notes"][0]
        assert said["unit"] == "%"


def test_a_third_way_is_refused():
    with pytest.raises(DataError, match="use unknown='in' or unknown='out'"):
        dna_rate(week(Attended=9), unknown="maybe")


def test_a_split_has_every_group_in_every_week():
    appts = tidy(
        date=["2026-03-09", "2026-03-13", "2026-03-16", "2026-03-20"],
        status=["Attended", "DNA", "Attended", "Attended"],
        hcp_type=["GP", "GP", "Other Practice staff", "GP"],
    )
    frame = dna_rate(appts, by="hcp_type")
    assert frame[["hcp_type", "n"]].values.tolist() == [
        ["GP", 2],
        ["Other Practice staff", 0],
        ["GP", 1],
        ["Other Practice staff", 1],
    ]
    assert frame["value"].isna().tolist() == [False, True, False, False]


def test_rows_without_the_split_are_left_out_and_said():
    appts = week(Attended=90, DNA=10).assign(hcp_type=pd.Categorical([None, "GP", None, "GP"]))
    frame = dna_rate(appts, by="hcp_type")
    assert frame["n"].tolist() == [90]
    assert "10 appointments without 'hcp_type' left out." in frame.attrs["pcqa"]["notes"]


def test_a_split_that_the_file_lacks_names_those_it_has():
    with pytest.raises(DataError, match=r"no 'mode', so it cannot be split by it; .* status"):
        dna_rate(week(Attended=9), by="mode")


def test_the_table_given_is_not_changed():
    appts = week(Attended=90, DNA=5, Booked=5)
    before = appts.copy(deep=True)
    dna_rate(appts, by="status")
    pd.testing.assert_frame_equal(appts, before)
    assert appts.attrs == {}


@settings(deadline=None)
@given(COUNT, COUNT, COUNT)
def test_leaving_the_unknown_out_never_lowers_the_share(attended, dna, unknown):
    appts = week(Attended=attended, DNA=dna, Unknown=unknown)
    inside = dna_rate(appts)["value"][0]
    outside = dna_rate(appts, unknown="out")["value"][0]
    if attended + dna == 0:
        assert np.isnan(outside)
    else:
        assert 0 <= inside <= outside <= 100


@settings(deadline=None)
@given(st.lists(st.tuples(COUNT, COUNT), min_size=1, max_size=30))
def test_splitting_loses_no_appointment(pairs):
    appts = tidy(
        date=["2026-03-09", *["2026-03-11"] * (2 * len(pairs)), "2026-03-13"],
        status=["Attended", *["Attended", "DNA"] * len(pairs), "Attended"],
        count=[0, *[n for pair in pairs for n in pair], 0],
        clinician=["C-0", *[f"C-{i}" for i in range(len(pairs)) for _ in (0, 1)], "C-0"],
    )
    assert dna_rate(appts, by="clinician")["n"].sum() == dna_rate(appts)["n"].sum()

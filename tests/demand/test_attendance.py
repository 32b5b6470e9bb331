"""How contacts are spread over people, and whether it lasts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pcqa_teach as pcqa
from pcqa_teach import demand
from pcqa_teach.data import synthetic
from pcqa_teach.demand import attendance_curve, persistence, two_windows
from pcqa_teach.errors import DataError


@pytest.fixture(scope="module")
def attendance() -> pd.DataFrame:
    return pcqa.load_demo("attendance")


@pytest.fixture(scope="module")
def half_years() -> pd.DataFrame:
    """Two half-years of the invented practice: people registered on day 0."""
    world = synthetic.practice(days=364, with_calls=False)
    first = world.patients.loc[world.patients["joined_block"] == 0, "patient_id"]
    asks = world.asks[world.asks["patient_id"].isin(first)]
    counted = two_windows(asks, "patient_id", days=182).set_index("patient_id")
    return counted.reindex(first, fill_value=0)


def test_the_invented_practice_has_the_published_shares(attendance):
    usual = attendance[attendance["copy"] == "usual"]
    top = attendance_curve(usual, count="before").top.set_index("top")["share"]
    assert 5 < top[1] < 9  # Neal 1998: 6%
    assert 13 < top[3] < 19  # Neal 1998: 15%
    assert 34 < top[10] < 42  # BMJ Open 2021: about 40%


def test_most_people_who_attend_most_attend_less_in_the_next_half_year(half_years):
    found = persistence(half_years)
    seen = found.fall.set_index("what").loc["seen"]
    assert seen["fewer"] == pytest.approx(79.3, abs=5)  # BJGP Open 2020
    assert seen["change"] == pytest.approx(-31, abs=4)  # simulated with no intervention


def test_with_nothing_done_the_fall_is_the_one_expected_looking_backwards(half_years):
    found = persistence(half_years)
    assert found.beyond["lower"] < 0 < found.beyond["upper"]
    assert "no sign that anything else did it" in found.explain()


@pytest.mark.parametrize(("copy", "true"), [("usual", 0.0), ("scheme", -10.0)])
def test_what_is_left_beyond_the_expected_fall_is_the_schemes_true_effect(attendance, copy, true):
    found = persistence(attendance[attendance["copy"] == copy], days=(365, 355))
    assert found.beyond["change"] == pytest.approx(true, abs=4)  # one practice: its error is 4
    assert found.beyond["lower"] < true < found.beyond["upper"]


def test_chance_alone_explains_only_a_part_of_the_fall(half_years):
    fall = persistence(half_years).fall.set_index("what")["change"]
    assert fall["seen"] < fall["chance alone"] < 0


def test_a_share_in_which_part_of_a_person_counts_is_shared_out():
    counts = pd.DataFrame({"patient": range(50), "n": [10] * 5 + [5] * 10 + [0] * 35})
    found = attendance_curve(counts, count="n", top=[11])  # 5.5 people
    assert found.top["share"].iloc[0] == pytest.approx(100 * 52.5 / 100)


def test_people_with_none_are_counted_when_the_list_size_is_given():
    frame = pd.DataFrame({"patient": [f"P{i}" for i in range(60)] * 2})
    few, all_of_them = attendance_curve(frame), attendance_curve(frame, list_size=600)
    assert (few.none, all_of_them.none) == (0, 540)
    assert few.top["share"].iloc[3] == pytest.approx(10)
    assert all_of_them.top["share"].iloc[3] == pytest.approx(100)
    assert "give the list size" in few.explain()
    assert "give the list size" not in all_of_them.explain()


def test_of_appointments_only_those_that_people_came_to_are_counted():
    found = attendance_curve(pcqa.load_demo("appointments"), list_size=9800)
    assert found.contacts < 0.9 * len(pcqa.load_demo("appointments"))
    assert "came to" in found.explain()
    assert found.dates is not None


def test_contacts_of_nobody_named_are_left_out_and_counted():
    frame = pd.DataFrame({"patient": ["P1", None, "P2", ""] * 40})
    found = attendance_curve(frame)
    assert (found.people, found.contacts, found.unnamed) == (2, 80, 80)


def test_groups_under_five_people_are_held_back():
    frame = pd.DataFrame({"patient": [f"P{i}" for i in range(100)] + ["P1"] * 90})
    found = attendance_curve(frame)
    assert found.top["share"].isna().tolist() == [True, True, False, False]
    assert found.curve.loc[found.curve["top"].between(0.5, 4.5), "share"].isna().all()
    assert "fewer than 5" in found.table["People"].tolist()
    assert "held back" in found.table["People"].tolist()
    assert "91" not in found.table.to_string() + found.explain()


@settings(max_examples=20)
@given(st.lists(st.integers(0, 40), min_size=20, max_size=80).filter(lambda n: sum(n) > 0))
def test_the_curve_rises_ever_less_and_ends_at_all_contacts(counts):
    frame = pd.DataFrame({"patient": range(len(counts)), "n": counts})
    found = attendance_curve(frame, count="n")
    share = found.curve.dropna()
    slope = np.diff(share["share"]) / np.diff(share["top"])
    assert share["share"].iloc[-1] == pytest.approx(100)
    assert (np.diff(slope) <= 1e-6).all()
    assert found.spread["people"].sum() == len(counts)
    assert found.spread["share_of_contacts"].sum() == pytest.approx(100)


@settings(max_examples=20)
@given(st.permutations(list(range(40))))
def test_ties_and_the_order_of_people_make_no_difference(order):
    people = pd.DataFrame({"before": [6, 6, 5, 5, 5] * 8, "after": [1, 5, 2, 8, 4] * 8})
    one, other = persistence(people, top=30), persistence(people.iloc[order], top=30)
    pd.testing.assert_frame_equal(one.fall, other.fall)
    pd.testing.assert_frame_equal(one.windows, other.windows)


def test_people_tied_at_the_edge_count_in_part():
    people = pd.DataFrame({"before": [9] * 6 + [5] * 20 + [1] * 74, "after": [9] * 6 + [2] * 94})
    found = persistence(people, top=16)  # 6 people and half of the 20
    assert found.windows["before"].iloc[0] == pytest.approx((6 * 9 + 10 * 5) / 16)
    assert found.group == 16


def test_a_second_window_of_another_length_is_brought_to_the_first():
    people = pd.DataFrame({"before": [8, 4, 2, 2] * 20, "after": [4, 2, 1, 1] * 20})
    found = persistence(people, top=25, days=(200, 100))
    assert found.windows["change"].tolist() == pytest.approx([0, 0, 0])


def test_everybodys_change_is_taken_out():
    people = pd.DataFrame({"before": [8, 4, 2, 2] * 20, "after": [4, 2, 1, 1] * 20})
    found = persistence(people, top=25)
    assert found.fall["change"].iloc[0] == pytest.approx(0)
    assert "no change" in found.message


def test_everybodys_fall_is_named_beside_the_groups():
    people = pd.DataFrame({"before": [20, 4, 4, 4] * 20, "after": [12, 4, 4, 4] * 20})
    found = persistence(people, top=25)
    assert "contacts fell by 40% (20% once everybody's 25% fall is taken off)" in found.message
    assert "regression to the mean may give other figures" in found.explain()


def test_people_with_no_contact_in_the_second_window_are_a_fall_of_all():
    people = pd.DataFrame({"before": [8] * 10 + [2] * 90, "after": [0] * 10 + [2] * 90})
    found = persistence(people, top=10)
    assert found.fall["change"].iloc[0] == pytest.approx(-100)
    assert found.explain()
    assert found.figure().alt


def test_names_never_leave_and_are_never_kept(attendance):
    one = attendance[attendance["copy"] == "usual"]
    code = one["patient"].iloc[0]
    for found in (attendance_curve(one, count="before"), persistence(one)):
        kept = [value for value in vars(found).values() if isinstance(value, pd.DataFrame)]
        assert kept
        assert not any(code in frame.to_string() for frame in kept)
        assert code not in found.explain() + found.alt_text


def test_the_words_are_people_who_attend_often(attendance):
    found = persistence(attendance[attendance["copy"] == "usual"])
    said = found.explain() + attendance_curve(attendance, count="before").explain()
    assert "frequent attender" not in said
    assert "Neal" in said
    assert "Morriss" not in said


def test_two_windows_are_as_long_as_each_other():
    dates = pd.date_range("2026-01-01", periods=11)
    frame = pd.DataFrame({"patient": ["P1"] * 11, "date": dates})
    assert two_windows(frame)[["before", "after"]].to_numpy().tolist() == [[5, 5]]
    assert two_windows(frame, days=2)[["before", "after"]].to_numpy().tolist() == [[2, 2]]


COUNTS = pd.DataFrame({"patient": list("abc"), "n": [1, 2, 3]})


@pytest.mark.parametrize(
    ("frame", "options", "sentence"),
    [
        (pd.DataFrame(), {}, "table of contacts has no rows"),
        (COUNTS, {"person": "who"}, "no column 'who'"),
        (pd.DataFrame({"patient": [None, " "]}), {}, "names nobody"),
        (COUNTS, {"count": "patient"}, "is not a number in rows 1, 2 and 3"),
        (COUNTS.assign(n=[1, -2, 1]), {"count": "n"}, "is below 0 in row 2"),
        (COUNTS.assign(n=[1, np.inf, 1]), {"count": "n"}, "is infinite in row 2"),
        (COUNTS.assign(n=[1, np.nan, 1]), {"count": "n"}, "is empty in row 2"),
        (COUNTS.assign(n=[1, 0.5, 1]), {"count": "n"}, "is not a whole number in row 2"),
        (COUNTS.assign(n=[True, False, True]), {"count": "n"}, "yes and no"),
        (COUNTS.assign(n=0), {"count": "n"}, "no contact in this table"),
        (COUNTS, {"list_size": 2}, "list_size is 2"),
        (COUNTS, {"list_size": 0}, "a whole number of 1 or more"),
        (COUNTS, {"list_size": 10.5}, "must be a whole number"),
        (COUNTS, {"list_size": True}, "a whole number of 1 or more"),
        (COUNTS, {"top": [100]}, "below 100"),
        (COUNTS, {"top": [0]}, "a number above 0"),
        (COUNTS, {"top": []}, "names no share"),
        (COUNTS, {"top": "three"}, "a number above 0"),
    ],
)
def test_a_curve_that_cannot_be_drawn_says_why(frame, options, sentence):
    with pytest.raises(DataError, match=sentence):
        attendance_curve(frame, **options)


TWO = pd.DataFrame({"before": [3, 1] * 20, "after": [1, 3] * 20})


@pytest.mark.parametrize(
    ("frame", "options", "sentence"),
    [
        (pd.DataFrame(), {}, "table of people has no rows"),
        (TWO[["before"]], {}, "no column 'after'"),
        (TWO, {"top": 3}, "fewer than 5"),
        (TWO, {"top": 120}, "below 100"),
        (TWO.assign(after=0), {"top": 20}, "no contacts at all"),
        (TWO.assign(before=-1), {"top": 20}, "is below 0 in"),
        (TWO, {"top": 20, "days": (0, 1)}, "a number above 0"),
        (TWO, {"top": 20, "days": (1, 2, 3)}, "two lengths"),
        (TWO, {"top": 20, "days": 182}, "two lengths"),
        (TWO, {"top": 20, "list_size": 3}, "list_size is 3"),
    ],
)
def test_two_windows_that_cannot_be_compared_say_why(frame, options, sentence):
    with pytest.raises(DataError, match=sentence):
        persistence(frame, **options)


@pytest.mark.parametrize(
    ("dates", "options", "sentence"),
    [
        (["2026-01-01"], {}, "too short"),
        (["2026-01-01", "2026-01-09"], {"days": 60}, "too short"),
        (["2026-01-01", "2026-01-09"], {"date": "when"}, "no column 'when'"),
        ([None, None], {}, "holds no date"),
    ],
)
def test_a_table_too_short_for_two_windows_says_so(dates, options, sentence):
    frame = pd.DataFrame({"patient": "P1", "date": pd.to_datetime(dates)})
    with pytest.raises(DataError, match=sentence):
        two_windows(frame, **options)


def test_chance_is_a_part_of_the_fall_only_where_it_is_smaller():
    from pcqa_teach.demand import persistence_words as words

    assert words._spells(-40, -25) == "; the rest is spells of need that end"
    assert words._spells(-40, -45) == words._spells(-40, 3) == ""
    assert "of which" not in " ".join(words.SAID.values())


def test_the_ends_of_an_interval_are_written_as_the_sentence_has_them():
    page = {"stayed_percent": 17.9, "stayed_lower": 7.9, "stayed_upper": 35.6}
    said = demand.attendance_labels(page)["Of them, in it again in the second window"]
    assert said.format(**page) == "18%[ (7.9% to 36%)]"


def test_who_is_asked_for_the_list_size_reads_no_setting():
    few = attendance_curve(pd.DataFrame({"patient": ["P1", "P1", "P2"]}))
    first = demand.attendance_questions(few, None, None, None)[0]
    assert "where the form asks" in first
    assert not any(one in first for one in ("--", "list_size", "="))

"""Little's law."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach.errors import DataError
from pcqa_teach.flow import erlang_c, littles_law


def test_two_numbers_give_the_third():
    assert littles_law(rate=12, time=21).number == 252
    assert littles_law(number=252, time=21).rate == 12
    assert littles_law(number=252, rate=12).time == 21


@given(st.floats(0.01, 1e4), st.floats(0.01, 1e4))
def test_the_law_can_be_read_in_any_direction(rate, time):
    number = littles_law(rate=rate, time=time).number
    assert littles_law(number=number, rate=rate).time == pytest.approx(time)


def test_erlang_c_obeys_it():
    row = erlang_c(60, 150, 3).table.iloc[0]
    waiting = littles_law(rate=60 / 3600, time=row["mean_wait_seconds"], per="second").number
    assert waiting == pytest.approx(row["p_wait"] * 2.5 / (3 - 2.5))


@pytest.mark.parametrize(
    ("leaving", "stable", "said"),
    [(12, True, "steady, so the law"), (10, False, "grows by 2 a day"),
     (15, False, "shrinks by 3 a day"), (0, False, "grows by 12 a day")],
)  # fmt: skip
def test_a_queue_that_is_not_steady_is_named(leaving, stable, said):
    law = littles_law(rate=12, time=21, leaving=leaving)
    assert law.stable is stable
    assert said in law.explain()


def test_without_the_number_that_leave_nothing_is_claimed():
    law = littles_law(rate=12, time=21)
    assert law.stable is None
    assert "count how many leave a day as well" in law.explain()


def test_units_are_said_as_given():
    law = littles_law(number=5, rate=60, per="hour", things="callers")
    assert "60 callers an hour" in law.message
    assert "0.083 hours" in law.message
    assert "5 callers waiting" in repr(law)


def test_a_part_of_an_hour_is_said_in_minutes():
    said = littles_law(number=5, rate=60, per="hour", things="callers").explain()
    assert "each waits about 5 minutes, on average" in said
    assert "(5 minutes)" in said
    assert "about 21 days" in littles_law(number=252, rate=12).explain()
    assert "about 1 hour," in littles_law(number=60, rate=60, per="hour").explain()


@pytest.mark.parametrize("given_", [{}, {"rate": 1}, {"rate": 1, "time": 2, "number": 3}])
def test_exactly_two_are_wanted(given_):
    with pytest.raises(DataError, match="needs two of number, rate and time"):
        littles_law(**given_)


@pytest.mark.parametrize("wrong", [0, -1, np.nan, np.inf, "12", True, [1, 2]])
def test_what_is_no_number_is_refused(wrong):
    with pytest.raises(DataError, match="rate must be"):
        littles_law(rate=wrong, time=2)


def test_a_unit_is_a_word():
    with pytest.raises(DataError, match="per must be a word"):
        littles_law(rate=1, time=2, per="")

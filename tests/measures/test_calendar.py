"""Working days, bank holidays and the starts of periods."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcqa_teach.measures import calendar

DATES = st.dates(pd.Timestamp("2015-01-01").date(), pd.Timestamp("2035-12-31").date())


def test_boxing_day_on_a_saturday_takes_the_monday_after():
    found = calendar.bank_holidays("2026-12-20", "2026-12-31").astype(str).tolist()
    assert found == ["2026-12-25", "2026-12-28"]


def test_one_off_holidays_are_known():
    found = calendar.bank_holidays("2022-05-30", "2022-09-30").astype(str).tolist()
    assert found == ["2022-06-02", "2022-06-03", "2022-08-29", "2022-09-19"]


def test_a_span_with_no_bank_holiday_has_none():
    assert len(calendar.bank_holidays("2026-02-01", "2026-03-15")) == 0


@pytest.mark.parametrize(
    ("week", "days"),
    [("2026-03-09", 5), ("2026-03-30", 4), ("2026-05-04", 4), ("2025-12-22", 3)],
)
def test_a_week_has_five_working_days_less_its_bank_holidays(week, days):
    assert calendar.working_days(np.array([week], "datetime64[D]"), "week").tolist() == [days]


def test_a_month_is_counted_in_working_days_too():
    months = calendar.every_start("2026-02-01", "2026-05-31", "month")
    assert calendar.working_days(months, "month").tolist() == [20, 22, 20, 19]


def test_no_period_has_no_working_days():
    assert calendar.working_days(np.array([], "datetime64[D]"), "week").tolist() == []


@settings(deadline=None)
@given(DATES)
def test_a_week_starts_on_the_monday_on_or_before(day):
    start = pd.Timestamp(calendar.period_start([day], "week")[0])
    assert start.day_of_week == 0
    assert 0 <= (pd.Timestamp(day) - start).days <= 6


@settings(deadline=None)
@given(DATES, DATES)
def test_every_start_leaves_no_week_out(one, other):
    first, last = sorted([one, other])
    starts = calendar.every_start(first, last, "week")
    assert set(np.diff(starts).astype(int)) <= {7}
    assert starts[0] <= np.datetime64(first)
    assert calendar.next_start(starts, "week")[-1] > np.datetime64(last)


@settings(deadline=None)
@given(DATES, DATES)
def test_working_days_between_agree_with_a_plain_count(one, other):
    first, last = sorted([one, other])
    days = pd.date_range(first, last)
    days = days[days < pd.Timestamp(last)]
    off = pd.to_datetime(calendar.bank_holidays(first, last))
    plain = int(((days.day_of_week < 5) & ~days.isin(off)).sum())
    assert calendar.work_between(first, last) == plain

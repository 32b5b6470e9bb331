"""A hundred invented practices' telephones: what d2 and d8 say of what was planted in them.

T06, care navigation and call-backs from day 365 on: of Monday's first calls 28.7% come from 8 to
10 am before, 6 points fewer after. T01, day 61: no call is answered until 14:05. The bounds are
those of the 99% of a binomial.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import pcqa_teach as pcqa
from pcqa_teach.data.synthetic import events, phones
from pcqa_teach.data.synthetic.calendar import calendar
from pcqa_teach.data.synthetic.demand import DISPERSION
from pcqa_teach.data.synthetic.exports import phone_logs
from pcqa_teach.flow import first_tries
from pcqa_teach.juran.promised import series
from pcqa_teach.measures import phone_log

from . import impact
from .chance import SEEDS, fewest, most

pytestmark = pytest.mark.slow
SPAN = 640  # days: go-live and nine months
WEEKS = {  # eight each, without a bank holiday
    "first": ("2024-09-02", "2024-10-27"),
    "before": ("2024-10-28", "2024-12-22"),
    "after": ("2025-01-13", "2025-03-09"),
}
FALL = 0.06


def _shape(calls: pd.DataFrame, window: tuple[str, str]) -> dict[str, float]:
    """Return what d2 says of a log of eight weeks that tells callers apart by their numbers."""
    part = calls[calls["start"].dt.normalize().between(*window)]
    named = part.assign(caller=phone_logs.numbers(part)).drop(columns="redial_of")
    shape = first_tries(phone_log(named.reset_index(drop=True)).calls)
    monday = shape.weekdays.set_index("weekday").loc["Monday"]
    share = shape.monday_share
    return {
        "share": share,
        "variance": share * (1 - share) / monday["calls"],
        "people": (shape.people or np.nan) / part["redial_of"].isna().sum(),
    }


def _outage(daily: pd.DataFrame) -> bool:
    """Say whether the day of the outage lies below the limits of the days around it."""
    day = (daily["date"] - pd.Timestamp(events.DAY0)).dt.days
    near = daily[day.between(events.OUTAGE - 23, events.OUTAGE + 14)]
    near = near[near["weekday"] != "Monday"]
    found = pcqa.spc.chart(near.rename(columns={"date": "x", "answered": "value"})).points
    at = found[found["x"] == events.iso(events.OUTAGE)].iloc[0]
    return bool(at["y"] < at["lower"])


def _seen(seed: int, cal: pd.DataFrame) -> dict[str, Any]:
    calls = phones.calls(seed, cal, 9_800)
    daily = phones.daily(calls)
    parts = (daily[name].to_numpy(float) for name in ("calls_0810", "calls"))
    weekly = series.weekly_share(daily, "date", *parts)
    return {
        **{name: _shape(calls, window) for name, window in WEEKS.items()},
        "outage": _outage(daily),
        "spread": impact.told("spread", weekly),
        "weeks": weekly[weekly["x"] >= impact.SINCE].reset_index(drop=True),
    }


@pytest.fixture(scope="module")
def seen() -> pd.DataFrame:
    """A row a seed."""
    cal = calendar(SPAN)
    return pd.DataFrame([_seen(seed, cal) for seed in range(SEEDS)])


def _fall(seen: pd.DataFrame, earlier: str, later: str) -> tuple[pd.Series, pd.Series]:
    """Return the fall of Monday's early share, and how many standard errors that is.

    Calls come in clusters (who gives up rings again, and a thin week at reception makes many do
    so), so their shares vary by more than a binomial: by the generator's dispersion of counts.
    """
    one, two = (pd.DataFrame(seen[name].tolist()) for name in (earlier, later))
    fall = one["share"] - two["share"]
    return fall, fall / np.sqrt(DISPERSION * (one["variance"] + two["variance"]))


def test_the_planted_fall_of_mondays_first_hours_is_found(seen: pd.DataFrame) -> None:
    fall, errors = _fall(seen, "before", "after")
    apart = (fall / errors).median()
    predicted = float(stats.norm.sf(1.96 - FALL / apart))
    held = (fall.sub(FALL).abs() / apart < 1.96).sum()
    print(f"T06 {(errors > 1.96).sum()}, {predicted:.4f}; held {held}; mean {fall.mean():.4f}")
    assert (errors > 1.96).sum() >= fewest(predicted)
    assert held >= fewest(0.93)
    assert pd.DataFrame(seen["before"].tolist())["share"].mean() == pytest.approx(0.29, abs=0.015)


def test_where_nothing_changed_no_more_is_seen_than_by_chance(seen: pd.DataFrame) -> None:
    _, errors = _fall(seen, "first", "before")
    print(f"no change: {(errors.abs() > 1.96).sum()}")
    assert (errors.abs() > 1.96).sum() <= most(0.05)


def test_people_are_told_from_calls(seen: pd.DataFrame) -> None:
    ratio = pd.concat([pd.DataFrame(seen[name].tolist())["people"] for name in WEEKS])
    print(f"people {ratio.min():.3f} to {ratio.max():.3f} of first calls")
    assert ratio.between(0.97, 1.03).all()


def test_the_outage_is_outside_the_limits(seen: pd.DataFrame) -> None:
    print(f"T01 {seen['outage'].sum()}")
    assert seen["outage"].sum() >= fewest(0.98)


def test_calls_are_spread_as_often_as_power_predicts(seen: pd.DataFrame) -> None:
    told, weeks = pd.DataFrame(seen["spread"].tolist()), list(seen["weeks"])
    late = weeks[0]["x"] >= impact.GO_LIVE
    spread = np.sqrt(np.mean([one["value"][~late].var() for one in weeks]))
    true = np.mean([one["value"][late].mean() - one["value"][~late].mean() for one in weeks])
    predicted = impact.called("spread", weeks[0]["x"], true / spread)
    lasting = sum(impact.lasts(row) for _, row in told.iterrows())
    held = (told["low"].le(true) & told["high"].ge(true)).sum()
    print(
        f"spread {true:.2f} points, {true / spread:.2f} sigma: {lasting}, {predicted:.3f}; {held}"
    )
    assert true == pytest.approx(-5.2, abs=0.6)
    assert lasting >= fewest(predicted)
    assert held >= fewest(0.93)

"""Practices grown from many seeds, of each only the short series that the detection tests need.

The telephone is grown for 561 days (to July of the second year), everything else for the full span.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.data import synthetic
from pcqa_teach.data.synthetic import capacity, demand, events, phones, population, riverside
from pcqa_teach.data.synthetic.calendar import calendar

TAKEN = ["Attended", "DNA", "Unknown", "Walked out", "Booked"]
PHONE_DAYS = 561
DAY0 = pd.Timestamp(events.DAY0)


@dataclass(frozen=True)
class Grown:
    """One practice: `days` by day number, `weeks` by week number (0 starts on day 3, a Monday).

    `weeks` are sums over the working days; `scheme` holds contacts before and after day 365 of the
    people who attended most, in both copies (T08); `network` a row a practice, all weeks together.
    """

    days: pd.DataFrame
    weeks: pd.DataFrame
    scheme: dict[str, int]
    network: pd.DataFrame


def grow(seed: int) -> Grown:
    """Grow one practice and its network, and keep the short series."""
    world = synthetic.practice(seed, with_calls=False)
    book = world.appointments[world.appointments["status"].isin(TAKEN)]
    kept = {
        "dna": book["status"] == "DNA",
        "attended": book["status"] == "Attended",
        "unknown": book["status"] == "Unknown",
        "same_day": book["booking_gap_days"] == 0,
        "taken": 1,
    }
    booked = pd.DataFrame({"date": book["date"], **kept}).groupby("date").sum()
    rung = phones.daily(phones.calls(seed, calendar(PHONE_DAYS), 9800)).set_index("date")
    rung = rung[["first_calls", "answered", "abandoned", "share_0810"]]
    days = world.demand_day.set_index("date").drop(columns="weekday").join(booked).join(rung)
    results = world.asks.loc[world.asks["cause_true"] == "results", "date"].value_counts()
    days["results"] = results.reindex(days.index, fill_value=0)
    days.insert(0, "weekday", days.index.day_of_week)
    days.index = (days.index - DAY0).days
    weeks = days.groupby((days.index - 3) // 7).sum().astype(float)
    asked = {"usual": world.asks, "scheme": asks_with_scheme(seed)}
    return Grown(days, weeks, most_often(asked), yearly_network(seed))


def asks_with_scheme(seed: int) -> pd.DataFrame:
    """Return `practice(seed, scheme=True).asks` without growing the rest of that copy."""
    cal = calendar()
    n_gps = sum(group == "GP" for _, group, *_ in capacity.ROSTER)
    people = population.patients(seed, 9800, events.SPAN, n_gps)
    rate = population.rates(seed, people, int(cal["block"].max()) + 1)
    wanted = demand.asks(seed, cal, rate, 9800)
    day = cal["day"].to_numpy()
    early = (day[wanted["row"]] >= 0) & (day[wanted["row"]] < events.GO_LIVE)
    often = riverside.top(np.bincount(wanted["person"][early], minlength=len(people)), 0.03)
    return riverside._asks(riverside._with_scheme(seed, wanted, day, often), cal, people)


def most_often(asked: dict[str, pd.DataFrame]) -> dict[str, int]:
    """Count contacts of the top 3% of the first 365 days, before and after, in both copies."""
    go_live = pd.Timestamp(events.iso(events.GO_LIVE))
    first = asked["usual"]["date"] < go_live
    people = asked["usual"].loc[first, "patient_id"].value_counts()
    chosen = people.nlargest(round(0.03 * 9800)).index
    totals = {"people": len(chosen)}
    for name, asks in asked.items():
        theirs = asks["date"][asks["patient_id"].isin(chosen)]
        totals[f"before_{name}"] = int((theirs < go_live).sum())
        totals[f"after_{name}"] = int((theirs >= go_live).sum())
    return totals


def yearly_network(seed: int) -> pd.DataFrame:
    """Add up each practice of the network, all weeks."""
    columns = ["dna", "appointments", "no_contact_recorded"]
    return synthetic.network(seed=seed).groupby("practice")[columns].sum().reset_index()

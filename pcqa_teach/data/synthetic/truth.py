"""What was planted, gathered into one page of plain values (``truth.json``)."""

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic import demand, events, networks, samples
from pcqa_teach.data.synthetic.contacts import true_kappa

B3_FIRST, B3_DAYS = "2024-03-11", 14


def b3(calls_daily: pd.DataFrame) -> dict[str, object]:
    """Return the cut of days for plotting the dots, and what its limits are.

    The outage lies far below the XmR limit (mean - 2.66 x mean moving range) yet within three
    overall standard deviations, which it has itself inflated.
    """
    later = calls_daily[calls_daily["date"] >= pd.Timestamp(B3_FIRST)].head(B3_DAYS)
    values = later["answered"].to_numpy(dtype=float)
    dates = later["date"].dt.strftime("%Y-%m-%d").tolist()
    mean, spread = float(values.mean()), float(values.std(ddof=1))
    moving = float(np.abs(np.diff(values)).mean())
    outage = values[dates.index(events.iso(events.OUTAGE))]
    return {
        "file": "calls_daily.csv", "column": "answered", "first": dates[0], "last": dates[-1],
        "n": B3_DAYS, "outage": events.iso(events.OUTAGE), "outage_value": float(outage),
        "mean": round(mean, 4), "mean_moving_range": round(moving, 4),
        "xmr_limits": [round(mean - 2.66 * moving, 4), round(mean + 2.66 * moving, 4)],
        "overall_sd": round(spread, 4),
        "three_sd_limits": [round(mean - 3 * spread, 4), round(mean + 3 * spread, 4)],
    }  # fmt: skip


def truth(seed: int, cut: dict[str, object], attendance: pd.DataFrame) -> dict[str, object]:
    """Return everything that was planted, with ISO dates."""
    return {
        "seed": seed,
        "day_0": events.iso(0),
        "last_day": events.iso(events.SPAN - 1),
        "go_live": events.iso(events.GO_LIVE),
        "events": [event.to_dict() for event in events.EVENTS],
        "impact": events.IMPACT,
        "failure_causes": {
            cause: {"chance": chance, "held_by": who}
            for cause, (chance, who) in demand.CAUSES.items()
        },
        "failure_share": round(sum(chance for chance, _ in demand.CAUSES.values()), 4),
        "coders_true_kappa": round(true_kappa(), 4),
        "samples": samples.planted(),
        "network": networks.planted(seed),
        "scheme": scheme_effect(attendance),
        "b3": cut,
        "assumptions": list(events.ASSUMPTIONS),
    }


def scheme_effect(attendance: pd.DataFrame) -> dict[str, float]:
    """Return T08 as it came out: naive change, change without the scheme, and their ratio."""
    wide = attendance.pivot_table(index="patient", columns="copy", values=["before", "after"])
    count = round(0.03 * len(wide))
    chosen = wide[("before", "usual")].sort_values(ascending=False, kind="stable").index[:count]
    total = wide.loc[chosen].sum()
    naive = total["after"]["scheme"] / total["before"]["scheme"] - 1
    without = total["after"]["usual"] / total["before"]["usual"] - 1
    return {
        "people": count,
        "naive_before_after": round(float(naive), 4),
        "without_scheme": round(float(without), 4),
        "against_comparison": round(float((1 + naive) / (1 + without) - 1), 4),
        "true_effect": -events.SCHEME_EFFECT,
    }

"""What people and staff said: a survey of shared decisions, a staff pulse, and a log of changes."""

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic import events
from pcqa_teach.data.synthetic.calendar import calendar
from pcqa_teach.data.synthetic.streams import pick, stream

ITEMS = ["item1", "item2", "item3"]


def survey(seed: int, n: int = 600) -> pd.DataFrame:
    """Return CollaboRATE answers (three items, 0-9) and an overall rating (0-10), one row a person.

    Most people give top marks (a ceiling); the rest spread over the scale.
    """
    rng = stream(seed, "survey")
    mood = rng.normal(0, 1, n)
    happy = rng.random(n) < 1 / (1 + np.exp(-(0.15 + 0.9 * mood)))
    scores = {}
    for item in ITEMS:
        other = np.clip(np.round(6.4 + 1.5 * mood + rng.normal(0, 1.2, n)), 0, 9)
        slips = rng.random(n) < 0.08
        scores[item] = np.where(happy & ~slips, 9, other).astype(int)
    overall = np.clip(np.round(7.2 + 1.2 * mood + 1.2 * happy + rng.normal(0, 0.8, n)), 0, 10)
    month = pick(rng, np.ones(12), n)
    months = pd.date_range("2024-02-01", periods=12, freq="MS").strftime("%Y-%m")
    table = pd.DataFrame(
        {
            "month": np.array(months, dtype=object)[np.sort(month)],
            "age_group": np.array(["16-34", "35-64", "65+"], dtype=object)[
                pick(rng, [0.3, 0.46, 0.24], n)
            ],
            **scores,
            "overall": overall.astype(int),
        }
    )
    table.insert(0, "response_id", [f"R{i + 1:04d}" for i in range(n)])
    return table


def staff_pulse(seed: int, days: int = events.SPAN) -> pd.DataFrame:
    """Return the mean answers (1-5) to three statements of the pulse sheet, week by week.

    After go-live the true mean of "I could do my work well this week" rises over 120 days by 0.4;
    those of "I could say so ..." and "We tried something out ..." stay as they were.
    """
    rng = stream(seed, "pulse")
    cal = calendar(days, burn_in=0)
    mondays = cal[cal["weekday"] == 0]
    lift = np.clip((mondays["day"].to_numpy() - events.GO_LIVE) / 120, 0, 1) * events.PULSE_LIFT
    answers = rng.integers(17, 25, len(mondays))
    mean = (
        3.1
        + lift
        + rng.normal(0, 0.05, len(mondays))
        + rng.normal(0, 0.9, len(mondays)) / np.sqrt(answers)
    )
    table = pd.DataFrame(
        {"week": mondays["date"].to_numpy(), "answers": answers, "pulse": np.round(mean, 2)}
    )
    rng = stream(seed, "culture")
    for name, level in (("say", 3.4), ("try", 2.8)):
        noise = rng.normal(0, 0.05, len(table)) + rng.normal(0, 0.9, len(table)) / np.sqrt(answers)
        table[name] = np.round(level + noise, 2)
    return table


def improvement_log() -> pd.DataFrame:
    """Return the practice's own log of what it changed and when (dates only, no effects)."""
    rows = [
        (events.OUTAGE, "Telephone supplier reports a fault until early afternoon", "Reception"),
        (
            events.TAMPER[0] + 2,
            "Duty rota changed each day this week to match the day before",
            "Manager",
        ),
        (events.GP_LEAVES, "A salaried GP has left; the post is not filled", "Partners"),
        (
            events.RECODED,
            "System update: appointments without an ending are now closed",
            "Supplier",
        ),
        (events.RENAMED, "Slots have new names", "Manager"),
        (events.RESULTS_BY_TEXT, "Normal results are sent by text message", "Nurses"),
        (events.GO_LIVE, "Care navigation and call-back begin", "Whole team"),
    ]
    return pd.DataFrame(
        [(events.iso(day), change, by) for day, change, by in rows],
        columns=["date", "change", "by"],
    )

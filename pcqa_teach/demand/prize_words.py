"""What the prize says."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.demand.prize import Prize
from pcqa_teach.sayings import lines, rough, rough_range, two_figures

_LAG = "A cause that is removed gives its minutes back with a lag, and never more than its share."


def minutes(value: float) -> str:
    """Write minutes to two figures, in hours too where that is easier to picture.

    >>> minutes(45.2), minutes(333), minutes(1500)
    ('45 minutes', '330 minutes (5.5 hours)', '1,500 minutes (25 hours)')
    """
    said = f"{rough(value)} minutes"
    hours = two_figures(value) / 60
    places = 1 if hours < 9.95 else 0
    return f"{said} ({hours:,.{places}f} hours)" if two_figures(value) >= 120 else said


def table(found: Prize) -> pd.DataFrame:
    """Return contacts and minutes a week, with their intervals."""
    rows = found.rows
    return pd.DataFrame(
        {
            "What": rows["name"].str[:1].str.upper() + rows["name"].str[1:],
            "Who holds the lever": rows["lever"].replace("", "-"),
            "Contacts a week": [f"{one:,.0f}" for one in rows["contacts"]],
            "Minutes a week": [rough(one) for one in rows["minutes"]],
            "95% interval": [
                rough_range(low, high)
                for low, high in zip(rows["lower"], rows["upper"], strict=True)
            ],
        }
    )


def basis(found: Prize) -> str:
    """Say what was assumed."""
    part = "" if found.removable == 1 else f", {100 * found.removable:.0f}% of it removed"
    return (
        f"{found.weekly:,.0f} contacts a week, {found.minutes:,.1f} minutes each on average{part}"
    )


def message(found: Prize) -> str:
    """Say the prize in one line."""
    total = found.total
    if found.removable < 1:
        return (
            f"About {minutes(total['minutes'])} a week would come back if "
            f"{100 * found.removable:.0f}% of failure demand stopped "
            f"({rough_range(total['lower'], total['upper'])})"
        )
    return (
        f"Failure demand takes about {minutes(total['minutes'])} a week "
        f"({rough_range(total['lower'], total['upper'])})"
    )


def explain(found: Prize) -> str:
    """Say what could come back, and what that rests on."""
    levers = found.rows[(found.rows["of"] == "lever") & (found.rows["minutes"] > 0)]
    parts = "; ".join(
        f"{name}: {minutes(value)}"
        for name, value in zip(levers["name"], levers["minutes"], strict=True)
    )
    return lines(
        [
            f"{message(found)}.",
            f"By who holds the lever: {parts}." if parts else "",
            f"It rests on {basis(found)}; all contacts together would take "
            f"{minutes(found.most)} a week.",
            "The interval is that of the share alone; it knows no doubt about the minutes.",
            _LAG,
            "These are minutes of people's work, not pounds saved.",
        ]
    )


def alt_text(found: Prize) -> str:
    """Say what the picture shows."""
    rest = found.rows.iloc[1:]
    rest = rest[rest["minutes"] > 0]
    named = "; ".join(
        f"{name} {rough(value)}"
        for name, value in zip(rest["name"].head(5), rest["minutes"].head(5), strict=True)
    )
    tail = f" Minutes a week: {named}." if named else ""
    return f"Bar chart. {message(found)}.{tail}"

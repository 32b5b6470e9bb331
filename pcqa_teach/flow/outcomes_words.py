"""What is said of the outcomes of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.sayings import counted, day, percent, seconds

if TYPE_CHECKING:
    from pcqa_teach.flow.outcomes import CallOutcomes


def message(found: CallOutcomes) -> str:
    """Say the share answered, of calls and of people."""
    on = "calls" if found.weekday is None else f"calls on {found.weekday}s"
    said = f"{percent(found.share_answered)} of {on} were answered"
    if found.reached is None:
        return said
    return f"{said}, and {percent(found.share_reached)} of people got an answer in the end"


def explained(found: CallOutcomes) -> str:
    """Say what became of calls, how long they waited, and how many people they were."""
    total = found.total
    fates = [
        f"{percent(total[name] / total['offered'])} {words}"
        for name, words in (
            ("answered", "answered"), ("missed", "given up or missed"),
            ("in_menu", "ended in the menu"), ("call_back", "asked to be rung back"),
            ("other", "with another outcome or none"),
        )
        if total[name]
    ]  # fmt: skip
    worst = _worst(found)
    return " ".join(
        [
            f"{message(found)}.",
            f"Of {counted(total['offered'], 'call')} in the hours that are drawn: "
            f"{', '.join(fates)}.",
            *([waits(found)] if np.isfinite(total["median_wait_s"]) else []),
            *([worst] if worst else []),
            people(found),
        ]
    )


def waits(found: CallOutcomes) -> str:
    """Say how long whoever was answered had waited."""
    total = found.total
    if total["p90_wait_s"] < 1:
        return (
            "By this log nine in ten of those answered, or more, did not wait at all. Ask your "
            "supplier when its clock begins: it may count from when a telephone was picked up."
        )
    return (
        f"Of those answered, half waited {seconds(total['median_wait_s'])} or less, and one in ten "
        f"{seconds(total['p90_wait_s'])} or more; those who gave up are not in it."
    )


def _worst(found: CallOutcomes) -> str:
    """Name the quarter of an hour in which most calls were missed."""
    spot = int(found.quarters["missed"].argmax())
    row = found.quarters.iloc[spot]
    if not row["missed"]:
        return ""
    return (
        f"Most were given up or missed in the quarter of an hour from {row['clock']}: "
        f"{int(row['missed']):,} of {int(row['offered']):,}."
    )


def people(found: CallOutcomes) -> str:
    """Say how many people the calls were."""
    if found.method is None:
        return "Calls are not people: this log does not show who rang again."
    total = found.total
    said = (
        f"Calls are not people: these were {counted(total['people'], 'first try', 'first tries')} "
        f"and {counted(total['redials'], 'redial')}"
    )
    if found.method == "redial_of":
        return (
            f"{said} (linked in the log, within {found.within_minutes:g} minutes of the last call)."
        )
    said += f" (the same number within {found.within_minutes:g} minutes of its last call)."
    if not found.unlinked:
        return f"{said} A number is not quite a person either: a care home has one number for all."
    return (
        f"{said} {counted(found.unlinked, 'call')} with a withheld number cannot be linked: each "
        "counts as a new person, so there are fewer people than this."
    )


def alt(found: CallOutcomes) -> str:
    """Say the picture."""
    return (
        "Stacked bars of calls by quarter of an hour on an average day, by what became of them"
        f"{', and waits below' if np.isfinite(found.total['median_wait_s']) else ''}. "
        f"{message(found)}. {_worst(found)}"
    ).strip()


def notes(found: CallOutcomes) -> list[str]:
    """Give what is printed beneath the picture."""
    dates = day(found.first) if found.days == 1 else f"{day(found.first)} to {day(found.last)}"
    return [
        f"n = {counted(found.total['offered'], 'call')} on {counted(found.days, 'day')}, {dates}.",
        people(found),
    ]

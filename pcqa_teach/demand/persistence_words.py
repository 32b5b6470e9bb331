"""What two windows say about people who attend often."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.demand.persistence import CHANCE, EXPECTED, SEEN, Persistence
from pcqa_teach.sayings import counted, fine_percent, lines, percent

SAID = {
    SEEN: "Change that was seen",
    EXPECTED: "Change to expect with nothing done",
    CHANCE: "Change that chance alone would give",
}


def row(found: Persistence, what: str) -> pd.Series:
    """Give one row of `fall`."""
    return found.fall[found.fall["what"] == what].iloc[0]


def change(value: float) -> str:
    """Say a change in words.

    >>> change(-31.2), change(4.0), change(0.2)
    ('a fall of 31%', 'a rise of 4.0%', 'no change')
    """
    if abs(value) < 0.5:
        return "no change"
    return f"a {'fall' if value < 0 else 'rise'} of {fine_percent(abs(value))}"


def reach(low: float, high: float) -> str:
    """Say an interval of a change.

    >>> reach(-36.0, -26.4), reach(-6.5, 14.2)
    ('36% to 26% lower', '6.5% lower to 14% higher')
    """
    if not np.isfinite([low, high]).all():
        return "too few contacts for an interval"
    if high < 0:
        return f"{fine_percent(-low)} to {fine_percent(-high)} lower"
    if low > 0:
        return f"{fine_percent(low)} to {fine_percent(high)} higher"
    return f"{fine_percent(-low)} lower to {fine_percent(high)} higher"


def table(found: Persistence) -> pd.DataFrame:
    """Return what was seen beside what is expected by itself."""
    fall = found.fall
    return pd.DataFrame(
        {
            "What": [SAID[one] for one in fall["what"]],
            "Change in contacts": [change(one) for one in fall["change"]],
            "95% interval": [
                reach(low, high) if np.isfinite(low) else "-"
                for low, high in zip(fall["lower"], fall["upper"], strict=True)
            ],
            "People with fewer contacts": [
                fine_percent(one) if np.isfinite(one) else "-" for one in fall["fewer"]
            ],
        }
    )


def message(found: Persistence) -> str:
    """Say the fall in one line, beside the fall that comes by itself."""
    expected = row(found, EXPECTED)
    return (
        f"People in the top {found.top:g}%: contacts {moved(found)} in the next window; "
        f"{change(expected['change'])} is to be expected with nothing done"
    )


def moved(found: Persistence) -> str:
    """Say the plain change, and what is left of it once everybody's change is taken off."""
    plain, everybody = (float(found.windows["change"].iloc[place]) for place in (0, 2))
    own = float(row(found, SEEN)["change"])
    verb = "did not change"
    if abs(plain) >= 0.5:
        verb = f"{'fell' if plain < 0 else 'rose'} by {percent(abs(plain) / 100)}"
    if abs(everybody) < 0.5:
        return verb
    alike = own * plain > 0 and abs(own) >= 0.5 and abs(plain) >= 0.5
    left = percent(abs(own) / 100) if alike else change(own)
    way = "fall" if everybody < 0 else "rise"
    return f"{verb} ({left} once everybody's {percent(abs(everybody) / 100)} {way} is taken off)"


def basis(found: Persistence) -> str:
    """Say who is in the group."""
    return (
        f"{counted(found.group, 'person', 'people')} of {found.people:,}, chosen by their contacts "
        "in the first window"
    )


def beyond(found: Persistence) -> str:
    """Say what is left once the expected fall is taken out."""
    left = found.beyond
    said = f"Beyond that: {change(left['change'])} ({reach(left['lower'], left['upper'])})."
    if not np.isfinite([left["lower"], left["upper"]]).all() or left["lower"] <= 0 <= left["upper"]:
        return f"{said} That is no more than chance gives: no sign that anything else did it."
    way = "fell further" if left["change"] < 0 else "fell less"
    return (
        f"{said} They {way} than by themselves: ask what else changed, and look at people who were "
        "not in a scheme."
    )


def _spells(expected: float, chance: float) -> str:
    """Say what the fall beyond chance is, where there is any."""
    return "; the rest is spells of need that end" if expected < chance < 0 else ""


def explain(found: Persistence) -> str:
    """Say how many fell, how many would have anyway, and what that means."""
    seen, expected, chance = (row(found, one) for one in (SEEN, EXPECTED, CHANCE))
    first, everybody = found.windows.iloc[0], found.windows.iloc[2]
    return lines(
        [
            f"{message(found)}.",
            f"{basis(found)}: {first['before']:.1f} contacts each before, {first['after']:.1f} "
            f"after. With everybody's change ({change(everybody['change'])}) taken out, "
            f"{fine_percent(seen['fewer'])} of them had fewer "
            f"({fine_percent(seen['fewer_lower'])} to {fine_percent(seen['fewer_upper'])}).",
            "People are chosen when their count is high: luck and bad spells pass by themselves "
            "(regression to the mean). Looking backwards from the top of the second window shows "
            f"how much: {change(expected['change'])} "
            f"({reach(expected['lower'], expected['upper'])}), and "
            f"{fine_percent(expected['fewer'])} with fewer. Chance alone would give "
            f"{change(chance['change'])}{_spells(expected['change'], chance['change'])}.",
            beyond(found),
            "The tool for regression to the mean may give other figures for the same people: it "
            "leaves everybody's change in, takes whole people at the edge of the group where this "
            "counts ties in part, and expects by people elsewhere or an earlier period where it "
            "has them.",
            "In a published count 79.3% of the top 3% fell over the next six months with nothing "
            "done (BJGP Open, 2020).",
            "The people who stay high in both windows are the ones to ask about: what do they "
            "need that they do not get? Their names stay in the practice.",
        ]
    )


def alt_text(found: Persistence) -> str:
    """Say what the picture shows."""
    seen, expected = row(found, SEEN), row(found, EXPECTED)
    return (
        f"Bar chart. {message(found)}. {counted(found.group, 'person', 'people')}; "
        f"{fine_percent(seen['fewer'])} had fewer contacts, {fine_percent(expected['fewer'])} "
        "looking backwards."
    )

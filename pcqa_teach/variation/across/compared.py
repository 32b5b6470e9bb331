"""The funnel of a network, with its guard rails, and once more with deprivation allowed for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pcqa_teach.errors import DataError
from pcqa_teach.sayings import counted
from pcqa_teach.variation.funnel_result import Funnel
from pcqa_teach.variation.funnels import funnel

if TYPE_CHECKING:
    from pcqa_teach.figures import Table

LEAST_PRACTICES = 10  # with fewer, the ordinary spread between practices is a guess
LEAST_SIZE = 100  # appointments; with fewer, a share says next to nothing (our own mark)
MANY = 25  # practices from which fifths of deprivation hold enough; else thirds


@dataclass(frozen=True)
class Measure:
    """What is compared: events out of what, and what to call it."""

    events: str
    title: str
    said: str
    note: str


MEASURES: dict[str, Measure] = {
    "missed": Measure(
        "dna", "Missed appointments", "missed",
        "A missed appointment is a marker of risk, not of manners.",
    ),
    "same_day": Measure(
        "same_day", "Booked on the day", "booked on the day",
        "A high share is not good by itself, and a low one is not bad.",
    ),
    "over_14": Measure(
        "over_14", "Booked more than 14 days ahead", "booked more than 14 days ahead",
        "Reviews planned for a month from now are in it, and nobody who gave up.",
    ),
    "telephone": Measure(
        "telephone", "By telephone", "by telephone",
        "Practices mark triage calls and call-backs in different ways.",
    ),
    "unknown": Measure(
        "unknown", "No outcome recorded", "without a recorded outcome",
        "This one is about closing slots, and nothing else.",
    ),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Across:
    """A network's practices compared.

    Parameters
    ----------
    funnel : every practice against all together, limits with ordinary spread
    practices : a row a practice, under the numbers of the funnel
    measure : what is compared
    allowed : seen over expected of practices in similar poverty, a funnel of ratios round 1; None
        where deprivation is not known
    groups : practices by deprivation, most deprived first; empty where it is not known
    mine : the number of one's own practice, or None
    notes : what to say beside the figures
    """

    funnel: Funnel
    practices: pd.DataFrame
    measure: Measure
    allowed: Funnel | None
    groups: pd.DataFrame
    mine: str | None
    notes: tuple[str, ...] = field(default=())

    @property
    def apart(self) -> pd.DataFrame:
        """Practices beyond the 95% limits with ordinary spread, the furthest out first."""
        from pcqa_teach.variation.funnel_words import outside_first

        points = outside_first(self.funnel)
        return points[points["adjusted_outside95"]].reset_index(drop=True)

    def groups_table(self) -> Table | None:
        """Give the share of each group of practices by deprivation; None where it is not known."""
        from pcqa_teach.variation.across import words

        return words.groups_table(self)

    def explain(self) -> str:
        """Say what the funnel shows, and what it does not."""
        from pcqa_teach.variation.across import words

        return words.explain(self)


def across(
    frame: pd.DataFrame, measure: str = "missed", *, unknown: str = "in", mine: str | None = None
) -> Across:
    """Compare the practices of a network, without ranking them.

    Limits are additive: chance and the ordinary spread between practices, z = 3.09 (99.8%).

    Parameters
    ----------
    frame : a row a practice, as `practices_in` gives it
    measure : a name of `MEASURES`
    unknown : whether appointments of unknown outcome stay "in" the denominator, or are left "out"
    mine : the code of one's own practice, to be ringed

    Raises
    ------
    DataError
        There are fewer than 10 practices, or the table does not count what is asked for.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> many = pd.DataFrame({"practice": [f"G-{n}" for n in range(12)], "appointments": 20_000,
    ...                      "dna": rng.integers(800, 1200, 12)})
    >>> found = across(many)
    >>> len(found.practices), found.practices["practice"].iloc[0], found.allowed is None
    (12, 'P01', True)

    Notes
    -----
    Spiegelhalter, Statistics in Medicine 24 (2005): 1185-1202. At least ten practices, and a
    hundred appointments each: our own marks.
    """
    if measure not in MEASURES:
        raise DataError(f"measure='{measure}' is not known: choose from {', '.join(MEASURES)}.")
    if unknown not in ("in", "out"):
        raise DataError(f"unknown='{unknown}' is not known: use 'in' or 'out'.")
    about = MEASURES[measure]
    if about.events not in frame:
        able = [name for name, one in MEASURES.items() if one.events in frame]
        raise DataError(
            f"This file does not count what was {about.said}, so it cannot be compared"
            f"{': choose from ' + ', '.join(able) if able else ''}."
        )
    rows, notes = _usable(frame, about, unknown)
    named, ours = _numbered(rows, mine)
    made = funnel(
        named, numerator="events", denominator="out_of", unit="practice", units="practices",
        labels=[ours] if ours else "outside", title=about.title,
        measure=f"{about.title}, of all appointments",
        size="Appointments", suppress=True,
        notes=[_denominator(about, unknown), about.note],
    )  # fmt: skip
    by = _by_deprivation(named)
    allowed, groups = (None, pd.DataFrame()) if by is None else _allowed(named, by, about, ours)
    return Across(made, named, about, allowed, groups, ours, tuple(notes))


def _usable(frame: pd.DataFrame, about: Measure, unknown: str) -> tuple[pd.DataFrame, list[str]]:
    rows = frame.assign(events=frame[about.events], out_of=frame["appointments"])
    out = unknown == "out" and "unknown" in frame and about.events != "unknown"
    if out:
        rows["out_of"] = rows["out_of"] - rows["unknown"]
    rows = rows[np.isfinite(rows["events"].to_numpy(dtype=np.float64))]
    enough = rows["out_of"] >= LEAST_SIZE
    rows, few = rows[enough].reset_index(drop=True), int((~enough).sum())
    notes = []
    if few:
        verb = "is" if few == 1 else "are"
        notes.append(
            f"{counted(few, 'practice')} with fewer than {LEAST_SIZE} appointments {verb} left out."
        )
    if len(rows) < LEAST_PRACTICES:
        verb = "are" if len(rows) > 1 else "is"
        there = counted(len(rows), "practice") if len(rows) else "no practice"
        raise DataError(
            f"There {verb} {there} with {LEAST_SIZE} appointments or more "
            f"here, and a funnel plot needs at least {LEAST_PRACTICES}: with fewer, how far "
            "practices ordinarily differ is a guess. Ask your network for the others' files, or "
            "take the national practice-level file."
        )
    if about.events == "dna" and "unknown" in rows:
        share = rows["unknown"] / rows["appointments"]
        many = int((share > 0.05).sum())
        notes.append(
            "In no practice are more than 5% of outcomes unknown (our own mark)."
            if not many
            else f"In {counted(many, 'practice')} of {len(rows):,} more than 5% of outcomes are "
            "unknown (our own mark): their missed shares may be too low."
        )
    return rows, notes


def _numbered(rows: pd.DataFrame, mine: str | None) -> tuple[pd.DataFrame, str | None]:
    """Give practices numbers in the order of their codes, which mean nothing without the key."""
    order = rows.sort_values("practice", ignore_index=True)
    wide = max(2, len(str(len(order))))
    numbers = [f"P{place:0{wide}d}" for place in range(1, len(order) + 1)]
    ours = None
    if mine is not None:
        there = np.flatnonzero(order["practice"].astype(str) == mine)
        if not len(there):
            raise DataError(
                "What was given as your own practice is none of these: give its ODS code "
                "as the file has it, or the name of its file without the ending."
            )
        ours = numbers[int(there[0])]
    return order.assign(practice=numbers), ours


def _denominator(about: Measure, unknown: str) -> str:
    tail = "left out" if unknown == "out" and about.events != "unknown" else "counted"
    return f"Of all appointments whose day has passed; unknown outcomes {tail}."


def _by_deprivation(named: pd.DataFrame) -> pd.Series | None:
    """Sort practices into equal groups by deprivation, 1 the most deprived; unknown ones into none.

    None where fewer than ten practices' deprivation is known, or all are alike.
    """
    known = next((named[name] for name in ("imd", "deprivation_fifth") if name in named), None)
    if known is None or known.notna().sum() < LEAST_PRACTICES or known.min() == known.max():
        return None
    if known.name == "deprivation_fifth":
        return known.dropna().round().astype(int)
    many = 5 if known.notna().sum() >= MANY else 3
    return 1 + pd.qcut(-known.dropna().rank(method="first"), many, labels=False)


def _allowed(
    named: pd.DataFrame, by: pd.Series, about: Measure, ours: str | None
) -> tuple[Funnel, pd.DataFrame]:
    """Set each practice's events over what it would have at the share of its group.

    ratio = seen / expected;   expected = appointments x share of the practices in similar poverty

    Limits are those of a ratio funnel (Spiegelhalter 2005): Poisson, hence a little wide where a
    large part of all appointments counts.
    """
    named = named.loc[by.index]
    sums = named.assign(group=by).groupby("group")[["events", "out_of"]].sum()
    share = sums["events"] / sums["out_of"]
    counts = by.value_counts().sort_index()
    groups = pd.DataFrame({"group": share.index, "practices": counts.to_numpy(),
                           "share": 100 * share.to_numpy()})  # fmt: skip
    expected = named["out_of"] * by.map(share).astype(np.float64)
    made = funnel(
        named.assign(would_have=expected.round(2).clip(lower=0.01)),
        numerator="events", denominator="would_have", kind="ratio", unit="practice",
        units="practices",
        labels=[ours] if ours and (named["practice"] == ours).any() else "outside",
        title=f"{about.title}, deprivation allowed for",
        measure="Seen over expected (1 = as practices in similar poverty)",
        size="Expected, at the share of practices in similar poverty", suppress=True,
        notes=["Expected: appointments times the share of all practices in similar poverty."],
    )  # fmt: skip
    return made, groups

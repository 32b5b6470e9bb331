"""What a small practice can see, in words: so many of a hundred charts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.figures.table import Table
from pcqa_teach.figures.table import table as to_table
from pcqa_teach.sayings import and_list, capital, percent
from pcqa_teach.spc import PRESETS
from pcqa_teach.variation.small_practice import SIZE, UNCHANGED, SmallPractice

_ABOUT = 0.05  # of a half or a double, said to be one
NOTE = "Weeks vary by chance alone here; real weeks vary more, and show less."


def of_100(share: float) -> str:
    """Say on how many of a hundred charts.

    >>> of_100(0.617), of_100(0.0), of_100(1.0)
    ('62 of 100', '0 of 100', '100 of 100')
    """
    return f"{100 * share:.0f} of 100"


def message(found: SmallPractice) -> str:
    """Say what the smallest and the largest would notice of the change nearest to a halving."""
    table = found.table
    if not found.changed:
        return f"Where nothing changes, {of_100(float(table[UNCHANGED].max()))} charts signal"
    place = _nearest_half(found)
    sizes = table[SIZE].to_numpy()
    seen, anyway = (table[name].to_numpy() for name in (table.columns[2 + place], UNCHANGED))
    small, large = int(sizes.argmin()), int(sizes.argmax())
    said = (
        f"With {sizes[small]:,} {found.things} a week you would notice"
        f" {change_said(found.share, found.changed[place])} on {of_100(float(seen[small]))}"
        f" charts ({100 * anyway[small]:.0f} would signal anyway)"
    )
    if small == large:
        return said
    return f"{said}; with {sizes[large]:,}, on {100 * seen[large]:.0f}"


def _nearest_half(found: SmallPractice) -> int:
    ratio = np.log(np.array(found.changed) / found.share)
    return int(np.abs(np.abs(ratio) - np.log(2)).argmin())


def change_said(old: float, new: float) -> str:
    """Say a change of a share.

    >>> change_said(0.06, 0.03), change_said(0.06, 0.12), change_said(0.06, 0.05)
    ('a halving', 'a doubling', 'a fall from 6% to 5%')
    """
    ratio = new / old
    if abs(ratio - 0.5) <= _ABOUT:
        return "a halving"
    if abs(ratio - 2) <= 4 * _ABOUT:
        return "a doubling"
    way = "fall" if ratio < 1 else "rise"
    return f"a {way} from {percent(old)} to {percent(new)}"


def explain(found: SmallPractice) -> str:
    """Say each size, what was simulated, and what it cannot tell."""
    return "\n".join(
        [
            f"{message(found)}.",
            *[f"- {line}." for line in _sizes(found)],
            f"Before the change the share is {percent(found.share)}. Limits were frozen on"
            f" {found.weeks_before} weeks before it; it is noticed where a week of the"
            f" {found.weeks_after} after it is a signal by the rules of"
            f" {PRESETS[found.preset].title}. {found.charts:,} simulated charts for each.",
            f"{NOTE} A chart without a signal has not shown that nothing changed: with few a week,"
            " count over longer, or count something that happens more often.",
        ]
    )


def _sizes(found: SmallPractice) -> list[str]:
    """Say a line for each size."""
    lines = []
    for row in found.table.to_dict("records"):
        seen = [
            f"{'from ' + percent(found.share) + ' ' if place == 0 else ''}to {percent(new)} on"
            f" {of_100(row[name])}"
            for place, (name, new) in enumerate(
                zip(found.table.columns[2:], found.changed, strict=True)
            )
        ]
        noticed = f"a change {and_list(seen)}; " if seen else ""
        lines.append(
            f"{row[SIZE]:,} {found.things} a week: {noticed}with no change at all,"
            f" {of_100(row[UNCHANGED])} signal by chance"
        )
    return lines


def alt_text(found: SmallPractice) -> str:
    """Say the picture, size by size."""
    return f"Table of shaded cells. {message(found)}. {'. '.join(_sizes(found))}."


def data_table(found: SmallPractice) -> Table:
    """Give the table in whole per cents."""
    shown = pd.DataFrame({f"{capital(found.things)} a week": found.table[SIZE]})
    for name in found.table.columns[1:]:
        shown[capital(str(name))] = [of_100(float(one)) for one in found.table[name]]
    return to_table(shown, f"{message(found)}. Charts of 100 with a signal.")

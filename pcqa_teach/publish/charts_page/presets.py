"""The sets of rules side by side: what each looks for, its limits, how often it is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise

import pandas as pd

from pcqa_teach.publish.charts_page import rates
from pcqa_teach.publish.charts_page.kinds import rule_link
from pcqa_teach.publish.charts_page.markdown import (
    blocks,
    heading,
    number,
    picture,
    plain,
    sourced,
    table,
    target,
)
from pcqa_teach.publish.charts_page.rules import key
from pcqa_teach.sayings import and_list
from pcqa_teach.spc import PRESETS, RULES, Chart, chart
from pcqa_teach.spc.limits import CONSTANTS

# The series that NHSRplotthedots' guide shows: one large value among ones and twos.
SCREENING = (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)
# Our own: one low value and one high, side by side among fives and sixes.
MOVED = (5, 6, 5, 6, 5, 1, 10, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5)


def sections() -> str:
    """Give the sets side by side, then each by itself."""
    return blocks(
        table(["", *_links()], [*_rule_rows(), *_limit_rows()]),
        f"{key(['k', 'anywhere', 'between'])} A dash: the set does not use the rule.",
        heading(3, "How often each set is wrong", "about", "false_alarms"),
        f"The share of {rates.CHARTS:,} simulated charts in which nothing happened and yet a"
        " point was a signal. Limits come from the same points. How alike neighbours are is said by"
        " their correlation: 0 where they have nothing to do with each other, 1 where they move as"
        " one.",
        table(["Points", "How alike neighbours are", *_links()], _rate_rows(), right=2),
        *(_section(name) for name in PRESETS),
    )


def _links() -> list[str]:
    return [f"[{preset.title}](#{target('preset', name)})" for name, preset in PRESETS.items()]


def _rule_rows() -> list[list[str]]:
    return [[rule_link(name), *(_cell(preset, name) for preset in PRESETS)] for name in RULES]


def _cell(preset: str, rule: str) -> str:
    given = PRESETS[preset].rules.get(rule)
    if given is None:
        return "-"
    return (
        plain(
            ", ".join(name if value is True else f"{name}={value}" for name, value in given.items())
        )
        or "used"
    )


def _limit_rows() -> list[list[str]]:
    each = list(PRESETS.values())
    return [
        ["[screening](#about-screening)", *("used" if one.screen else "-" for one in each)],
        ["limits, in MR-bar", *(f"{3 * CONSTANTS[one.constants]:.5g}" for one in each)],
    ]


def _rate_rows() -> list[list[str]]:
    return [
        [f"{points}", f"{alike:g}", *(rates.rate(preset, points, alike) for preset in PRESETS)]
        for alike in rates.ALIKE
        for points in rates.LENGTHS
    ]


def _section(name: str) -> str:
    preset = PRESETS[name]
    return blocks(
        heading(3, preset.title, "preset", name),
        f"{plain(preset.use)} {plain(preset.differs)}",
        f'**Ask for it:** `rules="{name}"`',
        f"**Source:** {sourced(preset.source)}.",
    )


@cache
def screening(values: tuple[int, ...] = SCREENING) -> dict[str, Chart]:
    """Chart the same values without screening, and with."""
    frame = pd.DataFrame({"x": range(1, len(values) + 1), "value": values})
    return {
        "not screened": chart(frame, screen=False, title="Not screened"),
        "screened": chart(frame, screen=True, title="Screened"),
    }


def screening_section() -> str:
    """Give two series with their limits worked out both ways, side by side."""
    return blocks(
        f"In the first, the limits move and the answer does not: {SCREENING[4]} is outside both"
        f" ways. The values: {_listed(SCREENING)}.",
        _steps(screening()),
        "In the second, the answer changes. One week's calls were counted in the next, a step of"
        f" {_largest(MOVED)} from one point to the next, which makes the limits so wide that both"
        f" weeks hide within them. The values: {_listed(MOVED)}.",
        _steps(screening(MOVED)),
        picture("screening", screening_alt()),
    )


def _listed(values: tuple[int, ...]) -> str:
    return ", ".join(map(str, values))


def _largest(values: tuple[int, ...]) -> int:
    return max(abs(one - other) for one, other in pairwise(values))


def _steps(both: Mapping[str, Chart]) -> str:
    """Set the sums of the two charts beside each other."""
    steps = {
        name: dict(zip(made.arithmetic()["step"], made.arithmetic()["value"], strict=True))
        for name, made in both.items()
    }
    rows = [
        [plain(step), *(number(each[step]) if step in each else "-" for each in steps.values())]
        for step in steps["screened"]
    ]
    return table(["Step", *(name.capitalize() for name in steps)], rows, right=1)


def screening_alt() -> str:
    """Say what the picture of the two charts shows."""
    return " ".join(
        f"{name.capitalize()}: mean {number(line['centre'])}, limits {number(line['lower'])} and"
        f" {number(line['upper'])}, {_outside(made)}."
        for name, made in screening(MOVED).items()
        for line in made.limits.to_dict("records")
    )


def _outside(made: Chart) -> str:
    """Say which points are outside the limits."""
    rows = made.points["x"][made.points["outside"]].tolist()
    if not rows:
        return "no point outside"
    return f"points {and_list([str(row) for row in rows])} outside"

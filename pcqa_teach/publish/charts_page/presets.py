"""The sets of rules side by side: what each looks for, its limits, how often it is wrong."""

from __future__ import annotations

from functools import cache

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
from pcqa_teach.spc import PRESETS, RULES, Chart, chart
from pcqa_teach.spc.limits import CONSTANTS

# The series that NHSRplotthedots' guide shows: one large value among ones and twos.
SCREENING = (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1)


def sections() -> str:
    """Give the sets side by side, then each by itself."""
    return blocks(
        table(["", *_links()], [*_rule_rows(), *_limit_rows()]),
        heading(3, "How often each set is wrong", "about", "false_alarms"),
        f"The share of {rates.CHARTS:,} simulated charts in which nothing happened and yet a"
        " point was a signal. Limits come from the same points. *Alike* is the correlation of"
        " neighbouring values.",
        table(["Points", "Alike", *_links()], _rate_rows(), right=2),
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
def screening() -> dict[str, Chart]:
    """Chart the same values without screening, and with."""
    frame = pd.DataFrame({"x": range(1, len(SCREENING) + 1), "value": SCREENING})
    return {
        "not screened": chart(frame, screen=False, title="Not screened"),
        "screened": chart(frame, screen=True, title="Screened"),
    }


def screening_section() -> str:
    """Give one series with its limits worked out both ways, side by side."""
    steps = {
        name: dict(zip(made.arithmetic()["step"], made.arithmetic()["value"], strict=True))
        for name, made in screening().items()
    }
    rows = [
        [plain(step), *(number(each[step]) if step in each else "-" for each in steps.values())]
        for step in steps["screened"]
    ]
    return blocks(
        f"The values: {', '.join(map(str, SCREENING))}.",
        table(["Step", *(name.capitalize() for name in steps)], rows, right=1),
        picture("screening", screening_alt()),
    )


def screening_alt() -> str:
    """Say what the picture of the two charts shows."""
    return " ".join(
        f"{name.capitalize()}: mean {number(line['centre'])}, limits {number(line['lower'])} and"
        f" {number(line['upper'])}."
        for name, made in screening().items()
        for line in made.limits.to_dict("records")
    )

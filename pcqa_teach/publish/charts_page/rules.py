"""Each rule: what it looks for, values on which it fires, who uses it, how often it is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from pcqa_teach.publish.charts_page import rates
from pcqa_teach.publish.charts_page.kinds import called
from pcqa_teach.publish.charts_page.markdown import (
    blocks,
    curious,
    heading,
    number,
    picture,
    plain,
    sourced,
    table,
    target,
)
from pcqa_teach.sayings import and_list
from pcqa_teach.spc import PRESETS, RULES, Rule
from pcqa_teach.spc.rules import WHOLE, Example
from pcqa_teach.spc.segments import Codes
from pcqa_teach.variation.words import percent

_OPTIONS = {
    "k": "how many points it takes",
    "anywhere": "the odd point may lie on either side of the centre line; without it,"
    " all lie on one side",
    "between": "only points between 2 and 3 sigma count; without it, those beyond count too",
}
_WAYS = {1: "a signal upwards", -1: "a signal downwards", WHOLE: "a signal that points neither way"}


def sections() -> str:
    """Give every rule, one after the other."""
    return blocks(*(_section(rule) for rule in RULES.values()))


def title(rule: Rule) -> str:
    """Give a rule's heading.

    >>> title(RULES["two_of_three"])
    'Two of three'
    """
    return called(rule.name).capitalize()


def flags(rule: Rule) -> tuple[Example, Codes]:
    """Ask a rule of its own example: the values, and a code for each."""
    given = rule.example or Example(())
    return given, rule(given.evidence)


def _section(rule: Rule) -> str:
    return blocks(
        heading(3, title(rule), "rule", rule.name),
        f"{plain(sentence(rule))} {plain(rule.use)}",
        picture(target("rule", rule.name), alt_text(rule)),
        f"**On these values:** {plain(example(rule))}",
        table(
            ["Sets of rules with it", "Its options", "False alarms by itself"],
            [_use(name, rule) for name, preset in PRESETS.items() if rule.name in preset.rules],
            right=2,
        ),
        key(rule.options),
        curious(
            f"**Definition:** {plain(rule.definition)}",
            f"**What other tools do differently:** {plain(rule.differs)}",
            f"**Source:** {sourced(rule.source)}.",
        ),
    )


def sentence(rule: Rule) -> str:
    """Say what a rule looks for, as a sentence.

    >>> sentence(RULES["outside"])
    'A point outside the limits.'
    """
    return f"{rule.sentence[:1].upper()}{rule.sentence[1:]}."


def example(rule: Rule) -> str:
    """Say the values of a rule's example and which of them it flags."""
    given, found = flags(rule)
    values = ", ".join(number(value) for value in given.values)
    return f"{values}. {_lines(given)} {flagged(found)}"


def alt_text(rule: Rule) -> str:
    """Say what the picture of a rule shows."""
    given, found = flags(rule)
    return f"{len(given.values)} values: {sentence(rule)} {_lines(given)} {flagged(found)}"


def _lines(given: Example) -> str:
    low, high = (given.centre + sign * 3 * given.sigma for sign in (-1, 1))
    return (
        f"The centre line is {number(given.centre)} and sigma is {number(given.sigma)},"
        f" so the limits are {number(low)} and {number(high)}."
    )


def flagged(found: Codes) -> str:
    """Say which points have a signal, and which way it points.

    >>> flagged(np.array([0, 1, 1, 0, -1], dtype=np.int8))
    'Points 2 to 3 are a signal upwards, and point 5 is a signal downwards.'
    """
    said = []
    for sign, way in _WAYS.items():
        rows = np.flatnonzero(found == sign) + 1
        if len(rows):
            who, does = ("point", "is") if len(rows) == 1 else ("points", "are")
            said.append(f"{who} {_places(rows)} {does} {way}")
    text = ", and ".join(said) or "no point is a signal"
    return f"{text[:1].upper()}{text[1:]}."


def _places(rows: Any) -> str:
    runs = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    return and_list([str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs])


def key(names: Iterable[str]) -> str:
    """Say what options mean.

    >>> key(["k"])
    '*k*: how many points it takes.'
    """
    said = [f"*{name}*: {_OPTIONS[name]}" for name in _OPTIONS if name in names]
    return f"{'; '.join(said)}." if said else ""


def _use(name: str, rule: Rule) -> list[str]:
    preset = PRESETS[name]
    link = f"[{preset.title}](#{target('preset', name)})"
    used = options({**rule.options, **preset.rules[rule.name]})
    return [link, used or "none", percent(rates.alone(name, rule.name))]


def options(given: Mapping[str, Any]) -> str:
    """Write options as one would give them.

    >>> options({"k": 7, "between": False})
    'k=7, between=False'
    """
    return ", ".join(f"{name}={value}" for name, value in given.items())

"""Which rules a chart uses, and how its limits are worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.limits import CONSTANTS, Kind
from pcqa_teach.spc.rules import PRESETS, RULES, Preset, Rule


@dataclass(frozen=True)
class Chosen:
    """The rules in use, the preset they came from, and how limits are worked out."""

    preset: str | None
    rules: tuple[Rule, ...]
    screen: bool
    constants: str


def choose(
    about: Kind,
    rules: str | Rule | Sequence[str | Rule] | None,
    screen: bool | None,
    constants: str | None,
    run_length: int | None,
) -> Chosen:
    """Read `rules=`; a preset keeps to what suits the kind of chart, a list is taken as it is."""
    name = about.preset if rules is None else rules
    preset: Preset | None = None
    if isinstance(name, str) and name in PRESETS:
        preset = PRESETS[name]
        found = tuple(
            replace(RULES[rule], options={**RULES[rule].options, **options})
            for rule, options in preset.rules.items()
            if about.suits is None or rule in about.suits
        )
    else:
        given = [name] if isinstance(name, str | Rule) else name
        found = tuple(_rule(one) for one in given)
    if run_length is not None:
        found = tuple(_with_length(rule, run_length) for rule in found)
    used = constants if constants is not None else preset.constants if preset else "d2"
    if used not in CONSTANTS:
        raise ChartError(
            f"constants='{used}' is not known: give {' or '.join(map(repr, CONSTANTS))}."
        )
    screened = screen if screen is not None else bool(preset and preset.screen)
    return Chosen(name if isinstance(name, str) and preset else None, found, bool(screened), used)


def _rule(rule: Any) -> Rule:
    if isinstance(rule, Rule):
        return rule
    if isinstance(rule, str) and rule in RULES:
        return RULES[rule]
    said = f"'{rule}'" if isinstance(rule, str) else f"of type {type(rule).__name__}"
    raise ChartError(
        f"There is no rule or preset {said}: presets are {', '.join(PRESETS)};"
        f" rules are {', '.join(RULES)}."
    )


def _with_length(rule: Rule, length: int) -> Rule:
    if isinstance(length, bool) or not isinstance(length, int) or length < 3:
        raise ChartError(f"run_length={length} is not a number of points: give 6, 7 or 8.")
    return replace(rule, options={**rule.options, "k": length}) if "k" in rule.options else rule

"""From what was given as `rules=` to the rules in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pcqa_teach.arguments import yes_no
from pcqa_teach.errors import ChartError, DataError
from pcqa_teach.spc.limits import CONSTANTS, Kind
from pcqa_teach.spc.rules.definition import Rule, is_length
from pcqa_teach.spc.rules.own import guarded, rule
from pcqa_teach.spc.rules.presets import PRESETS, Preset
from pcqa_teach.spc.rules.registry import RULES

_KIT = frozenset(one.flag for one in RULES.values())
_TAKEN = frozenset({"x", "y", "n", "phase", "centre", "lower", "upper", "lower2", "upper2",
                    "signal", "verdict"})  # fmt: skip


@dataclass(frozen=True)
class Chosen:
    """The rules in use, the preset they came from, and how limits are worked out."""

    preset: str | None
    rules: tuple[Rule, ...]
    screen: bool
    constants: str


def choose(
    kind: Kind, rules: Any, screen: bool | None, constants: str | None, run_length: int | None
) -> Chosen:
    """Read `rules=`: a preset, a rule (or its name), a function, or a list of any of these.

    A preset keeps to what suits the kind of chart, and brings its screening and constants (the
    first one, where a list has several); a rule asked for by name is taken as it is.
    """
    asked = kind.preset if rules is None else rules
    many = isinstance(asked, Iterable) and not isinstance(asked, str | Mapping | Rule)
    each = list(asked) if many and not callable(asked) else [asked]
    presets = [one for one in each if isinstance(one, str) and one in PRESETS]
    preset = PRESETS[presets[0]] if presets else Preset("", {})
    found = _distinct([one for given in each for one in _rules(given, kind)])
    if run_length is not None:
        found = [_with_length(one, run_length) for one in found]
    used = preset.constants if constants is None else constants
    if not isinstance(used, str) or used not in CONSTANTS:
        raise ChartError(
            f"constants='{used}' is not known: give {' or '.join(map(repr, CONSTANTS))}."
        )
    return Chosen(
        presets[0] if presets and len(each) == 1 else None,
        tuple(one if one.flag in _KIT else guarded(one) for one in found),
        preset.screen if screen is None else _yes_no(screen),
        used,
    )


def _yes_no(screen: Any) -> bool:
    try:
        return yes_no(screen, "screen")
    except DataError as error:
        raise ChartError(str(error)) from None


def _rules(given: Any, kind: Kind) -> list[Rule]:
    """Give the rules that one entry of `rules=` stands for."""
    if isinstance(given, Rule):
        return [given]
    if isinstance(given, str) and given in PRESETS:
        return [
            RULES[name].with_(**options)
            for name, options in PRESETS[given].rules.items()
            if kind.suits is None or name in kind.suits
        ]
    if isinstance(given, str) and given in RULES:
        return [RULES[given]]
    if callable(given):
        made: Rule = rule(given)
        return [made]
    said = f"'{given}'" if isinstance(given, str) else f"of type {type(given).__name__}"
    raise ChartError(
        f"There is no rule or preset {said}: presets are {', '.join(PRESETS)};"
        f" rules are {', '.join(RULES)}; or give a function of your own."
    )


def _distinct(rules: list[Rule]) -> list[Rule]:
    """Leave out what is asked for twice; two rules of one name would fill one column."""
    found: dict[str, Rule] = {}
    for one in rules:
        if one.name in _TAKEN:
            raise ChartError(
                f"A rule cannot be called '{one.name}', which is a column of every chart:"
                " give it another name, as in rule(function, name='my_rule')."
            )
        if found.setdefault(one.name, one) != one:
            how = (
                f"RULES['{one.name}'].with_(name='another')"
                if one.name in RULES
                else f"rule({one.name}, name='another')"
            )
            raise ChartError(
                f"Two different rules are called '{one.name}': give one of them another name, as in"
                f" {how}; of two presets, give one and add single rules of the other."
            )
    return list(found.values())


def _with_length(given: Rule, length: Any) -> Rule:
    if not is_length(length):
        raise ChartError(f"run_length={length} is not a number of points: give 6, 7 or 8.")
    if "k" not in given.options:
        return given
    return replace(given, options={**given.options, "k": int(length)})

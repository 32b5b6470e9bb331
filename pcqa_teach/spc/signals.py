"""Which points the rules flag, and which way each signal points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from pcqa_teach.spc.evidence import Evidence
from pcqa_teach.spc.kinds.base import Lines
from pcqa_teach.spc.phases import Phases
from pcqa_teach.spc.rules import WHOLE, Rule
from pcqa_teach.spc.segments import Bools, Codes, Floats


@dataclass(frozen=True)
class Signals:
    """What each rule says of each row, and what all of them say together.

    Parameters
    ----------
    codes : one code a row for each rule
    up, down : rows with a signal in that direction
    whole : rows of a phase that is a signal as a whole
    neither : rows with a signal of their own that points neither way
    """

    codes: Mapping[str, Codes]
    up: Bools
    down: Bools
    whole: Bools
    neither: Bools

    @property
    def any(self) -> Bools:
        """Rows that some rule flags."""
        return self.up | self.down | self.whole | self.neither


def find_signals(
    judged: Floats, centre: Floats, lines: Lines, phases: Phases, rules: Iterable[Rule]
) -> Signals:
    """Ask every rule of the points it looks at: never a gap, seldom an excluded one."""
    spread, rules = phases.segments.spread, list(rules)
    middle = None if lines.middle is None else spread(lines.middle)
    every = Evidence(judged, centre, spread(lines.sigma), phases.segments, middle)
    seen = np.isfinite(judged)
    counted = seen & ~phases.excluded
    whole = _among(every, seen)
    alike = not (seen & phases.excluded).any()
    given = {True: whole, False: whole if alike else _among(every, counted)}
    rows = {True: seen, False: counted}
    codes = {
        rule.name: _asked(rule, given[rule.sees_excluded], rows[rule.sees_excluded])
        for rule in rules
    }
    of_phase = {rule.name for rule in rules if rule.whole}
    of_points = [code for name, code in codes.items() if name not in of_phase]
    return Signals(
        codes,
        _any(codes.values(), 1, seen),
        _any(codes.values(), -1, seen),
        _any((codes[name] for name in of_phase), WHOLE, seen),
        _any(of_points, WHOLE, seen),
    )


def _among(evidence: Evidence, where: Bools) -> Evidence:
    """Keep some rows of the evidence."""
    return evidence if where.all() else evidence.among(np.flatnonzero(where))


def _asked(rule: Rule, evidence: Evidence, where: Bools) -> Codes:
    if len(evidence.y) == len(where):
        return rule(evidence)
    codes = np.zeros(len(where), dtype=np.int8)
    if len(evidence.y):
        codes[where] = rule(evidence)
    return codes


def _any(codes: Iterable[Codes], sign: int, like: Bools) -> Bools:
    found = np.zeros_like(like)
    for code in codes:
        found |= code == sign
    return found

"""The rules: which points are a signal, which way, in which words; and the presets of rules.

To add one, write a short function and an entry in `RULES`, with its words; a preset that uses it
names it with its options in `PRESETS`. Nothing else changes. A rule is given `Evidence` (every
phase of every series at once) and gives one code a row: 0 no signal, +1 signal upwards, -1
downwards, `WHOLE` a signal of the phase as a whole that points neither way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.evidence import Evidence, signed
from pcqa_teach.spc.limits import CONSTANTS, Kind
from pcqa_teach.spc.runs import anhoej_thresholds, long_runs, longest_and_crossings, run_starts
from pcqa_teach.spc.segments import Codes, Segments

WHOLE = 2


def outside(evidence: Evidence) -> Codes:
    """Flag a point strictly beyond a 3-sigma limit (Shewhart 1931).

    >>> outside(_series([6, 7, 5, 9, 6, 30], centre=7, sigma=2)).tolist()
    [0, 0, 0, 0, 0, 1]
    """
    return evidence.beyond3


def shift(evidence: Evidence, k: int = 7) -> Codes:
    """Flag every point of a run of `k` or more strictly on one side of the centre line.

    >>> shift(_series([5, 8, 9, 8, 6], centre=7, sigma=2), k=3).tolist()
    [0, 1, 1, 1, 0]
    """
    return evidence.side * long_runs(evidence.side, evidence.segments, k)


def trend(evidence: Evidence, k: int = 7) -> Codes:
    """Flag every point of `k` or more strictly rising or falling; a tie ends it.

    >>> trend(_series([5, 6, 8, 8, 6], centre=7, sigma=2), k=3).tolist()
    [1, 1, 1, 0, 0]
    """
    step = np.zeros(len(evidence.y), dtype=np.int8)
    later, earlier = evidence.y[1:], evidence.y[:-1]
    step[1:] = signed(later > earlier, later < earlier)
    step[evidence.segments.starts] = 0
    code = step * long_runs(step, evidence.segments, k - 1)
    first = np.flatnonzero((code[1:] != 0) & (code[:-1] != code[1:]))
    before = code[first]
    code[first] = np.where(before == 0, code[first + 1], before)
    return code


def two_of_three(evidence: Evidence, between: bool = False) -> Codes:
    """Flag points beyond 2 sigma where at least two of three neighbours on one side are.

    With `between`, a point beyond the limits does not count (as NHSRplotthedots reads the rule).

    >>> two_of_three(_series([6, 12, 8, 12, 6], centre=7, sigma=2)).tolist()
    [0, 1, 0, 1, 0]
    """
    side, far = evidence.side, evidence.beyond2
    if between:
        far = far * (evidence.beyond3 == 0)
    size = len(side)
    if size < 3:
        return np.zeros(size, dtype=np.int8)
    near = np.abs(far)
    window = (side[2:] == side[1:-1]) & (side[1:-1] == side[:-2])
    window &= (near[2:] + near[1:-1] + near[:-2]) >= 2
    starts = evidence.segments.starts[1:]
    window[starts[starts > 1] - 2] = False
    window[starts[starts < size - 1] - 1] = False
    flagged = np.zeros(size, dtype=bool)
    flagged[2:] |= window
    flagged[1:-1] |= window
    flagged[:-2] |= window
    return far * flagged


def anhoej(evidence: Evidence) -> Codes:
    """Flag a phase whose longest run is too long or whose line is crossed too rarely.

    Points on the line are not useful and never flagged. Every useful point of the phase is
    flagged: those in a too long run with its side, the others as part of the whole.

    >>> anhoej(_series([5, 6, 4, 8, 9, 6], centre=7, sigma=2)).tolist()
    [0, 0, 0, 0, 0, 0]
    >>> anhoej(_series([5] * 8 + [9, 6], centre=7, sigma=2)).tolist()
    [-1, -1, -1, -1, -1, -1, -1, -1, 2, 2]
    """
    code = np.zeros(len(evidence.y), dtype=np.int8)
    rows = np.flatnonzero(evidence.side)
    if len(rows) == 0:
        return code
    side = evidence.side[rows]
    useful, _ = evidence.segments.keep(rows)
    longest, crossings = longest_and_crossings(side, useful)
    most, fewest = anhoej_thresholds(useful.lengths)
    starts = run_starts(side, useful)
    lengths = np.diff(starts, append=len(side))
    long = np.repeat(lengths, lengths) > np.repeat(most, useful.lengths)
    signal = np.repeat((longest > most) | (crossings < fewest), useful.lengths)
    code[rows] = np.where(long, side, np.where(signal, WHOLE, 0))
    return code


@dataclass(frozen=True)
class Rule:
    """A rule with its options and its words.

    Parameters
    ----------
    name : the column it fills in `chart.points`
    flag : the function
    says : what it means, in a sentence that `{k}` and other options fill
    options : what the function is given besides the evidence
    sees_excluded : whether it still looks at points left out of the limits
    joined : whether neighbours that it flags the same way are one signal, a run
    why : why one point is flagged; may name {count} (points in the run), {side} (above, below),
        {way} (rising, falling), {edge} (upper, lower), {centre}, {limit} and {near} (2 sigma)
    now : what the headline says when the latest point is flagged; also {span} (for the last 9
        weeks), {when} (in Mar 2024) and {level} (high, low)
    past : what the headline says of an earlier signal; also {move} (rise, fall) and {dates}
    """

    name: str
    flag: Callable[..., Codes]
    says: str
    options: Mapping[str, Any] = field(default_factory=dict)
    sees_excluded: bool = False
    joined: bool = False
    why: str = ""
    now: str = "unusual {when}"
    past: str = "unusually {level} {when}"

    def __call__(self, evidence: Evidence) -> Codes:
        """Ask the rule."""
        return self.flag(evidence, **self.options)

    @property
    def sentence(self) -> str:
        """What the rule looks for."""
        return self.says.format(**self.options)

    def reason(self, **words: Any) -> str:
        """Say why one point is flagged.

        >>> RULES["shift"].reason(count=8, side="above", centre="mean")
        'one of 8 in a row above the mean'
        """
        return (self.why or self.name.replace("_", " ")).format(**words)


_SIDE: dict[str, Any] = {
    "joined": True,
    "why": "one of {count} in a row {side} the {centre}",
    "now": "{side} its {centre} {span}",
    "past": "a {level} run {dates}",
}

# Where one point has several signals, the headline says the rule that stands first here.
RULES: dict[str, Rule] = {
    "shift": Rule(
        "shift", shift, "{k} or more points in a row on one side of the centre line", {"k": 7},
        **_SIDE,
    ),
    "anhoej": Rule(
        "anhoej", anhoej, "an unusually long run, or unusually few crossings of the centre line",
        **_SIDE,
    ),
    "trend": Rule(
        "trend", trend, "{k} or more points in a row all rising or all falling", {"k": 7},
        joined=True,
        why="one of {count} in a row {way}",
        now="{way} {span}",
        past="a {move} {dates}",
    ),
    "outside": Rule(
        "outside", outside, "a point outside the limits",
        sees_excluded=True,
        why="{side} the {edge} limit of {limit}",
        now="unusually {level} {when}",
    ),
    "two_of_three": Rule(
        "two_of_three", two_of_three, "two of three points in a row close to the same limit",
        {"between": False},
        why="{side} {near}, two thirds of the way to the limit,"
        " as are two of three points in a row",
        now="close to its {edge} limit of late",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Preset:
    """Rules that are used together, and how their limits are worked out."""

    title: str
    rules: Mapping[str, Mapping[str, Any]]
    screen: bool = False
    constants: str = "d2"


_NHS = {"outside": {}, "shift": {"k": 7}, "trend": {"k": 7}}

PRESETS: dict[str, Preset] = {
    "mdc": Preset(
        "NHS England Making Data Count", {**_NHS, "two_of_three": {}}, constants="wheeler"
    ),
    "nhsr": Preset("NHSRplotthedots", {**_NHS, "two_of_three": {"between": True}}, True, "wheeler"),
    "anhoej": Preset("Anhoej", {"outside": {}, "anhoej": {}}),
}


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
    """Read `rules=`; a preset keeps to what suits the kind of chart, a list is taken as it is."""
    name = kind.preset if rules is None else rules
    preset = PRESETS.get(name) if isinstance(name, str) else None
    if preset is not None:
        found = tuple(
            replace(RULES[rule], options={**RULES[rule].options, **options})
            for rule, options in preset.rules.items()
            if kind.suits is None or rule in kind.suits
        )
    else:
        alone = isinstance(name, str | Rule) or not isinstance(name, Iterable)
        found = tuple(_rule(one) for one in ([name] if alone else name))
    if run_length is not None:
        found = tuple(_with_length(rule, run_length) for rule in found)
    used = constants if constants is not None else preset.constants if preset else "d2"
    if not isinstance(used, str) or used not in CONSTANTS:
        raise ChartError(
            f"constants='{used}' is not known: give {' or '.join(map(repr, CONSTANTS))}."
        )
    screened = screen if screen is not None else bool(preset and preset.screen)
    return Chosen(name if preset else None, found, bool(screened), used)


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


def _with_length(rule: Rule, length: Any) -> Rule:
    whole = isinstance(length, int | np.integer) and not isinstance(length, bool)
    if not whole or length < 3:
        raise ChartError(f"run_length={length} is not a number of points: give 6, 7 or 8.")
    if "k" not in rule.options:
        return rule
    return replace(rule, options={**rule.options, "k": int(length)})


def _series(values: list[float], centre: float, sigma: float) -> Evidence:
    """Make a single phase of a few values, for the examples above."""
    y = np.array(values, dtype=float)
    return Evidence(
        y, np.full_like(y, centre), np.full_like(y, sigma), Segments(np.array([0]), len(y))
    )

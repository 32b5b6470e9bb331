"""A rule: a function that flags points, its options, and all its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.evidence import Evidence
from pcqa_teach.spc.segments import Codes, Segments

WHOLE = 2  # the code of a signal that points neither way

_WAYS = ("side", "way", "edge", "level", "move")
_KNOWN = {
    "why": (*_WAYS, "count", "centre", "limit", "near"),
    "now": (*_WAYS, "centre", "span", "when"),
    "past": (*_WAYS, "centre", "when", "dates"),
    "whole": ("centre", "line", "runs"),
}


def one_phase(values: Sequence[float], centre: float, sigma: float) -> Evidence:
    """Make the evidence of one phase from a few values, its centre line and its sigma.

    >>> one_phase([6, 9], centre=7, sigma=2).side.tolist()
    [-1, 1]
    """
    y = np.array(values, dtype=float)
    one = Segments(np.array([0]), len(y))
    return Evidence(y, np.full_like(y, centre), np.full_like(y, sigma), one)


@dataclass(frozen=True)
class Example:
    """A few values beside their centre line and sigma, on which a rule shows what it does."""

    values: tuple[float, ...]
    centre: float = 7
    sigma: float = 2

    @property
    def evidence(self) -> Evidence:
        """Give it as a rule reads it."""
        return one_phase(self.values, self.centre, self.sigma)


@dataclass(frozen=True)
class Rule:
    """A rule with its options and its words.

    `RULES["shift"].with_(k=6)` is the same rule with other options; `rule` makes one of a function.

    Parameters
    ----------
    name : the column it fills in `chart.points`
    flag : the function: `Evidence` (every phase of every series at once) in, one code a row out;
        0 no signal, +1 upwards, -1 downwards, 2 (`WHOLE`) a signal that points neither way
    says : what it means, in a sentence that `{k}` and other options fill
    options : what the function is given besides the evidence
    sees_excluded : whether it still looks at points left out of the limits
    joined : whether neighbours that it flags the same way are one signal, a run
    why : why one point is flagged; may name {side} (above, below), {way} (rising, falling), {edge}
        (upper, lower), {level} (high, low), {move} (rise, fall), {centre}, {count} (points in the
        run), {limit} and {near} (2 sigma)
    now : what the headline says when the latest point is flagged; the words of direction, {centre},
        {span} (for the last 9 weeks) and {when} (in Mar 2024)
    past : what the headline says of an earlier signal; the words of direction, {centre}, {when} and
        {dates} (from Mar 2024 to Jul 2024)
    whole : what the headline says where code 2 means the phase as a whole, not these points;
        {centre}, {line} (the centre line's value) and {runs} (what of the runs about it is rare);
        empty where it means these points
    look : where to look for the cause, when it finds something
    definition : the rule in words and symbols
    source : author, year, section
    use : when to use it
    differs : what other tools do differently
    example : values on which it shows what it flags

    Raises
    ------
    ChartError
        The name is not a text, the function is none, or the words name what is not known.

    Examples
    --------
    >>> top = Rule("top", lambda seen: seen.y > 40, "a value above 40", why="above 40")
    >>> top(one_phase([12, 41], centre=7, sigma=2)).tolist()
    [False, True]
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
    whole: str = ""
    look: str = ""
    definition: str = ""
    source: str = ""
    use: str = ""
    differs: str = ""
    example: Example | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise ChartError("A rule needs a name: give a short text, such as 'above_40'.")
        if not callable(self.flag):
            raise ChartError(f"Rule '{self.name}' needs a function that is given the evidence.")
        self._try_words()

    def _try_words(self) -> None:
        known = {text: dict.fromkeys(words, "") for text, words in _KNOWN.items()}
        for text, words in {"says": self.options, **known}.items():
            try:
                getattr(self, text).format(**words)
            except (KeyError, IndexError, ValueError, AttributeError, TypeError):
                names = ", ".join(f"{{{name}}}" for name in words) or "nothing"
                raise ChartError(
                    f"Rule '{self.name}': {text}= must be a text and may name only {names}."
                ) from None

    def __call__(self, evidence: Evidence) -> Codes:
        """Ask the rule."""
        return self.flag(evidence, **self.options)

    @property
    def sentence(self) -> str:
        """What the rule looks for."""
        return self.says.format(**self.options)

    def reason(self, **words: Any) -> str:
        """Say why one point is flagged.

        >>> spike = Rule("spike", len, "a spike", why="{side} the {centre}")
        >>> spike.reason(side="above", centre="mean")
        'above the mean'
        """
        return (self.why or self.name.replace("_", " ")).format(**words)

    def with_(self, *, name: str | None = None, **options: Any) -> Rule:
        """Give the same rule with other options, and another name where a chart has both.

        >>> from pcqa_teach.spc.rules import RULES
        >>> RULES["shift"].with_(k=6).sentence
        '6 or more points in a row on one side of the centre line'
        """
        for option, value in options.items():
            self._check(option, value)
        return replace(self, name=name or self.name, options={**self.options, **options})

    def _check(self, option: str, value: Any) -> None:
        if option not in self.options:
            known = ", ".join(self.options) or "none"
            raise ChartError(f"Rule '{self.name}' has no option '{option}': its options: {known}.")
        if isinstance(self.options[option], bool) and not isinstance(value, bool):
            raise ChartError(f"Rule '{self.name}': {option}= must be True or False.")
        if option == "k" and not is_length(value):
            raise ChartError(
                f"Rule '{self.name}': k={value} is not a number of points:"
                " give a whole number, 3 or more."
            )


def is_length(value: Any) -> bool:
    """Say whether a value can be the length of a run.

    >>> is_length(7), is_length(2), is_length(7.5), is_length(True)
    (True, False, False, False)
    """
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    return whole and int(value) >= 3

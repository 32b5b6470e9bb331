"""What became of a belief, in words."""

from __future__ import annotations

from pcqa_teach.sayings import counted, lines
from pcqa_teach.variation.myths import HOLDS, REVERSED, SMALL, Myth

_NOT_A_CAUSE = (
    "Whatever the answer, it is about this practice in these weeks, and says nothing of why."
)


def message(found: Myth) -> str:
    """Say the belief and its verdict."""
    return f'"{found.claim}": {found.verdict}'


def explain(found: Myth) -> str:
    """Say what was compared, how far it lies apart, and what that means."""
    sums = found.arithmetic()
    return lines(
        [
            f"{message(found)}.",
            f"In each of {len(found.table)} periods the share of '{found.group}' was set against "
            f"that of all the rest. The mean difference is {points(found.mean)} "
            f"({_sure(found)} interval {interval(found)}).",
            f"The sum: {sums['mean']:.2f} -/+ {sums['factor']:.2f} x {sums['sd']:.2f} / "
            f"√{len(found.table)}. It was agreed that {counted(found.matters, 'point')} would "
            "matter.",
            _meaning(found),
            f"{counted(found.left_out, 'period')} had nobody on one side, and were left out."
            if found.left_out
            else "",
            _NOT_A_CAUSE,
        ]
    )


def alt_text(found: Myth) -> str:
    """Say aloud what the dots show."""
    above = int((found.table["difference"] > 0).sum())
    return (
        f"{message(found)}. A dot for each of {len(found.table)} periods; {above} lie above "
        f"nought, where '{found.group}' has the larger share. Mean difference "
        f"{points(found.mean)}, {_sure(found)} interval {interval(found)}."
    )


def points(value: float) -> str:
    """Write a difference of shares with its sign.

    >>> points(0.63), points(-1.25)
    ('+0.6 points', '-1.2 points')
    """
    return f"{value:+.1f} points"


def interval(found: Myth) -> str:
    """Write the interval of the mean difference."""
    return f"{found.low:+.2f} to {found.high:+.2f}"


def _sure(found: Myth) -> str:
    return f"{100 * found.confidence:g}%"


def _meaning(found: Myth) -> str:
    if found.verdict == HOLDS:
        certain = found.low >= found.matters
        return "So the belief holds here" + (
            ", by enough to matter."
            if certain
            else "; whether it is enough to matter is not certain."
        )
    if found.verdict == SMALL:
        return "So there is no difference that would matter; a small one there may be."
    if found.verdict == REVERSED:
        return "So it is the other way round here."
    return "So these figures cannot tell: there may be nothing, or enough to matter. Count longer."

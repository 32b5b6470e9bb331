"""Points for an answer: the whole key of a graded item stands in one call of `judge`."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pcqa_teach.errors import LessonError
from pcqa_teach.lessons.matching import Misconceptions, Verdict, Within, assess

Points = float | Mapping[str, float]


def judge(
    item: str,
    answer: object,
    *,
    expect: Any,
    within: Within = 0,
    misconceptions: Misconceptions | None = None,
    points: Points = 1,
) -> float:
    """Return the points that an answer earns, and print one sentence to the participant.

    The sentence never holds what was expected. Whatever the answer is, nothing is raised and
    nothing goes to the error stream, where nbgrader would see a failed test.

    Parameters
    ----------
    item : str
        The item's name, such as `b3-1`.
    answer : object
        What the participant left in the item's named answer.
    expect : number, text, bool, list, set or dict
        The right answer. The parts of a dict earn their points one by one.
    within : float or dict
        How far off a number may be, for all parts or by name.
    misconceptions : dict, optional
        By name, a wrong answer and its hint; the first that matches gives the hint. A wrong answer
        to a dict may name some of its parts only. In place of a wrong answer may stand a question
        (a function of the answer); it then needs a third member, an example that it catches.
    points : float or dict
        The item's points, shared equally by the parts of a dict, or each part's own.

    Returns
    -------
    float
        Between 0 and the item's points.

    Examples
    --------
    >>> judge("b3-1", 5, expect=6.6, within=0.1, misconceptions={"median": (5, "Not the middle.")})
    b3-1: not yet (0 of 1 point). Not the middle.
    0.0
    >>> judge("b3-2", {"mean": 6.6, "limit": 3}, expect={"mean": 6.6, "limit": 8}, points=2)
    b3-2: partly right (1 of 2 points). In place: mean. Look again at: limit.
    1.0
    """
    found = mark(
        item, answer, expect=expect, within=within, misconceptions=misconceptions, points=points
    )
    with contextlib.suppress(Exception):  # the points count even where nothing can be printed
        print(found.said)
    return found.earned


@dataclass(frozen=True)
class Mark:
    """What an answer earns of what there is to earn, the sentence said, and how it was judged."""

    earned: float
    total: float
    said: str
    verdict: Verdict


def mark(
    item: str,
    answer: object,
    *,
    expect: Any,
    within: Within = 0,
    misconceptions: Misconceptions | None = None,
    points: Points = 1,
) -> Mark:
    """Return what `judge` would give and say, printing nothing.

    >>> mark("b3-1", 5, expect=6.6, within=0.1, misconceptions={"median": (5, "No.")}).verdict
    Verdict(outcome='wrong', right=(), wrong=('answer',), misconception='median', hint='No.')
    """
    worth = share_out(points, expect)
    verdict = assess(answer, expect, within, misconceptions)
    total = sum(worth.values())
    if verdict.outcome == "right":
        earned = total
    else:
        earned = sum(worth.get(part, 0.0) for part in verdict.right)
    earned = round(float(earned), 6)
    return Mark(earned, total, f"{item}: {_sentence(verdict, earned, total)}", verdict)


def share_out(points: Points, expect: Any) -> dict[str, float]:
    """Return the points of each part of an item; one part called "answer" where it has no parts.

    >>> share_out(3, {"mean": 6.6, "lower": 2, "upper": 9})
    {'mean': 1.0, 'lower': 1.0, 'upper': 1.0}
    """
    parts = list(expect) if isinstance(expect, Mapping) else ["answer"]
    if not isinstance(points, Mapping):
        worth = {part: float(points) / len(parts) for part in parts}
    elif set(points) == set(parts):
        worth = {part: float(points[part]) for part in parts}
    else:
        raise LessonError("A graded item must say the points of exactly the parts it expects.")
    if any(value <= 0 for value in worth.values()):
        raise LessonError("A graded item's points must be more than 0.")
    return worth


def _sentence(verdict: Verdict, earned: float, total: float) -> str:
    unit = "point" if total == 1 else "points"
    score = f"({earned:g} of {total:g} {unit})"
    if verdict.outcome == "right":
        return f"right {score}."
    if verdict.outcome == "empty":
        return f"no answer yet {score}. Put yours in place of None, even when you are not sure."
    if verdict.outcome == "unreadable":
        return (
            f"your answer could not be read {score}. Leave the line as it was and change only "
            "None: a number, or text in quotation marks."
        )
    if verdict.outcome == "part":
        named = verdict.parts_said()
        return f"partly right {score}. {named} {verdict.hint}".rstrip()
    return f"not yet {score}. {verdict.hint or 'Go back to the worked example and try once more.'}"

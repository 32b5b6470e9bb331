"""An instant, ungraded hint for a participant who tries something out."""

from __future__ import annotations

from typing import Any

from pcqa_teach.lessons.matching import Misconceptions, Within, assess


def check(
    answer: object,
    *,
    expect: Any,
    within: Within = 0,
    misconceptions: Misconceptions | None = None,
    well_done: str = "Yes, that is it.",
) -> None:
    """Print whether an answer is right, or a hint that names what may have gone wrong.

    Nothing is kept and nothing is marked. The arguments are those of `judge`.

    Examples
    --------
    >>> check(None, expect=2)
    No answer yet: put yours in place of None, then run this cell again.
    >>> check(9, expect=2, misconceptions={"all": (9, "That counts every point.")})
    Not yet. That counts every point.
    >>> check(2, expect=2, well_done="Yes: two of the three.")
    Yes: two of the three.
    """
    verdict = assess(answer, expect, within, misconceptions)
    if verdict.outcome == "right":
        print(well_done)
    elif verdict.outcome == "empty":
        print("No answer yet: put yours in place of None, then run this cell again.")
    elif verdict.outcome == "unreadable":
        print("That could not be read: give a number, or text in quotation marks.")
    elif verdict.outcome == "part":
        named = verdict.parts_said()
        print(f"Partly. {named} {verdict.hint}".rstrip())
    else:
        print(f"Not yet. {verdict.hint or 'Look once more at the worked example.'}")

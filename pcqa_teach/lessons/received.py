"""Whether an answer has arrived, said to the participant without a word on whether it is right."""

from __future__ import annotations

import sys
from typing import Any

from pcqa_teach.lessons.answers import NotPlain, is_empty, plain

_LATER = "it is marked when you hand this notebook in."


def received(task: str, answer_name: str) -> None:
    """Print whether the answer of that name is there, and how much of it is still None.

    Nothing is judged, and nothing is raised, whatever the answer is, or where there is none.

    Parameters
    ----------
    task : str
        What the lesson calls the task, to begin the sentence with.
    answer_name : str
        The answer's name in the notebook: named, not given, so that it may be missing.

    Examples
    --------
    >>> answer_b3_1 = {"mean": 155.4, "upper": None}
    >>> received("Task 1", "answer_b3_1")
    Task 1: 1 of its 2 parts received, 1 is still None.
    >>> received("Task 2", "answer_b3_2")
    Task 2: no answer yet. Run the cell above, with your answer in place of None.
    """
    print(f"{task}: {_said(sys._getframe(1).f_globals.get(answer_name))}")


def _said(answer: Any) -> str:
    try:
        given = plain(answer)
    except (NotPlain, RecursionError, MemoryError) as error:
        why = str(error) if isinstance(error, NotPlain) else ""
        return f"that cannot be read{why}. Give numbers, or words in quotation marks."
    if is_empty(given):
        return "no answer yet. Run the cell above, with your answer in place of None."
    if not isinstance(given, dict):
        return f"answer received; {_LATER}"
    lacking = sum(is_empty(part) for part in given.values())
    if lacking:
        verb = "is" if lacking == 1 else "are"
        there = len(given) - lacking
        return f"{there} of its {len(given)} parts received, {lacking} {verb} still None."
    return f"all {len(given)} parts received; {_LATER}"

"""A wrong answer as a coach reads it: choices in words, free text as a count of its letters."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pcqa_teach.sayings import and_list

_LONGEST = 90
_MOST = 6


def readable(answer: Any, parts: Any = None, known: Collection[str] = ()) -> str:
    """Return an answer in a few words.

    Parameters
    ----------
    answer
        As it was taken from the notebook; it may hold anything.
    parts : list, optional
        The names that the lesson gives to its wrong parts: the others are then left out.
    known : list of str
        The words that the lesson itself offers, folded to one case. Any other text may be
        somebody's own, and is not shown.

    Examples
    --------
    >>> readable({"upper": 8.25, "lower": 2, "why": "Mrs Smith was away"}, ["upper", "why"])
    'upper: 8.25; why: a text of 18 letters'
    >>> readable({"3": "Improvement "}, ["3"], {"improvement"}), readable([True, None, 3])
    ('3: improvement', 'yes, nothing and 3')
    >>> readable({"Mrs Smith": 1})
    'a part: 1'
    >>> len(readable("x" * 9 + str(list(range(500))), known={"x" * 9 + str(list(range(500)))}))
    90
    """
    if isinstance(answer, dict) and isinstance(parts, list) and parts != ["answer"]:
        said = "; ".join(
            f"{str(part).replace('_', ' ')}: {_said(answer[part], known)}"
            for part in parts
            if part in answer
        )
    else:
        said = _said(answer, known)
    said = said or "nothing"
    return said if len(said) <= _LONGEST else said[: _LONGEST - 4] + " ..."


def _said(answer: Any, known: Collection[str]) -> str:
    if answer is None or answer in ("", [], {}):
        return "nothing"
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, (int, float)):
        return f"{answer:.6g}" if isinstance(answer, float) else str(answer)
    if isinstance(answer, str):
        word = folded(answer)
        return word if word in known else f"a text of {_letters(answer)}"
    if isinstance(answer, list):
        return _listed([_said(one, known) for one in answer])
    if isinstance(answer, dict):
        return "; ".join(f"a part: {_said(one, known)}" for one in list(answer.values())[:_MOST])
    return "something else"


def _listed(said: list[str]) -> str:
    if len(said) > _MOST:
        return f"{', '.join(said[:_MOST])} and {len(said) - _MOST} more"
    return and_list(said)


def _letters(text: str) -> str:
    return "1 letter" if len(text) == 1 else f"{len(text)} letters"


def folded(text: str) -> str:
    """Return a text as answers are compared: in one case, with single spaces.

    >>> folded(" Special  cause. ")
    'special cause'
    """
    return " ".join(text.split()).casefold().rstrip(".")

"""A participant's answer, taken as plain data before anything is done with it.

An answer may be any object at all. Only the exact types that JSON knows (and numpy's numbers) are
looked into; nothing of the answer's own code is ever run.
"""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np

_DEEPEST = 6
_LONGEST_LIST = 500
_LONGEST_TEXT = 5_000
_MOST_PARTS, _MOST_TEXT = 2_000, 20_000  # in all
_WIDEST_INTEGER = 60  # bits; beyond that no answer in a lesson lies
_NUMPY = frozenset({np.bool_, np.str_, np.float16, np.float32, np.float64}) | {
    *(np.int8, np.int16, np.int32, np.int64),
    *(np.uint8, np.uint16, np.uint32, np.uint64),
}
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*%?")


class NotPlain(Exception):  # noqa: N818  (an outcome, not an error that anybody is shown)
    """The answer is not made of numbers, text, yes/no, lists and named parts alone.

    Its message is why, to follow "cannot be read"; "" where it is of some other kind.
    """


LONG = ", as it is far too long"
NOT_TEXT = ", as it holds half a character"


def plain(answer: object) -> Any:
    """Return the answer as JSON would keep it: None, bool, int, float, str, list or dict.

    Parameters
    ----------
    answer
        Anything. Tuples become lists; numpy's numbers become Python's.

    Raises
    ------
    NotPlain
        Some part is of another type, nested deeper than six levels, very long, or text that cannot
        be written as UTF-8; or all of it together is more than 2,000 parts or 20,000 characters.

    Examples
    --------
    >>> import numpy as np
    >>> plain({"mean": np.float64(6.5), "flagged": (3, 9)})
    {'mean': 6.5, 'flagged': [3, 9]}
    """
    return _Reading().part(answer, _DEEPEST)


class _Reading:
    """Takes one answer, and no more than an answer holds."""

    def __init__(self) -> None:
        self._parts, self._text = _MOST_PARTS, _MOST_TEXT

    def part(self, answer: Any, levels: int) -> Any:
        self._parts -= 1
        if self._parts < 0:
            raise NotPlain(LONG)
        kind = type(answer)
        if kind in _NUMPY:
            answer = answer.item()
            kind = type(answer)
        if answer is None or kind is bool or kind is float:
            return answer
        if kind is int and int.bit_length(answer) <= _WIDEST_INTEGER:
            return answer
        if kind is str:
            return self.text(answer)
        if not levels or kind not in (list, tuple, dict):
            raise NotPlain
        if len(answer) > _LONGEST_LIST:
            raise NotPlain(LONG)
        if kind is dict:
            return {self.text(name): self.part(one, levels - 1) for name, one in answer.items()}
        return [self.part(one, levels - 1) for one in answer]

    def text(self, text: Any) -> str:
        if type(text) is not str:
            raise NotPlain
        self._text -= len(text)
        if len(text) > _LONGEST_TEXT or self._text < 0:
            raise NotPlain(LONG)
        try:
            text.encode()
        except UnicodeEncodeError:
            raise NotPlain(NOT_TEXT) from None
        return text


def number(answer: object) -> float | None:
    """Return a plain answer as a finite number, or None where it is none.

    A number in quotation marks is taken as that number, with or without its per cent sign.

    >>> number("6.66 %"), number(True), number("about 6")
    (6.66, None, None)
    """
    if type(answer) is str:
        match = _NUMBER.fullmatch(answer.strip()) if len(answer) < 40 else None
        return float(match[1]) if match else None
    if type(answer) is int or type(answer) is float:
        return float(answer) if math.isfinite(answer) else None
    return None


def is_empty(answer: object) -> bool:
    """Say whether nothing has been answered yet: None, no text, or only empty parts.

    >>> is_empty({"mean": None, "upper": None}), is_empty(0), is_empty(" ")
    (True, False, True)
    """
    if answer is None:
        return True
    if type(answer) is str:
        return not answer.strip() or answer.strip() == "..."
    if type(answer) is list:
        return all(is_empty(item) for item in answer)
    if type(answer) is dict:
        return all(is_empty(item) for item in answer.values())
    return False

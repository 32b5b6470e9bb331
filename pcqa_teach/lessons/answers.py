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
_WIDEST_INTEGER = 60  # bits; beyond that no answer in a lesson lies
_NUMPY = frozenset({np.bool_, np.str_, np.float16, np.float32, np.float64}) | {
    *(np.int8, np.int16, np.int32, np.int64),
    *(np.uint8, np.uint16, np.uint32, np.uint64),
}
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))\s*%?")


class NotPlain(Exception):  # noqa: N818  (an outcome, not an error that anybody is shown)
    """The answer is not made of numbers, text, yes/no, lists and named parts alone."""


def plain(answer: object) -> Any:
    """Return the answer as JSON would keep it: None, bool, int, float, str, list or dict.

    Parameters
    ----------
    answer
        Anything. Tuples become lists; numpy's numbers become Python's.

    Raises
    ------
    NotPlain
        Some part is of another type, nested deeper than six levels, or very long.

    Examples
    --------
    >>> import numpy as np
    >>> plain({"mean": np.float64(6.5), "flagged": (3, 9)})
    {'mean': 6.5, 'flagged': [3, 9]}
    """
    return _plain(answer, _DEEPEST)


def _plain(answer: Any, levels: int) -> Any:
    kind = type(answer)
    if answer is None or kind is bool or kind is float:
        return answer
    if kind in _NUMPY:
        return answer.item()
    if kind is int and int.bit_length(answer) <= _WIDEST_INTEGER:
        return answer
    if kind is str and len(answer) <= _LONGEST_TEXT:
        return answer
    if levels and kind in (list, tuple) and len(answer) <= _LONGEST_LIST:
        return [_plain(item, levels - 1) for item in answer]
    if levels and kind is dict and len(answer) <= _LONGEST_LIST:
        return {_name(name): _plain(item, levels - 1) for name, item in answer.items()}
    raise NotPlain


def _name(name: Any) -> str:
    if type(name) is str and len(name) <= _LONGEST_TEXT:
        return name
    raise NotPlain


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

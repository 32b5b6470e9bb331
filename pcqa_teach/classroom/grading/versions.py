"""Whether work was begun in another version of a lesson than the one that marks it.

nbgrader writes into each cell that it marks a checksum of the cell as it was handed out. It tells
a lesson that has changed from a participant who has changed it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pcqa_teach.sayings import and_list

Cell = dict[str, Any]

OTHER_VERSION = (
    "It was begun in another version of this lesson, and was marked by the one handed out here."
)


def of_another(cell: Cell, handed_out: Cell) -> bool:
    """Say whether a cell was handed out otherwise than the one of the same name here.

    >>> old, new = ({"metadata": {"nbgrader": {"checksum": sum}}} for sum in ("a", "b"))
    >>> of_another(old, new), of_another(new, new), of_another({"metadata": {}}, new)
    (True, False, False)
    """
    mine, ours = _checksum(cell), _checksum(handed_out)
    return bool(mine and ours and mine != ours)


def as_it_was(cell: Cell) -> bool:
    """Say whether a cell stands as it was handed out, in whichever version that was."""
    from nbformat import from_dict
    from nbgrader.utils import compute_checksum

    try:
        return bool(_checksum(cell) == compute_checksum(from_dict(cell)))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):  # no longer whole
        return False


def named_otherwise(answer: object, expect: object) -> bool:
    """Say whether an answer leaves out a part that is asked for, and gives another in its place.

    >>> named_otherwise({"mean": 5, "first_dot": 18}, {"mean": 5, "dot": 18})
    True
    >>> named_otherwise({"mean": 5}, {"mean": 5, "dot": 18}), named_otherwise(5, 5)
    (False, False)
    """
    if not isinstance(answer, Mapping) or not isinstance(expect, Mapping):
        return False
    return bool(set(expect) - set(answer)) and bool(set(answer) - set(expect))


def asked_otherwise(renamed: Sequence[str], lacked: Sequence[str] = ()) -> str:
    """Say why a person is needed for items that another version asked otherwise, or not at all.

    >>> asked_otherwise(["b3-3"])
    'another version of the lesson asked for the parts of b3-3 under other names'
    >>> asked_otherwise([], ["b3-4"])
    'another version of the lesson may have had no b3-4'
    """
    said = [f"asked for the parts of {and_list(list(renamed))} under other names"] * bool(renamed)
    said += [f"may have had no {and_list(list(lacked))}"] * bool(lacked)
    return f"another version of the lesson {and_list(said)}" if said else ""


def _checksum(cell: Cell) -> str:
    marks = cell.get("metadata", {}).get("nbgrader")
    found = marks.get("checksum") if isinstance(marks, dict) else None
    return found if isinstance(found, str) else ""

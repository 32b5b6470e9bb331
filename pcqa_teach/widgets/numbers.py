"""Numbers that somebody typed or pasted, read kindly."""

from __future__ import annotations

import math
import re

from pcqa_teach.errors import LessonError

_BREAK = re.compile(r"[\s;]+")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)%?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?%?")


def read_numbers(text: str, *, fewest: int = 2, most: int = 60) -> list[float]:
    """Return the numbers in a text: one a line, or with spaces, commas or semicolons between.

    Parameters
    ----------
    text : str
        As typed, or pasted from a column or row of a spreadsheet; per cent signs are left out.
    fewest, most : int
        How many numbers there may be.

    Raises
    ------
    LessonError
        An entry is no number or too large, a comma could mean two things, or there are too few or
        too many. The message says which entry by its place; it never repeats what was typed.

    Examples
    --------
    >>> read_numbers("12, 15; 9.5 %")
    [12.0, 15.0, 9.5]
    """
    found: list[float] = []
    for entry in filter(None, _BREAK.split(text.strip())):
        entry = entry.strip(",").removeprefix("£")
        if entry in {"", "%"}:
            continue
        place = len(found) + 1
        if _THOUSANDS.fullmatch(entry):
            raise LessonError(
                f"The comma in entry {place} could stand between two numbers or mark thousands: "
                "put each number on its own line, without commas."
            )
        pieces = [entry] if "," not in entry else entry.split(",")
        for piece in pieces:
            if not _NUMBER.fullmatch(piece):
                raise LessonError(
                    f"Entry {len(found) + 1} is not a number: use digits, with a full stop for "
                    "decimals, such as 12 or 12.5."
                )
            value = float(piece.rstrip("%"))
            if not math.isfinite(value):
                raise LessonError(f"Entry {len(found) + 1} is too large: give a smaller number.")
            found.append(value)
    if len(found) < fewest:
        raise LessonError(
            f"There {'is' if len(found) == 1 else 'are'} {len(found) or 'no'} "
            f"number{'' if len(found) == 1 else 's'} yet: give at least {fewest}, oldest first."
        )
    if len(found) > most:
        raise LessonError(f"There are {len(found)} numbers: give at most {most}, the latest ones.")
    return found

"""The steps of a process that somebody typed, read kindly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pcqa_teach.errors import LessonError

MOST = 20
_UNITS = {"min": 1.0, "m": 1.0, "h": 60.0, "d": 1440.0, "w": 10080.0}
_PIECE = re.compile(
    r"(\d+(?:\.\d+)?)\s*(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)?(?=[\s\d]|$)"
)
_NONE = ("", "0", "none", "no wait", "-")
_NO_GAIN = ("no gain", "no")


def read_minutes(text: str) -> float:
    """Return a length of time in minutes; a bare number is minutes, a day 24 hours.

    Raises
    ------
    LessonError
        It is no length of time.

    Examples
    --------
    >>> [read_minutes(text) for text in ("2 days", "3 h 40 min", "1.5 hours", "5", "none")]
    [2880.0, 220.0, 90.0, 5.0, 0.0]
    """
    left = " ".join(text.split()).casefold().replace(",", ".").rstrip(".")
    if left in _NONE:
        return 0.0
    total = 0.0
    while left:
        found = _PIECE.match(left)
        if not found:
            raise LessonError("Write a time as 20 min, 3 h 40 min, 1.5 hours or 2 days.")
        unit = found.group(2) or "min"
        total += float(found.group(1)) * _UNITS["min" if unit.startswith("m") else unit[0]]
        left = left[found.end() :].lstrip()
    if total > 10 * 365 * 1440:
        raise LessonError("That is longer than ten years: look at the units once more.")
    return total


def read_steps(text: str) -> list[dict[str, Any]]:
    """Return steps for `pcqa.juran.process_map`; a line is "GP reads it; GP; 2 days; 3 min".

    Raises
    ------
    LessonError
        There is no line, one cannot be read, or there are more than twenty; a line is named by its
        place, and what was typed is never repeated.

    Examples
    --------
    >>> read_steps("Letter sorted; Admin; 4 h; 2 min; no gain")[0]["wait"]
    240.0
    """
    lines = [line for line in text.splitlines() if line.strip(" ;\t")]
    if not lines:
        raise LessonError("There is no step yet: write one a line, step; who; wait; work.")
    if len(lines) > MOST:
        raise LessonError(f"There are {len(lines)} steps: put some together, {MOST} at most.")
    return [_step(line, place) for place, line in enumerate(lines, 1)]


def typed_steps(steps: Sequence[Mapping[str, Any]]) -> str:
    """Return steps as lines that `read_steps` reads.

    >>> typed_steps([{"step": "GP reads it", "role": "GP", "wait": 2880, "touch": 3}])
    'GP reads it; GP; 2 days; 3 min'
    """
    return "\n".join(_typed(step) for step in steps)


def _typed(step: Mapping[str, Any]) -> str:
    parts = [str(step["step"]), str(step["role"])]
    parts += [_time(float(step.get("wait") or 0)), _time(float(step["touch"]))]
    parts += [] if step.get("value", True) else ["no gain"]
    return "; ".join(parts)


def _time(minutes: float) -> str:
    for size, name in ((1440.0, "days"), (60.0, "h")):
        if minutes >= size and minutes % size == 0:
            count = minutes / size
            return f"{count:g} {'day' if name == 'days' and count == 1 else name}"
    return f"{minutes:g} min" if minutes else "none"


def _step(line: str, place: int) -> dict[str, Any]:
    parts = [part.strip() for part in line.replace("\t", ";").split(";")]
    if len(parts) < 4 or not all(parts[:2]) or any(parts[5:]):
        raise LessonError(
            f"Line {place} needs four parts with semicolons between: step; who; wait; work."
        )
    times = []
    for name, part in zip(("wait", "work"), parts[2:4], strict=True):
        try:
            times.append(read_minutes(part))
        except LessonError as error:
            raise LessonError(f"The {name} in line {place} cannot be read. {error}") from None
    gain = parts[4].casefold() if len(parts) > 4 else ""
    return {
        "step": parts[0],
        "role": parts[1],
        "wait": times[0],
        "touch": times[1],
        "value": gain not in _NO_GAIN,
    }

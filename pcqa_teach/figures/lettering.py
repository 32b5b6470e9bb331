"""How wide a text will be, so that it is broken, shortened or set beside another in time."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

_POINTS = 72.0
_HINTED = 1.02  # letters fitted to the dots of a screen or a print run a little wider


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Give the width of one line of text in inches, in the kit's letters.

    >>> 0.3 < text_width("Target", 8.5) < 0.5
    True
    """
    from matplotlib.textpath import text_to_path

    wide, _, _ = text_to_path.get_text_width_height_descent(text, _font(size, weight), False)
    return float(wide) / _POINTS * _HINTED


@cache
def _font(size: float, weight: str) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family="DejaVu Sans", size=size, weight=weight)


def broken(text: str, inches: float, size: float, weight: str = "normal") -> list[str]:
    """Break a text between words into lines no wider than `inches`; a longer word is cut.

    A no-break space (U+00A0) holds two words together.

    >>> broken("Text reminders began in every practice", 1.4, 8.5)
    ['Text reminders began', 'in every practice']
    """
    lines: list[str] = []
    line = ""
    for word in filter(None, text.replace("\n", " ").split(" ")):
        tried = f"{line} {word}" if line else word
        if text_width(tried, size, weight) <= inches:
            line = tried
            continue
        if line:
            lines.append(line)
        *cut, line = _cut(word, inches, size, weight)
        lines += cut
    return [*lines, line] if line else lines


def balanced(text: str, inches: float, size: float, weight: str = "normal") -> list[str]:
    """Break a text into as few lines as fit, of about one length.

    >>> balanced("unusually high in March, a concern", 2.4, 10)
    ['unusually high in', 'March, a concern']
    """
    lines = broken(text, inches, size, weight)
    if len(lines) < 2:
        return lines
    narrow, wide = inches / len(lines), inches
    for _ in range(7):
        middle = (narrow + wide) / 2
        if len(broken(text, middle, size, weight)) == len(lines):
            wide = middle
        else:
            narrow = middle
    return broken(text, wide, size, weight)


def fitted(text: str, inches: float, size: float, lines: int, weight: str = "normal") -> list[str]:
    """Break a text into at most so many lines; what is too long ends in three dots.

    >>> fitted("The Riverside and Old Mill Practice Partnership", 1.3, 9, 2)
    ['The Riverside and', 'Old Mill Practice...']
    """
    found = broken(text, inches, size, weight)
    if len(found) <= lines:
        return found
    kept = found[:lines]
    last = kept[-1]
    while last and text_width(f"{last}...", size, weight) > inches:
        last = last[:-1]
    return [*kept[:-1], f"{last.rstrip()}..."]


def _cut(word: str, inches: float, size: float, weight: str) -> list[str]:
    """Cut a word that alone is too wide."""
    parts = [""]
    for letter in word:
        if parts[-1] and text_width(parts[-1] + letter, size, weight) > inches:
            parts.append("")
        parts[-1] += letter
    return parts

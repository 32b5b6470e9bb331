"""What one text of a sheet says: a choice from a list, a whole number, yes or no, a date."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import numpy as np

from pcqa_teach import dates
from pcqa_teach.data.readers.base import key

_WHOLE = re.compile(r"^(\d{1,3}(?:[,\u00a0 ']\d{3})+|\d+)(?:[.,]0+)?$")
_MONTH = re.compile(r"^(\d{1,2})[-/.](\d{4})$")
_NO_YEAR = re.compile(
    r"^(?:[a-z]{3,9}\.?,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?[-/. ]*[a-z]{3,9}\.?|\d{1,2}[-/.]\d{1,2})$",
    re.I,
)
_YES = {"y", "yes", "true", "t", "1", "x", "✓", "✔"}
_NO = {"n", "no", "false", "f", "0"}


def choice(words: Mapping[str, int]) -> Callable[[str], float]:
    """Return a reader of one word of a list, whatever its letter case, spaces and marks.

    >>> choice({"Front desk": 2})("front-desk")
    2
    """
    places = {key(word): place for word, place in words.items()}
    return lambda text: places[key(text)]


def whole(low: int, high: int) -> Callable[[str], float]:
    """Return a reader of a whole number within bounds, also where it is written 4.0 or '4.

    >>> [whole(1, 5)(text) for text in ("4", "4.0", "'4")]
    [4, 4, 4]
    """

    def read(text: str) -> float:
        match = _WHOLE.match(text.strip().lstrip("'").strip())
        if match is None:
            raise ValueError
        number = int(re.sub(r"\D", "", match[1]))
        if not low <= number <= high:
            raise ValueError
        return number

    return read


def no_year(text: str) -> bool:
    """Say whether a text is a day and a month without a year.

    >>> [no_year(text) for text in ("4 March", "Tue 4/3", "4 March 2025", "soon")]
    [True, True, False, False]
    """
    return bool(_NO_YEAR.match(text.strip().lstrip("'").strip()))


def between(low: float, high: float) -> Callable[[str], float]:
    """Return a reader of a number within bounds that may have decimals; "nan" is none.

    >>> between(0, 100)("21.4")
    21.4
    """

    def read(text: str) -> float:
        found = float(text)
        if not low <= found <= high:
            raise ValueError
        return found

    return read


def yes_no(text: str) -> float:
    """Return 1 for yes, 0 for no.

    >>> [yes_no(text) for text in ("Yes", "n")]
    [1, 0]
    """
    word = text.strip().casefold()
    if word in _YES:
        return 1
    if word in _NO:
        return 0
    raise ValueError


def day(*, month_first: bool) -> Callable[[str], float]:
    """Return a reader of dates: days since 1970.

    >>> day(month_first=False)("3.3.25") == day(month_first=False)("2025-03-03")
    True
    """
    return lambda text: dates.day_number(text.lstrip("'").strip(), month_first, False)


def month(*, month_first: bool) -> Callable[[str], float]:
    """Return a reader of months, or of days within them: the first day, since 1970.

    >>> read = month(month_first=False)
    >>> read("March 2025") == read("03/2025") == day(month_first=False)("1/3/2025")
    True
    """

    def read(text: str) -> float:
        plain = text.lstrip("'").strip()
        number = _MONTH.match(plain)
        plain = f"{number[2]}-{number[1]}" if number else plain
        found = dates.day_number(plain, month_first, True)
        first = np.datetime64(found, "D").astype("datetime64[M]").astype("datetime64[D]")
        return int(first.astype(int))

    return read

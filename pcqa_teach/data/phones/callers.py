"""The number that a call comes from: written alike, so that it can become one code, or withheld."""

from __future__ import annotations

import re

from pcqa_teach.data.readers.base import key

WITHHELD = {
    key(word)
    for word in (
        "withheld", "number withheld", "anonymous", "private", "private number", "restricted",
        "unavailable", "unknown", "unknown caller", "no caller id", "no cli", "blocked", "hidden",
        "not available", "not known", "none", "null", "n/a", "na", "-", "external", "payphone",
        "international",
    )
}  # fmt: skip
_SHORTEST = 7  # digits: fewer are an extension, or a code of the exchange
_DIGITS = re.compile(r"\d")
_NUMBER = re.compile(r"^[+\d\s().\-/'\u00a0]+$")


def same(text: str) -> str:
    """Return a number as it is compared: digits alone, the country's 44 as a nought.

    Raises ``ValueError`` where it was withheld, or is too short to be a caller's.

    >>> same("+44 (0)7700 900123") == same("07700 900 123") == same("00447700900123")
    True
    """
    plain = text.strip()
    if key(plain) in WITHHELD or not plain:
        raise ValueError
    if not _NUMBER.match(plain):
        if len(plain) < _SHORTEST:
            raise ValueError
        return plain.casefold()  # a code that the supplier made, most likely
    digits = "".join(_DIGITS.findall(plain))
    for start in ("0044", "44"):
        if digits.startswith(start) and len(digits) >= len(start) + 9:
            digits = "0" + digits[len(start) :].removeprefix("0")
    if len(digits) in (9, 10) and digits[0] in "1237":  # a workbook takes the nought off
        digits = "0" + digits
    if len(digits) < _SHORTEST or not digits.strip("0"):
        raise ValueError
    return digits

"""Phrases that the results of this package share."""

from __future__ import annotations

from typing import Any

import numpy as np

from pcqa_teach.sayings import capital, heading

_KNOWN = {"a&e", "anp", "arrs", "bp", "dna", "ed", "ehr", "gp", "gpad", "icb", "nhs", "pcn", "sms"}
QUESTION = "An outlier is a question, not a verdict."


def title_of(name: Any) -> str:
    """Make a heading of a column's name; well-known initials are written as such.

    >>> title_of("missed"), title_of("dna"), title_of("annual_DNAs"), title_of("gp_appointments")
    ('Missed', 'DNA', 'Annual DNAs', 'GP appointments')
    """
    said = heading(name)
    return capital(" ".join(_initials(word) for word in said.split(" ")))


def small_letters(text: str) -> str:
    """Write a heading inside a sentence, initials as they are.

    >>> small_letters("Booked"), small_letters("DNA"), small_letters("GP Appointments")
    ('booked', 'DNA', 'GP appointments')
    """
    return " ".join(
        word if sum(letter.isupper() for letter in word) > 1 else word.lower()
        for word in text.split(" ")
    )


def _initials(word: str) -> str:
    plain = word.casefold()
    stem, end = (plain[:-1], "s") if plain.endswith("s") and plain[:-1] in _KNOWN else (plain, "")
    return stem.upper() + end if stem in _KNOWN else word


def lie(count: int) -> str:
    """Say how many lie somewhere.

    >>> lie(0), lie(1), lie(1240)
    ('none lies', '1 lies', '1,240 lie')
    """
    return f"{count or 'none'} lies" if count < 2 else f"{count:,} lie"


def plural(name: Any) -> str:
    """Call many of a column's units by its name.

    >>> [plural(name) for name in ("practice", "surgery", "practices", "GP", "day_of_week")]
    ['practices', 'surgeries', 'practices', 'GPs', 'days of week']
    >>> [plural(name) for name in ("status", "practice name", "ODS_code", "")]
    ['statuses', 'practices', 'ODS codes', 'units']
    """
    text = small_letters(str(name).replace("_", " ").strip()) or "unit"
    first, of, rest = text.partition(" of ")
    first = first.removesuffix(" name")
    if first.endswith("us"):
        first += "es"
    elif first.endswith("y") and first[-2:-1] not in "aeiou":
        first = f"{first[:-1]}ies"
    elif not first.endswith("s"):
        first += "s"
    return f"{first}{of}{rest}"


def percent(share: float, decimals: int | None = None) -> str:
    """Say a share in per cent, with a decimal where it is small.

    >>> percent(0.0569), percent(0.43), percent(0.0004)
    ('5.7%', '43%', '0.04%')
    """
    if decimals is None:
        size = abs(share) * 100
        decimals = 0 if size >= 20 or size == 0 else 1 if size >= 0.95 else 2
    return f"{100 * share:.{decimals}f}%"


def sized(value: float, near: float) -> str:
    """Say a value with the decimals that a number of the size of `near` deserves.

    >>> sized(1.2345, 1.0), sized(123.456, 100.0), sized(0.01234, 0.01)
    ('1.23', '123', '0.0123')
    """
    if not np.isfinite(value):
        return "not known"
    decimals = int(np.clip(2 - np.floor(np.log10(abs(near))), 0, 6)) if near else 2
    return f"{value:,.{decimals}f}"

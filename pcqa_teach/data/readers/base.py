"""What a format is: a table of fields and the names that exports give them. Nothing is by position.

A new format is one module that builds a ``Format``, and one line in ``FORMATS``, beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_MARKS = re.compile(r"[\W_]+")


def key(text: str) -> str:
    """Return a name or label without letter case, spaces and marks: how two of them are compared.

    >>> key("Appointment_Date ") == key("APPOINTMENT DATE"), key("15  to 21 Days")
    (True, '15to21days')
    """
    return _MARKS.sub("", text.casefold())


@dataclass(frozen=True)
class Field:
    """Something that an export says about an appointment.

    ``name`` is one of ``kinds.FIELDS``; ``aliases`` are the column names that it goes by, the best
    first, as people write them.
    """

    name: str
    aliases: tuple[str, ...]
    required: bool = False
    tell: bool = False  # its column names are this format's own

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The aliases as they are compared."""
        return tuple(key(alias) for alias in self.aliases)


@dataclass(frozen=True)
class Format:
    """A kind of export: what it is called, its fields, and what its statuses mean."""

    id: str
    title: str
    fields: tuple[Field, ...]
    statuses: Mapping[str, str]
    period: str = "day"
    supplier: str = ""
    daily: frozenset[str] = frozenset()  # keys of date columns that are days, in a monthly format
    grouped: tuple[str, ...] = ()  # fields that a list may print once and leave blank below
    one_of: tuple[str, ...] = ()  # at least one of these fields must be there
    codes_kept: bool = False  # codes that this kit made pass as they are
    thing: str = "appointment"  # what a row is, in words
    seconds: bool = False  # times in a workbook keep their seconds
    lone: bool = False  # one cell alone may make a row

    @property
    def things(self) -> str:
        """What several rows are, in words.

        >>> Format("", "", (), {}, thing="count of calls").things
        'counts of calls'
        """
        first, of, rest = self.thing.partition(" of ")
        return f"{first}s{of}{rest}"

    def status_keys(self) -> dict[str, str]:
        """Return the statuses as they are compared."""
        return {key(label): status for label, status in self.statuses.items()}

    def places(self, header: list[str]) -> dict[str, list[int]]:
        """Return where each field's column is: several places when its name is there twice."""
        places: dict[str, list[int]] = {}
        for place, cell in enumerate(header):
            places.setdefault(key(cell), []).append(place)
        named = {
            item.name: next((alias for alias in item.keys if alias in places), "")
            for item in self.fields
        }
        return {name: places[alias] for name, alias in named.items() if alias}

    def lacks(self, found: Mapping[str, list[int]]) -> list[str]:
        """Return the names of the columns that must be there and are not, best alias first."""
        lacking = [f.aliases[0] for f in self.fields if f.required and f.name not in found]
        if self.one_of and not any(name in found for name in self.one_of):
            names = [f.aliases[0] for f in self.fields if f.name in self.one_of]
            lacking.append(" or ".join(names))
        return lacking

    def told(self, found: Mapping[str, list[int]]) -> int:
        """Return how many of the columns found are this format's own."""
        return sum(f.tell and f.name in found for f in self.fields)

"""A column of a file: each distinct text gets a number, and what it says is worked out once.

A million rows have a few hundred dates and a few thousand patients. From here on rows hold numbers;
the texts stay in these objects for as long as one reading takes, and go with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pcqa_teach import dates
from pcqa_teach.data.readers.base import key
from pcqa_teach.data.reading.kinds import BLANKS, DTYPES, HIDDEN_COUNT, MISSING, Array

OK, BLANK, BAD, HIDDEN, WRONG_ORDER = range(5)  # states of a cell
EMPTY, HEADING, TOTAL = 1, 2, 4  # marks of a text: bits
_TOTAL = re.compile(r"^\W*(?:grand|sub|overall)?[\s-]*(?:totals?|sum)\b", re.I)
_STATE = -1e12  # a state is a number so far below nought that no value comes near: _STATE - state


class Cells(NamedTuple):
    """One column of a block of rows: its distinct texts, and which of them each row has."""

    texts: list[str]
    places: Array


class Parsed(NamedTuple):
    """A column as numbers, and whether each cell could be read."""

    values: Array
    states: NDArray[np.int8]

    def blank(self) -> Array:
        """Say which rows have nothing there."""
        return np.asarray(self.states == BLANK)

    def bad(self) -> Array:
        """Say which rows have something there that is not what it should be."""
        return np.asarray(self.states == BAD)

    def ok(self) -> Array:
        """Say which rows could be read."""
        return np.asarray(self.states == OK)

    def or_else(self, gap: float) -> Array:
        """Return the values, with `gap` wherever a cell could not be read."""
        return np.where(self.states == OK, self.values, gap)


class Column:
    """The distinct texts of a column, each with its number.

    Parameters
    ----------
    kind : str
        What its texts are, of ``kinds.FIELDS``.
    read : function
        Turns a text into its value, or raises ``ValueError`` or ``KeyError``.
    headings : set of str
        Names of columns, as they are compared.
    """

    def __init__(self, kind: str, read: Callable[[str], float], headings: Set[str]) -> None:
        self._kind, self._read, self._headings = kind, read, headings
        self._numbers: dict[str, int] = {}
        self._values: list[float] = []
        self._marks: list[int] = []
        self._known = Parsed(np.empty(0), np.empty(0, np.int8)), np.empty(0, np.int8)

    def __len__(self) -> int:
        return len(self._numbers)

    def among(self, texts: list[str]) -> Array:
        """Return the number of each of some distinct texts; new ones are given theirs."""
        numbers = self._numbers
        new = [text for text in texts if text not in numbers]
        if new:
            # a text that starts with a digit is no blank, heading or total
            self._marks += [0 if text[:1].isdigit() else self._mark(text.strip()) for text in new]
            self._values += [self._value(text.strip()) for text in new]
            numbers.update(zip(new, range(len(numbers), len(numbers) + len(new)), strict=True))
        return np.fromiter(map(numbers.__getitem__, texts), np.int32, len(texts))

    def marks(self) -> Array:
        """Return the marks of all texts met so far, each at its number."""
        return self._tables()[1]

    def parsed(self, numbers: Array) -> Parsed:
        """Return the values of rows, by the numbers of their texts."""
        values, states = self._tables()[0]
        return Parsed(values[numbers], states[numbers])

    def texts(self) -> list[str]:
        """Return all texts met so far, each at its number."""
        return list(self._numbers)

    def _tables(self) -> tuple[Parsed, Array]:
        if len(self._known[1]) < len(self):
            found = np.array(self._values)
            states = np.where(found <= _STATE, _STATE - found, OK).astype(np.int8)
            values = np.where(found <= _STATE, MISSING.get(self._kind, -1), found)
            parsed = Parsed(values.astype(DTYPES[self._kind]), states)
            self._known = parsed, np.array(self._marks, dtype=np.int8)
        return self._known

    def _mark(self, plain: str) -> int:
        if not plain:
            return EMPTY
        return HEADING * (key(plain) in self._headings) | TOTAL * bool(_TOTAL.match(plain))

    def _value(self, plain: str) -> float:
        try:
            found = self._read(plain)
            if found > _STATE:  # lower ones are states, and no number of ours comes near
                return found
        except dates.WrongOrderError:
            return _STATE - WRONG_ORDER
        except (ValueError, KeyError, OverflowError):
            pass
        if not plain or (plain.casefold() in BLANKS and self._kind not in ("status", "label")):
            return _STATE - BLANK
        hidden = self._kind == "count" and HIDDEN_COUNT.match(plain)
        return _STATE - (HIDDEN if hidden else BAD)

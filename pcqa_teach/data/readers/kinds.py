"""What each field of an export is, and how one text of it becomes one number.

Texts are parsed once each: a million rows have a few hundred dates, and a few hundred lengths.
What was read stays in the ``Parser`` for one call of ``read`` and goes with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pcqa_teach.data import schema
from pcqa_teach.data.deidentify import Coder, age_band
from pcqa_teach.data.readers import dates
from pcqa_teach.data.readers.base import Format, key

OK, BLANK, BAD, HIDDEN, WRONG_ORDER = range(5)
Array = NDArray[Any]
_BLANKS = {"", "-", "--", ".", "na", "n/a", "nan", "nat", "null", "none", "not recorded"}
_YES = {"y", "yes", "true", "t", "1", "dna", "did not attend", "x"}
_NO = {"n", "no", "false", "f", "0"}
_HIDDEN = re.compile(r"^(?:[*c]|(?:<|less than|fewer than)\s*\d+)$", re.I)
_COUNT = re.compile(r"^\d{1,3}(?:[, \u00a0']\d{3})+(?:\.0+)?$|^\d+(?:\.0+)?$")


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


# Each field: the kind of thing it is. Codes become pseudonyms with the prefix after the colon.
FIELDS: dict[str, str] = {
    "date": "date", "booked": "date",
    "start": "time", "booked_time": "time", "arrived": "time", "sent_in": "time", "left": "time",
    "start_minute": "minute", "arrived_minute": "minute", "sent_in_minute": "minute",
    "left_minute": "minute",
    "planned": "length", "actual": "length",
    "gap": "gap", "gap_days": "days", "count": "count", "age": "age",
    "status": "status", "availability": "status",
    "dna": "flag", "bookable": "flag", "deleted": "flag",
    "mode": "label", "hcp_type": "label", "category": "label", "period": "label", "source": "label",
    "practice": "code:G", "area": "code:A", "clinician": "code:C", "usual_gp": "code:C",
    "session": "code:S", "slot_type": "code:T", "patient": "code:P", "row_id": "code:",
}  # fmt: skip
_DTYPES = {"date": np.int32, "time": np.int16, "clock": np.int16, "minute": np.int16,
           "length": np.float64, "gap": np.float64, "count": np.int64, "days": np.int32,
           "age": np.int8, "status": np.int8, "flag": np.int8, "label": np.int8}  # fmt: skip
_MISSING = {"length": np.nan, "gap": np.nan, "count": 0}
_SYNONYMS = {
    "mode": {"Video Conference/Online": "Video/Online", "Video": "Video/Online",
             "Online": "Video/Online", "Video Consultation": "Video/Online",
             "Face to Face (surgery)": "Face-to-Face", "F2F": "Face-to-Face", "Phone": "Telephone",
             "Telephone/Audio": "Telephone", "Visit": "Home Visit"},
    "hcp_type": {"Other Practice staff": "Other Practice staff", "Other": "Other Practice staff"},
    "gap": {"Unknown / Data Issue": "Unknown", "Unknown / Data Quality": "Unknown"},
}  # fmt: skip
_COLUMN = {"gap": "booking_gap"}
LARGEST_COUNT = 10_000_000  # of one row; an NHS or telephone number is larger
LONGEST_GAP = 3 * 366  # days
GAP_LABEL = -1.0  # labels of the gap are numbers below nought: -1 for the first, -2, ...


def vocabulary(name: str) -> dict[str, int]:
    """Return the labels that a field may hold, as they are compared, and their places."""
    labels = schema.COLUMNS[_COLUMN.get(name, name)].labels
    known = {key(label): place for place, label in enumerate(labels)}
    extra = _SYNONYMS.get(name, {})
    return known | {key(label): labels.index(meant) for label, meant in extra.items()}


_STATE = -1e12  # a state is a number so far below nought that no value comes near: _STATE - state


class _Memo(dict[str, float]):
    """The number of each text met so far, or the state of one that has none."""

    def __init__(self, read: Callable[[str], float], kind: str) -> None:
        super().__init__()
        self._read, self._kind = read, kind

    def __missing__(self, text: str) -> float:
        plain = text.strip()
        value = _STATE - BLANK
        if self._kind == "count" and _HIDDEN.match(plain):
            value = _STATE - HIDDEN
        elif plain and (plain.casefold() not in _BLANKS or self._kind in ("status", "label")):
            try:
                value = self._read(plain)
            except dates.WrongOrderError:
                value = _STATE - WRONG_ORDER
            except (ValueError, KeyError, OverflowError):
                value = _STATE - BAD
        self[text] = value
        return value


class Parser:
    """Turns the texts of each field into numbers, each distinct text once."""

    def __init__(self, form: Format, coder: Coder, *, month_first: bool = False) -> None:
        self._form, self._coder, self._month_first = form, coder, month_first
        self._memo: dict[str, _Memo] = {}

    def parse(self, name: str, cells: Cells) -> Parsed:
        """Return the numbers of field `name`, a row each."""
        kind, _, prefix = FIELDS[name].partition(":")
        if kind == "code":
            values = self._coder.places(cells.texts, prefix)[cells.places]
            return Parsed(values, np.where(values < 0, BLANK, OK).astype(np.int8))
        return self._numbers(name, kind, cells)

    def clock(self, name: str, cells: Cells) -> Parsed:
        """Return the time of day that is written with the dates of field `name`."""
        return self._numbers(name, "clock", cells)

    def _numbers(self, name: str, kind: str, cells: Cells) -> Parsed:
        slot = f"{name} {kind}"
        if slot not in self._memo:
            self._memo[slot] = _Memo(self._reader(name, kind), kind)
        found = np.fromiter(
            map(self._memo[slot].__getitem__, cells.texts), np.float64, len(cells.texts)
        )
        states = np.where(found <= _STATE, _STATE - found, OK).astype(np.int8)
        values = np.where(found <= _STATE, _MISSING.get(kind, -1), found)
        return Parsed(values.astype(_DTYPES[kind])[cells.places], states[cells.places])

    def _reader(self, name: str, kind: str) -> Callable[[str], float]:
        if kind == "date":
            whole = name == "date" and self._form.period == "month"
            return lambda text: dates.day_number(text, self._month_first, whole)
        if kind == "status":
            places = {k: schema.STATUSES.index(v) for k, v in self._form.status_keys().items()}
            return lambda text: places[key(text)]
        if kind == "label":
            known = vocabulary(name)
            return lambda text: known[key(text)]
        if kind == "gap":
            return _gap_reader()
        return {
            "time": dates.clock_minute, "clock": _clock, "length": _length, "count": _count,
            "flag": _flag, "age": age_band, "minute": _minute, "days": _days,
        }[kind]  # fmt: skip


def _gap_reader() -> Callable[[str], float]:
    known = vocabulary("gap")

    def read(text: str) -> float:
        if text[-1] not in "mhd":  # few lengths end otherwise, and all labels do
            place = known.get(key(text))
            if place is not None:
                return GAP_LABEL - place
        minutes = dates.length_minutes(text)
        if minutes > LONGEST_GAP * dates.DAY:
            raise ValueError
        return minutes

    return read


def _clock(text: str) -> int:
    return dates.clock_minute(text) if dates.has_clock(text) else -1


def _length(text: str) -> float:
    return _within(dates.length_minutes(text), dates.DAY)


def _count(text: str) -> int:
    return int(_within(_whole(text), LARGEST_COUNT))


def _days(text: str) -> int:
    return int(_within(_whole(text), LONGEST_GAP))


def _minute(text: str) -> int:
    return int(_within(_whole(text), dates.DAY - 1))


def _whole(text: str) -> int:
    if not _COUNT.match(text):
        raise ValueError
    return int(re.sub(r"[^0-9]", "", text.split(".")[0]))


def _within(number: float, most: float) -> float:
    """Return a number; one too large for its column may be somebody's, and is none."""
    if number > most:
        raise ValueError
    return number


def _flag(text: str) -> int:
    word = text.casefold()
    if word in _YES:
        return 1
    if word in _NO:
        return 0
    raise ValueError

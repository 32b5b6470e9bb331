"""What each field of an export is, and how one text of it becomes one number."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pcqa_teach import dates
from pcqa_teach.data import schema
from pcqa_teach.data.deidentify import Coder, age_band
from pcqa_teach.data.readers.base import Format, key
from pcqa_teach.data.reading import bands

Array: TypeAlias = NDArray[Any]
BLANKS = {"", "-", "--", ".", "na", "n/a", "nan", "nat", "null", "none", "not recorded"}
_YES = {"y", "yes", "true", "t", "1", "dna", "did not attend", "x"}
_NO = {"n", "no", "false", "f", "0"}
HIDDEN_COUNT = re.compile(r"^(?:[*c]|(?:<|less than|fewer than)\s*\d+)$", re.I)
_COUNT = re.compile(r"^\d{1,3}(?:[, \u00a0']\d{3})+(?:\.0+)?$|^\d+(?:\.0+)?$")


# Each field: the kind of thing it is. Codes become pseudonyms with the prefix after the colon.
FIELDS: dict[str, str] = {
    "date": "date", "booked": "date", "time_band": "band",
    "start": "time", "booked_time": "time", "arrived": "time", "sent_in": "time", "left": "time",
    "start_minute": "minute", "arrived_minute": "minute", "sent_in_minute": "minute",
    "left_minute": "minute", "start_from": "minute", "start_before": "end",
    "planned": "length", "actual": "length",
    "gap": "gap", "gap_days": "days", "count": "count", "age": "age",
    "status": "status", "availability": "status",
    "dna": "flag", "bookable": "flag", "deleted": "flag",
    "mode": "label", "hcp_type": "label", "category": "label", "period": "label", "source": "label",
    "actual_band": "label",
    "practice": "code:G", "area": "code:A", "clinician": "code:C", "usual_gp": "code:C",
    "session": "code:S", "slot_type": "code:T", "patient": "code:P", "row_id": "code:",
}  # fmt: skip
DTYPES = {"date": np.int32, "band": np.int32, "time": np.int16, "clock": np.int16,
           "minute": np.int16, "end": np.int16,
           "length": np.float64, "gap": np.float64, "count": np.int64, "days": np.int32,
           "age": np.int8, "status": np.int8, "flag": np.int8, "label": np.int8,
           "code": np.int32}  # fmt: skip
MISSING = {"length": np.nan, "gap": np.nan, "count": 0}
_SYNONYMS = {
    "mode": {"Video Conference/Online": "Video/Online", "Video": "Video/Online",
             "Online": "Video/Online", "Video Consultation": "Video/Online",
             "Face to Face (surgery)": "Face-to-Face", "F2F": "Face-to-Face", "Phone": "Telephone",
             "Telephone/Audio": "Telephone", "Visit": "Home Visit"},
    "hcp_type": {"Other Practice staff": "Other Practice staff", "Other": "Other Practice staff"},
    "actual_band": {"Unknown / Data Quality": "Unknown", "Unknown / Data Issue": "Unknown"},
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


def reader(name: str, form: Format, coder: Coder, month_first: bool) -> Callable[[str], float]:
    """Return the function that turns a text of field `name` into its number, or raises."""
    kind, _, prefix = FIELDS[name].partition(":")
    if kind == "code":
        return lambda text: coder.place(text, prefix) if text.casefold() not in BLANKS else _none()
    if kind == "date":
        whole = name == "date" and form.period == "month"
        return lambda text: dates.day_number(text, month_first, whole)
    if kind == "status":
        places = {k: schema.STATUSES.index(status) for k, status in form.status_keys().items()}
        return lambda text: places[key(text)]
    if kind == "label":
        known = vocabulary(name)
        return lambda text: known[key(text)]
    return _gap_reader() if kind == "gap" else _READERS[kind]


def _none() -> float:
    raise ValueError


def _gap_reader() -> Callable[[str], float]:
    known = vocabulary("gap")

    def read(text: str) -> float:
        if text[-1:] not in "mhd":  # few lengths end otherwise, and all labels do
            place = known.get(key(text))
            if place is not None:
                return GAP_LABEL - place
        minutes = dates.length_minutes(text)
        if minutes > LONGEST_GAP * dates.DAY:
            raise ValueError
        return minutes

    return read


def clock(text: str) -> int:
    """Return the time of day that a date is written with; -1 for none."""
    return dates.clock_minute(text) if dates.has_clock(text) else -1


def _length(text: str) -> float:
    return _within(dates.length_minutes(text), dates.DAY)


def _count(text: str) -> int:
    return int(_within(_whole(text), LARGEST_COUNT))


def _days(text: str) -> int:
    return int(_within(_whole(text), LONGEST_GAP))


def _minute(text: str) -> int:
    return int(_within(_whole(text), dates.DAY - 1))


def _end(text: str) -> int:
    return int(_within(_whole(text), dates.DAY))


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


_READERS: dict[str, Callable[[str], float]] = {
    "time": dates.clock_minute, "length": _length, "count": _count, "flag": _flag,
    "age": age_band, "minute": _minute, "days": _days,
    "band": bands.band, "end": _end,
}  # fmt: skip

"""From the cells of a block to the columns of the tidy frame, as plain arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pcqa_teach.data import schema
from pcqa_teach.data.reading import bands
from pcqa_teach.data.reading.columns import HIDDEN, WRONG_ORDER, Column, Parsed
from pcqa_teach.data.reading.header_words import safe
from pcqa_teach.data.reading.kinds import GAP_LABEL, Array, clock
from pcqa_teach.data.reading.ledger import Ledger
from pcqa_teach.data.reading.rows import ASIDE, REFUSED, Table
from pcqa_teach.data.reading.sniff import Layout
from pcqa_teach.dates import DAY
from pcqa_teach.errors import ReadError

_S = {name: place for place, name in enumerate(schema.STATUSES)}
_HAPPENED = np.isin(schema.STATUSES, ("Attended", "DNA", "Walked out"))
_GAP_OF = np.searchsorted(schema.GAP_STARTS, np.arange(-1, 30), side="right").astype(np.int8) - 1
_UNKNOWN_GAP = len(schema.GAPS) - 1
# fields that pass as they are: field -> column of the schema, and the label that stands for a slip
_PLAIN = {"planned": "planned_min", "actual": "actual_min", "arrived": "arrived_minute",
          "sent_in": "sent_in_minute", "left": "left_minute", "age": "age_band",
          "arrived_minute": "arrived_minute", "sent_in_minute": "sent_in_minute",
          "left_minute": "left_minute", "mode": "mode", "hcp_type": "hcp_type",
          "category": "category", "actual_band": "actual_band",
          "start_from": "start_from", "start_before": "start_before"}  # fmt: skip
_STRANGE = {  # by whether there is a mapping
    False: ("status not known", "counted as Unknown"),
    True: ("a status that the mapping does not list", "add it under [status], or it is Unknown"),
}
CODES = ("practice", "area", "clinician", "session", "slot_type", "patient", "usual_gp", "row_id")


_INSTEAD = {
    "month-first": "Find out what wrote it, and export again with the day first. (Only if every "
    "date is month first: dates='month-first'.)",
    "day-first": "Read the file without dates='month-first': it is for files in which every date "
    "is month first, and dates='day-first' is the rule.",
}


@dataclass
class Rows:
    """Rows of the tidy frame as arrays, with their numbers in the file and their mending marks."""

    columns: dict[str, Array]
    numbers: Array
    marks: Array

    def only(self, keep: Array) -> Rows:
        """Return the rows where `keep` is true."""
        if keep.all():
            return self
        columns = {name: values[keep] for name, values in self.columns.items()}
        return Rows(columns, self.numbers[keep], self.marks[keep])


class Assembler:
    """Builds tidy rows from the blocks of one file."""

    def __init__(
        self,
        layout: Layout,
        columns: Mapping[str, Column],
        ledger: Ledger,
        today: int,
        month_first: bool,
    ):
        self.layout, self.columns, self.ledger, self.today = layout, columns, ledger, today
        self._clock = Column("clock", clock, frozenset())
        self._clocks: Array = np.empty(0, dtype=np.int32)  # number of a date's text -> its time's
        self._other_order = "day-first" if month_first else "month-first"

    def rows(self, block: Table, filled: Array) -> Rows:
        """Return the tidy rows of a block; those that cannot be are refused in the ledger."""
        fields = block.fields
        parsed = {name: self.columns[name].parsed(fields[name]) for name in self.layout.places}
        self._in_order(block, parsed)
        marks = np.zeros(len(block), dtype=np.uint32)
        self._mark(marks, filled, "cells left blank while they repeat", "filled from the row above")
        keep = self._strike(block, parsed)
        columns: dict[str, Array] = {"date": parsed["date"].values}
        if "count" in parsed:
            columns["count"] = parsed["count"].values
        columns |= self._start(block, parsed, marks)
        columns["status"] = self._status(parsed, columns, marks)
        columns |= self._gap(block, parsed, columns, marks)
        for name, column in _PLAIN.items():
            if name in parsed:
                columns[column] = self._plain(name, parsed[name], marks)
        columns |= {name: parsed[name].values for name in CODES if name in parsed}
        columns |= {name: parsed[name].values for name in ("period", "source") if name in parsed}
        ahead = keep & (columns["date"] > self.today) & _HAPPENED[columns["status"]]
        why = "its date is in the future, yet it has an outcome"
        self.ledger.strike(REFUSED, "date in the future", why, block.rows[ahead])
        return Rows(columns, block.rows, marks).only(keep & ~ahead)

    def _in_order(self, block: Table, parsed: dict[str, Parsed]) -> None:
        """Refuse a table with a date in the other order; the first row with one is named."""
        wrong = {name: np.flatnonzero(p.states == WRONG_ORDER)[:1] for name, p in parsed.items()}
        rows = {name: int(block.rows[places[0]]) for name, places in wrong.items() if len(places)}
        if rows:
            name = min(rows, key=rows.__getitem__)
            first = self._other_order.split("-")[0]
            raise ReadError(
                f"'{self.ledger.file}' has a date in {self._heading(name)}, row {rows[name]}, that "
                f"is a date only with the {first} first. {_INSTEAD[self._other_order]}"
            )

    def _heading(self, name: str) -> str:
        spot = self.layout.places[name]
        heading = self.layout.heading(spot).strip()
        return f"column '{heading}'" if safe(heading) else f"column {spot + 1}"

    def _strike(self, block: Table, parsed: dict[str, Parsed]) -> Array:
        """Return which rows stay, after those without date or count are taken out."""
        keep = np.ones(len(block), dtype=bool)
        date = parsed["date"]
        steps = [
            (REFUSED, date.blank(), "no date", "an appointment needs its date"),
            (REFUSED, date.bad(), "date not readable", "it is no date between 2000 and 2099"),
        ]
        if "deleted" in parsed:
            deleted = parsed["deleted"].values == 1
            steps.append((ASIDE, deleted, "deleted slot", "the system marks it as deleted"))
        if "count" in parsed:
            count = parsed["count"]
            steps += [
                (ASIDE, count.states == HIDDEN, "count hidden as a small number",
                 "how many is not known, so totals are a little too low"),
                (REFUSED, count.blank(), "no count", "how many is not said"),
                (REFUSED, count.bad(), "count not readable", "it is no number that a row may have"),
            ]  # fmt: skip
        for name in ("period", "source"):
            if name in parsed:
                lost = ~parsed[name].ok()
                steps.append((REFUSED, lost, f"{name} not known", "it is none of the schema's"))
        for outcome, rows, what, why in steps:
            self.ledger.strike(outcome, what, why, block.rows[keep & rows])
            keep &= ~rows
        return keep

    def _mark(self, marks: Array, rows: Array, what: str, why: str) -> None:
        if rows.any():
            marks[rows] |= np.uint32(self.ledger.bit(what, why))

    def _plain(self, name: str, found: Parsed, marks: Array) -> Array:
        labels = schema.COLUMNS[_PLAIN[name]].labels
        if "Unknown" in labels:
            self._mark(marks, found.bad(), f"{_PLAIN[name]} not known", "counted as Unknown")
            return np.where(found.ok(), found.values, labels.index("Unknown")).astype(np.int8)
        self._mark(marks, found.bad(), f"{_PLAIN[name]} not readable", "left empty")
        return found.values

    def _start(self, block: Table, parsed: dict[str, Parsed], marks: Array) -> dict[str, Array]:
        """Return the start: a column of its own, or the time that the date is written with."""
        if "time_band" in parsed:
            self._mark(marks, parsed["time_band"].bad(), "time not readable", "left empty")
            return _between(parsed["time_band"])
        if "start_minute" in parsed:
            return {"start_minute": parsed["start_minute"].values}
        if "start" in parsed:
            self._mark(marks, parsed["start"].bad(), "start time not readable", "left empty")
            return {"start_minute": parsed["start"].values}
        dates = self.columns["date"]
        if len(self._clocks) < len(dates):
            self._clocks = self._clock.among(dates.texts())
        clocks = self._clock.parsed(self._clocks)  # of each date's text
        written = block.fields["date"]
        self._mark(marks, clocks.bad()[written], "start time not readable", "left empty")
        return {"start_minute": clocks.values[written]} if (clocks.values >= 0).any() else {}

    def _status(self, parsed: dict[str, Parsed], columns: dict[str, Array], marks: Array) -> Array:
        n = len(marks)
        status = np.full(n, -1, dtype=np.int8)
        for name in ("status", "availability"):
            if name in parsed:
                found = parsed[name]
                unknown = (status < 0) & found.bad()
                self._mark(marks, unknown, *_STRANGE[self.layout.mapped])
                status = np.where(
                    status < 0, np.where(unknown, _S["Unknown"], found.values), status
                )
        if "dna" in parsed:
            open_ended = np.isin(status, (-1, _S["Booked"], _S["Unknown"]))
            status = np.where(open_ended & (parsed["dna"].values == 1), _S["DNA"], status)
        if "bookable" in parsed:
            closed = (parsed["bookable"].values == 0) & np.isin(status, (-1, _S["Available"]))
            status = np.where(closed, _S["Blocked"], status)
        blank = status < 0
        if not blank.any():
            return status.astype(np.int8)
        came = np.zeros(n, dtype=bool)
        for name in ("arrived", "sent_in", "left"):
            came |= parsed[name].ok() if name in parsed else False
        status = np.where(blank & came, _S["Attended"], status)
        if "patient" in parsed and ("dna" in parsed or "availability" in parsed):
            status = np.where((status < 0) & parsed["patient"].blank(), _S["Available"], status)
        ahead = (status < 0) & (columns["date"] > self.today)
        status = np.where(ahead, _S["Booked"], status)
        if parsed.keys() & {"status", "availability", "dna"}:  # else it is one note for them all
            self._mark(marks, status < 0, "status blank", "counted as Unknown")
        return np.where(status < 0, _S["Unknown"], status).astype(np.int8)

    def _gap(
        self, block: Table, parsed: dict[str, Parsed], columns: dict[str, Array], marks: Array
    ) -> dict[str, Array]:
        """Return the booking gap: days where they can be known, and the national label."""
        days = self._gap_days(block, parsed, columns)
        label = np.full(len(marks), -1, dtype=np.int8)
        if days is not None:
            label = _GAP_OF[np.clip(days, -1, 29) + 1]
        if "gap" in parsed:
            gap = parsed["gap"]
            self._mark(marks, gap.bad(), "booking gap not readable", "counted as Unknown")
            given = gap.ok() & (gap.values <= GAP_LABEL)
            label = np.where(given, GAP_LABEL - np.where(given, gap.values, 0), label)
            label = np.where(gap.bad(), _UNKNOWN_GAP, label).astype(np.int8)
        out = {"booking_gap": label} if (label >= 0).any() or "gap" in parsed else {}
        return out if days is None else out | {"booking_gap_days": days}

    def _gap_days(
        self, block: Table, parsed: dict[str, Parsed], columns: dict[str, Array]
    ) -> Array | None:
        """Whole days from the day of booking to the day of the appointment; -1 where not known.

        With a length of time alone and no start, midnight may or may not lie in between: the length
        is cut to whole days.
        """
        if "gap_days" in parsed:
            found = parsed["gap_days"]
            return np.where(found.ok(), found.values, -1).astype(np.int32)
        if "booked" in parsed:
            booked = parsed["booked"]
            days = columns["date"] - booked.values
            return np.where(booked.ok() & (days >= 0), days, -1).astype(np.int32)
        gap = parsed.get("gap")
        if gap is None or not (gap.ok() & (gap.values > GAP_LABEL)).any():
            return None
        known = gap.ok() & (gap.values > GAP_LABEL)
        start = columns.get("start_minute", np.full(len(known), -1))
        start = np.where(start >= 0, start, DAY - 1)
        minutes = np.where(known, gap.values, 0).astype(np.int32)
        days = -np.floor_divide(start.astype(np.int32) - minutes, np.int32(DAY))
        return np.where(known, days, -1).astype(np.int32)


def _between(found: Parsed) -> dict[str, Array]:
    """Return starts where times are given, and the ends of stretches of the day where those are."""
    known = found.ok()
    first, last = np.divmod(np.where(known, found.values, 0), bands.SPAN)
    exact = known & (first == last)
    ends = {
        "start_minute": np.where(exact, first, -1),
        "start_from": np.where(known & ~exact, first, -1),
        "start_before": np.where(known & ~exact, last, -1),
    }
    return {name: v.astype(np.int16) for name, v in ends.items() if (v >= 0).any()}

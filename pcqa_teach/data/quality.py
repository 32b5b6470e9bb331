"""What a reading found: every row of the files accounted for, and what they cannot answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach import figures
from pcqa_teach.data import schema
from pcqa_teach.errors import DataError

FIRST_ROWS = 5
BLANK_CELL, CLOSED = "blank cell", "closed, or nobody's session; not nought"


@dataclass(frozen=True)
class Finding:
    """Some rows with one thing in common: what, how many, the first of them, and why.

    Row numbers are those that a spreadsheet shows. No cell's content is kept.
    """

    what: str
    rows: int
    first_rows: tuple[int, ...]
    why: str
    file: str = ""
    unit: str = "row"  # what is counted: rows, or the cells of a crosstab

    def place(self) -> tuple[tuple[int, ...], str]:
        """Return what findings are put in order by: the first row of each."""
        return self.first_rows, self.what

    def sentence(self) -> str:
        """Return the finding as a sentence without its full stop."""
        number = self.unit if self.rows == 1 else f"{self.unit}s"
        first = ", ".join(map(str, self.first_rows))
        listed = self.unit == "cell" and len(self.first_rows) < FIRST_ROWS  # every row with one
        more = " and on" if self.rows > len(self.first_rows) and not listed else ""
        where = (
            f" ({'row' if len(self.first_rows) == 1 else 'rows'} {first}{more})" if first else ""
        )
        return f"{self.rows:,} {number}: {self.what}{where}; {self.why}"


UNNAMED = ("",)  # as the files of a report: its one file is not to be named


@dataclass(frozen=True)
class QualityReport:
    """What was found in the files of one reading.

    ``rows_in`` counts every row that a spreadsheet would show, those above the header and blank
    ones too, but for the one header row of each sheet and the heading lines of the kit's own; rows
    of a workbook's other sheets are set aside. Always ``rows_in == n_kept + n_mended +
    n_set_aside + n_refused``. A row that was mended in several ways is counted once in ``n_mended``
    and shown under each way. For a crosstab all this counts cells (``unit``) below its header, and
    blank cells are among those set aside: closed, not nought (``n_blank``).
    """

    format: str
    title: str
    files: tuple[str, ...]
    rows_in: int
    n_kept: int
    n_mended: int
    n_set_aside: int
    n_refused: int
    appointments: int
    first_date: pd.Timestamp
    last_date: pd.Timestamp
    kept: tuple[Finding, ...] = ()
    mended: tuple[Finding, ...] = ()
    set_aside: tuple[Finding, ...] = ()
    refused: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    cannot_answer: tuple[str, ...] = ()
    answers: frozenset[str] = field(default_factory=frozenset, repr=False)  # in no order
    unit: str = "row"

    @property
    def n_blank(self) -> int:
        """The cells of a crosstab that are blank: closed, not nought."""
        return sum(found.rows for found in self.set_aside if found.what == BLANK_CELL)

    def has(self, question: str) -> bool:
        """Say whether the data can answer a question: see ``quality.QUESTIONS`` for their names."""
        if question not in QUESTIONS:
            known = ", ".join(QUESTIONS)
            raise DataError(f"'{question}' is no question that a report knows: ask of {known}.")
        return question in self.answers

    @property
    def covers(self) -> str:
        """The days from the first to the last; months, where the counts are by the month."""
        monthly = QUESTIONS["weeks"].cannot in self.cannot_answer
        ends = [
            f"{day:%B %Y}" if monthly else f"{day.day} {day:%B %Y}"
            for day in (self.first_date, self.last_date)
        ]
        return " to ".join(dict.fromkeys(ends))

    @property
    def stands_for(self) -> str:
        """What the rows stand for, counted."""
        what = "appointment or slot" if self.appointments == 1 else "appointments or slots"
        return f"{self.appointments:,} {what}"

    def sentences(self) -> list[str]:
        """Return the report as sentences: the sum first, then every finding, note and lack."""
        files = f"{len(self.files)} files" if len(self.files) > 1 else f"'{self.files[0]}'"
        files = "Your file" if self.files == UNNAMED else files
        lead = [
            f"{files}: {self.title}, {self.covers}.",
            f"{self.rows_in:,} {self.unit}s in: {self.n_kept:,} kept as they were, "
            f"{self.n_mended:,} mended, {self.n_set_aside:,} set aside{self._blanks}, "
            f"{self.n_refused:,} refused.",
            f"They stand for {self.stands_for}.",
        ]
        found = [
            f"{outcome}: {finding.sentence()}{self._of(finding)}."
            for outcome, findings in self._outcomes()
            for finding in findings
        ]
        return [*lead, *found, *self.notes, *self.cannot_answer]

    def to_frame(self) -> pd.DataFrame:
        """Return the findings as a frame: outcome, what, rows, first_rows, why, file."""
        rows = [
            {"outcome": outcome, **asdict(finding)}
            for outcome, findings in [("Kept", self.kept), *self._outcomes()]
            for finding in findings
        ]
        names = ["outcome", "what", "rows", "first_rows", "why", "file"]
        return pd.DataFrame(rows, columns=pd.Index(names))

    def to_dict(self) -> dict[str, Any]:
        """Return the report as a dict that can be written as JSON."""
        report = asdict(self)
        report["first_date"] = f"{self.first_date:%Y-%m-%d}"
        report["last_date"] = f"{self.last_date:%Y-%m-%d}"
        report["answers"] = sorted(self.answers)
        return {name: _plain(value) for name, value in report.items()}

    def __str__(self) -> str:
        return "\n".join(self.sentences())

    def _outcomes(self) -> list[tuple[str, tuple[Finding, ...]]]:
        return [("Mended", self.mended), ("Set aside", self.set_aside), ("Refused", self.refused)]

    @property
    def _blanks(self) -> str:
        return f" ({self.n_blank:,} of them blank: closed, not nought)" if self.n_blank else ""

    def _of(self, finding: Finding) -> str:
        return f" (in '{finding.file}')" if len(self.files) > 1 and finding.file else ""

    def _repr_html_(self) -> str:
        rows = {
            "Format": self.title,
            f"{self.unit.capitalize()}s in": self.rows_in,
            "Kept as they were": self.n_kept,
            "Mended": self.n_mended,
            "Set aside": self.n_set_aside,
            "Refused": self.n_refused,
            "Appointments or slots": self.appointments,
        }
        frame = pd.DataFrame({"What": list(rows), "How many": list(rows.values())})
        first, *_ = self.sentences()
        words = "".join(f"<li>{_escape(line)}</li>" for line in self.sentences()[3:])
        return str(figures.table(frame, first)._repr_html_()) + (
            f"<ul>{words}</ul>" if words else ""
        )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@dataclass(frozen=True)
class Question:
    """Something to ask of the data: whether it can be answered, and words long and short if not."""

    can: Callable[[pd.DataFrame], bool]
    cannot: str
    short: str


def _columns(*names: str) -> Callable[[pd.DataFrame], bool]:
    return lambda frame: all(name in frame and bool(frame[name].notna().any()) for name in names)


def _status(*names: str) -> Callable[[pd.DataFrame], bool]:
    def seen(frame: pd.DataFrame) -> bool:
        used = np.bincount(frame["status"].cat.codes, minlength=len(schema.STATUSES))
        return any(used[schema.STATUSES.index(name)] for name in names)

    return seen


# One line a question; `measures` and `run` ask by the name.
QUESTIONS: dict[str, Question] = {
    "utilisation": Question(
        _status("Available"),
        "This report has no unused slots, so utilisation cannot be worked out.",
        "unused slots",
    ),
    "weeks": Question(
        lambda frame: bool((frame["period"] == "day").all()),
        "This report counts by the month, so weeks and weekdays cannot be told apart.",
        "weeks and weekdays",
    ),
    "dna": Question(
        _status("DNA"),
        "This report has no appointment marked DNA, so missed appointments cannot be counted.",
        "missed appointments",
    ),
    "time_of_day": Question(
        _columns("start_minute"),
        "This report has no start times, so nothing can be said about the time of day.",
        "start times",
    ),
    "booking_gap": Question(
        _columns("booking_gap"),
        "This report does not say when appointments were booked, so same-day share and booking gap "
        "cannot be worked out.",
        "booking gaps",
    ),
    "mode": Question(
        _columns("mode"),
        "The kit does not take from this report how people were seen, so telephone and "
        "face-to-face cannot be told apart.",
        "how people were seen",
    ),
    "durations": Question(
        _columns("actual_min"),
        "This report has no actual lengths, so time spent cannot be worked out.",
        "time spent",
    ),
    "waiting": Question(
        _columns("arrived_minute", "sent_in_minute"),
        "This report has no times of arrival and call-in, so waiting on the day cannot be worked "
        "out.",
        "waiting on the day",
    ),
    "clinician": Question(
        _columns("clinician"),
        "This report does not say who saw whom, so clinicians cannot be compared.",
        "clinicians",
    ),
    "patient": Question(
        _columns("patient"),
        "This report does not tell patients apart, so people who attend often cannot be found.",
        "people who attend often",
    ),
    "continuity": Question(
        _columns("patient", "clinician"),
        "This report does not have both patient and clinician, so continuity cannot be worked out.",
        "continuity",
    ),
    "age": Question(
        _columns("age_band"),
        "This report has no ages, so age groups cannot be compared.",
        "age groups",
    ),
}


def answered(frame: pd.DataFrame) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the names of the questions that a tidy frame can answer, and words for the others."""
    can = frozenset(name for name, question in QUESTIONS.items() if question.can(frame))
    return can, tuple(q.cannot for name, q in QUESTIONS.items() if name not in can)

"""What the reading of a table found: every row accounted for, and what the table cannot answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach.data.quality import Finding, QualityReport
from pcqa_teach.data.reading.rows import ASIDE, REFUSED
from pcqa_teach.data.tables.shape import Shape
from pcqa_teach.data.tables.sheet import Sheet
from pcqa_teach.errors import DataError
from pcqa_teach.sayings import counted


@dataclass(frozen=True)
class TableReport(QualityReport):
    """The report of a table that is no appointment book; see `QualityReport`.

    ``kind`` is what kind of table it is ("calls", "tally", ...), ``things`` what its counts are of,
    one and many, and ``appointments`` how many of those there are.
    """

    kind: str = ""
    things: tuple[str, str] = ("row", "rows")
    asked: tuple[str, ...] = ()
    monthly: bool = False
    dated: bool = True
    lesson: str = ""

    def has(self, question: str) -> bool:
        """Say whether the table can answer a question; the names differ from kind to kind."""
        if question not in self.asked:
            known = ", ".join(self.asked) or "none of it"
            raise DataError(f"'{question}' is no question that a report of {self.kind} knows: ask "
                            f"{known}.")  # fmt: skip
        return question in self.answers

    @property
    def covers(self) -> str:
        """The days from the first to the last; a sentence where there are no dates."""
        if not self.dated:
            return "no dates"
        if not self.monthly:
            return super().covers
        return " to ".join(dict.fromkeys(f"{e:%B %Y}" for e in (self.first_date, self.last_date)))

    @property
    def stands_for(self) -> str:
        """What the rows stand for, counted."""
        return counted(self.appointments, *self.things)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as a dict that can be written as JSON."""
        report = super().to_dict() if self.dated else _undated(self)
        report["counted"] = report.pop("appointments")
        return report

    def _repr_html_(self) -> str:
        return super()._repr_html_().replace("Appointments or slots", self.things[1].capitalize())


def _undated(report: TableReport) -> dict[str, Any]:
    from dataclasses import replace

    some = pd.Timestamp(0)
    given = replace(report, first_date=some, last_date=some, dated=True).to_dict()
    given["appointments"] = given.pop("counted")
    return given | {"first_date": None, "last_date": None, "dated": False}


def report_of(
    shape: Shape, frame: pd.DataFrame, sheets: Sequence[Sheet], notes: Sequence[str], total: int
) -> TableReport:
    """Return the report of one reading."""
    kept = sum(int((sheet.keep & (sheet.marks == 0)).sum()) for sheet in sheets)
    n_mended = sum(int((sheet.keep & (sheet.marks != 0)).sum()) for sheet in sheets)
    aside, refused = _all(sheets, ASIDE), _all(sheets, REFUSED)
    mended = tuple(
        found
        for sheet in sheets
        for found in sheet.ledger.mended(sheet.marks[sheet.keep], sheet.numbers[sheet.keep])
    )
    can = frozenset(name for name, ask in shape.asks.items() if ask.can(frame))
    first, last = _ends(frame)
    return TableReport(
        format=shape.form.id,
        title=shape.form.title,
        files=tuple(dict.fromkeys(sheet.ledger.file for sheet in sheets)),
        rows_in=sum(sheet.ledger.rows_in for sheet in sheets),
        n_kept=kept,
        n_mended=n_mended,
        n_set_aside=sum(found.rows for found in aside),
        n_refused=sum(found.rows for found in refused),
        appointments=total,
        first_date=first,
        last_date=last,
        kept=(Finding("read as it was", kept, (), "nothing to mend"),) if kept else (),
        mended=mended,
        set_aside=aside,
        refused=refused,
        notes=tuple(notes),
        cannot_answer=tuple(ask.cannot for name, ask in shape.asks.items() if name not in can),
        answers=can,
        kind=shape.kind,
        things=shape.things,
        asked=tuple(shape.asks),
        monthly="month" in frame,
        dated=bool(pd.notna(first)),
        lesson=shape.lesson,
        unit=sheets[0].ledger.unit,
    )


def _all(sheets: Sequence[Sheet], outcome: str) -> tuple[Finding, ...]:
    return tuple(found for sheet in sheets for found in sheet.ledger.findings(outcome))


def _ends(frame: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    for name in ("start", "date", "week", "month"):
        if name in frame and frame[name].notna().any():
            return pd.Timestamp(frame[name].min()), pd.Timestamp(frame[name].max())
    return pd.NaT, pd.NaT  # type: ignore[return-value]

"""The patient survey: four short statements, 1 to 5, counted by month; no words, nobody's row."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import ROW, Ask
from pcqa_teach.data.tables.sheet import Sheet
from pcqa_teach.data.templates import definition as d
from pcqa_teach.data.templates.definition import Box, Template
from pcqa_teach.errors import ReadError
from pcqa_teach.privacy import SMALL

STATEMENTS = {
    "It was easy to get help": "easy",
    "I was listened to": "listened",
    "I know what happens next": "next",
    "All in all it went well": "overall",
}
_SCALE = ("1 not at all", "2 hardly", "3 partly", "4 mostly", "5 fully")
_MOST = 20_000
ENOUGH = 12

MONTH = Box("month", "Month", "Any day of the month, or the month; a blank cell repeats the one "
            "above.", d.MONTH, aliases=("Date",), required=True, wide=13)  # fmt: skip
QUESTION = Box("question", "Statement", "Which of the four statements.", choices=STATEMENTS,
               aliases=("Question",), required=True, wide=28)  # fmt: skip
COUNTS = tuple(
    Box(f"n{place}", words, f"How many people ticked {place}.", d.WHOLE, within=(0, _MOST),
        aliases=(f"{place}", f"Answer {place}", f"Ticked {place}"), required=True, wide=12)
    for place, words in enumerate(_SCALE, start=1)
)  # fmt: skip
OPEN = Box("open", "No answer", "How many left it open.", d.WHOLE, within=(0, _MOST),
           aliases=("Left open",), wide=12)  # fmt: skip


def rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    """Return a row for each line of the sheet: month, statement, and the five counts."""
    names = [box.name for box in COUNTS]
    empty = np.all([sheet.blank(name) for name in names], axis=0)
    sheet.aside(empty, "no counts", "nothing is written beside the statement")
    month = d.days(sheet, reading, MONTH)
    sheet.refuse(month < 0, "no month", "answers need their month")
    said = d.chosen(sheet, QUESTION)
    assert said is not None  # the column is required
    sheet.refuse(~said.ok(), "statement not known", "it is none of the sheet's four")
    frame = {ROW: np.arange(len(sheet)), "month": month, "question": said.values}  # noqa: PD011
    for box in (*COUNTS, OPEN):
        found = d.whole(sheet, box)
        if found is None:
            continue
        sheet.refuse(found.bad(), "count not readable", "it is no whole number that a row may have")
        frame[box.name] = np.where(found.ok(), found.values, 0)
    return pd.DataFrame(frame)


def finish(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return a row for each month, statement and answer: month, question, answer, count.

    Months in which a statement has fewer than five answers are set aside for it.

    Raises
    ------
    ReadError
        None has five.
    """
    names = [box.name for box in COUNTS]
    total = frame[names].sum(axis=1).groupby([frame["month"], frame["question"]]).transform("sum")
    few = (total < SMALL).to_numpy()
    reading.strike(
        frame, few, f"statement with fewer than {SMALL} answers in the month",
        "so few answers could point at somebody",
    )  # fmt: skip
    left = frame[~few]
    if left.empty:
        raise ReadError(
            f"'{reading.sheets[0].ledger.file}' has no month with {SMALL} answers or more to a "
            "statement, so none is shown: ask more people, or put months together."
        )
    summed = left.groupby(["month", "question"], as_index=False)[names].sum()
    long = summed.melt(["month", "question"], names, "answer", "count")
    long = long.sort_values(["month", "question", "answer"], ignore_index=True)
    if "open" in left and left["open"].sum():
        reading.note(f"{int(left['open'].sum()):,} times a statement was left open.")
    return pd.DataFrame(
        {
            "month": d.dated(long["month"].to_numpy()),
            "question": d.category(long["question"].to_numpy(), QUESTION),
            "answer": long["answer"].str[1:].astype(np.int64),
            "count": long["count"].astype(np.int64),
        }
    )


SURVEY = Template(
    name="survey",
    title="patient survey",
    thing=("answer", "answers"),
    purpose="How it was for the people who came, month by month, in counts.",
    how=(
        "Hand out the sheet on paper, to everybody who comes on the days that you have chosen.",
        "Nobody writes a name or a word on it, and nobody has to answer.",
        "At the end of the month count the ticks: one row for each statement, five counts.",
        "What people write beside the boxes is worth reading, and is not typed here: there is no "
        "column for it, and one that you add is not read.",
        f"A statement with fewer than {SMALL} answers in a month is not shown.",
    ),
    boxes=(MONTH, QUESTION, *COUNTS, OPEN),
    rows=rows,
    finish=finish,
    asks={
        "months": Ask(
            lambda frame: frame["month"].nunique() >= ENOUGH,
            f"There are fewer than {ENOUGH} months yet, so a chart with limits has to wait.",
        ),
    },
    lesson="d8",
    tells=7,
    example=("March 2025", "It was easy to get help", "3", "5", "9", "14", "11", "2"),
)

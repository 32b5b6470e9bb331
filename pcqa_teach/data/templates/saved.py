"""The pulse by week and the survey by month, read back as the kit saved them (CSV)."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.data.schema import Column
from pcqa_teach.data.tables import made
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import Shape
from pcqa_teach.data.tables.sheet import Sheet
from pcqa_teach.data.templates.pulse import PULSE, STATEMENTS
from pcqa_teach.data.templates.survey import QUESTION, SURVEY
from pcqa_teach.errors import ReadError
from pcqa_teach.privacy import SMALL

_DAY = "datetime64[s]"
_SCORES = tuple(STATEMENTS)
_FEW = "so few answers could point at somebody"


def _columns(*columns: Column) -> dict[str, Column]:
    return {column.name: column for column in columns}


WEEKS = _columns(
    Column("week", _DAY, "the Monday", required=True),
    Column("answers", "int64", "people who answered", required=True),
    Column("pulse", "float64", "mean of the first statement, 1-5", required=True),
    Column("pulse_sd", "float64", "spread of the first statement"),
    *(Column(name, "float64", f"mean of '{STATEMENTS[name]}', 1-5") for name in _SCORES[1:]),
)
MONTHS = _columns(
    Column("month", _DAY, "the first of the month", required=True),
    Column("question", "category", "which statement", QUESTION.labels, required=True),
    Column("answer", "int64", "the answer, 1-5", required=True),
    Column("count", "int64", "people who gave it", required=True),
)


def _pulse_rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    frame = made.rows_of(WEEKS)(sheet, reading)
    for name in (name for name in _SCORES if name in frame):
        _within(sheet, frame[name], name)
    return frame


def _survey_rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    frame = made.rows_of(MONTHS)(sheet, reading)
    _within(sheet, frame["answer"], "answer")
    return frame


def _within(sheet: Sheet, values: pd.Series, name: str) -> None:
    off = values.notna() & ~values.between(1, 5)
    sheet.refuse(off.to_numpy(dtype=bool), f"{name} out of bounds", "answers run from 1 to 5")


def _pulse(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    few = frame["answers"] < SMALL
    reading.strike(frame, few, f"week with fewer than {SMALL} answers", _FEW)
    again = ~few & frame[~few]["week"].duplicated().reindex(frame.index, fill_value=False)
    reading.strike(frame, again, "week that is there already", "each week is taken once")
    left = _some(frame[~few & ~again], reading).sort_values("week", ignore_index=True)
    return made.validate(made.made(left, WEEKS, reading), WEEKS, "staff pulse by week")


def _survey(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    keys = ["month", "question", "answer"]
    again = frame.duplicated(keys)
    reading.strike(frame, again, "answer that is there already", "each count is taken once")
    once = frame[~again]
    few = once.groupby(["month", "question"])["count"].transform("sum") < SMALL
    reading.strike(
        once, few, f"statement with fewer than {SMALL} answers in the month", _FEW
    )  # fmt: skip
    left = _some(once[~few], reading).sort_values(keys, ignore_index=True)
    return made.validate(made.made(left, MONTHS, reading), MONTHS, "patient survey by month")


def _some(left: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    if left.empty:
        raise ReadError(
            f"'{reading.sheets[0].ledger.file}' has nothing with {SMALL} answers or more, so "
            "nothing is shown: ask more people, or put weeks or months together."
        )
    return left


SAVED = (
    Shape(
        kind=PULSE.name,
        form=made.format_of(WEEKS, "tidy_pulse", "staff pulse by week, as this kit saves it",
                            "week"),
        rows=_pulse_rows, finish=_pulse, things=PULSE.thing, asks=PULSE.asks, lesson=PULSE.lesson,
        tells=3, once=True,
    ),
    Shape(
        kind=SURVEY.name,
        form=made.format_of(MONTHS, "tidy_survey", "patient survey by month, as this kit saves it",
                            "count of answers"),
        rows=_survey_rows, finish=_survey, things=SURVEY.thing, asks=SURVEY.asks,
        lesson=SURVEY.lesson, tells=4, once=True,
    ),
)  # fmt: skip

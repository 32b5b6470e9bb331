"""The staff pulse: five short statements, 1 to 5, nobody's name; only weeks with five answers."""

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
    "pulse": "I could do my work well this week",
    "time": "I could take my breaks and go home on time",
    "help": "I got help when I needed it",
    "say": "I could say so when something was not right",
    "try": "We tried something out to make our work better",
}
ENOUGH = 12  # weeks that a chart needs

WEEK = Box("week", "Week", "Any day of the week; a blank cell repeats the one above.", d.DAY,
           aliases=("Week of", "Date"), required=True, wide=13)  # fmt: skip
SCORES = tuple(
    Box(name, words, "1 not at all, 2 hardly, 3 partly, 4 mostly, 5 fully; blank: no answer.",
        d.WHOLE, within=(1, 5), required=name == "pulse", wide=20)
    for name, words in STATEMENTS.items()
)  # fmt: skip


def rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    """Return a row an answer sheet: its week, by its Monday, and the scores."""
    names = [box.name for box in SCORES if sheet.has(box.name)]
    empty = np.all([sheet.blank(name) for name in names], axis=0)
    sheet.aside(empty, "nothing but a week", "no answer is written in it")
    day = d.days(sheet, reading, WEEK)
    sheet.refuse(day < 0, "no week", "an answer needs its week")
    frame = {ROW: np.arange(len(sheet)), "week": day - (day + 3) % 7}
    some = np.zeros(len(sheet), dtype=bool)
    for box in SCORES:
        frame[box.name] = np.full(len(sheet), np.nan)
        found = d.whole(sheet, box)
        if found is not None:
            sheet.mend(found.bad(), "an answer that is no whole number from 1 to 5", "left empty")
            frame[box.name] = np.where(found.ok(), found.values, np.nan)
            some |= found.ok()
    sheet.refuse(~some, "no answer that can be read", "answers are whole numbers from 1 to 5")
    return pd.DataFrame(frame)


def finish(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return a row a week: answers, the mean of each statement, and the spread of the first.

    Weeks with fewer than five answers are set aside: in a small team they would point at somebody.

    Raises
    ------
    ReadError
        No week has five.
    """
    answers = frame.groupby("week")["pulse"].transform("count")
    few = (answers < SMALL).to_numpy()
    reading.strike(
        frame, few, f"answer in a week with fewer than {SMALL}",
        "so few answers could point at somebody",
    )  # fmt: skip
    left = frame[~few]
    if left.empty:
        raise ReadError(
            f"'{reading.sheets[0].ledger.file}' has no week with {SMALL} answers or more, so none "
            "is shown: ask more people, or put weeks together under one date."
        )
    weeks = left.groupby("week", sort=True)
    out = pd.DataFrame(
        {
            "week": d.dated(np.array(sorted(left["week"].unique()))).to_numpy(),
            "answers": weeks["pulse"].count().to_numpy(dtype=np.int64),
            "pulse": weeks["pulse"].mean().to_numpy(),
            "pulse_sd": weeks["pulse"].std().to_numpy(),
        }
    )
    for box in SCORES[1:]:
        enough = weeks[box.name].count() >= SMALL
        means = weeks[box.name].mean().where(enough)
        if means.notna().any():
            out[box.name] = means.to_numpy()
    return out


PULSE = Template(
    name="pulse",
    title="staff pulse",
    thing=("week", "weeks"),
    purpose="How work is for those who do it, week by week; never about one of them.",
    how=(
        "Hand out the sheet on paper, once a week or once a fortnight, with a box to drop it in.",
        "Nobody writes a name, a role or a word on it, and nobody has to answer.",
        "Somebody who is trusted types one row for each sheet, shuffled, and shreds the paper.",
        f"A week with fewer than {SMALL} answers is not shown, and no row leaves the reader.",
        "Tell everybody beforehand what it is for, and show them the result first.",
    ),
    boxes=(WEEK, *SCORES),
    rows=rows,
    finish=finish,
    asks={
        "weeks": Ask(
            lambda frame: len(frame) >= ENOUGH,
            f"There are fewer than {ENOUGH} weeks yet, so a chart with limits has to wait.",
        ),
        "statements": Ask(
            lambda frame: all(name in frame for name in STATEMENTS),
            "Some of the five statements have too few answers to be shown.",
        ),
    },
    lesson="d8",
    tells=3,
    example=("03/03/2025", "4", "3", "5", "4", "2"),
)

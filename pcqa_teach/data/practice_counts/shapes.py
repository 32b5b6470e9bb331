"""A table of practices as a kind of table that `pcqa.read` knows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pcqa_teach.data.practice_counts.schema import ALIASES, COLUMNS, COUNTS, validate
from pcqa_teach.data.readers.base import Field, Format
from pcqa_teach.data.reading.columns import HIDDEN
from pcqa_teach.data.tables import cells, made
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import FILE, ROW, Ask, Shape
from pcqa_teach.data.tables.sheet import Sheet

KIND = "practices"
_MOST = 1_000_000_000
_COMPARED = ("dna", "same_day", "unknown", "telephone", "over_14")
FORMAT = Format(
    id="practice_counts",
    title="table of practices, with counts of appointments",
    fields=tuple(
        Field(name, (name, *ALIASES[name]), column.required, tell=True)
        for name, column in COLUMNS.items()
    ),
    statuses={},
    one_of=_COMPARED,
    codes_kept=True,
    thing="practice",
)
_ABOUT = {  # what a practice is like: the least and the most that it can be
    "list_size": (1, 10_000_000), "imd": (0, 100), "deprivation_fifth": (1, 5),
}  # fmt: skip


def rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    """Return a row for each of the sheet's, with what cannot be read struck or left empty."""
    frame: dict[str, object] = {ROW: np.arange(len(sheet))}

    def code(text: str) -> float:
        if not text:
            raise ValueError
        return reading.coder.place(text, "G")

    named = sheet.parsed("practice", "code", code)
    sheet.refuse(~named.ok(), "no practice", "a count needs its practice")
    frame["practice"] = named.or_else(-1)
    for name in COUNTS:
        if not sheet.has(name):
            continue
        found = sheet.parsed(name, "count", cells.whole(0, _MOST))
        sheet.aside(found.states == HIDDEN, "practice with a count hidden as a small number",
                    "how many is not known")  # fmt: skip
        sheet.refuse(~found.ok() & sheet.keep, f"{name} not readable",
                     "it is no whole number")  # fmt: skip
        frame[name] = found.or_else(0)
    for name, (low, high) in _ABOUT.items():
        if sheet.has(name):
            found = sheet.parsed(name, "length", cells.between(low, high))
            sheet.mend(
                found.bad() & ~sheet.blank(name),
                f"a {name} that is no number from {low} to {high:,}", "left empty",
            )  # fmt: skip
            frame[name] = found.or_else(np.nan)
    return pd.DataFrame(frame)


def finish(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return a row a practice: counts of several rows are added up, sizes and scores averaged."""
    counts = [name for name in COUNTS if name in frame]
    about = [name for name in _ABOUT if name in frame]
    if frame["practice"].duplicated().any():
        reading.note("Practices with several rows (weeks, or months) are added up.")
    grouped = frame.drop(columns=[FILE, ROW]).groupby("practice", sort=True)
    whole = pd.concat([grouped[counts].sum(), grouped[about].mean()], axis=1).reset_index()
    if "deprivation_fifth" in whole:
        fifth = whole["deprivation_fifth"].round()
        whole["deprivation_fifth"] = fifth.where(fifth.between(1, 5), -1)
        if (whole["deprivation_fifth"] < 0).any():
            whole = whole.drop(columns="deprivation_fifth")
    return validate(made.made(whole, COLUMNS, reading))


def _lacks(found: Mapping[str, list[int]]) -> list[str]:
    return FORMAT.lacks(found)


ASKS: dict[str, Ask] = {
    "unknown": Ask(
        lambda frame: "unknown" in frame,
        "This table does not say how many outcomes are unknown, so a missed share cannot be "
        "checked for it.",
    ),
    "deprivation": Ask(
        lambda frame: "imd" in frame or "deprivation_fifth" in frame,
        "This table says nothing of deprivation, or of age: what people bring with them cannot be "
        "allowed for.",
    ),
}
SHAPES = (
    Shape(
        kind=KIND, form=FORMAT, rows=rows, finish=finish, things=("appointment", "appointments"),
        asks=ASKS, lesson="d7", tells=3, lacks=_lacks,
        total=lambda frame: int(frame["appointments"].sum()),
    ),
)  # fmt: skip

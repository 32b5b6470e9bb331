"""Exports that fit each lesson, with people wherever there is room for one."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.comments import Comment

import pcqa_teach as pcqa
from pcqa_teach.data.synthetic.exports import phone_logs

from .seeking import PEOPLE

EXPORTS = Path(__file__).resolve().parents[3] / "data" / "synthetic" / "exports"
_OFTEN = 9  # every so many rows, a column of words is a person's; fewer in closed columns
_CLOSED = 3  # cells a column that should hold a date, a number or a word of a list


def _person(place: int) -> str:
    return (PEOPLE[place % 3].all, PEOPLE[place % 3].name, PEOPLE[(place + 1) % 3].nhs)[place % 3]


def planted(table: pd.DataFrame, free: tuple[str, ...] = ()) -> pd.DataFrame:
    """Put people into a table: into columns of words, closed cells, columns of their own."""
    made = table.astype(object).copy()
    for place, name in enumerate(table.columns):
        column = made.columns.get_loc(name)
        step = _OFTEN if name in free else max(len(made) // (_CLOSED + 1), 1)
        for turn, row in enumerate(range(2 + place, len(made), step)):
            made.iloc[row, column] = _person(turn + place)
    for place, person in enumerate(PEOPLE):
        made[f"Seen by {person.name}"] = person.all
        made[("NHS Number", "Telephone", "Notes")[place]] = person.tokens[2 + 2 * place]
    return made


def as_csv(table: pd.DataFrame, path: Path) -> Path:
    """Write a table with a line above it and one below, as some systems do."""
    text = io.StringIO()
    table.to_csv(text, index=False, lineterminator="\r\n")
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def as_workbook(table: pd.DataFrame, path: Path) -> Path:
    """Write a workbook with people in its sheets' names, properties, comments and hidden parts."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = PEOPLE[0].name[:31]
    sheet.append(list(table.columns))
    for row in table.itertuples(index=False):
        sheet.append([None if pd.isna(cell) else cell for cell in row])
    sheet["A2"].comment = Comment(PEOPLE[1].all, PEOPLE[2].name)
    sheet.oddHeader.center.text = PEOPLE[0].name
    sheet.oddFooter.left.text = PEOPLE[1].nhs
    hidden = book.create_sheet(PEOPLE[1].name[:31])
    hidden.sheet_state = "hidden"
    hidden.append([person.all for person in PEOPLE])
    for name in ("creator", "title", "subject", "description", "keywords", "lastModifiedBy"):
        setattr(book.properties, name, PEOPLE[2].all)
    book.save(path)
    return path


@functools.cache
def _systmone() -> pd.DataFrame:
    table = _committed("systmone_appointments_clean")
    return planted(table, ("Clinician", "Rota type", "Appointment flags"))


@functools.cache
def _emis() -> pd.DataFrame:
    table = _committed("emis_slots_clean")
    return planted(table, ("Full Name of the Session Holder", "Slot Type"))


def _committed(name: str) -> pd.DataFrame:
    return pd.read_csv(EXPORTS / f"{name}.csv", dtype=str, keep_default_na=False)


def _calls() -> pd.DataFrame:
    log = phone_logs.rendered("lark", pcqa.load_demo("calls"), False).data
    table = pd.read_csv(io.BytesIO(log), dtype=str, keep_default_na=False)
    return planted(table, tuple(name for name in table if "note" in name.casefold()))


def _network() -> pd.DataFrame:
    table = pcqa.load_demo("funnel_practices").head(40).copy()
    table["practice"] = table["practice"].astype(object)
    table.iloc[::5, table.columns.get_loc("practice")] = [
        f"{_person(place)} {place}" for place in range(8)
    ]
    for place, person in enumerate(PEOPLE):
        table[f"Seen by {person.name}"] = person.all
        table.loc[30 + place, "dna"] = table["dna"].iloc[0]
    return table


def _tally() -> pd.DataFrame:
    return planted(pcqa.load_demo("tally"), ("cause", "became"))


def _sample() -> pd.DataFrame:
    return planted(pcqa.load_demo("right_appointment"), ("mode", "seen"))


def _pulse() -> pd.DataFrame:
    table = pcqa.load_demo("staff_pulse")
    return table.assign(week=table["week"].dt.strftime("%Y-%m-%d"), comments=PEOPLE[0].all)


Made = tuple[list[Path], list[str]]
"""The exports, and what else is said on the command line."""


def given(lesson: str, folder: Path) -> Made:
    """Write the exports of a lesson into a folder that is called after somebody."""
    name = f"{PEOPLE[0].name} {PEOPLE[0].nhs}"
    log, book = folder / f"{name}.csv", folder / f"{name}.xlsx"
    makers: dict[str, Callable[[], Made]] = {
        "d1": lambda: ([as_workbook(_systmone(), book)], []),
        "d2": lambda: ([as_csv(_calls(), log)], ["--set", "staff=3"]),
        "d3": lambda: ([as_workbook(_tally(), book)], []),
        "d4": lambda: ([as_csv(_emis(), log)], ["--list-size", "1600"]),
        "d5": lambda: ([as_csv(_systmone(), log)], []),
        "d6": lambda: ([as_workbook(_emis(), book)], []),
        "d7": lambda: ([as_csv(_network(), log)], ["--set", f"mine={_person(0)} 0"]),
        "d8": lambda: (
            [as_csv(_emis(), log)],
            ["--set", f"pulse={as_workbook(_pulse(), book)}", "--set", "go_live=2024-12-02"],
        ),
        "d9": lambda: ([as_workbook(_sample(), book)], ["--set", "weekly=900"]),
    }
    return makers[lesson]()

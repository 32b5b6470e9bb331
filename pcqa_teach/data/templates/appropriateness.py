"""The appropriateness sample: a line an appointment, and who else could have helped as well."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.data.tables import cells
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import ROW, Ask
from pcqa_teach.data.tables.sheet import Sheet
from pcqa_teach.data.templates import definition as d
from pcqa_teach.data.templates.definition import Box, Template

RIGHT = "right as it was"  # as demand.appropriateness takes it
ELSE = "somebody else"
_HELPERS = (
    RIGHT, "pharmacist in the practice", "community pharmacy", "nurse", "healthcare assistant",
    "physiotherapist", "mental health practitioner", "social prescriber", "paramedic",
    "care coordinator", "reception or administration", "another GP", "hospital or community team",
    "the person, with advice", ELSE,
)  # fmt: skip
_WAYS = (RIGHT, "face to face", "telephone", "online message", "home visit", "group", "another way")
_ROLES = ("GP", "GP in training", "nurse", "advanced nurse practitioner", "healthcare assistant",
          "pharmacist", "physiotherapist", "paramedic", "physician associate",
          "mental health practitioner", "social prescriber", "other")  # fmt: skip
_ALSO = {"right": RIGHT, "ok": RIGHT, "as it was": RIGHT, "pharmacist": _HELPERS[1],
         "physio": "physiotherapist", "hca": "healthcare assistant", "self care": _HELPERS[13],
         "self-care": _HELPERS[13], "reception": _HELPERS[10], "admin": _HELPERS[10]}  # fmt: skip

DATE = Box("date", "Date", "The day; a blank cell repeats the one above.", d.DAY,
           aliases=("Day",), wide=13)  # fmt: skip
SEEN = Box("seen", "Seen by", "Who held the appointment: the role, never a name.",
           choices={name: name for name in _ROLES}, also={
               "doctor": "GP", "hca": "healthcare assistant", "anp": _ROLES[3],
               "nurse practitioner": _ROLES[3]},
           aliases=("Role",), wide=16)  # fmt: skip
HELPER = Box(
    "helper", "Who could have helped as well", "'Right as it was', or the role that could have "
    "helped as well, or better.",
    choices={name: name for name in _HELPERS}, also=_ALSO, required=True, wide=26,
    aliases=("Who else could have helped", "Who could have helped"),
)  # fmt: skip
EXISTS = Box("exists", "Does that service exist here", "Yes or no, where somebody else could have "
             "helped: can people be sent there today?", choices={"yes": "yes", "no": "no"},
             aliases=("Would that service exist here", "Service here", "Exists here"),
             wide=15)  # fmt: skip
MODE = Box("mode", "Another way that would have done", "'Right as it was', or another way.",
           choices={name: name for name in _WAYS}, also={"right": RIGHT, "phone": "telephone"},
           aliases=("Another way", "Mode"), wide=20)  # fmt: skip
MINUTES = Box("minutes", "Minutes", "How long the appointment took, in minutes.", d.WHOLE,
              within=(1, 180), aliases=("Minutes taken", "Length in minutes"), wide=10)  # fmt: skip
SECOND = Box(
    "second", "Second coder: who could have helped as well", "The same, by a second person who has "
    "not seen the first one's codes.",
    choices={name: name for name in _HELPERS}, also=_ALSO, wide=26,
    aliases=("Second coder", "Second coder: who could have helped"),
)  # fmt: skip


def rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    """Return a row an appointment."""
    own = ("helper", "exists", "mode", "minutes", "second", "seen")
    empty = np.all([sheet.blank(name) for name in own if sheet.has(name)], axis=0)
    sheet.aside(empty, "nothing but a day", "no appointment is written in it")
    day = d.days(sheet, reading, DATE)
    frame = {ROW: np.arange(len(sheet)), "date": day}
    for box, strange in ((SEEN, "other"), (HELPER, ELSE), (MODE, "another way"), (SECOND, ELSE)):
        frame[box.name] = np.full(len(sheet), -1)
        found = d.chosen(sheet, box)
        if found is not None:
            sheet.mend(found.bad(), f"'{box.heading}' is none of the list",
                       f"counted as {strange}; words are not kept")  # fmt: skip
            place = np.where(found.ok(), found.values, -1)
            frame[box.name] = np.where(found.bad(), box.labels.index(strange), place)
    frame["exists"] = _exists(sheet, frame["helper"])
    frame["minutes"] = np.full(len(sheet), np.nan)
    found = d.whole(sheet, MINUTES)
    if found is not None:
        sheet.mend(found.bad(), "minutes that are no whole number from 1 to 180", "left empty")
        frame["minutes"] = np.where(found.ok(), found.values, np.nan)
    return pd.DataFrame(frame)


def _exists(sheet: Sheet, helper: np.ndarray) -> np.ndarray:
    nothing = np.full(len(sheet), -1)
    if not sheet.has(EXISTS.name):
        return nothing
    found = sheet.parsed(EXISTS.name, "flag", cells.yes_no)
    sheet.mend(found.bad(), f"'{EXISTS.heading}' is neither yes nor no", "left empty")
    other = (helper >= 0) & (helper != HELPER.labels.index(RIGHT))
    beside = found.ok() & ~other
    sheet.mend(beside, "a yes or no where nobody else is named", "not kept")
    return np.where(found.ok() & other, 1 - found.values, nothing)  # noqa: PD011


def finish(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the sample as `demand.appropriateness` takes it."""
    out = pd.DataFrame({"date": d.dated(frame["date"].to_numpy())})
    for box in (SEEN, HELPER, EXISTS, MODE, SECOND):
        out[box.name] = d.category(frame[box.name].to_numpy(), box)
    out["minutes"] = frame["minutes"].to_numpy(dtype=np.float64)
    blank = int(out["helper"].isna().sum())
    if blank:
        reading.note(f"{blank:,} appointment{' is' if blank == 1 else 's are'} not coded yet.")
    return out[["helper", *(n for n in out if n != "helper" and out[n].notna().any())]]


APPROPRIATENESS = Template(
    name="appropriateness",
    title="appropriateness sample",
    thing=("appointment", "appointments"),
    purpose="In which appointments somebody else, or another way, could have helped as well; it is "
    "not failure demand.",
    how=(
        "Draw the sample first, such as every fifth appointment of two weeks, and keep to it.",
        "One row for each appointment. Judge the need, not the person, and not the colleague.",
        "Say whether that service exists here today: only then can minutes be freed now.",
        "No name, no number, no age, no reason: there is no column for them, and one that you add "
        "is not read.",
        "Have a second person code the same appointments without looking at your codes.",
    ),
    boxes=(DATE, SEEN, HELPER, EXISTS, MODE, MINUTES, SECOND),
    rows=rows,
    finish=finish,
    asks={
        "exists": Ask(d.answered("exists"), "It is not written down whether the service exists "
                      "here, so minutes that can be freed now are not known."),
        "minutes": Ask(d.answered("minutes"), "No minutes are written down, so no time can be "
                       "worked out."),
        "modes": Ask(d.answered("mode"), "No other way is written down."),
        "seen": Ask(d.answered("seen"), "It is not written down who held the appointment, so roles "
                    "cannot be told apart."),
        "second": Ask(d.answered("second"), "No second person has coded any appointment, so it "
                      "cannot be said how far two people agree."),
    },
    lesson="d9",
    example=("03/03/2025", "GP", "pharmacist in the practice", "yes", RIGHT, "12", RIGHT),
)  # fmt: skip

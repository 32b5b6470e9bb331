"""The five-day failure-demand tally: a line a contact, value or failure, cause and lever."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.data.reading.kinds import Array
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import ROW, Ask
from pcqa_teach.data.tables.sheet import Sheet
from pcqa_teach.data.templates import definition as d
from pcqa_teach.data.templates.definition import Box, Template

VALUE, PRACTICE, SYSTEM, FAILURE = "value", "failure-practice", "failure-system", "failure"
CODES = (VALUE, PRACTICE, SYSTEM, FAILURE)  # as demand.failure_demand takes them
OTHER = "other"
_KIND = {"V": VALUE, "F": FAILURE}
_KIND_WORDS = {
    "value demand": VALUE,
    "failure demand": FAILURE,
    "failure-practice": PRACTICE,
    "failure-system": SYSTEM,
}  # as the kit saves them too
_LEVERS = {"here": PRACTICE, "beyond": SYSTEM, "don't know": FAILURE}
_LEVER_WORDS = {
    "in the practice": PRACTICE, "practice": PRACTICE, "ours": PRACTICE, "beyond it": SYSTEM,
    "beyond the practice": SYSTEM, "system": SYSTEM, "do not know": FAILURE, "?": FAILURE,
    "dont know": FAILURE, "not known": FAILURE, "unknown": FAILURE,
}  # fmt: skip
CAUSES = {
    "a": "referral chase",
    "b": "hospital letter or plan",
    "c": "medicine not in stock",
    "d": "results",
    "e": "unclear plan",
    "f": "prescription error",
    "g": "could not get through",
    "h": "wrong clinician",
    "o": OTHER,
}
SHEET_WORDS = {  # as the printed sheet says them
    "a": "chases a referral",
    "b": "the hospital said that something would come from us",
    "c": "no chemist has the medicine",
    "d": "asks for a result",
    "e": "unsure what was agreed, or what happens next",
    "f": "prescription wrong, late or lost",
    "g": "could not get through before",
    "h": "was booked with somebody who could not help",
    "o": "other",
}
_CHANNELS = ("Telephone", "Online form", "Front desk", "Email", "Other")

DATE = Box("date", "Date", "The day; a blank cell repeats the one above.", d.DAY,
           aliases=("Day",), wide=13)  # fmt: skip
CHANNEL = Box(
    "channel", "Came by", "How the contact came; a blank cell repeats the one above.",
    choices={name: name for name in _CHANNELS},
    also={"phone": "Telephone", "form": "Online form", "online": "Online form",
          "desk": "Front desk", "e-mail": "Email"},
    aliases=("Place", "Channel"), wide=14,
)  # fmt: skip
CODE = Box(
    "code", "V or F", "V: a new trouble, or something agreed or asked for. F: the person had to "
    "ask because something was not done, or not done right, for them. Blank: nobody could tell.",
    choices=_KIND, also=_KIND_WORDS, aliases=("V / F", "Value or failure", "V/F"), required=True,
    wide=9,
)  # fmt: skip
CAUSE = Box(
    "cause", "Cause (letter)", "For F alone. "
    + "; ".join(f"{letter} {words}" for letter, words in SHEET_WORDS.items()) + ".",
    choices=CAUSES,
    also={words: CAUSES[letter] for letter, words in SHEET_WORDS.items()},
    aliases=("Cause", "Letter"), wide=12,
)  # fmt: skip
LEVER = Box("lever", "Lever", "For F alone: could it be changed here, or beyond the practice?",
            choices=_LEVERS, also=_LEVER_WORDS, aliases=("Lever: here / beyond / don't know",),
            wide=13)  # fmt: skip
BECAME = Box(
    "became", "What became of it", "What the person left with.",
    choices={name: name for name in ("done", "given a time", "told to come back")},
    aliases=("What became of it: done / given a time / told to come back",), wide=18,
)  # fmt: skip
SECOND = Box("second", "Second coder: V or F", "For some fifty contacts, by a second person who "
             "has not seen the first one's codes.", choices=_KIND, also=_KIND_WORDS,
             aliases=("Second coder", "Second V or F"), wide=14)  # fmt: skip
SECOND_LEVER = Box("second_lever", "Second coder: lever", "The same for the lever.",
                   choices=_LEVERS, also=_LEVER_WORDS, aliases=("Second lever",),
                   wide=14)  # fmt: skip


def rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    """Return a row a contact."""
    own = ("code", "cause", "lever", "became", "second", "second_lever")
    empty = np.all([sheet.blank(name) for name in own if sheet.has(name)], axis=0)
    sheet.aside(empty, "nothing but a day and a place", "no contact is written in it")
    day = d.days(sheet, reading, DATE)
    code, failed = _code(sheet, CODE, LEVER)
    second, _ = _code(sheet, SECOND, SECOND_LEVER)
    if sheet.has(CHANNEL.name):
        sheet.fill_down(CHANNEL.name)
    return pd.DataFrame(
        {
            ROW: np.arange(len(sheet)),
            "date": day,
            "channel": _or_other(sheet, CHANNEL, "Other"),
            "code": code,
            "cause": _cause(sheet, failed),
            "became": _choice(sheet, BECAME),
            "second": second,
        }
    )


def _code(sheet: Sheet, kind: Box, lever: Box) -> tuple[Array, Array]:
    """Return codes as `demand.failure_demand` takes them, and which rows are failure demand."""
    nothing = np.full(len(sheet), -1)
    said = d.chosen(sheet, kind)
    if said is None:
        return nothing, nothing == 0
    sheet.refuse(said.bad(), f"'{kind.heading}' holds neither", "write V or F, or leave it blank")
    own = np.array([CODES.index(label) for label in kind.labels])[np.maximum(said.values, 0)]
    code = np.where(said.ok(), own, nothing)
    failed = said.ok() & (own != CODES.index(VALUE))
    pulled = d.chosen(sheet, lever)
    if pulled is not None:
        places = np.array([CODES.index(label) for label in lever.labels])
        sheet.mend(failed & pulled.bad(), "a lever that is none of the three",
                   "taken for: don't know")  # fmt: skip
        torn = code == CODES.index(FAILURE)
        code = np.where(torn & pulled.ok(), places[np.maximum(pulled.values, 0)], code)
    return code, failed


def _cause(sheet: Sheet, failed: Array) -> Array:
    found = d.chosen(sheet, CAUSE)
    if found is None:
        return np.full(len(sheet), -1)
    beside = ~failed & ~found.blank() & ~sheet.blank(CAUSE.name)
    sheet.mend(beside, "a cause beside no F", "not kept, since only F has one")
    strange = failed & found.bad()
    sheet.mend(
        strange, "a cause that is none of the letters", "counted as other; words are not kept"
    )
    place = np.where(strange, CAUSE.labels.index(OTHER), np.where(found.ok(), found.values, -1))
    return np.where(failed, place, -1)


def _or_other(sheet: Sheet, box: Box, other: str) -> Array:
    found = d.chosen(sheet, box)
    if found is None:
        return np.full(len(sheet), -1)
    sheet.mend(found.bad(), f"'{box.heading}' is none of the list", f"counted as {other}")
    return np.where(found.bad(), box.labels.index(other), np.where(found.ok(), found.values, -1))


def _choice(sheet: Sheet, box: Box) -> Array:
    found = d.chosen(sheet, box)
    if found is None:
        return np.full(len(sheet), -1)
    sheet.mend(found.bad(), f"'{box.heading}' is none of the list", "left empty")
    return np.where(found.ok(), found.values, -1)


def finish(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the tally as `demand.failure_demand` takes it, without columns that say nothing."""
    from pcqa_teach.data import schema

    out = pd.DataFrame({"date": d.dated(frame["date"].to_numpy())})
    for name, labels in (("channel", CHANNEL.labels), ("code", CODES), ("cause", CAUSE.labels),
                         ("became", BECAME.labels), ("second", CODES)):  # fmt: skip
        out[name] = schema.category(frame[name].to_numpy().astype(np.int16), labels)
    blank = int(out["code"].isna().sum())
    if blank:
        reading.note(
            f"{blank:,} contact{' has' if blank == 1 else 's have'} no code: nobody could tell "
            "whether it was value or failure demand."
        )
    return out[["code", *(n for n in out if n != "code" and out[n].notna().any())]]


TALLY = Template(
    name="tally",
    title="five-day failure-demand tally",
    thing=("contact", "contacts"),
    purpose="How much of what people ask for is failure demand, caused by what, and who could "
    "change it.",
    how=(
        "Write each contact of the sheet on paper into a row of its own: met or not, everybody who "
        "asked.",
        "Judge by what the person said, not by the record. When torn, ask: would they have had to "
        "contact us, had all gone well before?",
        "What the person said stays on paper: there is no column for it, and one that you add is "
        "not read.",
        "No name, no number, no age, nothing that points at somebody.",
        "Have a second person code some fifty of the same contacts without looking at your codes.",
        "Shred the paper once the rows are in.",
    ),
    boxes=(DATE, CHANNEL, CODE, CAUSE, LEVER, BECAME, SECOND, SECOND_LEVER),
    rows=rows,
    finish=finish,
    asks={
        "causes": Ask(d.answered("cause"), "No cause is written down, so causes cannot be put in "
                      "order."),
        "levers": Ask(
            lambda frame: bool(frame["code"].isin([PRACTICE, SYSTEM]).any()),
            "No lever is written down, so what could be changed here and what beyond the practice "
            "cannot be told apart.",
        ),
        "channels": Ask(d.answered("channel"), "It is not written down how contacts came, so "
                        "channels cannot be weighted."),
        "second": Ask(d.answered("second"), "No second person has coded any contact, so it cannot "
                      "be said how far two people agree."),
    },
    lesson="d3",
    example=("03/03/2025", "Telephone", "F", "d", "here", "done", "F", "here"),
)  # fmt: skip

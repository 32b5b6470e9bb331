"""A log with a row a call: which calls came in, and what became of each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.data.phones import callers, clocks, parts
from pcqa_teach.data.phones.parts import Floats, Ints, first_of
from pcqa_teach.data.phones.vocabulary import (
    ANSWERED,
    DIRECTION_OF,
    DIRECTIONS,
    INBOUND,
    INTERNAL,
    MISSED,
    OUTBOUND,
    OUTCOME_OF,
    OUTCOMES,
    UNKNOWN,
)  # fmt: skip
from pcqa_teach.data.readers.base import key
from pcqa_teach.data.tables import cells
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import ROW
from pcqa_teach.data.tables.sheet import Sheet

_O = {name: place for place, name in enumerate(OUTCOMES)}
# Of the legs of one call the one that counts: the lowest number.
_RANK = np.array([0, 4, 2, 3, 1, 5])


def rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    """Return the calls that came in, a row each."""
    wall, whose = parts.when(sheet, reading, "time")
    _direction(sheet, reading)
    answered_at = _answered_at(sheet, reading, wall)
    wait_name = first_of(sheet, "wait")
    talk_name = first_of(sheet, "talk", "talk_plain")
    wait = parts.seconds_in(sheet, reading, wait_name)
    talk = parts.seconds_in(sheet, reading, talk_name, talk=True)
    if wait_name is None and answered_at is not None:
        wait = answered_at - wall
    if talk_name is None and answered_at is not None and sheet.has("end"):
        talk = _moment(sheet, reading, "end", wall) - answered_at
    outcome = _outcome(sheet, reading, answered_at, talk if talk_name else None)
    frame = pd.DataFrame(
        {
            ROW: np.arange(len(sheet)),
            "wall": wall,
            "whose": whose,
            "period": 0,
            "outcome": outcome,
            "count": 1,
            "queue_s": np.where(wait >= 0, wait, np.nan),
            "handled_s": np.where((outcome == _O[ANSWERED]) & (talk >= 0), talk, np.nan),
            "queue": parts.queues(sheet, reading),
            "caller": _callers(sheet, reading),
        }
    )
    return _legs(sheet, reading, frame) if sheet.has("call_id") else frame


def _direction(sheet: Sheet, reading: Reading) -> None:
    """Set calls aside that did not come in from outside."""
    name = first_of(sheet, "direction", "direction_plain")
    given = reading.words.get("direction", {})
    words = DIRECTION_OF | {key(word): DIRECTIONS.index(to) for word, to in given.items()}
    if name is not None:
        found = sheet.parsed(name, "label", cells.choice(words))
        if name == "direction_plain" and not found.ok().any():
            name = None  # a column called Type that says something else
    if name is None:
        reading.note(
            "The log does not say which way a call went: if calls made by the practice are among "
            "them, they are counted as calls that came in."
        )
        return
    for way, what in ((OUTBOUND, "outgoing call"), (INTERNAL, "internal call")):
        gone = found.ok() & (found.values == DIRECTIONS.index(way))  # noqa: PD011
        sheet.aside(gone, what, "nobody rang the practice")
    sheet.refuse(
        ~found.ok(), "direction not known",
        f"it is no word for a call that came {INBOUND} or went out: say what it means in a mapping",
    )  # fmt: skip


def _moment(sheet: Sheet, reading: Reading, name: str, wall: Floats) -> Floats:
    """Return a second time of each call: a moment, or a time of day of the same day."""
    full = sheet.parsed(name, "length", lambda text: clocks.moment(text, reading.month_first))
    ahead = sheet.parsed(name, "length", clocks.ahead)
    of_day = sheet.parsed(name, "length", clocks.of_day)
    absolute = np.where(ahead.ok(), clocks.london(full.values - ahead.values), full.values)  # noqa: PD011
    day = wall // clocks.DAY * clocks.DAY
    return np.where(full.ok(), absolute, np.where(of_day.ok(), day + of_day.values, np.nan))  # noqa: PD011


def _answered_at(sheet: Sheet, reading: Reading, wall: Floats) -> Floats | None:
    return _moment(sheet, reading, "answered_at", wall) if sheet.has("answered_at") else None


def _outcome(
    sheet: Sheet, reading: Reading, answered_at: Floats | None, talk: Floats | None
) -> Ints:
    """Return what became of each call: the log's word, or else what its other columns show."""
    outcome = np.full(len(sheet), -1, dtype=np.int64)
    strange = np.zeros(len(sheet), dtype=bool)
    name = first_of(sheet, "outcome", "outcome_plain")
    if name is not None:
        given = {key(word): _O[to] for word, to in reading.words.get("outcome", {}).items()}
        found = sheet.parsed(name, "label", cells.choice(OUTCOME_OF | given))
        strange = found.bad()
        outcome = np.where(found.ok(), found.values, -1).astype(np.int64)
    for flag, meant in (("answered", ANSWERED), ("abandoned", MISSED)):
        if sheet.has(flag):
            said = sheet.parsed(flag, "flag", cells.yes_no)
            outcome = np.where((outcome < 0) & (said.values == 1) & said.ok(), _O[meant], outcome)  # noqa: PD011
    spoken = np.zeros(len(sheet), dtype=bool)
    for found_in in (answered_at, talk):
        if found_in is not None:
            spoken |= np.isfinite(found_in) & (found_in > 0)
    outcome = np.where((outcome < 0) & ~strange & spoken, _O[ANSWERED], outcome)
    if name is None:
        outcome = np.where(outcome < 0, _O[MISSED], outcome)
        reading.note(
            "The log does not tell calls that ended in the menu, or asked for a call-back, from "
            "missed ones: whatever was not answered counts as missed."
        )
    sheet.mend(strange, "a word for what became of the call that is not known",
               "counted as Unknown: say what it means with a mapping")  # fmt: skip
    sheet.mend((outcome < 0) & ~strange, "outcome blank", "counted as Unknown")
    return np.where(outcome < 0, _O[UNKNOWN], outcome).astype(np.int64)


def _callers(sheet: Sheet, reading: Reading) -> Ints:
    """Return the place of each caller's code; -1 where the number was withheld."""
    name = first_of(sheet, "caller", "caller_plain")
    if name is None:
        return np.full(len(sheet), -1)
    found = sheet.parsed(name, "code", lambda text: reading.coder.place(callers.same(text), "N"))
    known = found.ok() & ~sheet.blank(name)
    return np.where(known, found.values, -1).astype(np.int64)


def _legs(sheet: Sheet, reading: Reading, frame: pd.DataFrame) -> pd.DataFrame:
    """Take the rows of one call (to the queue, then to a desk) as one call."""
    texts = sheet.columns["call_id"].texts()
    ids = np.where(sheet.blank("call_id"), -1, sheet.fields["call_id"]).astype(np.int64)
    if not texts:
        return frame
    frame = frame.assign(id=np.where(ids < 0, -2 - np.arange(len(ids)), ids))
    live = frame[sheet.keep]
    if live["id"].is_unique:
        return frame.drop(columns="id")
    same = live.drop(columns=ROW).duplicated()
    twice = np.zeros(len(sheet), dtype=bool)
    twice[live.loc[same, ROW]] = True
    sheet.aside(twice, "the same row of a call again", "it is the same call")
    live = frame[sheet.keep].assign(rank=lambda one: _RANK[one["outcome"]])
    live = live.sort_values(["id", "wall", ROW], kind="stable")
    groups = live.groupby("id", sort=False)
    first = groups.head(1).set_index("id")
    best = live.sort_values(["id", "rank"], kind="stable").groupby("id", sort=False).head(1)
    best = best.set_index("id")
    sums = groups[["queue_s", "handled_s"]].sum(min_count=1)
    merged = first.assign(
        outcome=best["outcome"], queue_s=sums["queue_s"], handled_s=sums["handled_s"],
        queue=best["queue"], caller=groups["caller"].max(),
    )  # fmt: skip
    several = groups.size() > 1
    legs = np.zeros(len(sheet), dtype=bool)
    legs[live.loc[~live[ROW].isin(first[ROW]), ROW]] = True
    mended = np.zeros(len(sheet), dtype=bool)
    mended[first.loc[several, ROW]] = True
    sheet.aside(legs, "a further leg of a call", "the call is counted once, by its first row")
    sheet.mend(mended, "a call that the log lists in several legs", "taken as one call")
    return merged.reset_index(drop=True).drop(columns="rank")

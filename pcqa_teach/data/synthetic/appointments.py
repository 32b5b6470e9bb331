"""From booked asks to the appointment book: who sees whom, and how each appointment ends."""

import numpy as np
import pandas as pd

from pcqa_teach.data.schema import GAP_STARTS
from pcqa_teach.data.synthetic import events
from pcqa_teach.data.synthetic.calendar import BLOCK
from pcqa_teach.data.synthetic.streams import pick, rank_within, stream

CONTINUITY = 0.48
GP_NEED = 0.47
UNKNOWN = 0.088
_LEFT_BOOKED = 0.004
_WALKED_OUT = 0.003
_GAP_DNA = np.array([0.031, 0.073, 0.089, 0.100, 0.103, 0.100, 0.107])
_INTERCEPT = -3.74


def place(
    seed: int, cal: pd.DataFrame, people: pd.DataFrame, slots: pd.DataFrame, booked: pd.DataFrame,
    top_five: np.ndarray,
) -> pd.DataFrame:  # fmt: skip
    """Match booked asks to slots, in three passes; return the slots with who took each.

    First those who are to see their usual GP, then those who need a GP or another clinician, then
    whoever is left takes any slot. An appointment beyond the day's slots is squeezed in beside one.
    Cancelled appointments do not keep their slot: another person may have it.
    """
    rng = stream(seed, "placing")
    n = len(booked)
    person = booked["person"].to_numpy()
    day = cal["day"].to_numpy()[booked["target"]]
    gap = booked["gap"].to_numpy()
    lost = rng.random(n) < np.where(gap > 0, 0.055, 0.008)
    ramp = np.clip((day - events.GO_LIVE) / 270, 0, 1) * events.GP_SHIFT
    needs_gp = (rng.random(n) < GP_NEED) & ~(top_five[person] & (rng.random(n) < ramp))
    usual = people["usual_gp"].to_numpy()[person]
    loyal = needs_gp & (rng.random(n) < CONTINUITY) & ~lost

    shuffle = rng.permutation(len(slots))
    s_row, s_who = slots["row"].to_numpy(), slots["who"].to_numpy()
    s_gp = slots["is_gp"].to_numpy().astype(int)
    target = booked["target"].to_numpy()
    taken = np.full(n, -1)
    free = np.ones(len(slots), dtype=bool)
    passes = (
        (loyal, target * 64 + usual, s_row * 64 + s_who),
        (~lost, target * 2 + needs_gp, s_row * 2 + s_gp),
        (~lost, target, s_row),
    )
    for wanting, ask_key, slot_key in passes:
        asks = np.flatnonzero(wanting & (taken < 0))
        open_slots = shuffle[free[shuffle]]
        found = _match(ask_key[asks], slot_key[open_slots])
        taken[asks[found >= 0]] = open_slots[found[found >= 0]]
        free[taken[taken >= 0]] = False
    beside = np.flatnonzero(taken < 0)
    first = np.searchsorted(s_row, target[beside])
    width = np.searchsorted(s_row, target[beside], side="right") - first
    squeezed = first + np.floor(rng.random(len(beside)) * width).astype(int)
    possible = width > 0
    taken[beside[possible]] = squeezed[possible]
    held = taken >= 0
    chosen = np.r_[taken[held], np.flatnonzero(free)]
    book = slots.take(chosen).reset_index(drop=True)
    k = int(held.sum())
    for name in ("person", "gap", "cause", "urgent"):
        values = np.full(len(book), -1)
        values[:k] = booked[name].to_numpy()[held]
        book[name] = values
    book["cancelled"] = np.r_[lost[held], np.zeros(len(book) - k, dtype=bool)]
    return book.sort_values(["row", "session", "start_minute", "person"], ignore_index=True)


def _match(ask_key: np.ndarray, slot_key: np.ndarray) -> np.ndarray:
    """Pair the first ask of a key with its first slot, the second with the second; -1 = none."""
    a = ask_key.astype(np.int64) * 4096 + rank_within(ask_key)
    s = slot_key.astype(np.int64) * 4096 + rank_within(slot_key)
    order = np.argsort(s)
    position = np.minimum(np.searchsorted(s[order], a), max(len(s) - 1, 0))
    if not len(s):
        return np.full(len(a), -1)
    return np.where(s[order][position] == a, order[position], -1)


def dna_chance(people: pd.DataFrame, person: np.ndarray, gap: np.ndarray) -> np.ndarray:
    """Return the chance of not attending: logistic in gap, deprivation, mental health and age.

    ``logit = -3.74 + (logit of the gap's published share - logit of same day)
    + 0.12 x (3 - fifth) + 0.4 mh + 0.35 if 15 to 29 years``.
    """
    step = np.searchsorted(GAP_STARTS, np.maximum(gap, 0), side="right") - 1
    odds = np.log(_GAP_DNA / (1 - _GAP_DNA))
    fifth = people["deprivation_fifth"].to_numpy()[person]
    age = people["age_band"].cat.codes.to_numpy()[person]
    logit = (
        _INTERCEPT + (odds - odds[0])[step] + 0.12 * (3 - fifth)
        + 0.4 * people["mh_flag"].to_numpy()[person] + 0.35 * ((age >= 3) & (age <= 5))
    )  # fmt: skip
    return np.asarray(1 / (1 + np.exp(-logit)))


def level(chance: np.ndarray, booked: np.ndarray, block: np.ndarray) -> np.ndarray:
    """Scale the chances so that each 30-day block of booked rows has the mean of all.

    The true share then does not move, and whatever moves in T04 is the recording alone.
    """
    overall = chance[booked].mean() if booked.any() else 0.0
    total = np.bincount(block[booked], chance[booked], block.max(initial=0) + 1)
    rows = np.bincount(block[booked], minlength=len(total))
    mean = np.where(rows > 0, total / np.maximum(rows, 1), overall)
    return np.asarray(chance * (overall / np.where(mean > 0, mean, 1.0))[block])


def statuses(seed: int, day: np.ndarray, people: pd.DataFrame, book: pd.DataFrame) -> np.ndarray:
    """Return the status of each row; from T04 on, what was Unknown is stored as Attended."""
    rng = stream(seed, "statuses")
    person = book["person"].to_numpy()
    cancelled = book["cancelled"].to_numpy()
    chance = dna_chance(people, person, book["gap"].to_numpy())
    chance = level(chance, (person >= 0) & ~cancelled, day // BLOCK)
    missed = rng.random(len(book)) < chance
    draw = rng.random(len(book))
    unknown = draw < np.where(day < events.RECODED, UNKNOWN, 0.0)
    walked = draw > 1 - _WALKED_OUT
    stuck = (draw > 1 - _WALKED_OUT - _LEFT_BOOKED) & ~walked
    status = np.select(
        [person < 0, cancelled, missed, unknown, walked, stuck],
        ["Available", "Cancelled", "DNA", "Unknown", "Walked out", "Booked"],
        "Attended",
    )
    return np.asarray(status, dtype=object)


def clock(seed: int, book: pd.DataFrame, status: np.ndarray) -> pd.DataFrame:
    """Return arrived, sent-in and left minutes and the minutes spent, where somebody came."""
    rng = stream(seed, "clock")
    n = len(book)
    start = book["start_minute"].to_numpy()
    arrived = start + np.round(rng.normal(-5, 6, n)).astype(int)
    sent_in = np.maximum(arrived, start) + np.floor(rng.gamma(1.3, 6.0, n)).astype(int)
    scale = book["planned_min"].to_numpy() / 12 * 8.4
    spent = np.maximum(1, np.round(scale * np.exp(rng.normal(0, 0.42, n)))).astype(int)
    came = np.isin(status, ["Attended", "Walked out"])
    in_room = came & (book["mode"].to_numpy() == "Face-to-Face")
    seen = status == "Attended"
    return pd.DataFrame(
        {
            "arrived_minute": pd.array(np.where(in_room, arrived, 0), dtype="Int16"),
            "sent_in_minute": pd.array(np.where(seen, sent_in, 0), dtype="Int16"),
            "left_minute": pd.array(np.where(seen, sent_in + spent, 0), dtype="Int16"),
            "actual_min": np.where(seen, spent, np.nan),
        }
    ).assign(
        arrived_minute=lambda f: f["arrived_minute"].mask(~in_room),
        sent_in_minute=lambda f: f["sent_in_minute"].mask(~seen),
        left_minute=lambda f: f["left_minute"].mask(~seen),
    )


def endings(seed: int, status: np.ndarray) -> pd.DataFrame:
    """Return the reason group, the outcome and whether a follow-up was made, for attended rows."""
    rng = stream(seed, "endings")
    n = len(status)
    seen = status == "Attended"
    reasons = np.array(["New problem", "Ongoing problem", "Medicines", "Result", "Administration"])
    outcomes = np.array(["Resolved", "Follow-up", "Referral", "Test"])
    reason = reasons[pick(rng, [0.40, 0.33, 0.12, 0.09, 0.06], n)].astype(object)
    outcome = outcomes[pick(rng, [0.58, 0.22, 0.09, 0.11], n)].astype(object)
    return pd.DataFrame(
        {
            "reason_group": np.where(seen, reason, None),
            "outcome": np.where(seen, outcome, None),
            "follow_up_created": seen & (outcome == "Follow-up"),
        }
    )

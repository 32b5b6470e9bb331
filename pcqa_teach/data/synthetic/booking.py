"""From asks to booked appointments: the same day if there is room, else later, else turned away."""

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic import events
from pcqa_teach.data.synthetic.calendar import next_open
from pcqa_teach.data.synthetic.streams import pick, rank_within, stream

SAME_DAY = 0.478
# chance of each booking gap among those not seen on the day: (shortest, longest, share)
GAPS = [(1, 1, 0.185), (2, 7, 0.375), (8, 14, 0.250), (15, 21, 0.115), (22, 28, 0.065),
        (29, 56, 0.040)]  # fmt: skip
DEFERRED = 0.55
SQUEEZED_IN = 0.75
_FLOOR = 0.20


def book(
    seed: int, cal: pd.DataFrame, wanted: pd.DataFrame, room: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give every ask a day, or turn it away; return the booked asks and the count of each day.

    Parameters
    ----------
    wanted : frame of asks (columns row, person, cause), sorted by row.
    room : slots of each calendar row.

    Returns
    -------
    booked : the asks that got a day, with ``target`` (calendar row) and ``gap`` (days waited).
    days : a row a calendar row: asks, same_day_asks, met_same_day, deferred, turned_away.
    """
    rng = stream(seed, "booking")
    row = wanted["row"].to_numpy(dtype=np.intp)
    urgent = rng.random(len(wanted)) < SAME_DAY
    shares = [share for _, _, share in GAPS]
    band = pick(rng, shares, len(wanted))
    low = np.array([g[0] for g in GAPS])[band]
    high = np.array([g[1] for g in GAPS])[band]
    gap = low + np.floor(rng.random(len(wanted)) * (high - low + 1)).astype(int)
    following = next_open(cal)
    later = np.where(urgent, row, row + gap)
    target = _landing(later, following).astype(np.intp)

    ahead = np.bincount(target[~urgent & (target >= 0)], minlength=len(cal))
    today = np.bincount(row[urgent], minlength=len(cal))
    over, unmet_cut = _overflow(cal, following, ahead, today, room)

    place = rank_within(np.where(urgent, row, -1))
    excess = place - (today - over)[row]
    spilled = urgent & (excess >= 0)
    last = unmet_cut[row]
    deferred = spilled & (excess < np.round(over * DEFERRED)[row])
    helped = spilled & ~deferred & (rng.random(len(wanted)) < last)
    away = spilled & ~deferred & ~helped
    wait = row + 1 + (excess % 2)
    target = np.where(deferred, _landing(wait, following), np.where(helped, row, target))
    kept = np.flatnonzero((target >= 0) & ~away)
    booked = pd.DataFrame(
        {
            "person": wanted["person"].to_numpy()[kept],
            "cause": wanted["cause"].to_numpy()[kept],
            "target": target[kept],
            "urgent": urgent[kept],
            "gap": target[kept] - row[kept],
        }
    )
    counts = pd.DataFrame(
        {
            "asks": np.bincount(row, minlength=len(cal)),
            "same_day_asks": today,
            "met_same_day": np.bincount(row[urgent & ~deferred & ~away], minlength=len(cal)),
            "deferred": np.bincount(row[deferred], minlength=len(cal)),
            "turned_away": np.bincount(row[away], minlength=len(cal)),
        }
    )
    return booked, counts


def _landing(row: np.ndarray, following: np.ndarray) -> np.ndarray:
    inside = row < len(following)
    return np.where(inside, following[np.minimum(row, len(following) - 1)], -1)


def _overflow(
    cal: pd.DataFrame, following: np.ndarray, ahead: np.ndarray, today: np.ndarray, room: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Walk through the days: what one day defers takes room from the next (a true recursion)."""
    carried = ahead.astype(float)
    over = np.zeros(len(cal), dtype=np.int64)
    for row in np.flatnonzero(today).tolist():
        free = max(room[row] - carried[row], _FLOOR * room[row])
        over[row] = max(0, int((today[row] - free) * (1 - SQUEEZED_IN)))
        for step in (1, 2):
            target = following[min(int(row) + step, len(cal) - 1)]
            carried[target] += over[row] * DEFERRED / 2
    day = cal["day"].to_numpy()
    return over, np.where(day >= events.GO_LIVE, events.UNMET_CUT, 0.0)


def rota(cal: pd.DataFrame, counts: pd.DataFrame) -> np.ndarray:
    """Return the duty slots planned each day; in the tampering week they chase yesterday's count.

    Normally the plan is what that weekday and season usually bring. In T11 the manager adds
    yesterday's surplus of asks over the plan, which doubles the variance of what is left over.
    """
    today = counts["same_day_asks"].to_numpy(dtype=float)
    is_open = cal["open"].to_numpy()
    busy = (cal["season"] * cal["growth"] * cal["after_holiday"]).to_numpy()
    weekday = np.where(is_open, cal["weekday"], 5)
    total = np.bincount(weekday, today / busy * is_open, 6)
    mean = total / np.maximum(np.bincount(weekday, is_open, 6), 1)
    usual = np.round(mean[weekday] * busy) * is_open
    plan = usual.copy()
    day = cal["day"].to_numpy()
    rows = np.flatnonzero(is_open & (day >= events.TAMPER[0]) & (day <= events.TAMPER[1]))
    worked = np.flatnonzero(is_open)
    before = worked[np.maximum(np.searchsorted(worked, rows) - 1, 0)]
    plan[rows] = np.maximum(usual[rows] + today[before] - usual[before], 0)
    return np.asarray(plan.astype(int))

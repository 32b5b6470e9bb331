"""The telephone: who rings when, who is answered, who gives up and rings again."""

import heapq

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic import events
from pcqa_teach.data.synthetic.calendar import CALL_WEEKDAY
from pcqa_teach.data.synthetic.demand import CAUSES, DISPERSION
from pcqa_teach.data.synthetic.streams import pick, stream

FIRST_CALLS_PER_1000 = 23.6
BANDS = np.array([360, 480, 600, 720, 840, 960, 1080, 1110])
# share of a day's calls in each two-hour band (the last: 18:00-18:29), Monday and Tuesday-Friday
SHARES = np.array(
    [[5.5, 28.7, 21.8, 15.9, 16.3, 10.3, 0.8], [4.3, 24.6, 22.4, 17.3, 18.2, 11.5, 0.8]]
)
_ENDS_IN_MENU = np.array([0.74, 0.232, 0.182, 0.226, 0.188, 0.193, 0.318])
_BURST, _BURST_MINUTES = 0.34, 18.0
HANDLING_MEDIAN, HANDLING_LOG_SD, WRAP_UP = 1.70, 0.85, 1.1
PATIENCE, REDIAL, REDIAL_DELAY = 4.0, 0.6, 5.0
# receptionists on the phones in each band, Monday and Tuesday-Friday
AGENTS = np.array([[0, 2.20, 2.20, 1.75, 1.80, 1.35, 0.8], [0, 2.20, 1.95, 1.60, 1.66, 1.25, 0.8]])
WEEK_SPREAD = 0.30
# chance of asking to be called back when the wait is over 0.6 minutes: 08-10, later in the day
CALL_BACK_WAIT = 0.6
CALL_BACK = (0.34, 0.17)
CALL_BACK_AFTER = (0.45, 0.36)
NAVIGATION = 1.20  # more hands on the phones from T06 on
OUTAGE_UNTIL = 14 * 60 + 5
_DAY = 1440


def calls(seed: int, cal: pd.DataFrame, list_size: int) -> pd.DataFrame:
    """Return every call: start, seconds queued, outcome, seconds handled, agent, redial_of.

    Notes
    -----
    First calls arrive by an inhomogeneous Poisson process with the published share of each two-hour
    band and a burst at 08:00 that decays with a time constant of 18 minutes. Some end in the menu;
    some ask to be called back when the wait is long; the others queue, first come first served, for
    the receptionists of that quarter of an hour, and give up after an exponential patience. Of
    those who give up, 60% ring again. On the day of T01 no call is taken before 14:05.
    """
    rng = stream(seed, "calls")
    mean = (
        FIRST_CALLS_PER_1000 / 1000 * list_size * cal["growth"] * CALL_WEEKDAY[cal["weekday"]]
        * cal["season"] * cal["flu"] * cal["after_holiday"] * cal["open"]
    ).to_numpy(dtype=float)  # fmt: skip
    counts = np.where(
        mean > 0,
        rng.negative_binomial(np.where(mean > 0, mean / (DISPERSION - 1), 1.0), 1 / DISPERSION),
        0,
    )
    row = np.repeat(np.arange(len(cal)), counts.astype(np.intp))
    minute = _minutes(rng, cal, row)
    at = row * _DAY + minute
    order = np.argsort(at, kind="stable")
    agents = _agents(seed, cal)
    table = _serve(stream(seed, "queue"), cal, at[order], agents)
    return _finish(seed, cal, table)


def _minutes(rng: np.random.Generator, cal: pd.DataFrame, row: np.ndarray) -> np.ndarray:
    """Draw the minute of the day of each first call."""
    monday = cal["weekday"].to_numpy()[row] == 0
    late = cal["day"].to_numpy()[row] >= events.GO_LIVE
    after = SHARES.copy()
    moved = after[:, 1] * events.EARLY_SHIFT
    after[:, 1] -= moved
    after[:, 2:5] += moved[:, None] / 3
    edges = np.cumsum(np.stack([SHARES, after]), axis=2)
    edges /= edges[:, :, -1:]
    mine = edges[late.astype(int), np.where(monday, 0, 1)]
    band = (rng.random(len(row))[:, None] >= mine[:, :-1]).sum(axis=1)
    width = (BANDS[1:] - BANDS[:-1])[band]
    flat = rng.random(len(row))
    within = np.where(band == 0, np.sqrt(flat), flat) * width
    burst = (band == 1) & (rng.random(len(row)) < _BURST)
    rush = np.minimum(rng.exponential(_BURST_MINUTES, len(row)), 119.9)
    return np.asarray(BANDS[band] + np.where(burst, rush, within))


def _agents(seed: int, cal: pd.DataFrame) -> np.ndarray:
    """Return receptionists on the phones, shape (days, quarter-hours from 06:00)."""
    rng = stream(seed, "reception")
    quarters = 50
    band = np.searchsorted(BANDS, 360 + 15 * np.arange(quarters), side="right") - 1
    monday = (cal["weekday"].to_numpy() == 0).astype(int)
    mean = AGENTS[1 - monday][:, np.minimum(band, 6)]
    week = (np.arange(len(cal)) + int(cal["weekday"].iloc[0])) // 7
    factor = np.exp(rng.normal(0, WEEK_SPREAD, week.max() + 1) - WEEK_SPREAD**2 / 2)
    factor = factor[week] * np.where(cal["day"] >= events.GO_LIVE, NAVIGATION, 1.0)
    wanted = mean * factor[:, None] + rng.random((len(cal), quarters))
    return np.asarray(np.floor(wanted).astype(int))


def _serve(
    rng: np.random.Generator, cal: pd.DataFrame, first: np.ndarray, agents: np.ndarray
) -> pd.DataFrame:
    """Serve the calls in order; a queue is a recursion, so this is a loop over calls."""
    n = len(first) * 2
    handling = (np.exp(rng.normal(np.log(HANDLING_MEDIAN), HANDLING_LOG_SD, n))).tolist()
    patience = rng.exponential(PATIENCE, n).tolist()
    delay = rng.exponential(REDIAL_DELAY, n).tolist()
    chance = list(zip(*rng.random((4, n)).tolist(), strict=True))
    day = cal["day"].to_numpy().tolist()
    waiting = first.tolist()
    again: list[tuple[float, int]] = []
    rows: list[tuple[float, float, int, float, int, int]] = []
    desk = _Desk(agents.tolist())
    position = number = 0
    while (position < len(waiting) or again) and number < n:
        if again and (position >= len(waiting) or again[0][0] < waiting[position]):
            at, origin = heapq.heappop(again)
        else:
            at, origin = waiting[position], -1
            position += 1
        today = day[int(at // _DAY)]
        down = today == events.OUTAGE and at % _DAY < OUTAGE_UNTIL
        wait, server = (0.0, -1) if down else desk.ask(at)
        outcome, wait = _outcome(
            at, wait, patience[number], chance[number], down, today >= events.GO_LIVE
        )
        spent = 0.0
        if outcome == 0:
            spent = handling[number]
            desk.take(server, at + wait + spent + WRAP_UP)
        rows.append((at, wait, outcome, spent, server if outcome == 0 else -1, origin))
        if outcome == 3 and chance[number][3] < (REDIAL / 2 if down else REDIAL):
            later = at + wait + 0.3 + delay[number] * (6 if down else 1)
            if later % _DAY < 1110 and later // _DAY == at // _DAY:
                heapq.heappush(again, (later, number))
        number += 1
    names = ["at", "wait", "outcome", "spent", "agent", "redial_of"]
    return pd.DataFrame(rows, columns=names)


OUTCOMES = np.array(["Answered", "Ended in menu", "Call-back asked", "Missed"], dtype=object)


def _outcome(
    at: float, wait: float, patience: float, chance: tuple[float, ...], down: bool, late: bool
) -> tuple[int, float]:
    """Return the outcome's number and the minutes spent in the queue."""
    if down:
        return 3, 0.0
    minute = at % _DAY
    band = min(int((minute - 360) // 120), 6)
    if chance[0] < _ENDS_IN_MENU[band]:
        return 1, 0.0
    if minute < 480:
        return (3, min(patience, 2.0)) if chance[1] < 0.38 else (0, min(wait, 1.0))
    offered = (CALL_BACK_AFTER if late else CALL_BACK)[minute >= 600]
    if wait > CALL_BACK_WAIT and chance[2] < offered:
        return 2, min(wait, 0.5)
    if wait > patience:
        return 3, patience
    return 0, wait


class _Desk:
    """The receptionists of the moment: when each will be free."""

    def __init__(self, agents: list[list[int]]) -> None:
        self._agents = agents
        self._free: list[float] = []
        self._quarter = -1

    def ask(self, at: float) -> tuple[float, int]:
        """Return the wait of somebody who rings now, and which receptionist would answer."""
        row, minute = divmod(at, _DAY)
        quarter = int((minute - 360) // 15)
        if int(row) * 100 + quarter != self._quarter:
            self._staff(int(row), quarter, at)
        soonest = min(self._free)
        return max(0.0, soonest - at), self._free.index(soonest)

    def take(self, server: int, until: float) -> None:
        """Keep one receptionist busy."""
        self._free[server] = until

    def _staff(self, row: int, quarter: int, at: float) -> None:
        wanted = max(1, self._agents[row][min(quarter, 49)])
        if row * 100 + quarter >= (self._quarter // 100 + 1) * 100:
            self._free = []
        while len(self._free) < wanted:
            self._free.append(at)
        if len(self._free) > wanted:
            self._free = sorted(self._free)[:wanted]
        self._quarter = row * 100 + quarter


def _finish(seed: int, cal: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    rng = stream(seed, "purposes")
    row = (table["at"] // _DAY).astype(int).to_numpy()
    keep = cal["day"].to_numpy()[row] >= 0
    start = pd.Series(cal["date"].to_numpy()[row]) + pd.to_timedelta(
        np.round((table["at"].to_numpy() % _DAY) * 60).astype(int), unit="s"
    )
    purposes = np.array(["Appointment", "Result", "Prescription", "Referral or letter", "Other"])
    practice_share = sum(c for c, who in CAUSES.values() if who == "practice")
    system_share = sum(c for c, who in CAUSES.values() if who == "system")
    kinds = np.array(["value", "failure-practice", "failure-system"])
    kind_shares = [1 - practice_share - system_share, practice_share, system_share]
    full = pd.DataFrame(
        {
            "number": np.arange(len(table)),
            "start": start.astype("datetime64[s]"),
            "queue_s": np.round(table["wait"] * 60).astype(int),
            "outcome": OUTCOMES[table["outcome"]],
            "handled_s": np.round(table["spent"] * 60).astype(int),
            "agent_id": np.where(table["agent"] >= 0, table["agent"] + 1, 0),
            "purpose_true": purposes[pick(rng, [0.58, 0.10, 0.16, 0.09, 0.07], len(table))],
            "demand_type_true": kinds[pick(rng, kind_shares, len(table))],
            "redial_of": table["redial_of"],
        }
    )[keep]
    first = int(full["number"].iloc[0]) if len(full) else 0
    full.insert(0, "call_id", [f"K{n + 1:06d}" for n in full.pop("number") - first])
    origin = full["redial_of"].to_numpy() - first
    names = np.array([*full["call_id"], None], dtype=object)
    full["redial_of"] = names[np.where(origin >= 0, origin, len(names) - 1)]
    full["handled_s"] = full["handled_s"].astype("Int32").mask(full["outcome"] != "Answered")
    full["agent_id"] = full["agent_id"].astype("Int32").mask(full["agent_id"] == 0)
    return full.reset_index(drop=True)


def daily(calls: pd.DataFrame) -> pd.DataFrame:
    """Return one row a day: calls, first calls, each outcome, and the shares a chart would show."""
    date = calls["start"].dt.normalize()
    early = (calls["start"].dt.hour >= 8) & (calls["start"].dt.hour < 10)
    flags = pd.DataFrame(
        {
            "calls": 1,
            "first_calls": calls["redial_of"].isna(),
            **{name: calls["outcome"] == label for name, label in _COUNTED.items()},
            "calls_0810": early,
        }
    ).astype(int)
    table = flags.groupby(date.rename("date")).sum().reset_index()
    table["share_answered"] = (100 * table["answered"] / table["calls"]).round(1)
    table["share_0810"] = (100 * table["calls_0810"] / table["calls"]).round(1)
    table.insert(1, "weekday", table["date"].dt.day_name())
    return table


_COUNTED = dict(zip(("answered", "ended_in_menu", "call_back", "abandoned"), OUTCOMES, strict=True))

"""The reference solutions: which series, which weeks, which chart, and what counts as found.

Weeks are numbered from Monday 15 January 2024 (week 0). Weeks with a bank holiday are left out:
four days, and a rush on the day after, are known causes. So are August and Christmas.
"""

from __future__ import annotations

import re

import numpy as np

from pcqa_teach.data.synthetic import appointments, demand, events
from pcqa_teach.data.synthetic.calendar import calendar

from .reference import Solution, anything, beyond, run, upwards

OUTAGE_LOSS = 0.70  # of the calls answered on that day
CAL = calendar(events.SPAN, burn_in=0)
OPEN = CAL.loc[CAL["open"]]
FULL = OPEN.groupby((OPEN["day"] - 3) // 7).size().eq(5)
EVENT = {event.id: event for event in events.EVENTS}


def size(event: str, which: int = 0) -> float:
    """Read a number from the planted size of an event, such as -11 from 'capacity about -11%'."""
    return float(re.findall(r"-?\d+\.?\d*", EVENT[event].size)[which])


def weeks(*spans: tuple[int, int]) -> list[int]:
    """Give the weeks of five working days from each first to each last week."""
    return [w for first, last in spans for w in range(first, last + 1) if FULL.get(w, False)]


def week_of(day: int) -> int:
    """Give the number of the week that holds a day."""
    return (day - 3) // 7


def a_day(column: str, chosen: list[int]):
    """Give a weekly count per working day."""
    return lambda one: one.weeks.loc[chosen, column].to_numpy() / 5


def per_thousand(column: str, chosen: list[int]):
    """Give a weekly count per 1,000 people on the list and working day."""
    return lambda one: (1000 * one.weeks[column] / one.weeks["list_size"]).loc[chosen].to_numpy()


def share(part: str, whole: list[str], chosen: list[int]):
    """Give the weekly share of appointments, in per cent."""
    return lambda one: (
        100 * one.weeks.loc[chosen, part] / one.weeks.loc[chosen, whole].sum(axis=1)
    ).to_numpy()


def growth(before: list[int], after: list[int]) -> np.ndarray:
    """Give how much the list has grown by each week, relative to the mean of the weeks before."""
    grown = (1 + events.LIST_GROWTH) ** (7 * np.array([*before, *after]) / 30.44)
    return np.asarray(grown / grown[: len(before)].mean())


def first(n: int, points: int) -> np.ndarray:
    """Mark the first n of the points."""
    return np.arange(points) < n


def outage(weekdays: list[int], words: str) -> Solution:
    """T01: calls answered from 12 February to 28 March, one point a day."""
    rows = OPEN[OPEN["day"].between(31, 76) & OPEN["weekday"].isin(weekdays)]
    day = rows["day"].to_numpy()
    hit = day == events.OUTAGE
    at = int(np.flatnonzero(hit)[0])
    return Solution(
        "T01", words, lambda one: one.days.loc[day, "answered"].to_numpy(), ~hit,
        beyond(-1, at, at + 1), factor=np.where(hit, 1 - OUTAGE_LOSS, 1.0),
        kind=np.unique(rows["weekday"], return_inverse=True)[1],
    )  # fmt: skip


def flu() -> Solution:
    """T02: asks a day up to 28 March, limits from 26 February on.

    The planted 18% lifts what people ask for first; the contacts that follow from needs not met
    (about a fifth of all) lag behind by about a week.
    """
    rows = OPEN[OPEN["day"].between(0, 76)]
    day = rows["day"].to_numpy()
    ill = (day >= events.FLU[0]) & (day <= events.FLU[1])
    where = np.flatnonzero(ill)
    share = sum(chance for chance, _ in demand.CAUSES.values())
    behind = share * np.exp(-(day - events.FLU[0]) / (1 + demand.LAG_DAYS))
    lift = np.where(ill, 1 + events.FLU_LIFT * (1 - behind), 1.0)
    calm = day >= 45
    return Solution(
        "T02", "asks a day, XmR, limits from five quiet weeks later, any signal upwards",
        lambda one: one.days.loc[day, "asks"].to_numpy(), calm,
        upwards(where[0], where[-1] + 1), factor=lift, kind=rows["weekday"].to_numpy(),
        baseline=(int(np.flatnonzero(calm)[0]), len(day) - 1),
    )  # fmt: skip


def changed(
    event: str, words: str, before: list[int], after: list[int], series, side: int, **planted
) -> Solution:
    """Compare the weeks after a change with limits frozen on the weeks before it."""
    n, points = len(before), len(before) + len(after)
    late = ~first(n, points)
    factor = np.where(late, planted.pop("factor", 1.0), 1.0)
    step = np.where(late, planted.pop("step", 0.0), 0.0)
    found = planted.pop("found", None) or run(side, n)
    return Solution(
        event, words, series([*before, *after]), first(n, points), found, factor, step,
        baseline=(0, n - 1), **planted,
    )  # fmt: skip


def mondays() -> Solution:
    """T06: the share of Monday's calls that come from 08:00 to 09:59, half a year each side."""
    rows = OPEN[(OPEN["weekday"] == 0) & OPEN["day"].between(183, 545)]
    day = rows["day"].to_numpy()
    n = int((day < events.GO_LIVE).sum())
    return Solution(
        "T06", "Mondays: share of calls 08-10, limits from the half-year before, seven below",
        lambda one: one.days.loc[day, "share_0810"].to_numpy(), first(n, len(day)), run(-1, n),
        step=np.where(day >= events.GO_LIVE, size("T06", 3) - size("T06", 2), 0.0),
        baseline=(0, n - 1), count=False,
    )  # fmt: skip


# Of those who came, UNKNOWN had no status; now they count as attended: the share of known statuses
# falls from p / (p + (1 - p)(1 - UNKNOWN)) to p: 6.2% to 5.7%, somewhat less than "about -0.6".
LONDON_DNA = 0.0569
FOLDED = 1 - appointments.UNKNOWN * (1 - LONDON_DNA)


def known(chosen: list[int]):
    """Give the DNA share of known statuses."""
    return share("dna", ["dna", "attended"], chosen)


LEAVER = weeks((0, 24)), weeks((26, 27), (33, 45))
RECODED = list(range(week_of(events.RECODED))), list(range(week_of(events.RECODED) + 1, 60))
RESULTS = weeks((20, 28), (33, 43)), weeks((46, 48), (52, 75))
NAVIGATED = weeks((21, 28), (33, 48)), weeks((52, 77))
SPRINGS = weeks((12, 27)), weeks((64, 79))


EVENTS_FOUND = [
    outage([0, 1, 2, 3, 4], "calls answered a day, XmR of every day, below the lower limit"),
    outage([1, 2, 3, 4], "calls answered a day, XmR of Tuesdays to Fridays, below the limit"),
    flu(),
    changed(
        "T03", "slots a day by week, limits from the half-year before, seven below",
        *LEAVER, lambda w: a_day("slots", w), -1, factor=1 + size("T03") / 100,
    ),
    changed(
        "T04", "DNA share of known statuses by week, limits from before, seven below",
        *RECODED, known, -1, factor=FOLDED, count=False,
    ),
    changed(
        "T04", "share of Unknown by week, limits from before: the first week after is below them",
        *RECODED, lambda w: share("unknown", ["taken"], w), -1, factor=0.0,
        found=beyond(-1, len(RECODED[0]), len(RECODED[0]) + 1),
    ),
    changed(
        "T05", "contacts about results by week, limits from before, seven below",
        *RESULTS, lambda w: a_day("results", w), -1, factor=1 - events.RESULTS_CUT,
    ),
    mondays(),
    changed(
        "T06", "calls abandoned by week, limits from the half-year before, seven below",
        *NAVIGATED, lambda w: a_day("abandoned", w), -1, factor=1 + size("T06", 4) / 100,
    ),
    changed(
        "T10", "first calls by week, April to July, limits from the year before, seven above",
        *SPRINGS, lambda w: a_day("first_calls", w), 1,
        factor=growth(*SPRINGS),
    ),
]  # fmt: skip


def nothing(event: str, words: str, series, points: int, baseline: int | None = None) -> Solution:
    """Look where nothing happened: any signal of any rule is a false alarm."""
    return Solution(
        event, words, series, np.ones(points, dtype=bool), anything,
        baseline=None if baseline is None else (0, baseline - 1), count=False,
    )  # fmt: skip


RENAMED = weeks((34, 43))
NON_EVENTS = [
    nothing("T07", "same-day share by week, 9 September to 17 November",
            share("same_day", ["taken"], RENAMED), len(RENAMED)),
    nothing("T10", "first calls per 1,000 by week, April to July, limits from the year before",
            per_thousand("first_calls", [*SPRINGS[0], *SPRINGS[1]]),
            len(SPRINGS[0]) + len(SPRINGS[1]), len(SPRINGS[0])),
    nothing("none", "DNA share of known statuses by week, before the recording change",
            known(RECODED[0]), len(RECODED[0])),
    nothing("none", "slots a day by week, before the GP leaves",
            a_day("slots", LEAVER[0]), len(LEAVER[0])),
    nothing("none", "asks per 1,000 by week, April to July",
            per_thousand("asks", SPRINGS[0]), len(SPRINGS[0])),
]  # fmt: skip

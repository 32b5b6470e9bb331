"""Many days at a practice's telephones: who waits, who gives up, who rings again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, Ints, number, numbers, seeded, whole, wholes
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.flow.bounds import FROM_ZERO, STAFF, TIMES
from pcqa_teach.flow.desk import OUTCOMES, QUARTER, Habits, Log, one_day
from pcqa_teach.flow.phone_tables import counted, minute_by_minute, summarised, typical_quarters

_MOST_CALLS = 1_000_000
_MOST_QUARTERS = 4 * 24 * 7


@dataclass(frozen=True, eq=False, repr=False)
class PhoneSimulation(Shown):
    """Simulated days at the telephones.

    Parameters
    ----------
    calls : DataFrame, a row a call: day, person, attempt (1 is a first call), at_seconds (after
        opening), waited_seconds, handled_seconds, outcome (answered, gave up, engaged, waiting at
        close)
    intervals : DataFrame, a row a day and quarter of an hour in which the calls came: day, minute
        (of the day), clock, agents, people (first calls), calls, redials, answered, gave_up,
        engaged, waiting_at_close, mean_wait_seconds (of the answered)
    quarters : DataFrame, a row a quarter of an hour: the means of `intervals` over the days
    days : DataFrame, a row a day: the same counts, p_wait, within, occupancy, got_through
    minutes : DataFrame, a row a minute: minute, clock, agents, talking, waiting (means over the
        days), waiting_high (nine days of ten have no more)
    summary : DataFrame, indexed by measure: mean, low, high (of the days: 5% lie below, 5% above)
    within_seconds, habits, seed : what was asked for
    """

    calls: pd.DataFrame
    intervals: pd.DataFrame
    quarters: pd.DataFrame
    days: pd.DataFrame
    minutes: pd.DataFrame
    summary: pd.DataFrame
    within_seconds: float
    habits: Habits
    seed: int

    @property
    def table(self) -> pd.DataFrame:
        """The summary, a row a measure."""
        return self.summary.reset_index()

    def _showing(self) -> Showing:
        from pcqa_teach.flow import phone_draw as draw
        from pcqa_teach.flow import phone_words as words

        return Showing(words.phones_message, words.phones_explained, words.phones_alt, draw.phones)


def simulate_phones(
    arrivals: object,
    agents: object,
    handling_seconds: object = 150,
    handling_log_sd: object = 0.85,
    patience_seconds: object = 240,
    redial: object = 0.6,
    redial_delay_seconds: object = 300,
    lines: object = None,
    days: object = 200,
    seed: object = 1,
    opens: str = "08:00",
    within_seconds: object = 60,
) -> PhoneSimulation:
    """Return what happens to callers on many days alike, call by call.

    People ring for the first time at random, so many a quarter of an hour on average (Poisson).
    They are answered in order; whoever waits longer than their patience gives up, and some ring
    again. Erlang's formulas know neither the rush nor the redials.

    Parameters
    ----------
    arrivals : list of numbers
        People who ring for the first time, on average, in each quarter of an hour from opening.
        People, not calls: the redials are made here.
    agents : whole number, or a list as long as `arrivals`
        Staff who answer in each quarter of an hour; nought is allowed in some.
    handling_seconds : number
        The mean length of a call with its wrap-up.
    handling_log_sd : number or None
        Spread of the lengths (lognormal, standard deviation of the logarithm); None: exponential.
    patience_seconds : number or None
        Mean patience (exponential); None: nobody gives up. Four minutes is our assumption.
    redial : number
        Share of those who gave up, or heard the engaged tone, who ring again (our assumption).
    redial_delay_seconds : number
        How much later they ring, on average (exponential).
    lines : whole number or None
        Callers who can be talking or waiting at once; the next hears the engaged tone.
    days : whole number
        How many days to run.
    seed : whole number
        The same seed gives the same days; with other staff, the same people ring at the same times.
    opens : str
        When the lines open, as "08:00".
    within_seconds : number
        The wait that counts as prompt.

    Raises
    ------
    DataError
        If a figure is missing, negative or not a number, there is no staff at all, the lists
        differ in length, or it would be over a million calls.

    Examples
    --------
    The rush of five quarters of an hour, two people answering:

    >>> rush = simulate_phones([30, 20, 14, 10, 8], agents=2, days=50, seed=4)
    >>> totals = rush.days[["calls", "answered", "gave_up", "engaged", "waiting_at_close"]].sum()
    >>> bool(totals["calls"] == totals.iloc[1:].sum())
    True
    >>> bool(rush.summary.loc["calls", "mean"] > rush.summary.loc["people", "mean"])
    True

    Source: after Mandelbaum and Zeltyn 2005 (patience); redials and the shape of the day are ours.
    """
    mean, staff = _day(arrivals, agents)
    habits = Habits(
        number(handling_seconds, "handling_seconds", 150, above=0, high=86_400),
        _unless_none(handling_log_sd, "handling_log_sd", 0.85, high=3),
        _unless_none(patience_seconds, "patience_seconds", 240),
        number(redial, "redial", 0.6, low=0, high=0.95),
        number(redial_delay_seconds, "redial_delay_seconds", 300, low=1, high=1e6),
        None if lines is None else whole(lines, "lines", 8, **STAFF),
    )
    within = number(within_seconds, "within_seconds", 60, **FROM_ZERO)
    count, begun = whole(days, "days", 200, **TIMES), seeded(seed)
    _not_too_many(float(mean.sum()) * count)
    start = opening(opens)
    calls = _run(mean, staff, habits, count, begun)
    intervals, whole_days = counted(calls, staff, count, start, within)
    return PhoneSimulation(
        calls=calls,
        intervals=intervals,
        quarters=typical_quarters(intervals),
        days=whole_days,
        minutes=minute_by_minute(calls, staff, count, start),
        summary=summarised(whole_days),
        within_seconds=within,
        habits=habits,
        seed=begun,
    )


def opening(opens: object) -> int:
    """Return the minute of the day at which the lines open.

    >>> opening("08:00")
    480
    """
    from pcqa_teach.dates import clock_minute

    try:
        return clock_minute(str(opens))
    except (ValueError, KeyError):
        raise DataError("opens is not a time of day: give opens='08:00', for example.") from None


def _day(arrivals: object, agents: object) -> tuple[Floats, Ints]:
    mean = numbers(arrivals, "arrivals", 12, **FROM_ZERO)
    staff = wholes(agents, "agents", 3, low=0, high=5000)
    if len(staff) not in (1, len(mean)):
        raise DataError(
            f"agents has {len(staff)} values and arrivals {len(mean)}: give one number, or one "
            "for each quarter of an hour."
        )
    if len(mean) > _MOST_QUARTERS:
        raise DataError(
            f"arrivals has {len(mean):,} quarters of an hour: a week, {_MOST_QUARTERS}, is the "
            "most."
        )
    if not staff.any():
        raise DataError("agents is nought all day: somebody must answer, give agents=3, say.")
    if not mean.any():
        raise DataError("arrivals is nought all day: give how many people ring in each quarter.")
    return mean, np.broadcast_to(staff, len(mean)).copy()


def _unless_none(given: object, name: str, example: float, high: float = 1e6) -> float | None:
    return None if given is None else number(given, name, example, above=0, high=high)


def _not_too_many(calls: float) -> None:
    if calls > _MOST_CALLS:
        raise DataError(
            f"This is {calls:,.0f} calls, more than the million that fit: ask for fewer days."
        )


def _run(mean: Floats, staff: Ints, habits: Habits, days: int, seed: int) -> pd.DataFrame:
    """Run the days one by one, each with its own stream of chance, and stack their logs."""
    logs: list[Log] = []
    for own in np.random.SeedSequence(seed).spawn(days):
        who, rest = own.spawn(2)
        rng = np.random.default_rng(who)
        quarter = np.repeat(np.arange(len(mean)), rng.poisson(mean).astype(np.intp))
        first = np.sort((quarter + rng.random(len(quarter))) * QUARTER)
        logs.append(one_day(first, staff.tolist(), habits, rest))
    return _stacked(logs)


def _stacked(logs: list[Log]) -> pd.DataFrame:
    def joined(name: str, kind: str) -> np.ndarray[tuple[int], np.dtype[np.generic]]:
        return np.concatenate([np.asarray(getattr(log, name), dtype=kind) for log in logs])

    handled = joined("handled", "float64")
    outcome = joined("outcome", "int64")
    return pd.DataFrame(
        {
            "day": np.repeat(np.arange(len(logs)), [len(log.at) for log in logs]),
            "person": joined("person", "int64"),
            "attempt": joined("attempt", "int64"),
            "at_seconds": joined("at", "float64"),
            "waited_seconds": joined("waited", "float64"),
            "handled_seconds": np.where(outcome == 0, handled, np.nan),
            "outcome": pd.Categorical.from_codes(outcome.astype(np.int64), pd.Index(OUTCOMES)),
        }
    )

"""How many have to wait when calls come at a steady rate: Erlang B, C and A."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, Ints, number, numbers, together, wholes
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.flow.bounds import FROM_ZERO, POSITIVE, STAFF

NAMES = {"b": "Erlang B", "c": "Erlang C", "a": "Erlang A"}
LONGEST_PATIENCE = 1e6  # seconds: beyond eleven days nobody gives up, which is Erlang C
_SMALL = 1e-17


@dataclass(frozen=True, eq=False, repr=False)
class Erlang(Shown):
    """What a steady stream of calls means for a number of staff.

    Parameters
    ----------
    table : DataFrame, a row for each set of figures given: calls_per_hour, handling_seconds,
        agents, load (staff's worth of work: calls an hour x seconds / 3,600), p_wait (share who
        have to wait), blocked (share who find every line taken), abandoned (share who give up),
        mean_wait_seconds (of all who are not blocked, the ones who give up included), within (share
        of all calls answered within `within_seconds`), occupancy (share of the time that staff are
        talking), steady (whether the queue settles at all)
    model : "b", "c" or "a"
    within_seconds, patience_seconds : what was asked for
    """

    table: pd.DataFrame
    model: str
    within_seconds: float
    patience_seconds: float | None = None

    def _showing(self) -> Showing:
        from pcqa_teach.flow import phone_draw as draw
        from pcqa_teach.flow import phone_words as words

        return Showing(words.erlang_message, words.erlang_explained, words.erlang_alt, draw.erlang)


def erlang_b(calls_per_hour: object, handling_seconds: object, agents: object) -> Erlang:
    """Return how often every line is taken, when nobody can wait: the engaged tone.

    B(0) = 1, B(n) = a B(n - 1) / (n + a B(n - 1)), with a = calls an hour x seconds / 3,600

    Parameters
    ----------
    calls_per_hour, handling_seconds, agents : number or list of numbers
        Lists are paired off; a single number goes with all. `agents` are lines here.

    Returns
    -------
    `Erlang` with `blocked`; nobody waits.

    Raises
    ------
    DataError
        If a figure is missing, not a number, negative, or agents is not a whole number from 1.

    Examples
    --------
    >>> erlang_b(60, 150, [1, 2, 3, 4, 5]).table["blocked"].round(3).tolist()
    [0.714, 0.472, 0.282, 0.15, 0.07]

    Source: Erlang 1917 (the loss formula).
    """
    rate, handling, staff = _given(calls_per_hour, handling_seconds, agents)
    load = rate * handling / 3600
    blocked = blocking(load, staff)
    table = _table(rate, handling, staff, load)
    table["blocked"] = blocked
    table["within"] = 1 - blocked
    table["occupancy"] = load * (1 - blocked) / staff
    return Erlang(table, "b", 0.0)


def erlang_c(
    calls_per_hour: object, handling_seconds: object, agents: object, within_seconds: object = 60
) -> Erlang:
    """Return how many wait, and how long, when everybody waits until answered.

    P(wait) = B / (1 - (a / n)(1 - B)), mean wait = P(wait) x handling / (n - a),
    within t = 1 - P(wait) exp(-(n - a) t / handling); a is the load, n the staff, B is Erlang B.

    Where the load is as large as the staff, or larger, the queue never settles: it grows for as
    long as the calls come. That row says `steady` False, everybody waits, and without end.

    Parameters
    ----------
    calls_per_hour, handling_seconds, agents : number or list of numbers
        Lists are paired off; a single number goes with all.
    within_seconds : number
        The wait that counts as prompt.

    Raises
    ------
    DataError
        If a figure is missing, not a number, negative, or agents is not a whole number from 1.

    Examples
    --------
    60 calls an hour of 150 seconds are 2.5 people's work:

    >>> queue = erlang_c(60, 150, agents=[2, 3, 4, 5, 6])
    >>> queue.table["p_wait"].round(3).tolist()
    [1.0, 0.702, 0.32, 0.13, 0.047]
    >>> queue.table["steady"].tolist()
    [False, True, True, True, True]

    Source: Erlang 1917 (the delay formula).
    """
    rate, handling, staff = _given(calls_per_hour, handling_seconds, agents)
    within = number(within_seconds, "within_seconds", 60, **FROM_ZERO)
    load = rate * handling / 3600
    table = _table(rate, handling, staff, load)
    steady = load < staff
    loss = blocking(load, staff)
    spare = np.where(steady, staff - load, 1.0)
    waits = np.where(steady, loss / (1 - load / staff * (1 - loss)), 1.0)
    table["p_wait"] = waits
    table["mean_wait_seconds"] = np.where(steady, waits * handling / spare, np.inf)
    table["within"] = np.where(steady, 1 - waits * np.exp(-spare * within / handling), 0.0)
    table["occupancy"] = np.minimum(load / staff, 1.0)
    table["steady"] = steady
    return Erlang(table, "c", within)


def erlang_a(
    calls_per_hour: object,
    handling_seconds: object,
    agents: object,
    patience_seconds: object = 240,
    within_seconds: object = 60,
) -> Erlang:
    """Return how many wait and how many give up, when people's patience has an end.

    With x = n patience / handling, y = calls x patience, r = load / n, and
    A = 1 + y / (x + 1) + y^2 / ((x + 1)(x + 2)) + ...:
    P(wait) = A B / (1 + (A - 1) B), P(gives up | waits) = 1 / (r A) + 1 - 1 / r,
    mean wait = P(gives up) x patience; handling and patience are exponential, B is Erlang B.

    It always settles: whoever gives up shortens the queue. Giving up is not going away: redials
    are not in this formula, see `simulate_phones`.

    Parameters
    ----------
    calls_per_hour, handling_seconds, agents : number or list of numbers
        Lists are paired off; a single number goes with all.
    patience_seconds : number
        How long people hold on, on average. The default of four minutes is our assumption.
    within_seconds : number
        The wait that counts as prompt: `within` is the share of all calls answered by then.

    Raises
    ------
    DataError
        If a figure is missing, not a number, negative, or agents is not a whole number from 1.

    Examples
    --------
    >>> queue = erlang_a(60, 150, agents=[1, 2, 3, 4, 5])
    >>> queue.table["abandoned"].round(3).tolist()
    [0.619, 0.321, 0.142, 0.055, 0.019]

    Source: Mandelbaum and Zeltyn 2005, The Palm/Erlang-A queue (after Palm).
    """
    rate, handling, staff = _given(calls_per_hour, handling_seconds, agents)
    patience = number(patience_seconds, "patience_seconds", 240, above=0, high=LONGEST_PATIENCE)
    within = number(within_seconds, "within_seconds", 60, **FROM_ZERO)
    load = rate * handling / 3600
    table = _table(rate, handling, staff, load)
    x, y = staff * patience / handling, rate / 3600 * patience
    late = y * np.exp(-within / patience)
    crowd, crowd_late = _log_crowd(x, y), _log_crowd(x, late)
    fall = y - late - staff * within / handling  # log of the density of the wait at `within`
    loss = blocking(load, staff)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        waits = 1 / (1 + (1 - loss) / loss * np.exp(-crowd))
        busy = staff / load
        gone = np.where(load > 0, busy * np.exp(-crowd) + 1 - busy, 0.0)
        soon = 1 - np.exp(-crowd) - np.exp(fall + crowd_late - crowd) + np.exp(fall - crowd)
        prompt = np.where(load > 0, busy * soon, 0.0)
    gone = np.clip(gone, 0.0, 1.0)
    table["p_wait"] = waits
    table["abandoned"] = waits * gone
    table["mean_wait_seconds"] = waits * gone * patience
    table["within"] = np.clip(1 - waits + waits * prompt, 0.0, 1.0)
    table["occupancy"] = load * (1 - waits * gone) / staff
    return Erlang(table, "a", within, patience)


def blocking(load: Floats, staff: Ints) -> Floats:
    """Return Erlang B by its recursion, which holds for any load.

    >>> blocking(np.array([2.5, 1000.0]), np.array([3, 1000])).round(4).tolist()
    [0.2822, 0.0248]
    """
    lost = np.ones_like(load)
    for n in range(1, int(staff.max()) + 1):
        carried = load * lost
        lost = np.where(n <= staff, carried / (n + carried), lost)
    return lost


def _log_crowd(x: Floats, y: Floats) -> Floats:
    """Return log A(x, y): in closed form where calls outrun staff, else by its series."""
    from scipy.special import gammainc, gammaln

    over = y >= x
    with np.errstate(divide="ignore", invalid="ignore"):
        closed = gammaln(x + 1) + y - x * np.log(y) + np.log(gammainc(x, y))
    light = np.where(over, 0.0, y)
    term, total, place = np.ones_like(x), np.ones_like(x), 0
    while (term > _SMALL * total).any():
        place += 1
        term = term * light / (x + place)
        total += term
    return np.asarray(np.where(over, closed, np.log(total)))


def _given(rate: object, handling: object, staff: object) -> tuple[Floats, Floats, Ints]:
    rates, lengths, people = together(
        calls_per_hour=numbers(rate, "calls_per_hour", 60, **FROM_ZERO),
        handling_seconds=numbers(handling, "handling_seconds", 150, **POSITIVE),
        agents=wholes(staff, "agents", 4, **STAFF),
    )
    return rates, lengths, people


def _table(rate: Floats, handling: Floats, staff: Ints, load: Floats) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "calls_per_hour": rate,
            "handling_seconds": handling,
            "agents": staff,
            "load": load,
            "p_wait": 0.0,
            "blocked": 0.0,
            "abandoned": 0.0,
            "mean_wait_seconds": 0.0,
            "within": 1.0,
            "occupancy": 0.0,
            "steady": True,
        }
    )

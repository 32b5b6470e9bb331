"""One day at a practice's telephones, call by call, on the clock of simpy."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

OUTCOMES = ("answered", "gave up", "engaged", "waiting at close")
ANSWERED, GAVE_UP, ENGAGED, WAITING = range(4)
QUARTER = 900.0  # seconds


@dataclass(frozen=True)
class Habits:
    """How long calls take, how long people hold on, and what they do then; lengths in seconds."""

    handling: float
    handling_log_sd: float | None  # None: exponential
    patience: float | None  # None: nobody gives up
    redial: float
    redial_delay: float
    lines: int | None  # None: as many as are wanted


@dataclass
class Log:
    """What happened to each call, a list a column."""

    person: list[int] = field(default_factory=list)
    attempt: list[int] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    handled: list[float] = field(default_factory=list)
    outcome: list[int] = field(default_factory=list)


def one_day(first: NDArray[np.float64], staff: list[int], habits: Habits, seed: Any) -> Log:
    """Run one day: `first` are the seconds after opening at which people ring for the first time.

    `staff` is how many answer in each quarter of an hour. Whoever is talking when their turn ends
    finishes the call. The lines close after the last quarter; who waits then is cut off.
    """
    import simpy

    clock = simpy.Environment()
    desk = _Desk(clock, habits, seed)
    for quarter, number in enumerate(staff):
        desk.later(quarter * QUARTER, desk.staffed, number)
    for person, at in enumerate(first.tolist()):
        desk.later(at, desk.rings, (person, 1))
    close = len(staff) * QUARTER
    clock.run(until=close)
    return desk.closed(close)


class _Desk:
    """Who is answering and who is waiting; every method but the last is called by the clock."""

    def __init__(self, clock: Any, habits: Habits, seed: Any) -> None:
        self._clock, self._habits = clock, habits
        self._staff = self._talking = self._waiting = 0
        self._queue: deque[int] = deque()
        self._log = Log()
        lengths, holds, chances, delays = (np.random.default_rng(s) for s in seed.spawn(4))
        self._handling = _drawn(lambda n: _lengths(lengths, habits, n))
        self._patience = _drawn(lambda n: holds.exponential(habits.patience or 1.0, n))
        self._chance = _drawn(chances.random)
        self._delay = _drawn(lambda n: delays.exponential(habits.redial_delay, n))

    def later(self, delay: float, what: Callable[[Any], None], about: object) -> None:
        """Ask the clock to call `what` after `delay` seconds."""
        self._clock.timeout(delay, about).callbacks.append(what)

    def staffed(self, event: Any) -> None:
        """Begin a quarter of an hour with its own number of staff."""
        self._staff = event.value
        self._next()

    def rings(self, event: Any) -> None:
        """Take a call: engaged, answered at once, or made to wait."""
        (person, attempt), log = event.value, self._log
        number = len(log.at)
        log.person.append(person)
        log.attempt.append(attempt)
        log.at.append(self._clock.now)
        log.waited.append(0.0)
        log.handled.append(0.0)
        log.outcome.append(WAITING)
        lines = self._habits.lines
        if lines is not None and self._talking + self._waiting >= lines:
            log.outcome[number] = ENGAGED
            self._perhaps_again(person, attempt)
        elif self._talking < self._staff:
            self._answer(number)
        else:
            self._queue.append(number)
            self._waiting += 1
            if self._habits.patience is not None:
                self.later(next(self._patience), self._gives_up, number)

    def closed(self, at: float) -> Log:
        """Hang up on whoever still waits, and give the day's log."""
        log = self._log
        for number in self._queue:
            if log.outcome[number] == WAITING:
                log.waited[number] = at - log.at[number]
        return log

    def _answer(self, number: int) -> None:
        log = self._log
        log.outcome[number] = ANSWERED
        log.waited[number] = self._clock.now - log.at[number]
        log.handled[number] = length = next(self._handling)
        self._talking += 1
        self.later(length, self._finished, None)

    def _finished(self, event: Any) -> None:
        self._talking -= 1
        self._next()

    def _next(self) -> None:
        while self._queue and self._talking < self._staff:
            number = self._queue.popleft()
            if self._log.outcome[number] == WAITING:
                self._waiting -= 1
                self._answer(number)

    def _gives_up(self, event: Any) -> None:
        number, log = event.value, self._log
        if log.outcome[number] == WAITING:
            log.outcome[number] = GAVE_UP
            log.waited[number] = self._clock.now - log.at[number]
            self._waiting -= 1
            self._perhaps_again(log.person[number], log.attempt[number])

    def _perhaps_again(self, person: int, attempt: int) -> None:
        if next(self._chance) < self._habits.redial:
            self.later(next(self._delay), self.rings, (person, attempt + 1))


def _lengths(rng: np.random.Generator, habits: Habits, n: int) -> NDArray[np.float64]:
    """Draw how long calls take: lognormal about the given mean, or exponential."""
    if habits.handling_log_sd is None:
        return rng.exponential(habits.handling, n)
    sd = habits.handling_log_sd
    return rng.lognormal(np.log(habits.handling) - sd**2 / 2, sd, n)


def _drawn(draw: Callable[[int], NDArray[np.float64]]) -> Iterator[float]:
    """Give one draw after another, drawn many at a time."""
    while True:
        yield from draw(512).tolist()

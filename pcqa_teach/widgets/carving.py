"""Keep slots for one kind of ask, or share them all: predict the wait, then see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.sayings import percent
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, one_of, said, ticked, words
from pcqa_teach.widgets.stepper import Stepper

if TYPE_CHECKING:
    from pcqa_teach.flow import CarveOut

APART, POOL = "kept apart", "one pool, in order"
GUESSES: dict[str, tuple[float, str]] = {  # name: up to how many times the wait, its words
    "shorter": (0.8, "shorter"),
    "alike": (1.25, "about the same"),
    "half as long again": (1.6, "about half as long again"),
    "double": (3.0, "about twice as long"),
    "many": (float("inf"), "more than three times as long"),
}
_NO_MATTER = 0.1  # working days: waits no further apart than this are about the same (our choice)
# What a page without a live notebook shows: a name, and the figures as `shared_out` takes them.
STATES: dict[str, dict[str, Any]] = {
    "Kept to measure": {},
    "Ten more kept, to be safe": {"kept": 0.5},
    "More asks than slots": {"demand": 102},
}
_HOW = (
    "An invented practice with 100 slots a day. Say how many come to ask, how many of 100 asks are "
    "for the same day, and how many slots you keep for those. Tick what you expect, then open the "
    "book. With the keyboard, Tab moves on and Space presses."
)


@dataclass(frozen=True)
class CarveOrPool(Activity):
    """Set how slots are kept, predict, then open the book. Make one with `carve_or_pool`."""

    slots: int
    days: int
    runs: int
    seed: int

    def shared_out(self, kept: object = 0.4, mix: object = 0.4, demand: object = 98) -> CarveOut:
        """Return the waits under the three ways to give out the slots.

        Parameters
        ----------
        kept, mix : number
            The share of the slots kept for same-day asks, and of the asks that are for the day.
        demand : number
            Asks a day, on average.

        Raises
        ------
        DataError
            A figure is missing or out of range.
        """
        from pcqa_teach.flow.carve_out import carve_out

        return carve_out(
            demand, self.slots, kept, mix, days=self.days, runs=self.runs, seed=self.seed
        )

    def reveal(self, expected: str, **figures_set: Any) -> tuple[str, figures.Figure, str]:
        """Return how the expectation fared, the picture, and the waits in words.

        Raises
        ------
        LessonError
            Nothing was expected yet.
        """
        if expected not in GUESSES:
            raise LessonError("First say what you expect: a guess is enough.")
        found = self.shared_out(**figures_set)
        return compare(expected, found), found.figure(), found.explain()

    def preface(self) -> Sequence[Any]:
        """Return the settings of the static pictures, to predict from before looking on."""
        frame = pd.DataFrame(
            {
                "The practice": list(STATES),
                "Slots a day": self.slots,
                "Asks a day": [state.get("demand", 98) for state in STATES.values()],
                "Same-day, of 100 asks": [
                    round(100 * state.get("mix", 0.4)) for state in STATES.values()
                ],
                "Slots kept for them": [
                    round(self.slots * state.get("kept", 0.4)) for state in STATES.values()
                ],
            }
        )
        told = Words(
            "In a live notebook you can set the numbers yourself here. On this page, say of each "
            "practice below how the average wait with slots kept apart compares with one pool: "
            "shorter, about the same, half as long again, twice as long, or more. Then look on."
        )
        return told, figures.Table(frame, "Three invented practices")

    def static(self) -> list[figures.Figure]:
        """Return one picture for each practice, its alt text naming it."""
        pictures = []
        for name, state in STATES.items():
            picture = self.shared_out(**state).figure()
            slug = f"carving-{name.lower().replace(' ', '-').replace(',', '')}"
            pictures.append(replace(picture, name=slug, alt=f"{name}. {picture.alt}"))
        return pictures

    def panel(self) -> Any:
        """Return the live panel: the numbers, what you expect, open the book, answer."""
        import ipywidgets as w

        tens = [round(0.1 * place, 1) for place in range(1, 9)]
        steps = {
            "demand": Stepper("Asks a day, on average", range(86, 107, 2), 98, str, "Fewer asks",
                              "More asks"),
            "mix": Stepper("Same-day asks, of all", [0.3, 0.35, 0.4, 0.45, 0.5], 0.4, percent,
                           "Fewer same-day", "More same-day"),
            "kept": Stepper("Slots kept for same-day asks", tens, 0.4, percent, "Keep fewer",
                            "Keep more"),
        }  # fmt: skip
        choices = one_of({name: about for name, (_, about) in GUESSES.items()})
        answer = w.HTML(value=said("The book is closed."))

        def show() -> None:
            chosen = {name: step.value for name, step in steps.items()}
            answer.value = self._answer(ticked(choices), **chosen)

        opened = button("Open the book", "Runs the practice and compares", show, main=True)
        return w.VBox(
            [
                words(_HOW),
                *(step.widget() for step in steps.values()),
                words("With slots kept apart, the average wait of all is ... than in one pool:"),
                w.VBox(list(choices.values())),
                opened,
                answer,
            ]
        )

    def _answer(self, expected: str, **figures_set: Any) -> str:
        try:
            compared, picture, told = self.reveal(expected, **figures_set)
        except PcqaError as error:
            return said(str(error))
        return f"{said(compared)}{picture._repr_html_()}{paragraphs(told)}"


def carve_or_pool(
    *, slots: int = 100, days: int = 250, runs: int = 100, seed: int = 1
) -> CarveOrPool:
    """Return an activity: keep slots for same-day asks, predict the waits, then see them.

    Parameters
    ----------
    slots : whole number
        Slots a day.
    days, runs, seed : whole number
        How many working days a run has, how many runs, and from which seed.

    Examples
    --------
    >>> activity = carve_or_pool(seed=3)
    >>> waits = activity.shared_out(kept=0.4)
    >>> bool(times_as_long(waits) > 1.5)
    True
    """
    return CarveOrPool(slots, days, runs, seed)


def times_as_long(found: CarveOut) -> float:
    """Return the average wait of all with slots kept apart, as a multiple of the pool's."""
    apart, pool = (float(found.of(scheme)["mean_wait_days"]) for scheme in (APART, POOL))
    return apart / pool if pool > 0 else 1.0 if apart == 0 else float("inf")


def compare(expected: str, found: CarveOut) -> str:
    """Say how what was expected compares with the simulated waits."""
    from pcqa_teach.flow.sharing_words import days_said

    apart, pool = (float(found.of(scheme)["mean_wait_days"]) for scheme in (APART, POOL))
    times = 1.0 if abs(apart - pool) <= _NO_MATTER else times_as_long(found)
    band = next(name for name, (most, _) in GUESSES.items() if times <= most)
    fared = "and so it is" if band == expected else f"and it is {GUESSES[band][1]}"
    return (
        f"You expected the wait to be {GUESSES[expected][1]}, {fared}: kept apart, people wait "
        f"{days_said(apart)} on average; in one pool, {days_said(pool)}."
    )

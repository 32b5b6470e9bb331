"""A Monday morning at the telephones: set the desk, say what you expect, open the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.arguments import numbers
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.sayings import percent
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, one_of, said, ticked, words
from pcqa_teach.widgets.morning import PEOPLE, Morning, in_words, one_morning
from pcqa_teach.widgets.stepper import Stepper

BANDS: dict[str, tuple[float, str]] = {  # name: from how many of 100, its words
    "nearly all": (95, "95 or more of 100"),
    "most": (85, "85 to 94 of 100"),
    "three quarters": (70, "70 to 84 of 100"),
    "fewer": (0, "fewer than 70 of 100"),
}
# What a page without a live notebook shows: a name, and the desk as `morning` takes it.
STATES: dict[str, dict[str, Any]] = {
    "Three people all morning": {},
    "The same nine hours, moved": {"early": 5, "later": 2},
    "A fourth person all morning": {"early": 4, "later": 4},
}
_HOW = (
    "An invented Monday from 8 to 11, without the calls that end in the recorded menu. Set the "
    "desk, tick what you expect, then open the lines. With the keyboard, Tab moves on and Space "
    "presses."
)


@dataclass(frozen=True)
class EightOclockDesk(Activity):
    """Set a desk, predict, then open the lines. Make one with `eight_oclock_desk`."""

    people: tuple[float, ...]
    days: int
    seed: int

    def morning(
        self,
        early: object = 3,
        later: object = 3,
        minutes: object = 2.5,
        moved: object = 0.0,
        fewer: object = 0.0,
        lines: object = None,
        redial: object = True,
    ) -> Morning:
        """Return what comes of a morning.

        Parameters
        ----------
        early, later : whole number
            Who answers from 8 to 9, and from 9 to 11.
        minutes : number
            A call with its wrap-up, on average.
        moved : number
            The share of those who would ring from 8 to 9 who ring after ten instead.
        fewer : number
            The share of calls that nobody needs to make any more.
        lines : whole number, optional
            Callers who can be talking or waiting at once; the next hears the engaged tone.
        redial : bool
            Whether six in ten of those who give up ring again, five minutes later on average.

        Raises
        ------
        DataError
            A figure is missing or out of range.
        """
        given = early, later, minutes, moved, fewer, lines, redial
        return one_morning(self.people, *given, days=self.days, seed=self.seed)

    def reveal(self, expected: str, **desk: Any) -> tuple[str, figures.Figure, str]:
        """Return how the expectation fared, the picture, and the morning in words.

        Raises
        ------
        LessonError
            Nothing was expected yet.
        """
        from pcqa_teach.widgets.desk_draw import draw

        if expected not in BANDS:
            raise LessonError("First say what you expect: a guess is enough.")
        found = self.morning(**desk)
        return compare(expected, found), draw(found), in_words(found)

    def preface(self) -> Sequence[Any]:
        """Return the desks of the static pictures, to predict from before looking on."""
        frame = pd.DataFrame(
            {
                "The desk": list(STATES),
                "Staff, 8 to 9": [desk.get("early", 3) for desk in STATES.values()],
                "Staff, 9 to 11": [desk.get("later", 3) for desk in STATES.values()],
            }
        )
        told = Words(
            "In a live notebook you can set the desk yourself here. On this page, say of each desk "
            "below how many of 100 people are answered at the first try, before you look on."
        )
        return told, figures.Table(frame, "Three desks for the same invented Monday")

    def static(self) -> list[figures.Figure]:
        """Return one picture for each desk, its alt text naming the desk."""
        from pcqa_teach.widgets.desk_draw import draw

        return [draw(self.morning(**desk), name) for name, desk in STATES.items()]

    def panel(self) -> Any:
        """Return the live panel: the desk, what you expect, open the lines, answer."""
        import ipywidgets as w

        steps = {
            "early": Stepper("Staff from 8 to 9", range(1, 9), 3, str, "8 to 9: one fewer",
                             "8 to 9: one more"),
            "later": Stepper("Staff from 9 to 11", range(1, 7), 3, str, "9 to 11: one fewer",
                             "9 to 11: one more"),
            "minutes": Stepper("Minutes a call, wrap-up included", [1.5, 2.0, 2.5, 3.0, 3.5, 4.0],
                               2.5, lambda value: f"{value:g}", "Shorter calls", "Longer calls"),
            "moved": Stepper("Of those who ring at 8 to 9, ring after 10 instead",
                             [0.0, 0.1, 0.2, 0.3, 0.4, 0.5], 0.0, percent, "Fewer after 10",
                             "More after 10"),
        }  # fmt: skip
        again = w.Checkbox(
            value=True,
            description="Some of those who give up ring again",
            indent=False,
            layout=w.Layout(width="95%"),
        )
        choices = one_of({name: about for name, (_, about) in BANDS.items()})
        answer = w.HTML(value=said("The lines are closed."))

        def show() -> None:
            desk = {name: step.value for name, step in steps.items()}
            answer.value = self._answer(ticked(choices), redial=again.value, **desk)

        opened = button("Open the lines", "Runs the morning and compares", show, main=True)
        return w.VBox(
            [
                words(_HOW),
                *(step.widget() for step in steps.values()),
                again,
                words("How many people will be answered at their first try?"),
                w.VBox(list(choices.values())),
                opened,
                answer,
            ]
        )

    def _answer(self, expected: str, **desk: Any) -> str:
        try:
            compared, picture, told = self.reveal(expected, **desk)
        except PcqaError as error:
            return said(str(error))
        return f"{said(compared)}{picture._repr_html_()}{paragraphs(told)}"


def eight_oclock_desk(
    people: Sequence[float] = PEOPLE, *, days: int = 60, seed: int = 8
) -> EightOclockDesk:
    """Return an activity: set the desk of a Monday morning, predict who gets through, then see.

    Parameters
    ----------
    people : sequence of twelve numbers
        Who rings for the first time, on average, in each quarter of an hour from 8 to 11: people,
        not calls. The default is invented.
    days, seed : whole number
        How many mornings are simulated, and from which seed.

    Examples
    --------
    The same nine hours of staff, level or moved to where the calls are:

    >>> desk = eight_oclock_desk()
    >>> level, moved = desk.morning(early=3, later=3), desk.morning(early=5, later=2)
    >>> level.hours, moved.hours
    (9.0, 9.0)
    >>> moved.first_time > level.first_time
    True
    """
    given = numbers(list(people), "people", 12, low=0, high=1000)
    if len(given) != len(PEOPLE):
        raise LessonError(
            f"people has {len(given)} numbers: give 12, one for each quarter of an hour."
        )
    return EightOclockDesk(tuple(given.tolist()), days, seed)


def compare(expected: str, found: Morning) -> str:
    """Say how what was expected compares with the share answered at the first try."""
    share = round(100 * found.first_time)
    band = next(name for name, (low, _) in BANDS.items() if share >= low)
    fared = "and so it is" if band == expected else "and it is not so"
    return (
        f"You expected {BANDS[expected][1]}, {fared}: {share} of 100 people are answered at their "
        "first try."
    )

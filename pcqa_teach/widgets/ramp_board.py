"""Climb a ramp of tests, and split each by who was in it, to see who gained and who lost out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.sayings import and_list
from pcqa_teach.widgets.base import Activity, Words
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words
from pcqa_teach.widgets.stepper import Stepper

Counts = tuple[int, int]  # people, and how many of them got what they asked for the same day
ALL, AGE, LANGUAGE, PLACE = "everybody", "age", "language", "where people live"
GROUPS: dict[str, tuple[str, str]] = {
    AGE: ("under 65", "65 and over"),
    LANGUAGE: ("English comes easily", "needs an interpreter"),
    PLACE: ("less deprived areas", "most deprived areas"),
}
BEFORE: dict[str, Counts] = {
    ALL: (1200, 696),
    "under 65": (880, 508), "65 and over": (320, 188),
    "English comes easily": (960, 560), "needs an interpreter": (240, 136),
    "less deprived areas": (680, 400), "most deprived areas": (520, 296),
}  # fmt: skip
LEAST = 10  # people in a group; of fewer not even a share is said (our own rule)
CLEAR = 5.0  # points; surely less either way is "about the same" (our own rule)


@dataclass(frozen=True)
class Step:
    """One test of the ramp: who was asked, and what came of it by group."""

    name: str
    told: str
    counts: Mapping[str, Counts]


STEPS = (
    Step(
        "Test 1", "Six people who like the internet, asked by the manager.",
        {
            ALL: (6, 6), "under 65": (6, 6), "65 and over": (0, 0),
            "English comes easily": (6, 6), "needs an interpreter": (0, 0),
            "less deprived areas": (5, 5), "most deprived areas": (1, 1),
        },
    ),
    Step(
        "Test 2", "Twenty-four who happened to ring on a Tuesday and said yes.",
        {
            ALL: (24, 18), "under 65": (22, 17), "65 and over": (2, 1),
            "English comes easily": (23, 18), "needs an interpreter": (1, 0),
            "less deprived areas": (15, 12), "most deprived areas": (9, 6),
        },
    ),
    Step(
        "Test 3", "Ninety: everybody who rang in one morning.",
        {
            ALL: (90, 65), "under 65": (74, 58), "65 and over": (16, 7),
            "English comes easily": (80, 61), "needs an interpreter": (10, 4),
            "less deprived areas": (56, 43), "most deprived areas": (34, 22),
        },
    ),
    Step(
        "Test 4", "Twelve hundred: four weeks in which the form came first for all.",
        {
            ALL: (1200, 852), "under 65": (880, 704), "65 and over": (320, 148),
            "English comes easily": (960, 744), "needs an interpreter": (240, 108),
            "less deprived areas": (680, 512), "most deprived areas": (520, 340),
        },
    ),
)  # fmt: skip
GUESSES = {
    "better": "better off than before",
    "same": "about the same",
    "worse": "worse off than before",
    "few": "too few to say",
}
_HOW = (
    "A practice moves its asks to an online form, test by test, and counts of how many people got "
    "what they asked for the same day. Before, it was 58 of 100. Choose a test and by what to "
    "split it. Tick how the second group of that split fares, then press Split. With the keyboard, "
    "Tab moves on and Space ticks or presses."
)


@dataclass(frozen=True)
class RampBoard(Activity):
    """Four tests of one change, each split by who was in it. Make one with `ramp_board`."""

    steps: tuple[Step, ...] = STEPS

    def share(self, place: int | None, group: str) -> float:
        """Return the share of a group that got what it asked for, per cent; None: before."""
        people, met = BEFORE[group] if place is None else self.steps[place].counts[group]
        return 100 * met / people if people else float("nan")

    def change(self, place: int, group: str) -> tuple[float, float, float]:
        """Return by how many points a group changed, with its 95% interval.

        Newcombe, Statistics in Medicine 17 (1998), method 10: Wilson's intervals of both shares.
        """
        from pcqa_teach.variation import wilson

        both = (BEFORE[group], self.steps[place].counts[group])
        found = 100 * wilson([met for _, met in both], [people for people, _ in both])
        (was, now), (low, low_now), (high, high_now) = (
            found[name] for name in ("share", "lower", "upper")
        )
        change = now - was
        return (
            change,
            change - math.hypot(now - low_now, high - was),
            change + math.hypot(high_now - now, was - low),
        )

    def fared(self, place: int, group: str) -> str:
        """Return how a group fared beside before: better, same, worse, or too few to say."""
        if self.steps[place].counts[group][0] < LEAST:
            return "few"
        _, low, high = self.change(place, group)
        if low > -CLEAR and high < CLEAR:
            return "same"
        if low > 0:
            return "better"
        return "worse" if high < 0 else "few"

    def told(self, place: int, split: str) -> str:
        """Say how everybody and the two groups fared, and whether they moved apart."""
        step, groups = self.steps[place], GROUPS[split]
        lines = [f"{step.name}. {step.told} {self._moved(place, ALL)}"]
        lines += [self._moved(place, group) for group in groups]
        if all(self.fared(place, group) != "few" for group in groups):
            was, now = (
                self.share(at, groups[0]) - self.share(at, groups[1]) for at in (None, place)
            )
            lines.append(f"Between the two there were {was:+.0f} points before, {now:+.0f} now.")
        return " ".join(lines)

    def mean(self, place: int) -> str:
        """Say how many were helped in a test, as a share where they are not too few for one."""
        people, met = self.steps[place].counts[ALL]
        helped = f"{met} of {people}" if people < LEAST else f"{100 * met / people:.0f} of 100"
        return f"{self.steps[place].name}: {helped} are helped the same day"

    def message(self, place: int, split: str) -> str:
        """Say in a line whom the mean leaves out."""
        mean, (_, second) = self.mean(place), GROUPS[split]
        return {
            "few": f"{mean}, and of '{second}' nobody can say",
            "worse": f"{mean}, and '{second}' is worse off",
            "better": f"{mean}, '{second}' too is better off",
            "same": f"{mean}, '{second}' as before",
        }[self.fared(place, second)]

    def picture(self, place: int, splits: Sequence[str] = tuple(GROUPS)) -> figures.Figure:
        """Return before and after for everybody and for each group, with intervals."""
        from pcqa_teach.widgets.ramp_board_draw import split_up

        return split_up(self, place, splits)

    def reveal(self, place: int, split: str, expected: str) -> tuple[str, figures.Figure]:
        """Return how an expectation fared, and the picture.

        Raises
        ------
        LessonError
            Nothing was chosen or expected yet; the message says what to do.
        """
        if split not in GROUPS or not 0 <= place < len(self.steps):
            raise LessonError("First choose a test, and by what to split it.")
        if expected not in GUESSES:
            raise LessonError("First tick how the second group fares: a guess is enough.")
        second = GROUPS[split][1]
        found = self.fared(place, second)
        fared = "So you expected" if found == expected else f"You expected {GUESSES[expected]}"
        told = f"{self.told(place, split)}\n\n'{second}': {GUESSES[found]}. {fared}."
        return told, self.picture(place, [split])

    def preface(self) -> Sequence[Any]:
        """Return the tests with their means alone, to predict from before looking on."""
        frame = pd.DataFrame(
            {
                "": ["Before", *(one.name for one in self.steps)],
                "Who": ["1,200 asks by telephone", *(one.told for one in self.steps)],
                "Of 100, helped the same day": [
                    round(self.share(place, ALL)) for place in (None, *range(len(self.steps)))
                ],
            }
        )
        seconds = and_list([second for _, second in GROUPS.values()])
        ask = Words(
            "In a live notebook you split the tests here. On this page: for each test write down "
            f"how you think these groups fare ({seconds}): better off, about the same, worse off, "
            "or too few to say. Then look at the pictures, one test at a time."
        )
        return ask, figures.Table(frame, "A ramp of four tests (all invented)")

    def static(self) -> list[figures.Figure]:
        """Return a picture for each test, split in every way."""
        return [self.picture(place) for place in range(len(self.steps))]

    def panel(self) -> Any:
        """Return the live panel: a test, a split, what you expect, split."""
        import ipywidgets as w

        names = [one.name for one in self.steps]
        step = Stepper("Test", names, names[0], str, "Test before", "Next test")
        splits = one_of({name: f"by {name}: {a}, or {b}" for name, (a, b) in GROUPS.items()})
        guess = one_of(GUESSES)
        answer = w.HTML(value=said("Nothing is split yet."))

        def show() -> None:
            try:
                told, picture = self.reveal(names.index(step.value), ticked(splits), ticked(guess))
            except PcqaError as error:
                answer.value = said(str(error))
                return
            answer.value = f"{said(told)}{picture._repr_html_()}"

        return w.VBox(
            [
                words(_HOW),
                step.widget(),
                words("Split it"),
                w.VBox(list(splits.values())),
                words("The second group is"),
                w.VBox(list(guess.values())),
                row(button("Split", "Shows how each group fares", show, main=True)),
                answer,
            ]
        )

    def _moved(self, place: int, group: str) -> str:
        people = self.steps[place].counts[group][0]
        name = "Everybody" if group == ALL else f"'{group}'"
        if people < LEAST:
            return f"{name}: {people or 'nobody'} in this test, too few to say."
        was, now = self.share(None, group), self.share(place, group)
        change, low, high = self.change(place, group)
        points = f"{_signed(change)} points, 95% interval {_signed(low)} to {_signed(high)}"
        end = ": too few to say" if self.fared(place, group) == "few" else ""
        return f"{name}: from {was:.0f} to {now:.0f} of 100 ({points}){end}."


def ramp_board() -> RampBoard:
    """Return an activity: split each test of a ramp by who was in it, and see who lost out.

    Every number in it is invented.

    Examples
    --------
    >>> board = ramp_board()
    >>> round(board.share(None, "everybody")), round(board.share(3, "everybody"))
    (58, 71)
    >>> [board.fared(place, "65 and over") for place in range(4)]
    ['few', 'few', 'few', 'worse']
    """
    return RampBoard()


def _signed(points: float) -> str:
    """Say a difference in whole points; one that would round to nought, with a decimal."""
    return f"{points:+.1f}" if abs(points) < 0.5 else f"{points:+.0f}"

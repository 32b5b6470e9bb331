"""Four numbers that two raters make: guess their kappa, then see it beside their agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words
from pcqa_teach.widgets.numbers import read_numbers

if TYPE_CHECKING:
    from pcqa_teach.variation import Agreement

Counts = tuple[int, int, int, int]
BANDS: dict[str, str] = {
    "low": "kappa below 0.4",
    "middle": "kappa from 0.4 to 0.6",
    "good": "kappa from 0.6 to 0.8",
    "high": "kappa of 0.8 or more",
}
LARGEST = 100_000
_HOW = (
    "Four numbers: cases to which both say yes, only the first, only the second, neither. Start "
    "from an invented table or type your own. Tick the kappa that you expect. Then work it out. "
    "With the keyboard, Tab moves on and Space ticks or presses."
)

# Invented; in the first three, two people agree on 90 of 100 cases.
EXAMPLES: dict[str, Counts] = {
    "Half say yes": (45, 5, 5, 45),
    "One in ten says yes": (5, 5, 5, 85),
    "Hardly any says yes": (1, 5, 5, 89),
    "One says yes more often": (20, 25, 5, 50),
}


@dataclass(frozen=True)
class ExploreKappa(Activity):
    """Tables of two raters to guess at. Make one with `explore_kappa`."""

    examples: Mapping[str, Counts]
    first: str
    second: str

    def table(self, typed: str) -> Counts:
        """Return the four counts that were typed.

        Raises
        ------
        PcqaError
            There are not four whole numbers; the message says what to do.
        """
        numbers = read_numbers(typed, fewest=0)
        if len(numbers) != 4:
            raise LessonError(
                "Give four numbers: both yes, only the first, only the second, neither."
            )
        if any(one != int(one) or not 0 <= one <= LARGEST for one in numbers):
            raise LessonError(f"Give whole numbers from 0 to {LARGEST:,}.")
        if sum(numbers) < 2:
            raise LessonError("Two raters need at least two cases: give larger numbers.")
        both, one, other, neither = map(int, numbers)
        return both, one, other, neither

    def compare(self, counts: Counts) -> Agreement:
        """Return how far the two agree."""
        from pcqa_teach.variation import agreement

        pairs = [("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no")]
        places = [place for place, count in enumerate(counts) for _ in range(count)]
        frame = pd.DataFrame(
            [pairs[place] for place in places], columns=[self.first, self.second], dtype="object"
        )
        return agreement(frame, first=self.first, second=self.second, categories=["yes", "no"])

    def reveal(self, typed: str, expected: str) -> tuple[str, figures.Figure, str]:
        """Return how the expectation fared, the table as a picture, and what it says.

        Raises
        ------
        PcqaError
            Nothing was expected, or the four numbers cannot be used; the message says what to do.
        """
        if expected not in BANDS:
            raise LessonError("First tick what you expect: a guess is enough.")
        found = self.compare(self.table(typed))
        wanted = BANDS[expected]
        if found.kappa != found.kappa:
            told = (
                f"You expected {wanted}. Both use one answer alone, so chance leaves no room: "
                "there is no kappa."
            )
        elif band(found.kappa) == expected:
            told = f"You expected {wanted}, and so it is: {found.kappa:.2f}."
        else:
            told = f"You expected {wanted}. It is {found.kappa:.2f}."
        return f"{told} {both_said(found)}", found.figure(), found.explain()

    def preface(self) -> Sequence[Any]:
        """Return the tables, to guess from before looking on."""
        frame = pd.DataFrame(
            [(name, *counts) for name, counts in self.examples.items()],
            columns=["Table", "Both yes", "Only the first", "Only the second", "Neither"],
        )
        return (
            Words(
                "In a live notebook you can type four numbers of your own here. On this page, look "
                "at the tables below and say for each whether kappa is below 0.4, from 0.4 to 0.6, "
                "from 0.6 to 0.8, or more, before you look on."
            ),
            figures.Table(frame, "Two people, a hundred cases each (invented)"),
        )

    def static(self) -> list[figures.Figure]:
        """Return one picture for each table, its alt text naming it."""
        pictures = []
        for name, counts in self.examples.items():
            picture = self.compare(counts).figure()
            slug = name.lower().replace(" ", "-")
            pictures.append(replace(picture, name=f"kappa-{slug}", alt=f"{name}. {picture.alt}"))
        return pictures

    def panel(self) -> Any:
        """Return the live panel: tables to start from, four numbers, your guess, the answer."""
        import ipywidgets as w

        numbers = w.Text(
            description="Both, first, second, neither",
            tooltip="Four whole numbers with spaces between",
            style={"description_width": "initial"},
            layout=w.Layout(width="420px"),
        )
        choices = one_of(BANDS)
        answer = w.HTML(value=said("Nothing is worked out yet."))

        def fill(counts: Counts) -> None:
            numbers.value = " ".join(map(str, counts))
            for box in choices.values():
                box.value = False

        def show() -> None:
            answer.value = self._answer(numbers.value, ticked(choices))

        starts = [
            button(name, "Puts an invented table into the box", partial(fill, counts))
            for name, counts in self.examples.items()
        ]
        go = button("Work it out", "Works out kappa and says how your guess fared", show, main=True)
        return w.VBox(
            [
                words(_HOW),
                row(*starts),
                numbers,
                words("What do you expect?"),
                w.VBox(list(choices.values())),
                row(go),
                answer,
            ]
        )

    def _answer(self, typed: str, expected: str) -> str:
        try:
            told, picture, explained = self.reveal(typed, expected)
        except PcqaError as error:
            return said(str(error))
        return f"{said(told)}{picture._repr_html_()}{paragraphs(explained)}"


def explore_kappa(
    examples: Mapping[str, Counts] | None = None,
    *,
    first: str = "first person",
    second: str = "second person",
) -> ExploreKappa:
    """Return an activity: four numbers of two raters, a guess at their kappa, and what it is.

    Parameters
    ----------
    examples : dict, optional
        Tables to start from, by name: both yes, only the first, only the second, neither; also the
        states shown in print. None: four invented ones.
    first, second : what the two are called

    Examples
    --------
    >>> explore_kappa().reveal("5 5 5 85", "high")[0]
    'You expected kappa of 0.8 or more. It is 0.44. They agree on 90%; on the 15 cases to which \
anybody said yes, they agree on 5.'
    """
    return ExploreKappa(EXAMPLES if examples is None else dict(examples), first, second)


def band(kappa: float) -> str:
    """Say in which band a kappa lies.

    >>> band(0.44), band(0.8), band(-0.1)
    ('middle', 'high', 'low')
    """
    rounded = round(kappa, 2)
    return next(
        (name for name, end in (("low", 0.4), ("middle", 0.6), ("good", 0.8)) if rounded < end),
        "high",
    )


def both_said(found: Agreement) -> str:
    """Say the agreement, and how much of it is about the cases that anybody said yes to."""
    counts = found.counts.to_numpy()
    asked = int(counts.sum() - counts[1, 1])
    agreed = f"They agree on {100 * found.agreed:.0f}%"
    if not asked:
        return f"{agreed}; nobody said yes to anything."
    return (
        f"{agreed}; on the {asked} cases to which anybody said yes, they agree on {counts[0, 0]}."
    )

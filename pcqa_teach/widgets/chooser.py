"""A case, a guess at its chart, then the questions that lead to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError
from pcqa_teach.spc.choosing import DOTS, TITLES, Choice, choose
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words

OFFERED = ("run", "xmr", "p", "p_prime", "c", "u", "g", "t")
_HOW = (
    "Read the case, tick the chart that you would draw, and see which questions lead to it. With "
    "the keyboard, Tab moves on and Space ticks or presses. The cases are invented."
)


@dataclass(frozen=True)
class Case:
    """What is counted, and the answers that `choose` needs."""

    told: str
    dot: str
    asked: Mapping[str, Any] = field(default_factory=dict)

    @property
    def choice(self) -> Choice:
        """The chart that fits, with its reason."""
        return choose(self.dot, **self.asked)


# Invented.
CASES: tuple[Case, ...] = (
    Case("Days until the next routine appointment, every Monday, for a year", "value"),
    Case("Of some 60 results a week, how many reached the person in two days", "share",
         {"typical": 60}),
    Case("Of 250,000 appointments a month in a borough, how many were missed", "share",
         {"typical": 250_000}),
    Case("Compliments written into the book each month, about five", "count", {"typical": 5}),
    Case("Contacts about a lost letter, about 20 a week, in weeks of three to five days", "count",
         {"typical": 20, "same_chance": False}),
    Case("Days from one vaccine-fridge alarm to the next", "gap"),
    Case("Samples taken well between two that were mislabelled", "gap", {"in_time": False}),
    Case("Calls answered, seven Mondays since the new rota", "value", {"dots": 7}),
)  # fmt: skip


@dataclass(frozen=True)
class ChooseAChart(Activity):
    """Cases whose chart is to be chosen. Make one with `choose_a_chart`."""

    cases: tuple[Case, ...]

    def reveal(self, place: int, guess: str) -> tuple[str, bool]:
        """Return how a guess at a case, counted from 0, fared, with the reason; whether it held.

        Raises
        ------
        PcqaError
            There is no such case or no such chart.
        """
        if not 0 <= place < len(self.cases):
            raise LessonError(f"There are {len(self.cases)} cases: choose one of them.")
        if guess not in TITLES:
            raise LessonError(f"'{guess}' is no chart of this page: tick one.")
        case = self.cases[place]
        held = guess in (case.choice.kind, *case.choice.also)
        start = "Yes" if held else f"You chose the {TITLES[guess]}; we would draw another"
        return (
            f"{start}: a dot is {DOTS[case.dot]}. So the {case.choice.title}: "
            f"{case.choice.because}."
        ), held

    def preface(self) -> Sequence[Any]:
        """Return the cases, to guess from before looking on."""
        frame = pd.DataFrame(
            {
                "Case": range(1, len(self.cases) + 1),
                "What is counted (invented)": [case.told for case in self.cases],
            }
        )
        return (
            Words(
                "In a live notebook you choose a chart for each case. On this page, write a chart "
                "beside each case on paper, before you look on."
            ),
            figures.Table(frame, "Which chart?"),
        )

    def tree(self) -> figures.Figure:
        """Return the questions that lead to a chart, as a tree."""
        from pcqa_teach.widgets.chooser_draw import tree_figure

        return tree_figure()

    def static(self) -> list[figures.Figure]:
        """Return the cases with their charts."""
        from pcqa_teach.widgets.chooser_draw import answers_figure

        return [answers_figure([(one.told, one.choice) for one in self.cases])]

    def panel(self) -> Any:
        """Return the live panel: the case, charts to tick, the answer, the next case."""
        import ipywidgets as w

        state = {"place": 0, "held": 0}
        card, answer = w.HTML(value=self._card(0)), w.HTML(value=said("Nothing is chosen yet."))
        boxes = one_of({one: TITLES[one] for one in OFFERED})

        def show() -> None:
            place = state["place"]
            if place >= len(self.cases):
                return
            guess = ticked(boxes)
            if not guess:
                answer.value = said("Tick a chart: a guess is enough.")
                return
            told, held = self.reveal(place, guess)
            state["held"] += held
            state["place"] = place + 1
            boxes[guess].value = False
            over = ""
            if state["place"] == len(self.cases):
                of = len(self.cases)
                over = paragraphs(f"You chose as we did in {state['held']} of {of} cases.")
                over += self.tree()._repr_html_()
            answer.value = said(f"Case {place + 1}. {told}") + over
            card.value = self._card(state["place"])

        def again() -> None:
            state.update(place=0, held=0)
            card.value, answer.value = self._card(0), said("From the beginning.")

        return w.VBox(
            [
                words(_HOW),
                card,
                w.VBox(list(boxes.values())),
                row(
                    button("This chart", "Says which chart fits, and goes on", show, main=True),
                    button("Begin again", "Back to the first case", again),
                ),
                answer,
            ]
        )

    def _card(self, place: int) -> str:
        if place >= len(self.cases):
            return said("All cases have their chart.")
        return said(f"Case {place + 1} of {len(self.cases)}: {self.cases[place].told}.")


def choose_a_chart(cases: Sequence[Case] = CASES) -> ChooseAChart:
    """Return an activity: choose the chart of each case, then see which questions lead to it.

    Parameters
    ----------
    cases : what is counted; else eight invented cases

    Examples
    --------
    >>> choose_a_chart().reveal(2, "p")[1], choose_a_chart().reveal(2, "p_prime")[1]
    (False, True)
    """
    if not cases:
        raise LessonError("There are no cases: give at least one.")
    return ChooseAChart(tuple(cases))

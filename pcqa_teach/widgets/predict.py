"""Say what you expect of a picture, then see it; several questions, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError
from pcqa_teach.sayings import lowered
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words

_HOW = (
    "Tick what you expect, then press the button: a guess is enough. With the keyboard, Tab moves "
    "on and Space ticks or presses."
)


@dataclass(frozen=True)
class Round:
    """One question to predict.

    Parameters
    ----------
    ask : the question
    choices : what one may expect, by a letter
    right : the letter of what the picture shows
    because : what to see in the picture, in a sentence or two
    picture : gives the picture when it is wanted: a `Figure`, or a result that draws itself
    """

    ask: str
    choices: Mapping[str, str]
    right: str
    because: str
    picture: Callable[[], Any]

    def drawn(self) -> figures.Figure:
        """Return the picture."""
        made = self.picture()
        found: figures.Figure = made if isinstance(made, figures.Figure) else made.figure()
        return found


@dataclass(frozen=True)
class PredictFirst(Activity):
    """Predict, then see, one question after the other. Make one with `predict_first`."""

    rounds: tuple[Round, ...]

    def judged(self, place: int, choice: str) -> str:
        """Say how a guess at a question, counted from 0, fared, and what the picture shows."""
        one = self.rounds[place]
        if choice not in one.choices:
            raise LessonError("Tick one of the answers first: a guess is enough.")
        if choice == one.right:
            return f"As you expected. {one.because}"
        return (
            f"You expected: {lowered(one.choices[choice])}. What happens: "
            f"{lowered(one.choices[one.right])}. {one.because}"
        )

    def preface(self) -> Sequence[Any]:
        """Return the questions with their answers to choose from, before the pictures."""
        frame = pd.DataFrame(
            [
                {
                    "Question": f"{place}. {one.ask}",
                    "You may expect": "; ".join(
                        f"{letter}: {lowered(text)}" for letter, text in one.choices.items()
                    ),
                }
                for place, one in enumerate(self.rounds, 1)
            ]
        )
        told = Words(
            "In a live notebook you tick an answer and then see the picture. On this page, write "
            "down a letter for each question before you look on."
        )
        return told, figures.Table(frame, "What do you expect?")

    def static(self) -> list[figures.Figure]:
        """Return the picture of each question, in order."""
        return [one.drawn() for one in self.rounds]

    def panel(self) -> Any:
        """Return the live panel: a question, ticks, the picture, the next question."""
        import ipywidgets as w

        state = {"place": 0}
        boxes: dict[str, Any] = {}
        card, answer = w.HTML(), w.HTML(value=said("Nothing is shown yet."))
        ticks = w.VBox()

        def ask() -> None:
            one = self.rounds[state["place"]]
            card.value = paragraphs(f"Question {state['place'] + 1}. {one.ask}")
            boxes.clear()
            boxes.update(one_of(one.choices))
            ticks.children = list(boxes.values())

        def show() -> None:
            try:
                told = self.judged(state["place"], ticked(boxes))
            except LessonError as error:
                answer.value = said(str(error))
                return
            picture = self.rounds[state["place"]].drawn()
            answer.value = f"{said(told)}{picture._repr_html_()}"

        def onward() -> None:
            state["place"] = (state["place"] + 1) % len(self.rounds)
            ask()
            answer.value = said(f"Question {state['place'] + 1} stands above.")

        ask()
        buttons = [button("Show it", "Says how your guess fared, and draws it", show, main=True)]
        if len(self.rounds) > 1:
            buttons.append(button("Next question", "After the last, the first again", onward))
        return w.VBox([words(_HOW), card, ticks, row(*buttons), answer])


def predict_first(rounds: Sequence[Round | Mapping[str, Any]]) -> PredictFirst:
    """Return an activity: predict what each picture shows, then see it.

    Parameters
    ----------
    rounds : a `Round` for each question, or a dict of its fields

    Raises
    ------
    LessonError
        There is no question, or the right answer is none of those to choose from.

    Examples
    --------
    >>> from pcqa_teach.lessons import exercise_chart
    >>> activity = predict_first([dict(
    ...     ask="Up or down?", choices={"A": "Up", "B": "Down"}, right="A",
    ...     because="Each dot is higher.",
    ...     picture=lambda: exercise_chart([1, 2], title="T", name="t", unit="calls", lines={}))])
    >>> activity.judged(0, "B")
    'You expected: down. What happens: up. Each dot is higher.'
    """
    made = tuple(one if isinstance(one, Round) else Round(**one) for one in rounds)
    if not made:
        raise LessonError("There is nothing to predict yet: give at least one question.")
    for one in made:
        if one.right not in one.choices:
            raise LessonError(
                f"'{one.right}' is none of the answers to '{one.ask}': name one of "
                f"{', '.join(one.choices)}."
            )
    return PredictFirst(made)

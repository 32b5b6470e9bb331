"""A default, and the reasons for departing from it: sort them, then see what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words
from pcqa_teach.widgets.numbers import read_numbers

if TYPE_CHECKING:
    from pcqa_teach.juran.control import SharedBaseline

BLANK = "blank"
CHOICES: dict[str, str] = {
    "person": "the person: what he or she needs or wants",
    "us": "us: how one of us likes to work",
    "system": "the system: no slot, a template, a machine",
    BLANK: "cannot tell: nothing is written",
}
_SHORT = {"person": "the person", "us": "us", "system": "the system", BLANK: "cannot tell"}
DEFAULT = "A normal result goes out by text, without an appointment"


@dataclass(frozen=True)
class Departure:
    """What was written beside a departure, and where it came from, with a word on why."""

    written: str
    source: str
    because: str


# Invented; nobody wrote these.
EXAMPLES: tuple[Departure, ...] = (
    Departure("Has no mobile: letter instead", "person", "without a telephone no text arrives."),
    Departure(
        "I like to tell people myself", "us", "it says what the clinician likes, not the person."
    ),
    Departure(
        "Asked to hear it from me, after last year", "person", "the person asked, and said why."
    ),
    Departure("Texting was down all afternoon", "system", "no clinician could have changed that."),
    Departure("Just to be on the safe side", "us", "it could be written beside anybody's name."),
    Departure(
        "Reads Bengali, not English: call with interpreter",
        "person",
        "this is what this person needs.",
    ),
    Departure("", BLANK, "no reason is written, so nothing can be learned from it."),
    Departure(
        "Result explains last week's fall: ring today",
        "person",
        "it is about this person's health.",
    ),
)


@dataclass(frozen=True)
class Departures(Activity):
    """Sort departures from a default. Make one with `baseline_and_reasons`."""

    default: str
    kept: int
    departures: tuple[Departure, ...]

    def result(self) -> SharedBaseline:
        """Return the default's record: kept, and departures by where they came from."""
        from pcqa_teach.juran import shared_baseline

        sources = ["" if one.source == BLANK else one.source for one in self.departures]
        cases = pd.DataFrame(
            {
                "kept": [True] * self.kept + [False] * len(sources),
                "source": [""] * self.kept + sources,
            }
        )
        return shared_baseline(cases, self.default)

    def expected(self, text: str) -> int:
        """Return how many departures somebody expects to come from the person.

        Raises
        ------
        PcqaError
            The text is not one whole number from 0 to the number of departures.
        """
        most = len(self.departures)
        number = read_numbers(text, fewest=0)
        if len(number) != 1 or number[0] != int(number[0]) or not 0 <= number[0] <= most:
            raise LessonError(f"Give one whole number from 0 to {most}.")
        return int(number[0])

    def judged(self, place: int, choice: str) -> str:
        """Say whether a departure, counted from 0, comes from where somebody thinks it does."""
        one = self.departures[place]
        if choice == one.source:
            return f"Yes, {_SHORT[choice]}: {one.because}"
        return f"We would say {_SHORT[one.source]}: {one.because}"

    def reveal(self, expected: int, same: int) -> tuple[str, figures.Figure, str]:
        """Return how the guess fared, the picture, and what the reasons add up to."""
        found = self.result()
        there, of = found.count("person"), len(self.departures)
        guess = (
            f"You expected {expected} of {of} to come from the person, and so it is."
            if expected == there
            else f"You expected {expected} of {of} to come from the person; it is {there}."
        )
        agreed = f"You sorted {same} of {of} as we did."
        return f"{guess} {agreed}", found.figure(), found.explain()

    def preface(self) -> Sequence[Any]:
        """Return the default and its departures, to sort before looking on."""
        frame = pd.DataFrame(
            {
                "Departure": range(1, len(self.departures) + 1),
                "What was written": [_written(one) for one in self.departures],
            }
        )
        told = Words(
            f"The default: {self.default}. It was kept {self.kept} times, and departed from "
            f"{len(self.departures)} times. In a live notebook you sort the departures one by one. "
            "On this page, say of each whether it comes from the person, from us or from the "
            "system, or whether nobody can tell, before you look on."
        )
        return told, figures.Table(frame, "Where does each departure come from?")

    def static(self) -> list[figures.Figure]:
        """Return what the departures add up to."""
        return [self.result().figure()]

    def panel(self) -> Any:
        """Return the live panel: a guess, the departures one by one, what they add up to."""
        import ipywidgets as w

        state = {"place": 0, "same": 0, "expected": -1}
        of = len(self.departures)
        guess = w.Text(
            value="",
            description=f"How many of the {of} will come from the person?",
            tooltip=f"A whole number from 0 to {of}",
            style={"description_width": "initial"},
            layout=w.Layout(width="32em"),
        )
        card, answer = w.HTML(value=self._card(0)), w.HTML(value=said(""))
        boxes = one_of(CHOICES)

        def show() -> None:
            """Answer for the departure on the card; after the last, for all of them."""
            if state["place"] >= of:
                return
            choice = ticked(boxes)
            try:
                if state["expected"] < 0:
                    state["expected"] = self.expected(guess.value)
            except PcqaError as error:
                answer.value = said(f"First your guess. {error}")
                return
            if not choice:
                answer.value = said("Tick where it comes from: a guess is enough.")
                return
            place = state["place"]
            state["same"] += choice == self.departures[place].source
            state["place"] = place + 1
            boxes[choice].value = False
            told = f"Departure {place + 1}. {self.judged(place, choice)}"
            if state["place"] < of:
                card.value, answer.value = self._card(state["place"]), said(told)
                return
            card.value = paragraphs("All are sorted.")
            compared, picture, explained = self.reveal(state["expected"], state["same"])
            answer.value = f"{said(f'{told} {compared}')}{picture._repr_html_()}" + paragraphs(
                explained
            )

        def again() -> None:
            state.update(place=0, same=0, expected=-1)
            guess.value, card.value, answer.value = "", self._card(0), said("From the beginning.")

        return w.VBox(
            [
                words(
                    f"The default: {self.default}. It was kept {self.kept} times, and departed "
                    f"from {of} times. Guess first. Then tick where each departure comes from. "
                    "With the keyboard, Tab moves on and Space ticks or presses."
                ),
                guess,
                card,
                w.VBox(list(boxes.values())),
                row(
                    button("This is where it comes from", "Answers, and goes on", show, main=True),
                    button("Begin again", "Back to the first departure", again),
                ),
                answer,
            ]
        )

    def _card(self, place: int) -> str:
        written = _written(self.departures[place])
        return said(f"Departure {place + 1} of {len(self.departures)}: {written}")


def baseline_and_reasons(
    default: str = DEFAULT,
    *,
    kept: int = 22,
    departures: Sequence[Departure] = EXAMPLES,
) -> Departures:
    """Return an activity: guess, sort the departures from a default, see what they add up to.

    Parameters
    ----------
    default : what was agreed
    kept : how often it was kept
    departures : what was written each time that it was not; else eight invented ones

    Examples
    --------
    >>> activity = baseline_and_reasons()
    >>> activity.judged(1, "person")
    'We would say us: it says what the clinician likes, not the person.'
    >>> activity.reveal(4, 8)[0]
    'You expected 4 of 8 to come from the person, and so it is. You sorted 8 of 8 as we did.'
    """
    if not departures:
        raise LessonError("There are no departures to sort: give at least one.")
    unknown = [one for one in departures if one.source not in CHOICES]
    if unknown:
        raise LessonError(
            "A departure comes from none of person, us, system and blank: write one of them."
        )
    return Departures(default, kept, tuple(departures))


def _written(one: Departure) -> str:
    return f"“{one.written}”" if one.written else "(nothing is written)"

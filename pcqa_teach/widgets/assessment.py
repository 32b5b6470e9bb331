"""Design a compact failure-demand assessment, say what it will find, and see how far off it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.widgets.base import Activity, Words
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words
from pcqa_teach.widgets.stepper import Stepper

TRUTH = 0.22
# Contacts a week by channel, and the share of each that is failure demand: invented, 22% together.
WEEK = {"Telephone": 780, "Online form": 300, "Front desk": 140, "Email": 40}
SHARES = {"Telephone": 0.2266, "Online form": 0.1495, "Front desk": 0.3325, "Email": 0.2266}
WHERE = {"desk": "the front desk alone", "phone": "the telephone alone", "all": "every channel"}
WHEN = {"monday": "Monday morning", "week": "five whole days"}
CODERS = {"one": "one, by feeling", "two": "two, with a written frame"}
SIZES = (60, 150, 300)
_MONDAY = 0.8  # on a Monday morning more of the asks are new (our own invention)
_ALONE = 1.3  # one coder without a frame hears it in more of them (our own invention)
_NOTE, _CODE = 1.0, 0.5  # minutes to note a contact, and for each coder to code it (ours)
GUESSES = {"yes": "Yes, the true share will lie inside it", "no": "No, it will miss it"}
STATES = (
    ("desk", "monday", 60, "one"),
    ("desk", "week", 300, "two"),
    ("all", "week", 60, "two"),
    ("all", "week", 300, "one"),
    ("all", "week", 300, "two"),
)
_HOW = (
    "In this invented practice 22 of 100 contacts are failure demand, and nobody there knows it. "
    "Choose where, when, how many and who codes. Then tick whether the interval of your assessment "
    "will hold the true share, and press Run the assessment. With the keyboard, Tab moves on and "
    "Space ticks or presses."
)


@dataclass(frozen=True)
class Found:
    """What an assessment finds: of `n` contacts, `count`; its interval in per cent; its hours."""

    design: tuple[str, str, int, str]
    n: int
    count: int
    share: float
    lower: float
    upper: float
    hours: float

    @property
    def holds(self) -> bool:
        """Whether the interval holds the true share."""
        return self.lower <= 100 * TRUTH <= self.upper

    @property
    def width(self) -> float:
        """How wide the interval is, in percentage points."""
        return self.upper - self.lower


@dataclass(frozen=True)
class AssessmentBoard(Activity):
    """A practice whose true share is known, and a design to choose. See `assessment_board`."""

    def run(self, where: str, when: str, size: int, coders: str) -> Found:
        """Return what that design finds when chance plays no trick.

        Raises
        ------
        LessonError
            The board has no such choice.
        """
        from pcqa_teach.variation import wilson

        known = where in WHERE and when in WHEN and coders in CODERS and size in SIZES
        if not known:
            raise LessonError("Choose where, when, how many and who from the board.")
        share = _heard(where) * (_MONDAY if when == "monday" else 1.0)
        share *= _ALONE if coders == "one" else 1.0
        count = round(size * share)
        [found] = wilson(count, size).to_dict("records")
        people = 2 if coders == "two" else 1
        return Found(
            (where, when, size, coders), size, count,
            100 * found["share"], 100 * found["lower"], 100 * found["upper"],
            size * (_NOTE + _CODE * people) / 60,
        )  # fmt: skip

    def told(self, found: Found) -> str:
        """Say what was found, for how much work, and what pulls it away from the truth."""
        where, when, _, coders = found.design
        lines = [
            f"Found: {found.count} of {found.n}, {found.share:.0f}%, interval {found.lower:.0f}% "
            f"to {found.upper:.0f}%. The true share is {100 * TRUTH:.0f}%, which lies "
            f"{'inside' if found.holds else 'outside'} it. Work: about {found.hours:.0f} hours."
        ]
        if where != "all":
            door = {"desk": "33 of 100 at the desk", "phone": "23 of 100 by telephone"}[where]
            lines.append(f"One door leans: here {door}, and 15 of 100 by online form.")
        if when == "monday":
            lines.append("On a Monday morning more of the asks are new: the share is lower then.")
        if coders == "one":
            lines.append("One coder without a frame hears more than two who wrote down theirs.")
        if when == "monday" and coders == "one" and found.holds:
            lines.append("Two leans pull against each other and nearly cancel: that is luck.")
        if found.width > 15:
            lines.append("The interval is so wide that hardly any decision follows from it.")
        elif found.holds and found.design == STATES[-1]:
            lines.append("Every door, whole days, enough of them, a written frame: this one holds.")
        return " ".join(lines)

    def picture(self, designs: Sequence[tuple[str, str, int, str]]) -> figures.Figure:
        """Return a row with its interval for each design, and the true share."""
        from pcqa_teach.widgets.assessment_draw import board

        return board(self, [self.run(*one) for one in designs])

    def reveal(
        self, where: str, when: str, size: int, coders: str, expected: str
    ) -> tuple[str, figures.Figure]:
        """Return how an expectation fared, and the picture, beside the fullest design.

        Raises
        ------
        LessonError
            Nothing was chosen or expected; the message says what to do.
        """
        if not (where and when and coders):
            raise LessonError("First choose where, when and who codes.")
        if expected not in GUESSES:
            raise LessonError("First tick whether the interval will hold the true share.")
        found = self.run(where, when, size, coders)
        fared = (
            "So you expected" if found.holds == (expected == "yes") else "You expected otherwise"
        )
        designs = list(dict.fromkeys([found.design, STATES[-1]]))
        return f"{self.told(found)}\n\n{fared}.", self.picture(designs)

    def preface(self) -> Sequence[Any]:
        """Return the designs of the static picture, to predict from before looking on."""
        frame = pd.DataFrame(
            {
                "": [f"Design {letter}" for letter in "ABCDE"],
                "Where": [WHERE[one[0]] for one in STATES],
                "When": [WHEN[one[1]] for one in STATES],
                "Contacts": [one[2] for one in STATES],
                "Who codes": [CODERS[one[3]] for one in STATES],
            }
        )
        ask = Words(
            "In a live notebook you choose the design here. On this page: the true share of this "
            "invented practice is 22%. Write down which of the five designs will have an interval "
            "that holds it, and which you would choose. Then look at the picture."
        )
        return ask, figures.Table(frame, "Five designs of one assessment (all invented)")

    def static(self) -> list[figures.Figure]:
        """Return one picture with a row for each of the five designs."""
        return [self.picture(STATES)]

    def panel(self) -> Any:
        """Return the live panel: where, when, how many, who; whether it will hold; run."""
        import ipywidgets as w

        where, when, coders = one_of(WHERE), one_of(WHEN), one_of(CODERS)
        size = Stepper("Contacts to note", SIZES, SIZES[0], str, "Fewer contacts", "More contacts")
        guess = one_of(GUESSES)
        answer = w.HTML(value=said("Nothing is assessed yet."))

        def show() -> None:
            try:
                told, picture = self.reveal(
                    ticked(where), ticked(when), size.value, ticked(coders), ticked(guess)
                )
            except PcqaError as error:
                answer.value = said(str(error))
                return
            answer.value = f"{said(told)}{picture._repr_html_()}"

        return w.VBox(
            [
                words(_HOW),
                words("Where"),
                w.VBox(list(where.values())),
                words("When"),
                w.VBox(list(when.values())),
                size.widget(),
                words("Who codes"),
                w.VBox(list(coders.values())),
                words("Will the interval hold the true share?"),
                w.VBox(list(guess.values())),
                row(button("Run the assessment", "Says what that design finds", show, main=True)),
                answer,
            ]
        )


def assessment_board() -> AssessmentBoard:
    """Return an activity: design an assessment of a practice whose true share is known.

    Every number in it is invented; chance plays no trick, so that what is off is the design's.

    Examples
    --------
    >>> found = assessment_board().run("all", "week", 300, "two")
    >>> found.count, round(found.lower), round(found.upper), found.holds
    (66, 18, 27, True)
    >>> assessment_board().run("desk", "week", 300, "two").holds
    False
    """
    return AssessmentBoard()


def _heard(where: str) -> float:
    """Give the share of failure demand behind those doors."""
    if where == "all":
        return sum(WEEK[name] * SHARES[name] for name in WEEK) / sum(WEEK.values())
    return SHARES["Front desk" if where == "desk" else "Telephone"]

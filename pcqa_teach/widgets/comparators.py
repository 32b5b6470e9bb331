"""Choose what a practice that changed something is set beside, and see what is left of its fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.widgets.base import Activity, Words
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words
from pcqa_teach.widgets.numbers import read_numbers

if TYPE_CHECKING:
    from pcqa_teach.juran.impact import DiffInDiff

CHANGED = "Practice P"
START = 13
WEEKS = 24
TITLE = "Urgent asks"
UNIT = "a week per 1,000 patients"
PLANTED = -6.0
_SHARED = -4.0  # what the spring did to every practice
_SEED = 5
_HOW = (
    "Practice P had 60 urgent asks a week per 1,000 patients in the twelve weeks before it changed "
    "how asks are taken, and 50 in the twelve weeks after. Tick what you would set it beside. Then "
    "write how much of the fall of 10 you expect to be left as the change's own, as a number, and "
    "press Compare. With the keyboard, Tab moves on and Space ticks or presses."
)


@dataclass(frozen=True)
class Comparator:
    """Something to set a practice beside: what it is, its own course, and what it can tell."""

    name: str
    words: str
    verdict: str
    before: float
    after: float
    drift: float = 0.0  # from the first week to the twelfth
    bump: float = 0.0  # in the last four weeks before the change


COMPARATORS = {
    "itself": Comparator(
        "P itself, before", "Practice P itself, in the twelve weeks before",
        "That takes everything that happened since January to be the work of the change: the "
        "spring, a milder virus, luck. It is the comparison that newsletters use.", 60.0, 60.0,
    ),
    "alike": Comparator(
        "Three alike", "three practices like it that changed nothing, chosen beforehand",
        "They had the same spring and no change, and had moved alike before. That answers the "
        "question, as far as anything can. What P alone met in those weeks, it cannot take off.",
        58.0, 54.0,
    ),
    "worst": Comparator(
        "The worst-off", "the practice that had most asks in the last weeks before the change",
        "It was chosen at its worst, and came back to its usual by itself: regression to the mean, "
        "this time in the comparison. Beside it even a good change looks like nothing.",
        64.0, 54.0, bump=12.0,
    ),
    "next_door": Comparator(
        "Next door", "the practice next door, which began the same change in the same week",
        "It had the change too. Two practices that both got better look as if neither had: the "
        "difference is nought, whatever the change did.", 59.0, 49.0,
    ),
    "drifting": Comparator(
        "The shrinking one", "a practice whose asks had been falling since the autumn",
        "It had been falling before, and would have gone on. The two did not move alike "
        "beforehand, so nobody can say how they would have moved afterwards.", 62.0, 54.0,
        drift=-8.0,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class PickComparator(Activity):
    """One practice that changed something, five things to set it beside. See `pick_comparator`."""

    def series(self, choice: str) -> pd.DataFrame:
        """Return the weeks of Practice P and of what it is set beside: week, who, value."""
        chosen = COMPARATORS[choice]
        own = _course(CHANGED, 60.0, 60.0 + _SHARED + PLANTED)
        other = _course(chosen.name, chosen.before, chosen.after, chosen.drift, chosen.bump)
        return pd.concat([own, other], ignore_index=True)

    def found(self, choice: str) -> DiffInDiff:
        """Return the change in Practice P less that of what it is set beside."""
        from pcqa_teach import juran

        return juran.diff_in_diff(
            self.series(choice), "week", "value", "who", START, treated=CHANGED,
            title=TITLE, unit=UNIT,
        )  # fmt: skip

    def left(self, choice: str) -> float:
        """Return what is left of the fall beside that comparison, asks a week per 1,000."""
        return round(float(self.found(choice).effect["estimate"]), 6)

    def told(self, choice: str) -> str:
        """Say what was seen, what the comparison did meanwhile, and what is left."""
        chosen = COMPARATORS[choice]
        moved = chosen.after - chosen.before
        beside = (
            "Nothing is taken off"
            if choice == "itself"
            else f"{chosen.name} went from {chosen.before:g} to {chosen.after:g} meanwhile, "
            f"{_signed(moved)}"
        )
        return (
            f"Practice P went from 60 to 50, {_signed(-10)}. {beside}. "
            f"Left as the change's own: {_signed(self.left(choice))}."
        )

    def picture(self, choice: str) -> figures.Figure:
        """Return both courses, and where P would have gone had it moved as the other did."""
        from pcqa_teach.widgets.comparators_draw import courses

        return courses(self, choice)

    def reveal(self, choice: str, text: str) -> tuple[str, figures.Figure]:
        """Return how an expectation fared, what the comparison can tell, and the picture.

        Raises
        ------
        LessonError
            Nothing was chosen, or the text holds no number; the message says what to do.
        """
        if choice not in COMPARATORS:
            raise LessonError("First tick what you would set Practice P beside.")
        try:
            [guess] = read_numbers(text, fewest=1, most=1)
        except LessonError:
            raise LessonError(
                "First write how much of the fall you expect to be left: a number such as 8."
            ) from None
        fall = -self.left(choice)
        fared = (
            "as you expected"
            if abs(abs(guess) - fall) <= 1
            else f"and you expected {abs(guess):g}"
        )  # fmt: skip
        chosen = COMPARATORS[choice]
        rest = f"That is a fall of {fall:g}" if fall else "Nothing is left of the fall"
        lines = [f"{self.told(choice)} {rest}, {fared}.", chosen.verdict]
        if choice == "alike":
            lines.append("We planted a fall of 6 by the change, and 4 by the spring.")
        return "\n\n".join(lines), self.picture(choice)

    def preface(self) -> Sequence[Any]:
        """Return the five comparisons, to choose from before looking on."""
        frame = pd.DataFrame(
            {"": list("ABCDE"), "Practice P could be set beside": [
                one.words[:1].upper() + one.words[1:] for one in COMPARATORS.values()
            ]}
        )  # fmt: skip
        ask = Words(
            "In a live notebook you choose here. On this page: Practice P had 60 urgent asks a "
            "week per 1,000 patients before it changed how asks are taken, and 50 after. Choose "
            "one of the five on paper, with how much of the fall of 10 you expect to be left. "
            "Then look at the pictures, which come in the same order."
        )
        return ask, figures.Table(frame, "Choose before you look on (all invented)")

    def static(self) -> list[figures.Figure]:
        """Return a picture for each comparison, with what it can tell."""
        return [self.picture(choice) for choice in COMPARATORS]

    def panel(self) -> Any:
        """Return the live panel: what to set it beside, how much will be left, compare."""
        import ipywidgets as w

        choices = one_of({name: one.words for name, one in COMPARATORS.items()})
        guess = w.Text(
            description="Of the fall of 10, left:",
            tooltip="A number, such as 8",
            style={"description_width": "initial"},
        )
        answer = w.HTML(value=said("Nothing is drawn yet."))

        def show() -> None:
            try:
                told, picture = self.reveal(ticked(choices), guess.value)
            except PcqaError as error:
                answer.value = said(str(error))
                return
            answer.value = f"{said(told)}{picture._repr_html_()}"

        return w.VBox(
            [
                words(_HOW),
                w.VBox(list(choices.values())),
                guess,
                row(button("Compare", "Draws both and says what is left", show, main=True)),
                answer,
            ]
        )


def pick_comparator() -> PickComparator:
    """Return an activity: choose what a practice is set beside, and see what is left of its fall.

    Every number in it is invented: a fall of 6 by the change and one of 4 by the spring.

    Examples
    --------
    >>> activity = pick_comparator()
    >>> [activity.left(choice) for choice in ("itself", "alike", "worst", "next_door")]
    [-10.0, -6.0, 0.0, 0.0]
    """
    return PickComparator()


def _signed(value: float) -> str:
    """Say a difference with its sign; nought without one."""
    return f"{value:+g}" if round(value, 6) else "no change"


def _course(
    name: str, before: float, after: float, drift: float = 0.0, bump: float = 0.0
) -> pd.DataFrame:
    """Make 24 weeks whose two halves have exactly these means."""
    weeks = np.arange(1, WEEKS + 1)
    flat = name == COMPARATORS["itself"].name
    seed = _SEED + sum(map(ord, name))
    noise = np.zeros(WEEKS) if flat else np.random.default_rng(seed).normal(0, 1.3, WEEKS)
    early = weeks < START
    lean = np.where(early, drift * (weeks - 6.5) / 11, drift * (weeks - 18.5) / 22)
    noise += lean + np.where((weeks > START - 5) & early, bump, 0.0)
    for half, mean in ((early, before), (~early, after)):
        noise[half] += mean - noise[half].mean()
    return pd.DataFrame({"week": weeks, "who": name, "value": np.round(noise, 9)})

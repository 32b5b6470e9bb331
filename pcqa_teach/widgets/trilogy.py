"""Put spikes right, or change the process: predict what becomes of the level, then see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from pcqa_teach import figures
from pcqa_teach.errors import PcqaError
from pcqa_teach.sayings import counted
from pcqa_teach.widgets.base import Activity, Words
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words

if TYPE_CHECKING:
    from pcqa_teach.juran.control import Trilogy

LEVELS = (10, 15, 20, 25, 30)
MOST_SPIKES = 4
EXPECT: dict[str, str] = {
    "falls": "the ordinary weeks fall a good deal",
    "little": "the ordinary weeks fall a little",
    "same": "the ordinary weeks stay where they are",
}
_HAPPENS = {"control": "same", "improvement": "falls"}
_HOW = (
    "The picture shows a year of rework in an invented practice. Make it what you like: more or "
    "less of it every week, more or fewer bad weeks. Say what you expect. Then let the practice "
    "do one of two things. With the keyboard, Tab moves on and Space ticks or presses."
)


@dataclass(frozen=True)
class ChronicAndSporadic(Activity):
    """A year of rework, and two things to do about it. Make one with `chronic_and_sporadic`."""

    chronic: int
    spikes: int
    new: int

    def year(self, chronic: int, spikes: int, new: int | None = None) -> Trilogy:
        """Return the year: so many hours in an ordinary week, so many spikes, a new level or none.

        Raises
        ------
        DataError
            A level or the number of spikes is beyond what the picture can show.
        """
        from pcqa_teach.juran import trilogy_illustration

        return trilogy_illustration(chronic, new, spikes)

    def as_it_is(self, chronic: int, spikes: int) -> figures.Figure:
        """Return the year's weeks without a word on what they mean."""
        from pcqa_teach.lessons import exercise_chart

        year = self.year(chronic, spikes)
        hours = year.chart.points["y"].round(1).tolist()
        return exercise_chart(
            hours,
            title="A year of rework, week by week (invented)",
            name="trilogy-as-it-is",
            unit="hours a week",
            lines={"Ordinary weeks": float(year.zones["centre"].iloc[0])},
            labels=["" if week % 4 else str(week) for week in range(1, len(hours) + 1)],
            span=(0, 1.1 * max(hours)),
        )

    def reveal(
        self, action: str, expected: str, chronic: int, spikes: int
    ) -> tuple[str, figures.Figure]:
        """Return how the expectation fared, with the hours of the year, and the picture.

        Parameters
        ----------
        action : "control" puts every spike right and keeps it away; "improvement" changes the
            process and leaves the spikes
        expected : a name of `EXPECT`
        chronic, spikes : of the year before

        Raises
        ------
        DataError
            A level or the number of spikes is beyond what the picture can show.
        """
        before = self.year(chronic, spikes)
        level = float(before.zones["centre"].iloc[0])
        if action == "control":
            after = self.year(chronic, 0)
            what = f"The level stays at {level:.0f} hours a week: {_hours(before)}"
        else:
            after = self.year(chronic, spikes, self.new)
            low = float(after.zones["centre"].iloc[-1])
            what = (
                f"The level falls from {level:.0f} to {low:.0f} hours a week, and that is won anew "
                f"every week. {_left(spikes)}"
            )
        came = "That is what happens." if expected == _HAPPENS[action] else "Look again."
        return f"You expected that {EXPECT[expected]}. {came} {what}", after.figure()

    def preface(self) -> Sequence[Any]:
        """Return the question to answer before looking on."""
        return (
            Words(
                "In a live notebook you can change this year of rework yourself. On this page, say "
                "what you expect before you look on. The first picture shows the year as it is. In "
                "the second the practice puts every spike right and keeps it away: what becomes of "
                "the ordinary weeks? In the third it changes the process instead."
            ),
        )

    def static(self) -> list[figures.Figure]:
        """Return the year as it is, with every spike put right, and with the process changed."""
        right = self.year(self.chronic, 0)
        chart = replace(right.chart, title=f"{right.chart.title}, every spike put right")
        right = replace(right, chart=chart)
        changed = self.year(self.chronic, self.spikes, self.new)
        return [
            self.as_it_is(self.chronic, self.spikes),
            replace(right.figure(), name="trilogy-every-spike-put-right"),
            replace(changed.figure(), name="trilogy-process-changed"),
        ]

    def panel(self) -> Any:
        """Return the live panel: the year, what you expect, two things to do, the answer."""
        import ipywidgets as w

        now = {"chronic": self.chronic, "spikes": self.spikes}
        year, answer = w.HTML(), w.HTML(value=said("Nothing has been done yet."))

        def draw() -> None:
            chronic, spikes = now["chronic"], now["spikes"]
            what = counted(spikes, "spike") if spikes else "no spike"
            sentence = f"{chronic} hours in an ordinary week, {what}."
            year.value = _shown(sentence, self.as_it_is(chronic, spikes))

        def step(name: str, by: int) -> None:
            now.update(_stepped(name, now[name], by))
            draw()

        def act(action: str) -> None:
            answer.value = self._answer(action, ticked(choices), now["chronic"], now["spikes"])

        steps = row(
            button("Less every week", "Lowers the level", partial(step, "chronic", -1)),
            button("More every week", "Raises the level", partial(step, "chronic", 1)),
            button("Fewer spikes", "Takes a spike away", partial(step, "spikes", -1)),
            button("More spikes", "Adds a spike", partial(step, "spikes", 1)),
        )
        choices = one_of(EXPECT)
        acts = row(
            button(
                "Put every spike right", "Control: no spike comes back",
                partial(act, "control"), main=True,
            ),
            button(
                "Change the process", "Improvement: causes found and taken away",
                partial(act, "improvement"), main=True,
            ),
        )  # fmt: skip
        draw()
        ask = words("The practice does one of the two things below. What do you expect?")
        return w.VBox([words(_HOW), steps, year, ask, w.VBox(list(choices.values())), acts, answer])

    def _answer(self, action: str, expected: str, chronic: int, spikes: int) -> str:
        if not expected:
            return said("First say what you expect: a guess is enough.")
        try:
            return _shown(*self.reveal(action, expected, chronic, spikes))
        except PcqaError as error:
            return said(str(error))


def chronic_and_sporadic(chronic: int = 20, spikes: int = 3, *, new: int = 8) -> ChronicAndSporadic:
    """Return an activity: predict what control and improvement do to a year of rework.

    Parameters
    ----------
    chronic, spikes : hours in an ordinary week (10, 15, 20, 25 or 30), and spikes, at first
    new : the level that a changed process reaches

    Examples
    --------
    >>> activity = chronic_and_sporadic()
    >>> activity.reveal("control", "same", 20, 3)[0].startswith(
    ...     "You expected that the ordinary weeks stay where they are. That is what happens."
    ... )
    True
    """
    return ChronicAndSporadic(chronic, spikes, new)


def _stepped(name: str, value: int, by: int) -> dict[str, int]:
    """Go one step up or down, and no further than the last one.

    >>> _stepped("chronic", 20, 1), _stepped("chronic", 30, 1), _stepped("spikes", 0, -1)
    ({'chronic': 25}, {'chronic': 30}, {'spikes': 0})
    """
    if name == "spikes":
        return {name: min(max(value + by, 0), MOST_SPIKES)}
    place = min(range(len(LEVELS)), key=lambda one: abs(LEVELS[one] - value))
    return {name: LEVELS[min(max(place + by, 0), len(LEVELS) - 1)]}


def _hours(year: Trilogy) -> str:
    """Say how many of the year's hours belong to the spikes."""
    every = float(year.chart.points["y"].sum())
    extra = float((year.spikes["y"] - year.zones["centre"].iloc[0]).sum())
    if not len(year.spikes):
        return f"there was no spike to put right, and the year still lost {every:,.0f} hours."
    return (
        f"of the {every:,.0f} hours that this year lost, the spikes account for {extra:.0f}. "
        "All others belong to the process as it was planned. (The sizes are invented; count yours.)"
    )


def _left(spikes: int) -> str:
    if spikes == 0:
        return "There is no spike here; when one comes, it still needs control."
    return "The spikes are no smaller: each still has to be put right. A practice needs both."


def _shown(sentence: str, picture: figures.Figure) -> str:
    return f"{said(sentence)}{picture._repr_html_()}"

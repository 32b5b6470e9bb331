"""Say how many practices lie outside, then draw the funnel plot: chance alone, or more allowed for.

A funnel plot compares units of different size; it has nothing to do with the funnel experiment, in
which marbles are dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.widgets.base import Activity, Words
from pcqa_teach.widgets.controls import button, row, said, words
from pcqa_teach.widgets.numbers import read_numbers

if TYPE_CHECKING:
    from pcqa_teach.variation import Funnel

LINES = {"none": "Chance alone", "additive": "Ordinary differences allowed for"}
_WEEK = "2024-06-24"
_LIMIT = 0.002  # of the units lie outside the 99.8% limits if chance is all
_HOW = (
    "Choose the figures, and say how many of the practices will lie outside the outer lines (the "
    "99.8% limits). Then choose the lines. With the keyboard, Tab moves on and Space presses."
)


@dataclass(frozen=True)
class NaiveOrAdditive(Activity):
    """A funnel plot with one pair of lines or the other. Make one with `naive_or_additive`."""

    sets: Mapping[str, pd.DataFrame]
    numerator: str
    denominator: str
    unit: str
    title: str
    measure: str

    def funnel(self, name: str, lines: str) -> Funnel:
        """Return the funnel plot of one set: lines "none" (chance alone) or "additive"."""
        from pcqa_teach import variation

        if name not in self.sets:
            raise LessonError(f"There are no figures '{name}': choose {', '.join(self.sets)}.")
        return variation.funnel(
            self.sets[name],
            numerator=self.numerator,
            denominator=self.denominator,
            unit=self.unit,
            overdispersion=lines,
            title=f"{self.title}, {name}",
            measure=self.measure,
        )

    def reveal(self, name: str, lines: str, expected: str) -> tuple[str, figures.Figure]:
        """Return how the expectation fared with what the lines mean, and the picture.

        Raises
        ------
        PcqaError
            The expectation is no number of practices; the message says what to do.
        """
        made = self.funnel(name, lines)
        units, outside = _counted(made)
        guess = _guess(expected, units)
        fared = f"You expected {guess:,} of {units:,} outside; {_lie(outside)}."
        return f"{fared} {_meaning(made, lines)}", self._picture(made, name, lines)

    def preface(self) -> Sequence[Any]:
        """Return what each picture holds, to predict from before looking on."""
        frame = pd.DataFrame(
            {
                "Figures": list(self.sets),
                "Practices": [len(frame) for frame in self.sets.values()],
                "Appointments of the smallest": [
                    int(frame[self.denominator].min()) for frame in self.sets.values()
                ],
                "Of the largest": [
                    int(frame[self.denominator].max()) for frame in self.sets.values()
                ],
            }
        )
        told = Words(
            "In a live notebook you choose the figures and the lines yourself. On this page, write "
            "down how many practices you expect outside the outer lines (the 99.8% limits) of each "
            "picture: by chance alone, and with ordinary differences allowed for."
        )
        return told, figures.Table(frame, "Say how many you expect before you look on")

    def static(self) -> list[figures.Figure]:
        """Return a picture of every set with either pair of lines."""
        return [
            self._picture(self.funnel(name, lines), name, lines)
            for name in self.sets
            for lines in LINES
        ]

    def panel(self) -> Any:
        """Return the live panel: which figures, how many you expect, which lines, answer."""
        import ipywidgets as w

        chosen = [next(iter(self.sets))]
        now = w.HTML(value=said(self._now(chosen[0])))
        expected = w.Text(
            value="",
            description="I expect outside",
            tooltip="How many practices, as a number",
            style={"description_width": "initial"},
            layout=w.Layout(width="14em"),
        )
        answer = w.HTML(value=said("Nothing is drawn yet."))

        def pick(name: str) -> None:
            chosen[0] = name
            now.value = said(self._now(name))
            answer.value = said("Nothing is drawn yet.")

        def show(lines: str) -> None:
            answer.value = self._answer(chosen[0], lines, expected.value)

        which = [
            button(name[:1].upper() + name[1:], "Takes these figures", partial(pick, name))
            for name in self.sets
        ]
        draw = [
            button(told, "Draws the funnel plot with these lines", partial(show, lines), main=True)
            for lines, told in LINES.items()
        ]
        return w.VBox([words(_HOW), row(*which), now, expected, row(*draw), answer])

    def _now(self, name: str) -> str:
        sizes = self.sets[name][self.denominator]
        return (
            f"Now: {name}; {len(sizes):,} practices with {int(sizes.min()):,} to "
            f"{int(sizes.max()):,} appointments each."
        )

    def _picture(self, made: Funnel, name: str, lines: str) -> figures.Figure:
        return replace(made.figure(), name=f"{name} {lines}".lower().replace(" ", "-"))

    def _answer(self, name: str, lines: str, expected: str) -> str:
        try:
            told, picture = self.reveal(name, lines, expected)
        except PcqaError as error:
            return said(str(error))
        return f"{said(told)}{picture._repr_html_()}"


def naive_or_additive(
    sets: Mapping[str, pd.DataFrame] | None = None,
    *,
    numerator: str = "dna",
    denominator: str = "appointments",
    unit: str = "practice",
    title: str = "Missed appointments",
    measure: str = "Missed, of all appointments",
) -> NaiveOrAdditive:
    """Return an activity: predict how many lie outside, then see it with either pair of lines.

    Parameters
    ----------
    sets : dict of DataFrame, optional, by name; None: one week of 24 invented practices and one
        year of 200
    numerator, denominator, unit : names of their columns
    title, measure : what is counted, and what the value is

    Examples
    --------
    >>> activity = naive_or_additive()
    >>> activity.reveal("one year", "none", "10")[0]
    'You expected 10 of 200 outside; 176 are. If chance were all, 2 in 1,000 would be: fewer than \
one of 200. So chance is not all: here practices differ in their patients, their ways of working \
and their ways of counting too.'
    """
    shown = _invented() if sets is None else dict(sets)
    return NaiveOrAdditive(shown, numerator, denominator, unit, title, measure)


def _invented() -> dict[str, pd.DataFrame]:
    from pcqa_teach.data import load_demo

    weeks = load_demo("network_weekly")
    week = weeks[weeks["week"] == _WEEK].reset_index(drop=True)
    return {"one week": week, "one year": load_demo("funnel_practices")}


def _counted(made: Funnel) -> tuple[int, int]:
    """Return how many units there are, and how many lie outside the lines that are drawn."""
    return len(made.points), int(made.points["adjusted_outside998"].sum())


def _guess(expected: str, units: int) -> int:
    if not expected.strip():
        raise LessonError("First say how many practices you expect outside: a guess is enough.")
    (guess,) = read_numbers(expected, fewest=1, most=1)
    if guess != int(guess) or not 0 <= guess <= units:
        raise LessonError(f"Give a whole number of practices, from 0 to {units}.")
    return int(guess)


def _meaning(made: Funnel, lines: str) -> str:
    units, outside = _counted(made)
    if lines == "additive":
        spread = 100 * made.tau_value
        return (
            f"These lines allow for an ordinary spread of about {spread:.1f} percentage points "
            "between practices, whatever it comes from. Whoever is outside is a question to ask "
            "first; whoever is inside is not thereby as good as can be."
        )
    few = _LIMIT * units
    told = "fewer than one" if few < 1 else f"about {few:.0f}"
    by_chance = f"If chance were all, 2 in 1,000 would be: {told} of {units:,}."
    if outside <= 1:
        return f"{by_chance} So chance could explain nearly all of this."
    return (
        f"{by_chance} So chance is not all: here practices differ in their patients, their ways of "
        "working and their ways of counting too."
    )


def _lie(outside: int) -> str:
    return {0: "none is", 1: "1 is"}.get(outside, f"{outside:,} are")

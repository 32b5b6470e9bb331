"""Predict what a chart of your numbers will show, then see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words
from pcqa_teach.widgets.numbers import read_numbers

if TYPE_CHECKING:
    from pcqa_teach.spc import Chart

SIGNALS: dict[str, str] = {
    "outside": "a point outside a limit",
    "shift": "seven or more in a row on one side of the mean",
    "trend": "seven or more in a row rising, or falling",
    "two_of_three": "two out of three near the same limit",
}
NOTHING = "nothing special"
_HOW = (
    "Type or paste up to 60 numbers, oldest first, or start from an invented series: counts or "
    "percentages, nothing about a person. Tick what you expect. Then draw the chart. With the "
    "keyboard, Tab moves on and Space ticks or presses."
)

# Invented numbers; each shows one thing.
EXAMPLES: dict[str, tuple[float, ...]] = {
    "A usual month": (
        *(52, 47, 55, 50, 44, 53, 49, 57, 46, 51),
        *(48, 54, 45, 52, 50, 56, 47, 49, 53, 48),
    ),
    "One bad day": (
        *(52, 47, 55, 50, 44, 53, 49, 57, 46, 51),
        *(48, 54, 22, 52, 50, 56, 47, 49, 53, 48),
    ),
    "Something changed": (
        *(52, 47, 55, 50, 44, 53, 49, 57, 46, 51),
        *(48, 54, 58, 61, 57, 63, 59, 56, 62, 60),
    ),
}


@dataclass(frozen=True)
class PlotTheDots(Activity):
    """Paste numbers, say what you expect, then draw the chart. Make one with `plot_the_dots`."""

    values: tuple[float, ...]
    examples: Mapping[str, tuple[float, ...]]
    title: str
    unit: str
    improvement: str | None

    def chart(self, values: Sequence[float]) -> Chart:
        """Return the XmR chart of the numbers, in the order given."""
        from pcqa_teach import spc

        frame = pd.DataFrame({"x": range(1, len(values) + 1), "value": [*map(float, values)]})
        return spc.chart(
            frame, n=None, improvement=self.improvement, title=self.title, unit=self.unit
        )

    def reveal(self, text: str, expected: str) -> tuple[str, figures.Figure, str]:
        """Return how the expectation fared, the picture, and the chart in words.

        Raises
        ------
        PcqaError
            The text holds no numbers to draw; the message says what to do.
        """
        chart = self.chart(read_numbers(text))
        return _compare(expected, _signals(chart)), chart.figure(), chart.explain()

    def preface(self) -> Sequence[Any]:
        """Return the numbers of each state, to predict from before looking on."""
        frame = pd.DataFrame(
            {
                "Series": list(self.examples),
                "Numbers, oldest first": [_typed(values) for values in self.examples.values()],
            }
        )
        words = Words(
            "In a live notebook you can type or paste your own numbers here. On this page, look at "
            "the numbers below and say what you expect of each series before you look at its chart."
        )
        return words, figures.Table(frame, "Say what you expect before you look on")

    def static(self) -> list[figures.Figure]:
        """Return one picture for each example, its alt text naming the example."""
        pictures = []
        for name, values in self.examples.items():
            picture = replace(self, title=name).chart(values).figure()
            slug = name.lower().replace(" ", "-")
            pictures.append(replace(picture, name=f"plot-the-dots-{slug}"))
        return pictures

    def panel(self) -> Any:
        """Return the live panel: series to start from, numbers, what you expect, draw, answer."""
        import ipywidgets as w

        wide = {"description_width": "initial"}
        numbers = w.Textarea(
            value=_typed(self.values),
            description="Numbers",
            tooltip="Up to 60 numbers, oldest first; one a line, or with spaces between",
            rows=3,
            style=wide,
            layout=w.Layout(width="95%"),
        )
        starts = []
        for name, values in self.examples.items():
            fill = partial(_fill, numbers, _typed(values))
            starts.append(button(name, "Puts an invented series into the box", fill))
        choices = one_of({NOTHING: NOTHING, **SIGNALS})
        answer = w.HTML(value=said("Nothing is drawn yet."))

        def show() -> None:
            answer.value = self._answer(numbers.value, ticked(choices))

        draw = button("Draw the chart", "Draws it and says how it compares", show, main=True)
        return w.VBox(
            [
                words(_HOW),
                row(*starts),
                numbers,
                words("What do you expect?"),
                w.VBox(list(choices.values())),
                draw,
                answer,
            ]
        )

    def _answer(self, text: str, expected: str) -> str:
        if not expected:
            return said("First say what you expect: a guess is enough.")
        try:
            compared, picture, explained = self.reveal(text, expected)
        except PcqaError as error:
            return said(str(error))
        return f"{said(compared)}{picture._repr_html_()}{paragraphs(explained)}"


def plot_the_dots(
    values: Sequence[float] = (),
    *,
    examples: Mapping[str, Sequence[float]] | None = None,
    title: str = "Your numbers",
    unit: str = "",
    improvement: str | None = None,
) -> PlotTheDots:
    """Return an activity: type numbers, predict what their chart will show, then draw it.

    Parameters
    ----------
    values : sequence of numbers, optional
        What stands in the box at first; at most 60.
    examples : dict of sequences, optional
        Series to start from, by name; also the states shown in print. None: three invented ones.
    title, unit : str
        Of the chart.
    improvement : "up", "down" or None
        The direction that is good.

    Examples
    --------
    >>> activity = plot_the_dots([52, 47, 55, 50, 44, 53, 9])
    >>> activity.reveal("52 47 55 50 44 53 49 57 46 51 48 54 22 52 50", "outside")[0]
    'You expected a point outside a limit, and it is there.'
    """
    shown = EXAMPLES if examples is None else {name: tuple(v) for name, v in examples.items()}
    return PlotTheDots(tuple(values), shown, title, unit, improvement)


def _fill(numbers: Any, typed: str) -> None:
    numbers.value = typed


def _signals(chart: Chart) -> list[str]:
    return [name for name in SIGNALS if name in chart.points and chart.points[name].any()]


def _compare(expected: str, found: Sequence[str]) -> str:
    """Say how what was expected compares with what the chart shows."""
    shown = " and ".join(SIGNALS[name] for name in found)
    wanted = SIGNALS.get(expected, NOTHING)
    if expected not in SIGNALS:
        if not found:
            return "You expected nothing special, and the chart agrees: no signal."
        return f"You expected nothing special. The chart shows {shown}."
    if expected not in found:
        return f"You expected {wanted}. The chart shows {shown or 'no signal: nothing special'}."
    rest = " and ".join(SIGNALS[name] for name in found if name != expected)
    return f"You expected {wanted}, and it is there{f'; so is {rest}' if rest else ''}."


def _typed(values: Sequence[float]) -> str:
    return " ".join(f"{value:g}" for value in values)

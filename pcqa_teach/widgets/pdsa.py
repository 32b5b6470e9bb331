"""Predict what a test of change will show, in its own numbers and on the chart, then see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.arguments import day_of
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.sayings import day, plain
from pcqa_teach.widgets.base import Activity, Words
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words
from pcqa_teach.widgets.numbers import read_numbers

if TYPE_CHECKING:
    from pcqa_teach.juran.improvement import PdsaLog
    from pcqa_teach.spc import Chart

NOTHING = "nothing"
EXPECT = {
    NOTHING: "nothing that chance alone would not do",
    "outside": "a dot outside a limit",
    "shift": "seven or more dots in a row on one side of the mean",
}
_LATER = {
    "two_of_three": "two of three dots far out on one side",
    "trend": "seven in a row rising, or falling",
}
_OWN_KEYS = ("asks", "until", "taught")
_HOW = (
    "Choose a test. Write your own prediction in the box: a number, or two for from and to. Tick "
    "what you expect to see on the chart since the test. Then press Reveal. With the keyboard, Tab "
    "moves on and Space ticks or presses."
)


@dataclass(frozen=True)
class PdsaOnAChart(Activity):
    """Tests of change, and the chart they stand on. Make one with `pdsa_on_a_chart`."""

    tests: tuple[Mapping[str, Any], ...]
    series: pd.DataFrame
    baseline: int
    title: str
    unit: str
    improvement: str | None

    def log(self, upto: int) -> PdsaLog:
        """Return the log of the first `upto` tests."""
        from pcqa_teach import juran

        rows = [
            {key: value for key, value in test.items() if key not in _OWN_KEYS}
            for test in self.tests[:upto]
        ]
        return juran.pdsa_log(rows)

    def chart(self, upto: int, notes: Sequence[str] = ()) -> Chart:
        """Return the chart as it stood when test `upto` was looked at; limits from the baseline."""
        from pcqa_teach import spc

        seen = self.series[self.series["x"] <= day_of(self.tests[upto - 1]["until"], "until")]
        return spc.chart(
            seen,
            n=None,
            baseline=self.baseline,
            improvement=self.improvement,
            title=self.title,
            unit=self.unit,
            notes=list(notes),
        )

    def since(self, upto: int) -> list[str]:
        """Return the signals that the chart shows at its dots since test `upto`."""
        points = self.chart(upto).points
        new = points[points["x"] >= self._from(upto)]
        return [name for name in (*EXPECT, *_LATER) if name in new and new[name].any()]

    def picture(self, upto: int) -> figures.Figure:
        """Return the chart with a numbered flag for each test so far."""
        return replace(self.log(upto).on(self.chart(upto)), name=f"pdsa-on-a-chart-{upto}")

    def reveal(self, upto: int, text: str, expected: str) -> tuple[str, figures.Figure]:
        """Return how a prediction fared, by its own numbers and on the chart, and the picture.

        Raises
        ------
        PcqaError
            The text holds no number; the message says what to do.
        """
        low, high = _range(text)
        test = self.tests[upto - 1]
        lines = [
            f"{self._asked(upto)} You predicted {_span(low, high)}. Seen: {plain(test['value'])}, "
            f"{_fared(float(test['value']), low, high)}. Written down by the practice: "
            f"{test['prediction']}.",
            _compared(expected, self.since(upto)),
            str(test.get("taught", "")),
        ]
        return "\n\n".join(line for line in lines if line), self.picture(upto)

    def preface(self) -> Sequence[Any]:
        """Return the tests with their predictions, to predict from before looking on."""
        frame = pd.DataFrame(
            {
                "Test": [
                    f"{place}. {day(day_of(test['done_on'], 'done_on'))}"
                    for place, test in enumerate(self.tests, 1)
                ],
                "The change": [test["change"] for test in self.tests],
                "Say first": [test["asks"] for test in self.tests],
            }
        )
        ask = Words(
            "In a live notebook you write your own prediction here. On this page, go through the "
            "tests below and write yours on paper: a number for each, and whether the chart will "
            "show it. Then look at the charts, one test at a time."
        )
        return ask, figures.Table(frame, "Predict before you look on")

    def static(self) -> list[figures.Figure]:
        """Return the chart as it stood after each test, with what was seen and what it taught."""
        return [self._told(upto) for upto in range(1, len(self.tests) + 1)]

    def panel(self) -> Any:
        """Return the live panel: tests, your prediction in numbers and on the chart, reveal."""
        import ipywidgets as w

        chosen = [1]
        about = w.HTML(value=said(self._about(1)))
        guess = w.Text(
            description="Your prediction",
            tooltip="A number, or two: from and to",
            style={"description_width": "initial"},
        )
        choices = one_of(EXPECT)
        answer = w.HTML(value=said("Nothing is drawn yet."))

        def choose(place: int) -> None:
            chosen[0] = place
            about.value = said(self._about(place))
            guess.value = ""
            for box in choices.values():
                box.value = False
            answer.value = said("Nothing is drawn yet.")

        def show() -> None:
            answer.value = self._answer(chosen[0], guess.value, ticked(choices))

        starts = [
            button(f"Test {place}", str(test["change"]), partial(choose, place))
            for place, test in enumerate(self.tests, 1)
        ]
        return w.VBox(
            [
                words(_HOW),
                row(*starts),
                about,
                guess,
                words("What will the chart show since this test?"),
                w.VBox(list(choices.values())),
                row(button("Reveal", "Says how your prediction fared", show, main=True)),
                answer,
            ]
        )

    def _answer(self, upto: int, text: str, expected: str) -> str:
        if not expected:
            return said("First tick what you expect of the chart: a guess is enough.")
        try:
            told, picture = self.reveal(upto, text, expected)
        except PcqaError as error:
            return said(str(error))
        return f"{said(told)}{picture._repr_html_()}"

    def _told(self, upto: int) -> figures.Figure:
        test = self.tests[upto - 1]
        note = f"{test['asks']} Seen: {plain(test['value'])}. {test.get('taught', '')}".rstrip()
        drawn = self.log(upto).on(self.chart(upto, [note]))
        return replace(drawn, name=f"pdsa-on-a-chart-{upto}", alt=f"{drawn.alt} {note}")

    def _about(self, place: int) -> str:
        test = self.tests[place - 1]
        when = day(day_of(test["done_on"], "done_on"))
        return f"Test {place}, {when}: {test['change']}. {test['asks']}"

    def _asked(self, place: int) -> str:
        return str(self.tests[place - 1]["asks"])

    def _from(self, place: int) -> pd.Timestamp:
        return day_of(self.tests[place - 1]["done_on"], "done_on")


def pdsa_on_a_chart(
    tests: Sequence[Mapping[str, Any]],
    series: pd.DataFrame,
    *,
    baseline: int,
    title: str = "Tests of change",
    unit: str = "",
    improvement: str | None = None,
) -> PdsaOnAChart:
    """Return an activity: predict what each test will show, then see it on the chart.

    Parameters
    ----------
    tests : list of dicts, as `pcqa.juran.pdsa_log` takes them, each with a `value`, and with
        `asks` (the question that a reader predicts a number for), `until` (the day up to which the
        chart is shown) and, if wanted, `taught` (what the test taught, in a sentence)
    series : frame of `x` (dates) and `value`
    baseline : how many of its first points the limits are worked out from
    title, unit, improvement : of the chart

    Raises
    ------
    LessonError
        There is no test, or one lacks its question, its value or its day.

    Examples
    --------
    >>> weeks = pd.date_range("2026-01-05", periods=14, freq="7D")
    >>> asks = pd.DataFrame({"x": weeks, "value": [7, 6, 8, 7, 6, 8, 7, 7, 6, 8, 7, 6, 7, 8.0]})
    >>> activity = pdsa_on_a_chart(
    ...     [{"change": "Text five people", "prediction": "None rings", "predicted_on": "23/3/2026",
    ...       "done_on": "24/3/2026", "value": 1, "high": 0, "until": "6/4/2026",
    ...       "asks": "Of 5 people texted, how many ring?"}], asks, baseline=11)
    >>> activity.reveal(1, "0 to 2", "nothing")[0].splitlines()[0]  # doctest: +ELLIPSIS
    'Of 5 people texted, how many ring? You predicted 0 to 2. Seen: 1, as you predicted. ...'
    """
    if not tests:
        raise LessonError("There is no test to predict: give at least one.")
    for place, test in enumerate(tests, 1):
        lacking = [key for key in ("asks", "until", "value", "done_on") if test.get(key) is None]
        if lacking:
            raise LessonError(f"Test {place} has no {' and no '.join(lacking)} yet.")
    return PdsaOnAChart(tuple(tests), series, baseline, title, unit, improvement)


def _range(text: str) -> tuple[float, float]:
    """Return a prediction typed as one number, or as two.

    >>> _range("2"), _range("1 to 3"), _range("1-3")
    ((2.0, 2.0), (1.0, 3.0), (1.0, 3.0))
    """
    plainer = text.casefold().replace("to", " ").replace("–", " ").replace("-", " ")
    try:
        found = read_numbers(plainer, fewest=1, most=2)
    except LessonError:
        raise LessonError(
            "First write your prediction: a number such as 2, or two such as 1 to 3."
        ) from None
    return min(found), max(found)


def _span(low: float, high: float) -> str:
    return plain(low) if low == high else f"{plain(low)} to {plain(high)}"


def _fared(value: float, low: float, high: float) -> str:
    if value < low:
        return "lower than you predicted"
    return "higher than you predicted" if value > high else "as you predicted"


def _compared(expected: str, found: Sequence[str]) -> str:
    """Say how what was expected of the chart compares with what it shows."""
    shown = " and ".join({**EXPECT, **_LATER}[name] for name in found)
    wanted = EXPECT[expected]
    start = f"On the chart since this test, you expected {wanted}."
    if expected == NOTHING:
        return f"{start} It shows {shown}." if found else f"{start} So it is: no signal."
    if expected in found:
        return f"{start} It is there."
    return f"{start} It shows {shown or 'no signal'}."

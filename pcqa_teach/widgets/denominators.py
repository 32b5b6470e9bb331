"""Change what missed appointments are a share of, and see who moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import pandas as pd

from pcqa_teach import figures, measures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.measures.missed_draw import span_said
from pcqa_teach.sayings import lowered, tenths
from pcqa_teach.widgets.base import Activity, Words
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words
from pcqa_teach.widgets.numbers import read_numbers

WAYS: dict[str, str] = {
    "counted": "Unknown counted",
    "left_out": "Unknown left out",
    "range": "What it could be",
}
OWN = "Your own"
_ASK = "When the unknown are left out, whose share moves most?"
_HOW = (
    "The picture counts the unknown among all appointments. Say whose share will move most when "
    "they are left out, then press a button. You may add three numbers of your own: how many came, "
    "how many missed, of how many nobody noted it. With the keyboard, Tab moves on and Space ticks "
    "or presses."
)

# Invented, so that the widget shows something by itself.
EXAMPLE: dict[str, tuple[int, int, int]] = {
    "Clinic A": (900, 60, 40),
    "Clinic B": (700, 50, 250),
    "Clinic C": (930, 55, 15),
}


@dataclass(frozen=True)
class SwitchDenominator(Activity):
    """Predict who moves most, then switch the denominator. Make one with `switch_denominator`."""

    rows: Mapping[str, tuple[int, int, int]]
    note: str

    @cached_property
    def shares(self) -> pd.DataFrame:
        """The shares of the rows by each denominator."""
        return _shares(self.rows)

    def picture(self, way: str, own: str = "") -> figures.Figure:
        """Return the bars in one of the three ways, with a row of one's own if it is given."""
        return measures.missed_figure(self._with(own), way, self.note)

    def reveal(self, way: str, expected: str, own: str = "") -> tuple[str, figures.Figure]:
        """Return how the expectation fared and what the switch shows, and the picture.

        Parameters
        ----------
        way : {"counted", "left_out", "range"}
        expected : the name of the row that was expected to move most
        own : three numbers as typed, or nothing

        Raises
        ------
        PcqaError
            What was typed is not three counts; the message says what to do.
        """
        shares = self._with(own)
        if way == "counted":
            return _order(shares, "counted"), self.picture(way, own)
        by = (shares["left_out"] - shares["counted"]).round(6)
        most = shares.iloc[int(by.argmax())]
        told = [_fared(expected, str(most["name"])), _moved(most)]
        told.append(_order(shares, "left_out") if way == "left_out" else _room(shares))
        return " ".join(told), self.picture(way, own)

    def preface(self) -> Sequence[Any]:
        """Return the counts, to predict from before looking on."""
        told = Words(
            "In a live notebook you can switch the denominator here. On this page, look at the "
            f"counts and say first: {lowered(_ASK)} Then look on."
        )
        return told, self._counts()

    def static(self) -> list[figures.Figure]:
        """Return the picture of each denominator."""
        return [self.picture(way) for way in WAYS]

    def panel(self) -> Any:
        """Return the live panel: what moves most, numbers of one's own, three buttons, answer."""
        import ipywidgets as w

        choices = one_of({name: name for name in self.rows})
        own = w.Text(
            description="Your own, if you like",
            placeholder="came missed unknown, such as 900 50 80",
            tooltip="Three whole numbers: how many came, missed, and are unknown",
            style={"description_width": "initial"},
            layout=w.Layout(width="95%"),
        )
        answer = w.HTML(value=self.picture("counted")._repr_html_())

        def show(way: str) -> None:
            answer.value = self._answer(way, ticked(choices), own.value)

        switches = [
            button(name, f"Draws it: {name.lower()}", partial(show, way), main=way == "left_out")
            for way, name in WAYS.items()
        ]
        counts = w.HTML(value=self._counts()._repr_html_())
        ticks = w.VBox(list(choices.values()))
        return w.VBox([words(_HOW), counts, words(_ASK), ticks, own, row(*switches), answer])

    def _counts(self) -> figures.Table:
        """Return the counts that an expectation can be made from."""
        frame = self.shares[["name", "came", "missed", "unknown", "n"]].set_axis(
            ["Practice", "Came", "Missed", "Outcome unknown", "All"], axis="columns"
        )
        return figures.table(frame, "Say what you expect before you look on")

    def _answer(self, way: str, expected: str, own: str) -> str:
        if way != "counted" and not expected:
            return said("First say whose share will move most: a guess is enough.")
        try:
            told, picture = self.reveal(way, expected, own)
        except PcqaError as error:
            return said(str(error))
        return f"{said(told)}{picture._repr_html_()}"

    def _with(self, own: str) -> pd.DataFrame:
        typed = read_own(own)
        return self.shares if typed is None else _shares({**self.rows, OWN: typed})


def switch_denominator(
    rows: Mapping[str, tuple[int, int, int]] | None = None, *, note: str = ""
) -> SwitchDenominator:
    """Return an activity: say whose share of missed appointments moves most, then switch.

    Parameters
    ----------
    rows : dict of (came, missed, unknown) by name, optional
        None: three invented clinics.
    note : str
        What is printed under each picture: where the counts are from, and their dates.

    Examples
    --------
    >>> activity = switch_denominator()
    >>> activity.reveal("left_out", "Clinic B")[0].split(". ")[0]
    'You expected Clinic B to move most, and it does'
    """
    shown = EXAMPLE if rows is None else {name: tuple(row) for name, row in rows.items()}
    told = note if rows is not None else note or "Invented counts."
    return SwitchDenominator(shown, told)  # type: ignore[arg-type]  # three numbers each


def read_own(text: str) -> tuple[int, int, int] | None:
    """Return came, missed and unknown as typed; None where nothing was typed.

    >>> read_own("900 50 80"), read_own("  ")
    ((900, 50, 80), None)
    >>> read_own("900 50")
    Traceback (most recent call last):
    pcqa_teach.errors.LessonError: Give three whole numbers with spaces between, such as 900 50 \
80: how many came, how many missed, and of how many nobody noted it.
    """
    if not text.strip():
        return None
    ask = (
        "Give three whole numbers with spaces between, such as 900 50 80: how many came, how many "
        "missed, and of how many nobody noted it."
    )
    numbers = read_numbers(text, fewest=0)
    if len(numbers) != 3 or any(one < 0 or one != round(one) or one > 1e9 for one in numbers):
        raise LessonError(ask)
    came, missed, unknown = (int(one) for one in numbers)
    if came + missed == 0:
        raise LessonError("Nobody came and nobody missed, so there is no share to work out.")
    return came, missed, unknown


def _shares(rows: Mapping[str, tuple[int, int, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows.values()), columns=["came", "missed", "unknown"])
    found: pd.DataFrame = measures.missed_shares(frame.assign(name=list(rows)))
    return found


def _fared(expected: str, most: str) -> str:
    if expected == most:
        return f"You expected {expected} to move most, and it does."
    return f"You expected {expected} to move most. It is {most}."


def _moved(one: Any) -> str:
    counted, left_out = (tenths(float(one[name])) for name in ("counted", "left_out"))
    return (
        f"With the unknown counted {counted} were missed, with them left out {left_out}: nobody "
        f"noted what became of {tenths(float(one['unknown_share']))}."
    )


def _order(shares: pd.DataFrame, column: str) -> str:
    """Say who is lowest and highest, and whether the order is that of the other count."""
    ranked = shares.sort_values(column, kind="stable")["name"].tolist()
    if len(ranked) == 1:
        return ""
    told = f"{ranked[0]} is lowest and {ranked[-1]} highest."
    other = shares.sort_values("counted", kind="stable")["name"].tolist()
    if column == "counted":
        return told
    if ranked == other:
        return f"{told} The order is the same as before."
    return f"{told} The order has changed, though not one more person missed an appointment."


def _room(shares: pd.DataFrame) -> str:
    widest = shares.iloc[int((shares["most"] - shares["counted"]).argmax())]
    span = span_said(float(widest["counted"]), float(widest["most"]))
    return (
        "What it could be: from nobody to everybody among the unknown having missed. For "
        f"{widest['name']} that is {span}."
    )

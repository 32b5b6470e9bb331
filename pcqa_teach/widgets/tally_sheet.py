"""Design a tally sheet, say how much it will catch, then try it on a morning of asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.sayings import and_list, capital
from pcqa_teach.widgets import tally_draw
from pcqa_teach.widgets.base import Activity, Words
from pcqa_teach.widgets.controls import button, row, said, words
from pcqa_teach.widgets.numbers import read_numbers
from pcqa_teach.widgets.tally_asks import (
    ASKS,
    BLURRED,
    CAUGHT,
    COLUMNS,
    LOST,
    MORE,
    PARTS,
    POSTS,
    paper,
    try_sheet,
)

_HOW = (
    "Start from one of the three sheets or tick your own. Say how many of twelve asks it will "
    "catch, then try it. With the keyboard, Tab moves on and Space ticks or presses."
)
EXAMPLES: dict[str, tuple[str, ...]] = {
    "What the book keeps": ("telephone", "desk", "online", "booked", "five_days"),
    "A sheet at the telephone": ("telephone", *COLUMNS, "again"),
    "Every ask, five days": tuple(PARTS),
}


@dataclass(frozen=True)
class DesignTally(Activity):
    """Design a sheet, predict what it catches, try it. Make one with `design_tally`."""

    examples: Mapping[str, tuple[str, ...]]

    def reveal(self, parts: Collection[str], expected: str) -> tuple[str, figures.Figure]:
        """Return how the expectation fared, and the picture of what the sheet catches.

        Parameters
        ----------
        parts : names of the parts that the sheet has
        expected : how many of the twelve it was expected to catch, as typed

        Raises
        ------
        PcqaError
            The sheet has no post or no column, or the expectation is no number from 0 to 12.
        """
        guess = read_guess(expected)
        tried = try_sheet(self._checked(parts))
        return _fared(guess, tried), tally_draw.draw(tried, "tally-sheet-tried")

    def sheet(self, parts: Collection[str]) -> figures.Table:
        """Return the sheet as a table to print, empty."""
        posts = and_list([POSTS[name].lower() for name in POSTS if name in parts])
        dot = "; a dot beside a mark: had to ask again" if "again" in parts else ""
        return figures.table(paper(parts), f"One sheet a day at each post ({posts}){dot}")

    def preface(self) -> Sequence[Any]:
        """Return the asks and the sheets, to predict from before looking on."""
        import pandas as pd

        asks = pd.DataFrame(
            {
                "When": [ask.when for ask in ASKS],
                "Where": [POSTS[ask.post] for ask in ASKS],
                "What happens (invented)": [ask.what for ask in ASKS],
            }
        )
        sheets = pd.DataFrame(
            {
                "Sheet": list(self.examples),
                "It has": ["; ".join(_in_order(parts)) for parts in self.examples.values()],
            }
        )
        told = Words(
            "In a live notebook you can design a sheet here and try it. On this page, read the "
            "twelve asks and the three sheets, and say how many asks each sheet will catch before "
            "you look on."
        )
        return (
            told,
            figures.table(asks, "Twelve asks"),
            figures.table(sheets, "Three sheets: how many of the twelve does each catch?"),
        )

    def static(self) -> list[figures.Figure]:
        """Return one picture for each example sheet."""
        return [
            tally_draw.draw(try_sheet(parts), f"tally-{name.lower().replace(' ', '-')}", name)
            for name, parts in self.examples.items()
        ]

    def panel(self) -> Any:
        """Return the live panel: sheets to start from, ticks, expectation, try, answer."""
        import ipywidgets as w

        boxes = {
            name: w.Checkbox(
                value=False, description=called, indent=False, layout=w.Layout(width="95%")
            )
            for name, called in PARTS.items()
        }

        def fill(parts: tuple[str, ...]) -> None:
            for name, box in boxes.items():
                box.value = name in parts

        starts = [
            button(name, "Ticks what this sheet has", _later(fill, parts))
            for name, parts in self.examples.items()
        ]
        guess = w.Text(
            description=f"Of {len(ASKS)} asks it will catch",
            placeholder="a number",
            tooltip=f"How many of the {len(ASKS)} asks the sheet will catch",
            style={"description_width": "initial"},
        )
        answer = w.HTML(value=said("Nothing is tried yet."))

        def show() -> None:
            chosen = [name for name, box in boxes.items() if box.value]
            answer.value = self._answer(chosen, guess.value)

        go = button("Try the sheet", "Tries it on the twelve asks", show, main=True)
        groups = []
        for heading, names in (("Who marks?", POSTS), ("Columns", COLUMNS), ("And", MORE)):
            groups += [words(heading), w.VBox([boxes[name] for name in names])]
        return w.VBox([words(_HOW), row(*starts), *groups, guess, go, answer])

    def _answer(self, parts: Collection[str], expected: str) -> str:
        try:
            told, picture = self.reveal(parts, expected)
        except PcqaError as error:
            return said(str(error))
        return f"{said(told)}{picture._repr_html_()}{self.sheet(parts)._repr_html_()}"

    def _checked(self, parts: Collection[str]) -> Collection[str]:
        unknown = [name for name in parts if name not in PARTS]
        if unknown:
            raise LessonError(
                f"A sheet can have {and_list(list(PARTS))}; one of those given is none of them."
            )
        if not any(name in parts for name in POSTS):
            raise LessonError("Nobody marks yet: tick at least one post under 'Who marks?'.")
        if not any(name in parts for name in COLUMNS):
            raise LessonError("The sheet has no column yet: tick at least one.")
        return parts


def design_tally(examples: Mapping[str, Sequence[str]] | None = None) -> DesignTally:
    """Return an activity: design a tally sheet, say what it will catch, try it on twelve asks.

    Parameters
    ----------
    examples : dict of part names by the sheet's name, optional
        Sheets to start from, also the states shown in print. None: three of our own.

    Examples
    --------
    >>> activity = design_tally()
    >>> activity.reveal(["telephone", "booked", "turned_away"], "9")[0].split(".")[0]
    'You expected 9 of 12, and it catches 1'
    """
    shown = EXAMPLES if examples is None else {name: tuple(p) for name, p in examples.items()}
    return DesignTally(shown)


def read_guess(text: str) -> int:
    """Return the expectation that was typed, a whole number from 0 to 12.

    >>> read_guess(" 7 ")
    7
    >>> read_guess("most")
    Traceback (most recent call last):
    pcqa_teach.errors.LessonError: First say how many of the 12 asks it will catch: a whole number \
from 0 to 12. A guess is enough.
    """
    ask = (
        f"First say how many of the {len(ASKS)} asks it will catch: a whole number from 0 to "
        f"{len(ASKS)}. A guess is enough."
    )
    try:
        numbers = read_numbers(text, fewest=1, most=1)
    except LessonError:
        raise LessonError(ask) from None
    guess = numbers[0]
    if guess != round(guess) or not 0 <= guess <= len(ASKS):
        raise LessonError(ask)
    return int(guess)


def _fared(guess: int, tried: Any) -> str:
    caught = int((tried["state"] == CAUGHT).sum())
    told = f"You expected {guess} of {len(tried)}, and it catches {caught}."
    if guess == caught:
        told = f"You expected {guess} of {len(tried)}, and so it is."
    for state, verb in ((LOST, "lost"), (BLURRED, "marked as something else")):
        why = tried.loc[tried["state"] == state, "why"].value_counts(sort=False)
        if len(why):
            each = and_list([f"{number} because {_because(name)}" for name, number in why.items()])
            told += f" {capital(verb)}: {each}."
    return told


def _because(why: Any) -> str:
    return {
        "no column for it": "there is no column for it",
        "marked on Monday only": "the sheet is for Monday only",
        "looks as if it had been met": "it looks as if it had been met",
        "looks like a first ask": "it looks like a first ask",
    }.get(str(why), str(why))


def _in_order(parts: Collection[str]) -> list[str]:
    return [words_ for name, words_ in PARTS.items() if name in parts]


def _later(fill: Any, parts: tuple[str, ...]) -> Any:
    return lambda: fill(parts)

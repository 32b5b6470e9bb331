"""Say how many neighbours somebody reaches in two steps, then see it on the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, row, said, words
from pcqa_teach.widgets.numbers import read_numbers

if TYPE_CHECKING:
    from pcqa_teach.partners import Network

Link = tuple[str, str]
MOST = 60
_HOW = (
    "Each line is a link: two who talk with each other at least once a month, with a hyphen and a "
    "space on each side between them. Change them to your own neighbours if you like: roles and "
    "groups, never people's names. Say with whom a message starts and how many it will reach in "
    "two steps. Then look. With the keyboard, Tab moves on and Space presses."
)

# An invented neighbourhood.
EXAMPLE: tuple[Link, ...] = (
    ("GP", "Nurse"),
    ("GP", "Manager"),
    ("GP", "Pharmacist"),
    ("Nurse", "Manager"),
    ("Nurse", "School nurse"),
    ("Pharmacist", "Chemist"),
    ("Chemist", "Care home"),
    ("Chemist", "Library"),
    ("Library", "Walking group"),
    ("Library", "Food bank"),
)
STARTS = ("GP", "Pharmacist", "Library")


@dataclass(frozen=True)
class WhoReachesWhom(Activity):
    """Predict whom a message reaches, then see the map. Make one with `who_reaches_whom`."""

    links: tuple[Link, ...]
    starts: tuple[str, ...]

    def network(self, links: Sequence[Link] | None = None) -> Network:
        """Return the network of the links, or of others."""
        from pcqa_teach.partners import network_metrics

        return network_metrics(self.links if links is None else links)

    def reveal(self, text: str, start: str, expected: str) -> tuple[str, figures.Figure, str]:
        """Return how the guess fared, the map, and what would be lost without the one who starts.

        Raises
        ------
        PcqaError
            A link, the name or the guess cannot be read; the message says what to do.
        """
        found = self.network(read_links(text)).showing(_named(start))
        guess = _guess(expected)
        there = found.reached(found.shown)
        compared = (
            f"You expected {guess}, and so it is."
            if guess == there
            else f"You expected {guess}; it is {there}."
        )
        return f"{found.message}. {compared}", found.figure(), _without(found)

    def preface(self) -> Sequence[Any]:
        """Return the links, to predict from before looking on."""
        frame = pd.DataFrame(self.links, columns=["Talks with each other", "at least once a month"])
        told = Words(
            "In a live notebook you can type your own neighbourhood here. On this page, count "
            f"before you look on: how many are reached in two steps from {_listed(self.starts)}?"
        )
        return told, figures.Table(frame, "An invented neighbourhood: who talks with whom")

    def static(self) -> list[figures.Figure]:
        """Return one map for each start."""
        found = self.network()
        return [found.showing(start).figure() for start in self.starts]

    def panel(self) -> Any:
        """Return the live panel: links, who starts, a guess, the map."""
        import ipywidgets as w

        wide = {"description_width": "initial"}
        links = w.Textarea(
            value=typed(self.links),
            description="Links",
            tooltip="One link a line, such as: Chemist - Care home",
            rows=len(self.links),
            style=wide,
            layout=w.Layout(width="95%"),
        )
        start = w.Text(
            value="", description="Starts with", tooltip="A name as it stands above", style=wide
        )
        guess = w.Text(
            value="",
            description="Reached in two steps",
            tooltip="A whole number; whoever starts is not counted",
            style=wide,
        )
        answer = w.HTML(value=said("Nothing is shown yet."))

        def show() -> None:
            answer.value = self._answer(links.value, start.value, guess.value)

        fills = [
            button(name, f"Starts with {name}", partial(_fill, start, name)) for name in self.starts
        ]
        look = button("Show the map", "Draws it and says how it compares", show, main=True)
        return w.VBox([words(_HOW), links, row(*fills), row(start, guess), look, answer])

    def _answer(self, text: str, start: str, expected: str) -> str:
        try:
            compared, picture, lost = self.reveal(text, start, expected)
        except PcqaError as error:
            return said(str(error))
        return f"{said(compared)}{picture._repr_html_()}{paragraphs(lost)}"


def who_reaches_whom(
    links: Sequence[Link] = EXAMPLE, *, starts: Sequence[str] = STARTS
) -> WhoReachesWhom:
    """Return an activity: predict whom a message reaches in two steps, then see the map.

    Parameters
    ----------
    links : pairs of roles or groups that talk with each other; else an invented neighbourhood
    starts : with whom a message may start, also the states shown in print

    Examples
    --------
    >>> activity = who_reaches_whom()
    >>> activity.reveal("Nurse - Chemist; Chemist - Care home", "Nurse", "2")[0]
    'Nurse reaches 1 in one step and 2 in two, of 2. You expected 2, and so it is.'
    """
    made = WhoReachesWhom(tuple((one, other) for one, other in links), tuple(starts))
    found = made.network()
    for start in made.starts:
        found.showing(start)
    return made


def read_links(text: str) -> list[Link]:
    """Return the links in a text: one a line (or with semicolons between), " - " between the two.

    >>> read_links("Nurse - Chemist; Drop-in centre - Library")
    [('Nurse', 'Chemist'), ('Drop-in centre', 'Library')]
    """
    found: list[Link] = []
    for entry in filter(None, (one.strip() for one in text.replace(";", "\n").splitlines())):
        pair = [one.strip() for one in entry.replace("–", "-").split(" - ")]
        if len(pair) != 2 or not all(pair):
            raise LessonError(
                f"Link {len(found) + 1} is not two names with a hyphen and spaces between: write "
                "it like Chemist - Care home."
            )
        found.append((pair[0], pair[1]))
    if not found:
        raise LessonError("There are no links yet: write at least one, such as GP - Chemist.")
    if len(found) > MOST:
        raise LessonError(f"There are {len(found)} links: at most {MOST} can be drawn.")
    return found


def typed(links: Sequence[Link]) -> str:
    """Write links as they are typed, one a line."""
    return "\n".join(f"{one} - {other}" for one, other in links)


def _named(start: str) -> str:
    if not start.strip():
        raise LessonError("Say with whom the message starts: a name as it stands in the links.")
    return start


def _guess(expected: str) -> int:
    if not expected.strip():
        raise LessonError("First say how many it will reach: a guess is enough.")
    given = read_numbers(expected, fewest=0)
    if len(given) != 1 or given[0] != int(given[0]) or given[0] < 0:
        raise LessonError("Give your guess as one whole number.")
    return int(given[0])


def _without(found: Network) -> str:
    """Say what would be lost if whoever starts were not there."""
    rows = found.table
    lost = int(rows.loc[rows["who"] == found.shown, "cut_off"].iloc[0])
    if not lost:
        return f"Without {found.shown}, the others would still reach each other."
    others = "1 other" if lost == 1 else f"{lost} others"
    return f"Without {found.shown}, {others} would be cut off from the rest."


def _fill(box: Any, name: str) -> None:
    box.value = name


def _listed(names: Sequence[str]) -> str:
    return " or ".join(", ".join(names).rsplit(", ", 1))

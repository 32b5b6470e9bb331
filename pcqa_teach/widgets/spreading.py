"""Choose where a change begins among 24 practices, say how far it will come, and see it go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.widgets.base import Activity, Words
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words
from pcqa_teach.widgets.numbers import read_numbers

if TYPE_CHECKING:
    from pcqa_teach.partners import Adoption, Network

PARTS = {"North": "ABCDEFGH", "South": "IJKLMNOP", "East": "QRSTUVWX"}
# Besides their own part: D and E in the north talk with I in the south, L in the south with Q.
BRIDGES = (("D", "I"), ("E", "I"), ("L", "Q"))
STARTS = {
    "corner": ("three neighbours in the north: A, B and C", ("A", "B", "C")),
    "apart": ("one in each part: A, I and Q", ("A", "I", "Q")),
    "pair": ("two neighbours in the south and one in the east: K, L and Q", ("K", "L", "Q")),
}
NEEDS = {
    "copied": ("it must be copied as it is: a practice wants to see it in two others", 2),
    "adapted": ("it may be adapted: one example that one can ask is enough", 1),
}
MONTHS = 12
_NEAR = 2  # a guess so near is as good as right (our own rule)
_HOW = (
    "Twenty-four invented practices in three parts of a borough. In each part a practice talks "
    "with four others; few links lead from part to part. Tick where it begins and what the others "
    "want to see. Write how many of the 24 will have it after a year, and press Let it spread. "
    "With the keyboard, Tab moves on and Space ticks or presses."
)


@dataclass(frozen=True)
class SpreadAChange(Activity):
    """A network, three ways to begin, two kinds of change. Make one with `spread_a_change`."""

    @property
    def network(self) -> Network:
        """Who talks with whom."""
        return _network()

    def run(self, start: str, kind: str) -> Adoption:
        """Return how far the change comes.

        Raises
        ------
        LessonError
            There is no such start, or no such kind; the message says what to do.
        """
        from pcqa_teach.partners import adoption

        if start not in STARTS or kind not in NEEDS:
            raise LessonError("First tick where it begins, and what the others want to see.")
        return adoption(self.network, STARTS[start][1], needs=NEEDS[kind][1], months=MONTHS)

    def picture(self, kind: str, starts: Sequence[str] = tuple(STARTS)) -> figures.Figure:
        """Return the curves of one kind of change for some ways to begin."""
        from pcqa_teach.partners.adopting_draw import curves

        found = {start: self.run(start, kind) for start in starts}
        totals = {STARTS[start][0].split(":")[0]: one.total for start, one in found.items()}
        best, least = max(totals.values()), min(totals.values())
        reach = f"{best}" if best == least else f"{least} to {best}"
        what = "Copied as it is" if kind == "copied" else "Adapted to the place"
        title = f"{what}: {reach} of 24 practices have it after a year"
        told = " ".join(self.told(start, kind) for start in starts)
        return curves(
            {name: found[start] for name, start in zip(totals, starts, strict=True)},
            title, f"{NEEDS[kind][0][:1].upper()}{NEEDS[kind][0][1:]}. Invented network",
            f"{title}. {told}", f"spreading-{kind}",
        )  # fmt: skip

    def told(self, start: str, kind: str) -> str:
        """Say how far it came from there."""
        from pcqa_teach.sayings import and_list

        found = self.run(start, kind)
        parts = [name for name, who in PARTS.items() if not set(who) - set(found.without())]
        left = f" Nobody in the {and_list([one.lower() for one in parts])} has it." if parts else ""
        return f"Begun in {STARTS[start][0]}. {found.message}.{left}"

    def reveal(self, start: str, kind: str, text: str) -> tuple[str, figures.Figure]:
        """Return how a guess fared, and the picture.

        Raises
        ------
        LessonError
            Nothing was chosen, or the text holds no number; the message says what to do.
        """
        found = self.run(start, kind)
        try:
            [guess] = read_numbers(text, fewest=1, most=1)
        except LessonError:
            raise LessonError(
                "First write how many of the 24 you expect: a number such as 10."
            ) from None
        fared = (
            "about as you expected"
            if abs(guess - found.total) <= _NEAR
            else f"and you expected {guess:g}"
        )
        return f"{self.told(start, kind)} {found.total} of 24, {fared}.", self.picture(
            kind, [start]
        )

    def preface(self) -> Sequence[Any]:
        """Return the choices of the static pictures, to predict from before looking on."""
        frame = pd.DataFrame(
            {
                "Begun in": [words for words, _ in STARTS.values()],
                "After a year, copied as it is": ["____ of 24"] * len(STARTS),
                "After a year, adapted": ["____ of 24"] * len(STARTS),
            }
        )
        ask = Words(
            "In a live notebook you choose here. On this page: twenty-four invented practices in "
            "three parts of a borough; in each part a practice talks with four others, and few "
            "links lead from part to part (D and E in the north with I in the south, L in the "
            "south with Q in the east). Fill in the table on paper. Then look at the pictures."
        )
        return ask, figures.Table(frame, "Predict before you look on")

    def static(self) -> list[figures.Figure]:
        """Return a picture for each kind of change."""
        return [self.picture(kind) for kind in NEEDS]

    def panel(self) -> Any:
        """Return the live panel: where, which kind, how many, let it spread."""
        import ipywidgets as w

        starts = one_of({name: words for name, (words, _) in STARTS.items()})
        kinds = one_of({name: words for name, (words, _) in NEEDS.items()})
        guess = w.Text(
            description="Of 24, after a year:",
            tooltip="A number, such as 10",
            style={"description_width": "initial"},
        )
        answer = w.HTML(value=said("Nothing has spread yet."))

        def show() -> None:
            try:
                told, picture = self.reveal(ticked(starts), ticked(kinds), guess.value)
            except PcqaError as error:
                answer.value = said(str(error))
                return
            answer.value = f"{said(told)}{picture._repr_html_()}"

        return w.VBox(
            [
                words(_HOW),
                words("It begins in"),
                w.VBox(list(starts.values())),
                words("And"),
                w.VBox(list(kinds.values())),
                guess,
                row(button("Let it spread", "Follows it for a year", show, main=True)),
                answer,
            ]
        )


def spread_a_change() -> SpreadAChange:
    """Return an activity: choose where a change begins, say how far it comes, and see.

    The network and the rule are invented.

    Examples
    --------
    >>> activity = spread_a_change()
    >>> [activity.run(start, "copied").total for start in STARTS]
    [9, 3, 9]
    >>> [activity.run(start, "adapted").total for start in STARTS]
    [24, 24, 24]
    """
    return SpreadAChange()


@cache
def _network() -> Network:
    """Make three rings of eight, each practice linked with the two on either side, and bridges."""
    from pcqa_teach.partners import network_metrics

    links = [
        (who[place], who[(place + away) % 8])
        for who in PARTS.values()
        for place in range(8)
        for away in (1, 2)
    ]
    return network_metrics([*links, *BRIDGES])

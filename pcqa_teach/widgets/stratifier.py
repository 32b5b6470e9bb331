"""Split a comparison this way and that: guess whether it holds, then see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.sayings import lowered
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, one_of, row, said, ticked, words

if TYPE_CHECKING:
    from pcqa_teach.variation import Stratified

Cells = Mapping[str, Sequence[tuple[int, int]]]
GROUPS = ("Practice L", "Practice M")

# Invented. Of each stratum: missed and all, of Practice L and of Practice M; totals are alike.
SPLITS: dict[str, Cells] = {
    "booking gap": {
        "Same day": [(27, 900), (6, 300)],
        "1 to 7 days": [(20, 200), (32, 400)],
        "8 days or more": [(13, 100), (58, 500)],
    },
    "day of the week": {
        "Monday": [(17, 300), (28, 320)],
        "Tuesday to Friday": [(43, 900), (68, 880)],
    },
    "way of meeting": {
        "Face to face": [(40, 700), (87, 900)],
        "Telephone": [(20, 500), (9, 300)],
    },
}
_HOW = (
    "Practice M has the higher share of missed appointments. Choose a way to split the "
    "appointments, and tick what you expect inside the parts. Then split. With the keyboard, Tab "
    "moves on and Space ticks or presses. All of it is invented."
)


@dataclass(frozen=True)
class SplitAndSee(Activity):
    """Two groups compared, and ways to split them. Make one with `split_and_see`."""

    splits: Mapping[str, Cells]
    groups: tuple[str, str]
    what: str

    @property
    def expected(self) -> dict[str, str]:
        """What may be expected inside the parts: a kind of `Stratified`, and its words."""
        second = self.groups[1]
        return {
            "the same": f"{second} stays the higher in every part",
            "turns round": f"{second} becomes the lower in every part",
            "differs": "It differs from one part to the next",
        }

    def split(self, by: str) -> Stratified:
        """Return the comparison inside the parts of one split.

        Raises
        ------
        PcqaError
            There is no such split.
        """
        from pcqa_teach.variation import stratify

        if by not in self.splits:
            raise LessonError("First choose a way to split the appointments.")
        rows = [
            (group, part, count, n)
            for part, both in self.splits[by].items()
            for group, (count, n) in zip(self.groups, both, strict=True)
        ]
        frame = pd.DataFrame(rows, columns=["group", by, self.what, "n"])
        return stratify(frame, events=self.what, n="n", group="group", stratum=by, what=self.what)

    def reveal(self, by: str, expected: str) -> tuple[str, figures.Figure, str]:
        """Return how the expectation fared, the picture, and the comparison in words.

        Raises
        ------
        PcqaError
            There is no such split, or nothing was expected; the message says what to do.
        """
        found = self.split(by)
        if expected not in self.expected:
            raise LessonError("First tick what you expect: a guess is enough.")
        wanted, there = self.expected[expected], self.expected[found.kind]
        wanted, there = lowered(wanted), lowered(there)
        told = f"By {by}, you expected that {_said(wanted)}"
        told += ", and so it is." if expected == found.kind else f". What happens: {_said(there)}."
        return told, replace(found.figure(), name=f"split by {by}"), found.explain()

    def preface(self) -> Sequence[Any]:
        """Return all together, to guess from before looking on."""
        found = self.split(next(iter(self.splits)))
        frame = pd.DataFrame(
            {
                "Practice": list(self.groups),
                "Appointments": [int(found.table[f"n {one}"].sum()) for one in self.groups],
                f"Share {self.what}": [f"{100 * found.together[one]:.1f}%" for one in self.groups],
            }
        )
        ways = ", ".join(self.splits)
        told = Words(
            f"In a live notebook you split these appointments by {ways}. On this page, say of "
            f"each whether {self.groups[1]} stays the higher inside every part, becomes the lower, "
            "or whether it differs, before you look on. All of it is invented."
        )
        return told, figures.Table(frame, "All together")

    def static(self) -> list[figures.Figure]:
        """Return one picture for each split."""
        return [replace(self.split(by).figure(), name=f"split by {by}") for by in self.splits]

    def panel(self) -> Any:
        """Return the live panel: ways to split, what you expect, the answer."""
        import ipywidgets as w

        chosen = [""]
        by = w.HTML(value=said("No way to split is chosen yet."))
        answer = w.HTML(value=said("Nothing is split yet."))
        choices = one_of(self.expected)

        def choose(which: str) -> None:
            chosen[0] = which
            by.value = said(f"You split by {which}.")
            for box in choices.values():
                box.value = False

        def show() -> None:
            answer.value = self._answer(chosen[0], ticked(choices))

        ways = [
            button(f"By {one}", f"Chooses to split by {one}", partial(choose, one))
            for one in self.splits
        ]
        go = button("Split", "Splits, and says how your guess fared", show, main=True)
        return w.VBox(
            [
                words(_HOW),
                row(*ways),
                by,
                words("What do you expect?"),
                w.VBox(list(choices.values())),
                row(go),
                answer,
            ]
        )

    def _answer(self, by: str, expected: str) -> str:
        try:
            told, picture, explained = self.reveal(by, expected)
        except PcqaError as error:
            return said(str(error))
        lines = "\n".join(f"- {line}" for line in explained.splitlines())
        return f"{said(told)}{picture._repr_html_()}{paragraphs(lines)}"


def split_and_see(
    splits: Mapping[str, Cells] | None = None,
    *,
    groups: tuple[str, str] = GROUPS,
    what: str = "missed",
) -> SplitAndSee:
    """Return an activity: split a comparison of two groups, and see whether it holds.

    Parameters
    ----------
    splits : by name, a split: of each part, (count, n) of the first and of the second group; None:
        three ways to split two invented practices
    groups : what the two are called; the second has the higher share all together
    what : what is counted

    Examples
    --------
    >>> split_and_see().reveal("booking gap", "turns round")[0]
    'By booking gap, you expected that Practice M becomes the lower in every part, and so it is.'
    """
    return SplitAndSee(SPLITS if splits is None else dict(splits), groups, what)


def _said(words_: str) -> str:
    """Keep a name's capital after the first word was made small."""
    return words_[:1].upper() + words_[1:] if words_.startswith("practice") else words_

"""Grow a tree from what people say: guess what of it can be counted, then see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach import figures
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.sayings import counted
from pcqa_teach.widgets.base import Activity, Words, paragraphs
from pcqa_teach.widgets.controls import button, row, said, words
from pcqa_teach.widgets.numbers import read_numbers

if TYPE_CHECKING:
    from pcqa_teach.juran.planning import CtqTree

BRANCHES = 3  # needs that the panel has boxes for
LEAVES = 5  # features of one need
LONGEST = 140  # letters of one entry
Branches = Sequence[tuple[str, str]]

_HOW = (
    "Write what people say, what they need, and under each need what you would count, one feature "
    "a line; or start from an invented tree. Nothing that points at a person. Say how many of your "
    "features can be counted as they are worded. Then draw the tree. With the keyboard, Tab moves "
    "on and Space presses a button."
)
_VOICE = "I have to tell my story again each time"

# Invented: what people say, and a first, a second and a third try at what would be counted.
EXAMPLES: dict[str, tuple[str, Branches]] = {
    "First wording": (
        _VOICE,
        (
            ("Be known", "Good continuity\nShare of visits with the usual clinician, %"),
            ("Tell it once", "Fewer repeated questions\nStaff who listen well"),
        ),
    ),
    "Second wording": (
        _VOICE,
        (
            (
                "Be known",
                "Share of visits with the usual clinician, %\n"
                "Number of clinicians that a person with diabetes has seen in a year",
            ),
            (
                "Tell it once",
                "Share of people who say they had to repeat it, %\n"
                "Number of people a week who say at the desk that they told it before",
            ),
        ),
    ),
    "A remedy in disguise": (
        _VOICE,
        (
            ("Be known", "A new computer system\nPersonal lists"),
            ("Tell it once", "Share of visits with the usual clinician, %"),
        ),
    ),
}


@dataclass(frozen=True)
class BuildCtqTree(Activity):
    """Words, needs and features that become a tree. Make one with `build_ctq_tree`."""

    examples: Mapping[str, tuple[str, Branches]]

    def tree(self, voice: str, branches: Branches) -> CtqTree:
        """Return the tree of what was typed: of each need its name, and its features line by line.

        Raises
        ------
        PcqaError
            Something is missing, twice there or too long; the message says what to do.
        """
        from pcqa_teach.juran import ctq_tree

        if not voice.strip():
            raise LessonError("Write first what people say, as they say it.")
        needs: dict[str, list[str]] = {}
        for place, (need, typed) in enumerate(branches, 1):
            features = _lines(typed)
            if not need.strip() and not features:
                continue
            if not need.strip():
                raise LessonError(
                    f"The features in box {place} have no need: say what people need."
                )
            if need.strip() in needs:
                raise LessonError(f"Need {place} is there already: put its features together.")
            if len(features) > LEAVES:
                raise LessonError(f"Need {place} has {len(features)} features: keep {LEAVES}.")
            needs[need.strip()] = features
        for entry in (voice, *needs, *(one for features in needs.values() for one in features)):
            if len(entry.strip()) > LONGEST:
                raise LessonError(f"One entry is longer than {LONGEST} letters: say it shorter.")
        if not needs:
            raise LessonError(
                "There is no need yet: say what people need, and what you would count."
            )
        return ctq_tree(voice.strip(), needs)

    def reveal(
        self, voice: str, branches: Branches, expected: str
    ) -> tuple[str, figures.Figure, str]:
        """Return how the guess fared, the tree as a picture, and the tree in words.

        Raises
        ------
        PcqaError
            There is no guess or no tree; the message says what to do.
        """
        tree = self.tree(voice, branches)
        return _compare(_guess(expected, len(tree.features)), tree), tree.figure(), tree.explain()

    def preface(self) -> Sequence[Any]:
        """Return the features of each state, to guess from before looking on."""
        rows = [
            (name, need, feature)
            for name, (_, branches) in self.examples.items()
            for need, typed in branches
            for feature in _lines(typed)
        ]
        frame = pd.DataFrame(rows, columns=["Tree", "They need", "We would count"])
        voices = dict.fromkeys(voice for voice, _ in self.examples.values())
        told = " ".join(f"“{voice}.”" for voice in voices)
        return (
            Words(
                "In a live notebook you can grow a tree of your own here. On this page, take the "
                f"trees in the table. They begin with the same invented words: {told} Say of each "
                "how many of its features can be counted as they are worded, before you look on."
            ),
            figures.Table(frame, "Which of these can be counted as they are worded?"),
        )

    def static(self) -> list[figures.Figure]:
        """Return one tree for each example, its alt text naming the example."""
        pictures = []
        for name, (voice, branches) in self.examples.items():
            picture = self.tree(voice, branches).figure()
            slug = name.lower().replace(" ", "-")
            pictures.append(replace(picture, name=f"tree-{slug}", alt=f"{name}. {picture.alt}"))
        return pictures

    def panel(self) -> Any:
        """Return the live panel: trees to start from, boxes, your guess, draw, answer."""
        import ipywidgets as w

        wide, long = {"description_width": "110px"}, w.Layout(width="95%")
        voice = w.Text(description="People say", style=wide, layout=long)
        boxes = []
        for place in range(1, BRANCHES + 1):
            need = w.Text(description=f"Need {place}", style=wide, layout=long)
            features = w.Textarea(
                description=f"Count for {place}",
                tooltip=f"What you would count to know that need {place} is met, one a line",
                rows=3,
                style=wide,
                layout=long,
            )
            boxes.append((need, features))
        starts = []
        for name, (words_, branches) in self.examples.items():
            fill = partial(_fill, voice, boxes, words_, branches)
            starts.append(button(name, "Puts an invented tree into the boxes", fill))
        guess = w.Text(
            description="How many of the features can be counted as worded?",
            style={"description_width": "initial"},
            layout=w.Layout(width="480px"),
        )
        answer = w.HTML(value=said("Nothing is drawn yet."))

        def show() -> None:
            typed = [(need.value, features.value) for need, features in boxes]
            answer.value = self._answer(voice.value, typed, guess.value)

        draw = button("Draw the tree", "Draws it and says how your guess fared", show, main=True)
        rows = [box for pair in boxes for box in pair]
        return w.VBox([words(_HOW), row(*starts), voice, *rows, guess, draw, answer])

    def _answer(self, voice: str, branches: Branches, expected: str) -> str:
        try:
            compared, picture, explained = self.reveal(voice, branches, expected)
        except PcqaError as error:
            return said(str(error))
        seen = ("People say", "They need")  # the picture and its alt text say these
        rest = [line for line in explained.splitlines() if not line.startswith(seen)]
        below = paragraphs("\n".join(f"- {line}" for line in rest))
        return f"{said(compared)}{picture._repr_html_()}{below}"


def build_ctq_tree(
    examples: Mapping[str, tuple[str, Branches]] | None = None,
) -> BuildCtqTree:
    """Return an activity: from words to needs to features, guess what can be counted, then see.

    Parameters
    ----------
    examples : dict, optional
        Trees to start from, by name, also the states shown in print: what people say, and pairs of
        a need and its features, one a line. None: three invented ones.

    Examples
    --------
    >>> activity = build_ctq_tree()
    >>> typed = [("Reach a person", "Share of calls answered, %")]
    >>> activity.reveal("I can't get through", typed, "1")[0]
    'You expected 1 of 1 feature to be countable as worded, and so does the check.'
    """
    return BuildCtqTree(EXAMPLES if examples is None else dict(examples))


def _lines(typed: str) -> list[str]:
    return [line.strip(" \t-•*") for line in typed.splitlines() if line.strip(" \t-•*")]


def _fill(voice: Any, boxes: Sequence[tuple[Any, Any]], words_: str, branches: Branches) -> None:
    voice.value = words_
    for place, (need, features) in enumerate(boxes):
        given = branches[place] if place < len(branches) else ("", "")
        need.value, features.value = given


def _guess(expected: str, most: int) -> int:
    if not expected.strip():
        raise LessonError("First say how many of the features can be counted: a guess is enough.")
    number = read_numbers(expected, fewest=1, most=1)[0]
    if number != int(number) or not 0 <= number <= most:
        raise LessonError(f"Give a whole number from 0 to {most}: so many features are there.")
    return int(number)


def _compare(expected: int, tree: CtqTree) -> str:
    """Say how the guess compares with what the check of the wording finds."""
    count = sum(feature.measurable for feature in tree.features)
    of = counted(len(tree.features), "feature")
    begin = f"You expected {expected} of {of} to be countable as worded"
    if expected == count:
        rest = "." if count == len(tree.features) else ". What keeps the rest from it stands below."
        return f"{begin}, and so does the check{rest}"
    left = len(tree.features) - count
    if expected < count:
        return f"{begin}. The check says {count}: it goes by the wording alone."
    others = "the other" if left == 1 else f"the other {left}"
    return f"{begin}. The check says {count}: look at what keeps {others} from being counted."

"""From what people say to what can be counted: voice, need, measurable feature."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach.arguments import distinct, text
from pcqa_teach.columns import records
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.juran.planning.definition import OperationalDefinition
from pcqa_teach.juran.planning.vague import vague_words

_COUNTABLE = re.compile(
    r"%|\b(share|shares|number|numbers|count|counts|how (?:many|often|long)|minutes?|hours?|days?"
    r"|weeks?|months?|median|mean|rate|proportion|percent(?:age)?|times?|wait|waits|score|per"
    r"|out of)\b|\d",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Feature:
    """One feature: its words, the need it serves, and what keeps it from being counted."""

    need: str
    words: str
    advice: str

    @property
    def measurable(self) -> bool:
        """Whether nothing was found that keeps it from being counted."""
        return not self.advice


@dataclass(frozen=True, repr=False)
class CtqTree(Shown):
    """A critical-to-quality tree: what people said, what they need, what would be counted."""

    voice: str
    features: tuple[Feature, ...]

    @property
    def table(self) -> pd.DataFrame:
        """A row a feature: voice, need, feature, measurable, advice."""
        return pd.DataFrame(
            [(self.voice, f.need, f.words, f.measurable, f.advice) for f in self.features],
            columns=["voice", "need", "feature", "measurable", "advice"],
        )

    @property
    def needs(self) -> dict[str, tuple[Feature, ...]]:
        """The features of each need, in the order given."""
        return {
            need: tuple(f for f in self.features if f.need == need)
            for need in dict.fromkeys(f.need for f in self.features)
        }

    def _showing(self) -> Showing:
        from pcqa_teach.juran.planning import draw, words

        return Showing(words.ctq_message, words.ctq_explain, words.ctq_alt, draw.ctq_figure)


def ctq_tree(voice: str, needs: Any) -> CtqTree:
    """Turn what people say into needs, and each need into features that can be counted.

    A feature is called measurable when it says what would be counted (a share, a number, a wait,
    a unit of time) and uses no word that two people would read differently. That is our own check
    of its wording; only trying it out tells.

    Parameters
    ----------
    voice : what people said, in their words (invented or agreed to; never copied from a record)
    needs : {need: feature, or list of features}, or rows with 'need' and 'feature';
        a feature is a text or an `OperationalDefinition`

    Returns
    -------
    CtqTree

    Raises
    ------
    DataError
        There is no need, a need has no feature, or an entry is empty, twice there or not text.

    Examples
    --------
    >>> tree = ctq_tree("I can't get through", {
    ...     "Reach a person": ["Share of calls answered within 5 minutes, %", "A friendly voice"],
    ...     "Tell it once": ["Number of people asked to ring again, a day"],
    ... })
    >>> tree.table["measurable"].tolist()
    [True, False, True]

    Notes
    -----
    Juran and Godfrey, Juran's Quality Handbook (1999), on quality planning.
    """
    pairs = _pairs(needs)
    features = tuple(_feature(need, given, place) for place, (need, given) in enumerate(pairs, 1))
    for need in dict.fromkeys(f.need for f in features):
        distinct((f.words for f in features if f.need == need), "The features of one need")
    return CtqTree(text(voice, "voice", "write what people said"), features)


def _pairs(needs: Any) -> list[tuple[str, Any]]:
    if not isinstance(needs, Mapping):
        rows = records(needs, "ctq_tree", ["need", "feature"])
        return [
            (text(row["need"], f"need in row {i}"), row["feature"]) for i, row in enumerate(rows, 1)
        ]
    pairs: list[tuple[str, Any]] = []
    names = [text(need, f"need {i}") for i, need in enumerate(needs, 1)]
    distinct(names, "Needs")
    for place, (need, given) in enumerate(zip(names, needs.values(), strict=True), 1):
        one = isinstance(given, str | OperationalDefinition)
        listed = [given] if one else list(given) if isinstance(given, list | tuple) else []
        if not listed:
            raise DataError(
                f"Need {place} has no feature: say what you would count to know that it is met."
            )
        pairs += [(need, feature) for feature in listed]
    if not pairs:
        raise DataError("ctq_tree has no needs: give at least one need with a feature.")
    return pairs


def _feature(need: str, given: Any, place: int) -> Feature:
    if isinstance(given, OperationalDefinition):
        unclear = "; ".join(given.advice[:1])
        return Feature(need, f"{given.name}, {given.unit}", unclear)
    words = text(given, f"feature {place}")
    vague = vague_words(words)
    if vague:
        return Feature(need, words, f"'{vague[0]}' is open to opinion: say how it is counted")
    if not _COUNTABLE.search(words):
        return Feature(need, words, "say what would be counted, and in which unit")
    return Feature(need, words, "")

"""A family of measures: is it better, did we do it, what did it cost elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach.arguments import distinct, optional, text
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.juran.planning.definition import OperationalDefinition

ASK = {
    "outcome": "Is it better for people?",
    "process": "Did we do what we meant to do?",
    "balancing": "What may get worse elsewhere?",
}
_LACKING = {
    "outcome": "name what people would notice if it were better, such as the wait that they see",
    "process": "name what shows that the change is really done, such as the share of texts sent",
    "balancing": "name one thing that could get worse elsewhere while this gets better, such as the"
    " wait of people who ring instead of going online",
}


@dataclass(frozen=True)
class Measure:
    """One measure: its name, unit and the direction that is good ('up', 'down' or None)."""

    kind: str
    name: str
    unit: str | None = None
    good: str | None = None


@dataclass(frozen=True, repr=False)
class MeasuresFamily(Shown):
    """Outcome, process and balancing measures of one aim."""

    aim: str | None
    measures: tuple[Measure, ...]

    @property
    def table(self) -> pd.DataFrame:
        """A row a measure: kind, measure, unit, good."""
        rows = [(one.kind, one.name, one.unit, one.good) for one in self.measures]
        return pd.DataFrame(rows, columns=["kind", "measure", "unit", "good"], dtype=object)

    def of(self, kind: str) -> tuple[Measure, ...]:
        """Give the measures of one kind."""
        return tuple(one for one in self.measures if one.kind == kind)

    def _showing(self) -> Showing:
        from pcqa_teach.juran.improvement import diagram_draw as draw
        from pcqa_teach.juran.improvement import diagram_words as words

        return Showing(
            words.family_message, words.family_explain, words.family_alt, draw.family_figure
        )


def measures_family(
    *, outcome: Any, process: Any, balancing: Any = None, aim: str | None = None
) -> MeasuresFamily:
    """Choose outcome, process and balancing measures; a family without a balancing one is refused.

    Parameters
    ----------
    outcome, process, balancing : a measure, or a list of them: a name, a dict with `name` and if
        known `unit` and `good` ('up' or 'down'), or an `OperationalDefinition`
    aim : what the family is for

    Returns
    -------
    MeasuresFamily

    Raises
    ------
    DataError
        A kind has no measure (the message gives an example), a measure is there twice, or an entry
        is empty.

    Examples
    --------
    >>> family = measures_family(
    ...     outcome={"name": "Calls answered within 5 minutes", "unit": "%", "good": "up"},
    ...     process="Results sent by text, %",
    ...     balancing=["Results sent to a wrong number", "Ring-backs after a text"])
    >>> family.table["kind"].value_counts().to_dict()
    {'balancing': 2, 'outcome': 1, 'process': 1}

    Notes
    -----
    Langley et al., The Improvement Guide: how will we know that a change is an improvement?
    """
    given = {"outcome": outcome, "process": process, "balancing": balancing}
    made: list[Measure] = []
    for kind, entries in given.items():
        listed = list(entries) if isinstance(entries, list | tuple) else [entries]
        empty = [one is None or (isinstance(one, str) and not one.strip()) for one in listed]
        found = [_measure(one, kind) for one, no in zip(listed, empty, strict=True) if not no]
        if not found:
            raise DataError(f"measures_family has no {kind} measure yet: {_LACKING[kind]}.")
        made += found
    distinct((one.name for one in made), "The measures")
    return MeasuresFamily(optional(text, aim, "aim"), tuple(made))


def _measure(given: Any, kind: str) -> Measure:
    if isinstance(given, OperationalDefinition):
        return Measure(kind, given.name, given.unit)
    if not isinstance(given, Mapping):
        return Measure(kind, text(given, f"{kind} measure"))
    if set(given) - {"name", "unit", "good"}:
        raise DataError(f"A {kind} measure has an entry that is not 'name', 'unit' or 'good'.")
    good = optional(text, given.get("good"), f"good of a {kind} measure")
    if good not in (None, "up", "down"):
        raise DataError(f"good of a {kind} measure must be 'up' or 'down': which way is better?")
    return Measure(
        kind,
        text(given.get("name"), f"name of a {kind} measure"),
        optional(text, given.get("unit"), f"unit of a {kind} measure"),
        good,
    )

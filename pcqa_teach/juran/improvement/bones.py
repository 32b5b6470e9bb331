"""The fishbone: possible causes of an effect, by kind, before anybody knows which is true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach.arguments import distinct, optional, text, texts
from pcqa_teach.columns import records
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

MOST_BONES = 8

Cause = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, repr=False)
class Fishbone(Shown):
    """An effect and its possible causes.

    Parameters
    ----------
    effect : what is to be explained
    bones : {category: ((cause, (why, ...)), ...)} as pairs
    """

    effect: str
    bones: tuple[tuple[str, tuple[Cause, ...]], ...]

    @property
    def table(self) -> pd.DataFrame:
        """A row a cause, or a reason behind it: effect, category, cause, why."""
        rows = [
            (self.effect, category, cause, why)
            for category, causes in self.bones
            for cause, whys in causes
            for why in whys or (None,)
        ]
        columns = ["effect", "category", "cause", "why"]
        return pd.DataFrame(rows, columns=columns, dtype=object)

    @property
    def count(self) -> int:
        """How many causes there are."""
        return sum(len(causes) for _, causes in self.bones)

    def _showing(self) -> Showing:
        from pcqa_teach.juran.improvement import diagram_words as words
        from pcqa_teach.juran.improvement import fishbone_draw as draw

        return Showing(
            words.fishbone_message, words.fishbone_explain, words.fishbone_alt, draw.fishbone_figure
        )


def fishbone(effect: str, causes: Any) -> Fishbone:
    """Gather the possible causes of an effect by kind, with the reasons behind them.

    Parameters
    ----------
    effect : what is to be explained, as it is seen: "People ring back for results"
    causes : {category: [cause, ...]} or {category: {cause: [why, ...]}}, up to eight categories; or
        rows with `category`, `cause` and, if known, `why`

    Returns
    -------
    Fishbone

    Raises
    ------
    DataError
        There is no cause, an entry is empty, twice there or not text, or there are more than eight
        categories.

    Examples
    --------
    >>> bones = fishbone("People ring back for results", {
    ...     "Information": {"Nobody says when": ["Times differ by test"]},
    ...     "Process": ["Letters go out on Fridays", "Tasks wait for the GP"]})
    >>> bones.count, bones.table["category"].tolist()
    (3, ['Information', 'Process', 'Process'])

    Notes
    -----
    Ishikawa's cause-and-effect diagram, after Juran and Godfrey, Juran's Quality Handbook (1999).
    """
    goal = text(effect, "effect", "say what is to be explained")
    grouped = _nested(causes) if isinstance(causes, Mapping) else _listed(causes)
    if not grouped:
        raise DataError("fishbone has no causes: name at least one category with a cause.")
    distinct((category for category, _ in grouped), "The categories")
    if len(grouped) > MOST_BONES:
        raise DataError(f"There are more than {MOST_BONES} categories: put some together.")
    for place, (_, found) in enumerate(grouped, 1):
        if not found:
            raise DataError(f"Category {place} has no cause: give one, or leave the category out.")
        distinct((cause for cause, _ in found), f"The causes of category {place}")
    return Fishbone(goal, tuple(grouped))


def _nested(causes: Mapping[Any, Any]) -> list[tuple[str, tuple[Cause, ...]]]:
    grouped = []
    for place, (category, given) in enumerate(causes.items(), 1):
        what = f"cause in category {place}"
        if isinstance(given, Mapping):
            found = tuple((text(c, what), texts(whys, "why")) for c, whys in given.items())
        else:
            found = tuple((cause, ()) for cause in texts(given, what))
        grouped.append((text(category, f"category {place}"), found))
    return grouped


def _listed(causes: Any) -> list[tuple[str, tuple[Cause, ...]]]:
    grouped: dict[str, dict[str, list[str]]] = {}
    for place, row in enumerate(records(causes, "fishbone", ["category", "cause"], ["why"]), 1):
        category = text(row["category"], f"category in row {place}")
        cause = text(row["cause"], f"cause in row {place}")
        whys = grouped.setdefault(category, {}).setdefault(cause, [])
        why = optional(text, row["why"], f"why in row {place}")
        whys += [why] if why else []
    return [
        (category, tuple((cause, tuple(whys)) for cause, whys in found.items()))
        for category, found in grouped.items()
    ]

"""A ladder of participation: how much of a decision the people it concerns can make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach.arguments import distinct, text, whole
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown


@dataclass(frozen=True)
class Rung:
    """One rung: its place from the bottom, its name, its group, and who decides there."""

    place: int
    name: str
    group: str
    decides: str


# Arnstein's rungs and groups; who decides on each is said in our own words.
RUNGS: tuple[Rung, ...] = (
    Rung(1, "Manipulation", "Non-participation", "Their name backs what is already decided."),
    Rung(2, "Therapy", "Non-participation", "They, not the service, are to be put right."),
    Rung(3, "Informing", "Tokenism", "They are told. Nobody asks."),
    Rung(4, "Consultation", "Tokenism", "They are asked. We decide, and need not say why."),
    Rung(5, "Placation", "Tokenism", "A few sit on the group. The rest can outvote them."),
    Rung(6, "Partnership", "Citizen power", "Decided together, by rules that both have agreed to."),
    Rung(
        7, "Delegated power", "Citizen power", "They have the last word, or the budget, for a part."
    ),
    Rung(8, "Citizen control", "Citizen power", "The people who use it run it."),
)
SHARED = 6  # from this rung on the decision is shared


@dataclass(frozen=True, repr=False)
class EngagementLadder(Shown):
    """The eight rungs and what was placed on them: pairs of an activity and its rung."""

    placed: tuple[tuple[str, int], ...]

    @property
    def table(self) -> pd.DataFrame:
        """A row a rung, the highest first: rung, name, group, who_decides, placed."""
        rows = [
            (r.place, r.name, r.group, r.decides, "; ".join(self.on(r.place)))
            for r in reversed(RUNGS)
        ]
        return pd.DataFrame(rows, columns=["rung", "name", "group", "who_decides", "placed"])

    def on(self, rung: int) -> list[str]:
        """Give what was placed on a rung."""
        return [activity for activity, place in self.placed if place == rung]

    @property
    def shared(self) -> int:
        """How many of the activities share the decision (partnership or above)."""
        return sum(place >= SHARED for _, place in self.placed)

    def _showing(self) -> Showing:
        from pcqa_teach.juran.planning import ladder_draw as draw
        from pcqa_teach.juran.planning import ladder_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def engagement_ladder(placed: Mapping[str, int] | None = None) -> EngagementLadder:
    """Give Arnstein's ladder of participation, with what a practice does placed on it.

    Eight rungs in three groups: non-participation (1-2), tokenism (3-5), citizen power (6-8). The
    question for each activity is who decides, not how friendly it is.

    Parameters
    ----------
    placed : dict, optional
        Activities and the rung (1 to 8) that each stands on.

    Returns
    -------
    EngagementLadder

    Raises
    ------
    DataError
        An activity is empty, there twice or not text, or its rung is not one of the eight.

    Examples
    --------
    >>> ladder = engagement_ladder({"A survey": 4, "Half of the seats, and a vote": 6})
    >>> ladder.message
    '1 of 2 activities shares the decision (rung 6 or above)'
    >>> ladder.on(4)
    ['A survey']

    Notes
    -----
    Arnstein SR, A Ladder of Citizen Participation, Journal of the American Institute of Planners,
    1969: the rungs and their three groups. Who decides on each is said in our own words.
    """
    if placed is None:
        return EngagementLadder(())
    if not isinstance(placed, Mapping):
        raise DataError("engagement_ladder takes activities and rungs: {'A survey': 4}.")
    pairs = [
        (text(activity, f"activity {i}"), _rung(rung, i))
        for i, (activity, rung) in enumerate(placed.items(), 1)
    ]
    distinct([activity for activity, _ in pairs], "Activities")
    return EngagementLadder(tuple(pairs))


def _rung(given: Any, place: int) -> int:
    return int(whole(given, f"the rung of activity {place}", 4, low=1, high=len(RUNGS)))

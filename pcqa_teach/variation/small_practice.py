"""What a practice with so many a week can and cannot see on a chart of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pcqa_teach.arguments import number, text, whole
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.variation.chance import blocks, flagged, generator, preset_given

if TYPE_CHECKING:
    from pcqa_teach.figures import Table

SIZE, UNCHANGED = "n a week", "no change"


@dataclass(frozen=True, eq=False, repr=False)
class SmallPractice(Shown):
    """How often a change of a share would be noticed, by how many there are a week.

    Parameters
    ----------
    table : DataFrame, a row a size: n a week, no change, and a column for each new share: the part
        of charts on which a week since the change is flagged
    share, changed : the share before, and those after, in the order of the columns
    weeks_before, weeks_after, preset, charts : what was simulated
    things : what is counted
    """

    table: pd.DataFrame
    share: float
    changed: tuple[float, ...]
    weeks_before: int
    weeks_after: int
    preset: str
    charts: int
    things: str

    def _showing(self) -> Showing:
        from pcqa_teach.variation import small_practice_draw as draw
        from pcqa_teach.variation import small_practice_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)

    def data_table(self) -> Table:
        """Give the table with whole per cents, one row a size."""
        from pcqa_teach.variation.small_practice_words import data_table

        return data_table(self)


def small_practice_table(
    share: float = 0.06,
    changed: Sequence[float] = (0.05, 0.04, 0.03),
    sizes: Sequence[int] = (25, 50, 100, 250, 500),
    weeks_before: int = 24,
    weeks_after: int = 12,
    preset: str = "mdc",
    charts: int = 2_000,
    seed: int = 1,
    things: str = "appointments",
) -> SmallPractice:
    """Say what a practice with so many a week can and cannot see on an XmR chart of a share.

    Each week's share is drawn from n people, with the old share before and the new one after;
    limits are frozen on the weeks before.

    Parameters
    ----------
    share, changed : the share before, and the shares after that are tried
    sizes : how many people (appointments, calls) a week
    weeks_before, weeks_after : how long
    preset, charts, seed : as for `power`
    things : what is counted, for the words

    Returns
    -------
    SmallPractice

    Raises
    ------
    ChartError, DataError
        An argument cannot be used.

    Examples
    --------
    >>> found = small_practice_table(0.06, [0.03], [25, 500], charts=400)
    >>> found.table["to 3%"].round(1).tolist()[1] > 0.9 > found.table["to 3%"].tolist()[0]
    True

    Notes
    -----
    Our simulation: binomial weeks without any other variation, the kindest case; real weeks vary
    more, and then less can be seen.
    """
    preset_given(preset)
    before = whole(weeks_before, "weeks_before", 24, low=3, high=1000)
    after = whole(weeks_after, "weeks_after", 12, low=1, high=1000)
    many = whole(charts, "charts", 1000, low=100, high=100_000)
    old = number(share, "share", 0.06, above=0, below=1)
    new = [
        number(one, "changed", 0.05, above=0, below=1) for one in np.atleast_1d(changed).tolist()
    ]
    people = [whole(one, "sizes", 100, low=1, high=10**7) for one in np.atleast_1d(sizes).tolist()]
    if not people:
        raise DataError("sizes= is empty: give how many people a week, such as [50, 100].")
    rng = generator(seed)
    said = text(things, "things", "say what is counted, such as 'appointments'")
    names = [UNCHANGED, *(f"to {100 * one:.10g}%" for one in new)]
    table: dict[str, list[float]] = {"n a week": [float(n) for n in people]}
    table |= {name: [] for name in names}
    for n in people:
        for name, then in zip(names, [old, *new], strict=True):
            seen = 0
            for now in blocks(many, before + after, None):
                chances = np.repeat([old, then], [before, after])
                weeks = rng.binomial(n, chances, (now, before + after)) / n
                found = flagged(weeks, preset, baseline=before)
                seen += int(found[:, before:].any(axis=1).sum())
            table[name].append(seen / many)
    frame = pd.DataFrame(table).astype({SIZE: int})
    return SmallPractice(frame, old, tuple(new), before, after, preset, many, said)

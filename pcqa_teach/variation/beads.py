"""The red bead experiment: people scoop beads out of one box, and luck alone sets them apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, number, seeded, whole
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.spc import Chart, chart

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure


@dataclass(frozen=True, eq=False, repr=False)
class Scoops(Shown):
    """Red beads by person and week.

    Parameters
    ----------
    table : DataFrame, a row a scoop, week by week: week, worker, red
    beads : how many beads a scoop holds
    share : the share of red beads in the box, the same for all
    is_red : yes or no for each bead, by week, worker and place in the scoop
    """

    table: pd.DataFrame
    beads: int
    share: float
    is_red: Bools = field(repr=False)

    @property
    def workers(self) -> list[str]:
        """The people, in order."""
        return [str(one) for one in self.table["worker"].unique()]

    @property
    def counts(self) -> pd.DataFrame:
        """Red beads, a row a person, a column a week, and their sum as `total`."""
        wide = self.table.pivot_table(index="worker", columns="week", values="red", sort=False)
        wide = wide.astype("int64").rename_axis(columns=None)
        return wide.assign(total=wide.sum(axis=1)).reset_index()

    @cached_property
    def chart(self) -> Chart:
        """The np chart of all scoops; its only rule is a point outside, as people have no order."""
        frame = pd.DataFrame(
            {"x": np.arange(1, len(self.table) + 1), "value": self.table["red"], "n": self.beads}
        )
        return chart(
            frame, kind="np", rules="outside", improvement="down",
            title="Red beads in a scoop", unit="red beads",
        )  # fmt: skip

    @property
    def outside(self) -> pd.DataFrame:
        """The scoops beyond the limits, a row each: week, worker, red."""
        beyond: Bools = self.chart.points["outside"].to_numpy(dtype=bool)
        found: pd.DataFrame = self.table[beyond].reset_index(drop=True)
        return found

    def paddles(self, week: int = 1) -> Figure:
        """Draw what everybody scooped in one week, bead by bead."""
        from pcqa_teach.variation.beads_draw import paddles

        last = int(self.table["week"].max())
        return paddles(self, whole(week, "week", 1, low=1, high=last))

    def _showing(self) -> Showing:
        from pcqa_teach.variation import beads_draw as draw
        from pcqa_teach.variation import beads_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def red_bead(
    workers: int = 6,
    weeks: int = 4,
    *,
    beads: int = 50,
    share: float = 0.2,
    seed: int = 1986,
) -> Scoops:
    """Let people scoop beads out of one box, week after week; each red bead is a fault.

    Every bead is red with the same chance, as out of a box so large that a scoop does not change
    it. So nobody is better or worse: whatever sets people apart is luck. Limits of the np chart:
    mean +/- 3 sqrt(n p (1 - p)), with p = mean / n.

    Parameters
    ----------
    workers : how many people, called A, B, C ...; 2 to 12
    weeks : how many times each scoops
    beads : how many beads a scoop holds, 20 to 200
    share : the share of red beads in the box, 0.05 to 0.95
    seed : where chance starts; the same seed gives the same beads, and more weeks go on from fewer

    Returns
    -------
    Scoops

    Raises
    ------
    DataError
        An argument cannot be used.

    Examples
    --------
    >>> month = red_bead(workers=6, weeks=4, seed=1986)
    >>> month.counts["total"].tolist(), len(month.outside)
    ([53, 40, 48, 40, 30, 42], 0)
    >>> month.chart.limits[["centre", "lower", "upper"]].round(1).values.tolist()
    [[10.5, 1.9, 19.2]]

    Notes
    -----
    Deming, Out of the Crisis (1986) and The New Economics (1993). Fifty beads and one red in five
    are our own settings here.
    """
    people = whole(workers, "workers", 6, low=2, high=12)
    names = [chr(ord("A") + place) for place in range(people)]
    many = whole(weeks, "weeks", 4, low=1, high=100_000)
    size = whole(beads, "beads", 50, low=20, high=200)
    red = number(share, "share", 0.2, low=0.05, high=0.95)
    rng = np.random.default_rng(seeded(seed))
    is_red: Bools = rng.random((many, people, size)) < red
    table = pd.DataFrame(
        {
            "week": np.repeat(np.arange(1, many + 1, dtype=np.int64), people),
            "worker": names * many,
            "red": is_red.sum(axis=2, dtype=np.int64).ravel(),
        }
    )
    return Scoops(table, size, red, is_red)

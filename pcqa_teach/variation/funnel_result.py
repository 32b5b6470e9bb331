"""The funnel as one immutable result: frames of numbers, and the ways to say and show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.variation.dispersion import Dispersion
from pcqa_teach.variation.funnel_lines import Design, lines

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pcqa_teach.figures import Figure, Table


@dataclass(frozen=True)
class SetAside:
    """How many units could not be placed: no numbers, or nobody to count."""

    empty: int = 0
    nobody: int = 0


@dataclass(frozen=True, eq=False, repr=False)
class Funnel(Shown):
    """A funnel plot of units, each against what chance, and ordinary spread, would allow.

    Parameters
    ----------
    points : DataFrame, a row a unit: the unit, numerator, denominator, value, expected (numerator
        on the target), z, z_adjusted, eight limits at its own denominator (naive_lower95, ...,
        adjusted_upper998), four bool columns (naive_outside95, naive_outside998,
        adjusted_outside95, adjusted_outside998) and verdict (common, improvement, concern,
        neutral) against the adjusted 99.8% limits
    limits : DataFrame, a row a denominator along the funnel: denominator, target and the limits
    design, dispersion : how units were compared, and how far apart they lie
    unit, units : the column that names them, and what they are called together
    improvement : "up", "down" or None
    labels : "outside", None or the units to be named in the picture
    title, measure, size, notes : words for the picture; what the value is, what the denominator is
    suppress : whether numerators from 1 to 4 are kept out of every word, table and picture
    aside : units that could not be placed
    """

    points: pd.DataFrame
    limits: pd.DataFrame
    design: Design
    dispersion: Dispersion
    unit: str
    units: str
    improvement: str | None
    labels: str | Sequence[Any] | None
    title: str
    measure: str
    size: str
    notes: tuple[str, ...]
    suppress: bool
    aside: SetAside = field(default_factory=SetAside)

    @property
    def target(self) -> float:
        """Give the centre line, in values."""
        return self.design.target * self.design.per

    @property
    def phi(self) -> float:
        """Give the over-dispersion: 1 where chance alone is at work."""
        return self.dispersion.phi

    @property
    def tau(self) -> float:
        """Give the standard deviation between units beyond chance, on the funnel's scale."""
        return self.dispersion.tau

    @property
    def tau2(self) -> float:
        """Give the variance between units beyond chance, on the funnel's scale."""
        return self.dispersion.tau2

    @property
    def tau_value(self) -> float:
        """Give tau as a distance in values round the target, near enough."""
        return self.design.scale.spread(self.tau, self.design.target) * self.design.per

    def outside(self) -> pd.DataFrame:
        """Count the units outside, with and without over-dispersion, side by side.

        Returns
        -------
        DataFrame, a row a pair of limits (99.8% first): limit, units, naive, adjusted,
            naive_limits and adjusted_limits (how they were worked out: scale and distance)
        """
        from pcqa_teach.variation.funnel_words import adjusted_said, naive_said

        rows = [
            {
                "limit": f"{limit}%",
                "units": len(self.points),
                "naive": int(self.points[f"naive_outside{name}"].sum()),
                "adjusted": int(self.points[f"adjusted_outside{name}"].sum()),
                "naive_limits": naive_said(self),
                "adjusted_limits": adjusted_said(self, name),
            }
            for name, limit in (("998", 99.8), ("95", 95))
        ]
        return pd.DataFrame(rows)

    def limits_at(self, denominators: ArrayLike) -> pd.DataFrame:
        """Work out the limits at other sizes of unit.

        Raises
        ------
        DataError
            A size is not a number above 0, or of a proportion not a whole one.
        """
        try:
            n = np.atleast_1d(np.asarray(denominators, dtype=np.float64))
        except (TypeError, ValueError):
            n = np.array([np.nan])
        whole = self.design.kind != "proportion" or bool((n == np.floor(n)).all())
        if not (np.isfinite(n) & (n > 0)).all() or not whole:
            raise DataError("limits_at() needs sizes above 0 (whole numbers, for a proportion).")
        frame = lines(self.design, self.dispersion, n)
        frame.insert(0, "target", self.target)
        frame.insert(0, "denominator", n)
        return frame

    def _showing(self) -> Showing:
        from pcqa_teach.variation import funnel_draw as draw
        from pcqa_teach.variation import funnel_explain
        from pcqa_teach.variation import funnel_words as words

        return Showing(words.message, funnel_explain.explain, words.alt_text, draw.figure)

    def arithmetic(self) -> pd.DataFrame:
        """Show the sums behind the lines, one a row: step, sum, value."""
        from pcqa_teach.variation.funnel_explain import arithmetic

        return arithmetic(self)

    def data_table(self) -> Table:
        """Give every unit in a table, those outside first, small numbers kept out if asked."""
        from pcqa_teach.variation.funnel_words import table

        return table(self)

    def plot(self, ax: Axes | None = None, *, adjusted: bool | None = None) -> Axes:
        """Draw the funnel into matplotlib axes, or into a new figure of its own.

        With `adjusted` False only the naive limits are drawn, with True only the adjusted ones.
        """
        from pcqa_teach.variation.funnel_draw import plot

        return plot(self, ax, adjusted=adjusted)

    def figure(self, *, side_by_side: bool = False) -> Figure:
        """Draw the finished picture; naive and adjusted limits in two panels if asked."""
        from pcqa_teach.variation.funnel_draw import figure

        return figure(self, side_by_side=side_by_side)

"""How many decimals a chart's numbers deserve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pcqa_teach.spc.segments import Floats

WHOLE_SHARE = 100.0


@dataclass(frozen=True)
class Numbers:
    """Say values of one measure: its decimals and its unit.

    Examples
    --------
    >>> percent = Numbers.of(np.array([0.19]), np.array([6.66]), "%")
    >>> percent(6.6649), percent.bare(6.1)
    ('6.66%', '6.10')

    No share lies below 0% or above 100%, so a limit beyond is said, and drawn, at the edge.

    >>> Numbers.of(np.array([4.0]), np.array([3.0, 9.0]), "%").range(-1.5, 12.8)
    '0.0% to 12.8%'
    """

    decimals: int
    unit: str
    share: bool = False

    @classmethod
    def of(cls, sigma: Floats, values: Floats, unit: str) -> Numbers:
        """Choose decimals so that sigma shows in two figures; without sigma, from the values."""
        known = sigma[np.isfinite(sigma) & (sigma > 0)]
        seen = values[np.isfinite(values)]
        share = unit == "%" and bool(((seen >= 0) & (seen <= WHOLE_SHARE)).all())
        if len(known):
            decimals = int(np.clip(np.ceil(-np.log10(np.median(known))) + 1, 0, 7))
            return cls(decimals, unit, share)
        spread = np.array([np.std(seen)]) if len(seen) > 1 else np.array([])
        if len(spread) and spread[0] > 0:
            return cls.of(spread, seen, unit)
        needed = (d for d in range(4) if np.allclose(seen, np.round(seen, d), rtol=0, atol=1e-9))
        return cls(next(needed, 4), unit, share)

    def within(self, line: Floats) -> Floats:
        """Keep a line inside what the unit can hold: a share lies between 0% and 100%."""
        return np.clip(line, 0.0, WHOLE_SHARE) if self.share else line

    def bare(self, value: float) -> str:
        """Give the number alone."""
        if self.decimals > 6 or abs(value) >= 1e15:
            return f"{value:.3g}"
        text = f"{value:,.{self.decimals}f}"
        return text.lstrip("-") if float(text.replace(",", "")) == 0 else text

    def __call__(self, value: float) -> str:
        """Give the number with its unit."""
        gap = "" if self.unit in ("", "%") else " "
        return f"{self.bare(value)}{gap}{self.unit}"

    def plain(self, value: float) -> str:
        """Give a number as somebody wrote it, such as a target, with its unit."""
        return f"{value:,.10g}{'' if self.unit in ('', '%') else ' '}{self.unit}"

    def range(self, low: float, high: float, to: str = "to") -> str:
        """Say from where to where, with the unit once."""
        gap = "" if self.unit in ("", "%") else " "
        each = "%" if self.unit == "%" else ""
        end = "%" if each else f"{gap}{self.unit}"
        first, last = self.within(np.array([low, high]))
        return f"{self.bare(first)}{each} {to} {self.bare(last)}{end}"

"""How many decimals a chart's numbers deserve."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pcqa_teach.spc.segments import Floats

WHOLE_SHARE = 100.0
_PLURAL = 4  # letters; a shorter unit that ends in s, such as ms, is no plural
_FINEST = 12  # decimals


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

    Where every value is a whole number, so is each that is said; one of them is said as one.

    >>> calls = Numbers.of(np.array([3.0]), np.array([87.0, 80.0]), "calls")
    >>> calls(87), calls(83.25), calls(1)
    ('87 calls', '83.2 calls', '1 call')

    Where all values are one endless fraction, it is said as people would.

    >>> Numbers.of(np.array([0.0]), np.array([59.52380952] * 3), "%")(59.52380952)
    '59.5%'

    Where nothing is below 0, no line is said, or drawn, below 0 either.

    >>> replace(calls, least=0.0).range(-43.2, 197)
    '0 to 197 calls'
    """

    decimals: int
    unit: str
    share: bool = False
    whole: bool = False
    least: float = -np.inf

    @classmethod
    def of(cls, sigma: Floats, values: Floats, unit: str) -> Numbers:
        """Choose decimals so that sigma shows in two figures; without sigma, from the values."""
        known = sigma[np.isfinite(sigma) & (sigma > 0)]
        seen = values[np.isfinite(values)]
        share = unit == "%" and bool(((seen >= 0) & (seen <= WHOLE_SHARE)).all())
        whole = unit != "%" and len(seen) > 0 and bool((seen == np.round(seen)).all())
        if len(known):
            decimals = int(np.clip(np.ceil(-np.log10(np.median(known))) + 1, 0, 7))
            return cls(decimals, unit, share, whole)
        spread = np.array([np.std(seen)]) if len(seen) > 1 else np.array([])
        if len(spread) and spread[0] > 0:
            return cls.of(spread, seen, unit)
        needed = (d for d in range(4) if np.allclose(seen, np.round(seen, d), rtol=0, atol=1e-9))
        return cls(next(needed, 1 if unit == "%" else 3), unit, share, whole)

    def within(self, line: Floats) -> Floats:
        """Keep a line inside what can be: a share lies between 0% and 100%."""
        if self.share:
            return np.clip(line, 0.0, WHOLE_SHARE)
        return np.maximum(line, self.least) if self.least > -np.inf else line

    def apart(self, values: Floats, others: Floats) -> Numbers:
        """Give the same with more decimals, until each value is said otherwise than its pair.

        >>> percent = Numbers(1, "%")
        >>> percent.apart(np.array([9.52]), np.array([9.46]))(9.46)
        '9.46%'
        """
        near = np.isclose(values, others, rtol=0, atol=10.0**-self.decimals) & (values != others)
        pairs = list(zip(values[near].tolist(), others[near].tolist(), strict=True))
        fine = self
        while fine.decimals < _FINEST and any(fine._same(a, b) for a, b in pairs):
            fine = replace(fine, decimals=fine.decimals + 1)
        return fine

    def _same(self, one: float, other: float) -> bool:
        """Say whether a reader could not tell two numbers apart."""
        first, second = (float(self.bare(value).replace(",", "")) for value in (one, other))
        return first == second

    def bare(self, value: float) -> str:
        """Give the number alone; "none" for one that is not there."""
        if not np.isfinite(value):
            return "none"
        if abs(value) >= 1e15:
            return f"{value:.3g}"
        if (self.whole and value == round(value)) or (value == self.least == 0):
            return f"{round(value):,}"
        if self.decimals > 6:
            return f"{value:.{self.decimals - 4}g}"
        text = f"{value:,.{self.decimals}f}"
        return text.lstrip("-") if float(text.replace(",", "")) == 0 else text

    def __call__(self, value: float) -> str:
        """Give the number with its unit."""
        return self._with_unit(self.bare(value))

    def plain(self, value: float) -> str:
        """Give a number as somebody wrote it, such as a target, with its unit."""
        return self._with_unit(f"{value:,.10g}")

    def range(self, low: float, high: float, to: str = "to") -> str:
        """Say from where to where, with the unit once."""
        each = "%" if self.unit == "%" else ""
        first, last = self.within(np.array([low, high]))
        return f"{self.bare(first)}{each} {to} {self(last)}"

    def _with_unit(self, number: str) -> str:
        if self.unit in ("", "%") or number == "none":
            return number if number == "none" else f"{number}{self.unit}"
        return f"{number} {one_of(self.unit) if number == '1' else self.unit}"


def one_of(unit: str) -> str:
    """Give the unit of a single one.

    >>> one_of("calls"), one_of("calls a week"), one_of("per 1,000"), one_of("ms")
    ('call', 'call a week', 'per 1,000', 'ms')
    """
    what, space, rest = unit.partition(" ")
    plural = len(what) >= _PLURAL and what.endswith("s") and not what.endswith("ss")
    return f"{what[:-1] if plural else what}{space}{rest}"

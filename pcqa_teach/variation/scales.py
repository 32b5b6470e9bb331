"""The scales on which units are compared: where chance spreads them evenly round the target.

To add one, write three small functions and a line in `KINDS`. Each takes arrays over units:
numerators `o`, denominators `n`, and the target `t` in events per denominator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from pcqa_teach.arguments import Floats

Z95 = 1.959964  # standard errors to the 95% limit, as NHS Digital's SHMI prints it
Z998 = 3.090232  # standard errors to the 99.8% limit


@dataclass(frozen=True)
class Scale:
    """One scale: how a value is moved onto it, its standard error there, and the way back.

    Parameters
    ----------
    title : what it is called in a sentence
    to : values to the scale
    back : the scale to values, kept inside what a value can be
    error : (n, t) to the standard error of a unit that lies on the target
    trims : whether the outermost z are left out (as SHMI does) or pulled in to the centiles
    seen : (o, n) to the values that z rests on, where o / n alone will not do
    own_error : (o, n) to the standard error used for z, where it rests on the numerator too
    """

    title: str
    to: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]
    error: Callable[[Floats, float], Floats]
    trims: bool = False
    seen: Callable[[Floats, Floats], Floats] = np.divide
    own_error: Callable[[Floats, Floats], Floats] | None = None

    def centre(self, target: float) -> float:
        """Give the target on the scale."""
        return float(self.to(np.array([target]))[0])

    def z(self, o: Floats, n: Floats, target: float) -> tuple[Floats, Floats]:
        """Give each unit's distance from the target in standard errors, and those errors."""
        error = self.own_error(o, n) if self.own_error else self.error(n, target)
        return (self.to(self.seen(o, n)) - self.centre(target)) / error, error

    def spread(self, tau: float, target: float) -> float:
        """Say a small distance on the scale as a distance in values round the target.

        >>> round(ARCSINE.spread(0.04, 0.057), 4)
        0.0185
        """
        step = target * 1e-6
        low, high = self.to(np.array([target - step, target + step]))
        return float(tau * 2 * step / (high - low))


def _arcsine(value: Floats) -> Floats:
    return np.arcsin(np.sqrt(value))


def _half_root(n: Floats, t: float) -> Floats:
    return 1 / (2 * np.sqrt(n))


def _half_event(o: Floats, n: Floats) -> Floats:
    """Count a unit without events as half of one, so that it has a logarithm."""
    return np.where(o > 0, o, 0.5) / n


def _half_added(o: Floats, n: Floats) -> Floats:
    return (o + 0.5) / (n + 0.5)


def _counts_error(o: Floats, n: Floats) -> Floats:
    return np.sqrt(o / (o + 0.5) ** 2 + n / (n + 0.5) ** 2)


def _itself(value: Floats) -> Floats:
    return value


ARCSINE = Scale(
    "arcsine",
    _arcsine,
    lambda angle: np.sin(np.clip(angle, 0, np.pi / 2)) ** 2,
    _half_root,
)
PROPORTION = Scale(
    "untransformed",
    _itself,
    lambda value: np.clip(value, 0.0, 1.0),
    lambda n, t: np.sqrt(t * (1 - t) / n),
)
LOG = Scale("log", np.log, np.exp, lambda n, t: 1 / np.sqrt(t * n), trims=True, seen=_half_event)
SQUARE_ROOT = Scale("square root", np.sqrt, lambda root: np.maximum(root, 0.0) ** 2, _half_root)
RATE = Scale(
    "untransformed",
    _itself,
    lambda value: np.maximum(value, 0.0),
    lambda n, t: np.sqrt(t / n),
)
LOG_COUNTS = Scale(
    "log",
    np.log,
    np.exp,
    lambda n, t: _counts_error(t * n, n),
    seen=_half_added,
    own_error=_counts_error,
)

# What can be compared, and on which scales; the first of each is its default.
KINDS: Mapping[str, Mapping[str, Scale]] = {
    "proportion": {"arcsine": ARCSINE, "proportion": PROPORTION},
    "ratio": {"log": LOG, "square_root": SQUARE_ROOT, "ratio": RATE},
    "rate": {"square_root": SQUARE_ROOT, "log": LOG, "rate": RATE},
    "counts": {"log": LOG_COUNTS},
}

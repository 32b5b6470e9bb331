"""Words that the impact tools share: a change, its interval, and in which direction."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.spc.numbers import Numbers


def moved(value: float, say: Numbers) -> str:
    """Say a difference with its direction.

    >>> moved(-4.26, Numbers(1, "")), moved(0.0, Numbers(1, ""))
    ('4.3 lower', 'no different')
    """
    said = say(abs(value))
    if float(say.bare(abs(value)).replace(",", "")) == 0:
        return "no different"
    if said == "1 points":
        said = "1 point"
    return f"{said} {'lower' if value < 0 else 'higher'}"


def spread(low: float, high: float, say: Numbers) -> str:
    """Say an interval of differences.

    >>> spread(-6.0, -2.5, Numbers(1, "")), spread(-6.0, 2.5, Numbers(1, ""))
    ('2.5 to 6.0 lower', 'from 6.0 lower to 2.5 higher')
    """
    if not (np.isfinite(low) and np.isfinite(high)):
        return "cannot be worked out"
    if low * high > 0:
        near, far = sorted((abs(low), abs(high)))
        return f"{say.bare(near)} to {say(far)} {'lower' if low < 0 else 'higher'}"
    return f"from {moved(low, say)} to {moved(high, say)}"


def percent(value: float) -> str:
    """Say a relative change.

    >>> percent(-0.371), percent(0.02), percent(0.0004)
    ('down 37%', 'up 2%', 'no change')
    """
    whole = round(100 * value)
    if whole == 0:
        return "no change"
    return f"{'down' if whole < 0 else 'up'} {abs(whole)}%"


def percents(low: float, high: float) -> str:
    """Say an interval of relative changes.

    >>> percents(-0.15, -0.04), percents(-0.05, 0.03)
    ('down 4% to 15%', 'from down 5% to up 3%')
    """
    if low * high > 0 and round(100 * low) != 0 and round(100 * high) != 0:
        near, far = sorted((abs(round(100 * low)), abs(round(100 * high))))
        return f"{'down' if low < 0 else 'up'} {near}% to {far}%"
    return f"from {percent(low)} to {percent(high)}"


def clear(low: float, high: float) -> bool:
    """Say whether an interval leaves out no change at all."""
    return bool(low * high > 0)


def sure(confidence: float) -> str:
    """Name an interval.

    >>> sure(0.95)
    '95% interval'
    """
    return f"{100 * confidence:g}% interval"


def differences(sigma: float, values: np.ndarray[tuple[int], np.dtype[np.float64]], unit: str
                ) -> Numbers:  # fmt: skip
    """Choose decimals for differences; those of percentages are in points."""
    say = Numbers.of(np.array([sigma]), values, "")
    return Numbers(say.decimals, "points" if unit == "%" else unit)


def sums(rows: list[tuple[str, str, float]]) -> pd.DataFrame:
    """Lay sums out a row each: what, how, and the result."""
    return pd.DataFrame(rows, columns=["step", "sum", "value"])

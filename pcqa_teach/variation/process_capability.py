"""Whether a stable process can do what is asked of it; of an unstable one nothing is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.sayings import counted
from pcqa_teach.spc import Chart, chart


@dataclass(frozen=True, eq=False, repr=False)
class Capability(Shown):
    """How a stable process sits within what is asked of it.

    Parameters
    ----------
    chart : the chart that shows it stable
    lower, upper : the specification; NaN where there is none on that side
    mean, sigma, sd : of the last phase: its mean, the limits' sigma, and the overall sd
    cp, cpk, pp, ppk : indices; cp and pp are NaN with one side only
    cpk_lower, cpk_upper : 95% interval of cpk, near enough
    beyond, beyond_expected : the share of values beyond the specification: seen, and expected of
        a normal distribution
    points : how many values
    """

    chart: Chart
    lower: float
    upper: float
    mean: float
    sigma: float
    sd: float
    cp: float
    cpk: float
    pp: float
    ppk: float
    cpk_lower: float
    cpk_upper: float
    beyond: float
    beyond_expected: float
    points: int

    @property
    def table(self) -> pd.DataFrame:
        """The indices, with what each means."""
        from pcqa_teach.variation.capability_words import indices

        return indices(self)

    @property
    def natural(self) -> tuple[float, float]:
        """The control limits, between which the process moves left alone."""
        return self.mean - 3 * self.sigma, self.mean + 3 * self.sigma

    @property
    def missed(self) -> int:
        """How many values lay beyond the specification."""
        return round(self.beyond * self.points)

    def _showing(self) -> Showing:
        from pcqa_teach.variation import capability_draw as draw
        from pcqa_teach.variation import capability_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def capability(
    series: pd.DataFrame | Chart,
    *,
    lower: float | None = None,
    upper: float | None = None,
    **options: Any,
) -> Capability:
    """Hold a stable process against what is asked of it.

    Formula: Cp = (U - L) / 6 sigma; Cpk = min(U - mean, mean - L) / 3 sigma, sigma the mean moving
    range x 2.66 / 3; Pp and Ppk with the overall standard deviation.

    Parameters
    ----------
    series : what `spc.chart` takes, or an XmR chart of one series; its last phase is judged
    lower, upper : the specification, at least one of them, in the units of the values
    options : as for `spc.chart`

    Returns
    -------
    Capability

    Raises
    ------
    DataError
        The process is not stable (the message says which signals), has no limits, or no
        specification is given.
    ChartError
        The series cannot be charted.

    Examples
    --------
    >>> weeks = pd.DataFrame({"x": range(14), "value": [6, 7, 5, 9, 6, 7, 8, 5, 6, 7, 9, 6, 5, 7]})
    >>> ours = capability(weeks, upper=15)
    >>> round(ours.cpk, 2), ours.beyond
    (1.63, 0.0)
    >>> ours.message
    'Value: steady, and well within the limit you asked for: none of 14 missed it'

    Notes
    -----
    Montgomery, Introduction to Statistical Quality Control, chapter 8; the interval of Cpk is
    Bissell's (1990). Capability of an unstable process describes nothing that will last.
    """
    low, high = _specification(lower, upper)
    ours = series if isinstance(series, Chart) else chart(series, **options)
    if ours.by is not None or ours.kind != "xmr":
        raise DataError("Capability needs an XmR chart of one series: take chart.single(group).")
    limits = ours.limits.iloc[-1]
    phase = ours.points[ours.points["phase"] == limits["phase"]]
    _stable(ours, phase)
    values = phase["y"].dropna().to_numpy(dtype=np.float64)
    mean, sigma, sd = float(limits["centre"]), float(limits["sigma"]), float(values.std(ddof=1))
    cpk = _nearest(mean, low, high) / (3 * sigma)
    n = len(values)
    reach = 1.959964 * np.hypot(1 / (3 * np.sqrt(n)), cpk / np.sqrt(2 * (n - 1)))
    return Capability(
        chart=ours, lower=low, upper=high, mean=mean, sigma=sigma, sd=sd,
        cp=(high - low) / (6 * sigma), cpk=cpk,
        pp=(high - low) / (6 * sd), ppk=_nearest(mean, low, high) / (3 * sd),
        cpk_lower=float(cpk - reach), cpk_upper=float(cpk + reach),
        beyond=float(((values < low) | (values > high)).mean()),
        beyond_expected=_expected(mean, sigma, low, high), points=n,
    )  # fmt: skip


def _specification(lower: float | None, upper: float | None) -> tuple[float, float]:
    given = [one for one in (lower, upper) if one is not None]
    plain = all(
        isinstance(one, int | float | np.number) and not isinstance(one, bool) and np.isfinite(one)
        for one in given
    )
    if not given or not plain:
        raise DataError("Give lower=, upper= or both: numbers, in the units of the values.")
    low = float("nan") if lower is None else float(lower)
    high = float("nan") if upper is None else float(upper)
    if lower is not None and upper is not None and low >= high:
        raise DataError("lower= must be below upper=: swap them.")
    return low, high


def _stable(ours: Chart, phase: pd.DataFrame) -> None:
    """Refuse a process that is not stable, and say why."""
    if not np.isfinite(ours.limits["sigma"].iloc[-1]) or not phase["y"].std() > 0:
        raise DataError(
            f"{ours.title} has no limits (its values hardly vary, or are too few), so its"
            " capability cannot be judged."
        )
    flagged = int(phase["signal"].sum())
    if flagged:
        broken = [rule.sentence for rule in ours.rules if phase[rule.name].any()]
        raise DataError(
            f"{ours.title} is not stable: {counted(flagged, 'point')} of {len(phase)}"
            f" {'is a signal' if flagged == 1 else 'are signals'} ({'; '.join(broken)}). Find the"
            " causes first, or start a phase where it settled: capability means nothing before."
        )


def _nearest(mean: float, low: float, high: float) -> float:
    return float(np.nanmin([high - mean, mean - low]))


def _expected(mean: float, sigma: float, low: float, high: float) -> float:
    from scipy.stats import norm

    edges: Floats = np.array([(mean - low) / sigma, (high - mean) / sigma])
    return float(np.nansum(norm.sf(edges)))

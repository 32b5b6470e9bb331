"""Charts that remember: each point carries those before it, so that a slow drift shows."""

from __future__ import annotations

import numpy as np

from pcqa_teach.spc.kinds.base import Data, Kind, Lines, number
from pcqa_teach.spc.segments import Floats, Ints

_LEAST = 1e-18  # weights below this add nothing to a sum of floats


def ewma(data: Data) -> Floats:
    """Plot z[i] = lambda y[i] + (1 - lambda) z[i-1], beginning at the centre line.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> ewma(five(6, 7, 5, 9, 6, settings={"lambda_": 0.2})).round(3).tolist()
    [6.48, 6.584, 6.267, 6.814, 6.651]
    """
    rows, kept = data.seen
    weight = data.settings.get("lambda_", 0.2)
    centre = data.spread(data.mean)[rows]
    away = _remembered(weight * (data.y[rows] - centre), 1 - weight, kept.position())
    return _back(data, rows, centre + away)


def ewma_lines(data: Data) -> Lines:
    """Mean, and limits that widen as memory fills.

    Formula: centre = mean(y); limits = centre +/- L sigma sqrt(lambda / (2 - lambda)
    (1 - (1 - lambda)^(2 i))), sigma = MR-bar / 1.128, i = 1, 2, ... within the phase.
    Example: 6, 7, 5, 9, 6 with lambda = 0.2, L = 3 has centre 6.6 and sigma 2.22; the first upper
    limit is 6.6 + 3 x 2.22 x 0.2 = 7.93.
    Source: Montgomery, Introduction to Statistical Quality Control, 9.2.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> data = five(6, 7, 5, 9, 6, settings={"lambda_": 0.2, "L": 3})
    >>> (6.6 + 3 * ewma_lines(data).sigma).round(2).tolist()
    [7.93, 8.3, 8.5, 8.62, 8.69]
    """
    rows, kept = data.seen
    weight, wide = data.settings.get("lambda_", 0.2), data.settings.get("L", 3.0)
    age = kept.position() + 1.0
    factor = np.sqrt(weight / (2 - weight) * (1 - (1 - weight) ** (2 * age)))
    sigma = data.spread(data.ranges.bar * data.ratio * (wide / 3))
    return Lines(data.mean, sigma * _back(data, rows, factor), ranges=data.ranges)


def upper_sum(data: Data) -> Floats:
    """Plot C+[i] = max(0, C+[i-1] + z[i] - k), z = (y - mean) / sigma.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> upper_sum(five(6, 7, 5, 9, 6, settings={"k": 0.5})).round(2).tolist()
    [0.0, 0.0, 0.0, 0.58, 0.0]
    """
    return _sums(data, 1)


def lower_sum(data: Data) -> Floats:
    """Plot C-[i] = min(0, C-[i-1] + z[i] + k).

    >>> from pcqa_teach.spc.kinds.base import five
    >>> lower_sum(five(6, 7, 5, 9, 6, settings={"k": 0.1})).round(2).tolist()
    [-0.17, 0.0, -0.62, 0.0, -0.17]
    """
    return 0.0 - _sums(data, -1)


def cusum_lines(data: Data) -> Lines:
    """Zero, and a decision interval on both sides.

    Formula: limits = -h and h, in sigma of y.
    Example: with h = 5 the limits are -5 and 5, whatever the values.
    Source: Montgomery, 9.1.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> cusum_lines(five(6, 7, 5, 9, 6, settings={"h": 5})).edge(3).tolist()
    [5.0]
    """
    wide = np.where(_sigma(data) > 0, data.settings.get("h", 5.0) / 3, np.nan)
    return Lines(np.zeros_like(wide), wide, ranges=data.ranges)


def likelihood_sum(data: Data) -> Floats:
    """Plot S[i] = max(0, S[i-1] + w[i]), how strongly cases speak for a raised risk.

    w is log(p1 / p0) for an event and log((1 - p1) / (1 - p0)) for none; p0 is the risk of the
    baseline or as given, p1 the risk at `odds` times its odds.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> likelihood_sum(five(0, 1, 0, 1, 1, settings={"p0": 0.2, "odds": 2})).round(2).tolist()
    [0.0, 0.51, 0.33, 0.84, 1.35]
    """
    rows, kept = data.seen
    p0 = _risk(data)
    p0 = data.spread(np.where((p0 > 0) & (p0 < 1), p0, np.nan))[rows]
    odds = data.settings.get("odds", 2.0)
    p1 = odds * p0 / (1 + (odds - 1) * p0)
    step = np.where(data.y[rows] == 1, np.log(p1 / p0), np.log((1 - p1) / (1 - p0)))
    return _back(data, rows, _from_zero(np.nan_to_num(step), kept.position()))


def bernoulli_lines(data: Data) -> Lines:
    """Zero, and an upper limit at h.

    Formula: limits = 0 and h.
    Example: with h = 4.5 the upper limit is 4.5, whatever the values.
    Source: Reynolds and Stoumbos 1999.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> bernoulli_lines(five(0, 1, 0, 1, 1, settings={"h": 4.5})).edge(3).tolist()
    [4.5]
    """
    p0 = _risk(data)
    wide = np.where((p0 > 0) & (p0 < 1), data.settings.get("h", 4.5) / 3, np.nan)
    return Lines(np.zeros_like(wide), wide, floor=0.0)


def _sigma(data: Data) -> Floats:
    sigma = data.ranges.bar * data.ratio
    return np.where(sigma > 1e-13 * np.abs(data.mean), sigma, np.nan)


def _risk(data: Data) -> Floats:
    given = data.settings.get("p0")
    return data.mean if given is None else np.full_like(data.mean, float(given))


def _sums(data: Data, sign: int) -> Floats:
    rows, kept = data.seen
    mean, sigma = data.spread(data.mean)[rows], data.spread(_sigma(data))[rows]
    z = sign * (data.y[rows] - mean) / sigma
    step = np.nan_to_num(z - data.settings.get("k", 0.5))
    return _back(data, rows, _from_zero(step, kept.position()))


def _back(data: Data, rows: Ints, values: Floats) -> Floats:
    """Put values of the rows that were seen among all of them."""
    whole = np.full(len(data.y), np.nan)
    whole[rows] = values
    return whole


def _remembered(steps: Floats, keep: float, age: Ints) -> Floats:
    """Give s[i] = steps[i] + keep s[i-1] within each stretch, by doubling what is summed.

    >>> _remembered(np.array([1.0, 0.0, 0.0, 4.0]), 0.5, np.array([0, 1, 2, 0])).tolist()
    [1.0, 0.5, 0.25, 4.0]
    """
    total, lag, longest = steps, 1, int(age.max(initial=0))
    while lag <= longest and keep > _LEAST:
        earlier = np.where(age[lag:] >= lag, total[:-lag] * keep, 0.0)
        total = np.concatenate([total[:lag], total[lag:] + earlier])
        lag, keep = 2 * lag, keep * keep
    return total


def _from_zero(steps: Floats, age: Ints) -> Floats:
    """Give s[i] = max(0, s[i-1] + steps[i]) within each stretch, beginning at 0.

    A stretch of steps turns s into max(top, s + change); neighbouring stretches of that form join
    into one twice as long, so that a million points take twenty rounds.

    >>> _from_zero(np.array([1.0, -3.0, 2.0, -0.5, 4.0]), np.array([0, 1, 2, 3, 0])).tolist()
    [1.0, 0.0, 2.0, 1.5, 4.0]
    """
    change = steps.copy()
    top = np.maximum(steps, 0.0)
    lag, longest = 1, int(age.max(initial=0))
    while lag <= longest:
        inside = age[lag:] >= lag
        top[lag:] = np.maximum(top[lag:], np.where(inside, top[:-lag] + change[lag:], 0.0))
        change[lag:] += np.where(inside, change[:-lag], 0.0)
        lag *= 2
    return top


_ALONE = frozenset({"outside"})

EWMA = Kind(
    "EWMA chart", ewma, ewma_lines,
    question="Is there a slow drift?",
    plotted="a weighted average of this value and those before",
    use="To see a small, lasting drift sooner than an XmR chart does.",
    formula="z[i] = lambda y[i] + (1 - lambda) z[i-1]; limits = mean(y) +/-"
    " L sigma sqrt(lambda / (2 - lambda) (1 - (1 - lambda)^(2i))); lambda = 0.2, L = 3",
    source="Montgomery, Introduction to Statistical Quality Control, 9.2",
    differs="qcc gives the same limits. Points carry those before them, so runs among them mean"
    " nothing: only a point beyond a limit is read as a signal.",
    example={"y": (6, 7, 5, 9, 6)},
    preset=("outside",),
    suits=_ALONE,
    ranged=True,
    settings={"lambda_": number(0, 1, 0.2), "L": number(0, 10, 3.0)},
)  # fmt: skip

CUSUM = Kind(
    "CUSUM chart", upper_sum, cusum_lines,
    question="Has there been a small lasting shift, and since when?",
    plotted="running sums of departures from the mean",
    use="To see a small, lasting shift soon, and about when it began: where the sum left 0.",
    formula="C+[i] = max(0, C+[i-1] + z[i] - k); C-[i] = min(0, C-[i-1] + z[i] + k);"
    " z = (y - mean) / sigma; limits = -h and h; k = 0.5, h = 5",
    source="Montgomery, Introduction to Statistical Quality Control, 9.1",
    differs="qcc gives the same sums. Where both sums are beyond h at once, the one further out is"
    " flagged.",
    example={"y": (6, 7, 5, 9, 6)},
    preset=("outside",),
    suits=_ALONE,
    centre="zero line",
    ranged=True, aims=False, band=False,
    second=lower_sum,
    settings={"k": number(0, 10, 0.5), "h": number(0, 100, 5.0)},
)  # fmt: skip

BERNOULLI_CUSUM = Kind(
    "Bernoulli CUSUM chart", likelihood_sum, bernoulli_lines,
    question="Has the risk of something rare gone up?",
    plotted="a running sum that rises with each event",
    use="For a rare yes or no, one case after the other, to see soon that its odds have doubled.",
    formula="S[i] = max(0, S[i-1] + w[i]); w = log(p1 / p0) for an event, log((1 - p1) / (1 - p0))"
    " for none; p1 / (1 - p1) = odds x p0 / (1 - p0); upper limit = h; odds = 2, h = 4.5",
    source="Reynolds and Stoumbos, A CUSUM Chart for Monitoring a Proportion When Inspecting"
    " Continuously (1999)",
    differs="Others ask for h, or find it for a wanted rate of false alarms; h = 4.5 is this kit's"
    " own default, so choose h for your measure.",
    example={"y": (0, 0, 1, 0, 1)},
    asked={"p0": 0.02},
    preset=("outside",),
    suits=_ALONE,
    centre="zero line",
    holds="yes-no", aims=False, band=False,
    settings={
        "p0": number(0, 0.999, None), "odds": number(1, 1000, 2.0), "h": number(0, 100, 4.5),
    },
)  # fmt: skip

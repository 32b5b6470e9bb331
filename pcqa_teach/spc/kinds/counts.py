"""Counts: p and np (so many out of n), c and u (so many in a period, or for n), and Laney's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pcqa_teach.spc.kinds.base import (
    D2,
    Data,
    Kind,
    Lines,
    nonzero,
    y_as_it_is,
    y_over_n,
)
from pcqa_teach.spc.kinds.ranges import Ranges
from pcqa_teach.spc.segments import Floats

_STEADY = frozenset({  # what may be asked of points whose centre moves with n
    "outside", "shift", "two_of_three", "four_of_five", "fifteen_within", "eight_outside", "anhoej",
})  # fmt: skip


def p_lines(data: Data) -> Lines:
    """Pooled proportion, and the limits that chance alone gives it.

    Formula: p = sum(y) / sum(n); sigma[i] = sqrt(p (1 - p) / n[i]); limits within 0 and 1.
    Example: 3, 4, 6, 3, 5 of 50, 60, 55, 50, 65 has p = 21 / 280 = 0.075; for n = 50 the upper
    limit is 0.075 + 3 sqrt(0.075 x 0.925 / 50) = 0.187.
    Source: Montgomery, Introduction to Statistical Quality Control, 7.2.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> lines = p_lines(five(3, 4, 6, 3, 5, n=[50, 60, 55, 50, 65]))
    >>> round(float(lines.centre[0]), 3), round(float(lines.sigma[0] * 3 + lines.centre[0]), 3)
    (0.075, 0.187)
    """
    p = data.pooled
    sigma = np.sqrt(data.spread(p * (1 - p)) / data.sizes)
    lines = Lines(p, sigma, floor=0.0, ceiling=1.0)
    return replace(lines, sigma_z=_sigma_z(_ranges(data, lines)))


def np_lines(data: Data) -> Lines:
    """Give what a pooled proportion makes of each n, and its limits.

    Formula: p = sum(y) / sum(n); centre[i] = p n[i]; sigma[i] = sqrt(n[i] p (1 - p)).
    Example: 3, 4, 6, 3, 5 of 50 each has p = 0.084, centre 4.2 and upper limit 10.08.
    Source: Montgomery, 7.2.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> lines = np_lines(five(3, 4, 6, 3, 5, n=[50] * 5))
    >>> round(float(lines.centre[0]), 2), round(float(lines.edge(3)[0]), 2)
    (4.2, 10.08)
    """
    share, n = p_lines(data), data.sizes
    return Lines(
        data.spread(share.centre) * n, share.sigma * n, floor=0.0, ceiling=n, sigma_z=share.sigma_z
    )


def c_lines(data: Data) -> Lines:
    """Mean count, and the limits that chance alone gives it.

    Formula: centre = mean(y); sigma = sqrt(mean(y)); no limit below 0.
    Example: 6, 7, 5, 9, 6 has mean 6.6; the upper limit is 6.6 + 3 sqrt(6.6) = 14.31.
    Source: Montgomery, 7.3.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> c_lines(five(6, 7, 5, 9, 6)).edge(3).round(2).tolist()
    [14.31]
    """
    return Lines(data.mean, np.sqrt(data.mean), floor=0.0)


def u_lines(data: Data) -> Lines:
    """Pooled rate, and the limits that chance alone gives it.

    Formula: u = sum(y) / sum(n); sigma[i] = sqrt(u / n[i]); no limit below 0.
    Example: 3, 4, 6, 3, 5 for 10, 20, 20, 10, 25 has u = 21 / 85 = 0.247; for n = 10 the upper
    limit is 0.247 + 3 sqrt(0.247 / 10) = 0.719.
    Source: Montgomery, 7.3.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> lines = u_lines(five(3, 4, 6, 3, 5, n=[10, 20, 20, 10, 25]))
    >>> round(float(lines.centre[0]), 3), round(float(lines.sigma[0] * 3 + lines.centre[0]), 3)
    (0.247, 0.719)
    """
    u = data.pooled
    lines = Lines(u, np.sqrt(data.spread(u) / data.sizes), floor=0.0)
    return replace(lines, sigma_z=_sigma_z(_ranges(data, lines)))


def p_prime_lines(data: Data) -> Lines:
    """Pooled proportion; limits as wide as points really vary.

    Formula: sigma[i] = sqrt(p (1 - p) / n[i]) sigma_z, sigma_z = MR-bar of z / 1.128,
    z[i] = (y[i] / n[i] - p) / sqrt(p (1 - p) / n[i]); sigma_z is not kept from falling below 1.
    Example: 30, 60, 45, 70, 50 of 1000 each has z of -3.02, 1.29, -0.86, 2.73 and -0.14, whose
    mean moving range is 3.23; sigma_z is 2.87.
    Source: Laney 2002.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> lines = p_prime_lines(five(30, 60, 45, 70, 50, n=[1000] * 5))
    >>> lines.sigma_z.round(2).tolist()
    [2.87]
    """
    return _widened(data, p_lines(data))


def u_prime_lines(data: Data) -> Lines:
    """Pooled rate; limits as wide as points really vary.

    Formula: sigma[i] = sqrt(u / n[i]) sigma_z, sigma_z = MR-bar of z / 1.128,
    z[i] = (y[i] / n[i] - u) / sqrt(u / n[i]); sigma_z is not kept from falling below 1.
    Example: 30, 60, 45, 70, 50 for 1000 each has sigma_z 2.79.
    Source: Laney 2002.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> u_prime_lines(five(30, 60, 45, 70, 50, n=[1000] * 5)).sigma_z.round(2).tolist()
    [2.79]
    """
    return _widened(data, u_lines(data))


def _ranges(data: Data, lines: Lines) -> Ranges:
    """Take the moving ranges of z, the distance from the centre in sigma."""
    return data.ranges_of(
        (y_over_n(data) - data.spread(lines.centre)) / nonzero(data.spread(lines.sigma))
    )


def _sigma_z(ranges: Ranges) -> Floats:
    return ranges.bar / D2


def _widened(data: Data, lines: Lines) -> Lines:
    ranges = _ranges(data, lines)
    sigma_z = _sigma_z(ranges)
    return replace(lines, sigma=lines.sigma * data.spread(sigma_z), ranges=ranges, sigma_z=sigma_z)


_SOURCE = "Montgomery, Introduction to Statistical Quality Control, "
_OUT_OF = {"y": (3, 4, 6, 3, 5), "n": (50, 60, 55, 50, 65)}
_LARGE = {"y": (30, 60, 45, 70, 50), "n": (1000, 1100, 950, 1200, 1000)}
_LANEY = (
    "As in qicharts2, sigma_z may fall below 1, which makes limits narrower than chance alone"
    " would; some tools never let it."
)

P = Kind(
    "P chart", y_over_n, p_lines,
    question="Is a share unusual?",
    plotted="the share y / n",
    use="For a share, such as appointments missed of appointments booked, when each one is missed"
    " or not by itself; best with denominators of some tens to some hundreds.",
    formula="p = sum(y) / sum(n); limits = p +/- 3 sqrt(p (1 - p) / n[i]), within 0 and 1",
    source=_SOURCE + "7.2",
    differs="Limits step with n here, as in qicharts2 and qcc; some tools draw straight ones from"
    " the mean of n.",
    example=_OUT_OF,
    holds="counts", sized=True, rate=True, share=True,
)  # fmt: skip

NP = Kind(
    "NP chart", y_as_it_is, np_lines,
    question="Is a share unusual, told as a count?",
    plotted="the count y",
    use="For a share as a p chart, where n is the same or nearly so and counts are easier to talk"
    " about.",
    formula="p = sum(y) / sum(n); centre[i] = p n[i]; limits = p n[i] +/- 3 sqrt(n[i] p (1 - p))",
    source=_SOURCE + "7.2",
    differs="Where n varies the centre line steps too, as in qcc, so trends are not looked for.",
    example={"y": (3, 4, 6, 3, 5), "n": (50, 50, 50, 50, 50)},
    suits=_STEADY,
    holds="counts", sized=True, share=True,
)  # fmt: skip

C = Kind(
    "C chart", y_as_it_is, c_lines,
    question="Are there more or fewer events than usual?",
    plotted="the count y",
    use="For a count of events in equal periods, such as complaints a month, when the chance of one"
    " stays about the same.",
    formula="centre = mean(y); limits = mean(y) +/- 3 sqrt(mean(y)), none below 0",
    source=_SOURCE + "7.3",
    differs="None that we know of: qicharts2 and qcc give the same limits.",
    example={"y": (6, 7, 5, 9, 6)},
    holds="counts",
)  # fmt: skip

U = Kind(
    "U chart", y_over_n, u_lines,
    question="Are there more or fewer events than usual, for the number of people or appointments?",
    plotted="the rate y / n",
    use="For events per patient, bed day or appointment, when one can have several and n varies.",
    formula="u = sum(y) / sum(n); limits = u +/- 3 sqrt(u / n[i]), none below 0",
    source=_SOURCE + "7.3",
    differs="Limits step with n here, as in qicharts2 and qcc; some tools draw straight ones from"
    " the mean of n.",
    example={"y": (3, 4, 6, 3, 5), "n": (10, 20, 20, 10, 25)},
    holds="counts", sized=True, rate=True,
)  # fmt: skip

P_PRIME = Kind(
    "P-prime chart", y_over_n, p_prime_lines,
    question="Is a share unusual, when it is out of thousands?",
    plotted="the share y / n",
    use="For a share with denominators of thousands, where a p chart flags almost every point.",
    formula="p = sum(y) / sum(n); limits = p +/- 3 sqrt(p (1 - p) / n[i]) sigma_z;"
    " sigma_z = mean(|z[i] - z[i-1]|) / 1.128; z = (y / n - p) / sqrt(p (1 - p) / n)",
    source="Laney, Improved Control Charts for Attributes (2002)",
    differs=_LANEY,
    example=_LARGE,
    holds="counts", sized=True, rate=True, share=True, ranged=True,
)  # fmt: skip

U_PRIME = Kind(
    "U-prime chart", y_over_n, u_prime_lines,
    question="Is a rate unusual, when it is out of thousands?",
    plotted="the rate y / n",
    use="For a rate with denominators of thousands, where a u chart flags almost every point.",
    formula="u = sum(y) / sum(n); limits = u +/- 3 sqrt(u / n[i]) sigma_z;"
    " sigma_z = mean(|z[i] - z[i-1]|) / 1.128; z = (y / n - u) / sqrt(u / n)",
    source="Laney, Improved Control Charts for Attributes (2002)",
    differs=_LANEY,
    example=_LARGE,
    holds="counts", sized=True, rate=True, ranged=True,
)  # fmt: skip

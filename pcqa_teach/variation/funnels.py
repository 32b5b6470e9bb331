"""From a frame of units to a `Funnel`: check, compare with the target, draw nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, number
from pcqa_teach.columns import amounts
from pcqa_teach.errors import ChartError
from pcqa_teach.variation.dispersion import Dispersion, dispersion
from pcqa_teach.variation.funnel_checks import (
    choices_given,
    labels_given,
    notes_given,
    scale_given,
    target_given,
    units_given,
    usable,
)
from pcqa_teach.variation.funnel_lines import Design, lines
from pcqa_teach.variation.funnel_result import Funnel, SetAside
from pcqa_teach.variation.scales import KINDS
from pcqa_teach.variation.words import plural, small_letters, title_of

_STEPS = 240


def funnel(
    frame: pd.DataFrame,
    *,
    numerator: str,
    denominator: str,
    unit: str,
    kind: str = "proportion",
    overdispersion: str | None = "additive",
    scale: str | None = None,
    limits: str | None = None,
    target: float | None = None,
    per: float = 1.0,
    winsorise: float = 0.1,
    improvement: str | None = None,
    labels: str | Sequence[Any] | None = "outside",
    units: str | None = None,
    title: str | None = None,
    measure: str | None = None,
    size: str | None = None,
    notes: str | Iterable[str] | None = None,
    suppress: bool = False,
) -> Funnel:
    """Compare units of different size with one target, without ranking them.

    A unit lies outside when its value is strictly beyond target -/+ 3.0902 standard errors (or the
    exact limit); with over-dispersion the standard error is sqrt(s^2 + tau^2).

    Parameters
    ----------
    frame : DataFrame, one row a unit; never changed
    numerator, denominator, unit : names of its columns: events, out of how many (or how many were
        expected, or the size of the population), and who
    kind : "proportion" (events out of cases), "ratio" (events over expected events), "rate" (events
        over a population or time) or "counts" (one count over another)
    overdispersion : "additive" (tau^2), "multiplicative" (phi) or "none"
    scale : where z is worked out: "arcsine" or "proportion" for proportions, "log" (as SHMI),
        "square_root" or "ratio" for ratios, "square_root", "log" or "rate" for rates
    limits : the naive limits: "exact" (binomial or Poisson), "byar" (close to Poisson) or
        "approximate" (normal on the scale, as FunnelPlotR draws proportions)
    target : the centre, in values; None: 1 for ratios, else all events over all denominators
    per : multiplies values: 1000 gives rates per 1,000
    winsorise : share of each end of z that is pulled in before phi and tau are worked out
    improvement : "up", "down" or None, the direction that is good
    labels : name the units "outside" in the picture, none (None), or a list of units
    units, title, measure, size, notes : words: what units are called together, the title, what
        the value and the denominator are, what to print beneath
    suppress : keep numerators from 1 to 4 out of all that is shown

    Returns
    -------
    Funnel

    Raises
    ------
    DataError
        A column is missing, is not counts, or gives nothing to compare.
    ChartError
        An argument is not one of those above.

    Examples
    --------
    >>> five = pd.DataFrame({"practice": list("ABCDE"), "missed": [30, 62, 45, 160, 58],
    ...                      "booked": [500, 1000, 800, 1500, 900]})
    >>> ours = funnel(five, numerator="missed", denominator="booked", unit="practice")
    >>> ours.outside()[["limit", "units", "naive", "adjusted"]].values.tolist()
    [['99.8%', 5, 1, 0], ['95%', 5, 2, 0]]

    Notes
    -----
    Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24
    (2005): 1185-1202.
    """
    about = scale_given(kind, scale)
    choices_given(overdispersion, limits, kind, improvement)
    o, n = (
        amounts(frame, numerator, "numerator=", gaps=True),
        amounts(frame, denominator, "denominator=", gaps=True),
    )
    names = units_given(frame, unit)
    used = usable(o, n, numerator, denominator, kind)
    aside = SetAside(int((np.isnan(o) | np.isnan(n)).sum()), int(((n == 0) & (o == 0)).sum()))
    o, n, names = o[used], n[used], names[used].reset_index(drop=True)
    multiple = number(per, "per", 1000, above=0, high=1e12)
    if kind == "proportion" and multiple != 1:
        raise ChartError("per= is for rates and ratios: a proportion is shown in per cent.")
    design = Design(
        kind,
        scale if scale is not None else next(iter(KINDS[kind])),
        about,
        limits or ("approximate" if kind == "counts" else "exact"),
        overdispersion or "none",
        target_given(target, kind, o, n, multiple),
        multiple,
        number(winsorise, "winsorise", 0.1, low=0, below=0.5),
    )
    found = dispersion(*about.z(o, n, design.target), design.winsorise, trims=about.trims)
    points = _points(design, found, o, n, improvement)
    points.insert(0, unit, names)
    along = _along(n, kind)
    drawn = lines(design, found, along)
    drawn.insert(0, "target", design.target * multiple)
    drawn.insert(0, "denominator", along)
    own = frame.attrs.get("pcqa")
    own = own if isinstance(own, dict) else {}
    joined = "of" if kind == "proportion" else "over" if kind != "rate" else "for"
    what = measure or f"{title_of(numerator)} {joined} {small_letters(title_of(denominator))}"
    return Funnel(
        points=points,
        limits=drawn,
        design=design,
        dispersion=found,
        unit=unit,
        units=str(units or plural(unit)),
        improvement=improvement,
        labels=labels_given(labels, names, unit),
        title=str(title or own.get("title") or title_of(numerator)),
        measure=str(what),
        size=str(size or title_of(denominator)),
        notes=notes_given(notes),
        suppress=bool(suppress),
        aside=aside,
    )


def _points(
    design: Design, found: Dispersion, o: Floats, n: Floats, improvement: str | None
) -> pd.DataFrame:
    z, error = design.scale.z(o, n, design.target)
    points = pd.DataFrame(
        {
            "numerator": o,
            "denominator": n,
            "value": o / n * design.per,
            "expected": n * design.target,
            "z": z,
            "z_adjusted": z * error / design.widening(found, error),
        }
    )
    points = pd.concat([points, lines(design, found, n)], axis=1)
    value = points["value"].to_numpy()
    for which in ("naive", "adjusted"):
        for name in ("95", "998"):
            lower = points[f"{which}_lower{name}"].to_numpy()
            upper = points[f"{which}_upper{name}"].to_numpy()
            points[f"{which}_outside{name}"] = (value < lower) | (value > upper)
    high = value > design.target * design.per
    good = high if improvement == "up" else ~high
    side = np.where(good, "improvement", "concern") if improvement else "neutral"
    points["verdict"] = pd.Categorical(
        np.where(points["adjusted_outside998"], side, "common"),
        ["common", "improvement", "concern", "neutral"],
    )
    return points


def _along(n: Floats, kind: str) -> Floats:
    """Choose the sizes at which the lines are worked out: closer together where they bend."""
    low, high = float(n.min()), float(n.max())
    low = max(low * 0.5, min(low, 1.0))
    along = np.unique(np.concatenate([
        np.geomspace(low, high * 1.04, _STEPS // 2), np.linspace(low, high * 1.04, _STEPS // 2)
    ]))  # fmt: skip
    return np.unique(np.maximum(np.round(along), 1.0)) if kind == "proportion" else along

"""The sums of a difference in differences: four means, the gap over time, and how sure it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats
from pcqa_teach.errors import DataError
from pcqa_teach.juran.impact.columns import step_of
from pcqa_teach.juran.impact.errors import fit_over_time

TREND = 4


def means_of(
    y: Floats, whose: Bools, after: Bools, rows: Bools, names: tuple[str, str]
) -> pd.DataFrame:
    """Lay out the four means, and their differences."""
    cells = {
        (side, late): rows & (whose == side) & (after == late)
        for side in (True, False)
        for late in (False, True)
    }
    for (side, late), cell in cells.items():
        if not cell.any():
            raise DataError(
                f"Group '{names[0 if side else 1]}' has no values {'after' if late else 'before'}"
                " the change: check the date of the change."
            )
    means = pd.DataFrame(
        [[float(y[cells[side, late]].mean()) for late in (False, True)] for side in (True, False)],
        columns=["before", "after"],
    )
    means.loc[2] = means.loc[0] - means.loc[1]
    means.insert(0, "group", [*names, "difference"])
    means["change"] = means["after"] - means["before"]
    count = [int((rows & (whose == side)).sum()) for side in (True, False)]
    means["rows"] = [*count, sum(count)]
    return means


def points_of(x: Any, y: Floats, whose: Bools, rows: Bools, dates: Any, when: Any) -> pd.DataFrame:
    """Average each group on each date, and carry the changed one on as the others moved."""
    kept = np.isfinite(y)
    long = pd.DataFrame({"x": x[kept], "whose": whose[kept], "y": y[kept]})
    wide = long.pivot_table(index="x", columns="whose", values="y").reindex(dates)
    points = pd.DataFrame({
        "x": dates, "after": dates >= when, "used": np.isin(dates, np.unique(x[rows])),
        "changed": wide[True].to_numpy(), "others": wide[False].to_numpy(),
    })  # fmt: skip
    points["gap"] = points["changed"] - points["others"]
    before = points.loc[~points["after"] & points["used"], "gap"]
    points["expected"] = points["others"] + before.mean()
    return points


def clustered(
    y: Floats, whose: Bools, after: Bools, members: Any, rows: Bools, confidence: float
) -> tuple[str, float, float]:
    """Give the standard error with rows of one member taken together, and how far to reach."""
    from scipy import stats
    from statsmodels.regression.linear_model import OLS

    side, late = whose[rows].astype(float), after[rows].astype(float)
    design = np.column_stack([np.ones(len(side)), side, late, side * late])
    codes = members[rows]
    fitted: Any = OLS(y[rows], design).fit(
        cov_type="cluster", cov_kwds={"groups": codes, "use_correction": True}
    )
    count = len(np.unique(codes))
    reach = float(stats.t.ppf(0.5 + confidence / 2, count - 1))
    return "clusters", float(np.sqrt(fitted.cov_params()[3, 3])), reach


def over_time(points: pd.DataFrame, confidence: float) -> tuple[str, float, float]:
    """Give the standard error of the step in the gap between two series."""
    both = points[points["used"] & points["gap"].notna()]
    late = both["after"].to_numpy(dtype=float)
    if min(late.sum(), len(late) - late.sum()) < 2 or len(late) < 5:
        return "none", float("nan"), float("nan")
    fit = fit_over_time(both["gap"].to_numpy(), np.column_stack([np.ones(len(late)), late]))
    error = float(fit.errors(np.array([[0.0, 1.0]]))[0, 0])
    return "newey-west", error, fit.reach(confidence)


def trend_of(points: pd.DataFrame, confidence: float) -> pd.Series[Any]:
    """Find how the gap between the groups moved before the change, and how far that would lead.

    drift = slope (mean time after - mean time before): what the earlier trend alone, gone on, would
    have made of the difference.
    """
    both = points[points["used"] & points["gap"].notna()]
    late = both["after"].to_numpy()
    time, _ = step_of(both["x"].to_numpy())
    count = int((~late).sum())
    if count < TREND:
        return pd.Series(dict.fromkeys(("slope", "low", "high", "span", "drift"), np.nan)
                         | {"points": count})  # fmt: skip
    early = time[~late] - time[0]
    fit = fit_over_time(both["gap"].to_numpy()[~late], np.column_stack([np.ones(count), early]))
    reach = fit.reach(confidence) * float(fit.errors(np.array([[0.0, 1.0]]))[0, 0])
    slope = float(fit.terms[1])
    span = float(time[late].mean() - time[~late].mean()) if late.any() else float("nan")
    return pd.Series({
        "slope": slope, "low": slope - reach, "high": slope + reach, "span": span,
        "drift": slope * span, "points": count,
    })  # fmt: skip

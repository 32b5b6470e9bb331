"""The frames that a chart shows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pcqa_teach.spc.icons import VERDICTS, assurance
from pcqa_teach.spc.phases import Phases
from pcqa_teach.spc.segments import Bools, Codes, Floats
from pcqa_teach.spc.series import Series


def point_frame(
    series: Series,
    plotted: Floats,
    lines: dict[str, Floats],
    phases: Phases,
    codes: Mapping[str, Codes],
    signal: Bools,
    verdict: Codes,
) -> pd.DataFrame:
    """Give a row a point."""
    return pd.DataFrame(
        {
            "x": series.x.copy(),
            "y": plotted.copy(),
            "n": np.full(len(plotted), np.nan) if series.n is None else series.n.copy(),
            "phase": np.repeat(phases.number, phases.segments.lengths),
            **{name: lines[name] for name in ("centre", "lower", "upper", "lower2", "upper2")},
            **{name: code != 0 for name, code in codes.items()},
            "signal": signal,
            "verdict": pd.Categorical.from_codes(verdict, categories=pd.Index(VERDICTS)),
        },
        copy=False,
    )


def icon_frame(
    series: Series,
    limits: pd.DataFrame,
    phases: Phases,
    plotted: Floats,
    verdict: Codes,
    whole: Bools,
    targets: Floats,
    improvement: str | None,
) -> pd.DataFrame:
    """Give each series the verdict of its latest point, and its target against its last limits."""
    starts = series.group_starts
    seen = np.where(np.isfinite(plotted), np.arange(len(plotted)), -1)
    latest = np.maximum.reduceat(seen, starts)
    code = np.where(latest >= starts, verdict[latest], 0)
    last = (
        np.searchsorted(phases.segments.starts, np.append(starts[1:], len(plotted)), side="left")
        - 1
    )
    of_phase = phases.segments.count(whole)[last] > 0
    code = np.where((code == 0) & of_phase, VERDICTS.index("neutral"), code)
    lower, upper = (limits[name].to_numpy()[last] for name in ("lower", "upper"))
    held = assurance(lower, upper, targets, improvement)
    return pd.DataFrame(
        {
            "variation": pd.Categorical.from_codes(code, categories=pd.Index(VERDICTS)),
            "assurance": pd.Series(held, dtype=object),
        }
    )

"""How often the lesson on impact (d8) calls a step better and lasting, by simulation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic import events
from pcqa_teach.juran.promised import Gathered, promised_results
from pcqa_teach.juran.promised.gather import measure, source_of
from pcqa_teach.juran.promised.riverside import SINCE

GO_LIVE = events.iso(events.GO_LIVE)


def told(name: str, frame: pd.DataFrame) -> pd.Series:
    """Return the row that d8 has for one measure, with the invented practice's frozen baseline."""
    held = Gathered({name: measure(source_of(name), frame)}, {}).frozen(GO_LIVE, since=SINCE)
    return promised_results(held, GO_LIVE).rows.set_index("name").loc[name]


def lasts(row: pd.Series) -> bool:
    """Say whether the row says so of both four and nine months."""
    return str(row["verdict"]).endswith("better, lasting")


def called(name: str, x: pd.Series, shift: float, charts: int = 300) -> float:
    """Simulate how often that is said of a step of `shift` standard deviations at go-live."""
    rng = np.random.default_rng(4)
    step = shift * (pd.to_datetime(x) >= GO_LIVE).to_numpy()
    made = (
        pd.DataFrame({"x": x, "value": 50 + step + rng.normal(size=len(x)), "n": 100.0})
        for _ in range(charts)
    )
    return float(np.mean([lasts(told(name, frame)) for frame in made]))

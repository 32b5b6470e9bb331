"""The trilogy as a teaching picture: an invented series with the levels one asks for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from pcqa_teach.arguments import number, whole
from pcqa_teach.juran.control.trilogy import Trilogy, trilogy_chart

_BEFORE, _DURING, _AFTER = 24, 8, 20
_SPREAD = 1.5
_SPIKE = 9.0


def trilogy_illustration(
    chronic: float = 20, new: float | None = 8, spikes: int = 1, *, seed: int = 1986
) -> Trilogy:
    """Draw the trilogy from an invented series: a chronic level, spikes, and a new zone.

    Each of 24 weeks of control is the chronic level with chance of 1.5 around it; evenly placed
    weeks carry a spike of 9 more; 8 weeks of improvement lead in a straight line to the new level,
    which 20 weeks hold. All of these are our own assumptions.

    Parameters
    ----------
    chronic : level of waste before, hours a week, 5 to 60
    new : level after, from 5 up to `chronic`; None: nobody improves anything, 52 weeks of control
    spikes : how many sporadic spikes, 0 to 4
    seed : for the chance

    Returns
    -------
    Trilogy

    Raises
    ------
    DataError
        A level or the number of spikes lies outside what the picture can show.

    Examples
    --------
    >>> picture = trilogy_illustration(chronic=20, new=8, spikes=1)
    >>> picture.zones["zone"].tolist(), len(picture.spikes), picture.told_apart
    (['control', 'improvement', 'new zone'], 1, True)

    Notes
    -----
    Juran, The Quality Trilogy (1986).
    """
    level = number(chronic, "chronic", 20, low=5, high=60)
    low = level if new is None else number(new, "new", 5, low=5, high=level)
    frame = _series(level, low, whole(spikes, "spikes", 1, low=0, high=4), seed)
    found = trilogy_chart(
        frame,
        improve=None if new is None else _BEFORE + 1,
        hold=None if new is None else _BEFORE + _DURING + 1,
        exclude=frame.loc[frame["spike"], "x"].tolist() or None,
        title="Time lost to rework",
        unit="hours a week",
        notes="Invented figures: a teaching picture, week by week.",
    )
    return replace(found, invented=True)


def _series(level: float, low: float, spikes: int, seed: int) -> pd.DataFrame:
    path = np.concatenate(
        [
            np.full(_BEFORE, level),
            np.linspace(level, low, _DURING + 2)[1:-1],
            np.full(_AFTER, low),
        ]
    )
    chance = np.random.default_rng(seed).uniform(-_SPREAD, _SPREAD, len(path))
    spike = np.zeros(len(path), dtype=bool)
    spike[((np.arange(spikes) + 1) * _BEFORE) // (spikes + 1)] = True
    values = path + chance + np.where(spike, _SPIKE, 0.0)
    return pd.DataFrame({"x": np.arange(1, len(path) + 1), "value": values, "spike": spike})

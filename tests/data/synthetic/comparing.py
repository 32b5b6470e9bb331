"""Reference solutions that are no control chart: a funnel (T09) and a variance ratio (T11)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import f, pearsonr

from pcqa_teach.data.synthetic import events, networks

from .grown import Grown
from .reference import Quiet, quiet, simulate
from .solutions import CAL

PLANTED = [networks.TRUE_HIGH, networks.ARTEFACT]
# From April to the day before the week; the rush after a bank holiday is a known cause.
STEADY = CAL.query("open and 80 <= day <= 119 and after_holiday == 1")["day"].to_numpy()
TAMPERED = CAL.loc[CAL["open"] & CAL["day"].between(*events.TAMPER), "day"].to_numpy()
YESTERDAY = np.r_[STEADY[-1], TAMPERED[:-1]]


def beyond_ordinary(missed: np.ndarray, booked: np.ndarray) -> np.ndarray:
    """Give each practice's z against chance and ordinary spread; arrays are (networks, practices).

    Additive over-dispersion on the arcsine scale (Spiegelhalter 2005), z winsorised at 10%.
    """
    target = missed.sum(axis=1, keepdims=True) / booked.sum(axis=1, keepdims=True)
    away = np.arcsin(np.sqrt(missed / booked)) - np.arcsin(np.sqrt(target))
    error = 1 / (2 * np.sqrt(booked))
    z = away / error
    pulled = np.clip(z, *np.quantile(z, [0.1, 0.9], axis=1, keepdims=True))
    weight = 1 / error**2
    total = weight.sum(axis=1)
    beyond = (pulled**2).sum(axis=1) - (z.shape[1] - 1)
    tau2 = np.maximum(0, beyond / (total - (weight**2).sum(axis=1) / total))
    return np.asarray(away / np.sqrt(error**2 + tau2[:, None]))


def drawn_networks(observed: list[pd.DataFrame], count: int = 5_000) -> np.ndarray:
    """Draw networks whose other practices are like those observed, with two planted 4 points up.

    Returns z of the networks drawn, shape (count, practices), the planted two in their places.
    """
    rng = np.random.default_rng(9)
    everyone = np.stack([one[["dna", "appointments"]].to_numpy() for one in observed])
    others = np.delete(everyone, PLANTED, axis=1).reshape(-1, 2)
    picked = others[rng.integers(len(others), size=(count, everyone.shape[1]))]
    booked = picked[:, :, 1].copy()
    share = picked[:, :, 0] / booked
    booked[:, PLANTED] = everyone[rng.integers(len(everyone), size=count)][:, PLANTED, 1]
    share[:, PLANTED] = networks.DNA_MEDIAN + networks.PLANTED_POINTS
    return beyond_ordinary(rng.binomial(booked, share), booked)


def left_over(one: Grown, days: np.ndarray) -> np.ndarray:
    """Give the duty slots that nobody asked for (below 0: asks without a slot)."""
    rows = one.days.loc[days]
    return (rows["duty_slots"] - rows["same_day_asks"]).to_numpy(dtype=float)


def spread_doubled(week: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Say whether the mean square of the week is above chance: F test at 5%, rows are series."""
    ratio = (week**2).mean(axis=1) / (before**2).mean(axis=1)
    return np.asarray(ratio > f.ppf(0.95, week.shape[1], before.shape[1]))


def drawn_weeks(practices: list[Grown], count: int = 5_000) -> tuple[np.ndarray, np.ndarray]:
    """Draw the left-over of a tampered week (today's surplus less yesterday's) and days before."""
    panel = np.array([left_over(one, STEADY) for one in practices])
    world = quiet(panel, np.ones(len(STEADY), dtype=bool))
    longer = Quiet(np.zeros(len(STEADY) + len(TAMPERED)), world.noise, world.phi)
    steady = simulate(longer, count=False, series=count)
    chased = steady[:, len(STEADY) :] - steady[:, len(STEADY) - 1 : -1]
    return chased, steady[:, : len(STEADY)]


def usual_slots(one: Grown, days: np.ndarray) -> np.ndarray:
    """Give the duty slots that each day's weekday usually has."""
    steady = one.days.loc[STEADY]
    usual = steady.groupby("weekday")["duty_slots"].median()
    return usual.loc[one.days.loc[days, "weekday"]].to_numpy(dtype=float)


def follows_yesterday(one: Grown) -> bool:
    """Say whether the week's departures from the usual rota follow yesterday's surplus of asks."""
    departure = one.days.loc[TAMPERED, "duty_slots"] - usual_slots(one, TAMPERED)
    surplus = one.days.loc[YESTERDAY, "same_day_asks"] - usual_slots(one, YESTERDAY)
    return bool(pearsonr(departure, surplus).pvalue < 0.05)

"""What people ask for, day by day: value demand, and the failure demand that follows it."""

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic import events
from pcqa_teach.data.synthetic.calendar import ASK_WEEKDAY, next_open
from pcqa_teach.data.synthetic.streams import stream

ASKS_A_YEAR = 5.55
WORKING_DAYS_A_YEAR = 253
DISPERSION = 1.40
LAG_DAYS = 6.0

# cause: (chance that one resolved contact leads to such a contact, who holds the lever)
CAUSES: dict[str, tuple[float, str]] = {
    "results": (0.034, "practice"),
    "unclear plan": (0.030, "practice"),
    "prescription error": (0.022, "practice"),
    "could not get through": (0.016, "practice"),
    "wrong clinician": (0.008, "practice"),
    "referral chase": (0.052, "system"),
    "hospital letter or plan": (0.033, "system"),
    "medicine not in stock": (0.025, "system"),
}
CAUSE_NAMES = list(CAUSES)


def asks(seed: int, cal: pd.DataFrame, rate: np.ndarray, list_size: int) -> pd.DataFrame:
    """Return one row for each ask: day (row of the calendar), person, cause (-1 = value demand).

    Notes
    -----
    Value demand of a day is negative-binomial about ``sum of rates x weekday x season x calendar``;
    each resolved contact then leads to a failure contact with the chance of each cause, a few days
    later, and those to further ones. Removing a cause therefore shows with a lag, and never takes
    away more than its share.
    """
    share = sum(chance for chance, _ in CAUSES.values())
    mean_rate = rate.sum(axis=0) / rate[:, 0].sum()
    factor = (
        ASK_WEEKDAY[cal["weekday"]] * cal["open"] * cal["season"] * cal["flu"]
        * cal["after_holiday"] * mean_rate[cal["block"]]
    )  # fmt: skip
    yearly = list_size * ASKS_A_YEAR * (1 - share) / WORKING_DAYS_A_YEAR
    mean = factor.to_numpy(dtype=float) * yearly / 1.02
    rng = stream(seed, "asks")
    size = np.where(mean > 0, mean / (DISPERSION - 1), 1.0)
    counts = np.where(mean > 0, rng.negative_binomial(size, 1 / DISPERSION), 0)
    day = np.repeat(np.arange(len(cal)), counts.astype(np.intp))
    person = _people(rng, cal["block"].to_numpy()[day], rate)
    frames = [pd.DataFrame({"row": day, "person": person, "cause": -1})]
    following = next_open(cal)
    for generation in range(1, 8):
        frames.append(_failures(seed, generation, frames[-1], cal, following))
    everything = pd.concat(frames, ignore_index=True)
    return everything.sort_values("row", kind="stable", ignore_index=True)


def chances(day: np.ndarray) -> np.ndarray:
    """Return the chance of each cause for contacts on these days, shape (contacts, causes)."""
    base = np.tile([chance for chance, _ in CAUSES.values()], (len(day), 1))
    base[day >= events.RESULTS_BY_TEXT, CAUSE_NAMES.index("results")] *= 1 - events.RESULTS_CUT
    through = CAUSE_NAMES.index("could not get through")
    base[day >= events.GO_LIVE, through] *= 1 - events.NOT_THROUGH_CUT
    return base


def _failures(
    seed: int, generation: int, parents: pd.DataFrame, cal: pd.DataFrame, following: np.ndarray
) -> pd.DataFrame:
    rng = stream(seed, f"failures-{generation}")
    row = parents["row"].to_numpy()
    edges = np.cumsum(chances(cal["day"].to_numpy()[row]), axis=1)
    cause = (rng.random(len(parents))[:, None] >= edges).sum(axis=1)
    lag = 1 + np.floor(rng.exponential(LAG_DAYS, len(parents))).astype(int)
    target = row + lag
    inside = (cause < len(CAUSES)) & (target < len(cal))
    landing = following[np.minimum(target, len(cal) - 1)]
    keep = inside & (landing >= 0)
    return pd.DataFrame(
        {"row": landing[keep], "person": parents["person"].to_numpy()[keep], "cause": cause[keep]}
    )


def _people(rng: np.random.Generator, block: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """Draw who asks, in proportion to each person's rate in that block."""
    drawn = rng.random(len(block))
    person = np.empty(len(block), dtype=np.int64)
    for number in np.unique(block):
        edges = np.cumsum(rate[:, number])
        here = block == number
        person[here] = np.searchsorted(edges, drawn[here] * edges[-1], side="right")
    return np.minimum(person, len(rate) - 1)

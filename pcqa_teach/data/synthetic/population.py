"""The people on the list, and how often each tends to make contact."""

import numpy as np
import pandas as pd

from pcqa_teach.data.schema import AGE_BANDS
from pcqa_teach.data.synthetic.calendar import BLOCK
from pcqa_teach.data.synthetic.events import LIST_GROWTH
from pcqa_teach.data.synthetic.streams import pick, stream

_PYRAMID = [6.0, 6.0, 6.1, 5.6, 7.0, 9.2, 9.6, 8.7, 7.6, 6.6, 6.4, 5.7, 4.6, 3.6, 2.9, 2.1, 1.4,
            0.8, 0.4]  # fmt: skip
_AGE_FACTOR = [1.25, 0.75, 0.7, 0.8, 0.85, 0.9, 0.9, 0.9, 0.95, 1.0, 1.05, 1.1, 1.2, 1.3, 1.45,
               1.6, 1.7, 1.75, 1.75]  # fmt: skip
_LTC_MEAN = [0.05, 0.1, 0.12, 0.15, 0.18, 0.22, 0.28, 0.35, 0.45, 0.6, 0.8, 1.05, 1.3, 1.6, 1.9,
             2.2, 2.5, 2.7, 2.8]  # fmt: skip
_FIFTHS = [0.36, 0.30, 0.18, 0.10, 0.06]  # of a practice with a deprivation score near 30

STATIC_K = 1.4
RHO, RHO_PERSISTENT, LOG_SD = 0.85, 0.99, 0.45


def patients(seed: int, list_size: int, days: int, n_gps: int) -> pd.DataFrame:
    """Return everybody ever on the list: those of day 0 and those who join as it grows.

    Columns: patient_id, age_band, sex, deprivation_fifth (1 = most deprived), ltc_count, mh_flag,
    usual_gp (0 .. n_gps - 1), joined_block, base (their static rate, relative), fa_type.

    Notes
    -----
    ``base = age and sex x long-term conditions x Gamma(k, 1/k)``; ages follow a London pyramid.
    """
    rng = stream(seed, "patients")
    blocks = max(1, -(-days // BLOCK))
    total = round(list_size * (1 + LIST_GROWTH) ** (blocks * BLOCK / 30.44))
    age = pick(rng, np.array(_PYRAMID), total)
    female = rng.random(total) < 0.505
    ltc = rng.poisson(np.array(_LTC_MEAN)[age])
    mental_health = rng.random(total) < np.where(age >= 3, 0.11, 0.03)
    adult = (age >= 3) & (age <= 8)
    factor = np.array(_AGE_FACTOR)[age] * np.where(adult, np.where(female, 1.25, 0.75), 1.0)
    base = factor * np.exp(0.12 * ltc) * rng.gamma(STATIC_K, 1 / STATIC_K, total)
    complex_need = (ltc >= 3) & (rng.random(total) < 0.10)
    struggling = ~complex_need & mental_health & (rng.random(total) < 0.05)
    joined = np.zeros(total, dtype=int)
    growth = list_size * (1 + LIST_GROWTH) ** (np.arange(1, blocks + 1) * BLOCK / 30.44)
    joined[list_size:] = np.searchsorted(growth, np.arange(list_size, total), side="right")
    return pd.DataFrame(
        {
            "patient_id": _ids("P", total),
            "age_band": pd.Categorical.from_codes(age, pd.Index(list(AGE_BANDS)), ordered=True),
            "sex": np.where(female, "F", "M"),
            "deprivation_fifth": pick(rng, _FIFTHS, total) + 1,
            "ltc_count": ltc,
            "mh_flag": mental_health,
            "usual_gp": pick(rng, np.linspace(1.4, 0.7, n_gps), total),
            "joined_block": joined,
            "base": np.round(base, 6),
            "fa_type": np.select(
                [complex_need, struggling], ["persistent-complex", "persistent-struggling"], "none"
            ),
        }
    )


def rates(seed: int, people: pd.DataFrame, blocks: int) -> np.ndarray:
    """Return each person's relative rate in each 30-day block, shape (people, blocks).

    The logarithm of the static rate moves by a first-order autoregression (rho 0.85 a block,
    0.99 for persistent types; log-sd 0.45), centred so that it does not change the mean.
    A person not yet registered has rate 0.
    """
    rng = stream(seed, "rates")
    persistent = people["fa_type"].to_numpy().astype(str) != "none"
    rho = np.where(persistent, RHO_PERSISTENT, RHO)
    state = rng.normal(0.0, LOG_SD, len(people))
    columns = []
    for _ in range(blocks):
        columns.append(state)
        state = rho * state + rng.normal(0.0, 1.0, len(people)) * LOG_SD * np.sqrt(1 - rho**2)
    log_state = np.column_stack(columns)
    moving = np.exp(log_state - LOG_SD**2 / 2) * people["base"].to_numpy()[:, None]
    present = people["joined_block"].to_numpy()[:, None] <= np.arange(blocks)
    return np.asarray(np.round(moving * present, 9))


def _ids(prefix: str, n: int) -> np.ndarray:
    return np.char.add(prefix, np.char.zfill(np.arange(1, n + 1).astype(str), 5)).astype(object)

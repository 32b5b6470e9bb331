"""Many practices at once: a network of 24 by the week, and 200 by the year for funnels."""

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic import events
from pcqa_teach.data.synthetic.calendar import calendar
from pcqa_teach.data.synthetic.events import SEED
from pcqa_teach.data.synthetic.streams import stream

DNA_MEDIAN, DNA_LOGIT_SD, DNA_PER_FIFTH = 0.045, 0.42, 0.13
DNA_CAP = 0.072  # where T09 is planted, nobody else reaches it by chance
SAME_DAY_MEAN, SAME_DAY_SD = 0.463, 0.116
TELEPHONE_MEAN, TELEPHONE_SD = 0.24, 0.14
LIST_LOG_MEAN, LIST_LOG_SD, LIST_LOWEST = 8.95, 0.61, 1500
APPOINTMENTS_A_YEAR = 5.10
UNKNOWN = 0.045
TRUE_HIGH, ARTEFACT = 6, 17
PLANTED_POINTS = 0.04
_PURE_NOISE = 60.0  # weekly shares vary a little more than a binomial


def practices(seed: int, n: int, *, planted: bool = True) -> pd.DataFrame:
    """Return ``n`` practices: list, deprivation, and the shares each tends to have.

    Practices differ by lognormal list sizes (cut at 1,500), a logit-normal DNA share that rises
    with deprivation, and normal shares of same-day and telephone appointments.
    """
    rng = stream(seed, f"practices-{n}")
    size = _lists(rng, n)
    fifth = rng.integers(1, 6, n)
    imd = np.round(np.array([36, 27, 20, 14, 8])[fifth - 1] + rng.normal(0, 2.5, n), 1)
    centre = np.log(DNA_MEDIAN / (1 - DNA_MEDIAN)) + DNA_PER_FIFTH * (3 - fifth)
    dna = 1 / (1 + np.exp(-(centre + rng.normal(0, DNA_LOGIT_SD, n))))
    unknown = np.clip(rng.gamma(2.0, UNKNOWN / 2, n), 0, 0.25)
    same_day = np.clip(rng.normal(SAME_DAY_MEAN, SAME_DAY_SD, n), 0.08, 0.9)
    telephone = np.clip(rng.normal(TELEPHONE_MEAN, TELEPHONE_SD, n), 0.02, 0.75)
    table = pd.DataFrame(
        {
            "practice": [f"G{i + 101:03d}" for i in range(n)],
            "list_size": size,
            "deprivation_fifth": fifth,
            "imd": imd,
            "dna_true": np.round(dna, 5),
            "unknown_true": np.round(unknown, 5),
            "same_day_true": np.round(same_day, 4),
            "telephone_true": np.round(telephone, 4),
            "appointments_per_patient_true": np.round(
                APPOINTMENTS_A_YEAR * np.exp(rng.normal(0, 0.13, n)), 3
            ),
            "artefact_true": 0.0,
            "planted_true": "",
        }
    )
    if planted and n > max(TRUE_HIGH, ARTEFACT):
        table["dna_true"] = table["dna_true"].clip(upper=DNA_CAP)
        typical = round(DNA_MEDIAN, 5)
        table.loc[[TRUE_HIGH, ARTEFACT], "dna_true"] = [typical + PLANTED_POINTS, typical]
        table.loc[[TRUE_HIGH, ARTEFACT], "unknown_true"] = UNKNOWN
        table.loc[ARTEFACT, "artefact_true"] = PLANTED_POINTS
        table.loc[TRUE_HIGH, "planted_true"] = "true high DNA"
        table.loc[ARTEFACT, "planted_true"] = "coding artefact"
        table.loc[[TRUE_HIGH, ARTEFACT], "list_size"] = [11200, 10400]
    return table


def _lists(rng: np.random.Generator, n: int) -> np.ndarray:
    drawn = np.exp(rng.normal(LIST_LOG_MEAN, LIST_LOG_SD, n * 4))
    return np.asarray(np.round(drawn[drawn >= LIST_LOWEST][:n]).astype(int))


def network(n: int = 24, seed: int = SEED, weeks: int = 102) -> pd.DataFrame:
    """Return weekly counts of ``n`` practices: one row a practice and week.

    Columns: week (its Monday), practice, list_size, working_days, appointments, attended, dna,
    unknown, same_day, telephone, no_contact_recorded. The last is what gives T09's coding artefact
    away: calls that nobody picked up, stored as DNA by that practice alone.
    """
    table = practices(seed, n)
    rng = stream(seed, f"network-{n}")
    cal = calendar(weeks * 7 + 3, burn_in=0).iloc[3:]
    week = cal.groupby((cal["day"] - 3) // 7).agg(
        week=("date", "first"), working_days=("open", "sum"), season=("season", "mean"),
        flu=("flu", "mean"), growth=("growth", "mean"),
    )  # fmt: skip
    shape = (n, len(week))
    size = np.round(table["list_size"].to_numpy()[:, None] * week["growth"].to_numpy())
    rate = table["appointments_per_patient_true"].to_numpy()[:, None] / 253
    mean = size * rate * (week["working_days"] * week["season"] * week["flu"]).to_numpy()
    total = rng.poisson(mean * rng.gamma(150, 1 / 150, shape))
    dna = _thin(rng, total, table["dna_true"])
    artefact = _thin(rng, total, table["artefact_true"])
    unknown = _thin(rng, total - dna - artefact, table["unknown_true"])
    background = rng.binomial(total, 0.004)
    frame = pd.DataFrame(
        {
            "week": np.tile(week["week"].to_numpy(), n),
            "practice": np.repeat(table["practice"].to_numpy(), len(week)),
            "list_size": size.astype(int).ravel(),
            "working_days": np.tile(week["working_days"].to_numpy(), n),
            "appointments": total.ravel(),
            "attended": (total - dna - artefact - unknown).ravel(),
            "dna": (dna + artefact).ravel(),
            "unknown": unknown.ravel(),
            "same_day": _thin(rng, total, table["same_day_true"]).ravel(),
            "telephone": _thin(rng, total, table["telephone_true"]).ravel(),
            "no_contact_recorded": (artefact + background).ravel(),
        }
    )
    return frame.sort_values(["week", "practice"], ignore_index=True)


def funnel(n: int = 200, seed: int = SEED) -> pd.DataFrame:
    """Return one year of ``n`` practices for funnels: one row a practice, nothing planted.

    Columns: practice, list_size, deprivation_fifth (1 = most deprived), imd, appointments,
    attended, dna, unknown, same_day, telephone, waited_over_14_days.
    """
    table = practices(seed, n, planted=False)
    rng = stream(seed, f"funnel-{n}")
    mean = table["list_size"] * table["appointments_per_patient_true"]
    total = rng.poisson(mean.to_numpy())
    dna = rng.binomial(total, table["dna_true"])
    unknown = rng.binomial(total - dna, table["unknown_true"])
    fifth = table["deprivation_fifth"].to_numpy()
    slow = np.clip(0.182 + 0.0147 * (fifth - 3) + rng.normal(0, 0.06, n), 0.01, 0.6)
    frame = table[["practice", "list_size", "deprivation_fifth", "imd"]].copy()
    return frame.assign(
        appointments=total, attended=total - dna - unknown, dna=dna, unknown=unknown,
        same_day=rng.binomial(total, table["same_day_true"]),
        telephone=rng.binomial(total, table["telephone_true"]),
        waited_over_14_days=rng.binomial(total, slow),
    )  # fmt: skip


def planted(seed: int = SEED, n: int = 24) -> dict[str, object]:
    """Return which practices of the network carry T09."""
    table = practices(seed, n)
    return {
        "true_high": str(table["practice"][TRUE_HIGH]),
        "artefact": str(table["practice"][ARTEFACT]),
        "points": 100 * PLANTED_POINTS,
        "from": events.iso(0),
    }


def _thin(rng: np.random.Generator, total: np.ndarray, share: pd.Series) -> np.ndarray:
    """Draw how many of the total have a property whose share wanders a little about its mean."""
    mean = share.to_numpy()[:, None] * np.ones(total.shape)
    odds = np.exp(rng.normal(0, 1 / _PURE_NOISE, total.shape)) * mean
    return np.asarray(rng.binomial(total, np.clip(odds, 0, 0.95)))

"""Two samples that a practice codes by hand: the five-day tally, and the right appointment."""

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic.contacts import CONFUSION, KINDS
from pcqa_teach.data.synthetic.demand import CAUSES
from pcqa_teach.data.synthetic.streams import pick, stream

# Contacts of an ordinary week by the way they come, and how many of them the tally caught: whoever
# sat at the front desk marked every one, the forms were left for a quiet hour.
CHANNELS = ("Telephone", "Online form", "Front desk", "Email")
WEEK = {"Telephone": 780, "Online form": 300, "Front desk": 140, "Email": 40}
CAUGHT = (0.45, 0.12, 0.40, 0.03)
# Odds of failure demand by channel, so that the mix matters: people chase at the desk.
ODDS = (1.0, 0.6, 1.7, 1.0)
SECOND_EVERY = 7  # which contacts a second person coded too
KNOWN_CAUSE, KNOWN_LEVER = 0.92, 0.93
BECAME = (("done", 0.55), ("given a time", 0.30), ("told to come back", 0.15))

# Who could have helped: each role's share of those appointments, and how often it exists here.
HELPERS = {
    "pharmacist in the practice": (0.27, 0.9), "community pharmacy": (0.17, 0.8),
    "nurse": (0.15, 0.9), "physiotherapist": (0.13, 0.35),
    "reception or administration": (0.12, 0.9), "mental health practitioner": (0.08, 0.4),
    "social prescriber": (0.05, 0.7), "the person, with advice": (0.03, 0.6),
}  # fmt: skip
SEEN = {"GP": 0.62, "GP in training": 0.12, "nurse": 0.16, "paramedic": 0.05, "pharmacist": 0.05}
EASIER = {"GP": 0.15, "GP in training": 0.05, "nurse": -0.30, "paramedic": -0.1, "pharmacist": -0.5}
WAYS = (("right as it was", 0.72), ("telephone", 0.15), ("online message", 0.09),
        ("face to face", 0.04))  # fmt: skip
RIGHT = "right as it was"
# Beyond which need, on a scale with sd 1, each coder says that somebody else could have helped, and
# how steady a coder is from one case to the next.
THRESHOLDS = {"first": 0.90, "second": 1.15}
STEADY = 0.45


def tally(seed: int, n: int = 420, first: str = "2024-10-14") -> pd.DataFrame:
    """Return a filled-in tally of five days as the kit reads one, a row a contact.

    `code` is what a first person heard, `second` what a second person did of every seventh contact.
    22 in 100 contacts of an ordinary week are failure demand; the tally caught the channels
    unevenly, and failure demand differs between them.

    >>> tally(7, n=200).columns.tolist()
    ['code', 'date', 'channel', 'cause', 'became', 'second']
    """
    rng = stream(seed, "tally")
    channel = pick(rng, CAUGHT, n)
    shares = np.array([chance for chance, _ in CAUSES.values()])
    failed = rng.random(n) < chances()[channel]
    cause = pick(rng, shares, n)
    lever = np.array([1 if who == "practice" else 2 for _, who in CAUSES.values()])
    truth = np.where(failed, lever[cause], 0)
    codes = {name: _coded(rng, truth, CONFUSION[name]) for name in ("coder-1", "coder-2")}
    code = np.array(KINDS, dtype=object)[codes["coder-1"]]
    unsure = (codes["coder-1"] > 0) & (rng.random(n) > KNOWN_LEVER)
    code[unsure] = "failure"
    names = np.array(list(CAUSES), dtype=object)[cause]
    known = failed & (rng.random(n) < KNOWN_CAUSE)
    second = np.array(KINDS, dtype=object)[codes["coder-2"]]
    day = np.sort(pick(rng, [0.26, 0.20, 0.19, 0.18, 0.17], n))
    return pd.DataFrame(
        {
            "code": code,
            "date": (pd.Timestamp(first) + pd.to_timedelta(day, unit="D")).strftime("%Y-%m-%d"),
            "channel": np.array(CHANNELS, dtype=object)[channel],
            "cause": _kept(np.where(known, names, "other"), code != "value"),
            "became": np.array([name for name, _ in BECAME], dtype=object)[
                pick(rng, [share for _, share in BECAME], n)
            ],
            "second": _kept(second, np.arange(n) % SECOND_EVERY == 3),
        }
    )


def _kept(values: np.ndarray, where: np.ndarray) -> pd.Series:
    """Return the values there, and nothing elsewhere."""
    return pd.Series(values, dtype=object).where(where)


def chances() -> np.ndarray:
    """Return the chance of failure demand in each channel: over an ordinary week, 22 in 100."""
    odds, week = np.array(ODDS), np.array(list(WEEK.values()), dtype=float)
    share = sum(chance for chance, _ in CAUSES.values())
    base = share / (1 - share)
    low, high = 0.1, 10.0
    for _ in range(60):  # the factor on all odds that makes the week's share right
        factor = (low * high) ** 0.5
        chance = factor * base * odds / (1 + factor * base * odds)
        low, high = (factor, high) if chance @ week / week.sum() < share else (low, factor)
    return np.asarray(chance)


def _coded(rng: np.random.Generator, truth: np.ndarray, confusion: np.ndarray) -> np.ndarray:
    edges = np.cumsum(confusion, axis=1)[truth]
    return np.asarray((rng.random(len(truth))[:, None] >= edges[:, :-1]).sum(axis=1))


def heard() -> float:
    """Return the share of failure demand that the first coder hears in an ordinary week."""
    confusion, share = CONFUSION["coder-1"], sum(chance for chance, _ in CAUSES.values())
    held = {"practice": 1, "system": 2}
    hears = sum(chance * (1 - confusion[held[who], 0]) for chance, who in CAUSES.values())
    return float(hears + (1 - share) * (1 - confusion[0, 0]))


def right_appointment(seed: int, n: int = 240, first: str = "2024-11-04") -> pd.DataFrame:
    """Return a coded sample of two weeks' appointments as the kit reads one, a row each.

    Two people coded each. Whether somebody else could have helped is a judgement: each coder has a
    threshold, so that their shares differ although the appointments are the same.

    >>> right_appointment(7, n=50).columns.tolist()[:3]
    ['helper', 'date', 'seen']
    """
    rng = stream(seed, "right appointment")
    seen = np.array(list(SEEN), dtype=object)[pick(rng, list(SEEN.values()), n)]
    need = rng.normal(0, 1, n) + np.array([EASIER[role] for role in seen])
    named = pick(rng, [share for share, _ in HELPERS.values()], n)
    helper = np.array(list(HELPERS), dtype=object)[named]
    here = rng.random(n) < np.array([share for _, share in HELPERS.values()])[named]
    said = {
        who: need + rng.normal(0, STEADY, n) > threshold for who, threshold in THRESHOLDS.items()
    }
    other = np.array(list(HELPERS), dtype=object)[
        np.where(rng.random(n) < 0.8, named, pick(rng, [s for s, _ in HELPERS.values()], n))
    ]
    day = np.sort(rng.integers(0, 10, n))
    weekday = day + 2 * (day >= 5)  # over the weekend
    written = said["first"] & (rng.random(n) < 0.92)
    return pd.DataFrame(
        {
            "helper": np.where(said["first"], helper, RIGHT),
            "date": (pd.Timestamp(first) + pd.to_timedelta(weekday, unit="D")).strftime("%Y-%m-%d"),
            "seen": seen,
            "exists": _kept(np.where(here, "yes", "no"), written),
            "mode": np.array([name for name, _ in WAYS], dtype=object)[
                pick(rng, [share for _, share in WAYS], n)
            ],
            "second": np.where(said["second"], other, RIGHT),
            "minutes": np.clip(np.round(rng.gamma(5, 2.3, n)), 3, 40).astype(int),
        }
    )


def planted() -> dict[str, object]:
    """Return what was planted in both samples, as plain values."""
    from scipy.stats import norm

    spread = float(np.sqrt(1 + STEADY**2))
    shares = {
        who: sum(
            part * float(norm.sf((threshold - EASIER[role]) / spread))
            for role, part in SEEN.items()
        )
        for who, threshold in THRESHOLDS.items()
    }
    return {
        "tally": {
            "failure_share": round(sum(chance for chance, _ in CAUSES.values()), 4),
            "heard_by_first_coder": round(heard(), 4),
            "channel_mix": WEEK,
            "by_channel": dict(zip(CHANNELS, np.round(chances(), 4).tolist(), strict=True)),
        },
        "right_appointment": {
            "somebody_else": {who: round(share, 4) for who, share in shares.items()},
            "helpers": {name: share for name, (share, _) in HELPERS.items()},
        },
    }

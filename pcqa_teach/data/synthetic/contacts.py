"""Four hundred invented contacts, and how two people coded each."""

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic.demand import CAUSE_NAMES, CAUSES
from pcqa_teach.data.synthetic.sentences import sentences
from pcqa_teach.data.synthetic.streams import pick, stream

KINDS = ["value", "failure-practice", "failure-system"]
# how often each coder gives each code (columns) to each true kind (rows)
CONFUSION = {
    "coder-1": np.array([[0.95, 0.03, 0.02], [0.10, 0.84, 0.06], [0.07, 0.10, 0.83]]),
    "coder-2": np.array([[0.88, 0.07, 0.05], [0.14, 0.78, 0.08], [0.10, 0.12, 0.78]]),
}
_CHANNELS = ["Telephone", "Online form", "Front desk", "Email"]


def contacts(seed: int, n: int = 400, first: str = "2024-11-04") -> pd.DataFrame:
    """Return ``n`` contacts of one week: id, channel, time, verbatim and, apart, the truth.

    About 22% are failure demand, half of it caused in the practice and half beyond it. Every
    sentence is made by a grammar and occurs once.
    """
    rng = stream(seed, "contacts")
    names = ["value", *CAUSE_NAMES]
    shares = [1 - sum(chance for chance, _ in CAUSES.values())]
    shares += [chance for chance, _ in CAUSES.values()]
    cause = rng.permutation(_quota(np.array(shares), n))
    verbatim = np.empty(n, dtype=object)
    for number, name in enumerate(names):
        here = np.flatnonzero(cause == number)
        verbatim[here] = rng.permutation(sentences(name))[: len(here)]
    day = np.sort(pick(rng, [0.26, 0.20, 0.19, 0.18, 0.17], n))
    minute = 480 + np.floor(rng.beta(0.9, 1.6, n) * 600).astype(int)
    at = pd.Timestamp(first) + pd.to_timedelta(day * 1440 + minute, unit="m")
    kind = np.array(["value", *[f"failure-{who}" for _, who in CAUSES.values()]], dtype=object)
    table = pd.DataFrame(
        {
            "channel": np.array(_CHANNELS, dtype=object)[pick(rng, [0.62, 0.24, 0.11, 0.03], n)],
            "at": at,
            "verbatim": verbatim,
            "demand_type_true": kind[cause],
            "cause_true": np.where(cause == 0, "", np.array(names, dtype=object)[cause]),
        }
    ).sort_values("at", ignore_index=True)
    table["at"] = table["at"].dt.strftime("%Y-%m-%d %H:%M")
    table.insert(0, "contact_id", [f"V{i + 1:03d}" for i in range(n)])
    return table


def coders(seed: int, table: pd.DataFrame) -> pd.DataFrame:
    """Return the code that each of two coders gave each contact, by a known confusion."""
    truth = pd.Categorical(table["demand_type_true"], KINDS).codes
    frames = []
    for name, confusion in CONFUSION.items():
        rng = stream(seed, name)
        edges = np.cumsum(confusion, axis=1)[truth]
        code = (rng.random(len(table))[:, None] >= edges[:, :-1]).sum(axis=1)
        frames.append(
            pd.DataFrame(
                {
                    "contact_id": table["contact_id"],
                    "coder_id": name,
                    "code": np.array(KINDS, dtype=object)[code],
                }
            )
        )
    return pd.concat(frames).sort_values(["contact_id", "coder_id"], ignore_index=True)


def true_kappa() -> float:
    """Return the kappa that the two confusions imply at the planted shares.

    Notes
    -----
    ``(po - pe) / (1 - pe)`` with the coders independent given the truth.
    """
    practice = sum(chance for chance, who in CAUSES.values() if who == "practice")
    system = sum(chance for chance, who in CAUSES.values() if who == "system")
    prior = np.array([1 - practice - system, practice, system])
    first, second = CONFUSION.values()
    joint = np.einsum("k,ki,kj->ij", prior, first, second)
    agreed = float(np.trace(joint))
    chance = float(joint.sum(axis=1) @ joint.sum(axis=0))
    return (agreed - chance) / (1 - chance)


def _quota(shares: np.ndarray, n: int) -> np.ndarray:
    """Return ``n`` numbers in which each share is met as nearly as whole numbers allow."""
    exact = shares / shares.sum() * n
    counts = np.floor(exact).astype(int)
    short = n - counts.sum()
    counts[np.argsort(-(exact - counts), kind="stable")[:short]] += 1
    return np.repeat(np.arange(len(shares)), counts.astype(np.intp))

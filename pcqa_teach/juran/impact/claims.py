"""How far a claim may go: six questions, answered yes, no or not known, and a grade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

GRADES = ("strong", "some", "none")
STATUSES = {True: "met", False: "not met", None: "not known"}
NEEDED = ("signal", "baseline")

Answer = bool | tuple[bool | None, str] | None


@dataclass(frozen=True)
class Criterion:
    """One question that a claim is asked, and why it matters."""

    name: str
    question: str
    why: str


CRITERIA = (
    Criterion(
        "prediction", "Was a prediction written first?",
        "without one, any result can be called a success",
    ),
    Criterion(
        "baseline", "Was the baseline frozen before the change?",
        "a baseline that moves afterwards can be made to show anything",
    ),
    Criterion(
        "signal", "Does the chart show a lasting signal in the hoped-for direction?",
        "without one, the change cannot be told from ordinary variation",
    ),
    Criterion(
        "comparator", "Is there a comparison where nothing was changed?",
        "without one, something else, or regression to the mean, may have done it",
    ),
    Criterion(
        "balancing", "Was a balancing measure watched, and did nothing get worse?",
        "a gain in one place may be paid for in another",
    ),
    Criterion(
        "recording", "Was a change in recording ruled out?",
        "a new code or form can look like a change in care",
    ),
)  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class Claim(Shown):
    """A claim with its grade, and the six answers that it rests on.

    Parameters
    ----------
    claim : what is claimed, in a sentence
    grade : "strong", "some" or "none"
    changed : whether the chart shows a lasting signal: True, False, or None if not known
    criteria : DataFrame, a row a criterion: criterion, question, status (met, not met, not known),
        reason (given with the answer, or why it matters)
    """

    claim: str
    grade: str
    changed: bool | None
    criteria: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The criteria and their answers."""
        return self.criteria

    @property
    def verdict(self) -> str:
        """The grade in words; without a lasting signal it says that none was seen."""
        if self.changed is False:
            return "No lasting change for the better seen"
        return {
            "strong": "Strong evidence", "some": "Some evidence", "none": "No evidence yet",
        }[self.grade]  # fmt: skip

    def _showing(self) -> Showing:
        from pcqa_teach.juran.impact import claims_draw as draw
        from pcqa_teach.juran.impact import claims_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def grade_claim(
    claim: str,
    *,
    prediction: Answer = None,
    baseline: Answer = None,
    signal: Answer = None,
    comparator: Answer = None,
    balancing: Answer = None,
    recording: Answer = None,
) -> Claim:
    """Grade a claim that something changed: strong, some or none.

    Strong: all six questions met. Some: signal and frozen baseline met, and no change in recording
    found. None: otherwise, and then the message says that it cannot be claimed.

    Parameters
    ----------
    claim : what is claimed, in a sentence
    prediction : was a prediction written first?
    baseline : was the baseline frozen before the change?
    signal : does the chart show a lasting signal in the hoped-for direction?
    comparator : is there a comparison where nothing was changed?
    balancing : was a balancing measure watched, and did nothing get worse?
    recording : was a change in recording ruled out? (False: it changed)

    Each answer is True (met), False (not met) or None (not known), or such an answer with its
    reason: `(True, "three practices nearby")`.

    Returns
    -------
    Claim

    Raises
    ------
    DataError
        The claim is empty, or an answer is none of those.

    Examples
    --------
    >>> claim = grade_claim("Fewer calls for results", signal=True, baseline=True)
    >>> claim.grade, claim.criteria["status"].tolist()[:3]
    ('some', ['not known', 'met', 'met'])
    >>> grade_claim("Fewer missed appointments", signal=False).message
    'No lasting change for the better seen, so not to be claimed: Fewer missed appointments'

    Notes
    -----
    The questions and the rule are our own working set. That most published tests of change claim
    success and few show the method: Taylor et al, BMJ Qual Saf 2014 (PDSA); Knudsen et al, BMC
    Health Serv Res 2019;19:683.
    """
    if not isinstance(claim, str) or not claim.strip():
        raise DataError("claim= is empty: write what is claimed in one sentence.")
    given = {
        "prediction": prediction, "baseline": baseline, "signal": signal,
        "comparator": comparator, "balancing": balancing, "recording": recording,
    }  # fmt: skip
    read = {name: _answer(name, answer) for name, answer in given.items()}
    criteria = pd.DataFrame({
        "criterion": [one.name for one in CRITERIA],
        "question": [one.question for one in CRITERIA],
        "status": [STATUSES[read[one.name][0]] for one in CRITERIA],
        "reason": [
            read[one.name][1] or ("" if read[one.name][0] else f"It matters: {one.why}")
            for one in CRITERIA
        ],
    })  # fmt: skip
    met = {name: answer for name, (answer, _) in read.items()}
    return Claim(" ".join(claim.split()).rstrip("."), _grade(met), met["signal"], criteria)


def _answer(name: str, given: Any) -> tuple[bool | None, str]:
    """Read an answer, with its reason where one is given."""
    reason = ""
    if isinstance(given, tuple):
        if len(given) != 2 or not isinstance(given[1], str):
            raise DataError(f"{name}= must be yes, no or not known, or (answer, 'reason').")
        given, reason = given[0], " ".join(given[1].split())
    if isinstance(given, np.bool_):
        given = bool(given)
    if given is not None and not isinstance(given, bool):
        raise DataError(
            f"{name}= must be True (met), False (not met) or None (not known),"
            " or such an answer with its reason."
        )
    return given, reason


def _grade(met: dict[str, bool | None]) -> str:
    """Grade by the stated rule."""
    if all(met.values()):
        return "strong"
    if all(met[name] for name in NEEDED) and met["recording"] is not False:
        return "some"
    return "none"

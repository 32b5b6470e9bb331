"""Words of a graded claim."""

from __future__ import annotations

from pcqa_teach.juran.impact.claims import NEEDED, Claim
from pcqa_teach.sayings import and_list


def message(claim: Claim) -> str:
    """Say the verdict and the claim; one without evidence is never said as if it were found."""
    not_yet = ", so not to be claimed" if claim.grade == "none" else ""
    return f"{claim.verdict}{not_yet}: {claim.claim}"


def alt_text(claim: Claim) -> str:
    """Say every question with its answer."""
    said = "; ".join(
        f"{question.rstrip('?').lower()}: {status}"
        for question, status in zip(
            claim.criteria["question"], claim.criteria["status"], strict=True
        )
    )
    return f"{message(claim)}. A table of six questions: {said}."


def explain(claim: Claim) -> str:
    """Say the grade, what it rests on, and what would raise it."""
    return "\n\n".join(part for part in (
        f"{claim.message}.", _rests(claim), _because(claim), _next(claim),
        "The six questions and the rule for grading are our own working set: strong needs all six,"
        " some needs a signal against a frozen baseline and no change in recording found. A grade"
        " says how good the evidence is, not how large or worthwhile the change.",
    ) if part)  # fmt: skip


def _named(claim: Claim, status: str) -> list[str]:
    rows = claim.criteria[claim.criteria["status"] == status]
    return [
        f"{name} ({reason})" if reason and not reason.startswith("It matters") else name
        for name, reason in zip(rows["criterion"], rows["reason"], strict=True)
    ]


def _rests(claim: Claim) -> str:
    said = [
        f"{status.capitalize()}: {and_list(named)}."
        for status in ("met", "not met", "not known")
        if (named := _named(claim, status))
    ]
    return " ".join(said)


def _because(claim: Claim) -> str:
    if claim.changed is False:
        return (
            "The chart shows no lasting signal in the hoped-for direction. That is a finding, and"
            " worth sharing. It does not prove that nothing happened: a small change can hide in"
            " ordinary variation."
        )
    status = dict(zip(claim.criteria["criterion"], claim.criteria["status"], strict=True))
    if claim.grade == "none":
        if status["recording"] == "not met":
            return "How things are recorded changed: what is seen may be that and nothing else."
        lacking = and_list([name for name in NEEDED if status[name] != "met"])
        return f"Nothing can be claimed until there is a yes to: {lacking}."
    if status["balancing"] == "not met":
        return "Something got worse meanwhile: say it in the same breath as the gain."
    return ""


def _next(claim: Claim) -> str:
    rows = claim.criteria[claim.criteria["status"] != "met"]
    if rows.empty or claim.changed is False:
        return ""
    return "To make it stronger, answer: " + " ".join(rows["question"])

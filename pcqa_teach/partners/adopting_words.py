"""Words of a change on its way through a network."""

from __future__ import annotations

from pcqa_teach.partners.adopting import Adoption
from pcqa_teach.sayings import and_list, counted

CAUTION = (
    "A model to think with, not a forecast: everybody follows one plain rule, and nobody gives it "
    "up again."
)


def message(found: Adoption) -> str:
    """Say how far it came, and when it stopped."""
    size = len(found.network.names)
    if found.total == size:
        return f"All {size} have it after {counted(found.last, 'month')}"
    if found.last == 0:
        return f"It goes nowhere: {found.total} of {size} began, and nobody followed"
    return f"It stops at {found.total} of {size}, after {counted(found.last, 'month')}"


def rule(found: Adoption) -> str:
    """Say the rule by which it passes on."""
    others = "one other" if found.needs == 1 else f"{found.needs} others"
    return f"taken up by whoever talks with at least {others} that have it"


def alt_text(found: Adoption) -> str:
    """Say the numbers month by month."""
    totals = ", ".join(str(one) for one in found.table["total"].iloc[: found.last + 1])
    return (
        f"{message(found)}. It began in {and_list(found.starts)} and is {rule(found)}. Practices "
        f"that have it, month by month: {totals}."
    )


def explain(found: Adoption) -> str:
    """Say how far it came, whom it did not reach, and what this cannot tell."""
    left = found.without()
    lines = [
        f"{message(found)}. It began in {and_list(found.starts)}; each month it is {rule(found)}."
    ]
    if left:
        lines.append(
            f"Not reached: {and_list(left)}. Who of those that have it do they talk with, and what "
            "would make one example enough?"
        )
    lines.append(CAUTION)
    return "\n\n".join(lines)

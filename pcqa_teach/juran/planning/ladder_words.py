"""What the ladder of participation says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.juran.planning.ladder import RUNGS, SHARED

if TYPE_CHECKING:
    from pcqa_teach.juran.planning.ladder import EngagementLadder


def message(ladder: EngagementLadder) -> str:
    """Say how many of the activities share the decision."""
    if not ladder.placed:
        return f"Eight rungs: from rung {SHARED} on the decision is shared"
    reach = f"the decision (rung {SHARED} or above)"
    if len(ladder.placed) == 1:
        return f"The one activity {'shares' if ladder.shared else 'does not share'} {reach}"
    some = f"{ladder.shared}" if ladder.shared else "None"
    verb = "shares" if ladder.shared < 2 else "share"
    return f"{some} of {len(ladder.placed)} activities {verb} {reach}"


def alt_text(ladder: EngagementLadder) -> str:
    """Say the rungs from the bottom, or what stands on them."""
    if not ladder.placed:
        named = ", ".join(f"{rung.place} {rung.name.lower()}" for rung in RUNGS)
        return (
            f"Ladder of participation, from the bottom: {named}. Rungs 1 and 2: "
            "non-participation; 3 to 5: tokenism; 6 to 8: citizen power."
        )
    named = "; ".join(
        f"{rung.place} {rung.name.lower()}: {', '.join(ladder.on(rung.place))}"
        for rung in RUNGS
        if ladder.on(rung.place)
    )
    return f"Ladder of participation, eight rungs. {message(ladder)}. From the bottom: {named}."


def explain(ladder: EngagementLadder) -> str:
    """Say each rung, what stands on it and who decides there."""
    lines = [f"{message(ladder)}."]
    for rung in RUNGS:
        here = ladder.on(rung.place)
        if here or not ladder.placed:
            named = f" Here: {'; '.join(here)}." if here else ""
            lines.append(f"{rung.place}. {rung.name} ({rung.group.lower()}): {rung.decides}{named}")
    lines.append(
        "The ladder asks who decides, not how friendly it is. Say openly which rung you are on: "
        "a promise of a higher one than is kept costs trust. (That advice is ours.)"
    )
    return "\n".join(lines)

"""What a model of displaced need says, in words."""

from __future__ import annotations

from pcqa_teach.partners.displaced import StockFlow
from pcqa_teach.sayings import lines, percent, rounded

CAUTION = (
    "A way of thinking aloud, and no forecast: every share in it is an assumption. Ask which of "
    "them it depends on most, and count that one."
)


def message(found: StockFlow) -> str:
    """Say what becomes of the shortfall."""
    short = found.needs - found.capacity
    last = found.table.iloc[-1]
    if short <= 0:
        return "Every ask is met: nothing waits and nobody is sent on"
    return (
        f"If {rounded(short)} needs a week are too many, {rounded(last['not_met'])} asks a week "
        f"are not met, and {rounded(last['elsewhere'])} visits made elsewhere"
    )


def explain(found: StockFlow) -> str:
    """Say why the shortfall grows, where it settles, and what it rests on."""
    last = found.table.iloc[-1]
    if found.needs <= found.capacity:
        return lines([f"{message(found)}.", CAUTION])
    return lines(
        [
            f"{message(found)}: so after {len(found.table)} weeks.",
            f"Of asks that are not met {percent(found.elsewhere)} go elsewhere, and "
            f"{percent(found.sent_back)} of these are sent back; of the others "
            f"{percent(found.ask_again)} ask again. So {percent(found.back)} come back: one need "
            f"that is not met makes {rounded(found.multiplier)} asks in the long run.",
            f"{rounded(last['open'])} people are waiting when the last week ends. The practice "
            f"sees {rounded(last['asks'])} asks a week, though only {rounded(found.needs)} needs "
            "are new.",
            CAUTION,
        ]
    )


def alt_text(found: StockFlow) -> str:
    """Say aloud how the lines go."""
    first, last = found.table.iloc[0], found.table.iloc[-1]
    return (
        f"{message(found)}. Lines over {len(found.table)} weeks: asks not met go from "
        f"{rounded(first['not_met'])} to {rounded(last['not_met'])}, visits elsewhere from "
        f"{rounded(first['elsewhere'])} to {rounded(last['elsewhere'])}, people with an open need "
        f"from {rounded(first['open'])} to {rounded(last['open'])}."
    )

"""What an asset map says, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pcqa_teach.partners.assets import AssetMap
from pcqa_teach.sayings import and_list, counted, lines


def message(found: AssetMap) -> str:
    """Say in one line what is there, and for how many needs."""
    said = counted(len(found.table), "asset")
    if found.needs:
        met = len(found.needs) - len(found.unmet)
        said += f" for {met} of {counted(len(found.needs), 'need')}"
    return f"{said}; {len(found.unknown) or 'none'} that nobody here knows yet"


def explain(found: AssetMap) -> str:
    """Say what is missing on either side, and what to do about it."""
    said = [f"{message(found)}."]
    if found.unknown:
        said.append(f"Go and meet: {and_list(found.unknown)}.")
    if found.unmet:
        said.append(
            f"Nothing named yet for: {and_list(found.unmet)}. Ask the people concerned what helps"
            " them now."
        )
    if found.uncalled:
        said.append(f"Ask what else they could be part of: {and_list(found.uncalled)}.")
    said.append(
        "An asset belongs to those who made it. Ask what they would like to do, and what they need"
        " for it, before you send anybody."
    )
    return lines(said)


def rows(found: AssetMap) -> list[tuple[str, str, str, str]]:
    """Give the rows of the map: need, asset, what it offers, who here knows them."""
    listed = []
    for need in found.needs:
        mine = found.table[found.table["need"] == need].to_dict("records")
        listed += [_row(need if not place else "", row) for place, row in enumerate(mine)]
        if not mine:
            listed.append((need, "nothing named yet", "", ""))
    free = found.table[found.table["need"] == ""].to_dict("records")
    listed += [_row("no need named" if not place else "", row) for place, row in enumerate(free)]
    return listed


def _row(need: str, row: Mapping[Any, Any]) -> tuple[str, str, str, str]:
    name = f"{row['asset']} ({row['kind']})" if row["kind"] else row["asset"]
    return need, name, row["offers"], row["known_to"] or "nobody yet"


def alt_text(found: AssetMap) -> str:
    """Say aloud what the map shows."""
    parts, last = [], ""
    for need, name, offers, known in rows(found):
        last = need or last
        told = f"{name}, {offers}, known to {known}" if offers else name
        parts.append(f"{last}: {told}.")
    return f"Table of needs and assets. {message(found)}. {' '.join(parts)}"

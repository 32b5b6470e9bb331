"""What a network says, in words."""

from __future__ import annotations

from pcqa_teach.partners.network import Network
from pcqa_teach.sayings import and_list, capital, counted, lines, percent

CAUTION = (
    "A line is only what was agreed to count as one. It does not say who trusts whom, who has time,"
    " or who decides; and whoever drew the map sees their own corner best."
)
_PAIRS = "pairs of others"


def message(found: Network) -> str:
    """Say in one line how far somebody reaches, or how the network hangs together."""
    if found.shown:
        return (
            f"{capital(found.shown)} reaches {found.reached(found.shown, 1)} in one step and"
            f" {found.reached(found.shown)} in two, of {len(found.names) - 1}"
        )
    apart = len(found.parts) - 1
    said = f"{len(found.names)} neighbours with {counted(found.links, 'link')}"
    if not apart:
        return f"{said}: everybody can be reached"
    left = len(found.names) - len(found.parts[0])
    return f"{said}: {left} cannot be reached from the rest"


def explain(found: Network) -> str:
    """Say who has most links, who reaches most, who is a bridge, and who is left out."""
    rows = found.table
    said = [f"{message(found)}.", _basis(found)]
    for column, words in (
        ("direct", "Most direct links"),
        ("two_steps", "Most reached in two steps"),
        ("between", f"Between most {_PAIRS}"),
    ):
        most = rows[column].max()
        if most > 0:
            who = and_list(rows.loc[rows[column] > most - 1e-9, "who"].tolist())
            said.append(f"{words}: {who} ({most:.3g}).")
    bridges = rows[rows["cut_off"] > 0]
    if len(bridges):
        named = [
            f"{who} ({counted(count, 'other')})"
            for who, count in zip(bridges["who"], bridges["cut_off"], strict=True)
        ]
        said.append(f"If they left, others would be cut off: {and_list(named)}.")
    said.append(_left_out(found))
    return lines([*said, CAUTION])


def _basis(found: Network) -> str:
    return (
        f"Of all the links that there could be, {percent(found.density)} are there."
        " More is not better by itself: each link costs somebody's time."
    )


def _left_out(found: Network) -> str:
    rest = [name for part in found.parts[1:] for name in part]
    return f"Not linked to the largest group: {and_list(rest)}." if rest else ""


def alt_text(found: Network) -> str:
    """Say aloud who is linked with whom."""
    said = [f"Map of boxes joined by lines. {message(found)}."]
    if found.shown:
        near, far = found.reach(found.shown)
        said.append(f"In one step: {and_list(near) or 'nobody'}.")
        said.append(f"With the second step: {and_list(far) or 'nobody else'}.")
    else:
        said += [
            f"{name} - {and_list(_linked(found, place))}."
            for place, name in enumerate(found.names)
            if found.joined[place, place:].any()
        ]
    left = _left_out(found)
    return " ".join([*said, left] if left else said)


def _linked(found: Network, place: int) -> list[str]:
    """Name those whom a name is linked with and that come later, so that each link is said once."""
    return [
        name
        for other, name in enumerate(found.names)
        if other > place and found.joined[place, other]
    ]

"""What a shared baseline says, in words and as a table that may be shared."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.juran.control.baseline import BLANK, KEPT, SOURCES, SharedBaseline
from pcqa_teach.sayings import and_list, capital, counted, fine_percent, lines
from pcqa_teach.variation.small_cells import shareable

_FEW = 30  # fewer cases than this: a trial of the sheet (our own mark)
_OFTEN = 4  # a reason met so often asks for a second default (our own mark)
ASKS = {
    "person": "This is what a default is for: keep it, and read the reasons.",
    "us": "Talk about these together. Perhaps the habit is right, and then the default is wrong.",
    "system": "No clinician can mend these alone: take them to whoever makes the rota.",
    BLANK: "Nothing can be learned from these. Make the reason easier to write.",
}


def message(found: SharedBaseline) -> str:
    """Say in one line how many were handled as agreed."""
    return (
        f"{found.as_agreed} of {counted(found.n, 'case')} as agreed: {found.count(KEPT)} kept to"
        f" the default, {found.count('person')} varied for the person"
    )


def explain(found: SharedBaseline) -> str:
    """Say where the departures came from, and what each kind asks for."""
    said = [f"Default: {found.default}.", f"{message(found)}."]
    if found.departures:
        said.append(f"Of {counted(found.departures, 'departure')}:")
    for kind, asked in ASKS.items():
        if found.count(kind):
            words = SOURCES.get(kind, kind).removeprefix("departed").strip(", ")
            said.append(f"- {found.count(kind)} {words}. {asked}")
    said += _learned(found)
    if found.n < _FEW:
        said.append(f"Fewer than {_FEW} cases (our own mark): a trial of the sheet, not a measure.")
    said.append(
        "A default that was kept where the person needed something else does not show here: ask"
        " people too."
    )
    said.append(
        "There is no target for departures. None at all would mean that nobody was treated as a"
        " person, or that nobody wrote it down."
    )
    return lines(said)


def _learned(found: SharedBaseline) -> list[str]:
    rows = found.reasons
    often = rows[(rows["source"] == SOURCES["person"]) & (rows["count"] >= _OFTEN)]
    return [
        f"'{reason}' came up {count} times for the person: ask whether these people need a default"
        " of their own."
        for reason, count in zip(often["reason"], often["count"], strict=True)
    ]


def alt_text(found: SharedBaseline) -> str:
    """Say aloud what the picture shows."""
    parts = [
        f"{count} {kind} ({fine_percent(share)})"
        for kind, count, share in zip(
            found.kinds["kind"], found.kinds["count"], found.kinds["share"], strict=True
        )
        if count
    ]
    return f"Bars. {capital(message(found))}. Default: {found.default}. {capital(and_list(parts))}."


def table(found: SharedBaseline) -> pd.DataFrame:
    """Give kind, cases and share, small numbers held back with whatever would give them away."""
    counts = shareable(found.kinds.set_index("kind")["count"])
    shown = [fine_percent(share) for share in found.kinds["share"]] + ["100%"]
    hidden = [not one.replace(",", "").isdigit() for one in counts]
    return pd.DataFrame(
        {
            "Cases": [capital(str(one)) for one in counts.index],
            "How many": counts.to_numpy(),
            "Share": ["-" if held else one for one, held in zip(shown, hidden, strict=True)],
        }
    )

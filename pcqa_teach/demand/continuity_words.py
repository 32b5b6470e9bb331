"""What continuity says."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.demand import sharing
from pcqa_teach.demand.continuity import Continuity
from pcqa_teach.demand.continuity_frames import BB, OPR, SLICC, UPC
from pcqa_teach.privacy import SMALL
from pcqa_teach.sayings import and_list, counted, lines, percent, span

LABELS = {
    UPC: "Visits with the clinician seen most (UPC)",
    BB: "Any two visits with the same clinician (Bice-Boxerman)",
    SLICC: "Visits with own GP (SLICC)",
    OPR: "GPs' visits that are with their own patients (OPR)",
}
MEANS = {
    UPC: "of a person's visits are with the clinician they see most, whoever that is",
    BB: "of the pairs of a person's visits are with one and the same clinician",
    SLICC: "of a list's visits are with that list's own GP",
    OPR: "of the visits that list-holding GPs give are with their own patients",
}


def whole_percent(value: float) -> str:
    """Write a share that is in per cent already as every table and picture of continuity has it.

    >>> whole_percent(34.5), whole_percent(9.6), whole_percent(100.0)
    ('34%', '10%', '100%')
    """
    return percent(value, 100)


def _between(low: float, high: float) -> str:
    return f"{whole_percent(low)} to {whole_percent(high)}"


def shared_groups(found: Continuity) -> pd.DataFrame:
    """Return the groups with a column `held`: True where the numbers are held back.

    What rests on few people in a group that is large enough (UPC, on those who came twice) is
    blank.
    """
    groups = found.groups.copy()
    held = np.zeros(len(groups), dtype=bool)
    for split in groups["split"].unique():
        here = (groups["split"] == split).to_numpy()
        held[here] = sharing.hidden(groups.loc[here, "people"].to_numpy(dtype="float64"))
    twice = groups["people_twice"].to_numpy(dtype="float64") < SMALL
    listed = groups["people_listed"].to_numpy(dtype="float64") < SMALL
    groups.loc[twice, ["upc", "bb"]] = np.nan
    groups.loc[listed, ["slicc", "slicc_lower", "slicc_upper"]] = np.nan
    return groups.assign(held=held, split=groups["split"].str.replace("_", " "))


def table(found: Continuity) -> pd.DataFrame:
    """Return the whole practice measure by measure, then each group."""
    whole, groups = found.whole, shared_groups(found)
    few = np.asarray(sharing.small(whole["people"].to_numpy()), dtype=bool)
    first = pd.DataFrame(
        {
            "Who": "everybody",
            "People": sharing.cells(whole["people"].to_numpy(dtype="float64"), few),
            "Measure": whole["measure"],
            "Value": _said(whole["value"], few),
            "95% interval": _ranges(whole["lower"], whole["upper"], few),
        }
    )
    parts = [
        first,
        *(_of_groups(groups, one) for one in ((UPC, "upc"), (BB, "bb"), (SLICC, "slicc"))),
    ]
    return pd.concat([one for one in parts if len(one)], ignore_index=True)


def _of_groups(groups: pd.DataFrame, measure: tuple[str, str]) -> pd.DataFrame:
    name, column = measure
    if not len(groups) or not groups[column].notna().any():
        return pd.DataFrame()
    held = groups["held"].to_numpy()
    missing = pd.Series(np.nan, index=groups.index)
    return pd.DataFrame(
        {
            "Who": groups["split"] + ": " + groups["group"],
            "People": sharing.cells(groups["people"].to_numpy(dtype="float64"), held).to_numpy(),
            "Measure": name,
            "Value": _said(groups[column], held),
            "95% interval": _ranges(
                groups.get(f"{column}_lower", missing), groups.get(f"{column}_upper", missing), held
            ),
        }
    )


def _said(values: pd.Series, held: np.ndarray) -> list[str]:
    return [
        "-" if no or not np.isfinite(one) else whole_percent(one)
        for one, no in zip(values, held, strict=True)
    ]


def _ranges(low: pd.Series, high: pd.Series, held: np.ndarray) -> list[str]:
    return [
        "-" if no or not np.isfinite([a, b]).all() else _between(a, b)
        for a, b, no in zip(low, high, held, strict=True)
    ]


def main(found: Continuity) -> pd.Series:
    """Give the measure to lead with: SLICC where it is known, otherwise UPC."""
    measures = found.whole["measure"]
    lead = SLICC if (measures == SLICC).any() else UPC
    return found.whole[measures == lead].iloc[0]


def message(found: Continuity) -> str:
    """Say the main measure in one line."""
    row = main(found)
    if sharing.small(row["people"]) or not np.isfinite(row["value"]):
        return "Too few people with enough visits to speak of continuity"
    if row["measure"] == SLICC:
        return f"{whole_percent(row['value'])} of visits were with the person's own GP"
    return (
        f"{whole_percent(row['value'])} of a person's visits were with the clinician they see most"
    )


def basis(found: Continuity) -> str:
    """Say how many visits and people, and when."""
    row = main(found)
    return (
        f"{counted(row['visits'], 'visit')} of {counted(row['people'], 'person', 'people')}, "
        f"{span(found.dates)}"
    )


def notes(found: Continuity) -> list[str]:
    """Give the notes that stand under the picture."""
    said = [*found.notes]
    if found.few and not sharing.small(found.few):
        said.append(
            f"Means over people leave out {counted(found.few, 'person', 'people')} with fewer "
            "than two visits."
        )
    if found.no_usual:
        said.append(
            f"{counted(found.no_usual, 'visit')} without a usual GP are left out of "
            "visits with own GP."
        )
    if len(found.groups):
        said.append(f"Groups under {SMALL} people are held back.")
    return said


def explain(found: Continuity) -> str:
    """Say each measure in words, who is left out, and what it cannot tell."""
    rows = found.whole[~sharing.small(found.whole["people"].to_numpy())].dropna(subset="value")
    said = [
        f"{row.measure}: {whole_percent(row.value)} {MEANS[str(row.measure)]}"
        f"{_interval(row.lower, row.upper)}."
        for row in rows.itertuples()
    ]
    own = bool((rows["measure"] == SLICC).any())
    return lines(
        [
            f"{message(found)}. {basis(found)}.",
            *said,
            *notes(found),
            _groups_said(found),
            "UPC is never 0 and usually higher than SLICC: the doctor seen most need not be the "
            "person's own."
            if own
            else "",
            "Set a measure beside itself, over the same length of time, not beside another.",
            "For scale: 52% (SLICC) in a practice with strong personal lists, 65% for people aged "
            "65 and over (Sidaway-Lee and others, 2019)."
            if own
            else "",
            "These count visits, not how well people know each other; some people choose speed "
            "over a known doctor.",
        ]
    )


def _interval(low: float, high: float) -> str:
    return f" ({_between(low, high)})" if np.isfinite([low, high]).all() else ""


def _groups_said(found: Continuity) -> str:
    groups = shared_groups(found)
    known = groups[~groups["held"]].dropna(subset="slicc")
    if len(known) < 2:
        return ""
    ordered = known.sort_values("slicc", kind="stable")
    low, high = ordered.iloc[0], ordered.iloc[-1]
    apart = low["slicc_upper"] < high["slicc_lower"]
    tail = (
        "Ask who needs continuity most, and whether they get it."
        if apart
        else "Their intervals overlap, so do not rank them."
    )
    return (
        f"Visits with own GP run from {whole_percent(low['slicc'])} "
        f"({low['split']}: {low['group']}) to {whole_percent(high['slicc'])} "
        f"({high['split']}: {high['group']}). {tail}"
    )


def alt_text(found: Continuity) -> str:
    """Say what the picture shows."""
    if len(found.groups):
        return (
            f"Bar chart by group. {message(found)}; {basis(found)}. {_groups_said(found)}".strip()
        )
    rows = found.whole[~sharing.small(found.whole["people"].to_numpy())].dropna(subset="value")
    named = [
        f"{LABELS[str(m)]} {whole_percent(v)}"
        for m, v in zip(rows["measure"], rows["value"], strict=True)
    ]
    tail = f" {and_list(named)}." if named else ""
    return f"Bar chart. {message(found)}; {basis(found)}.{tail}"

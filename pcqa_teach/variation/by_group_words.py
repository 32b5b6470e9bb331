"""What a picture of values by group says."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.sayings import and_list, capital, counted, lines, rounded
from pcqa_teach.variation.by_group import Spread
from pcqa_teach.variation.variance import FEW
from pcqa_teach.variation.words import percent, plural


def message(found: Spread) -> str:
    """Say the message in one line."""
    if found.title:
        return found.title
    return capital(and_list([_share(found, row) for _, row in found.table.iterrows()]))


def panel_note(found: Spread, row: pd.Series) -> str:
    """Say under a panel how much of its variation lies between groups."""
    if row["share"] != row["share"]:
        return "no variation left"
    return f"{percent(row['share'], 0)} between {plural(found.group)}"


def explain(found: Spread) -> str:
    """Say what lies between groups and what within, panel by panel."""
    said = [f"{message(found)}."] if found.title else []
    for _, row in found.table.iterrows():
        where = f"{row['panel']}: " if row["panel"] else ""
        said.append(
            f"{where}{counted(row['values'], 'value')} of"
            f" {counted(row['groups'], found.group, plural(found.group))}, mean"
            f" {rounded(row['mean'])}{_unit(found)}; {panel_note(found, row)}."
        )
    fewest = int(found.table["groups"].min())
    if fewest < FEW:
        said.append(
            f"With only {fewest} {plural(found.group)}, how far they differ is a guess: read the"
            " shares as a rough size."
        )
    said.append("What lies between asks a question about how we work, or whom we see. It is no"
                " verdict on anybody.")  # fmt: skip
    return lines(said)


def alt_text(found: Spread) -> str:
    """Say aloud what the picture shows."""
    parts = []
    for name, row in found.table.set_index("panel").iterrows():
        values = found.rows[found.rows["panel"] == name]
        means = values.groupby("group", sort=False)["value"].mean()
        where = f"{name}: " if name else ""
        parts.append(
            f"{where}the {plural(found.group)}' means run from {rounded(means.min())} to"
            f" {rounded(means.max())}, single values from {rounded(values['value'].min())} to"
            f" {rounded(values['value'].max())}; {panel_note(found, row)}."
        )
    return (
        f"Dots by {found.group}, in {found.unit or 'the values given'}. {message(found)}."
        f" {' '.join(parts)}"
    )


def _share(found: Spread, row: pd.Series) -> str:
    where = f"{row['panel']}: " if row["panel"] else ""
    return f"{where}{panel_note(found, row)}"


def _unit(found: Spread) -> str:
    return f" {found.unit}" if found.unit else ""

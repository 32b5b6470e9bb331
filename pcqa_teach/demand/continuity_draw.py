"""Continuity as bars: each group, or the four measures."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.demand import continuity_words as words
from pcqa_teach.demand import sharing
from pcqa_teach.demand.continuity import Continuity
from pcqa_teach.demand.continuity_frames import MEASURES
from pcqa_teach.errors import ChartError
from pcqa_teach.figures import Figure
from pcqa_teach.figures.bars import bars, bars_height
from pcqa_teach.figures.sheet import plot


def figure(found: Continuity) -> Figure:
    """Draw each group's continuity; without groups, the measures."""
    rows = _groups(found) if len(found.groups) else _whole(found)
    rows = rows.dropna(subset="value")
    if rows.empty:
        raise ChartError(f"{found.message}, so nothing is drawn: bring a longer report.")
    names = rows["name"].tolist()
    kinds = list(dict.fromkeys(rows["kind"]))
    with plot(found.message, words.basis(found), words.notes(found), bars_height(names)) as page:
        bars(
            page.axes[0],
            names,
            rows["value"].tolist(),
            [words.whole_percent(one) for one in rows["value"]],
            rows["kind"].tolist(),
            kinds,
            lows=rows["lower"].tolist(),
            highs=rows["upper"].tolist(),
            most=100,
        )
        page.axes[0].set_xlabel(f"{rows['axis'].iloc[0]}, % (line: 95% interval)")
        return page.finish(alt=found.alt_text, name="continuity")


def _groups(found: Continuity) -> pd.DataFrame:
    groups = words.shared_groups(found)
    groups = groups[~groups["held"]]
    if groups["slicc"].notna().any():
        measured = groups.rename(
            columns={"slicc": "value", "slicc_lower": "lower", "slicc_upper": "upper"}
        ).assign(axis=words.LABELS["SLICC"])
    else:
        measured = groups.rename(columns={"upc": "value"}).assign(
            lower=float("nan"), upper=float("nan"), axis=words.LABELS["UPC"]
        )
    return measured.assign(
        name=measured["group"].array, kind=[f"by {one}" for one in measured["split"]]
    )


def _whole(found: Continuity) -> pd.DataFrame:
    rows: pd.DataFrame = found.whole[~sharing.small(found.whole["people"].to_numpy())]
    kind = rows["measure"].map(MEASURES)
    return rows.assign(name=rows["measure"].map(words.LABELS), kind=kind, axis="Continuity")

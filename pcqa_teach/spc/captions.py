"""What a chart is called: its title, its unit, its notes, from the caller or from the measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from pcqa_teach.spc.kinds.base import Kind
from pcqa_teach.spc.series import Series


def captions(
    about: Kind,
    own: Mapping[str, Any],
    *,
    title: Any,
    unit: Any,
    notes: Any,
    y: str,
    per: float,
    series: Series,
) -> dict[str, Any]:
    """Give title, unit and notes; what the caller says wins over what the measure says."""
    said = notes if notes is not None else own.get("notes")
    return {
        "title": str(title or own.get("title") or _words(y)),
        "unit": _unit(unit, str(own.get("unit") or ""), about, per),
        "notes": (*_notes(said), *_empty(series, about)),
    }


def _unit(unit: Any, measured: str, about: Kind, per: float) -> str:
    """Say the unit of what is plotted: a share has none until it is shown in per cent."""
    if about.share and about.rate:
        return "" if per == 1 else "%" if per == 100 else f"per {per:,.10g}"
    if not about.aims:  # a running total is counted in steps, whatever the values are
        return ""
    if unit is not None:
        return str(unit)
    if about.rate and per != 1:
        return f"per {per:,.10g}"
    if about.rate:
        return ""
    if measured != "%":
        return measured
    if about.holds == "counts":
        return ""
    return "%" if about.directed else "percentage points"  # a difference of two percentages


def unit_of_values(own: Mapping[str, Any], unit: Any) -> str:
    """Say the unit of the values as they came, whatever is plotted of them."""
    return str((own.get("unit") or "") if unit is None else unit)


def _notes(notes: Any) -> list[str]:
    """Take the notes; one text is one note."""
    if notes is None:
        return []
    alone = isinstance(notes, str) or not isinstance(notes, Iterable)
    return [str(note) for note in ([notes] if alone else notes)]


def _empty(series: Series, about: Kind) -> list[str]:
    """Say where a denominator of 0 made a gap."""
    if not about.sized or series.empty is None or not series.empty.any():
        return []
    count = int(np.count_nonzero(series.empty))
    return [
        "1 point has a denominator of 0: shown as a gap."
        if count == 1
        else f"{count} points have a denominator of 0: shown as gaps."
    ]


def _words(name: str) -> str:
    text = str(name).replace("_", " ").strip()
    return text[:1].upper() + text[1:]

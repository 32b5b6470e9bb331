"""What a report says in brief: `summary.json`, and the lines under its title."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pcqa_teach
from pcqa_teach.run import notebook as notebooks
from pcqa_teach.run import panel
from pcqa_teach.run.sharing import Shared, shared

if TYPE_CHECKING:
    from nbformat import NotebookNode

_OWN, _SYNTHETIC = "the practice’s own export", "the kit’s synthetic data"

# Parameters that say how much or how many, never who.
_SHARED = {
    *("list_size", "list_before", "list_now", "staff", "weekly", "talk", "wrap_up", "redial"),
    *("minutes", "removable", "top", "window_days", "away_weeks", "telephone"),
    *("people_chosen", "prediction_written", "recording_same"),
}
_TOO_LONG = 10**7  # telephone and NHS numbers are longer


def summary(done: NotebookNode, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return what another program, or a colleague, may want of the report.

    Of the parameters only numbers that the lessons ask for are kept: words may be names, and a long
    number somebody's. What the data are is what the
    lesson recorded of them, under `data` or `whose`, and `period`.
    """
    about = done.metadata.get("pcqa", {})
    safe: Shared = shared(done)
    numbers = {
        name: value
        for name, value in parameters.items()
        if name in _SHARED and isinstance(value, (int, float)) and abs(value) < _TOO_LONG
    }
    data = safe.results.get("data") or safe.results.get("whose")
    data = data or (_OWN if "export" in parameters else _SYNTHETIC)
    return {
        "made_by": "pcqa_teach",
        "version": pcqa_teach.__version__,
        "created": datetime.date.today().isoformat(),
        "lesson": {"id": about.get("id"), "title": notebooks.title(done)},
        "shareable": True,
        "data": {"title": data, "period": safe.results.get("period")},
        "parameters": numbers,
        "results": safe.results,
        "rows": safe.rows,
    }


def facts(summary: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what stands under the page's title."""
    facts = {
        "Made on": f"{panel.day(summary['created'])}, with pcqa_teach {summary['version']}",
        "Data": summary["data"]["title"],
        "Covers": summary["data"]["period"],
    }
    return [(name, str(value)) for name, value in facts.items() if value]

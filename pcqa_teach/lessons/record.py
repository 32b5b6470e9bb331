"""Results that a lesson hands to the report: shown as a small table, carried along as data."""

from __future__ import annotations

import math
from typing import Any

from pcqa_teach.errors import LessonError

_LONGEST = 300


def record(**values: object) -> None:
    """Show results in a small table and keep them for the report's summary.

    The output's metadata carry `{"pcqa": {"results": {...}}}`; the report gathers these. A result
    is a number, text, yes/no, a date or None: never a table, so that no row can travel with it.

    Raises
    ------
    LessonError
        A value is of another kind, or its text is longer than 300 characters.

    Examples
    --------
    >>> record(weeks=26, dna_percent=6.66)
    Weeks: 26
    Dna percent: 6.66
    """
    shown = Results({name: _plain(name, value) for name, value in values.items()})
    if _in_notebook():
        from IPython.display import display

        display(shown)
    else:
        print(shown)


class Results:
    """The results of one call of `record`, in the order given."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def __str__(self) -> str:
        return "\n".join(f"{_label(name)}: {value}" for name, value in self.values.items())

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        import pandas as pd

        from pcqa_teach import figures

        table: Any = figures.table

        frame = pd.DataFrame(
            {
                "Result": [_label(name) for name in self.values],
                "Value": pd.Series(list(self.values.values()), dtype=object),
            }
        )
        data = {
            "text/html": table(frame, "Results for the report")._repr_html_(),
            "text/plain": str(self),
        }
        return data, {"pcqa": {"results": self.values}}


def _plain(name: str, value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    if hasattr(value, "item") and getattr(value, "ndim", None) == 0:
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str) and len(value) <= _LONGEST:
        return value
    raise LessonError(
        f"record(...) cannot keep '{name}': give a number, a date or a short text, not a table "
        "or a list."
    )


def _label(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _in_notebook() -> bool:
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    return get_ipython() is not None

"""Ask a question of a file that may not be able to answer it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pcqa_teach.errors import ChartError, DataError


def if_possible(ask: Callable[..., Any], *given: Any, **options: Any) -> Any:
    """Return what `ask` answers; where the file cannot answer, print why and return None.

    A question that builds on another is passed over in silence when that one had no answer, so
    one sentence is printed and the lesson goes on.

    Examples
    --------
    >>> from pcqa_teach.measures import utilisation
    >>> from pcqa_teach.measures.tidy import tidy
    >>> came = tidy(date=["2026-03-09"], status=["Attended"], source="systmone_appointments")
    >>> filled = if_possible(utilisation, came)
    The SystmOne appointment report has no unused slots, so utilisation (the share of offered \
slots that were filled) cannot be worked out: ask for a report that lists every slot.
    >>> if_possible(len, filled) is None
    True
    """
    if any(value is None for value in given):
        return None
    try:
        return ask(*given, **options)
    except (DataError, ChartError) as error:
        print(error)
        return None

"""End what a submission has left running: where there are no walls, it may have hidden it well."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Container
from typing import Any

_MOST_ROUNDS, _BREATH = 500, 0.01


def end_below(process: int) -> None:
    """End every process that this one has begun, and those that they have, again until none is.

    What has hidden in a session of its own is found as long as all that stand between are there,
    or as whoever is asked about adopts (`jail.adopt`).

    >>> end_below(2**30)
    """
    import psutil

    with contextlib.suppress(psutil.Error):
        top = psutil.Process(process)
        for _ in range(_MOST_ROUNDS):
            there = [one for one in top.children(recursive=True) if _runs(one)]
            if not there:
                return
            for one in there:
                with contextlib.suppress(psutil.Error):
                    one.kill()
            time.sleep(_BREATH)


def end_others(known: Container[int]) -> None:
    """End each child of this process that is not known, with all that it has begun."""
    import psutil

    for one in psutil.Process().children():
        if one.pid not in known:
            end_below(one.pid)
            with contextlib.suppress(psutil.Error):
                one.kill()


def _runs(one: Any) -> bool:
    import psutil

    with contextlib.suppress(psutil.Error):
        return bool(one.status() != psutil.STATUS_ZOMBIE)
    return False

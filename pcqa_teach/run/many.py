"""Several pieces of work side by side on the cores there are, the longest begun first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

from pcqa_teach.run.kernels import end_all, stoppable

_Made = TypeVar("_Made")


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def side_by_side(
    works: Mapping[str, Callable[[], _Made]],
    *,
    seconds: Mapping[str, float] | None = None,
    workers: int | None = None,
) -> Iterator[tuple[str, _Made | Exception]]:
    """Do each piece of work; give its name and what it made, or the error that stopped it.

    They are given as they end. Whoever stops taking them stops what has not begun.

    Parameters
    ----------
    works : dict
        What to do, by name.
    seconds : dict, optional
        How long each took the last time: longer ones begin first, unknown ones before all.
    workers : int, optional
        How many at once; as many as there are cores unless given.

    Examples
    --------
    >>> dict(side_by_side({"two": lambda: 2, "three": lambda: 3}, workers=1))
    {'two': 2, 'three': 3}
    """
    known = seconds or {}
    order = sorted(works, key=lambda name: -known.get(name, float("inf")))
    with stoppable(), ThreadPoolExecutor(workers or cores(), thread_name_prefix="pcqa") as pool:
        running: dict[Future[_Made], str] = {}
        try:
            for name in order:
                running[pool.submit(works[name])] = name
            while running:
                ended, _ = wait(running, return_when=FIRST_COMPLETED)
                for one in sorted(ended, key=lambda future: order.index(running[future])):
                    error = one.exception()
                    if error is not None and not isinstance(error, Exception):
                        raise error
                    yield running.pop(one), error or one.result()
        except BaseException:
            _stop(running)
            raise


def _stop(running: Mapping[Future[_Made], str]) -> None:
    """Let what has not begun never begin, and end the kernels of what has."""
    for future in running:
        future.cancel()
    if any(future.running() for future in running):
        end_all()

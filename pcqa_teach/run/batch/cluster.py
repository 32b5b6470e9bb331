"""A batch on a Dask cluster, whose workers see the same folders as the one who asks."""

from __future__ import annotations

import uuid
from collections.abc import Generator, Sequence
from typing import Any

from pcqa_teach.errors import RunError, SetupError
from pcqa_teach.extras import lacking
from pcqa_teach.run.batch.local import Make
from pcqa_teach.run.batch.one import Outcome, Practice

_CONNECT = 20  # seconds
_TRIES = 5  # of a practice whose worker is lost


def outcomes(
    practices: Sequence[Practice], make: Make, scheduler: str
) -> Generator[Outcome, None, None]:
    """Give each practice's outcome as it ends; one whose worker is lost goes to another.

    Raises
    ------
    SetupError
        Dask is not installed, or no scheduler answers at that address.
    RunError
        A practice's worker was lost several times over.
    """
    try:
        import dask
        from distributed import Client, as_completed
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise SetupError(lacking("A cluster needs Dask", "scale")) from None
    settings = {"distributed.scheduler.allowed-failures": _TRIES}
    with dask.config.set(settings), _client(Client, scheduler) as client:
        mine = uuid.uuid4().hex[:8]  # an equal key would be another batch's task
        keys = [f"pcqa-{mine}-{one.label}" for one in practices]
        futures = client.map(make, practices, key=keys, pure=False)
        for future in as_completed(futures):
            try:
                yield future.result()
            except KilledWorker:
                label = future.key.split("-", 2)[2]
                raise RunError(
                    f"'{label}' ended the worker that ran it, {_TRIES} times over: look at that"
                    " export's size and at the workers' memory, then go on with the same line."
                ) from None
            future.release()  # what is done is not kept in anybody's memory


def _client(kind: Any, scheduler: str) -> Any:
    try:
        return kind(scheduler, timeout=_CONNECT)
    except (OSError, TimeoutError, ValueError, MemoryError):  # the last: no scheduler's answer
        raise SetupError(
            f"No Dask scheduler answers at {scheduler}: start one (`dask scheduler`), or look at"
            " the address and the port (8786, not the dashboard's 8787)."
        ) from None

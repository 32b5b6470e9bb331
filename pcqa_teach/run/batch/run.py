"""Run a lesson over every export of a folder, and gather what the practices say together."""

from __future__ import annotations

import contextlib
import csv
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach.errors import RunError
from pcqa_teach.run.batch import across, cluster, local, one
from pcqa_teach.run.batch.result import Batch
from pcqa_teach.run.batch.work import Work, exports_in, settings, twins
from pcqa_teach.run.execute import refuse_unknown
from pcqa_teach.run.kernels import begin
from pcqa_teach.run.mapped import Reading
from pcqa_teach.sayings import counted, seconds

if TYPE_CHECKING:
    from nbformat import NotebookNode

Progress = Callable[[str], None]

_EACH_ITS_OWN = {
    "export": "name the folder with --exports",
    "list_size": "give a table with --list-sizes",
    "practice": "each file is one practice's",
}


def run_batch(
    lesson: NotebookNode,
    exports: Path | str,
    out: Path | str,
    *,
    parameters: Mapping[str, Any] | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    list_sizes: Mapping[str, int] | None = None,
    reading: Reading | None = None,
    png: bool = False,
    replace: bool = False,
    project: Path | str | None = None,
    progress: Progress | None = None,
) -> Batch:
    """Make a report for every export in a folder, and a page on all of them together.

    It can be stopped, or killed, at any moment: asked again with the same words it goes on with
    the practices that have no report yet. A file that cannot be read stops none of the others.

    Parameters
    ----------
    lesson : NotebookNode
        The lesson as participants have it, such as `d1`.
    exports : path
        A folder with one file for each practice.
    out : path
        A new folder, or one that holds this very batch, begun.
    parameters : dict, optional
        More of the lesson's parameters, the same for all.
    workers : int, optional
        How many practices at once on this computer; as many as there are cores unless given.
    scheduler : str, optional
        The address of a Dask scheduler, such as tcp://10.0.0.4:8786, whose workers see the same
        folders.
    list_sizes : dict, optional
        Registered patients by practice code, for a lesson that has the parameter `list_size`.
    reading : Reading, optional
        How the exports are to be read, the same for all.
    png : bool
        Whether figures are kept as PNG too; it takes about twice as long.
    replace : bool
        Begin anew what lies in `out`.
    project : path, optional
        The folder whose `.pcqa` holds the key for pseudonyms.
    progress : callable, optional
        Told how far it is and what is left.

    Raises
    ------
    RunError, SetupError
        The folders cannot be used, or the cluster does not answer.
    """
    say = progress or (lambda _: None)
    given = dict(parameters or {})
    _refuse(lesson, given, list_sizes)
    read = reading or Reading()
    read.said()
    found, passed_over = exports_in(Path(exports).expanduser().absolute())
    if scheduler is None:
        begin()
    folder = Path(out).expanduser().absolute()
    keys = project or os.environ.get("PCQA_PROJECT")
    key = str(Path(keys).absolute()) if keys else None
    shared = settings(lesson, given, png=png, project=key)
    with Work(folder, shared, replace=replace, elsewhere=scheduler is not None) as work:
        practices = work.practices(found, list_sizes, read)
        to_do = [practice for practice in practices if not practice.is_done()]
        make = partial(one.make, lesson=lesson, parameters=given, png=png, project=key)
        if scheduler and to_do:
            say("Looking for the scheduler")
        ended = (
            cluster.outcomes(to_do, make, scheduler)
            if scheduler and to_do
            else local.outcomes(to_do, make, workers)
        )
        with contextlib.closing(ended):  # whatever stops this stops them too
            failed = _followed(ended, to_do, len(practices), say)
        say("Gathering the practices' results")
        _write_failed(folder / "failed.csv", failed)
        done = [practice for practice in practices if practice.is_done()]
        batch = Batch(
            folder,
            reports=len(done),
            before=len(practices) - len(to_do),
            failed=failed,
            twins=twins(done),
            left_over=work.left_over(done),
            without_size=[p.label for p in done if list_sizes and not p.parameters],
            passed_over=passed_over,
        )
        across.write(folder, done, lesson, failed, batch.remarks())
        if failed and not done:
            first = next(iter(failed.values()))
            raise RunError(
                f"None of {counted(len(practices), 'export')} gave a report. The first: {first}"
            )
        return batch


def _refuse(
    lesson: NotebookNode, parameters: Mapping[str, Any], sizes: Mapping[str, int] | None
) -> None:
    """Raise a RunError for what cannot be set, or cannot be the same for all practices."""
    own = [name for name in _EACH_ITS_OWN if name in parameters]
    if own:
        raise RunError(
            f"'{own[0]}' differs from practice to practice, so a batch cannot set it for all: "
            f"{_EACH_ITS_OWN[own[0]]}."
        )
    refuse_unknown(lesson, {**parameters, **({"list_size": 0} if sizes else {})})


def _followed(
    ended: Iterable[one.Outcome],
    to_do: Sequence[one.Practice],
    practices: int,
    say: Progress,
) -> dict[str, str]:
    """Say how far it is as practices end; give those without a report, and why."""
    failed: dict[str, str] = {}
    began = time.monotonic()
    say(_begins(len(to_do), practices))
    for number, outcome in enumerate(ended, start=1):
        if outcome.problem:
            failed[outcome.label] = outcome.problem
        say(_said(number, len(to_do), len(failed), time.monotonic() - began))
    for practice in to_do:
        if practice.label not in failed and not practice.is_done():
            failed[practice.label] = (
                "Its report is not in this folder: do all workers see the same folders?"
            )
    return failed


def _begins(left: int, practices: int) -> str:
    """Say what is to be done.

    >>> _begins(12, 12), _begins(2, 12), _begins(0, 12)
    ('12 practices to do', '2 of 12 practices to do', 'nothing new: 12 practices are done')
    """
    if not left:
        return f"nothing new: {counted(practices, 'practice')} are done"
    of = "" if left == practices else f"{left} of "
    return f"{of}{counted(practices, 'practice')} to do"


def _said(number: int, total: int, failed: int, took: float) -> str:
    """Say how far a batch is.

    >>> _said(50, 200, 1, 100.0)
    '50 of 200 practices done, 1 without a report, about 5 minutes left'
    """
    parts = [f"{number} of {counted(total, 'practice')} done"]
    if failed:
        parts.append(f"{failed} without a report")
    if 2 < number < total:
        parts.append(f"about {seconds(took / number * (total - number))} left")
    return ", ".join(parts)


def _write_failed(path: Path, failed: Mapping[str, str]) -> None:
    if not failed:
        path.unlink(missing_ok=True)
        return
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["practice", "why there is no report"])
        rows.writerows(sorted(failed.items()))
    partial.replace(path)

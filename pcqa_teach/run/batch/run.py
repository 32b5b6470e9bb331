"""Run a lesson over every export of a folder, and gather what the practices say together."""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach.errors import RunError
from pcqa_teach.run.batch import across, cluster, local, one
from pcqa_teach.run.batch.work import Work
from pcqa_teach.run.kernels import begin
from pcqa_teach.sayings import and_list, counted, seconds

if TYPE_CHECKING:
    from nbformat import NotebookNode

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Batch:
    """What a batch came to.

    Parameters
    ----------
    folder : where it lies
    reports : how many practices have a report
    before : how many of them had it already
    failed : practices without one, and why
    twins : labels of practices whose files hold the very same data
    """

    folder: Path
    reports: int
    before: int
    failed: Mapping[str, str]
    twins: Sequence[Sequence[str]] = ()

    def sentences(self) -> list[str]:
        """Say it."""
        went_on = f" ({self.before} of them from before)" if self.before else ""
        said = [f"{counted(self.reports, 'report')}{went_on}: open {self.folder / 'index.html'}"]
        for each in self.twins:
            said.append(f"{and_list(each)} hold the very same data: was one sent twice?")
        said += [f"No report for {label}: {why}" for label, why in self.failed.items()]
        if self.failed:
            said.append(
                "Mend or take away those files, and type the same line again: the rest stays."
            )
        said.append("which-is-which.csv says whose file has which label: do not pass it on.")
        return said


def run_batch(
    lesson: NotebookNode,
    exports: Path | str,
    out: Path | str,
    *,
    parameters: Mapping[str, Any] | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
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
    if scheduler is None:
        begin()
    folder = Path(out).expanduser().absolute()
    far = scheduler is not None
    work = Work(folder, lesson, parameters or {}, replace=replace, elsewhere=far)
    practices = work.practices(Path(exports).expanduser().absolute())
    to_do = work.unfinished(practices)
    keys = project or os.environ.get("PCQA_PROJECT")
    make = partial(
        one.make,
        lesson=lesson,
        parameters=dict(parameters or {}),
        png=png,
        project=str(Path(keys).absolute()) if keys else None,
    )
    ended = (
        cluster.outcomes(to_do, make, scheduler)
        if scheduler
        else local.outcomes(to_do, make, workers)
    )
    failed: dict[str, str] = {}
    began = time.monotonic()
    say(_begins(len(to_do), len(practices)))
    for number, outcome in enumerate(ended, start=1):
        if outcome.problem:
            failed[outcome.label] = outcome.problem
        say(_said(number, len(to_do), len(failed), time.monotonic() - began))
    for practice in to_do:
        if practice.label not in failed and not one.is_whole(practice.report):
            failed[practice.label] = (
                "Its report is not in this folder: do all workers see the same folders?"
            )
    say("Gathering the practices' results")
    _write_failed(folder / "failed.csv", failed)
    whole = [practice for practice in practices if one.is_whole(practice.report)]
    if whole:
        across.write(folder, whole, lesson, failed, work.twins(whole))
    elif failed:
        first = next(iter(failed.values()))
        raise RunError(
            f"None of {counted(len(practices), 'export')} gave a report. The first: {first}"
        )
    return Batch(folder, len(whole), len(practices) - len(to_do), failed, work.twins(whole))


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

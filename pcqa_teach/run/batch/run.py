"""Run a lesson over every export of a folder, and gather what the practices say together."""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach.errors import RunError
from pcqa_teach.run.batch import across, cluster, local, one
from pcqa_teach.run.batch.work import Work
from pcqa_teach.run.execute import refuse_unknown
from pcqa_teach.run.kernels import begin
from pcqa_teach.run.mapped import Reading
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
    left_over : labels of reports whose files are no longer among the exports
    without_size : labels of practices that the table of list sizes does not name
    """

    folder: Path
    reports: int
    before: int
    failed: Mapping[str, str]
    twins: Sequence[Sequence[str]] = ()
    left_over: Sequence[str] = ()
    without_size: Sequence[str] = ()

    def sentences(self) -> list[str]:
        """Say it."""
        went_on = f" ({self.before} of them from before)" if self.before else ""
        said = [f"{counted(self.reports, 'report')}{went_on}: open {self.folder / 'index.html'}"]
        said += self.remarks()
        said += [f"No report for {label}: {why}" for label, why in self.failed.items()]
        if self.failed:
            said.append(
                "Mend or take away those files, and type the same line again: the rest stays."
            )
        said.append(
            "private/which-is-which.csv says whose file has which label: take the folder 'private'"
            " out before you pass anything on."
        )
        return said

    def remarks(self) -> list[str]:
        """Say what a reader of the results ought to know."""
        said = [
            f"{and_list(list(each))} hold the very same data: was one sent twice? All are counted."
            for each in self.twins
        ]
        if self.without_size:
            said.append(
                f"No list size was given for {_few(self.without_size)}: their reports have nothing"
                " per 1,000 patients."
            )
        if self.left_over:
            said.append(
                f"There are reports of {_few(self.left_over)} from before, whose exports are no"
                " longer in the folder: they stay, and are not counted."
            )
        return said

    def to_dict(self) -> dict[str, Any]:
        """Give it for another program."""
        return {
            "folder": str(self.folder),
            "reports": self.reports,
            "before": self.before,
            "failed": dict(sorted(self.failed.items())),
            "same_data": [list(each) for each in self.twins],
            "left_over": list(self.left_over),
            "without_list_size": list(self.without_size),
        }


def _few(labels: Sequence[str], most: int = 6) -> str:
    """Name a few practices, and count the rest.

    >>> _few(["G1", "G2"]), _few(["G1", "G2", "G3"], most=2)
    ('G1 and G2', 'G1, G2 and 1 more')
    """
    if len(labels) <= most:
        return and_list(list(labels))
    return and_list([*labels[:most], f"{len(labels) - most} more"])


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
    refuse_unknown(lesson, {**given, **({"list_size": 0} if list_sizes else {})})
    if scheduler is None:
        begin()
    folder = Path(out).expanduser().absolute()
    read = reading or Reading()
    with Work(
        folder, lesson, given, reading=read, replace=replace, elsewhere=scheduler is not None
    ) as work:
        practices = work.practices(Path(exports).expanduser().absolute(), list_sizes)
        to_do = work.unfinished(practices)
        keys = project or os.environ.get("PCQA_PROJECT")
        make = partial(
            one.make,
            lesson=lesson,
            parameters=given,
            reading=read,
            png=png,
            project=str(Path(keys).absolute()) if keys else None,
        )
        if scheduler and to_do:
            say("Looking for the scheduler")
        ended = (
            cluster.outcomes(to_do, make, scheduler)
            if scheduler and to_do
            else local.outcomes(to_do, make, workers)
        )
        failed = _followed(ended, to_do, len(practices), say)
        say("Gathering the practices' results")
        _write_failed(folder / "failed.csv", failed)
        whole = [practice for practice in practices if one.is_whole(practice.report)]
        if not whole and failed:
            first = next(iter(failed.values()))
            raise RunError(
                f"None of {counted(len(practices), 'export')} gave a report. The first: {first}"
            )
        done = Batch(
            folder,
            reports=len(whole),
            before=len(practices) - len(to_do),
            failed=failed,
            twins=work.twins(whole),
            left_over=work.left_over(practices),
            without_size=[p.label for p in whole if list_sizes and not p.parameters],
        )
        across.write(folder, whole, lesson, failed, done.remarks())
        return done


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
        if practice.label not in failed and not one.is_whole(practice.report):
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

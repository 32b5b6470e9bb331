"""The command for many practices at once: batch.

Whatever a command needs is imported inside it, so that `pcqa --help` answers at once.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from pcqa_teach.cli.group import Json, Project, app
from pcqa_teach.cli.own_data import Dates, Map, parameters_given, participant
from pcqa_teach.errors import RunError
from pcqa_teach.run import terminal
from pcqa_teach.sayings import counted


@app.command(short_help="Make a report for each of many practices")
def batch(
    lesson: Annotated[str, typer.Argument(metavar="LESSON", help="See `pcqa lessons`.")],
    exports: Annotated[
        Path, typer.Option(metavar="FOLDER", help="One file for each practice lies in it.")
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", help="New, or this batch, begun.")
    ],
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="One of the lesson's parameters."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="How many at once; all cores unless you say.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler, as tcp://HOST:PORT.")
    ] = None,
    list_sizes: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A CSV of practice codes and numbers of patients."),
    ] = None,
    mapping: Map = None,
    dates: Dates = None,
    png: Annotated[bool, typer.Option("--png", help="Keep figures as PNG too (slower).")] = False,
    as_json: Json = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Delete this batch's reports and begin anew.")
    ] = False,
    project: Project = None,
) -> None:
    """Run a lesson on the exports of many practices: a report each, and a page on all of them.

    Stop it whenever you like: the same line goes on where it was. A file that cannot be read stops
    none of the others and is listed at the end. Practices go by their ODS code where the file is
    called that (G12345.csv), else by a number; which is which stands in the folder `private`, which
    you keep. List sizes may be NHS England's own file, Patients Registered at a GP Practice.

    \b
    Examples:
      pcqa batch d1 --exports borough -o borough-baselines
      pcqa batch d1 --exports borough -o borough-baselines --list-sizes gp-reg-pat-prac-all.csv
      pcqa batch d1 --exports borough -o borough-baselines --scheduler tcp://10.0.0.4:8786
    """  # noqa: D301
    from pcqa_teach.run.batch import run_batch
    from pcqa_teach.run.batch.lists import sizes
    from pcqa_teach.run.mapped import Reading

    given = parameters_given(settings or [])
    with _kept(out), terminal.status() as line:
        done = run_batch(
            participant(lesson),
            exports,
            out,
            parameters=given,
            list_sizes=sizes(list_sizes) if list_sizes else None,
            reading=Reading(mapping, dates, given.get("clock")),
            workers=workers,
            scheduler=scheduler,
            png=png,
            replace=replace,
            project=project,
            progress=line.say,
        )
    if as_json:
        typer.echo(json.dumps(done.to_dict(), indent=2, ensure_ascii=False))
    else:
        typer.echo("\n".join(done.sentences()))
    if done.failed:
        raise typer.Exit(1)


@contextlib.contextmanager
def _kept(out: Path) -> Iterator[None]:
    """Say, when it is stopped, that what is done is kept."""
    try:
        yield
        return
    except KeyboardInterrupt:
        made = [one for one in (out / "reports").glob("*") if not one.name.startswith(".")]
    raise RunError(
        f"Stopped. {counted(len(made), 'report')} so far, and kept: type the same line to go on."
    )

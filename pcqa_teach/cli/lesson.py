"""Commands for whoever writes a lesson: a skeleton, and whether it is done.

Whatever a command needs is imported inside it, so that `pcqa --help` answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pcqa_teach.cli.group import OneSentence, app
from pcqa_teach.errors import LessonError
from pcqa_teach.run import terminal

group = typer.Typer(
    cls=OneSentence,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(group, name="lesson", short_help="Write a lesson of your own", help=(
    "Write a lesson of your own: begin with a skeleton, and see whether it is done.\n\n"
    "The book's page \"The coach's handbook\" leads through it in ten steps."
))  # fmt: skip


@group.command(short_help="Begin a lesson with a skeleton")
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Such as x1_waits_told_straight.")],
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Its title; else the words of its name.")
    ] = None,
    folder: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help="Its folder, which is its assignment; else our-own."),
    ] = None,
) -> None:
    """Make a lesson to write in: whole, graded, and in the book's contents.

    Where your own words belong, the skeleton says so (look for the pencil): all else passes every
    check. Nothing is ever written over.

    \b
    Examples:
      pcqa lesson new x1_waits_told_straight
      pcqa lesson new x2_home_visits --title "Whose visit is it?" --folder evening
    """  # noqa: D301
    from pcqa_teach import resources
    from pcqa_teach.authoring.new import new as make

    root = resources.checkout()
    if root is None:
        raise LessonError(
            "Lessons are written in a checkout of the kit: this is an installed copy."
        )
    made = make(name, title=title, folder=folder, root=root)
    program = terminal.program()
    typer.echo(
        f"Made: {made.path.relative_to(root).as_posix()}, '{made.title}', named in _toc.yml.\n"
        "Next: open it in JupyterLab and write where there is a pencil. Then save it,\n"
        "      close it, and type\n"
        f"      {program} lesson check {made.path.stem.split('_')[0]} --tidy"
    )


@group.command(short_help="Say whether a lesson is done")
def check(
    lesson: Annotated[str, typer.Argument(metavar="LESSON", help="Its name, or its notebook.")],
    run: Annotated[
        bool, typer.Option("--run/--no-run", help="Whether to run it too (a minute or two).")
    ] = True,
    tidy: Annotated[
        bool,
        typer.Option("--tidy", help="First take its outputs out, and put its file in order."),
    ] = False,
) -> None:
    """Hold a lesson against every rule of the kit, one line a rule.

    A rule that holds says ok, one that is broken MEND and what to mend. Those that could not be
    looked at, since the lesson was not run to its end, stand below by themselves.

    The rules are those that the kit's own lessons are tested by: its form, its words, its graded
    items and their hints; that its source earns full marks and an untouched copy none; that it
    runs on a real format of export, and quickly. What no rule can see stands at the end.

    \b
    Examples:
      pcqa lesson check b3
      pcqa lesson check notebooks/our-own/x1_waits_told_straight.ipynb --tidy
      pcqa lesson check x1 --no-run
    """  # noqa: D301
    from pcqa_teach.authoring import check as checking
    from pcqa_teach.authoring import tidy as tidying
    from pcqa_teach.sayings import counted

    path = _source(lesson)
    if tidy and tidying.tidy(path):
        typer.echo(f"Tidied: {path.name}, without outputs and in order.\n")
    broken, unseen = 0, {} if run else {"it was not run": checking.not_looked_at()}
    with terminal.status() as line:
        line.say("Reading the lesson")
        for found in checking.check(path, run=run):
            line.clear()
            if found.unseen:
                unseen.setdefault(found.unseen, []).append(found.rule)
                continue
            broken += bool(found.faults)
            typer.echo(f"{'MEND' if found.faults else 'ok  '}  {found.rule}")
            for fault in found.faults:
                typer.echo(f"      - {fault}")
            line.say("Looking on")
    for why, rules in unseen.items():
        typer.echo(f"\nNot looked at, since {why}:")
        for rule in rules:
            typer.echo(f"      - {rule}")
    typer.echo(
        "\nNo rule can see whether it is true, kind and worth an hour: let somebody read it aloud, "
        "and look at it in the book and in the browser."
    )
    if broken:
        said = counted(broken, "rule is", "rules are")
        raise LessonError(f"{said} broken: mend what is named under MEND.")


def _source(lesson: str) -> Path:
    """Return the source notebook that is meant: a path, or a lesson's name."""
    from pcqa_teach import resources

    path = Path(lesson)
    if path.suffix == ".ipynb" and path.is_file():
        return path
    found = resources.find_lesson(lesson)
    if not found.is_source:
        raise LessonError(
            "Sources of lessons are in a checkout of the kit: this is an installed copy."
        )
    return found.path

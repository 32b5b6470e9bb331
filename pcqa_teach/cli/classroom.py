"""Commands for a class, in the order of a course: init, release, collect, grade, merge, feedback.

Whatever a command needs is imported inside it, so that `pcqa --help` answers at once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pcqa_teach.cli.group import OneSentence, app
from pcqa_teach.errors import ClassroomError
from pcqa_teach.run import terminal

if TYPE_CHECKING:
    from pcqa_teach.classroom.grading.grade import Line

classroom = typer.Typer(
    name="classroom",
    cls=OneSentence,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Hand out, collect, mark and give back a class's work, in a folder of its own.",
    short_help="Hand out, collect, mark, give back",
)
app.add_typer(classroom)

Assignment = Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="Such as core-day1.")]
Class = Annotated[
    Path, typer.Option("--class", metavar="FOLDER", help="The class; else the one you are in.")
]


@classroom.command(short_help="Set up a class")
def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER")],
    name: Annotated[str, typer.Option(help="What the class is called.")] = "",
) -> None:
    """Set up a class in a new folder of its own.

    Put a code for each person into its roster.csv; names and addresses are yours to leave out.
    nbgrader's own commands and formgrader work in that folder too.

    \b
    Example:
      pcqa classroom init spring --name "Spring cohort"
    """  # noqa: D301
    from pcqa_teach.classroom import folder as folders

    made = folders.init(folder, name)
    typer.echo(f"The class is set up: {made.path}")
    typer.echo(f"Next: put a code for each person into {made.path / folders.ROSTER}, go to the")
    typer.echo("folder, and hand out: pcqa classroom release core-day1")


@classroom.command(short_help="Make the notebooks to hand out")
def release(assignment: Assignment, course: Class = Path()) -> None:
    """Make the participants' notebooks of an assignment, try each, and pack them to hand out.

    \b
    Example:
      pcqa classroom release core-day1
    """  # noqa: D301
    from pcqa_teach.classroom.folder import opened
    from pcqa_teach.classroom.release import release as hand_out
    from pcqa_teach.sayings import counted

    with terminal.status() as line:
        made = hand_out(opened(course), assignment, say=line.say)
    held = counted(len(made.notebooks), "notebook")
    typer.echo(f"{held}, worth {made.points:g} points: {made.archive}")
    if made.personal:
        typer.echo(
            f"{len(made.personal)} more, one a person, their code inside: {made.personal[0].parent}"
        )
    else:
        typer.echo(
            "The roster is empty, so nobody's own archive was made: fill in roster.csv and run "
            "this again."
        )


@classroom.command(short_help="Take in what was handed in")
def collect(
    assignment: Assignment,
    source: Annotated[Path, typer.Argument(metavar="FOLDER|ZIP")],
    course: Class = Path(),
) -> None:
    """Take in notebooks as they come: Moodle's archive, attachments, downloads.

    Each notebook says itself whose it is; one that does not is listed, never guessed. Every version
    is kept, and the newest counts in which something was answered.

    \b
    Example:
      pcqa classroom collect core-day1 ~/Downloads/submissions.zip
    """  # noqa: D301
    from pcqa_teach.classroom.collect import collect as take_in
    from pcqa_teach.classroom.folder import opened

    with terminal.status() as line:
        line.say("looking at what was handed in")
        taken = take_in(opened(course), assignment, source, say=line.count)
    typer.echo("\n".join(taken.sentences()))


@classroom.command(short_help="Mark what was handed in")
def grade(
    assignment: Assignment,
    submissions: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER|ZIP", help="Collect from here first."),
    ] = None,
    trust: Annotated[
        bool, typer.Option("--trust", help="Run without a sandbox, for a room that you know.")
    ] = False,
    shard: Annotated[
        str, typer.Option(metavar="I/N", help="Mark the I-th of N parts, to be merged later.")
    ] = "",
    course: Class = Path(),
) -> None:
    """Run each notebook shut away from everything, judge its answers outside, write the marks.

    What was marked already and has not changed is left alone; what a person has marked stays.

    \b
    Examples:
      pcqa classroom grade core-day1
      pcqa classroom grade core-day1 --submissions submissions.zip
      pcqa classroom grade core-day1 --shard 2/8
    """  # noqa: D301
    from pcqa_teach.classroom import shards
    from pcqa_teach.classroom.collect import collect as take_in
    from pcqa_teach.classroom.collect import submitted
    from pcqa_teach.classroom.folder import opened
    from pcqa_teach.classroom.grading import Book
    from pcqa_teach.classroom.grading.grade import grade as mark
    from pcqa_teach.classroom.grading.handed_out import lessons

    here = opened(course)
    if submissions is not None:
        typer.echo("\n".join(take_in(here, assignment, submissions).sentences()))
    files = submitted(here, assignment)
    known = lessons(here.part("source", assignment), here.part("release", assignment))
    if not files:
        raise ClassroomError(
            "Nothing has been collected yet: put what was handed in into a folder and run "
            f"`pcqa classroom collect {assignment} FOLDER` first."
        )
    mode: Literal["trust", "sandbox"] = "trust" if trust else "sandbox"
    done: list[Line] = []
    with _kept(done), terminal.status() as line:
        line.say("warming up")
        if shard:
            part = shards.Shard.named(shard)
            lines = shards.mark(
                here, assignment, part, mode=mode, progress=line.count, tell=done.append
            )
        else:
            copies = here.part("autograded")
            with Book(here.gradebook) as book:
                lines = mark(
                    assignment, files, known, book, copies,
                    mode=mode, progress=line.count, tell=done.append,
                )  # fmt: skip
    _said([one for one in lines if one.state != "unchanged"])
    counts = {state: sum(one.state == state for one in lines) for state in ("marked", "person")}
    needs = "needs" if counts["person"] == 1 else "need"
    summary = (
        f"{counts['marked']} marked, {counts['person']} {needs} a person, "
        f"{len(lines) - sum(counts.values())} unchanged."
    )
    still = [one for one in lines if one.still]
    if still:
        needs = "needs" if len(still) == 1 else "need"
        summary += f" Of the unchanged, {len(still)} still {needs} a person:"
    typer.echo(summary)
    for one in still:
        typer.echo(f"{one.student}, {one.notebook}: {one.still}")


def _said(lines: list[Line]) -> None:
    """Print a line on each notebook, those that need a person last."""
    for one in sorted(lines, key=lambda one: (one.state == "person", one.student, one.notebook)):
        typer.echo(f"{one.student}, {one.notebook}: {one.said}")


@contextlib.contextmanager
def _kept(done: list[Line]) -> Iterator[None]:
    """Say, when marking is stopped, what was marked, and that it is kept."""
    try:
        yield
        return
    except KeyboardInterrupt:
        pass
    _said(done)
    raise ClassroomError("Stopped. What was marked is kept: type the same line to go on.")


@classroom.command(short_help="Put together what shards have marked")
def merge(assignment: Assignment, course: Class = Path()) -> None:
    """Put into the gradebook what `grade --shard` has marked, on this computer or on several.

    \b
    Example:
      pcqa classroom merge core-day1
    """  # noqa: D301
    from pcqa_teach.classroom.folder import opened
    from pcqa_teach.classroom.shards import merge as put_together
    from pcqa_teach.sayings import counted

    lines = put_together(opened(course), assignment)
    entered = [one for one in lines if one.state != "unchanged"]
    _said(entered)
    rest = len(lines) - len(entered)
    typer.echo(f"{counted(len(entered), 'notebook')} entered, {rest} unchanged.")


@classroom.command(short_help="Write a page for each participant")
def feedback(assignment: Assignment, course: Class = Path()) -> None:
    """Write a page of feedback for each participant, and an archive that Moodle takes back.

    \b
    Example:
      pcqa classroom feedback core-day1
    """  # noqa: D301
    from pcqa_teach.classroom.feedback import clashing
    from pcqa_teach.classroom.feedback import feedback as write
    from pcqa_teach.classroom.folder import opened
    from pcqa_teach.sayings import and_list, counted

    here = opened(course)
    with terminal.status() as line:
        pages = write(here, assignment, say=line.count)
    typer.echo(f"{counted(len(pages), 'page')}: {here.part('feedback')}")
    for codes in clashing(here, assignment):
        typer.echo(
            "Not in the archive, as their pages would lie in one Moodle folder: "
            f"{and_list(codes)}. See whose it is, and take moodle.txt away from the other in "
            f"collected/{assignment}."
        )

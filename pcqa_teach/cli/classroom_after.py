"""Commands for a class once work is marked: insights, export, certificate, forget.

Whatever a command needs is imported inside it, so that `pcqa --help` answers at once.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pcqa_teach.cli.classroom import Class, classroom
from pcqa_teach.cli.group import Replace
from pcqa_teach.run import terminal

if TYPE_CHECKING:
    from pcqa_teach.classroom.certificate import Piece

Perhaps = Annotated[
    str | None, typer.Argument(metavar="[ASSIGNMENT]", help="Such as core-day1; else all.")
]
Code = Annotated[str | None, typer.Argument(metavar="[CODE]", help="The participant's code.")]


class Form(enum.StrEnum):
    """What marks are exported as."""

    plain = "plain"
    moodle = "moodle"


@classroom.command(short_help="See where the room went wrong")
def insights(
    assignment: Perhaps = None,
    names: Annotated[
        bool, typer.Option("--names", help="Show people by their names, not by made-up ones.")
    ] = False,
    refresh: Annotated[
        int | None,
        typer.Option(metavar="SECONDS", min=2, help="Write it anew every so often, until Ctrl-C."),
    ] = None,
    course: Class = Path(),
) -> None:
    """Write one page: who is stuck, hard items, wrong answers, reflections to read first.

    People stand on it under made-up names, the same on every page of the class; with --names, the
    page has another file name, so that you do not show the wrong one.

    \b
    Examples:
      pcqa classroom insights core-day1
      pcqa classroom insights core-day1 --refresh 30
    """  # noqa: D301
    import time

    from pcqa_teach.classroom.folder import opened
    from pcqa_teach.classroom.insights import write

    here = opened(course)
    page = write(here, assignment, names=names, refresh=refresh)
    typer.echo(f"Open it in a browser: {page}")
    if refresh is None:
        return
    typer.echo(f"It is written anew every {refresh} seconds; Ctrl-C stops that.")
    try:
        while True:
            time.sleep(refresh)
            _again(lambda: write(here, assignment, names=names, refresh=refresh))
    except KeyboardInterrupt:
        typer.echo("Stopped. The page stays as it was written last.")


def _again(write: Callable[[], object]) -> None:
    """Write the page once more; what stands in the way for a moment is said, and tried again."""
    from pcqa_teach.errors import PcqaError

    try:
        write()
    except PcqaError as error:
        typer.echo(terminal.sentence(error), err=True)


@classroom.command(short_help="Write the marks as CSV")
def export(
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="The CSV to write.")],
    assignment: Perhaps = None,
    form: Annotated[
        Form, typer.Option(help="A row an item, or as Moodle's gradebook takes marks.")
    ] = Form.plain,
    replace: Replace = False,
    course: Class = Path(),
) -> None:
    """Write the marks as a table: a row a participant and item, or a row a participant for Moodle.

    In Moodle: Grades, Import, CSV file; let it find people by ID number or e-mail address.

    \b
    Examples:
      pcqa classroom export core-day1 -o marks.csv
      pcqa classroom export core-day1 --form moodle -o moodle.csv
    """  # noqa: D301
    from pcqa_teach.classroom.export import export as write
    from pcqa_teach.classroom.export import said
    from pcqa_teach.classroom.folder import opened
    from pcqa_teach.sayings import counted

    here = opened(course)
    rows = write(here, out, assignment, form=form.value, replace=replace)
    typer.echo(f"{counted(rows, 'row')}: {out}")
    for sentence in said(here, assignment, form.value):
        typer.echo(sentence)


@classroom.command(short_help="Make or check a certificate")
def certificate(
    code: Code = None,
    name: Annotated[str, typer.Option(help="The name as it shall read; else the roster's.")] = "",
    anyway: Annotated[
        bool, typer.Option("--anyway", help="You have seen the missing pieces on paper.")
    ] = False,
    check: Annotated[
        Path | None, typer.Option("--check", metavar="FILE", help="Look at one instead.")
    ] = None,
    course: Class = Path(),
) -> None:
    """Make a certificate that lists the four pieces of the portfolio, signed by the class's key.

    Anybody can check one offline with --check. Tell people the fingerprint of your key by another
    way than the certificate itself.

    \b
    Examples:
      pcqa classroom certificate blue-kettle --name "As It Shall Read"
      pcqa classroom certificate --check blue-kettle.html
    """  # noqa: D301
    from pcqa_teach.classroom import certificate as certificates
    from pcqa_teach.classroom.folder import opened
    from pcqa_teach.errors import ClassroomError

    if (code is None) == (check is None):
        raise typer.BadParameter("Give a participant's CODE, or --check FILE.")
    if check is not None:
        try:
            here = opened(course)
        except ClassroomError:
            here = None
        found = certificates.check(check, here)
        typer.echo(found.said, err=not found.well)
        raise typer.Exit(0 if found.well else 1)
    here = opened(course)
    checked = certificates.checked_code(str(code))
    pieces = _pieces(here.part("submitted", checked))
    page = certificates.issue(here, checked, pieces, name=name, anyway=anyway)
    typer.echo(f"The certificate: {page}")
    typer.echo(certificates.check(page, here).said)


def _pieces(folder: Path) -> list[Piece]:
    """Return the four pieces of a portfolio, from the notebooks that somebody handed in."""
    from pcqa_teach.classroom.certificate import Piece
    from pcqa_teach.errors import LessonError
    from pcqa_teach.publish.portfolio import PIECES, gathered

    try:
        found, lacks = gathered(folder), ""
    except LessonError:
        found, lacks = None, "not handed in"
    except (ValueError, TypeError, KeyError, AttributeError):  # a notebook may hold anything
        found, lacks = None, "a notebook that was handed in is damaged"
    if found is None:
        return [Piece(heading, wanted=lacks) for heading, _ in PIECES.values()]
    made = []
    for name, (heading, parts) in PIECES.items():
        if name in found.there:
            lessons = dict.fromkeys(found.parts[part].lesson for part in parts)
            made.append(Piece(heading, tuple(lessons)))
        else:
            wanted = [one for one in found.missing if one.startswith(f"{heading}: ")]
            made.append(Piece(heading, wanted=wanted[0].removeprefix(f"{heading}: ")))
    return made


@classroom.command(short_help="Remove a learner everywhere")
def forget(
    code: Code = None,
    group: Annotated[str, typer.Option(help="Everybody of a group of the roster.")] = "",
    older_than: Annotated[
        int | None,
        typer.Option(metavar="MONTHS", min=1, help="Whose last work came in longer ago than that."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    course: Class = Path(),
) -> None:
    """Remove a learner from the class folder and its gradebook, and say what was removed.

    Without a code, a group or a number of months, `keep_months` in class.toml says who is due.

    \b
    Examples:
      pcqa classroom forget blue-kettle
      pcqa classroom forget --older-than 12
    """  # noqa: D301
    from pcqa_teach.classroom import retention
    from pcqa_teach.classroom.folder import opened
    from pcqa_teach.sayings import counted

    if sum((code is not None, bool(group), older_than is not None)) > 1:
        raise typer.BadParameter("Give one of these: a CODE, --group, --older-than.")
    here = opened(course)
    codes = retention.whom(here, code, group or None, older_than)
    if not codes:
        typer.echo("Nobody's work is as old as that: nothing was removed.")
        return
    there = retention.found(here, codes)
    people = counted(len(codes), "person", "people")
    typer.echo(f"Of {people} there are {there.said()}.")
    if not yes:
        typer.confirm("Remove them all, for good?", abort=True)
    gone = retention.forget(here, codes)
    typer.echo(f"Removed of {people}: {gone.said()}.")
    for name in gone.still_in:
        typer.echo(f"Look at this one yourself, which still names somebody: {name}")
    typer.echo(retention.ELSEWHERE)

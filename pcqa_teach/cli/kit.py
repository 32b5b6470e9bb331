"""Commands for the kit itself: its lessons, its book, a workbook, a look at the computer.

Whatever a command needs is imported inside it, so that `pcqa --help` answers at once.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pcqa_teach.cli.group import Json, Project, Replace, app
from pcqa_teach.errors import LessonError, SetupError
from pcqa_teach.run import terminal

if TYPE_CHECKING:
    from pcqa_teach.run.doctor import Check


@app.command(short_help="List the lessons")
def lessons(as_json: Json = False) -> None:
    """List the lessons.

    \b
    Example:
      pcqa lessons
    """  # noqa: D301
    from pcqa_teach import resources
    from pcqa_teach.run.said import lesson_rows

    rows = lesson_rows(resources.lessons().values())
    if not rows:
        raise LessonError("No lessons came with this copy: install it again.")
    if as_json:
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    wide = max(len(row["name"]) for row in rows)
    for row in rows:
        typer.echo(f"{row['short']:<4} {row['name']:<{wide}}  {row['title']}")


@app.command(short_help="Build the book")
def book(
    edition: Annotated[
        Literal["participant", "facilitator"], typer.Option(help="For whom.")
    ] = "participant",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FOLDER", help="Where to build.")
    ] = None,
) -> None:
    """Run every lesson and build the book (needs a checkout).

    \b
    Examples:
      pcqa book
      pcqa book --edition facilitator
    """  # noqa: D301
    from pcqa_teach.publish import book as published

    with terminal.status() as line:
        first_page = published.build(edition, out, progress=line.say)
    typer.echo(f"The book is built: open {first_page}")


@app.command(short_help="Make workbooks, guide, sheets and slides as PDF")
def paper(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Which; else all of them.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FOLDER", help="Where to; else _build/paper."),
    ] = None,
) -> None:
    """Print the book to PDF: workbooks, the facilitator's guide, sheets, slides (needs a checkout).

    Chromium prints them. Those whose names begin with facilitators- show answers, no others.

    \b
    Examples:
      pcqa paper
      pcqa paper sheets workbook-core-concepts -o to-print
      pcqa paper slides
    """  # noqa: D301
    from pcqa_teach.publish.paper.make import make

    with terminal.status() as line:
        made = make(names or (), out, progress=line.say)
    for path in made:
        typer.echo(f"Made: {path}")


@app.command(short_help="Build the site with lessons that run in the browser")
def site(
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="A new folder, or an earlier site.")
    ],
    wheels: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER|ARCHIVE", help="The Pyodide release, if it is not to be fetched."
        ),
    ] = None,
) -> None:
    """Build the book with every lesson runnable in the browser, for any host (needs a checkout).

    \b
    Examples:
      pcqa site -o site
      pcqa serve site
    """  # noqa: D301
    from pcqa_teach.publish.site import build_site

    with terminal.status() as line:
        first_page = build_site(out, source=wheels, progress=line.say)
    typer.echo(f"The site is built: {first_page.parent}")
    typer.echo(f"Next: {terminal.program()} serve {terminal.typed(out)}")


@app.command(short_help="Serve a built site on this computer")
def serve(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")] = 8000,
) -> None:
    """Serve a built site at an address of this computer alone, until Ctrl-C.

    \b
    Example:
      pcqa serve site
    """  # noqa: D301
    from pcqa_teach.publish.site.serve import serve as served

    with contextlib.suppress(KeyboardInterrupt):
        served(
            folder, port=port, ready=lambda address: typer.echo(f"Open {address} (Ctrl-C ends it)")
        )


@app.command(short_help="Open a participant's workbook")
def lab(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]")] = Path("pcqa-workbook"),
    code: Annotated[
        str | None,
        typer.Option("--code", "--who", metavar="CODE", help="Your code; asked once otherwise."),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=1024, max=65535, help="Where JupyterLab answers, if 8888 will not do."),
    ] = None,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Lay the workbook out without opening it.")
    ] = False,
) -> None:
    """Lay out a participant's workbook, beside whatever is there, and open it in JupyterLab.

    \b
    Examples:
      pcqa lab
      pcqa lab my-course --code coach-7
    """  # noqa: D301
    from pcqa_teach.publish import lab as jupyter
    from pcqa_teach.publish import workbook

    ask = typer.prompt if sys.stdin.isatty() else None
    typer.echo("\n".join(workbook.lay_out(folder, code, ask).sentences()))
    if not no_open and jupyter.open_lab(folder, port=port, say=typer.echo) != 0:
        raise SetupError(
            f"JupyterLab stopped by itself: what it says of that is in '{folder / jupyter.LOG}'."
        )


@app.command(short_help="Put your four pieces on one sheet")
def portfolio(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where your notebooks are.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="The sheet; else portfolio.html there."),
    ] = None,
    replace: Replace = False,
) -> None:
    """Gather charter, XmR chart, failure demand and first PDSA from your own notebooks.

    They go on one sheet, to print or to hand in. What is not there yet is named, and the sheet has
    a place for it; run the command again with --replace when it is.

    \b
    Examples:
      pcqa portfolio pcqa-workbook
      pcqa portfolio downloads -o sheet.html
    """  # noqa: D301
    from pcqa_teach.publish import portfolio as sheet

    found = sheet.gathered(folder)
    path = sheet.write(found, out or folder / "portfolio.html", replace=replace)
    typer.echo(f"{len(found.there)} of {len(sheet.PIECES)} pieces are there: open {path}")
    for sentence in found.missing:
        typer.echo(f"Missing: {sentence}")


@app.command(short_help="Is this computer ready?")
def doctor(as_json: Json = False, project: Project = None) -> None:
    """Say whether this computer is ready, and what to do where it is not.

    \b
    Example:
      pcqa doctor
    """  # noqa: D301
    from pcqa_teach.run.doctor import examine, verdict

    with terminal.status() as line:
        checks = [*examine(project, progress=line.say), _sandbox(), _printer()]
    if as_json:
        typer.echo(json.dumps([check.to_dict() for check in checks], indent=2, ensure_ascii=False))
    else:
        wide = max(len(check.name) for check in checks)
        for check in checks:
            advice = f"\n{'':<{wide + 8}}{check.advice}" if check.advice else ""
            typer.echo(f"{check.state:<4}  {check.name:<{wide}}  {check.found}{advice}")
        typer.echo(f"\n{verdict(checks)}")
    if any(check.state == "fail" for check in checks):
        raise typer.Exit(1)


def _sandbox() -> Check:
    """Look for what a class is marked in."""
    from pcqa_teach.run.doctor import Check

    try:
        from pcqa_teach.classroom.grading.sandbox import refusal
    except ImportError:
        return Check("Sandbox", "warn", "not looked for", "Only to grade: see Extra 'classroom'.")
    if why := refusal():
        return Check("Sandbox", "warn", "none", f"Only to grade. {why}")
    return Check("Sandbox", "ok", "bubblewrap, for marking what others wrote")


def _printer() -> Check:
    """Look for what prints the book to PDF."""
    from pcqa_teach.publish.paper.press import chromium
    from pcqa_teach.run.doctor import Check

    found = chromium()
    if found is None:
        advice = "Only for `pcqa paper`: install Chromium (Debian or Ubuntu: apt install chromium)."
        return Check("Printing to PDF", "warn", "no Chromium", advice)
    return Check("Printing to PDF", "ok", Path(found).name)

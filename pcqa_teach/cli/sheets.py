"""The command for sheets to fill in: template.

Whatever a command needs is imported inside it, so that `pcqa --help` answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from pcqa_teach.cli.group import Replace, app
from pcqa_teach.run import terminal


@app.command(short_help="Write an empty sheet to fill in")
def template(
    name: Annotated[
        Literal["tally", "appropriateness", "pulse", "survey"],
        typer.Argument(metavar="NAME", help="tally, appropriateness, pulse or survey."),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help="A new workbook, FILE.xlsx.")
    ],
    replace: Replace = False,
) -> None:
    """Write an empty sheet to fill in, as a workbook with lists to pick from.

    \b
    tally              five days of contacts: value or failure demand, cause, lever (for d3)
    appropriateness    appointments: who else could have helped (for d9)
    pulse              staff: five statements a week, nobody's name (for d8)
    survey             patients: four statements a month, counted (for d8)

    \b
    Examples:
      pcqa template tally -o tally.xlsx
      pcqa read tally.xlsx                      once it is filled in
    """  # noqa: D301
    if out.suffix.lower() != ".xlsx":
        raise typer.BadParameter("give a name that ends in .xlsx", param_hint="-o")
    from pcqa_teach.data import write_template
    from pcqa_teach.run import output

    with output.file(out, replace=replace) as partial:
        write_template(name, partial)
    typer.echo(
        f"Written: {out}\nNext: fill it in, save it, and type: {terminal.program()} read "
        f"{terminal.typed(out)}"
    )

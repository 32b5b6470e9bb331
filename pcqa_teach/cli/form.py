"""The command that opens the form for a report: the last one that somebody need ever type."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pcqa_teach.cli.group import app
from pcqa_teach.errors import SetupError


@app.command(short_help="Make a report on your own data by a form")
def form(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]")] = Path("pcqa-workbook"),
    port: Annotated[
        int | None, typer.Option(min=1024, max=65535, help="Where it answers; else any free.")
    ] = None,
) -> None:
    """Open a form in the browser: choose a file, see what is in it, make a report.

    Reports go into FOLDER, in `reports`, each in a folder of its own. The form answers on this
    computer alone.

    \b
    Examples:
      pcqa form
      pcqa form my-practice
    """  # noqa: D301
    from pcqa_teach.publish import form_page

    if form_page.open_form(folder, port=port, say=typer.echo) != 0:
        raise SetupError(
            f"The form stopped by itself: what it says of that is in '{folder / form_page.LOG}'."
        )

"""The command `pcqa` itself: its help, its version, and how a failure is told."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pcqa_teach.run import terminal

# Whichever click typer brings: a wrong command line is its own to tell, with exit code 2.
_USAGE = tuple(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
_LEFT_TO_TYPER: tuple[type[BaseException], ...] = (
    typer.Exit,
    typer.Abort,
    SystemExit,
    BrokenPipeError,
    *_USAGE,
)
# What is left where a command stops half-way. Of any other nothing is promised.
_NOTHING, _A_PART = "Nothing was written.", "A part may be done: type the same line to go on."
_AS_IT_WAS = "What was built before is as it was."
LEFT = {
    **dict.fromkeys(("book", "site"), _AS_IT_WAS),
    **dict.fromkeys(("run", "lesson new", "classroom release"), _NOTHING),
    **dict.fromkeys(("classroom collect", "classroom forget", "paper"), _A_PART),
}


class OneSentence(TyperGroup):
    """Turns whatever stops a command into one sentence and exit code 1."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run the command that was asked for."""
        try:
            with terminal.stoppable():
                return super().invoke(ctx)
        except _LEFT_TO_TYPER:
            raise
        except BaseException as error:
            if terminal.debugging():
                raise
            typer.echo(terminal.sentence(error, LEFT.get(_asked(ctx), "")), err=True)
            raise typer.Exit(1) from None


def _asked(ctx: typer.Context) -> str:
    """Return the command that was asked for, without the program's own name."""
    group = (ctx.info_name,) if ctx.parent else ()
    return " ".join(filter(None, (*group, ctx.invoked_subcommand)))


app = typer.Typer(
    name="pcqa",
    cls=OneSentence,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Project = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Keep the key for pseudonyms in this folder's .pcqa."),
]
Replace = Annotated[bool, typer.Option("--replace", help="Put it in the place of an earlier one.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for another program.")]


@app.callback(invoke_without_command=True)
def _pcqa(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Learn quality improvement in general practice, on examples and on your own data.

    \b
    Begin with one of these:
      pcqa lab                                  open a participant's workbook
      pcqa form                                 a report on your own data, by a form
      pcqa read export.csv                      see what is in an appointment export
      pcqa run d1 --export export.csv -o report a report on your own access data
      pcqa doctor                               is this computer ready?

    Every command has --help with an example. Names and numbers that identify people never leave
    `pcqa read`. When something fails you get one sentence; PCQA_DEBUG=1 shows the whole of it, and
    may then show contents of your data.
    """  # noqa: D301
    if version:
        import pcqa_teach

        typer.echo(pcqa_teach.__version__)
    elif ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())

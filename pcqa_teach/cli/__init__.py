"""The command line, `pcqa`: each command parses, calls one function and prints what came of it."""

# Each adds its commands to the help in turn: their order is that of the help.
from pcqa_teach.cli import own_data, form, sheets, many_practices, kit, lesson, classroom
from pcqa_teach.cli import classroom_after
from pcqa_teach.cli.group import app
from pcqa_teach.run import terminal


def main() -> None:
    """Run the command line."""
    name = terminal.program()
    if name != "pcqa":
        _examples_as(name)
    app(prog_name=name)


def _examples_as(name: str) -> None:
    """Let every example of the help be typed as this program was."""
    for command in [*app.registered_commands, app.registered_callback]:
        told = command.callback if command else None
        if told is not None and told.__doc__:
            told.__doc__ = told.__doc__.replace("\n      pcqa ", f"\n      {name} ")


__all__ = [
    "app", "classroom", "classroom_after", "form", "kit", "lesson", "main", "many_practices",
    "own_data", "sheets",
]  # fmt: skip

"""The command line, `pcqa`: each command parses, calls one function and prints what came of it."""

from pcqa_teach.cli import own_data, kit  # noqa: I001 (each adds its commands to the help in turn)
from pcqa_teach.cli.group import app


def main() -> None:
    """Run the command line."""
    app(prog_name="pcqa")


__all__ = ["app", "kit", "main", "own_data"]

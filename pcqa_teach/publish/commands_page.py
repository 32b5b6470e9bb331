"""The book's page "Commands", made from the commands' own help each time the book is staged."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from pcqa_teach.errors import RunError

_HEAD = """---
nosearch: true
---

# Commands

Type these in a terminal (in JupyterLab: *File*, *New*, *Terminal*). In a checkout the program is
`.venv/bin/pcqa`. What follows is what `pcqa --help` and each command's `--help` say.
"""
_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.S)
_OPTION = re.compile(r"(?<![\w-])--[a-z][\w-]*")  # bare, it would be set with a dash
_INDENTED = re.compile(r"(?:^  \S.*\n)+", re.M)
_DOCUMENTS = ("-X", "utf8", "-m", "typer", "pcqa_teach.cli", "utils", "docs", "--name", "pcqa")


def write(folder: Path) -> Path:
    """Write `commands.md` into the folder, and return it.

    Raises
    ------
    RunError
        The commands' help could not be asked for.
    """
    done = subprocess.run(  # noqa: S603 - our own interpreter and a fixed command
        [sys.executable, *_DOCUMENTS], capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["no word why"])[-1]
        raise RunError(f"The page of commands could not be made from the commands' help: {why}")
    page = folder / "commands.md"
    page.write_text(_HEAD + "\n" + as_page(done.stdout), encoding="utf-8")
    return page


def as_page(documented: str) -> str:
    r"""Return the help below one heading, its examples as they are typed.

    Examples
    --------
    >>> as_page("# `pcqa`\n\nBegin:\n  pcqa lab\n\n## `pcqa lab`\n")
    'Begin:\n\n```text\npcqa lab\n```\n\n## `pcqa lab`\n'
    >>> as_page("Each has --help.\n")
    'Each has `--help`.\n'
    """
    body = documented.removeprefix("# `pcqa`\n\n").replace("\b", "")  # how help keeps lines apart
    parts = _CODE.split(_INDENTED.sub(_typed, body))
    parts[::2] = [_OPTION.sub(r"`\g<0>`", said) for said in parts[::2]]
    return "".join(parts)


def _typed(found: re.Match[str]) -> str:
    lines = "".join(line[2:] + "\n" for line in found[0].splitlines())
    return f"\n```text\n{lines}```\n"

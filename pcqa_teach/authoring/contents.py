"""The contents of the book, `_toc.yml`, with a lesson more; all else in it stays as it is."""

from __future__ import annotations

import re
from pathlib import Path

from pcqa_teach.errors import LessonError

FILE = "_toc.yml"
_PART = "Our own lessons"
_BEFORE = "For facilitators"  # a part that is new comes before this one


def read(root: Path) -> str:
    """Return the contents of the checkout at `root`.

    Raises
    ------
    LessonError
        They are not there.
    """
    try:
        return (root / FILE).read_text(encoding="utf-8")
    except OSError:
        raise LessonError(f"There is no {FILE} here: lessons are written in a checkout.") from None


def with_lesson(contents: str, file: str) -> str:
    r"""Return the contents with a lesson after the last of its folder, or in a part of its own.

    Parameters
    ----------
    contents : str
        What stands in `_toc.yml`.
    file : str
        The lesson, without `.ipynb`: `notebooks/our-own/x1_waits`.

    Examples
    --------
    >>> before = "parts:\n  - caption: A\n    chapters:\n      - file: n/a/x1\n"
    >>> print(with_lesson(before, "n/a/x2"))
    parts:
      - caption: A
        chapters:
          - file: n/a/x1
          - file: n/a/x2
    <BLANKLINE>
    """
    folder = file.rpartition("/")[0]
    lines = contents.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    if any(line.strip() == f"- file: {file}" for line in lines):  # its notebook was deleted by hand
        return contents
    of_folder = re.compile(rf"^( *)- file: {re.escape(folder)}/\S+\s*$")
    last = [
        (number, found[1]) for number, line in enumerate(lines) if (found := of_folder.match(line))
    ]
    if last:
        number, indent = last[-1]
        return "".join([*lines[: number + 1], f"{indent}- file: {file}\n", *lines[number + 1 :]])
    part = [f"  - caption: {_PART}\n", "    chapters:\n", f"      - file: {file}\n"]
    places = [
        number for number, line in enumerate(lines) if line.strip() == f"- caption: {_BEFORE}"
    ]
    at = places[0] if places else len(lines)
    return "".join([*lines[:at], *part, *lines[at:]])

"""On a computer with the kit: a report is a new folder beside the earlier ones, never over one."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pcqa_teach.errors import RunError
from pcqa_teach.form.steps import How

FOLDER = "reports"
_TRIES = 100
_MOST_EARLIER = 6

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Earlier:
    """A report that was made before: its folder, and how it is called in the form."""

    folder: Path
    words: str


def project() -> Path:
    """Return the folder in which reports are kept: the workbook, or where the notebook lies."""
    return Path(os.environ.get("PCQA_PROJECT") or Path.cwd()).absolute()


def make(
    lesson: str,
    files: Sequence[Path],
    how: How,
    parameters: Mapping[str, Any],
    *,
    since: Path | None = None,
    progress: Progress | None = None,
) -> Path:
    """Make the report in a new folder and return where it is.

    Parameters
    ----------
    lesson : str
        The lesson's short name.
    files : list of paths
        What was chosen.
    how : How
        How they are to be read.
    parameters : dict
        What the lesson is told beside the files.
    since : path, optional
        An earlier report to compare with.
    progress : callable, optional
        Told of each part before it runs.

    Raises
    ------
    PcqaError
        The report could not be made; one sentence, and no folder is left.
    """
    from pcqa_teach.publish import editions
    from pcqa_teach.run import run_lesson
    from pcqa_teach.run.mapped import Reading, tidied

    root = project()
    notebook = editions.for_participants(lesson)
    reading = Reading(how.mapping, how.dates, how.clock)
    with tidied(files, reading, project=root, within=writable()) as given:
        for out in _names(root / FOLDER, lesson):
            try:
                made: Path = run_lesson(
                    notebook, given, out, parameters=parameters, project=root, since=since,
                    progress=progress,
                )  # fmt: skip
                return made
            except RunError:
                if not _holds_files(out):  # else somebody took the name meanwhile
                    raise
    raise RunError(f"There are too many reports of today in '{FOLDER}': move some elsewhere.")


def earlier(lesson: str) -> list[Earlier]:
    """Return the last reports of a lesson, the newest first."""
    found = []
    for summary in (project() / FOLDER).glob("*/summary.json"):
        with contextlib.suppress(OSError, ValueError, RecursionError, KeyError, TypeError):
            about = json.loads(summary.read_text(encoding="utf-8"))
            if about["lesson"]["id"] != lesson:
                continue
            period = about["data"]["period"]
            covers = f", which covers {period}" if period else ""
            words = f"{summary.parent.name}{covers}"
            found.append((summary.stat().st_mtime_ns, Earlier(summary.parent, words)))
    newest = sorted(found, key=lambda one: one[0], reverse=True)
    return [one for _, one in newest[:_MOST_EARLIER]]


def address(path: Path) -> str | None:
    """Return where the browser that shows the form can open a file; None where that is not known.

    The form by itself serves reports under an address of its own; JupyterLab what lies in its
    folder.
    """
    with contextlib.suppress(ValueError):
        if base := os.environ.get("VOILA_BASE_URL"):
            return f"{base}made/{_quoted(path.relative_to(project() / FOLDER))}"
    for base, root in _servers():
        with contextlib.suppress(ValueError):
            return f"{base}files/{_quoted(path.relative_to(root))}"
    return None


def _quoted(path: Path) -> str:
    return quote(path.as_posix())


def _servers() -> list[tuple[str, Path]]:
    """Return the address and the folder of each Jupyter server of this account, nearest first."""
    try:
        from jupyter_server.serverapp import list_running_servers
    except ImportError:
        return []
    found = []
    for server in list_running_servers():
        with contextlib.suppress(KeyError, TypeError):
            found.append((str(server["base_url"]), Path(server["root_dir"])))
    return sorted(found, key=lambda one: len(one[1].parts), reverse=True)


def writable() -> Path | None:
    """Return the workbook's folder, if files can be kept there; None lets the system choose."""
    root = project()
    return root if root.is_dir() and os.access(root, os.W_OK) else None


def _names(folder: Path, lesson: str) -> list[Path]:
    """Return names for a new report that are free: the day, and a number from the second on."""
    first = f"{datetime.date.today().isoformat()}-{lesson}"
    names = [first, *(f"{first}-{number}" for number in range(2, _TRIES))]
    return [folder / name for name in names if not (folder / name).exists()]


def _holds_files(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())

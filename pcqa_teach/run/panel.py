"""Two parts of every report: what may leave the computer, and then beside now."""

from __future__ import annotations

import datetime
import html
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pcqa_teach.errors import RunError
from pcqa_teach.privacy import LEAST_ROUNDED
from pcqa_teach.run.output import expanded

_NOT_THERE = "not in that report"
_FILES = (
    "Two files are made to be shared: summary.json, for a network to gather, and notice-board.pdf, "
    "to print. Below are all the figures that they hold."
)
_ONE_FILE = (
    "One file is made to be shared: summary.json, for a network to gather. Below are all the "
    "figures that it holds."
)
_SAID = "What the shared files hold"
_NAMED = "The same and the rest by name, in summary.json alone"
_KEEP = {
    True: "This report and its notebook hold exact figures",
    False: "This report holds exact figures",
}


def keep(*, board: bool = True) -> str:
    """Return the sentence at the top of a report that says what of it may be shared.

    >>> keep()
    '<p><strong>Keep this report in the practice. Share only notice-board.pdf and \
summary.json.</strong></p>'
    """
    files = "notice-board.pdf and summary.json" if board else "summary.json"
    return f"<p><strong>Keep this report in the practice. Share only {files}.</strong></p>"


def leaving(summary: Mapping[str, Any], *, board: bool = True) -> str:
    """Return the panel that says exactly which numbers the files made to be shared hold.

    Parameters
    ----------
    summary : dict
        What summary.json holds: the rows that are said, and every result and setting by its name.
    board : bool
        Whether there is a page for the notice board.
    """
    return (
        "<h2>What leaves this computer if you share it</h2>"
        f"<p>Nothing has left it. {_FILES if board else _ONE_FILE} Counts are rounded to 5, and a "
        f"count from 1 to {LEAST_ROUNDED - 1} is in words. {_KEEP[board]}: keep "
        f"{'them' if board else 'it'} in the practice.</p>"
        f"{_table(['Result', 'As it is shared'], summary['rows'].items(), _SAID)}"
        f"{_table(['Name', 'As it is shared'], _by_name(summary), _NAMED)}"
    )


def _by_name(summary: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """List every result and setting of a summary, as they stand there."""
    named = {**summary["results"], **summary["parameters"]}
    return [(name, "not known" if value is None else value) for name, value in named.items()]


def then_and_now(earlier: Mapping[str, Any], summary: Mapping[str, Any]) -> str:
    """Return the panel that shows an earlier report's results beside those of this one."""
    then, now = earlier.get("rows") or {}, summary["rows"]
    rows = [(heading, then.get(heading, _NOT_THERE), said) for heading, said in now.items()]
    heads = ["Result", f"Then: {_when(earlier)}", f"Now: {_when(summary)}"]
    return (
        "<h2>Then and now</h2>"
        "<p>Both as they may be shared, so counts are rounded to 5. A difference is not yet a "
        "change: look in the charts for more than the ordinary ups and downs.</p>"
        f"{_table(heads, rows, 'The earlier report and this one')}"
    )


def earlier(report: Path | str, lesson: str | None) -> dict[str, Any]:
    """Return the summary of an earlier report of the same lesson.

    Raises
    ------
    RunError
        There is no report of ours at that place, or it is of another lesson.
    """
    folder = expanded(report)
    file = folder if folder.name == "summary.json" else folder / "summary.json"
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("made_by") != "pcqa_teach":
        raise RunError(
            f"'{folder.name}' holds no earlier report: give the folder that an earlier "
            "`pcqa run` has made."
        )
    about = found.get("lesson")
    other = about.get("id") if isinstance(about, dict) else None
    if other != lesson or not isinstance(found.get("rows"), dict):
        raise RunError(
            f"The earlier report is of lesson {other}, this one of {lesson}: give a report of the "
            "same lesson."
            if other != lesson
            else "The earlier report was made before reports could be compared: run it once more."
        )
    return found


def day(iso: str) -> str:
    """Write a date as people do.

    >>> day("2026-03-09")
    '9 March 2026'
    """
    when = datetime.date.fromisoformat(iso)
    return f"{when.day} {when:%B %Y}"


def _when(summary: Mapping[str, Any]) -> str:
    data = summary.get("data")
    period = data.get("period") if isinstance(data, dict) else None
    try:
        made = f"made on {day(str(summary.get('created')))}"
    except ValueError:
        made = "of an unknown day"
    return f"{period} ({made})" if period else made


def _table(heads: list[str], rows: Any, caption: str) -> str:
    head = "".join(f'<th scope="col">{html.escape(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{html.escape(str(first))}</th>'
        + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<div class="scroll"><table><caption>{html.escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )

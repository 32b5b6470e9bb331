"""Two parts of every report: what may leave the computer, and then beside now."""

from __future__ import annotations

import datetime
import html
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pcqa_teach.errors import RunError
from pcqa_teach.privacy import LEAST_SHARED, ROUNDED_TO
from pcqa_teach.run.output import expanded

_NOT_THERE = "not in that report"
_COVERED = "Period covered"  # a row that the heads of then and now say already
_SAME = (
    "Both reports cover {}: no time lies between them, so a difference is one of the file or of "
    "how it was read, and none of the practice."
)
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
_ABOUT = (
    "Rates and means are worked out from the rounded counts: they are about right, and may differ "
    "a little from those above."
)
_KEEP = {
    True: "This report and its notebook hold exact figures",
    False: "This report holds exact figures",
}


def keep(*, board: bool = True) -> str:
    """Return the sentence at the top of a report that says what of it may be shared.

    >>> keep()
    '<p><strong>Do not pass this report on. Share only notice-board.pdf and \
summary.json.</strong></p>'
    """
    files = "notice-board.pdf and summary.json" if board else "summary.json"
    return f"<p><strong>Do not pass this report on. Share only {files}.</strong></p>"


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
        f"<p>Nothing has left it. {_FILES if board else _ONE_FILE} Counts are rounded to "
        f"{ROUNDED_TO}, and a count from 1 to {LEAST_SHARED - 1} is in words. {_ABOUT} "
        f"{_KEEP[board]}: do not pass {'them' if board else 'it'} on.</p>"
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
    periods = [_period(one) for one in (earlier, summary)]
    apart = all(periods) and periods[0] != periods[1]
    heads = periods if apart else [_made(one) for one in (earlier, summary)]
    rows = [
        (heading, then.get(heading, _NOT_THERE), said)
        for heading, said in now.items()
        if heading != _COVERED or not all(periods)
    ]
    same = f"<p><strong>{_SAME.format(html.escape(periods[0]))}</strong></p>"
    heads = ["Result", f"Then: {heads[0]}", f"Now: {heads[1]}"]
    return (
        "<h2>Then and now</h2>"
        f"{'' if apart or not all(periods) else same}"
        "<p>Both as they may be shared: counts are rounded to 5, and rates are about, being "
        "worked out from those. A difference is not yet a "
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


def _period(summary: Mapping[str, Any]) -> str:
    """Return what a report covers; nothing where it does not say."""
    data = summary.get("data")
    return str(data.get("period") or "") if isinstance(data, dict) else ""


def _made(summary: Mapping[str, Any]) -> str:
    try:
        return f"made on {day(str(summary.get('created')))}"
    except ValueError:
        return "made on an unknown day"


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

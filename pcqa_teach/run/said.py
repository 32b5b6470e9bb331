"""What the commands print: plain lines, aligned, for a person to read."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pcqa_teach.data import QualityReport
    from pcqa_teach.resources import LessonFile


def quality_lines(quality: QualityReport) -> list[str]:
    """Return what is in an export: its format, its rows, and what became of each."""
    wide = len(f"{quality.rows_in:,}")
    rows = [
        ("kept as they were", quality.n_kept, ()),
        ("mended", quality.n_mended, quality.mended),
        ("set aside", quality.n_set_aside, quality.set_aside),
        ("refused", quality.n_refused, quality.refused),
    ]
    lines = [
        f"Format        {quality.title}",
        f"Files         {len(quality.files)}",
        f"Dates         {_day(quality.first_date)} to {_day(quality.last_date)}",
        f"Stand for     {quality.appointments:,} appointments or slots",
        "",
        f"{quality.rows_in:>{wide},} rows in, of which",
    ]
    for words, count, findings in rows:
        lines.append(f"{count:>{wide},} {words}")
        for finding in findings:
            where = f" [{finding.file}]" if len(quality.files) > 1 and finding.file else ""
            lines.append(f"{'':>{wide}}   - {finding.sentence()}{where}")
    for title, sentences in (
        ("Worth knowing", quality.notes),
        ("What this cannot answer", quality.cannot_answer),
    ):
        if sentences:
            lines += ["", title, *(f"- {sentence}" for sentence in sentences)]
    return lines


def _day(date: datetime.date) -> str:
    return f"{date.day} {date:%B %Y}"


def lesson_rows(lessons: Iterable[LessonFile]) -> list[dict[str, str]]:
    """Return each lesson's short name, name, assignment and title."""
    return [
        {
            "short": lesson.short,
            "name": lesson.name,
            "assignment": lesson.assignment,
            "title": _title(lesson.path),
        }
        for lesson in lessons
    ]


def _title(path: Path) -> str:
    try:
        about = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("pcqa", {})
    except (OSError, ValueError, KeyError, AttributeError):
        return "(cannot be read)"
    return str(about.get("title", ""))

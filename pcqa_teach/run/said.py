"""What the commands print: plain lines, aligned, for a person to read."""

from __future__ import annotations

import contextlib
import difflib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pcqa_teach.errors import ChartError, PcqaError

if TYPE_CHECKING:
    from pcqa_teach.data import QualityReport
    from pcqa_teach.resources import LessonFile


_WORDS = re.compile(r"[A-Za-z][A-Za-z_ %-]*$")
_FIRST = ("utilisation", "weeks", "booking_gap", "dna")  # what an access baseline leans on


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
        f"Dates         {quality.covers}",
        f"Stands for    {quality.stands_for}",
        "",
        f"{quality.rows_in:>{wide},} {quality.unit}s in, of which",
    ]
    for words, count, findings in rows:
        lines.append(f"{count:>{wide},} {words}")
        for finding in findings:
            where = f" [{finding.file}]" if len(quality.files) > 1 and finding.file else ""
            lines.append(f"{'':>{wide}}   - {finding.sentence()}{where}")
    for title, sentences in (
        ("Worth knowing", quality.notes),
        ("What this cannot answer", _lacks(quality)),
    ):
        if sentences:
            lines += ["", title, *(f"- {sentence}" for sentence in sentences)]
    return lines


def _lacks(quality: QualityReport) -> list[str]:
    """Return what matters most to an access baseline in full, and the rest in one line."""
    from pcqa_teach.data.quality import QUESTIONS

    names = {question.cannot: name for name, question in QUESTIONS.items()}
    rest = [lack for lack in quality.cannot_answer if names.get(lack, _FIRST[0]) not in _FIRST]
    first = [lack for lack in quality.cannot_answer if lack not in rest]
    first.sort(key=lambda lack: _FIRST.index(names.get(lack, _FIRST[0])))
    if not rest:
        return first
    folded = ", ".join(QUESTIONS[names[lack]].short for lack in rest)
    return [*first, f"{'Nor' if first else 'It says nothing of'}: {folded}."]


@contextlib.contextmanager
def columns(file: Path, wanted: Sequence[str | None]) -> Iterator[None]:
    """Add, to an error on a column that a file does not have, which one may have been meant."""
    failed: ChartError
    try:
        yield
        return
    except ChartError as error:
        failed = error
        lacked = [name for name in wanted if name and f"has no column '{name}'" in str(error)]
        if lacked:
            meant = _meant(file, lacked[0])
            failed = ChartError(f"'{file.name}' has no column '{lacked[0]}': {meant}")
    raise failed


def _meant(file: Path, wanted: str) -> str:
    """Return the column whose name is close to the one typed; else those that are safe to show."""
    from pcqa_teach.data.reading import files, sniff
    from pcqa_teach.data.reading.header_words import shown

    try:
        rows = [row for grid in sniff.grids(files.look(file)) for row in grid.rows if any(row)]
    except PcqaError:
        return "check its spelling in the header."
    header = max(rows, key=len, default=[])
    names = {name.strip().casefold(): name.strip() for name in header if _WORDS.match(name.strip())}
    close = difflib.get_close_matches(wanted.casefold(), names, n=1, cutoff=0.75)
    return f"did you mean '{names[close[0]]}'?" if close else f"it has {shown(header)}."


def lesson_rows(lessons: Iterable[LessonFile]) -> list[dict[str, str]]:
    """Return each lesson's short name, name, assignment and title, in the order of the course."""
    rows = [
        {
            "short": lesson.short,
            "name": lesson.name,
            "assignment": lesson.assignment,
            "title": _title(lesson.path),
        }
        for lesson in lessons
    ]
    return sorted(rows, key=lambda row: (row["short"][:1], len(row["short"]), row["short"]))


def _title(path: Path) -> str:
    try:
        about = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("pcqa", {})
    except (OSError, ValueError, KeyError, AttributeError):
        return "(cannot be read)"
    return str(about.get("title", ""))

"""What the form knows and what it allows next, without a widget: it can be tested by itself."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.form import fits, words
from pcqa_teach.run.output import expanded
from pcqa_teach.run.scrub import Scrubber
from pcqa_teach.sayings import counted

DATES = {
    "day-first": "day first: 31/12/2025 (the usual way)",
    "month-first": "month first: 12/31/2025",
}
CLOCKS = {
    "local": "local time: the clock goes forward and back with ours",
    "utc": "UTC: an hour behind ours in summer",
}
NO_FILE = "First choose a file."
LOOK_FIRST = "First look at the file."
_ROWS = ("rows_in", "n_kept", "n_mended", "n_set_aside", "n_refused")
_IN_FOLDER = "One file of the folder could not be read; look at each alone to find it."
_FOLDER_AS_IS = (
    "A folder of practices is read as its files are: a file whose dates or clock have to be told "
    "cannot be among them."
)
NO_LESSON = "First tick which report to make."
_CLOCKED = ("d2", "d8")  # lessons that may be told what a log's clock shows
_OTHER = ("calls", "call_bands")  # whose clock may be asked


@dataclass(frozen=True)
class How:
    """How the files are to be read: the order of dates, a log's clock, a mapping file."""

    dates: str | None = None
    clock: str | None = None
    mapping: Path | None = None


@dataclass(frozen=True)
class Looked:
    """What was seen in the files.

    Attributes
    ----------
    held : Held
        What is known of them.
    html : str
        What was found, kept, mended, set aside and refused, for the page; no file's name.
    lessons : dict of str
        The lessons that suit them: short name, title.
    """

    held: fits.Held
    html: str
    lessons: dict[str, str]

    @property
    def sentence(self) -> str:
        """What comes next, in a sentence."""
        if not self.lessons:
            return fits.unsuited(self.held.kinds)
        if len(self.lessons) == 1:
            return "The file was read. One report can be made of it."
        return f"The file was read. {len(self.lessons)} reports can be made of it: choose one."


@dataclass
class Form:
    """The form's state: what was chosen, what was seen in it; `desk` says where it runs.

    Whatever is chosen anew makes what was seen before void, so that no report is made of a file
    that nobody has looked at.
    """

    desk: bool = True
    files: tuple[Path, ...] = ()
    how: How = field(default_factory=How)
    looked: Looked | None = None
    asks_clock: bool = False
    asks_mapping: bool = False

    def choose(self, files: Sequence[Path | str]) -> None:
        """Take other files."""
        chosen = tuple(expanded(file) for file in files)
        if chosen != self.files:
            self.files, self.how, self.looked = chosen, How(), None
            self.asks_clock = self.asks_mapping = False

    def read_as(self, **how: Any) -> None:
        """Say how the files are to be read: `dates`, `clock`, `mapping`."""
        said = replace(self.how, **how)
        if said != self.how:
            self.how, self.looked = said, None

    def look(self) -> Looked:
        """Look at the files.

        Raises
        ------
        LessonError
            No file is chosen, or it cannot be read; one sentence in the form's words.
        """
        self.looked = None
        if not self.files:
            raise LessonError(NO_FILE)
        why = ""
        try:
            self.looked = _look(self.files, self.how)
        except PcqaError as error:
            why = words.of_error(error, _with_inside(self.files), desk=self.desk)
            if any(file.is_dir() for file in self.files):
                why = f"{_IN_FOLDER} {why}"
            else:
                self.asks_clock |= "clock" in str(error)
                self.asks_mapping |= why.startswith(words.UNKNOWN)
        except Exception as error:  # noqa: BLE001 - its words may hold a cell
            why = words.of_error(error)
        if self.looked is None:
            raise LessonError(why)
        self.asks_clock |= bool(self.looked.held.kinds & {*_OTHER})
        return self.looked

    def parameters(self, lesson: str, typed: dict[str, str]) -> dict[str, Any]:
        """Return what the lesson is run with beside the files.

        Raises
        ------
        LessonError
            It is too early for a report, or something was typed that cannot be read.
        """
        if not self.files:
            raise LessonError(NO_FILE)
        if self.looked is None:
            raise LessonError(LOOK_FIRST)
        if lesson not in self.looked.lessons:
            raise LessonError(NO_LESSON)
        clock = {"clock": self.how.clock} if lesson in _CLOCKED and self.how.clock else {}
        return fits.answers(lesson, typed) | clock


def paths(text: str) -> list[Path]:
    r"""Return the files that were typed, one a line, with or without quotation marks.

    A name without a folder is of a file in the workbook.

    >>> [path.name for path in paths('"my export.csv"\n\n calls.csv ')]
    ['my export.csv', 'calls.csv']
    """
    lines = (line.strip().strip("\"'").strip() for line in text.splitlines())
    workbook = os.environ.get("PCQA_PROJECT", "")
    return [Path(workbook, line) for line in lines if line]


def _look(files: Sequence[Path], how: How) -> Looked:
    from pcqa_teach.data import read_with_report
    from pcqa_teach.data.quality import UNNAMED

    options = {"dates": how.dates, "clock": how.clock, "mapping": how.mapping}
    if len(files) == 1 and files[0].is_dir():
        return _look_across(files[0], how)
    if len(files) == 1:
        frame, quality = read_with_report(files[0], **options)
        frames = {getattr(quality, "kind", "appointments"): frame}
        reports = [replace(quality, files=UNNAMED)]
    else:
        from pcqa_teach.juran.promised import by_kind

        found = by_kind(list(files), **options)
        frames, reports = dict(found.frames), list(found.reports.values())
    book = frames.get("appointments")
    practices = 0 if book is None or "practice" not in book else int(book["practice"].nunique())
    answers = frozenset(name for one in reports for name in one.answers)
    held = fits.Held(frozenset(frames), answers if book is not None else frozenset(), practices)
    scrubbed = Scrubber(files)
    html = "".join(scrubbed.text(str(report._repr_html_())) for report in reports)
    return Looked(held, html, fits.suiting(held))


def _with_inside(files: Sequence[Path]) -> list[Path]:
    """Give files and folders, and what lies in the folders: no name of theirs may be repeated."""
    inside = [one for file in files if file.is_dir() for one in sorted(file.iterdir())]
    return [*files, *inside]


def _look_across(folder: Path, how: How) -> Looked:
    """Look at a folder that holds an export for each practice of a network."""
    from pcqa_teach.variation import across

    if how != How():
        raise LessonError(_FOLDER_AS_IS)
    counts, reports, _ = across.practices_in(folder)
    if len(counts) < fits.LEAST_PRACTICES:
        raise LessonError(
            f"The folder holds exports of {counted(len(counts), 'practice')}; "
            f"{fits.LEAST_PRACTICES} are the least for a comparison. For one practice give its "
            "files, a line for each."
        )
    rows = {part: f"{sum(getattr(one, part) for one in reports):,}" for part in _ROWS}
    html = (
        f"<p>{counted(len(reports), 'file')} of {counted(len(counts), 'practice')} were read: "
        f"{rows['rows_in']} rows in; {rows['n_kept']} kept as they were, "
        f"{rows['n_mended']} mended, {rows['n_set_aside']} set aside, {rows['n_refused']} refused. "
        "The report says more.</p>"
    )
    held = fits.Held(frozenset({"practices"}))
    return Looked(held, html, fits.suiting(held))

"""What makes the report, where the form is: a computer with the kit, or a web page."""

from __future__ import annotations

import atexit
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from pcqa_teach import resources
from pcqa_teach.form import words
from pcqa_teach.form.desk import Progress
from pcqa_teach.form.steps import Form

_NAMED = {
    "report.html": "Open the report (to read, or to print)",
    "notice-board.pdf": "Open the page for the notice board",
}


@dataclass(frozen=True)
class Done:
    """A report that was made: a sentence, its links by name (label, address), where it lies."""

    sentence: str
    links: Mapping[str, tuple[str, str]]
    sharing: str
    folder: str = ""
    saved: bool = False  # whether a link saves its file rather than opens it


class Maker(Protocol):
    """Holds what was chosen and makes a report of it."""

    desk: bool

    def hold(self, files: Sequence[tuple[str, bytes]]) -> list[Path]:
        """Keep files that were chosen, by their contents, under names of our own."""

    def earlier(self, lesson: str) -> dict[str, str]:
        """Return earlier reports of a lesson that this one may be compared with: name, words."""

    def make(
        self, lesson: str, form: Form, parameters: Mapping[str, Any], since: str, told: Progress
    ) -> Done:
        """Make the report."""


@dataclass
class Desk:
    """A computer with the kit: files lie in a private folder of the workbook, wiped at the end."""

    desk: bool = True
    _held: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def hold(self, files: Sequence[tuple[str, bytes]]) -> list[Path]:
        """Keep files that were chosen in place of those before them."""
        from pcqa_teach.form.desk import writable
        from pcqa_teach.run.private import private_folder

        self._held.close()
        atexit.unregister(self._held.close)
        folder = self._held.enter_context(private_folder(".pcqa-chosen-", writable()))
        atexit.register(self._held.close)
        return _written(folder, files)

    def earlier(self, lesson: str) -> dict[str, str]:
        """Return the last reports of a lesson in the workbook."""
        from pcqa_teach.form import desk

        return {str(one.folder): one.words for one in desk.earlier(lesson)}

    def make(
        self, lesson: str, form: Form, parameters: Mapping[str, Any], since: str, told: Progress
    ) -> Done:
        """Make the report as a new folder of the workbook."""
        from pcqa_teach.form import desk

        before = Path(since) if since else None
        made = desk.make(lesson, form.files, form.how, parameters, since=before, progress=told)
        found = {name: desk.address(made / name) for name in _NAMED}
        links = {name: (_NAMED[name], where) for name, where in found.items() if where}
        sentence = f"The report is made, in the folder {desk.FOLDER}, {made.name}."
        return Done(sentence, links, words.SHARED, str(made))


@dataclass
class Webpage:
    """Inside a web page: files lie in its memory, and the report is saved from there."""

    desk: bool = False

    def hold(self, files: Sequence[tuple[str, bytes]]) -> list[Path]:
        """Keep files that were chosen in place of those before them."""
        from pcqa_teach import browser

        browser.forget()
        return [browser.hold(_called(place, name), content)
                for place, (name, content) in enumerate(files, start=1)]  # fmt: skip

    def earlier(self, lesson: str) -> dict[str, str]:
        """Return nothing: a page keeps no report."""
        del lesson
        return {}

    def make(
        self, lesson: str, form: Form, parameters: Mapping[str, Any], since: str, told: Progress
    ) -> Done:
        """Make the report in memory, to be saved."""
        from pcqa_teach.form import webpage

        del since
        made = webpage.make(lesson, form.files, form.how, parameters, progress=told)
        report, summary = made.files.items()
        links = {report[0]: ("Save the report (to read, or to print)", report[1]),
                 summary[0]: ("Save what may be shared (summary.json)", summary[1])}  # fmt: skip
        return Done("The report is made. Save it now.", links, words.SHARED_HERE, saved=True)


def maker() -> Maker:
    """Return what makes reports here; in a web page, after fetching what it takes."""
    if not resources.in_browser():
        return Desk()
    import importlib

    from pcqa_teach.form import webpage

    for name in webpage.NEEDED:
        importlib.import_module(name)
    return Webpage()


def _written(folder: Path, files: Sequence[tuple[str, bytes]]) -> list[Path]:
    places = [folder / _called(place, name) for place, (name, _) in enumerate(files, start=1)]
    for path, (_, content) in zip(places, files, strict=True):
        path.write_bytes(content)
    return places


def _called(place: int, name: str) -> str:
    """Return a name of our own that keeps the ending: a file's name may be a person's."""
    ending = "".join(Path(name).suffixes[-2:]).lower()
    known = {".csv", ".txt", ".tsv", ".xlsx", ".xls", ".zip", ".csv.gz", ".gz"}
    short = Path(name).suffix.lower()
    return f"export-{place}{ending if ending in known else short if short in known else ''}"

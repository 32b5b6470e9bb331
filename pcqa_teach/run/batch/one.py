"""One practice of a batch: it ends in a report, or in a sentence that says why there is none."""

from __future__ import annotations

import contextlib
import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach.errors import UnknownFormatError
from pcqa_teach.run.execute import CellError
from pcqa_teach.run.mapped import Reading, tidied
from pcqa_teach.run.output import MADE_FROM
from pcqa_teach.run.report import run_lesson
from pcqa_teach.run.scrub import Scrubber
from pcqa_teach.run.terminal import sentence

if TYPE_CHECKING:
    from nbformat import NotebookNode


_UNKNOWN = (
    "The export is in no format that is known here. Type pcqa read FILE --write-map map.toml, fill"
    " in map.toml, and add --map map.toml to this line: it serves for such files alone."
)


@dataclass(frozen=True)
class Practice:
    """An export, the label that its practice goes by, and its report.

    Parameters
    ----------
    label : what the practice goes by
    export : its file
    report : the folder of its report
    content : a digest of its file
    made_from : a mark of all that the report is made from
    parameters : those of the lesson that are its own
    reading : how its file is to be read, where that is said
    """

    label: str
    export: Path
    report: Path
    content: str
    made_from: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)

    def is_done(self) -> bool:
        """Say whether its report is there, and is of this file with these parameters."""
        with contextlib.suppress(OSError, ValueError):
            mark = (self.report / MADE_FROM).read_text(encoding="utf-8")
            return bool(summary(self.report)) and mark == self.made_from
        return False


@dataclass(frozen=True)
class Outcome:
    """How it went: `problem` is empty where there is a report."""

    label: str
    problem: str
    seconds: float


def make(
    practice: Practice,
    lesson: NotebookNode,
    parameters: Mapping[str, Any],
    *,
    png: bool,
    project: str | None,
) -> Outcome:
    """Make one practice's report, unless it is there already; never raise for a bad file."""
    began = time.monotonic()
    problem = ""
    if not practice.is_done():
        try:
            _make(practice, lesson, parameters, png=png, project=project)
        except Exception as error:  # noqa: BLE001 - one practice never stops the others
            # Somebody else may have made it meanwhile: a worker that was thought lost.
            if not practice.is_done():
                problem = Scrubber([practice.export]).text(_said(error))
    return Outcome(practice.label, problem, time.monotonic() - began)


def _make(
    practice: Practice,
    lesson: NotebookNode,
    parameters: Mapping[str, Any],
    *,
    png: bool,
    project: str | None,
) -> None:
    if practice.report.is_dir() and not summary(practice.report):
        shutil.rmtree(practice.report)  # half a report, as a power cut may leave it
    within = practice.report.parent
    with tidied([practice.export], practice.reading, project=project, within=within) as given:
        run_lesson(
            lesson,
            given,
            practice.report,
            parameters={**parameters, **practice.parameters},
            png=png,
            replace=True,  # an earlier one stays until this one is whole
            project=project,
            facts={"Practice": practice.label},
            made_from=practice.made_from,
        )


def _said(error: Exception) -> str:
    kind = error.kind if isinstance(error, CellError) else type(error).__name__
    return _UNKNOWN if kind == UnknownFormatError.__name__ else sentence(error)


def summary(report: Path) -> dict[str, Any]:
    """Give what a report says of itself; nothing where there is no whole one."""
    with contextlib.suppress(OSError, ValueError):
        found = json.loads((report / "summary.json").read_text("utf-8"))
        return found if isinstance(found, dict) else {}
    return {}

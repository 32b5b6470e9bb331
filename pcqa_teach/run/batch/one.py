"""One practice of a batch: it ends in a report, or in a sentence that says why there is none."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach.errors import UnknownFormatError
from pcqa_teach.run.execute import CellError
from pcqa_teach.run.mapped import Reading, tidied
from pcqa_teach.run.report import run_lesson
from pcqa_teach.run.scrub import Scrubber
from pcqa_teach.run.terminal import sentence

if TYPE_CHECKING:
    from nbformat import NotebookNode


_UNKNOWN = (
    "The export is in no format that is known here: `pcqa read` shows its columns and writes a file"
    " in which you say what each is; add that to this line as --map."
)


@dataclass(frozen=True)
class Practice:
    """An export, the label that its practice goes by, the folder of its report, its parameters."""

    label: str
    export: Path
    report: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)


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
    reading: Reading,
    png: bool,
    project: str | None,
) -> Outcome:
    """Make one practice's report, unless it is there already; never raise for a bad file."""
    began = time.monotonic()
    problem = ""
    if not is_whole(practice.report):
        try:
            with tidied([practice.export], reading, project=project) as given:
                run_lesson(
                    lesson,
                    given,
                    practice.report,
                    parameters={**parameters, **practice.parameters},
                    png=png,
                    project=project,
                    facts={"Practice": practice.label},
                )
        except Exception as error:  # noqa: BLE001 - one practice never stops the others
            # Somebody else may have made it meanwhile: a worker that was thought lost.
            if not is_whole(practice.report):
                problem = Scrubber([practice.export]).text(_said(error))
    return Outcome(practice.label, problem, time.monotonic() - began)


def _said(error: Exception) -> str:
    kind = error.kind if isinstance(error, CellError) else type(error).__name__
    return _UNKNOWN if kind == UnknownFormatError.__name__ else sentence(error)


def is_whole(report: Path) -> bool:
    """Say whether a report is there: it takes its name only when it is whole."""
    with contextlib.suppress(OSError, ValueError):
        return isinstance(json.loads((report / "summary.json").read_text("utf-8")), dict)
    return False

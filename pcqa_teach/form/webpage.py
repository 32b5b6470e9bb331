"""Inside a web page: the report is made in the page's own memory, and saved from there."""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pcqa_teach import browser, resources
from pcqa_teach.errors import LessonError
from pcqa_teach.form import here
from pcqa_teach.form.desk import Progress
from pcqa_teach.form.steps import How

# What a report needs beside the lesson. Fetched while the form opens: later, in the middle of the
# answer to a button, a page cannot fetch.
NEEDED = (
    *("openpyxl", "scipy.stats", "statsmodels.api", "holidays", "simpy"),
    *("bleach", "tinycss2", "mistune"),
)


@dataclass(frozen=True)
class Made:
    """A report in memory: the page, and what of it may be shared."""

    lesson: str
    page: str
    summary: str

    @property
    def files(self) -> dict[str, str]:
        """The files to save: name, and an address that holds the file whole."""
        day = f"{datetime.date.today().isoformat()}-{self.lesson}"
        return {
            f"report-{day}.html": _held("text/html", self.page),
            f"summary-{day}.json": _held("application/json", self.summary),
        }


def make(
    lesson: str,
    files: Sequence[Path],
    how: How,
    parameters: Mapping[str, Any],
    *,
    progress: Progress | None = None,
) -> Made:
    """Make a report of files in this page's memory.

    Parameters
    ----------
    lesson : str
        The lesson's short name.
    files : list of paths
        What was chosen, in memory.
    how : How
        How they are to be read.
    parameters : dict
        What the lesson is told beside the files.
    progress : callable, optional
        Told of each part before it runs.

    Raises
    ------
    PcqaError
        The report could not be made; one sentence.
    """
    from pcqa_teach.run import notebook as notebooks
    from pcqa_teach.run import panel, summary
    from pcqa_teach.run.page import page
    from pcqa_teach.run.scrub import Scrubber

    notebook = here.read(resources.find_lesson(lesson).path)
    known = notebooks.parameter_names(notebook)
    wanted = {**parameters, "export": _given(files, how)}
    if unknown := [name for name in wanted if name not in known]:
        raise LessonError(f"This report takes no '{unknown[0]}'.")
    scrubber = Scrubber(files)
    done = here.execute(notebook, wanted, progress)
    for cell in done.cells:
        if cell.cell_type == "code":
            cell["outputs"] = [here.node(scrubber.tree(one)) for one in cell.get("outputs", [])]
    about = summary.summary(done, wanted)
    made = page(
        done, title=notebooks.title(done), facts=summary.facts(about),
        before=[panel.keep(board=False)], after=[panel.leaving(about, board=False)],
    )  # fmt: skip
    return Made(lesson, made, json.dumps(about, indent=2, ensure_ascii=False) + "\n")


def _given(files: Sequence[Path], how: How) -> str | list[str]:
    """Return the files as the lesson takes them: tidied, where it was said how to read them."""
    if how.dates is None:
        named = [str(file) for file in files]
    else:
        from pcqa_teach.run.mapped import Reading, read_each_kind

        found = read_each_kind(files, Reading(None, how.dates, how.clock))
        named = []
        for number, (frame, _) in enumerate(found, start=1):
            tidy = browser.hold(f"tidy-{number}.csv", b"")
            frame.to_csv(tidy, index=False)
            named.append(str(tidy))
    return named[0] if len(named) == 1 else named


def _held(kind: str, text: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(text.encode()).decode()}"

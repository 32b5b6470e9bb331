"""The rules of a lesson that is run: marks, an untouched copy, pictures, time, a real export."""

from __future__ import annotations

import ast
import csv
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach import resources
from pcqa_teach.authoring.source import Cell, Source, is_test, marks, source
from pcqa_teach.authoring.typed import unreadable
from pcqa_teach.errors import LessonError, PcqaError
from pcqa_teach.lessons.key import asked
from pcqa_teach.publish import editions
from pcqa_teach.publish.leaks import find_leaks
from pcqa_teach.run.execute import execute

if TYPE_CHECKING:
    from nbformat import NotebookNode

WARM_SECONDS = 5.0
EXPORT = "exports/systmone_appointments_dirty.csv"
# A funnel needs ten practices, where an appointment book is of one; the morning needs calls.
OTHERS = {"d2": "exports/cbt_day_time_dirty.csv", "d7": "funnel_practices.csv"}
SHEETS = {"d3": "tally", "d9": "appropriateness"}  # what people fill in by hand
BESIDE = {"d8": {"go_live": "2024-12-02"}}  # what a lesson must be told beside the export
_PICTURES = ("image/png", "image/svg+xml")
_LEAST_WORDS = 30
# Only some systems keep a warm process to fork from: on the others a kernel begins cold.
_WARM_UP = "from pcqa_teach.run.warm import preload\npreload.load()\npreload.rehearse()"


class NotLookedAtError(LessonError):
    """A lesson cannot be run, so that what a rule asks of it is not known."""


@dataclass
class Run:
    """A lesson that is run when a rule first asks: its source, and a participant's copy.

    Attributes
    ----------
    lesson : Source
        The lesson.
    """

    lesson: Source
    _made: dict[str, NotebookNode] = field(default_factory=dict)
    _failed: bool = False

    @property
    def of_source(self) -> NotebookNode:
        """The source, executed."""
        return self._once("source", lambda: editions.read(self.lesson.path))

    @property
    def untouched(self) -> NotebookNode:
        """A participant's copy as it is handed out, executed."""
        return self._once("copy", lambda: editions.participant(editions.read(self.lesson.path)))

    def on(self, export: Path) -> NotebookNode:
        """Return the participant's page, executed on an export."""
        self._refuse()
        page = editions.page(editions.read(self.lesson.path), "participant")
        beside = BESIDE.get(_short(self.lesson), {})
        return executed(page, parameters={"export": str(export), **beside})

    def where(self, cell: Cell) -> str:
        """Return how a finding names a cell, run or not.

        What was run is a copy, in which an id that is there twice has been changed: a cell of it
        is known by its place.
        """
        run = self._made.get("source", {}).get("cells", [])
        places = [place for place, one in enumerate(run) if one is cell]
        return self.lesson.where(self.lesson.cells[places[0]] if places else cell)

    def _once(self, name: str, make: Callable[[], NotebookNode]) -> NotebookNode:
        """Return what was made under that name; what failed is not tried again."""
        self._refuse()
        if name not in self._made:
            self._failed = True
            self._made[name] = executed(make())
            self._failed = False
        return self._made[name]

    def _refuse(self) -> None:
        if any(map(unreadable, self.lesson.cells)):
            raise NotLookedAtError("Python cannot read all of its code")
        if self._failed:
            raise NotLookedAtError("it does not run to its end")


def executed(notebook: NotebookNode, **settings: Any) -> NotebookNode:
    """Return a notebook, executed in a folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        return execute(notebook, cwd=Path(folder), **settings)


RunRule = Callable[[Run], list[str]]


def full_marks(run: Run) -> list[str]:
    """Its source runs to the end and earns full marks."""
    found = []
    for cell in filter(is_test, run.of_source.cells):
        if any(out.get("name") == "stderr" for out in cell.outputs):
            found.append(f"{run.where(cell)} writes to the error stream")
        results = [out for out in cell.outputs if out.output_type == "execute_result"]
        earned = _number(results[-1].data.get("text/plain")) if results else None
        if earned != marks(cell).get("points"):
            found.append(f"{run.where(cell)} gives its own source {earned or 0:g} points")
    return found


def _number(text: Any) -> float | None:
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def untouched_earns_nothing(run: Run) -> list[str]:
    """An untouched copy runs to its end, and no answer in it counts."""
    found = []
    _ = run.untouched  # it raises if a cell fails
    names = _imported(run.lesson)
    for cell, key in run.lesson.graded():
        stub = run.lesson.answer_cell(key)
        if stub is None:
            continue
        given = dict(names)
        try:
            exec(compile(stub.split("### BEGIN SOLUTION")[0], "answer cell", "exec"), given)  # noqa: S102
        except NameError as error:
            found.append(
                f"'{key.item}': the line to fill in uses '{error.name}', which other cells work "
                "out: let it stand without"
            )
            continue
        got = asked(source(cell)).mark(given.get(key.answer_name))
        if (got.earned, got.verdict.outcome) != (0, "empty"):
            found.append(f"'{key.item}' takes an untouched line for an answer")
    return found


def _imported(lesson: Source) -> dict[str, Any]:
    """Give what the lesson's cells import and define, and nothing else of them."""
    names: dict[str, Any] = {}
    for cell in lesson.cells:
        if cell["cell_type"] == "code":
            try:
                tree = ast.parse(source(cell))
            except SyntaxError:  # such as a %magic; the rules of words tell of it
                continue
            kinds = (ast.Import, ast.ImportFrom, ast.FunctionDef)
            tree.body = [one for one in tree.body if isinstance(one, kinds)]
            exec(compile(tree, "imports", "exec"), names)  # noqa: S102
    return names


def pictures_have_words(run: Run) -> list[str]:
    """Every picture that it shows has words for whoever cannot see it; no widget needs a kernel."""
    shown = [
        (cell, out)
        for cell in run.of_source.cells
        for out in cell.get("outputs", [])
        if "data" in out
    ]
    pictures = [(cell, out) for cell, out in shown if any(kind in out.data for kind in _PICTURES)]
    if not pictures:
        return ["it shows no picture"]
    found = [
        f"{run.where(cell)} shows a picture without words for it"
        for cell, out in pictures
        if len(out.metadata.get("pcqa", {}).get("alt", "")) <= _LEAST_WORDS
    ]
    return found + [
        f"{run.where(cell)} shows a widget in print: give it a static form"
        for cell, out in shown
        if "application/vnd.jupyter.widget-view+json" in out.data
    ]


def gives_nothing_away(run: Run) -> list[str]:
    """A participant's copy holds no solution, no test and no facilitator's note."""
    import nbformat

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / run.lesson.path.name
        copy.write_text(nbformat.writes(run.untouched), encoding="utf-8")
        return [f"line {leak.line} of {run.lesson.where(run.lesson.cells[leak.cell - 1])} can be "
                "read in a participant's copy"
                for leak in find_leaks(Path(folder), [run.lesson.path])]  # fmt: skip


def runs_on_an_export(run: Run) -> list[str]:
    """It runs on an export in a real format, with the faults that exports have."""
    name = OTHERS.get(_short(run.lesson), EXPORT)
    with tempfile.TemporaryDirectory() as folder:
        sheet = SHEETS.get(_short(run.lesson))
        export = _filled_in(sheet, Path(folder)) if sheet else resources.data_dir() / name
        try:
            run.on(export)
        except LessonError:
            raise
        except PcqaError as error:
            return [f"on '{export.name}': {error}"]
    return []


def _short(lesson: Source) -> str:
    return str(lesson.notebook["metadata"]["pcqa"]["id"])


def _filled_in(name: str, folder: Path) -> Path:
    """Fill in a sheet of the kit's with its example, a blank row and a total among the rows."""
    from pcqa_teach.data.templates import TEMPLATES

    sheet = TEMPLATES[name]
    rows = [list(sheet.example)] * 120
    blank = [""] * len(sheet.example)
    lines = [[sheet.marker], [box.heading for box in sheet.boxes], *rows, blank, ["Total", "120"]]
    path = folder / f"{name}.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";").writerows(lines)
    return path


def is_quick(run: Run) -> list[str]:
    """It runs in under five seconds once Python is warm."""
    import nbformat

    _ = run.of_source
    took: dict[int, float] = {}
    notebook = editions.read(run.lesson.path)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(_WARM_UP))
    executed(notebook, timed=took.__setitem__)
    seconds = sum(took.values()) - took[0]
    if seconds <= WARM_SECONDS:
        return []
    slowest = notebook.cells[max((place for place in took if place), key=took.__getitem__)]
    return [
        f"it took {seconds:.1f} s here, longest in {run.lesson.where(slowest)}: if other programs "
        "kept the computer busy, check again when they do not"
    ]


RULES: tuple[RunRule, ...] = (
    full_marks, untouched_earns_nothing, pictures_have_words, gives_nothing_away, runs_on_an_export,
)  # fmt: skip
TIMED: RunRule = is_quick

"""Every lesson's section on one's own data, on every synthetic export, clean and with faults.

The lesson runs once up to its box; from the box on, it runs anew with each file. Each cell answers,
or says in a sentence what the file lacks; whatever it shows can be drawn and read aloud.

The nine lessons on a practice's own data (d1 to d9) are run whole on every file that somebody may
give them: each gives a report, or a sentence.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.errors import PcqaError

from .own_files import EXPORTS, ROOT, made

LESSONS = sorted(
    path
    for folder in ("readiness", "core-day?", "coach-day?", "academy")
    for path in (ROOT / "notebooks").glob(f"{folder}/*.ipynb")
)
OWN = {
    path.stem.split("_")[0]: path
    for path in sorted((ROOT / "notebooks" / "own-data").glob("d*.ipynb"))
}
SETTINGS: dict[str, dict[str, Any]] = {
    "d2": {"clock": "local"},  # the logs of some months do not show what their clock does
    "d8": {"go_live": "2024-12-02"},
}
BOOKS = ["systmone_appointments", "emis_slots", "gpad_practice", "gpad_daily", "emis_crosstab"]
ANSWERS = {  # what each lesson must give a report on; on all else it gives one, or a sentence
    "d1": BOOKS,
    "d2": ["lark", "alder", "alder_counts", "cbt_day_time"],
    "d3": ["tally"],
    "d4": BOOKS[:2],
    "d5": BOOKS[:3],
    "d6": BOOKS[:2],
    "d7": ["funnel_practices.csv", "network"],
    "d8": BOOKS[:2],
    "d9": ["appropriateness"],
}
NOBODY = ["invented patient", "zebedee", "999 000"]

pytestmark = pytest.mark.skipif(not EXPORTS, reason="the exports are not in this checkout")


def _code(path: Path) -> tuple[list[str], list[str]]:
    """Give the code cells before and after a lesson's box, without those that are marked."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    box = next(
        place
        for place, cell in enumerate(cells)
        if "parameters" in cell["metadata"].get("tags", [])
    )
    parts: tuple[list[str], list[str]] = ([], [])
    for place, cell in enumerate(cells):
        marked = cell["metadata"].get("nbgrader")
        if cell["cell_type"] == "code" and not marked:
            parts[place > box].append("".join(cell["source"]))
    return parts


RunCell = Callable[[str, dict[str, Any]], Any]


@dataclass(frozen=True)
class Section:
    """A lesson's names where its box stands, and the cells from there on."""

    names: dict[str, Any]
    cells: list[str]
    run_cell: RunCell

    def answers(self, export: Path, *, shown: bool) -> str:
        """Give what the cells print and show of an export, drawn if asked."""
        names = self.names | {"practice": "riverside", "list_size": None, "export": str(export)}
        said = io.StringIO()
        with redirect_stdout(said):
            try:
                for source in self.cells:
                    value = self.run_cell(source, names)
                    drawn = getattr(value, "_repr_mimebundle_", None)
                    print(drawn() if shown and drawn is not None else repr(value or ""))
            except PcqaError as error:
                print(error)
        return said.getvalue()


@pytest.fixture(scope="module", params=LESSONS, ids=lambda path: path.stem.split("_")[0])
def section(request: pytest.FixtureRequest, run_cell: RunCell) -> Section:
    before, after = _code(request.param)
    names: dict[str, Any] = {}
    for source in before:
        run_cell(source, names)
    return Section(names, after, run_cell)


def _holds(said: str) -> None:
    assert len(said.strip()) > 40
    assert "No export was given" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "export", [path for path in EXPORTS if "dirty" in path.stem], ids=lambda path: path.name
)
def test_a_file_with_faults_is_answered(section: Section, export: Path) -> None:
    _holds(section.answers(export, shown=False))


@pytest.mark.slow
@pytest.mark.parametrize(
    "export",
    [
        pytest.param(path, marks=[] if "dirty" in path.stem else pytest.mark.more)
        for path in EXPORTS
    ],
    ids=lambda path: path.name,
)
def test_every_export_is_answered_and_drawn(section: Section, export: Path) -> None:
    _holds(section.answers(export, shown=True))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return made(tmp_path_factory.mktemp("files"))


def _whole(lesson: str, export: Path, run_cell: RunCell) -> tuple[str, str]:
    """Run a lesson on a file; return "report" or "sentence", and all that it said."""
    names: dict[str, Any] = {}
    said = io.StringIO()
    with redirect_stdout(said):
        try:
            for cell in json.loads(OWN[lesson].read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] != "code":
                    continue
                value = run_cell("".join(cell["source"]), names)
                drawn = getattr(value, "_repr_mimebundle_", None)
                print(drawn() if drawn is not None else repr(value or ""))
                if "parameters" in cell["metadata"].get("tags", []):
                    names |= SETTINGS.get(lesson, {}) | {"export": str(export)}
        except PcqaError as error:
            return "sentence", str(error)
    return "report", said.getvalue()


def _faults(outcome: str, said: str) -> list[str]:
    faults = [f"names {name}" for name in NOBODY if name in said.casefold()]
    if outcome == "sentence" and (len(said) < 40 or not said.endswith((".", ".)"))):
        faults.append(f"no sentence: {said}")
    if outcome == "report" and ("No export was given" in said or "Traceback" in said):
        faults.append("no report on this file")
    return faults


@pytest.mark.slow
@pytest.mark.parametrize("lesson", OWN)
def test_every_lesson_gives_a_report_or_a_sentence_on_every_file(
    lesson: str, files: dict[str, Path], run_cell: RunCell
) -> None:
    ends = {name: _whole(lesson, path, run_cell) for name, path in files.items()}
    wrong = {name: faults for name, end in ends.items() if (faults := _faults(*end))}
    assert not wrong
    reports = {name for name, (outcome, _) in ends.items() if outcome == "report"}
    must = {
        name for name in files if name.startswith(tuple(ANSWERS[lesson])) and "overlap" not in name
    }
    assert must
    assert not {name: ends[name][1] for name in must - reports}
    assert not [name for name in reports if name.startswith("two-rows") and lesson not in "d3 d9"]


@pytest.mark.slow
@pytest.mark.parametrize("lesson", OWN)
def test_every_lesson_gives_a_report_or_a_sentence_on_every_national_file(
    lesson: str, shared_data: Path, run_cell: RunCell
) -> None:
    paths = sorted(shared_data.glob("*.csv"))
    ends = {path.name: _whole(lesson, path, run_cell) for path in paths}
    assert not {name: faults for name, end in ends.items() if (faults := _faults(*end))}
    answered = [name for name, (outcome, _) in ends.items() if outcome == "report"]
    assert bool(answered) == (lesson in ("d1", "d5", "d7", "d8")), answered


def test_the_report_of_calls_is_read_without_code_and_says_once_what_a_national_file_lacks():
    lesson = ROOT / "notebooks" / "own-data" / "d2_my_eight_am.ipynb"
    cells = [
        "".join(cell["source"])
        for cell in json.loads(lesson.read_text(encoding="utf-8"))["cells"]
        if "not-in-report" not in cell["metadata"].get("tags", [])
    ]
    assert sum("print(log.lacks)" in text for text in cells) == 1
    assert not any('`clock="local"`' in text for text in cells)

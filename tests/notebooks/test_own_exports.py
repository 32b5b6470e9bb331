"""Every lesson's section on one's own data, on every synthetic export, clean and with faults.

The lesson runs once up to its box; from the box on, it runs anew with each file. Each cell answers,
or says in a sentence what the file lacks; whatever it shows can be drawn and read aloud.
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

ROOT = Path(__file__).resolve().parents[2]
EXPORTS = sorted(
    path
    for path in (ROOT / "data" / "synthetic" / "exports").glob("*.*")
    if path.suffix in (".csv", ".xlsx")
)
LESSONS = sorted(
    path
    for folder in ("readiness", "core-day?", "coach-day?", "academy")
    for path in (ROOT / "notebooks").glob(f"{folder}/*.ipynb")
)

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
@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
def test_every_export_is_answered_and_drawn(section: Section, export: Path) -> None:
    _holds(section.answers(export, shown=True))

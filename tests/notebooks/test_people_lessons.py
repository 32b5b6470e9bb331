"""The lessons on people who attend often (d4), missed appointments (d5) and continuity (d6).

Each is run untouched, on every synthetic export, and on files too short to answer. A file gives a
page, or one sentence; no code of anybody is ever shown.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.errors import PcqaError

ROOT = Path(__file__).resolve().parents[2]
LESSONS = {
    path.stem.split("_")[0]: path
    for path in sorted((ROOT / "notebooks" / "own-data").glob("d[456]_*.ipynb"))
}
EXPORTS = sorted(
    path
    for path in (ROOT / "data" / "synthetic" / "exports").glob("*.*")
    if path.suffix in (".csv", ".xlsx")
)
# What is read as appointments, is long enough, and says whose they were
PEOPLE = ("systmone_appointments", "emis_slots")
CODED = ("patient", "clinician", "usual_gp")


@pytest.fixture(params=LESSONS)
def lesson(request: pytest.FixtureRequest) -> str:
    return request.param


@cache
def cells(name: str) -> list[dict[str, Any]]:
    return json.loads(LESSONS[name].read_text(encoding="utf-8"))["cells"]


def _words(shown: Any) -> str:
    bundle = getattr(shown, "_repr_mimebundle_", None)
    if bundle is not None:
        shown.figure() if hasattr(shown, "figure") else None
        return str(getattr(shown, "alt_text", getattr(shown, "alt", shown)))
    page = getattr(shown, "_repr_html_", None)
    return page() if page is not None else str(shown)


def run(name: str, run_cell: Callable[..., Any], **parameters: Any) -> tuple[dict[str, Any], str]:
    """Run a lesson's code cells; give its names, and all that it shows and says."""
    names: dict[str, Any] = {}
    said = io.StringIO()
    with redirect_stdout(said):
        for cell in (cell for cell in cells(name) if cell["cell_type"] == "code"):
            value = run_cell("".join(cell["source"]), names)
            if "parameters" in cell["metadata"].get("tags", []):
                names.update(parameters)
            if value is not None:
                print(_words(value))
    return names, said.getvalue()


def test_the_demo_gives_a_page_and_questions(lesson: str, run_cell: Any) -> None:
    names, said = run(lesson, run_cell)
    assert "No export was given: this is an invented practice." in said
    assert names["page"]
    assert len(names["asked"]) >= 1
    assert "None" not in said.replace("in place of None", "")
    assert "nan" not in said.split()


@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
def test_every_export_gives_a_page_or_one_sentence(
    lesson: str, export: Path, run_cell: Any
) -> None:
    refused = ""
    try:
        names, said = run(lesson, run_cell, export=str(export))
    except PcqaError as error:
        refused = str(error)
    if refused:
        assert len(refused) > 40
        assert refused.endswith(".")
        assert "Column '" not in refused
        return
    assert len(names["page"]) > 3
    raw = ["INVENTED PATIENT", "999 000", "9990000", "GP 01", "Nurse 01"]
    assert [word for word in raw if word in said] == []
    for column in (one for one in CODED if one in names["appts"]):
        codes = names["appts"][column].cat.categories
        assert not any(str(code) in said for code in codes), column


@pytest.mark.parametrize("state", ["clean", "dirty"])
@pytest.mark.parametrize("source", PEOPLE)
def test_a_report_with_people_is_answered_whole(
    lesson: str, source: str, state: str, run_cell: Any
) -> None:
    path = ROOT / "data" / "synthetic" / "exports" / f"{source}_{state}.csv"
    if not path.is_file():
        pytest.skip("the exports are not in this checkout")
    names, said = run(lesson, run_cell, export=str(path))
    assert "Traceback" not in said
    assert len(names["page"]) > 5


def test_two_rows_give_one_sentence(lesson: str, tmp_path: Path, run_cell: Any) -> None:
    rows = [
        ["Appointment date", "Clinician", "Rota type", "Appointment status", "Patient ID",
         "Appointment flags", "Appointment duration (actual)",
         "Time between booking and appointment"],
        ["01-Apr-25", "Dr One", "GP", "Finished", "1", "", "10m", "2 days"],
        ["02-Apr-25", "Dr One", "GP", "Did Not Attend", "2", "", "", "3 days"],
    ]  # fmt: skip
    path = tmp_path / "two.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    with pytest.raises(PcqaError, match="at least 12"):
        run(lesson, run_cell, export=str(path))


def test_after_a_failed_set_up_nothing_of_an_earlier_file_is_shown(
    lesson: str, tmp_path: Path, run_cell: Any
) -> None:
    """Cell by cell, as with Shift and Enter; the second time, set-up fails."""
    names: dict[str, Any] = {}
    code = [cell for cell in cells(lesson) if cell["cell_type"] == "code"]
    with redirect_stdout(io.StringIO()):
        for cell in code:
            run_cell("".join(cell["source"]), names)
    names["export"] = str(tmp_path / "not-there.csv")
    setup = next(cell for cell in code if cell["id"] == f"{lesson}-setup")
    with pytest.raises(PcqaError):
        run_cell("".join(setup["source"]), names)
    said = io.StringIO()
    with redirect_stdout(said):
        for cell in code[code.index(setup) + 1 :]:
            run_cell("".join(cell["source"]), names)
    assert "Nothing to show yet" in said.getvalue()
    assert "No result yet" in said.getvalue()
    assert "No questions yet" in said.getvalue()


def test_a_participant_sees_no_rubric_and_no_model_answer(lesson: str) -> None:
    pytest.importorskip("nbgrader", reason="the lean install and the browser have none")
    from pcqa_teach.publish import editions

    made = editions.participant(editions.read(LESSONS[lesson]))
    words = "\n".join(cell.source for cell in made.cells)
    model = next(cell for cell in cells(lesson) if cell["id"] == f"{lesson}-monday")
    assert "Rubric of the reflection" not in words
    assert "".join(model["source"])[:60] not in words
    assert "What will you do on Monday?" in words

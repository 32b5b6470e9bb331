"""The access baseline on the demo, on every export, clean and dirty, and on real open data.

The cells run in this process, one after the other: quick, and the same in the browser's versions.
That a kernel runs them too is tested for every lesson in `test_lesson_rules.py`.
"""

from __future__ import annotations

import ast
import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.errors import DataError, PcqaError
from pcqa_teach.figures import Figure
from pcqa_teach.spc import Chart

ROOT = Path(__file__).resolve().parents[2]
LESSON = ROOT / "notebooks" / "own-data" / "d1_my_access_baseline.ipynb"
EXPORTS = ROOT / "data" / "synthetic" / "exports"

SLOTS = ["systmone_appointments", "emis_slots"]
FORMATS = [*SLOTS, "gpad_practice"]


@dataclass
class Run:
    """What a run left: its names, what each cell showed, and all its words in one text."""

    names: dict[str, Any]
    shown: dict[str, list[Any]]

    @property
    def text(self) -> str:
        return "\n".join(_words(one) for cell in self.shown.values() for one in cell)


def _words(shown: Any) -> str:
    if isinstance(shown, str):
        return shown
    if isinstance(shown, Chart):
        return shown.alt_text + shown.explain()
    return shown.alt if isinstance(shown, Figure) else shown._repr_html_()


def cells() -> list[dict[str, Any]]:
    return json.loads(LESSON.read_text(encoding="utf-8"))["cells"]


def run(**parameters: Any) -> Run:
    """Run the lesson's code cells, with parameters in place of its own."""
    names: dict[str, Any] = {}
    shown: dict[str, list[Any]] = {}
    for cell in (cell for cell in cells() if cell["cell_type"] == "code"):
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(tree, cell["id"], "exec"), names)
            value = (
                eval(compile(ast.Expression(last.value), cell["id"], "eval"), names)
                if last
                else None
            )
        if "parameters" in cell["metadata"].get("tags", []):
            names.update(parameters)
        kept = [printed.getvalue(), value]
        shown[cell["id"]] = [
            one for one in kept if one is not None and not (isinstance(one, str) and not one)
        ]
    return Run(names, shown)


@pytest.fixture(scope="module")
def demo() -> Run:
    return run()


@pytest.fixture(scope="module", params=[f"{f}_{s}" for f in FORMATS for s in ("clean", "dirty")])
def export(request: pytest.FixtureRequest) -> tuple[str, Run]:
    path = EXPORTS / f"{request.param}.csv"
    if not path.is_file():
        pytest.skip(f"{path.name} is not in this checkout")
    return request.param, run(export=str(path), list_size=9800)


def test_without_an_export_it_says_that_the_practice_is_invented(demo: Run) -> None:
    assert "No export was given: this is an invented practice." in demo.text


def test_the_demo_answers_every_question(demo: Run) -> None:
    for name in ("activity", "same_day", "dna_in", "dna_out", "filled"):
        assert isinstance(demo.names[f"{name}_chart"], Chart), name
    assert demo.names["gaps"] is not None
    assert demo.names["profile"] is not None
    assert "not in an appointment book" in demo.text


def test_both_denominators_are_charted_and_differ(demo: Run) -> None:
    inside, outside = demo.names["dna_in_chart"], demo.names["dna_out_chart"]
    assert inside.limits["centre"].iloc[-1] < outside.limits["centre"].iloc[-1]
    assert inside.title != outside.title


def test_the_bank_holiday_is_said_under_the_chart(demo: Run) -> None:
    assert any(
        "Bank holidays: week starting 26 Aug 2024" in n for n in demo.names["activity_chart"].notes
    )


def test_every_format_gives_a_baseline(export: tuple[str, Run]) -> None:
    name, done = export
    for chart in ("activity", "same_day", "dna_in", "dna_out"):
        assert isinstance(done.names[f"{chart}_chart"], Chart), chart
        assert len(done.names[f"{chart}_chart"].points) >= 12
    assert ("emis" in name) == (done.names["filled"] is not None)
    assert ("gpad" in name) == (done.names["profile"] is None)
    assert ("gpad" in name) == (done.names["past"] is None)


def test_what_a_format_lacks_is_one_sentence(export: tuple[str, Run]) -> None:
    name, done = export
    if "emis" not in name:
        said = "".join(done.shown["d1-filled"])
        assert said.count("\n") == 1
        assert "has no unused slots, so utilisation" in said


def test_no_name_and_no_number_of_a_person_is_shown(export: tuple[str, Run]) -> None:
    _, done = export
    raw = ["INVENTED PATIENT", "999 000", "9990000", "GP 01", "GP 02", "Nurse 01", "Green slot"]
    assert [word for word in raw if word in done.text] == []


def test_no_code_of_a_person_is_shown_either(export: tuple[str, Run]) -> None:
    _, done = export
    coded = [c for c in ("patient", "clinician", "usual_gp") if c in done.names["appts"]]
    for column in coded:
        codes = done.names["appts"][column].cat.categories[:50]
        assert not any(str(code) in done.text for code in codes), column


def test_clean_and_dirty_exports_give_nearly_the_same_baseline() -> None:
    for name in SLOTS:
        paths = [EXPORTS / f"{name}_{state}.csv" for state in ("clean", "dirty")]
        if not all(path.is_file() for path in paths):
            pytest.skip("the exports are not in this checkout")
        clean, dirty = (run(export=str(path)).names["same_day_chart"].limits for path in paths)
        assert clean["centre"].item() == pytest.approx(dirty["centre"].item(), abs=1)


def test_an_area_is_said_to_be_an_area(shared_data: Path) -> None:
    done = run(export=str(shared_data / "gpad_ccg_monthly_se_london_raw.csv"))
    assert "This is an area, not a practice" in done.text
    assert done.names["activity"]["n"].sum() == done.names["appts"]["count"].sum()


def test_one_month_is_too_little_and_one_sentence_says_so(shared_data: Path) -> None:
    with pytest.raises(DataError, match="There is 1 whole month in this export; a baseline needs"):
        run(export=str(shared_data / "gpad_practice_crosstab_format_sample.csv"))


def test_a_short_export_stops_at_set_up_and_says_what_to_ask_for() -> None:
    path = EXPORTS / "systmone_appointments_overlap.csv"
    if not path.is_file():
        pytest.skip("the exports are not in this checkout")
    with pytest.raises(DataError, match="Ask for a report that covers at least 14 weeks"):
        run(export=str(path))


def test_an_area_is_not_asked_for_a_list_size(shared_data: Path) -> None:
    done = run(export=str(shared_data / "gpad_ccg_monthly_se_london_raw.csv"))
    assert done.names["per_1000"] is None
    assert "for a practice's own file" in "".join(done.shown["d1-list"])


def test_without_a_list_size_one_sentence_asks_for_it() -> None:
    path = EXPORTS / "emis_slots_clean.csv"
    if not path.is_file():
        pytest.skip("the exports are not in this checkout")
    done = run(export=str(path))
    assert done.names["per_1000"] is None
    assert "--list-size 9800; for many practices" in "".join(done.shown["d1-list"])


def test_a_participant_sees_no_rubric_and_no_model_answer() -> None:
    pytest.importorskip("nbgrader", reason="the lean install and the browser have none")
    from pcqa_teach.publish import editions

    made = editions.participant(editions.read(LESSON))
    words = "\n".join(cell.source for cell in made.cells)
    assert "Rubric of the reflection" not in words
    assert "offers Wednesday or Thursday first" not in words
    assert "What will you do on Monday?" in words


def test_after_a_failed_set_up_nothing_of_an_earlier_file_is_shown(tmp_path: Path) -> None:
    """Cell by cell, as with Shift and Enter; the second time, set-up fails."""
    names: dict[str, Any] = {}
    code = [cell for cell in cells() if cell["cell_type"] == "code"]
    for cell in code:
        with redirect_stdout(io.StringIO()):
            exec("".join(cell["source"]), names)
    names["export"] = str(tmp_path / "not-there.csv")
    setup = next(cell for cell in code if cell["id"] == "d1-setup")
    with pytest.raises(PcqaError):
        exec("".join(setup["source"]), names)
    said = io.StringIO()
    with redirect_stdout(said):
        for cell in code[code.index(setup) + 1 :]:
            exec("".join(cell["source"]), names)
    assert "Nothing to show yet" in said.getvalue()
    assert "No baseline yet" in said.getvalue()
    assert [name for name in names if name.endswith("_chart") and names[name] is not None] == []


def test_the_one_page_record_holds_no_impossible_share(export: tuple[str, Run]) -> None:
    page = export[1].names["page"]
    shares = [name for name in page if name.startswith(("same_day", "missed", "filled"))]
    numbers = [page[name] for name in shares if not isinstance(page[name], str)]
    assert numbers
    assert all(0 <= number <= 100 for number in numbers)


def test_a_chart_that_would_only_repeat_the_one_above_is_not_drawn(export: tuple[str, Run]) -> None:
    done = export[1]
    shown = [one for one in done.shown["d1-dna-out"] if isinstance(one, Chart)]
    assert len(shown) == (done.names["page"]["unknown_percent"] >= 0.5)

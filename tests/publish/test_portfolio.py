"""The exit portfolio, from notebooks as participants leave them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from pcqa_teach.classroom.settings import TEXT_STUB
from pcqa_teach.errors import LessonError, RunError
from pcqa_teach.publish import portfolio

ROOT = Path(__file__).resolve().parents[2]
SVG = "PHN2Zy8+"


def _drawn(alt: str) -> Any:
    return new_output(
        "display_data",
        data={"text/html": f'<img alt="{alt}" src="data:image/svg+xml;base64,{SVG}">'},
        metadata={"pcqa": {"figure": "chart", "alt": alt}},
    )


def _piece(name: str) -> dict[str, Any]:
    return {"pcqa": {"portfolio": name}}


def _save(folder: Path, lesson: str, cells: list[Any], code: str = "kettle", at: int = 1) -> Path:
    folder.mkdir(exist_ok=True)
    notebook = new_notebook(cells=cells)
    notebook.metadata["pcqa"] = {"id": lesson, "title": f"Lesson {lesson}", "participant": code}
    path = folder / f"{lesson}_lesson--{code}.ipynb"
    nbformat.write(notebook, path)
    os.utime(path, (at, at))
    return path


def _written(name: str, text: str) -> Any:
    return new_markdown_cell(text, metadata=_piece(name))


def _chart(name: str, alt: str) -> Any:
    return new_code_cell("1", outputs=[_drawn(alt)], metadata=_piece(name))


def _everything(folder: Path, code: str = "kettle") -> None:
    first = [_written("charter", "**Aim:** calmer Mondays"), _written("pdsa", "Ring back by ten")]
    second = [
        _chart("xmr", "Missed: ordinary"),
        _written("response", "Leave it alone"),
        _chart("pareto", "Results lead"),
        _written("cause", "Send results"),
    ]
    _save(folder, "z1", first, code)
    _save(folder, "z2", second, code)


def test_four_pieces_are_gathered_onto_one_sheet(tmp_path: Path) -> None:
    _everything(tmp_path / "work")
    found = portfolio.gathered(tmp_path / "work")
    assert found.missing == ()
    assert found.code == "kettle"
    page = portfolio.write(found, tmp_path / "sheet.html").read_text(encoding="utf-8")
    for piece in ("calmer Mondays", "Ring back by ten", "Leave it alone", "Send results"):
        assert piece in page
    assert 'alt="Missed: ordinary"' in page
    assert f"data:image/svg+xml;base64,{SVG}" in page
    assert "4 of 4" in page


@pytest.mark.parametrize("stub", ["YOUR ANSWER HERE", TEXT_STUB])
def test_what_is_not_there_yet_is_named(tmp_path: Path, stub: str) -> None:
    undrawn = new_code_cell("1", metadata=_piece("xmr"))
    _save(tmp_path / "work", "z1", [_written("charter", stub), undrawn])
    found = portfolio.gathered(tmp_path / "work")
    assert found.there == []
    assert "Project charter: write it where the lesson asks for it, and save." in found.missing
    assert any(one.endswith("draw the chart again and save.") for one in found.missing)
    assert "Not there yet" in found.html()


def test_words_under_the_line_that_asks_for_them_count(tmp_path: Path) -> None:
    text = "YOUR ANSWER HERE\n\nCalmer Mondays"
    _save(tmp_path / "work", "z1", [_written("charter", text)])
    page = portfolio.gathered(tmp_path / "work").html()
    assert "Calmer Mondays" in page
    assert "YOUR ANSWER" not in page


def test_a_chart_of_the_practices_own_comes_before_one_saved_later(tmp_path: Path) -> None:
    own = new_code_cell('export = None\nexport = "mine.csv"', metadata={"tags": ["parameters"]})
    demo = new_code_cell("export = None", metadata={"tags": ["parameters"]})
    for lesson, box, alt, at in (("z1", own, "Ours", 1), ("z2", demo, "Invented", 9)):
        _save(tmp_path / "work", lesson, [box, _chart("xmr", alt)], at=at)
    part = portfolio.gathered(tmp_path / "work").parts["xmr"]
    assert 'alt="Ours"' in part.markup
    assert part.own


def test_what_a_participant_wrote_cannot_act_in_the_page(tmp_path: Path) -> None:
    text = "<script>alert(1)</script><img src=x onerror=alert(1)> safe"
    _save(tmp_path / "work", "z1", [_written("charter", text)])
    page = portfolio.gathered(tmp_path / "work").html()
    assert "safe" in page
    assert "alert" not in page


def test_the_work_of_two_people_is_not_mixed(tmp_path: Path) -> None:
    _everything(tmp_path / "work", "kettle")
    _save(tmp_path / "work", "z3", [], "teapot")
    with pytest.raises(LessonError, match="the work of 2 people \\(kettle, teapot\\)"):
        portfolio.gathered(tmp_path / "work")


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_lessons_is_a_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "broken.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(LessonError, match="name the folder of your workbook"):
        portfolio.gathered(tmp_path / name)


def test_an_earlier_sheet_is_kept_unless_asked(tmp_path: Path) -> None:
    _everything(tmp_path / "work")
    found, sheet = portfolio.gathered(tmp_path / "work"), tmp_path / "sheet.html"
    sheet.write_text("mine", encoding="utf-8")
    with pytest.raises(RunError, match="--replace"):
        portfolio.write(found, sheet)
    assert sheet.read_text(encoding="utf-8") == "mine"
    assert "Exit portfolio" in portfolio.write(found, sheet, replace=True).read_text("utf-8")


def test_every_piece_has_its_place_in_a_lesson() -> None:
    paths = sorted((ROOT / "notebooks").glob("core-*/*.ipynb"))
    places = {
        cell.metadata.get("pcqa", {}).get("portfolio")
        for path in paths
        for cell in nbformat.read(path, as_version=4).cells
    }
    wanted = {part for _, parts in portfolio.PIECES.values() for part in parts}
    assert wanted == places - {None}

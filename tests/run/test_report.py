"""A report is a folder that is whole or not there, and names nobody."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
from nbformat import NotebookNode

from pcqa_teach.errors import RunError
from pcqa_teach.run import gather, run_lesson
from pcqa_teach.run import report as run_report
from pcqa_teach.run.page import page

GIVEN_AWAY = ("Okonkwo", "943 476 5919")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, short_lesson: NotebookNode) -> Path:
    folder = tmp_path_factory.mktemp("reports") / "Okonkwo surgery"
    folder.mkdir()
    export = folder / "Okonkwo 943 476 5919.csv"
    export.write_text("Appointment date\n2025-03-03\n", encoding="utf-8")
    return run_lesson(short_lesson, export, folder / "report")


@pytest.fixture(scope="module")
def html(report: Path) -> str:
    return (report / "report.html").read_text(encoding="utf-8")


def test_the_folder_holds_what_it_promises_and_nothing_else(report: Path):
    files = sorted(path.relative_to(report).as_posix() for path in report.rglob("*"))
    assert files == [
        "figures",
        "figures/alt.json",
        "figures/missed.png",
        "figures/missed.svg",
        "notebook.ipynb",
        "notice-board.pdf",
        "report.html",
        "summary.json",
    ]
    assert [path.name for path in report.parent.iterdir() if path.name.startswith(".")] == []


def test_the_page_needs_nothing_from_outside(html: str):
    sources = re.findall(r'(?:src|href)="([^"]*)"', html)
    assert sources
    assert all(source.startswith("data:image/") for source in sources)
    assert "<script" not in html
    assert "<link" not in html
    assert "url(" not in html


def test_the_page_can_be_read_aloud_and_printed(html: str):
    assert '<html lang="en-GB">' in html
    assert "<title>A short lesson</title>" in html
    assert len(re.findall(r"<h1\b", html)) == 1
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", html) == [
        "How many were missed?",
        "The numbers",
        "What leaves this computer if you share it",
    ]
    images = re.findall(r"<img\b[^>]*>", html)
    assert [re.search('alt="(.*?)"', image).group(1) for image in images] == [
        "Five weeks, five to nine missed a week."
    ]
    assert "@media print" in html


def test_the_page_shows_words_without_marks_and_no_code(html: str):
    assert "A baseline, see the source (example.org/page)." in html
    assert "import sys" not in html
    assert "the last cell riverside" in html


def test_code_is_shown_when_asked_save_what_is_hidden(short_lesson: NotebookNode):
    lesson = copy.deepcopy(short_lesson)
    lesson.cells[-1].metadata["tags"] = ["hide-input"]
    shown = page(lesson, title="T", facts=[], show_code=True)
    assert "import sys, warnings" in shown
    assert "the last cell" not in shown


def test_nothing_names_the_export_its_folder_or_the_user(report: Path):
    for path in (path for path in report.rglob("*") if path.is_file()):
        content = path.read_bytes().decode("utf-8", errors="replace")
        for text in (*GIVEN_AWAY, str(report.parent), str(Path.home()) + "/"):
            assert text not in content, path.name
    assert "Read from the export" in (report / "report.html").read_text(encoding="utf-8")


def test_warnings_stay_out_of_the_report(report: Path):
    assert "careful" not in (report / "report.html").read_text(encoding="utf-8")
    kept = (report / "notebook.ipynb").read_text(encoding="utf-8")
    assert '"name": "stderr"' not in kept


def test_figures_are_saved_both_ways_with_their_words(report: Path):
    alt = json.loads((report / "figures" / "alt.json").read_text(encoding="utf-8"))
    assert alt == {"missed": "Five weeks, five to nine missed a week."}
    svg = ElementTree.parse(report / "figures" / "missed.svg").getroot()
    assert svg.get("aria-label") == alt["missed"]
    png = (report / "figures" / "missed.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    assert alt["missed"].encode() in png


def test_the_summary_hides_small_counts_and_leaves_out_what_is_not_said_to_be_safe(report: Path):
    summary = json.loads((report / "summary.json").read_text(encoding="utf-8"))
    assert summary["results"] == {"missed": "fewer than 8", "booked": 120}
    assert summary["lesson"] == {"id": "t1", "title": "A short lesson"}
    assert summary["figures"][0]["files"] == ["missed.png", "missed.svg"]
    assert summary["parameters"] == {}


def test_two_figures_of_one_name_are_both_kept(short_lesson: NotebookNode):
    drawn = {
        "output_type": "display_data",
        "data": {"image/png": "iVBORw0KGgo="},
        "metadata": {"pcqa": {"figure": "weeks", "alt": "Weeks."}},
    }
    lesson = copy.deepcopy(short_lesson)
    lesson.cells[1].outputs = [nbformat.from_dict(drawn), nbformat.from_dict(drawn)]
    assert [one.name for one in gather.pictures(lesson)] == ["weeks", "weeks-2"]


def test_a_failed_lesson_leaves_nothing(
    make_lesson: Callable[..., NotebookNode], export: Path, tmp_path: Path
):
    with pytest.raises(RunError):
        run_lesson(make_lesson("1 / 0"), export, tmp_path / "new" / "report")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Okonkwo surgery"]


def test_a_missing_export_is_one_sentence_before_anything_starts(
    short_lesson: NotebookNode, tmp_path: Path
):
    with pytest.raises(RunError, match=r"^'none\.csv' cannot be found: check the name"):
        run_lesson(short_lesson, tmp_path / "none.csv", tmp_path / "report")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_export_is_one_sentence_before_anything_starts(
    short_lesson: NotebookNode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(run_report, "execute", lambda *_, **__: pytest.fail("Python was started"))
    (tmp_path / "none.csv").write_text("\n")
    with pytest.raises(RunError, match=r"^'none\.csv' is empty: export it again"):
        run_lesson(short_lesson, tmp_path / "none.csv", tmp_path / "report")


def test_a_report_gives_way_to_the_next_unless_somebody_wrote_into_its_notebook(
    make_lesson: Callable[..., NotebookNode], tmp_path: Path
):
    lesson, out = make_lesson("## The data"), tmp_path / "report"
    run_lesson(lesson, None, out)
    run_lesson(lesson, None, out, replace=True)
    notebook = out / "notebook.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace("## The data", "## The data, and what we make of them"))
    with pytest.raises(RunError, match="or a notebook that was written into since"):
        run_lesson(lesson, None, out, replace=True)
    assert "what we make of them" in notebook.read_text(encoding="utf-8")


def test_what_a_reader_wants_first_comes_first_and_exercises_stay_out(
    make_lesson: Callable[..., NotebookNode],
):
    lesson = make_lesson("## Set up", "## The data", "## Your baseline")
    for cell, tag in ((2, "not-in-report"), (4, "report-first")):
        lesson.cells[cell].metadata["tags"] = [tag]
    assert re.findall(r"<h2>(.*?)</h2>", page(lesson, title="T", facts=[])) == [
        "Your baseline",
        "The data",
    ]


def test_what_is_folded_away_can_be_opened_and_is_printed(
    make_lesson: Callable[..., NotebookNode],
):
    lesson = make_lesson("1")
    folded = "<p>In view.</p><details><summary>Point by point</summary><p>Long.</p></details>"
    lesson.cells[-1].outputs = [
        nbformat.from_dict(
            {"output_type": "display_data", "data": {"text/html": folded}, "metadata": {}}
        )
    ]
    shown = page(lesson, title="T", facts=[])
    assert folded in shown
    assert "details::details-content { content-visibility: visible" in shown

"""A report made by the form: on the desk a new folder each time, in a web page a file to save."""

from __future__ import annotations

import base64
import datetime
import errno
import json
import os
from pathlib import Path

import pytest

pytest.importorskip("papermill", reason="running a lesson needs Jupyter")

from pcqa_teach import browser, resources
from pcqa_teach.errors import RunError
from pcqa_teach.form import desk, here, makers, panel, steps, webpage
from pcqa_teach.run import page
from pcqa_teach.run import panel as sharing

SECRET = "Jane Okonkwo 943 476 5919"
EXPORTS = Path(__file__).resolve().parents[2] / "data" / "synthetic" / "exports"
DIRTY = EXPORTS / "systmone_appointments_dirty.csv"
TODAY = datetime.date.today().isoformat()


@pytest.fixture
def workbook(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "workbook"
    folder.mkdir()
    monkeypatch.setenv("PCQA_PROJECT", str(folder))
    return folder


@pytest.fixture
def shell():
    from IPython.core.interactiveshell import InteractiveShell

    yield InteractiveShell.instance()
    InteractiveShell.clear_instance()


def short_lesson(monkeypatch, *cells: str) -> None:
    """Let every lesson be a short one with these code cells."""
    import nbformat

    from pcqa_teach.publish import editions

    about = {"pcqa": {"id": "d1", "title": "A short lesson"}}
    notebook = nbformat.v4.new_notebook(metadata=about)
    made = [nbformat.v4.new_code_cell(cell) for cell in ("export = None\nlist_size = None", *cells)]
    made[0].metadata["tags"] = ["parameters"]
    notebook.cells = [nbformat.v4.new_markdown_cell("# A short lesson\n\n## Sums"), *made]
    monkeypatch.setattr(editions, "for_participants", lambda _: notebook)


RECORDS = (
    "import pandas as pd\nimport pcqa_teach as pcqa\nread = pcqa.read(export)",
    "pcqa.record(kept=len(read), period='a while', list=list_size)\nprint('said')",
)


def test_the_form_makes_a_new_folder_each_time_and_says_where_it_is(workbook, monkeypatch):
    short_lesson(monkeypatch, *RECORDS)
    one = panel.Panel()
    one.box()
    one.typed.value = f'"{DIRTY}"'
    one.look()
    assert "5 reports can be made" in one.state.value
    one.report()
    assert "First tick which report" in one.progress.value
    one.boxes["d1"].value = True
    one.asked["list_size"].value = "9,800"
    one.report()
    first = workbook / "reports" / f"{TODAY}-d1"
    assert f"in the folder reports, {TODAY}-d1." in one.progress.value
    assert {path.name for path in first.iterdir()} >= {"report.html", "notice-board.pdf"}
    assert json.loads((first / "summary.json").read_text())["parameters"] == {"list_size": 9800}
    assert "do not pass it on" in one.result.value
    one.choose()
    before = (first / "report.html").read_bytes()
    [earlier] = one.earlier.values()
    assert earlier.description == f"{TODAY}-d1"
    earlier.value = True
    one.report()
    second = workbook / "reports" / f"{TODAY}-d1-2"
    assert "Then and now" in (second / "report.html").read_text()
    assert (first / "report.html").read_bytes() == before


def test_the_path_may_change_but_then_the_file_is_looked_at_again(workbook, monkeypatch):
    short_lesson(monkeypatch, *RECORDS)
    one = panel.Panel()
    one.typed.value = str(DIRTY)
    one.look()
    one.boxes["d1"].value = True
    one.typed.value = str(EXPORTS / "cbt_day_time_clean.csv")
    one.report()
    assert "First look at the file" in one.progress.value
    assert not (workbook / "reports").exists()


def test_a_lesson_that_stops_is_one_sentence_and_leaves_no_folder(workbook, monkeypatch, tmp_path):
    short_lesson(monkeypatch, f"raise KeyError({SECRET!r})")
    export = tmp_path / f"{SECRET}.csv"
    export.write_bytes(DIRTY.read_bytes())
    one = panel.Panel()
    one.typed.value = str(export)
    one.look()
    one.boxes["d1"].value = True
    one.report()
    assert "stopped with a KeyError" in one.progress.value
    assert "Traceback" not in one.progress.value
    shown = one.progress.value + one.state.value + one.found.value + one.result.value
    assert "Okonkwo" not in shown
    assert not list((workbook / "reports").glob("*"))


def test_a_file_that_is_chosen_is_held_in_private_under_another_name_and_wiped(workbook):
    one = panel.Panel()
    content = DIRTY.read_bytes()
    one.upload.value = [
        {"name": f"{SECRET}.csv", "type": "text/csv", "size": len(content), "content": content,
         "last_modified": datetime.datetime.now(datetime.UTC)},
    ]  # fmt: skip
    assert one.upload.value == ()  # nothing is left that a notebook could save
    [held] = one.given
    assert held.name == "export-1.csv"
    assert workbook in held.parents
    if os.name == "posix":
        assert held.parent.stat().st_mode & 0o077 == 0
    one.look()
    assert "3,100" in one.found.value
    one.make._held.close()
    assert not held.exists()
    assert not [path for path in workbook.rglob("*") if "chosen" in path.name]


def test_a_full_disk_is_one_sentence_when_a_file_is_chosen(workbook, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    one = panel.Panel()
    one.given = [DIRTY]
    monkeypatch.setattr(one.make, "hold", full)
    one.upload.value = [
        {"name": "x.csv", "type": "text/csv", "size": 1, "content": b"x",
         "last_modified": datetime.datetime.now(datetime.UTC)},
    ]  # fmt: skip
    assert "There is no room for the file" in one.chosen.value
    assert one.given == []


def test_files_that_the_reader_refuses_are_not_offered():
    taken = panel.Panel().upload.accept.split(",")
    assert ".csv" in taken
    assert not {".zip", ".xls"} & set(taken)


def test_what_is_typed_after_a_choice_counts(workbook):
    one = panel.Panel()
    one.given = [DIRTY]
    one.typed.value = str(EXPORTS / "cbt_day_time_clean.csv")
    one.look()
    assert one.form.files == (EXPORTS / "cbt_day_time_clean.csv",)


def test_every_control_has_a_label_and_none_needs_the_arrow_keys(workbook):
    import ipywidgets as w

    one = panel.Panel()
    box = one.box()
    one.typed.value = str(DIRTY)
    one.look()
    one.form.asks_clock = one.form.asks_mapping = True
    one._reading()
    one.boxes["d8"].value = True
    seen, left = [], [box]
    while left:
        each = left.pop()
        left += list(getattr(each, "children", ()))
        seen.append(each)
    controls = [each for each in seen if not isinstance(each, (w.Box, w.HTML))]
    allowed = (w.Button, w.Checkbox, w.Text, w.Textarea, w.FileUpload)
    assert len(controls) > 12
    assert all(isinstance(each, allowed) for each in controls)
    assert all(each.description.strip() for each in controls)
    assert 'aria-live="polite"' in one.state.value


def test_a_page_without_python_shows_a_sentence(monkeypatch, capsys):
    monkeypatch.setenv("PCQA_STATIC", "1")
    panel.show()
    assert "pcqa form" in capsys.readouterr().out


def test_names_for_a_new_report_are_never_those_of_an_earlier_one(workbook, monkeypatch):
    short_lesson(monkeypatch, "1 + 1")
    first = workbook / "reports" / f"{TODAY}-d1"
    first.mkdir(parents=True)
    (first / "mine.txt").write_text("mine")
    made = desk.make("d1", [DIRTY], steps.How(), {})
    assert made.name == f"{TODAY}-d1-2"
    assert [path.name for path in first.iterdir()] == ["mine.txt"]


def test_links_lead_where_the_server_serves_the_report(workbook, monkeypatch):
    report = workbook / "reports" / "2026-01-02-d1" / "report.html"
    monkeypatch.setenv("VOILA_BASE_URL", "/x/")
    assert desk.address(report) == "/x/made/2026-01-02-d1/report.html"
    monkeypatch.delenv("VOILA_BASE_URL")
    monkeypatch.setattr(desk, "_servers", lambda: [("/", workbook / "no"), ("/u/7/", workbook)])
    assert desk.address(report) == "/u/7/files/reports/2026-01-02-d1/report.html"
    monkeypatch.setattr(desk, "_servers", list)
    assert desk.address(report) is None


def test_cells_run_in_this_python_show_what_they_show_in_one_of_their_own(shell, tmp_path):
    lesson = here.node(
        {
            "metadata": {"pcqa": {"title": "T"}},
            "cells": [
                {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "n = 1"},
                {
                    "cell_type": "code",
                    "metadata": {},
                    "source": [
                        "import pcqa_teach as pcqa\n",
                        "print('first')\n",
                        "pcqa.record(of=n)\n",
                        "print('last')\n",
                        "n + 1",
                    ],
                },
            ],
        }
    )
    told: list[int] = []
    done = here.execute(lesson, {"n": 20}, lambda number, total, heading: told.append(number))
    outputs = done.cells[1].outputs
    assert told == [1, 2]
    assert [one.output_type for one in outputs] == [
        "stream", "display_data", "stream", "display_data",
    ]  # fmt: skip
    assert outputs[1].metadata["pcqa"]["results"] == {"of": 20}
    assert outputs[3].data["text/plain"] == "21"
    assert "n" not in shell.user_ns
    assert "PCQA_STATIC" not in os.environ


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (f"raise KeyError({SECRET!r})", "under 'Sums' stopped with a KeyError"),
        ("from pcqa_teach.errors import DataError\nraise DataError('Too few.')", "^Too few. .in"),
    ],
)
def test_a_cell_that_stops_in_this_python_is_one_sentence(shell, cell, sentence):
    lesson = here.node(
        {
            "metadata": {"pcqa": {"title": "T"}},
            "cells": [
                {"cell_type": "markdown", "metadata": {}, "source": "# T\n\n## Sums"},
                {"cell_type": "code", "metadata": {}, "source": cell},
            ],
        }
    )
    with pytest.raises(RunError, match=sentence) as stopped:
        here.execute(lesson, {})
    assert SECRET not in str(stopped.value)
    assert stopped.value.__context__ is None or SECRET not in str(stopped.value.__cause__)


@pytest.mark.slow
def test_a_report_made_in_a_web_page_is_the_one_that_is_made_on_a_desk(
    shell, workbook, monkeypatch, tmp_path
):
    import nbformat

    from pcqa_teach.publish import editions

    lesson = editions.for_participants("d1")
    kept = tmp_path / "d1.ipynb"
    nbformat.write(lesson, kept)
    monkeypatch.setattr(browser, "_FOLDER", tmp_path / "memory")
    monkeypatch.setattr(browser, "_in_a_page", lambda: True)
    found = resources.find_lesson("d1")
    monkeypatch.setattr(
        resources, "find_lesson", lambda _: type(found)(found.name, found.assignment, kept, False)
    )
    export = makers.Webpage().hold([(f"{SECRET}.csv", DIRTY.read_bytes())])
    made = webpage.make("d1", export, steps.How(), {"list_size": 9800})
    monkeypatch.undo()
    monkeypatch.setenv("PCQA_PROJECT", str(workbook))
    folder = desk.make("d1", [DIRTY], steps.How(), {"list_size": 9800})
    there = (folder / "report.html").read_text(encoding="utf-8")
    marker = "<h2>What leaves this computer if you share it</h2>"
    shown = made.page.replace(sharing.keep(board=False), sharing.keep())  # no board in a web page
    assert shown.split(marker)[0] == there.split(marker)[0]
    about = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    about.pop("figures")
    assert json.loads(made.summary) == about
    assert "Okonkwo" not in made.page + made.summary
    report = next(iter(made.files.items()))
    assert report[0] == f"report-{TODAY}-d1.html"
    assert base64.b64decode(report[1].split(",")[1]).decode() == made.page
    assert page._TEMPLATES.is_dir()

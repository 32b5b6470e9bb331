"""What is made to be shared: the page for the notice board, and an earlier report beside this."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode
from pypdf import PdfReader

from pcqa_teach.errors import RunError
from pcqa_teach.run import board, run_lesson

RECORDS = """
import pcqa_teach as pcqa
pcqa.record(weeks=26, missed={missed}, booked={booked}, missed_percent=100 * {missed} / {booked},
            counts=["missed", "booked"], exact=["weeks"],
            rests_on={{"missed_percent": ("missed", "booked")}},
            labels={{"Missed": "{{missed:,}} of {{booked:,}}, {{missed_percent:.1f}}%",
                     "Weeks": "{{weeks}}"}})
"""


def _read(path: Path) -> str:
    pages = PdfReader(path).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


@pytest.fixture
def reports(make_lesson: Callable[..., NotebookNode], tmp_path: Path) -> Callable[..., Path]:
    """Make a report of a practice with so many missed; perhaps beside an earlier one."""

    def make(name: str, missed: int, booked: int, since: Path | None = None) -> Path:
        lesson = make_lesson(RECORDS.format(missed=missed, booked=booked))
        return run_lesson(lesson, None, tmp_path / name, since=since)

    return make


def test_a_later_report_shows_both_as_they_may_be_shared(reports: Callable[..., Path]) -> None:
    first = reports("first", 83, 1243)
    second = reports("second", 61, 1178, first)
    page = (second / "report.html").read_text(encoding="utf-8")
    keep = "Do not pass this report on. Share only notice-board.pdf and summary.json."
    assert page.index(keep) < page.index("Then and now")
    assert page.index("Then and now") < page.index("What leaves this computer")
    assert "<td>about 85 of 1,245, 6.8%</td><td>about 60 of 1,180, 5.1%</td>" in page
    assert "A difference is not yet a change" in page
    summary = json.loads((second / "summary.json").read_text(encoding="utf-8"))
    assert summary["rows"] == {"Missed": "about 60 of 1,180, 5.1%", "Weeks": "26"}


def test_the_panel_the_summary_and_the_board_hold_the_same(reports: Callable[..., Path]) -> None:
    made = reports("small", 3, 118)
    summary = json.loads((made / "summary.json").read_text(encoding="utf-8"))
    assert summary["results"] == {
        "weeks": 26,
        "missed": "fewer than 8",
        "booked": 120,
        "missed_percent": "held back",
    }
    said = "held back: it, or a part that it would give away, may be fewer than 8"
    assert summary["rows"]["Missed"] == said
    panel = (made / "report.html").read_text(encoding="utf-8").split("What leaves this")[-1]
    assert f'<th scope="row">Missed</th><td>{said}</td>' in panel
    for name, value in {**summary["results"], **summary["parameters"]}.items():
        assert f'<th scope="row">{name}</th><td>{value}</td>' in panel
    shared = _read(made / "notice-board.pdf")
    assert said in shared
    assert not PdfReader(made / "notice-board.pdf").pages[0].images
    for text in (shared, json.dumps(summary)):
        assert "118" not in text
        assert "2.5" not in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "holds no earlier report"),
        ("no json", "holds no earlier report"),
        ('{"made_by": "another"}', "holds no earlier report"),
        ('{"made_by": "pcqa_teach", "lesson": {"id": "b3"}}', "is of lesson b3, this one of t1"),
        ('{"made_by": "pcqa_teach", "lesson": {"id": "t1"}}', "run it once more"),
    ],
)
def test_what_is_no_earlier_report_is_one_sentence_before_anything_starts(
    content: str | None, said: str, make_lesson: Callable[..., NotebookNode], tmp_path: Path
) -> None:
    (tmp_path / "old").mkdir()
    if content is not None:
        (tmp_path / "old" / "summary.json").write_text(content, encoding="utf-8")
    with pytest.raises(RunError, match=said):
        run_lesson(make_lesson("1"), None, tmp_path / "new", since=tmp_path / "old")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("count", [0, 3, 14, 45])
def test_the_board_is_one_page_however_much_there_is(count: int, tmp_path: Path) -> None:
    rows = {f"Result {number}": f"its words, {number:,} of them" for number in range(count)}
    board.write(
        tmp_path / "board.pdf", title="My “access” baseline – Łódź", facts=[("Covers", "26 weeks")],
        rows=rows, created=datetime.date(2026, 3, 9),
    )  # fmt: skip
    said = _read(tmp_path / "board.pdf")
    assert "My “access” baseline – Łódź" in said
    assert all(f"{name} {words}" in said for name, words in rows.items())
    assert said.endswith("which is not for sharing.")


def test_the_board_can_be_read_aloud_and_names_no_computer(tmp_path: Path) -> None:
    board.write(
        tmp_path / "board.pdf", title="T", facts=[], rows={"Missed": "5"},
        created=datetime.date(2026, 3, 9),
    )  # fmt: skip
    reader = PdfReader(tmp_path / "board.pdf")
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.metadata.title == "T"
    assert reader.metadata.creation_date.date() == datetime.date(2026, 3, 9)
    assert set(reader.metadata) <= {"/Title", "/Creator", "/Producer", "/CreationDate"}

"""The page for a notice board: what is large, what it means, a question, and no empty page."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from pcqa_teach import resources
from pcqa_teach.run import board, board_words

FACTS = [("Made on", "9 March 2026"), ("Data", "A log"), ("Covers", "4 Nov 2024 to 29 Nov 2024")]
WHOSE = {"Whose figures": "These are one practice's own.", "Period covered": FACTS[2][1]}
Page = Callable[..., dict[str, float]]


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """Write a page; give each line's size, by its text in reading order."""

    def make(rows: dict[str, str], lesson: str | None = None) -> dict[str, float]:
        path = tmp_path / "board.pdf"
        board.write(
            path, title="My eight o'clock", facts=FACTS, rows=rows, lesson=lesson,
            created=datetime.date(2026, 3, 9),
        )  # fmt: skip
        [one] = PdfReader(path).pages
        sizes: dict[str, float] = {}

        def look(text: str, _: Any, matrix: list[float], __: Any, size: float) -> None:
            for line in filter(None, map(str.strip, text.splitlines())):
                sizes[line] = size * matrix[0]

        one.extract_text(visitor_text=look)
        return sizes

    return make


def test_a_page_with_one_figure_is_filled_by_it(page: Page) -> None:
    sizes = page({**WHOSE, "Calls that came in": "5,445"}, "d2")
    assert sizes["5,445"] == max(sizes.values())
    means, question = board_words.meaning("d2")
    said = " ".join(sizes)
    order = [
        *("My eight o'clock", "These are one practice's own. 4 Nov 2024", "Calls that came in"),
        *("5,445", "What it means", means, "A question for us", question, "Made on: 9 March 2026"),
    ]
    places = [said.index(text) for text in order]
    assert places == sorted(places)
    assert min(size for text, size in sizes.items() if text in f"{means} {question}") > 15


def test_the_finding_or_else_the_first_rate_is_large_and_what_is_held_back_comes_last() -> None:
    rows = {
        **WHOSE,
        "Missed": "held back: it is few",
        "Outcome unknown": "1%",
        "Weeks": "26",
        "Answered": "91%",
    }
    _, results = board_words.parted(rows, {})
    assert [name for name, _ in results] == ["Answered", "Outcome unknown", "Weeks", "Missed"]
    _, results = board_words.parted({**rows, "Finding": "No change seen"}, {})
    assert results[0] == ("Finding", "No change seen")


def test_what_is_said_of_the_large_figure_stands_below_it_and_smaller(page: Page) -> None:
    sizes = page({**WHOSE, "Booked on the day": "about 46.7% over all weeks"}, "d1")
    assert sizes["about 46.7%"] == max(sizes.values())
    assert sizes["over all weeks"] < sizes["about 46.7%"] / 2
    assert board_words.figure_first("fewer than 8")[1] == ""
    assert board_words.figure_first("3 in 10 of them")[0] == "3 in 10 of them"


def test_where_figures_are_not_to_be_acted_on_that_is_the_large_line() -> None:
    rows = {"To be believed?": "Not to be acted on yet: look at the days", "Helped": "about 92%"}
    assert board_words.parted(rows, {})[1][0][0] == "To be believed?"
    rows["To be believed?"] = "Yes"
    assert board_words.parted(rows, {})[1][0][0] == "Helped"


def test_a_finding_that_begins_with_a_number_stays_a_sentence(page: Page) -> None:
    sizes = page({**WHOSE, "Finding": "2 of the 8 results can be told"}, "d8")
    assert "2 of the 8 results can be told" in " ".join(sizes)
    assert "2" not in sizes


def test_how_many_weeks_were_charted_is_never_the_large_figure() -> None:
    rows = {"Whole weeks charted": "14", "Appointments": "14,090"}
    _, results = board_words.parted(rows, {})
    assert results[0] == ("Appointments", "14,090")


def test_a_board_speaks_of_weeks_and_months_of_practices_and_areas() -> None:
    assert "of a practice" not in board_words.FOOTNOTE
    assert all("month" in said for said in board_words.meaning("d1"))


def test_a_page_with_nothing_to_share_says_so(page: Page) -> None:
    sizes = page(WHOSE)
    assert "Nothing can be told yet that may be shared" in " ".join(sizes)


def test_the_period_stands_under_the_title_and_in_no_row() -> None:
    under, results = board_words.parted(WHOSE, dict(FACTS))
    assert under == "These are one practice's own. 4 Nov 2024 to 29 Nov 2024."
    assert results == []


def test_every_lesson_on_own_data_has_its_meaning_and_its_question() -> None:
    own = {one.short for one in resources.lessons().values() if one.short.startswith("d")}
    said = {board_words.meaning(short) for short in own}
    assert len(said) == len(own) == 9
    assert board_words.meaning(None) not in said
    assert all(question.endswith("?") for _, question in said)

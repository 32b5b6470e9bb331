"""A picture's points answer without a kernel, a request or, if need be, a script."""

from __future__ import annotations

import html.parser
import re

import pytest
from matplotlib.figure import Figure as MplFigure

from pcqa_teach.figures.figure import Figure
from pcqa_teach.figures.hover import Interactive, Spot
from pcqa_teach.figures.lettering import balanced, broken, fitted, text_width

NASTY = "Week 3: <script>alert(\"x\")</script> & '5'"


def shown(*spots: Spot) -> Interactive:
    return Interactive(Figure.of(MplFigure(), alt="Five weeks.", name="weeks"), spots)


def spot(x: float = 0.3, y: float = 0.3, text: str = "Week 3: 5.", marked: bool = True) -> Spot:
    return Spot(x, y, x - 0.05, 0.1, 0.1, 0.8, text, marked)


class Tags(html.parser.HTMLParser):
    """Collects the tags of a page, and what is left open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "img":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_all_text_is_escaped_and_every_tag_closed() -> None:
    page = Tags(shown(spot(text=NASTY))._repr_html_())
    assert page.open == []
    assert "script" not in {tag for tag, _ in page.tags}
    button = next(about for tag, about in page.tags if tag == "button")
    assert button["aria-label"] == NASTY


def test_it_asks_nothing_of_the_network() -> None:
    page = shown(spot())._repr_html_()
    assert re.findall(r'(?:src|href)="(?!data:)', page) == []
    assert "url(" not in page
    assert "@import" not in page


def test_the_words_are_in_the_page_for_whoever_takes_its_styles_out() -> None:
    bare = re.sub(r"<style>.*?</style>", "", shown(spot(text="Week 3: 5."))._repr_html_())
    assert re.search(r"<li>.*<span[^>]*>Week 3: 5\.</span></li>", bare)


def test_only_marked_points_stop_the_tab_key() -> None:
    page = Tags(shown(spot(marked=True), spot(marked=False))._repr_html_())
    stops = [about.get("tabindex") for tag, about in page.tags if tag == "button"]
    assert stops == [None, "-1"]


@pytest.mark.parametrize(
    ("x", "y", "side"),
    [(0.1, 0.1, ("left:10.00%", "top:10.00%")), (0.9, 0.9, ("right:10.00%", "bottom:10.00%"))],
)
def test_words_open_towards_the_middle(x: float, y: float, side: tuple[str, str]) -> None:
    page = Tags(shown(spot(x, y))._repr_html_())
    style = next(about["style"] for tag, about in page.tags if tag == "span")
    assert style is not None
    assert style.startswith(";".join(side))


def test_a_report_finds_the_static_figure_in_it() -> None:
    ours = shown(spot())
    data, about = ours._repr_mimebundle_()
    assert "data:image/svg+xml;base64," in data["text/html"]
    assert data["text/plain"] == "Five weeks."
    assert about == {"pcqa": {"figure": "weeks", "alt": "Five weeks."}}


def test_in_print_there_is_no_script_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PCQA_STATIC", "1")
    page = shown(spot())._repr_html_()
    assert "onkeydown" not in page
    assert "onmouseover" not in page
    assert "<button" in page
    monkeypatch.setenv("PCQA_STATIC", "0")
    assert "onkeydown" in shown(spot())._repr_html_()


def test_broken_lines_fit_and_lose_nothing() -> None:
    text = "Appointments missed without telling thepractiseatallwhichisaverylongword of all booked"
    lines = broken(text, 1.2, 9)
    assert all(text_width(line, 9) <= 1.2 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert broken("", 1, 9) == []


def test_balanced_lines_are_no_more_than_needed() -> None:
    text = "unusually high in March, a concern, and again in May"
    assert len(balanced(text, 2.4, 10)) == len(broken(text, 2.4, 10))
    assert balanced("short", 3, 10) == ["short"]


def test_what_is_too_long_ends_in_dots_within_its_room() -> None:
    lines = fitted("The Riverside and Old Mill Practice Partnership", 1.0, 9, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("...")
    assert text_width(lines[-1], 9) <= 1.0

"""Which pages a paper holds, how they become one, and what Chromium prints of them."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from pcqa_teach.errors import RunError, SetupError
from pcqa_teach.publish.paper import make, press, which
from pcqa_teach.publish.paper.compose import UNKNOWN_PAGE, compose, place

pytest.importorskip("bs4", reason="Beautiful Soup is not installed")
pypdf = pytest.importorskip("pypdf")

PAGE = """<html><body><nav>menu</nav><article class="bd-article"><section id="task-1">
<h1>{title}<a class="headerlink" href="#x">#</a></h1>{text}<button>Copy</button></section>
<div class="toctree-wrapper compound">
</div>
</article></body></html>"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A built book of three pages."""
    texts = {
        "book/day": ("Day 1", '<a href="../notebooks/one.html#task-1">go</a>'
                              '<a href="elsewhere.html">away</a>'),
        "notebooks/one": ("One & all", '<img src="../_images/a.png"><a href="#task-1">up</a>'),
        "notebooks/two": ("Two", '<a href="https://example.org/">out</a>'),
    }  # fmt: skip
    for name, (title, text) in texts.items():
        path = tmp_path / f"{name}.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAGE.format(title=title, text=text))
    return tmp_path


PAGES = [("book/day", 0), ("notebooks/one", 1), ("notebooks/two", 1)]


def test_every_page_of_the_contents_is_on_some_paper_that_may_hold_it(root: Path):
    contents = which.contents_of(root)
    lessons = {
        f"notebooks/{path.parent.name}/{path.stem}"
        for path in (root / "notebooks").glob("*/*.ipynb")
    }
    held = {
        edition: {name for paper in which.PAPERS if paper.edition == edition
                  for name, _ in which.pages(paper, contents)}
        for edition in ("participant", "facilitator")
    }  # fmt: skip
    assert lessons <= held["participant"]
    assert {name for name in lessons if "own-data" not in name} <= held["facilitator"]
    assert not [name for name in held["participant"] if "/facilitator/" in name]
    assert [name for name in held["facilitator"] if "/facilitator/" in name]
    for paper in which.PAPERS:  # what shows answers is known by its name
        assert paper.name.startswith("facilitators-") == (paper.edition == "facilitator")


def test_links_lead_inside_the_paper_or_become_words(book: Path):
    page = compose("A workbook", "For you", PAGES, book, "Version 1")
    assert f'href="#{place("notebooks/one", "task-1")}">go</a>' in page
    assert f'href="#{place("notebooks/one", "task-1")}">up</a>' in page
    assert page.count('id="notebooks.one.task-1"') == page.count('id="book.day.task-1"') == 1
    assert "away" in page
    assert "elsewhere.html" not in page
    assert 'href="https://example.org/"' in page
    assert f'src="{(book / "_images/a.png").as_uri()}"' in page
    assert "Copy" not in page
    assert "headerlink" not in page
    assert "menu" not in page
    assert "toctree" not in page


def test_the_contents_say_the_page_of_each(book: Path):
    unknown = compose("A workbook", "For you", PAGES, book, "Version 1")
    known = compose("A workbook", "For you", PAGES, book, "Version 1", {place("notebooks/two"): 7})
    assert unknown.count(f">{UNKNOWN_PAGE}<") == 3
    assert '">TWO Two</a><span class="page">7</span>' in known
    assert '">ONE One &amp; all</a>' in known  # a lesson's letter and number stand before its title


def test_a_page_by_itself_lists_what_it_holds_with_the_pages(tmp_path: Path):
    (tmp_path / "sheets.html").write_text(
        '<article class="bd-article"><section id="all"><h1>Sheets</h1><p>For a room.</p>'
        '<div class="d-print-none">Press its name.</div>'
        '<section id="tally"><h2>A tally</h2></section><section id="pdsa"><h2>PDSA</h2></section>'
        "</section></article>"
    )
    page = compose("Sheets", "For you", [("sheets", 0)], tmp_path, "1", {"pdsa": 31})
    assert 'href="#pdsa">PDSA</a><span class="page">31</span>' in page
    assert f'href="#tally">A tally</a><span class="page">{UNKNOWN_PAGE}</span>' in page
    assert "Press its name" not in page


def test_each_pages_name_stands_at_its_foot(book: Path):
    page = compose("A workbook", "For you", PAGES, book, "Version 1")
    for number, name in enumerate(["Day 1", "ONE One & all", "TWO Two"]):
        assert f'@page p{number} {{ @bottom-left {{ content: "{name}"; }} }}' in page
        assert f'style="page: p{number}"' in page


def test_with_a_pencil_it_says_how_and_gives_lines(book: Path):
    assert "With a pencil" not in compose("A workbook", "For you", PAGES, book, "Version 1")
    page = compose("A workbook", "For you", PAGES, book, "Version 1", pencil=True)
    assert page.count("With a pencil") == 1


def test_a_page_that_was_not_built_is_named(book: Path):
    with pytest.raises(SetupError, match="no page 'book/lost'"):
        compose("A workbook", "For you", [("book/lost", 0)], book, "Version 1")


def test_a_paper_that_does_not_exist_is_answered_with_those_that_do():
    with pytest.raises(SetupError, match="no paper 'workbok': choose from workbook-core-concepts"):
        make.make(["workbok"])


@pytest.fixture
def as_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """A built book of two pages for a paper of its own; returns the editions that were built."""
    pages = (("book/tally", "A tally"), ("book/star", "A star"))
    text = "<section id='{0}'><h2>{0}</h2><p>Words</p></section>"
    for name, title in pages:
        path = tmp_path / "html" / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(title=title, text=text.format(path.stem)))
    contents = {"parts": [{"caption": "P", "chapters": [{"file": name} for name, _ in pages]}]}
    built: list[str] = []

    def build(edition: str, **_: object) -> Path:
        built.append(edition)
        return tmp_path / "html" / "index.html"

    monkeypatch.setattr(make.book, "build", build)
    monkeypatch.setattr(make, "contents_of", lambda _: contents)
    papers = [which.Paper(name, "Both", "participant", ("P",)) for name in ("one", "two")]
    monkeypatch.setattr(make, "PAPERS", papers)
    return built


@pytest.mark.skipif(press.chromium() is None, reason="Chromium is not installed")
def test_papers_are_printed_twice_with_their_pages_in_the_contents(as_built, tmp_path: Path):
    said: list[str] = []
    out = tmp_path / "papers"
    made = make.make(["one", "two"], out, said.append)
    assert made == [out / "one.pdf", out / "two.pdf"]
    assert as_built == ["participant"]
    assert [line.split(":")[0] for line in said if "again" not in line] == [
        "printing one",
        "printing two",
    ]
    pages = [page.extract_text() for page in pypdf.PdfReader(out / "one.pdf").pages]
    told = re.findall(r"A (tally|star)\W*(\d+)", " ".join(pages[:2]))
    assert [(name, int(number)) for name, number in told] == [
        (name, 1 + next(n for n, text in enumerate(pages) if "Words" in text and name in text))
        for name in ("tally", "star")
    ]
    assert {path.name for path in out.iterdir()} == {"one.pdf", "two.pdf"}


@pytest.mark.skipif(press.chromium() is None, reason="Chromium is not installed")
def test_contents_that_name_no_page_are_not_printed(as_built, monkeypatch, tmp_path: Path):
    monkeypatch.setattr(press, "begins", lambda _: {place("book/tally"): 3})
    with pytest.raises(RunError, match="'one' name a place that was not printed"):
        make.make(["one"], tmp_path / "papers")
    assert not list((tmp_path / "papers").iterdir())


def test_without_chromium_or_a_folder_nothing_is_built(as_built, monkeypatch, tmp_path: Path):
    monkeypatch.setattr(press, "chromium", lambda: "chromium")
    (tmp_path / "papers").touch()
    with pytest.raises(SetupError, match="'papers' is a file"):
        make.make(["one"], tmp_path / "papers")
    monkeypatch.setattr(press, "chromium", lambda: None)
    with pytest.raises(SetupError, match="apt install chromium"):
        make.make(["one"], tmp_path / "other")
    assert as_built == []


def test_without_chromium_a_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(press.shutil, "which", lambda _: None)
    with pytest.raises(SetupError, match="apt install chromium"):
        press.printed("<p>x</p>")


def test_a_browser_that_fails_is_one_sentence(monkeypatch, tmp_path: Path):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho 'no room left' >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(press.shutil, "which", lambda _: str(broken))
    with pytest.raises(RunError, match="printed nothing: no room left"):
        press.printed("<p>x</p>")


@pytest.mark.browser
def test_what_is_printed_has_numbers_bookmarks_tags_and_the_same_bytes(book: Path):
    if not any(map(press.shutil.which, press.CHROMIUM)):
        pytest.skip("Chromium is not on this computer")
    first = press.printed(compose("A workbook", "For you", PAGES, book, "Version 1"))
    begins = press.begins(first)
    assert {place(name): begins[place(name)] for name, _ in PAGES} == {
        "book.day": 3, "notebooks.one": 4, "notebooks.two": 5,
    }  # fmt: skip
    page = compose("A workbook", "For you", PAGES, book, "Version 1", begins)
    made = press.finished(press.printed(page), "A workbook")
    assert press.finished(press.printed(page), "A workbook") == made
    reader = pypdf.PdfReader(io.BytesIO(made))
    text = [one.extract_text() for one in reader.pages]
    assert len(text) == 5
    assert all(number in text[1] for number in "345")
    assert text[3].rstrip().endswith("4") or text[3].lstrip().startswith("4")
    assert reader.metadata.title == "A workbook"
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert {"Day 1", "ONE One & all", "TWO Two"} <= {
        one.title for one in reader.outline if hasattr(one, "title")
    }


@pytest.mark.browser
def test_names_that_chromium_counts_differently_by_chance_end_the_same():
    if not any(map(press.shutil.which, press.CHROMIUM)):
        pytest.skip("Chromium is not on this computer")
    first = press.printed(
        "<table><tr><th scope='col'>Day<th scope='col'>Calls<tr><td>Monday<td>93</table>"
    )
    names = set(re.findall(rb"\(node\d{8}\)", first))
    assert len(names) >= 2
    later = re.sub(rb"\(node(\d{8})\)", lambda one: b"(node%08d)" % (int(one[1]) + 2), first)
    assert later != first
    assert press.finished(later, "A table") == press.finished(first, "A table")
    assert b"(node00000001)" in press.finished(first, "A table")

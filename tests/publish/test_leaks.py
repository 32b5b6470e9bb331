from __future__ import annotations

import html
import json
import pickle

import nbformat
import pytest

from pcqa_teach.errors import RunError
from pcqa_teach.publish import editions, leaks

LINE = "answer_z9_1 = len('kingfisher_solution')"


@pytest.fixture
def clean(tmp_path, lesson):
    folder = tmp_path / "given"
    folder.mkdir()
    nbformat.write(editions.participant(lesson), folder / "z9_planted.ipynb")
    return folder


def test_a_participants_copy_is_clean(clean, source):
    assert leaks.find_leaks(clean, [source]) == []


def test_the_source_itself_is_full_of_leaks(source, secrets):
    found = leaks.find_leaks(source.parent, [source])
    assert {leak.cell for leak in found} == {2, 3, 6, 7, 8}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", "<pre>" + html.escape(LINE).replace("len", "<span>len</span>") + "</pre>"),
        ("page.html", f'<p data-note="{html.escape(LINE)}">nothing</p>'),
        ("page.md", LINE),
        ("copy.ipynb", json.dumps({"source": [LINE + "\n"]})),
        ("index.js", '{"words": "' + LINE.replace("s", "\\u0073") + '"}'),
        ("words.html", "<p>Avocet <b>words</b> for\n the facilitator: <em>wait</em>.</p>"),
    ],
)
def test_a_line_is_found_however_it_is_dressed(clean, source, name, content):
    (clean / name).write_text(content)
    assert {leak.file.name for leak in leaks.find_leaks(clean, [source])} == {name}


def test_a_line_is_found_in_a_pickle(clean, source):
    (clean / "page.doctree").write_bytes(pickle.dumps([LINE]))
    assert leaks.find_leaks(clean, [source])


def test_a_lesson_is_searched_for_though_another_has_its_name(clean, source, tmp_path):
    other = tmp_path / "our-own" / source.name
    other.parent.mkdir()
    nbformat.write(nbformat.v4.new_notebook(), other)
    (clean / "page.md").write_text(LINE)
    assert leaks.find_leaks(clean, [source, other])


def test_a_line_that_participants_see_too_is_no_leak(clean, source):
    (clean / "page.md").write_text("Curlew stands in plain sight")
    assert leaks.find_leaks(clean, [source]) == []


def test_a_line_that_the_book_itself_says_is_no_leak(clean, source, tmp_path):
    prose = tmp_path / "book"
    prose.mkdir()
    (prose / "index.md").write_text(f"As it happens, {LINE} is said here.")
    (clean / "page.md").write_text(LINE)
    assert leaks.find_leaks(clean, [source]) != []
    assert leaks.find_leaks(clean, [source], prose) == []


def test_a_built_page_of_the_library_may_use_the_names_that_keys_use(clean, source):
    for folder, name in (("book/python", "lessons.html"), ("book/python", "lessons.doctree"),
                         ("book/python", "lessons.md"), ("book", "lessons.html")):  # fmt: skip
        (clean / folder).mkdir(parents=True, exist_ok=True)
        (clean / folder / name).write_text(LINE)
    told = {leak.file.as_posix() for leak in leaks.find_leaks(clean, [source])}
    assert told == {"book/python/lessons.md", "book/lessons.html"}


def test_a_leak_is_told_by_its_place_and_never_repeated(clean, source):
    (clean / "page.md").write_text(LINE)
    with pytest.raises(RunError, match=r"z9_planted, cell 6, line 3, in page\.md") as caught:
        leaks.assert_clean(clean, [source])
    assert "kingfisher" not in str(caught.value)

"""A lesson's text becomes HTML that runs, links to and loads nothing."""

from __future__ import annotations

import base64
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach.run import words
from pcqa_teach.run.scrub import Scrubber
from pcqa_teach.run.words import from_html, from_markdown, from_text


def test_notes_keep_their_title_and_text():
    made = from_markdown("```{admonition} Mind\n:class: tip\nTake **care**.\n```\n\nAfter.")
    assert '<p class="note-title">Mind</p>' in made
    assert "<strong>care</strong>" in made
    assert ":class:" not in made
    assert made.rstrip().endswith("<p>After.</p>")


def test_colon_fences_and_notes_within_notes_are_read():
    made = from_markdown("::::{note}\nOuter\n\n:::{tip}\nInner\n:::\n::::")
    assert made.count("<aside") == 2
    assert ":::" not in made


def test_glossary_marks_leave_their_words():
    assert from_markdown("{term}`the limits <limit>` and {term}`mean`") == (
        "<p>the limits and mean</p>\n"
    )


def test_tables_survive():
    assert "<th>a</th>" in from_markdown("| a | b |\n|---|---|\n| 1 | 2 |")


def test_links_become_addresses_that_can_be_read_on_paper():
    assert "the guide (nhs.uk/a)" in from_markdown("[the guide](https://www.nhs.uk/a)")
    assert from_markdown("[the next page](b3.ipynb)") == "<p>the next page</p>\n"


@given(st.text())
def test_nothing_that_runs_or_loads_survives(text: str):
    markup = f'<p onmouseover="x">{text}</p><script>{text}</script><img src="//a/{text}">'
    made = from_html(markup).lower()
    assert "<script" not in made
    assert "onmouseover=" not in made
    assert "src=" not in made


def test_pictures_inside_the_page_survive():
    image = '<img alt="A" src="data:image/png;base64,AAAA">'
    assert from_html(image) == image


def test_plain_text_is_escaped():
    assert from_text("a < b\n") == "<pre>a &lt; b</pre>"


def test_the_exports_name_goes_however_it_is_spelt():
    scrub = Scrubber(["/data/Ann Lee/O'Brien & 9434765919.csv"])
    for spelt in (
        "/data/Ann Lee/O'Brien & 9434765919.csv",
        "O&#x27;Brien &amp; 9434765919.csv",
        '"O\'Brien & 9434765919.csv"',
    ):
        assert scrub.text(f"In {spelt}, 3 rows") == "In the export, 3 rows"
    assert scrub.text("'/data/Ann Lee' is full") == "The folder is full"
    assert scrub.text("<b>&#x27;9434765919.csv&#x27;</b>") == "<b>&#x27;9434765919.csv&#x27;</b>"
    assert Scrubber(["/d/a.csv"]).text("<b>&#x27;a.csv&#x27;: 3</b>") == "<b>The export: 3</b>"


def test_two_exports_keep_apart():
    scrub = Scrubber(["/d/ann.csv", "/d/bob.csv"])
    assert scrub.text("'ann.csv' and 'bob.csv' overlap") == "Export 1 and export 2 overlap"


def test_a_name_inside_a_picture_goes_too():
    picture = base64.b64encode(b"<svg><!-- ann.csv --></svg>").decode()
    made = Scrubber(["/d/ann.csv"]).text(f"data:image/svg+xml;base64,{picture}")
    inside = base64.b64decode(made.split(",", 1)[1])
    assert inside == b"<svg><!-- the export --></svg>"


def test_the_letters_of_a_picture_are_not_text():
    scrub = Scrubber(["/d/Q1"])
    page = '<img src="data:image/png;base64,AA+Q1/BB=" alt="Made from Q1">'
    assert scrub.text(page) == page.replace("from Q1", "from the export")
    output = {"image/png": "AA+Q1/BB=", "text/plain": "Q1 is read"}
    assert scrub.tree(output) == {"image/png": "AA+Q1/BB=", "text/plain": "The export is read"}


def test_an_account_that_lives_at_the_root_of_the_disk_does_not_rewrite_slashes(monkeypatch):
    monkeypatch.setenv("HOME", "/")
    text = "6 / 3 = 2 in ~/reports"
    assert Scrubber(["/d/ann.csv"]).text(text) == text


def test_other_text_is_left_alone():
    text = "The channel scan.csv and 'planning' keep their names"
    assert Scrubber(["/d/an.csv"]).text(text) == text


def test_an_export_with_a_plain_word_for_a_name_does_not_rewrite_the_report():
    scrub = Scrubber(["exports/appointments"])
    results = {"appointments": 2980, "alt": "46% of appointments were booked on the day"}
    assert scrub.tree(results) == results
    assert scrub.text("'exports/appointments' is empty.") == "The export is empty."


def test_a_plain_word_is_a_files_name_where_it_stands_in_quotation_marks():
    scrub = Scrubber(["people/williamson"])
    assert scrub.text("'williamson' is empty.") == "The export is empty."
    assert scrub.text("<b>&#x27;williamson&#x27;</b>") == "<b>The export</b>"
    assert scrub.text("Look: 'williamson', 3 rows") == "Look: the export, 3 rows"
    for code in ('<i class="williamson">', "{'williamson': 3}", "kind='williamson'"):
        assert scrub.text(code) == code


def test_a_persons_name_without_an_ending_is_still_taken_out():
    assert Scrubber(["Okonkwo 4"]).text("'Okonkwo 4' is empty.") == "The export is empty."


def test_many_threads_at_once_give_what_one_gives():
    text = "\n\n".join(
        f"## Part {n}\n\n- a *list* of **{n}** [here](https://example.org/{n})" for n in range(30)
    )
    markup = "".join(
        f'<table class="x"><tr><td onclick="y">{n}</td></tr></table>' for n in range(200)
    )
    with ThreadPoolExecutor(8) as pool:
        told = set(pool.map(lambda _: from_markdown(text), range(32)))
        cleaned = set(pool.map(lambda _: from_html(markup), range(32)))
    assert told == {from_markdown(text)}
    assert cleaned == {from_html(markup)}


MEGABYTE = 1 << 20
ENDLESS = ["<script ", "<style>", "```{a}\n", ":::{a}\n:::\n", "{a}`", "[a](", "<b><p>", "<ul><li>",
           "<p a/", "|-|\n", "> ", "&", "{a}` "]  # fmt: skip


@pytest.mark.parametrize("unit", ENDLESS)
def test_a_text_that_is_meant_to_take_for_ever_is_answered(unit: str) -> None:
    for text in (unit * (MEGABYTE // len(unit)), unit * (10_000 // len(unit))):
        assert "<script" not in from_markdown(text)
        assert "<script" not in from_html(text)
    assert from_markdown(unit * MEGABYTE) == from_text(unit * MEGABYTE)


def test_one_mark_before_very_many_spaces_is_answered() -> None:
    assert from_markdown("{a}`" + " " * 39_000).startswith("<p>{a}`")
    assert words._without_dropped("<script" + " " * MEGABYTE).startswith("<script")


def test_notes_within_notes_without_end_are_text_from_some_depth_on() -> None:
    deep = range(40, 2, -1)
    opened = "".join(f"{':' * n}{{note}}\n" for n in deep)
    closed = "".join(f"{':' * n}\n" for n in reversed(deep))
    assert 3 < from_markdown(opened + closed).count("<aside") < len(deep)


def test_tags_within_tags_without_end_are_shown_as_text() -> None:
    assert from_html("<ul><li>" * 40 + "x").count("<li>") == 40
    assert from_html("<ul><li>" * 4_000) == from_text("<ul><li>" * 4_000)
    assert from_html("<ul><li>x") == "<ul><li>x</li></ul>"  # and is none the worse for it


# What the scanners find, as patterns that say the same and take for ever over some texts.
ROLE = re.compile(r"\{[a-z][\w:.-]*\}`([^`<]*?)\s*(?:<[^`>]*>)?`")
NOTE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}|:{3,})\{(?P<kind>[\w:-]+)\}[ \t]*(?P<title>[^\n]*)\n"
    r"(?P<body>.*?)^(?P=fence)[ \t]*$", flags=re.MULTILINE | re.DOTALL,
)  # fmt: skip
DROPPED = re.compile(r"<(script|style|iframe|object)\b.*?</\1\s*>", flags=re.DOTALL | re.I)
PIECES = st.sampled_from([
    "```", "````", ":::", "~~~", "{a}", "{note}", " ", "\t", "\n", "x", "`", "<", ">", "{term}`",
    "{t", "</", "<script", "</script", ">", "<STYLE", "</style>", "</ script",
])  # fmt: skip


@given(st.lists(PIECES, max_size=24).map("".join))
def test_the_scanners_find_what_the_patterns_find(text: str) -> None:
    found = [(at, note["fence"], note["kind"], note["title"], body, end)
             for at, note, body, end in words._notes(text)]  # fmt: skip
    assert found == [(one.start(), *one.group("fence", "kind", "title", "body"), one.end())
                     for one in NOTE.finditer(text)]  # fmt: skip
    assert words._ROLE.sub(lambda found: found[1].rstrip(), text) == ROLE.sub(r"\1", text)
    assert words._without_dropped(text) == DROPPED.sub("", text)

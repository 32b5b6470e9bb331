"""A certificate: what it lists, when it is refused, and that nobody can change it unseen."""

from __future__ import annotations

import base64
import json
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pcqa_teach.classroom.certificate import Piece, check, issue
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.cli import app
from pcqa_teach.errors import ClassroomError

from . import make, marked

THERE = [
    Piece("Project charter", ("Charter lesson",)),
    Piece("One XmR chart", ("Plot the dots",)),
    Piece("Failure demand", ("Demand lesson",)),
    Piece("First PDSA", ("The Model for Improvement",)),
]
SHORT = [*THERE[:3], Piece("First PDSA", wanted="write it where the lesson asks for it, and save.")]


@pytest.fixture
def known(course: ClassFolder) -> ClassFolder:
    """A class with somebody whose work is marked."""
    marked.roster(course, "blue-kettle,Ann,Example,,", "red-door,,,,")
    marked.marks(course, {"blue-kettle": marked.RIGHT})
    return course


def test_it_lists_the_name_the_pieces_and_the_assignments(known: ClassFolder) -> None:
    text = issue(known, "blue-kettle", THERE).read_text(encoding="utf-8")
    assert "<strong>Ann Example</strong> has completed" in text
    for piece in THERE:
        assert f"<strong>{piece.heading}</strong>: {piece.found_in[0]}" in text
    assert '<th scope="row">small-day</th><td>1 of 1</td>' in text
    assert "5 of 8, some still to be read" in text
    assert "blue-kettle" not in text
    assert "on paper" not in text


def test_it_is_refused_while_a_piece_is_missing_and_says_which(known: ClassFolder) -> None:
    with pytest.raises(ClassroomError, match=r"1 piece .* First PDSA \(write it .* --anyway"):
        issue(known, "blue-kettle", SHORT)
    assert not (known.path / "certificates").exists()
    assert not (known.path / ".pcqa").exists()


def test_a_piece_that_the_coach_saw_on_paper_is_said_to_be_that(known: ClassFolder) -> None:
    text = issue(known, "blue-kettle", SHORT, anyway=True).read_text(encoding="utf-8")
    assert "seen on paper by its coach:</p><ul><li>First PDSA</li></ul>" in text
    assert "<strong>First PDSA</strong>" not in text
    assert "has taken part in the programme" in text
    assert "has completed" not in text


def test_a_day_of_which_nothing_was_handed_in_is_listed(known: ClassFolder) -> None:
    text = issue(known, "red-door", THERE, name="Bo Example").read_text(encoding="utf-8")
    assert "has taken part in the programme" in text
    assert "Of these days nothing was handed in:</p><ul><li>small-day</li></ul>" in text
    assert "Of these days" not in issue(known, "blue-kettle", THERE).read_text(encoding="utf-8")


def test_a_certificate_that_is_not_there_is_said_not_to_be(tmp_path: Path) -> None:
    with pytest.raises(ClassroomError, match=r"There is no file 'none\.html' there"):
        check(tmp_path / "none.html")


def test_it_needs_a_name_to_print(known: ClassFolder) -> None:
    with pytest.raises(ClassroomError, match="--name"):
        issue(known, "red-door", THERE)
    text = issue(known, "red-door", THERE, name='  <b>"Bo"</b> O\'Test ').read_text()
    assert "&lt;b&gt;&quot;Bo&quot;&lt;/b&gt; O&#x27;Test" in text
    assert "<b>" not in text


@pytest.mark.parametrize("code", ["nobody", "../blue-kettle", "a b"])
def test_a_code_that_the_class_does_not_know_is_refused(known: ClassFolder, code: str) -> None:
    with pytest.raises(ClassroomError):
        issue(known, code, THERE, name="Ann")


def test_the_class_knows_its_own_and_sees_another_s(
    known: ClassFolder, new_class: Callable[[str], ClassFolder]
) -> None:
    page = issue(known, "blue-kettle", THERE)
    own = check(page, known)
    assert own.well
    assert "is genuine" in own.said
    other = new_class("other")
    marked.roster(other, "a,Ann,Example,,")
    forged = issue(other, "a", THERE)
    assert not check(forged, known).well
    assert "is not of this class" in check(forged, known).said
    alone = check(page)
    assert alone.well
    assert "Compare that with what the class's coach tells you" in alone.said


def _is_well(page: Path, course: ClassFolder) -> bool:
    try:
        return check(page, course).well
    except ClassroomError as error:
        return not re.search("bears no seal|cannot be read", str(error))


def test_no_byte_of_it_can_be_changed_unseen(known: ClassFolder, tmp_path: Path) -> None:
    content = issue(known, "blue-kettle", THERE).read_bytes()
    changed = tmp_path / "changed.html"
    unseen = []
    ends = {number for number, byte in enumerate(content) if byte in b"\r\n"}
    for place in (*range(0, len(content), 37), *range(len(content) - 900, len(content))):
        if place in ends:
            continue
        changed.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        if _is_well(changed, known):
            unseen.append(place)
    assert not unseen
    for longer in (content + b"<p>and more</p>", content.replace(b"<main>", b"<main><p>More</p>")):
        changed.write_bytes(longer)
        assert not check(changed, known).well


def test_line_ends_may_change_on_the_way(known: ClassFolder, tmp_path: Path) -> None:
    content = issue(known, "blue-kettle", THERE).read_bytes()
    mailed = tmp_path / "mailed.html"
    mailed.write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    assert check(mailed, known).well


def test_another_program_can_check_it_by_what_the_page_says(known: ClassFolder) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    text = issue(known, "blue-kettle", THERE).read_text(encoding="utf-8")
    key, signature = re.findall(r'<code id="(?:public-key|signature)">([^<]+)</code>', text)
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
    public.verify(base64.b64decode(signature), text.replace(signature, "").encode())


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"\xff\xfe", b"x" * (5 << 20)])
def test_another_file_is_no_certificate(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.html"
    path.write_bytes(content)
    with pytest.raises(ClassroomError, match=r"bears no seal|cannot be read"):
        check(path)


def test_the_key_is_made_once_and_is_its_owner_s_alone(known: ClassFolder) -> None:
    first = check(issue(known, "blue-kettle", THERE), known).said
    key = known.path / ".pcqa" / "signing.key"
    content = key.read_bytes()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert check(issue(known, "blue-kettle", THERE), known).said == first
    assert key.read_bytes() == content
    key.write_bytes(content[:40])
    with pytest.raises(ClassroomError, match="is damaged"):
        issue(known, "blue-kettle", THERE)


def _notebook(code: str, name: str, pieces: dict[str, str]) -> str:
    drawn = {"text/html": '<img alt="A chart." src="data:image/png;base64,AAAA">',
             "image/png": "AAAA", "text/plain": "A chart."}  # fmt: skip
    cells = [
        {"cell_type": "code", "id": piece, "source": "", "execution_count": None,
         "metadata": {"pcqa": {"portfolio": piece}},
         "outputs": [{"output_type": "display_data", "data": drawn,
                      "metadata": {"pcqa": {"figure": piece, "alt": "A chart."}}}]}
        if not words else
        {"cell_type": "markdown", "id": piece, "source": words,
         "metadata": {"pcqa": {"portfolio": piece}}}
        for piece, words in pieces.items()
    ]  # fmt: skip
    about = {"id": name, "title": f"Lesson {name}", "participant": code}
    return json.dumps(
        {"cells": cells, "metadata": {"pcqa": about}, "nbformat": 4, "nbformat_minor": 5}
    )


def test_the_command_takes_the_pieces_from_what_was_handed_in(known: ClassFolder) -> None:
    run = CliRunner().invoke
    asked = ["classroom", "certificate", "blue-kettle", "--class", str(known.path)]
    nothing = run(app, asked)
    assert nothing.exit_code == 1
    assert "4 pieces of the portfolio are not there yet" in nothing.output
    make.hand_in(known, "blue-kettle", _notebook("blue-kettle", "b3", {"xmr": "", "response": "R"}),
                 "day1", "b3_x")  # fmt: skip
    rest = {"pareto": "", "cause": "C", "pdsa": "P", "charter": "Ch"}
    make.hand_in(known, "blue-kettle", _notebook("blue-kettle", "b11", rest), "day2", "b11_x")
    made = run(app, asked)
    assert made.exit_code == 0, made.output
    page = known.path / "certificates" / "blue-kettle.html"
    assert "</strong>: Lesson b3</li>" in page.read_text()
    checked = run(app, ["classroom", "certificate", "--check", str(page)])
    assert checked.exit_code == 0, checked.output
    page.write_text(page.read_text().replace("Ann Example", "Bob Example"))
    changed = run(app, ["classroom", "certificate", "--check", str(page)])
    assert changed.exit_code == 1
    assert "was changed after it was signed" in changed.output


def test_a_code_and_a_file_at_once_are_a_wrong_command_line() -> None:
    for asked in ([], ["x", "--check", "y.html"]):
        assert CliRunner().invoke(app, ["classroom", "certificate", *asked]).exit_code == 2

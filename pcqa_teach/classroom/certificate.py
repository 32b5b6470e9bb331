"""A certificate of completion: a page to print, signed with the key of the class."""

from __future__ import annotations

import contextlib
import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pcqa_teach.classroom import private
from pcqa_teach.classroom.codes import check_code
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.insights.tables import Cell, table
from pcqa_teach.classroom.results import NothingMarked, results
from pcqa_teach.classroom.seal import Signer, looked_at, own_fingerprint
from pcqa_teach.errors import ClassroomError, SetupError
from pcqa_teach.run import output, page
from pcqa_teach.sayings import and_list, counted

FOLDER = "certificates"
_FOOT = "Made by the coach of the class, on their own computer. It is no licence to practise."
_LONGEST = 120


@dataclass(frozen=True)
class Piece:
    """One of the exit artefacts: its heading, and what it was found in or what it still needs."""

    heading: str
    found_in: tuple[str, ...] = ()
    wanted: str = ""


@dataclass(frozen=True)
class Checked:
    """What was found of a certificate: one sentence, and whether all is well."""

    well: bool
    said: str


def issue(
    course: ClassFolder,
    code: str,
    pieces: Sequence[Piece],
    *,
    name: str = "",
    anyway: bool = False,
) -> Path:
    """Write somebody's certificate and return where it is.

    Parameters
    ----------
    course
        The class.
    code : str
        The participant's.
    pieces : list of Piece
        The exit artefacts, those that are there and those that are not.
    name : str
        As it shall read; else that of the roster.
    anyway : bool
        The coach has seen on paper what is missing; the certificate says so, and no longer that
        the programme was completed.

    Raises
    ------
    ClassroomError
        The class does not know the code, a piece is missing, or there is no name to print.
    """
    code = checked_code(code)
    person = course.roster().get(code)
    if person is None and not course.part("submitted", code).is_dir():
        raise ClassroomError("This class knows nobody of that code: see its roster.csv.")
    called = " ".join(name.split())
    if not called and person is not None:
        called = f"{person.first_name} {person.last_name}".strip()
    if not called or len(called) > _LONGEST:
        raise ClassroomError('Say how the name shall read, in a line: --name "Their Name".')
    missing = [piece for piece in pieces if not piece.found_in]
    if missing and not anyway:
        wants = "; ".join(f"{one.heading} ({one.wanted.rstrip('.')})" for one in missing)
        raise ClassroomError(
            f"{counted(len(missing), 'piece')} of the portfolio "
            f"{'is' if len(missing) == 1 else 'are'} not there yet: {wants}. If you have seen "
            "them on paper, add --anyway."
        )
    signer = Signer(course)
    text = signer.sealed(_page(course, code, called, pieces, signer))
    target = course.part(FOLDER, f"{code}.html")
    private.folder(target.parent)
    with output.file(target, replace=True) as draft:
        draft.write_bytes(text.encode())
    return target


def check(path: Path, course: ClassFolder | None = None) -> Checked:
    """Say whether a certificate is genuine and unchanged, and by which key.

    Parameters
    ----------
    path
        The page.
    course
        The class in whose folder one is, if any: its key is then compared.

    Raises
    ------
    ClassroomError
        There is no such file, it cannot be read, or it bears no seal.
    """
    if not path.exists():
        raise ClassroomError(f"There is no file '{path.name}' there: see how it is spelt.")
    seal = looked_at(path)
    if not seal.unchanged:
        return Checked(False, f"'{path.name}' was changed after it was signed, or is a forgery.")
    own = own_fingerprint(course) if course is not None else ""
    told = f"unchanged, signed by the key {seal.fingerprint}"
    if own == seal.fingerprint:
        return Checked(True, f"'{path.name}' is genuine: {told}, which is this class's.")
    if own:
        return Checked(False, f"'{path.name}' is not of this class: it is {told}, another's.")
    return Checked(
        True,
        f"'{path.name}' is {told}. Compare that with what the class's coach tells you its key is.",
    )


def checked_code(code: str) -> str:
    """Return a code that is fit for a file name.

    Raises
    ------
    ClassroomError
        It is none.
    """
    try:
        return check_code(code)
    except SetupError as error:
        raise ClassroomError(str(error)) from None


def _page(
    course: ClassFolder, code: str, name: str, pieces: Sequence[Piece], signer: Signer
) -> str:
    today = f"{date.today():%d %B %Y}".lstrip("0")
    facts = [
        ("Name", name),
        ("Class", course.name),
        ("Given", today),
        ("Key of the class", signer.fingerprint),
    ]
    found = [one for one in pieces if one.found_in]
    on_paper = [one.heading for one in pieces if not one.found_in]
    listed = "".join(
        f"<li><strong>{_safe(one.heading)}</strong>: {_safe(and_list(one.found_in))}</li>"
        for one in found
    )
    days = _days_missing(course, code)
    did = "has taken part in" if on_paper or days else "has completed"
    blocks = [
        f"<p><strong>{_safe(name)}</strong> {did} the programme of the class "
        f"<strong>{_safe(course.name)}</strong>.</p>",
        f"<h2>Exit portfolio</h2><ul>{listed}</ul>" if listed else "<h2>Exit portfolio</h2>",
    ]
    if on_paper:
        seen = "".join(f"<li>{_safe(one)}</li>" for one in on_paper)
        blocks.append(
            "<p>Not in what was handed in to the class, but seen on paper by its coach:</p>"
            f"<ul>{seen}</ul>"
        )
    if days:
        listed = "".join(f"<li>{_safe(one)}</li>" for one in days)
        blocks.append(f"<p>Of these days nothing was handed in:</p><ul>{listed}</ul>")
    blocks += _marks(course, code)
    blocks.append(
        "<h2>How to check this page</h2><p>With the kit, offline: <code>pcqa classroom certificate "
        "--check FILE</code>. Without it: the signature is Ed25519, by the public key below, over "
        "the text of this file in UTF-8 with line feeds, the text between the signature's tags "
        "left out. The fingerprint above is the start of the key's SHA-256; ask the coach, not "
        "this page, whether it is theirs.</p>" + signer.place()
    )
    return page.rendered("Certificate of completion", facts, blocks, foot=_FOOT)


def _days_missing(course: ClassFolder, code: str) -> list[str]:
    """Return the assignments that were handed out and of which somebody has handed in nothing."""
    out = {path.parent.name for path in course.part("release").glob("*/*.ipynb")}
    there = {path.parent.name for path in course.part("submitted", code).glob("*/*.ipynb")}
    with contextlib.suppress(NothingMarked):
        grades = results(course.gradebook).grades
        there |= set(grades.loc[(grades["student"] == code) & grades["handed"], "assignment"])
    return sorted(out - there)


def _marks(course: ClassFolder, code: str) -> list[str]:
    """Return the assignments with their scores, as far as they are marked."""
    try:
        grades = results(course.gradebook).grades
    except NothingMarked:
        return []
    own = grades[(grades["student"] == code) & grades["handed"]]
    if own.empty:
        return []
    lessons = grades.groupby("assignment")["notebook"].nunique()
    columns: dict[str, list[Cell]] = {"Assignment": [], "Lessons handed in": [], "Points": []}
    for assignment, part in own.groupby("assignment"):
        columns["Assignment"].append(str(assignment))
        there, of_all = part["notebook"].nunique(), lessons[str(assignment)]
        columns["Lessons handed in"].append(f"{there} of {of_all}")
        waiting = ", some still to be read" if part["waiting"].any() else ""
        got, of = part["score"].sum(), part["max_score"].sum()
        columns["Points"].append(f"{got:g} of {of:g}{waiting}")
    return ["<h2>Assignments</h2>", table(columns, "What was handed in")]


def _safe(text: str) -> str:
    return html.escape(text)

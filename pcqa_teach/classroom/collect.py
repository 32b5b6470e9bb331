"""Take in what was handed in, as it comes: a folder or an archive, of whatever naming.

A notebook says itself whose it is and which lesson: the workbook and the browser lab have written
it there; on a hub the folder says whose. What does not say so, or says two things, is listed, never
guessed; the one help is a coach's own: a name that ends in `--CODE`. Every version is kept; the
newest in which something was answered counts, by the time at which its file was last changed.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pcqa_teach.classroom import exchange, moodle
from pcqa_teach.classroom.codes import check_code
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.grading import repair, submission
from pcqa_teach.classroom.grading.versions import as_it_was
from pcqa_teach.classroom.unpack import Piece, pieces
from pcqa_teach.errors import ClassroomError, SetupError
from pcqa_teach.run import output
from pcqa_teach.sayings import counted

_STAMP = "%Y%m%dT%H%M%S.%fZ"
_NOBODYS = (
    "it does not say whose it is: ask who handed it in, then let its name end in `--CODE.ipynb`, "
    "with their code of the roster, and collect it again"
)
_TWO_CODES = "it carries the code of one person inside and of another outside: ask whose it is"
_IN_NAME = re.compile(
    r"--(?P<code>[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*)(?:--improved-\d+)?"
    r"(?:[ _-]*\((?P<copy>\d{1,3})\))?\.ipynb(?:\.(?:txt|json))?$",
    re.IGNORECASE,
)
_MOST = 20  # versions that are kept of a person's work on a lesson
_OLDER = f"it is older than the {_MOST} newest versions that were handed in"
_FULL = (
    f"{_MOST} versions of it are kept already: take some out of the class's `collected` folder, "
    "and collect it again"
)
_OTHERS_NAMED = 5
_BY_NAME = "taken by its name, as there is no code in it"
Say = Callable[[int, int], None]


@dataclass(frozen=True)
class Found:
    """A file that was handed in: whose, which lesson, when; or why it could not be taken.

    `copy` is the number that a browser puts behind a name which is there already; `moodle`, the
    folder in which Moodle gave it; `note`, what a coach should know of one that was taken.
    """

    name: str
    student: str = ""
    notebook: str = ""
    when: datetime | None = None
    trouble: str = ""
    copy: int = 0
    moodle: str = ""
    note: str = ""


@dataclass(frozen=True)
class Collected:
    """What was taken in, and what was not, each with its reason; `others` are no notebooks.

    `passed_over` are (person, lesson) whose newest copy is empty, so that an earlier one counts.
    """

    taken: tuple[Found, ...]
    not_taken: tuple[Found, ...]
    known_before: int
    others: tuple[str, ...] = ()
    passed_over: tuple[tuple[str, str], ...] = ()

    def sentences(self) -> list[str]:
        """Return what was done, a line for each thing that a coach should know."""
        people = {one.student for one in self.taken}
        said = [
            f"{counted(len(self.taken), 'notebook')} of "
            f"{counted(len(people), 'person', 'people')} taken in."
        ]
        if self.known_before:
            said.append(f"{self.known_before} were here already.")
        said += [f"{_printable(one.name)}: {one.note}." for one in self.taken if one.note]
        said += [
            f"{student}: the newest copy of {notebook} is as it was handed out, and the one before "
            "it with something answered counts."
            for student, notebook in self.passed_over
        ]
        said += [f"Not taken: {_printable(one.name)}: {one.trouble}." for one in self.not_taken]
        if self.others:
            named = ", ".join(_printable(name) for name in self.others[:_OTHERS_NAMED])
            more = " and more" if len(self.others) > _OTHERS_NAMED else ""
            said.append(f"Left alone, as they are no notebooks: {named}{more}.")
        return said


def collect(
    course: ClassFolder, assignment: str, source: Path, say: Say | None = None
) -> Collected:
    """Take in the notebooks of an assignment from a folder or an archive.

    Parameters
    ----------
    course
        The class.
    assignment : str
        Such as `core-day1`; it must have been handed out.
    source : path
        A folder or a zip: of Moodle's naming, of downloads, of attachments, of a hub's exchange.
    say : callable, optional
        Told how many files are done, of how many.

    Raises
    ------
    ClassroomError
        There is nothing there, or the archive itself is damaged.
    """
    lessons = _lessons(course, assignment)
    roster = course.roster()
    taken: list[Found] = []
    left: list[Found] = []
    others: list[str] = []
    here: set[tuple[str, str]] = set()
    known = 0
    with tempfile.TemporaryDirectory(prefix="pcqa-collect-") as scratch:
        seen = [_looked_at(one, source, lessons, roster) for one in pieces(source, Path(scratch))]
        seen = _newest(_each_in_its_folder(seen, course.part("collected", assignment)))
        again = pieces(source, Path(scratch))
        for number, (one, piece) in enumerate(zip(seen, again, strict=False), start=1):
            if one.name != piece.name:
                raise ClassroomError(f"'{source.name}' has changed meanwhile: collect it again.")
            if piece.other:
                others.append(piece.name)
            elif one.trouble or piece.path is None:
                left.append(one)
            else:
                here.add((one.student, one.notebook))
                new = _keep(course, assignment, one, piece.path)
                if new is None:
                    left.append(replace(one, trouble=_FULL))
                elif new:
                    taken.append(one)
                else:
                    known += 1
            if say:
                say(number, len(seen))
    if not taken and not left and not known:
        raise ClassroomError(f"'{source.name}' holds no notebook.")
    passed_over = [one for one in sorted(here) if _set_newest(course, assignment, *one)]
    return Collected(tuple(taken), tuple(left), known, tuple(others), tuple(passed_over))


def submitted(course: ClassFolder, assignment: str) -> dict[str, dict[str, Path]]:
    """Return the files that count, by participant and lesson."""
    found: dict[str, dict[str, Path]] = {}
    for path in sorted(course.part("submitted").glob(f"*/{assignment}/*.ipynb")):
        found.setdefault(path.parent.parent.name, {})[path.stem] = path
    return found


def _lessons(course: ClassFolder, assignment: str) -> dict[str, str]:
    """Return the lessons that were handed out, by their id."""
    paths = sorted(course.part("release", assignment).glob("*.ipynb"))
    if not paths:
        raise ClassroomError(
            f"'{assignment}' was never handed out in this class: run `pcqa classroom release "
            f"{assignment}` first."
        )
    return {path.stem.split("_", 1)[0]: path.stem for path in paths}


def _looked_at(
    piece: Piece, top: Path, lessons: Mapping[str, str], roster: Mapping[str, object]
) -> Found:
    """Say whose a file is, and which lesson; in a few words, what is the matter otherwise."""
    name = piece.name
    if piece.trouble or piece.path is None or piece.other:
        return Found(name, trouble=piece.trouble)
    handed_in = submission.read(piece.path)
    file_name = PurePosixPath(name).name
    named = _IN_NAME.search(file_name)
    stem = (file_name[: named.start()] if named else file_name).removesuffix(".ipynb")
    by_name = next((one for one, lesson in lessons.items() if stem.endswith(lesson)), "")
    on_hub = exchange.handed_in(top, name, piece.path)
    if on_hub and on_hub.trouble:
        return Found(name, trouble=on_hub.trouble)
    lesson = str(handed_in.about.get("id", ""))
    inside = str(handed_in.about.get("participant", ""))
    outside = {named["code"]} if named else set()
    outside |= {on_hub.code} if on_hub else set()
    note = ""
    if handed_in.trouble and by_name and outside:  # a damaged file's name is all that it says
        lesson = by_name
        note = f"taken in by its name; it cannot be read ({handed_in.trouble}): ask for it again"
    elif handed_in.trouble:
        return Found(name, trouble=handed_in.trouble)
    elif on_hub:
        lesson = lesson or by_name
    elif not inside and outside & set(roster):
        note = _BY_NAME
    elif not inside:
        outside = set()
    if lesson not in lessons:
        return Found(name, trouble="it is the work on a lesson that is not of this assignment"
                     if lesson else "it does not say which lesson it is")  # fmt: skip
    codes = outside | {inside} - {""}
    if len(codes) > 1:
        return Found(name, trouble=_TWO_CODES)
    try:
        code = check_code("".join(codes)) if codes else ""
    except SetupError:
        code = ""
    if not code:
        return Found(name, trouble=_NOBODYS)
    if roster and code not in roster:
        return Found(name, trouble=f"its code '{code}' is not in the roster")
    when = on_hub.when if on_hub else piece.when
    copy = int(named["copy"] or 0) if named else 0
    folder = moodle.folder_in(name)
    when = min(when, datetime.now(UTC))
    return Found(name, code, lessons[lesson], when, "", copy, folder, note)


def _each_in_its_folder(seen: list[Found], collected: Path) -> list[Found]:
    """List what carries one person's code and lies in the Moodle folder of another."""
    brought = {(one.moodle, one.student) for one in seen if one.moodle and not one.trouble}
    ties = moodle.tied(moodle.all_kept(collected), brought)
    return [
        replace(one, trouble=moodle.why_not(ties, one.moodle, one.student))
        if (one.moodle, one.student) in brought
        else one
        for one in seen
    ]


def _newest(seen: list[Found]) -> list[Found]:
    """List what is older than as many versions of a person's work as are kept."""
    versions: dict[tuple[str, str], list[tuple[datetime | None, int, int]]] = {}
    for number, one in enumerate(seen):
        if one.student and not one.trouble:
            mine = versions.setdefault((one.student, one.notebook), [])
            mine.append((one.when, one.copy, number))
    older = {number for mine in versions.values() for *_, number in sorted(mine)[:-_MOST]}
    return [
        replace(one, trouble=_OLDER) if number in older else one for number, one in enumerate(seen)
    ]


def _keep(course: ClassFolder, assignment: str, one: Found, path: Path) -> bool | None:
    """Keep a version beside the earlier ones; say whether it is new (None: there are enough)."""
    assert one.when is not None
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:12]
    folder = course.part("collected", assignment, one.student, one.notebook)
    folder.mkdir(parents=True, exist_ok=True)
    moodle.keep(folder.parent, one.moodle)
    kept = list(folder.glob("*.ipynb"))
    if any(digest in version.name for version in kept):
        return False
    if len(kept) >= _MOST:
        return None
    place = f"{one.copy:03d}-{len(kept):04d}"  # of two of one time: the second copy, the later one
    target = folder / f"{one.when:{_STAMP}}-{place}--{digest}.ipynb"
    with output.replace(target) as draft:
        draft.write_bytes(content)
    return True


def _set_newest(course: ClassFolder, assignment: str, student: str, notebook: str) -> bool:
    """Put the newest version where nbgrader looks, and note when the last of them was handed in.

    A workbook lays a lesson that has changed beside the one that somebody works in: a copy in which
    nothing was answered yet takes no answers' place. Say whether that was so.
    """
    collected = course.part("collected", assignment, student)
    versions = sorted(path.name for path in collected.joinpath(notebook).glob("*.ipynb"))
    newest = versions[-1]
    if len(versions) > 1:  # the only one counts, whatever is in it: it need not be read for that
        worked = (n for n in reversed(versions) if not _is_blank(collected / notebook / n))
        newest = next(worked, newest)
    target = course.part("submitted", student, assignment, f"{notebook}.ipynb")
    target.parent.mkdir(parents=True, exist_ok=True)
    with output.replace(target) as draft:
        shutil.copyfile(collected / notebook / newest, draft)
    last = max(path.name for path in collected.glob("*/*.ipynb"))
    when = datetime.fromisoformat(last.split("Z-")[0])
    (target.parent / "timestamp.txt").write_text(f"{when:%Y-%m-%d %H:%M:%S} UTC\n", "utf-8")
    return newest != versions[-1]


def _is_blank(path: Path) -> bool:
    """Say whether every box stands as it was handed out, and no cell of their own answers."""
    cells = submission.read(path).cells
    boxes = [cell for cell in cells if repair.is_answer(cell)]
    own = [cell for cell in cells if cell["cell_type"] == "code" and not repair.grade_id(cell)]
    return bool(boxes) and all(map(as_it_was, boxes)) and not any(map(repair.answer_in, own))


def _printable(name: str) -> str:
    """Return a file's name without what could move a terminal's cursor."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)

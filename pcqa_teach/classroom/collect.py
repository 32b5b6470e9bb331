"""Take in what was handed in, as it comes: a folder or an archive, of whatever naming.

A notebook says itself whose it is and which lesson: the workbook, the browser lab and the hub have
written it there. What does not say so is listed, never guessed. Every version is kept; the newest
counts.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pcqa_teach.classroom.codes import check_code
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.grading import submission
from pcqa_teach.errors import ClassroomError, SetupError

_MOST_UNPACKED = 2 << 30
_MOST_FILES = 20_000
_DEEPEST = 2  # archives within archives, as Moodle gives them
_NOBODYS = (
    "it does not say whose it is: ask who handed it in, and have them put their code into it by "
    "`pcqa lab`, or on the page in the browser"
)
_IN_NAME = re.compile(r"--([A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*?)(?:[ _]?\(\d+\))?\.ipynb$")
Say = Callable[[int], None]


@dataclass(frozen=True)
class Found:
    """A file that was handed in: whose, which lesson, when; or why it could not be taken."""

    name: str
    student: str = ""
    notebook: str = ""
    when: datetime | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Collected:
    """What was taken in, and what was not, each with its reason."""

    taken: tuple[Found, ...]
    not_taken: tuple[Found, ...]
    known_before: int

    def sentences(self) -> list[str]:
        """Return what was done, a line for each thing that a coach should know."""
        people = {one.student for one in self.taken}
        said = [f"{len(self.taken)} notebooks of {len(people)} people taken in."]
        if self.known_before:
            said.append(f"{self.known_before} were here already.")
        said += [f"Not taken: {one.name}: {one.trouble}." for one in self.not_taken]
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
        Told how many files have been looked at.

    Raises
    ------
    ClassroomError
        There is nothing there, or the archive is damaged or unpacks to more than it may.
    """
    lessons = _lessons(course, assignment)
    roster = course.roster()
    taken: list[Found] = []
    left: list[Found] = []
    known = 0
    with tempfile.TemporaryDirectory(prefix="pcqa-collect-") as scratch:
        for number, (name, path) in enumerate(_files(source, Path(scratch)), start=1):
            if say:
                say(number)
            one = _looked_at(name, path, lessons, roster)
            if one.trouble:
                left.append(one)
            elif _keep(course, assignment, one, path):
                taken.append(one)
            else:
                known += 1
    if not taken and not left and not known:
        raise ClassroomError(f"'{source.name}' holds no notebook.")
    for student, notebook in sorted({(one.student, one.notebook) for one in taken}):
        _set_newest(course, assignment, student, notebook)
    return Collected(tuple(taken), tuple(left), known)


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
    name: str, path: Path, lessons: Mapping[str, str], roster: Mapping[str, object]
) -> Found:
    """Say whose a file is, and which lesson; in a few words, what is the matter otherwise."""
    handed_in = submission.read(path)
    lesson, code = str(handed_in.about.get("id", "")), str(handed_in.about.get("participant", ""))
    if handed_in.trouble:  # a damaged file may still say by its name whose it is
        named = _IN_NAME.search(PurePosixPath(name).name)
        stem = PurePosixPath(name).name.split("--")[0]
        if named is None or stem not in lessons.values():
            return Found(name, trouble=handed_in.trouble)
        lesson, code = stem.split("_", 1)[0], named[1]
    if lesson not in lessons:
        return Found(name, trouble="it is the work on a lesson that is not of this assignment"
                     if lesson else "it does not say which lesson it is")  # fmt: skip
    try:
        code = check_code(code) if code else ""
    except SetupError:
        code = ""
    if not code:
        return Found(name, trouble=_NOBODYS)
    if roster and code not in roster:
        return Found(name, trouble="its code is not in the roster")
    when = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Found(name, code, lessons[lesson], when)


def _keep(course: ClassFolder, assignment: str, one: Found, path: Path) -> bool:
    """Keep a version beside the earlier ones; say whether it is new."""
    assert one.when is not None
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:12]
    folder = course.part("collected", assignment, one.student, one.notebook)
    folder.mkdir(parents=True, exist_ok=True)
    if any(digest in kept.name for kept in folder.iterdir()):
        return False
    target = folder / f"{one.when:%Y%m%dT%H%M%SZ}--{digest}.ipynb"
    draft = target.with_name(f".{target.name}.partial")
    draft.write_bytes(content)
    draft.replace(target)
    return True


def _set_newest(course: ClassFolder, assignment: str, student: str, notebook: str) -> None:
    versions = sorted(course.part("collected", assignment, student, notebook).glob("*.ipynb"))
    target = course.part("submitted", student, assignment, f"{notebook}.ipynb")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.partial")
    shutil.copyfile(versions[-1], draft)
    draft.replace(target)
    stamp = versions[-1].name.split("--")[0]
    when = datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    (target.parent / "timestamp.txt").write_text(
        f"{when:%Y-%m-%d %H:%M:%S UTC}\n", encoding="utf-8"
    )


def _files(source: Path, scratch: Path) -> Iterator[tuple[str, Path]]:
    """Give every notebook in a folder or an archive, and in archives within it."""
    if source.is_dir():
        yield from _of_folder(source, source, scratch, _DEEPEST)
    elif source.is_file() and source.suffix.lower() == ".ipynb":
        yield source.name, source
    elif source.is_file() and zipfile.is_zipfile(source):
        yield from _of_archive(source, scratch, _DEEPEST, "")
    else:
        raise ClassroomError(f"'{source.name}' is neither a folder nor a zip archive.")


def _of_folder(place: Path, top: Path, scratch: Path, deep: int) -> Iterator[tuple[str, Path]]:
    for path in sorted(place.rglob("*")):
        parts = path.relative_to(top).parts
        if path.is_symlink() or any(p in (".ipynb_checkpoints", "__MACOSX") for p in parts):
            continue
        name = "/".join(parts)
        if path.is_file() and path.suffix.lower() == ".ipynb":
            yield name, path
        elif deep and path.is_file() and zipfile.is_zipfile(path) and path.suffix == ".zip":
            yield from _of_archive(path, scratch, deep - 1, f"{name}/")


def _of_archive(path: Path, scratch: Path, deep: int, before: str) -> Iterator[tuple[str, Path]]:
    """Unpack into a folder of its own: plain files alone, under names of ours, and not too much."""
    folder = Path(tempfile.mkdtemp(dir=scratch))
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if len(members) > _MOST_FILES:
                raise ClassroomError(f"'{path.name}' holds far too many files.")
            for number, member in enumerate(members):
                name = PurePosixPath(member.filename.replace("\\", "/"))
                link = stat.S_ISLNK(member.external_attr >> 16)
                if link or "__MACOSX" in name.parts or ".ipynb_checkpoints" in name.parts:
                    continue
                wanted = name.suffix.lower()
                if wanted not in (".ipynb", ".zip") or (wanted == ".zip" and not deep):
                    continue
                target = folder / f"{number}{wanted}"
                unpacked += _unpack(archive, member, target, _MOST_UNPACKED - unpacked)
                stamp = datetime(*member.date_time, tzinfo=UTC).timestamp()
                _set_time(target, stamp)
                if wanted == ".ipynb":
                    yield f"{before}{name}", target
                elif zipfile.is_zipfile(target):
                    yield from _of_archive(target, scratch, deep - 1, f"{before}{name}/")
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, EOFError):
        raise ClassroomError(f"'{path.name}' is damaged: fetch the archive again.") from None


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, most: int) -> int:
    """Write one file of an archive; refuse what unpacks to more than there may be."""
    size = 0
    with archive.open(member) as packed, target.open("wb") as file:
        while piece := packed.read(1 << 20):
            size += len(piece)
            if size > most:
                raise ClassroomError("The archive unpacks to far more than notebooks can hold.")
            file.write(piece)
    return size


def _set_time(path: Path, stamp: float) -> None:
    os.utime(path, (stamp, stamp))

"""Marking shared out among computers: each marks a part and writes it down, one puts all together.

A shard marks the participants whose code falls to it, and writes what it found into a file of its
own: it neither reads nor writes the gradebook. `merge` is the one writer.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from pcqa_teach.classroom.collect import submitted
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.grading.book import Book, Marked
from pcqa_teach.classroom.grading.grade import Line, Progress, Tell, grade
from pcqa_teach.classroom.grading.handed_out import lessons
from pcqa_teach.classroom.grading.jail import Limits
from pcqa_teach.classroom.grading.sandbox import Mode
from pcqa_teach.errors import ClassroomError

_FOLDER = "shards"
_WRITTEN = re.compile(r"(\d+)/(\d+)")


@dataclass(frozen=True)
class Shard:
    """One part of so many: the second of eight is `Shard(2, 8)`."""

    number: int
    of: int

    @classmethod
    def named(cls, text: str) -> Self:
        """Return the shard that is written as `2/8`.

        >>> Shard.named("2/8")
        Shard(number=2, of=8)

        Raises
        ------
        ClassroomError
            It is written otherwise, or there is none of that number.
        """
        found = _WRITTEN.fullmatch(text.strip())
        number, of = (int(found[1]), int(found[2])) if found else (0, 0)
        if not 1 <= number <= of:
            raise ClassroomError(f"'{text}' is no shard: write 1/8 for the first of eight.")
        return cls(number, of)

    def has(self, student: str) -> bool:
        """Say whether a participant's work falls to it; a code falls to the same one each time."""
        number = int.from_bytes(hashlib.sha256(student.encode()).digest()[:8], "big")
        return number % self.of == self.number - 1

    def folder(self, course: ClassFolder, assignment: str) -> Path:
        """Return where it writes what it found."""
        return course.part(_FOLDER, assignment, f"{self.number}-of-{self.of}")


class Slips(Book):
    """Takes the place of a gradebook in a shard: what would be entered is written into a file.

    A line a thing, each handed over before the next is begun; a line cut short is left out.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__("")
        self.path = folder / "slips.jsonl"
        self._kept = _lines(self.path)

    def __enter__(self) -> Self:
        """Begin the file with what an earlier run had marked."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        kept = [line for line in self._kept if line["what"] == "write"]
        draft = self.path.with_suffix(".partial")
        draft.write_text("".join(json.dumps(one) + "\n" for one in kept), encoding="utf-8")
        draft.replace(self.path)
        self._file = self.path.open("a", encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def check(self, assignment: str) -> None:
        """Leave it to the merge: it has the gradebook."""

    def digests(self, assignment: str) -> dict[tuple[str, str], str]:
        """Return which bytes of (student, notebook) this shard has marked already."""
        kept = [line["marked"] for line in self._kept if line["what"] == "write"]
        return {
            (one["student"], one["notebook"]): one["digest"]
            for one in kept
            if one["assignment"] == assignment
        }

    def open_still(self, assignment: str) -> dict[tuple[str, str], str]:
        """Return what this shard found to need a person; that one has settled it is not known."""
        kept = [line["marked"] for line in self._kept if line["what"] == "write"]
        return {
            (one["student"], one["notebook"]): f"needs a person: {one['trouble']}"
            for one in kept
            if one["assignment"] == assignment and one["trouble"]
        }

    def enter(self, assignment: str, student: str, when: datetime | None) -> None:
        """Note that a participant has handed something in, and when."""
        self._note("enter", assignment=assignment, student=student,
                   when=None if when is None else when.isoformat())  # fmt: skip

    def write(self, marked: Marked) -> int:
        """Note a notebook's marks; a person's are not known here."""
        about = {**asdict(marked), "untouched": sorted(marked.untouched)}
        self._note("write", marked=about)
        return 0

    def nothing_handed_in(self, assignment: str, student: str, there: Sequence[str]) -> None:
        """Note which notebooks a participant has handed in."""
        self._note("there", assignment=assignment, student=student, there=list(there))

    def end(self) -> None:
        """Note that the shard is whole."""
        self._note("end")

    def _note(self, what: str, **about: Any) -> None:
        self._file.write(json.dumps({"what": what, **about}) + "\n")
        self._file.flush()


def mark(
    course: ClassFolder,
    assignment: str,
    shard: Shard,
    *,
    mode: Mode = "sandbox",
    limits: Limits | None = None,
    progress: Progress | None = None,
    tell: Tell | None = None,
) -> list[Line]:
    """Mark a shard's part of an assignment, as `grade` does, into files of its own.

    Raises
    ------
    ClassroomError
        Nothing was handed out yet.
    """
    known = lessons(course.part("source", assignment), course.part("release", assignment))
    files = {who: work for who, work in submitted(course, assignment).items() if shard.has(who)}
    folder = shard.folder(course, assignment)
    with Slips(folder) as slips:
        lines = grade(assignment, files, known, slips, folder / "autograded",
                      mode=mode, limits=limits, progress=progress, tell=tell)  # fmt: skip
        slips.end()
    return lines


def merge(course: ClassFolder, assignment: str) -> int:
    """Put what all shards have marked into the gradebook; return how many notebooks.

    Raises
    ------
    ClassroomError
        A shard is missing or has not come to its end, or the shards are not of one number. Nothing
        was entered then.
    """
    shards = _whole(course, assignment)
    here = submitted(course, assignment)  # somebody may have been forgotten meanwhile
    count = 0
    with Book(course.gradebook) as book:
        book.check(assignment)
        for shard in shards:
            folder = shard.folder(course, assignment)
            lines = _lines(folder / "slips.jsonl")
            for line in (one for one in lines if one.get("student") in here):
                if line["what"] == "enter":
                    when = datetime.fromisoformat(line["when"]) if line["when"] else None
                    book.enter(assignment, line["student"], when)
            for (student, notebook), marked in sorted(_latest(lines).items()):
                if notebook in here.get(student, ()):
                    _keep(course, folder, marked)
                    book.write(marked)
                    count += 1
            for line in (one for one in lines if one.get("student") in here):
                if line["what"] == "there":
                    book.nothing_handed_in(assignment, line["student"], line["there"])
    shutil.rmtree(course.part(_FOLDER, assignment))
    return count


def _whole(course: ClassFolder, assignment: str) -> list[Shard]:
    """Return the shards of an assignment if all of them are there, and whole."""
    names = [path.name for path in course.part(_FOLDER, assignment).glob("*-of-*")]
    found = sorted(
        (Shard.named(name.replace("-of-", "/")) for name in names), key=lambda one: one.number
    )
    counts = {shard.of for shard in found}
    if not found:
        raise ClassroomError(
            f"No shard of '{assignment}' was marked here: run `pcqa classroom grade {assignment} "
            "--shard 1/8` and the others first."
        )
    if len(counts) > 1:
        raise ClassroomError(
            f"The shards of '{assignment}' are not of one number ({_FOLDER}/{assignment}): take "
            "away those of the earlier try."
        )
    for number in range(1, counts.pop() + 1):
        shard = Shard(number, found[0].of)
        lines = _lines(shard.folder(course, assignment) / "slips.jsonl")
        if not any(line["what"] == "end" for line in lines):
            raise ClassroomError(
                f"Shard {number}/{shard.of} of '{assignment}' has not come to its end: run it "
                "again, it goes on where it was."
            )
    return found


def _lines(path: Path) -> list[Mapping[str, Any]]:
    """Return the lines of a file of slips; the last is left out where it was cut short."""
    if not path.is_file():
        return []
    pieces = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in pieces[:-1] if line]


def _latest(lines: list[Mapping[str, Any]]) -> dict[tuple[str, str], Marked]:
    """Return what was marked last of each participant and notebook."""
    found = {}
    for about in (line["marked"] for line in lines if line["what"] == "write"):
        sets = {"notes": tuple(about["notes"]), "untouched": frozenset(about["untouched"])}
        found[about["student"], about["notebook"]] = Marked(**{**about, **sets})
    return found


def _keep(course: ClassFolder, folder: Path, marked: Marked) -> None:
    """Lay a marked copy where formgrader looks for it."""
    below = (marked.student, marked.assignment, f"{marked.notebook}.ipynb")
    target = course.part("autograded", *below)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.partial")
    shutil.copyfile(folder.joinpath("autograded", *below), draft)
    draft.replace(target)

"""Marking shared out among computers: each marks a part and writes it down, one puts all together.

A shard marks the participants whose code falls to it, and writes what it found into a file of its
own: it neither reads nor writes the gradebook. `merge` is the one writer.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from pcqa_teach.classroom import slips
from pcqa_teach.classroom.collect import submitted
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.grading.book import Book, Marked
from pcqa_teach.classroom.grading.grade import (
    Line,
    Progress,
    Tell,
    grade,
    line_on,
    unchanged,
)
from pcqa_teach.classroom.grading.handed_out import lessons
from pcqa_teach.classroom.grading.jail import Limits
from pcqa_teach.classroom.grading.sandbox import Mode
from pcqa_teach.classroom.slips import Slips
from pcqa_teach.errors import ClassroomError
from pcqa_teach.run import output

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
    with Slips(folder) as written:
        lines = grade(assignment, files, known, written, folder / "autograded",
                      mode=mode, limits=limits, progress=progress, tell=tell)  # fmt: skip
        written.end()
    return lines


def merge(course: ClassFolder, assignment: str) -> list[Line]:
    """Put what all shards have marked into the gradebook; return a line on each notebook.

    What stands there already, of the same bytes, is left alone, and a person's marks with it.

    Raises
    ------
    ClassroomError
        A shard is missing or has not come to its end, or the shards are not of one number; or
        somebody else writes to the gradebook. Nothing was entered then.
    """
    shards = _whole(course, assignment)
    here = submitted(course, assignment)  # somebody may have been forgotten meanwhile
    said: list[Line] = []
    with Book(course.gradebook) as book:
        book.check(assignment)
        entered, still = book.digests(assignment), book.open_still(assignment)
        _refuse_another_gradebook(course, assignment, shards, entered)
        for shard in shards:
            folder = shard.folder(course, assignment)
            lines = slips.lines(folder)
            for line in (one for one in lines if one.get("student") in here):
                if line["what"] == "enter":
                    when = datetime.fromisoformat(line["when"]) if line["when"] else None
                    book.enter(assignment, line["student"], when)
            for (student, notebook), marked in sorted(slips.latest(lines).items()):
                if notebook not in here.get(student, ()):
                    continue
                if marked.digest and entered.get((student, notebook)) == marked.digest:
                    said.append(unchanged(student, notebook, still.get((student, notebook), "")))
                else:
                    _keep(course, folder, marked)
                    said.append(line_on(marked, book.write(marked)))
            for line in (one for one in lines if one.get("student") in here):
                if line["what"] == "there":
                    book.nothing_handed_in(assignment, line["student"], line["there"])
        slips.note_known(course.part(_FOLDER, assignment), book.digests(assignment))
    for shard in shards:
        shutil.rmtree(shard.folder(course, assignment))
    return said


def _refuse_another_gradebook(
    course: ClassFolder,
    assignment: str,
    shards: Sequence[Shard],
    entered: Mapping[tuple[str, str], str],
) -> None:
    """Raise ClassroomError where shards have left alone what this gradebook does not have."""
    here = submitted(course, assignment)
    marked = [slips.latest(slips.lines(one.folder(course, assignment))) for one in shards]
    for key, digest in slips.known(course.part(_FOLDER, assignment)).items():
        student, notebook = key
        counts = notebook in here.get(student, ())
        if counts and entered.get(key) != digest and not any(key in one for one in marked):
            slips.forget_known(course.part(_FOLDER, assignment))
            raise ClassroomError(
                "The gradebook is not the one of the last merge, and lacks work that was marked "
                "then: run the shards again, then merge."
            )


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
        lines = slips.lines(shard.folder(course, assignment))
        if not any(line["what"] == "end" for line in lines):
            raise ClassroomError(
                f"Shard {number}/{shard.of} of '{assignment}' has not come to its end: run it "
                "again, it goes on where it was."
            )
    return found


def _keep(course: ClassFolder, folder: Path, marked: Marked) -> None:
    """Lay a marked copy where formgrader looks for it."""
    below = (marked.student, marked.assignment, f"{marked.notebook}.ipynb")
    target = course.part("autograded", *below)
    target.parent.mkdir(parents=True, exist_ok=True)
    with output.replace(target) as draft:
        shutil.copyfile(folder.joinpath("autograded", *below), draft)

"""What a shard writes down in place of a gradebook, and what a merge leaves for the next shards."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from pcqa_teach.classroom.grading.book import Marked
from pcqa_teach.classroom.grading.held import beside
from pcqa_teach.run import output

_FILE = "slips.jsonl"
_KNOWN = "known.json"


class Slips:
    """Takes the place of a gradebook in a shard: what would be entered is written into a file.

    A line a thing, each handed over before the next is begun; a line cut short is left out.

    Parameters
    ----------
    folder : path
        The shard's own; beside it lies which work the last merge has found entered already.

    Raises
    ------
    ClassroomError
        On entering: the same shard is being marked already.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / _FILE
        self._around = contextlib.ExitStack()

    def __enter__(self) -> Self:
        """Begin the file with what an earlier run had marked."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as around:
            around.enter_context(beside(self.path))
            kept = [line for line in lines(self.path.parent) if line["what"] == "write"]
            self._marked = [line["marked"] for line in kept]
            with output.replace(self.path) as draft:
                draft.write_text("".join(json.dumps(one) + "\n" for one in kept), encoding="utf-8")
            self._file = around.enter_context(self.path.open("a", encoding="utf-8"))
            self._around = around.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._around.close()

    def check(self, assignment: str) -> None:
        """Leave it to the merge: it has the gradebook."""

    def digests(self, assignment: str) -> dict[tuple[str, str], str]:
        """Return which bytes of (student, notebook) are marked: entered already, or here."""
        here = {
            (one["student"], one["notebook"]): one["digest"]
            for one in self._marked
            if one["assignment"] == assignment
        }
        return known(self.path.parent.parent) | here

    def open_still(self, assignment: str) -> dict[tuple[str, str], str]:
        """Return what this shard found to need a person; that one has settled it is not known."""
        return {
            (one["student"], one["notebook"]): f"needs a person: {one['trouble']}"
            for one in self._marked
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


def note_known(folder: Path, digests: Mapping[tuple[str, str], str]) -> None:
    """Note for the next shards what is entered: they have no gradebook to look into."""
    with output.replace(folder / _KNOWN) as draft:
        draft.write_text(json.dumps([[*key, one] for key, one in digests.items()]), "utf-8")


def known(folder: Path) -> dict[tuple[str, str], str]:
    """Return which bytes of (student, notebook) the last merge has found entered."""
    path = folder / _KNOWN
    if not path.is_file():
        return {}
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {(student, notebook): digest for student, notebook, digest in rows}


def forget_known(folder: Path) -> None:
    """Have the next shards mark everything."""
    (folder / _KNOWN).unlink(missing_ok=True)


def lines(folder: Path) -> list[Mapping[str, Any]]:
    """Return the lines of a shard's slips; the last is left out where it was cut short."""
    path = folder / _FILE
    if not path.is_file():
        return []
    pieces = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in pieces[:-1] if line]


def latest(lines: list[Mapping[str, Any]]) -> dict[tuple[str, str], Marked]:
    """Return what was marked last of each participant and notebook."""
    found = {}
    for about in (line["marked"] for line in lines if line["what"] == "write"):
        sets = {"notes": tuple(about["notes"]), "untouched": frozenset(about["untouched"])}
        found[about["student"], about["notebook"]] = Marked(**{**about, **sets})
    return found

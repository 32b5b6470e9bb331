"""Look through every file of a class for what still names somebody who was removed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pcqa_teach.classroom.folder import Person

_NOBODYS = {"source", "release"}  # lessons, which were there before anybody was
_PIECE = 1 << 20
_OVERLAP = 256


def words_of(person: Person) -> list[str]:
    """Return the words that name somebody: the address, and the whole name."""
    named = f"{person.first_name} {person.last_name}".strip()
    whole = named if person.first_name and person.last_name else ""
    return [word for word in (person.email, whole) if word]


def mentions(place: Path, codes: Sequence[str], words: Iterable[str] = ()) -> list[str]:
    """Return the files below a folder that name one of these people, in their path or content.

    Archives are looked into. A code counts where it stands alone, so that `p1` is not found in
    `p12`.

    Parameters
    ----------
    place
        A class folder.
    codes : list of str
        The people's codes.
    words : list of str
        What else names them.
    """
    alone = [rf"(?<![A-Za-z0-9_-]){re.escape(code)}(?![A-Za-z0-9_-])" for code in codes]
    text = "|".join([*alone, *map(re.escape, words)])
    if not text:
        return []
    wanted = re.compile(text.encode(), re.IGNORECASE if words else 0)
    found = []
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place)
        if path.is_symlink() or not path.is_file() or name.parts[0] in _NOBODYS:
            continue
        if wanted.search(str(name).encode()) or any(map(wanted.search, _contents(path))):
            found.append(str(name))
    return found


def _contents(path: Path) -> Iterator[bytes]:
    """Give a file's bytes in pieces that overlap; of an archive, its names and what it holds."""
    if path.suffix == ".zip" and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                yield member.filename.encode()
                with archive.open(member) as file:
                    while piece := file.read(_PIECE):
                        yield piece
        return
    with path.open("rb") as file:
        last = b""
        while piece := file.read(_PIECE):
            yield last + piece
            last = piece[-_OVERLAP:]

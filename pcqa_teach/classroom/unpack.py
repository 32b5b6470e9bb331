"""Find what was handed in inside a folder or an archive, without trusting what it is called.

Of an archive only plain files are taken, under names of our own, and no more than a class can
hold. One damaged or overblown file is set aside with its reason; the others are taken.
"""

from __future__ import annotations

import contextlib
import re
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pcqa_teach.errors import ClassroomError

_LARGEST = {".ipynb": 32 << 20, ".zip": 64 << 20}
_CLASS, _PERSON = (4 << 30, 50_000), (256 << 20, 500)  # bytes and files that an archive may hold
_DEEPEST = 2  # archives within archives, as Moodle gives them
_NOTEBOOK = re.compile(r"\.ipynb(?:\.(?:txt|json))?$", re.IGNORECASE)  # as some browsers save it
_NOT_WORK = re.compile(r"^(?:\.|~\$|timestamp\.txt$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_SKIPPED = {".ipynb_checkpoints", "__MACOSX"}
_CHANGED_AT = 0x5455  # the field of an archive that says when a file was changed, in UTC
_LINK = "it is a link, and no file"
_DAMAGED = "it is damaged"
_TOO_LARGE = "it unpacks to far more than notebooks can hold"
_TOO_MANY = "it and all that follows: there are far more files in the archive than notebooks can be"
_LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Piece:
    """A file: what it is called, where it lies, when it was last changed; or why it was left.

    `other`: it is no notebook at all.
    """

    name: str
    path: Path | None
    when: datetime = _LONG_AGO
    trouble: str = ""
    other: bool = False


class _Room:
    """What may still be unpacked; an archive inside something else is a person's own, and small."""

    def __init__(self, most: tuple[int, int], around: _Room | None = None) -> None:
        self._bytes, self._files = most
        self._around = around

    def in_it(self) -> _Room:
        """Return the room of an archive in here: what it takes is taken from here too."""
        return _Room(_PERSON, self)

    def has(self, size: int, files: int = 0) -> bool:
        """Say whether so much more can be unpacked."""
        here = files <= self._files and size <= self._bytes
        return here and (self._around is None or self._around.has(size, files))

    def take(self, size: int, files: int = 0) -> None:
        """Note what was unpacked."""
        self._bytes, self._files = self._bytes - size, self._files - files
        if self._around is not None:
            self._around.take(size, files)


def pieces(source: Path, scratch: Path) -> Iterator[Piece]:
    """Give every file in a folder or an archive, and in archives within it.

    Parameters
    ----------
    source : path
        A folder, a zip archive or a notebook.
    scratch : path
        A folder of our own to unpack into; what was unpacked is there until the next piece.

    Raises
    ------
    ClassroomError
        There is nothing there, it is none of these, or the archive itself is damaged.
    """
    if not source.exists():
        raise ClassroomError(f"There is no '{source.name}' there: see how it is spelt.")
    if source.is_dir():
        yield from _of_folder(source, scratch)
    elif source.is_file() and _NOTEBOOK.search(source.name):
        yield Piece(source.name, source, _changed(source))
    elif source.is_file() and source.suffix.lower() == ".zip":
        found = _of_archive(source, scratch, _Room(_CLASS), _DEEPEST, "")
        first = next(found, None)
        if first is not None and first.path == source:
            raise ClassroomError(f"'{source.name}': {first.trouble}. Fetch the archive again.")
        if first is not None:
            yield first
        yield from found
    else:
        raise ClassroomError(f"'{source.name}' is neither a folder nor a zip archive.")


def _of_folder(top: Path, scratch: Path) -> Iterator[Piece]:
    room = _Room(_CLASS)
    for path in sorted(top.rglob("*")):
        parts = path.relative_to(top).parts
        name = "/".join(parts)
        if _SKIPPED & set(parts) or _NOT_WORK.match(path.name):
            continue
        if path.is_symlink():
            yield Piece(name, None, trouble=_LINK)
        elif path.is_file() and path.suffix.lower() == ".zip":
            yield from _of_archive(path, scratch, room.in_it(), _DEEPEST - 1, name)
        elif path.is_file():
            yield Piece(name, path, _changed(path), other=not _NOTEBOOK.search(name))


def _of_archive(path: Path, scratch: Path, room: _Room, deep: int, before: str) -> Iterator[Piece]:
    """Give what is in an archive; `before` is what it is called, for one inside something else."""
    folder = Path(tempfile.mkdtemp(dir=scratch))
    try:
        with zipfile.ZipFile(path) as archive:
            for number, member in enumerate(archive.infolist()):
                name = PurePosixPath(member.filename.replace("\\", "/"))
                called = f"{before}/{name}" if before else str(name)
                if member.is_dir() or _SKIPPED & set(name.parts) or _NOT_WORK.match(name.name):
                    continue
                if stat.S_ISLNK(member.external_attr >> 16):
                    yield Piece(called, None, trouble=_LINK)
                    continue
                kind = ".ipynb" if _NOTEBOOK.search(name.name) else name.suffix.lower()
                if kind not in _LARGEST:
                    yield Piece(called, None, other=True)
                    continue
                if not room.has(0, files=1):
                    yield Piece(called, None, trouble=_TOO_MANY)
                    return
                target = folder / f"{number}{kind}"
                trouble = _unpack(archive, member, target, room, _LARGEST[kind])
                if kind == ".zip" and not trouble and not deep:
                    trouble = "it is an archive in an archive in an archive"
                if trouble:
                    yield Piece(called, None, trouble=trouble)
                elif kind == ".zip":
                    yield from _of_archive(target, scratch, room.in_it(), deep - 1, called)
                else:
                    yield Piece(called, target, _changed_in(member))
                target.unlink(missing_ok=True)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        yield Piece(before or path.name, None if before else path, trouble=_DAMAGED)


def _unpack(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, room: _Room, largest: int
) -> str:
    """Write one file of an archive; return why it was not, "" where it was."""
    size = 0
    if member.file_size > largest or not room.has(member.file_size, files=1):
        return _TOO_LARGE
    room.take(0, files=1)
    try:
        with archive.open(member) as packed, target.open("wb") as file:
            while piece := packed.read(1 << 20):
                size += len(piece)
                if size > largest or not room.has(len(piece)):  # whatever it says of itself
                    return _TOO_LARGE
                room.take(len(piece))
                file.write(piece)
    except RuntimeError:
        return "it is locked with a password"
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        return _DAMAGED
    return ""


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _changed_in(member: zipfile.ZipInfo) -> datetime:
    """Return when a file in an archive was changed: archives give local time, some UTC as well."""
    rest = member.extra
    while len(rest) >= 4:
        kind, size = struct.unpack("<HH", rest[:4])
        if kind == _CHANGED_AT and size >= 5 and rest[4] & 1:
            return datetime.fromtimestamp(struct.unpack("<i", rest[5:9])[0], UTC)
        rest = rest[4 + size :]
    with contextlib.suppress(ValueError, OverflowError, OSError):
        return datetime(*member.date_time).astimezone(UTC)
    return _LONG_AGO

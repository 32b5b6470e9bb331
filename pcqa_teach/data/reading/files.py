"""What kind of file it is, by its first bytes, and its text in UTF-8 whatever it was written in."""

from __future__ import annotations

import codecs
import contextlib
import gzip
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from pcqa_teach.errors import ReadError

HEAD_BYTES = 256 * 1024
BLOCK_BYTES = 4 * 1024 * 1024
LONGEST_BYTES = 64 * 1024 * 1024  # a longer line is no line of a table
LARGEST_SHEETS = 4 * 1024**3
EXPORT_AGAIN = "export it again as CSV (comma delimited) or as an .xlsx workbook"

_NOT_TABLES = (
    (b"%PDF", "is a PDF"),
    (b"\xd0\xcf\x11\xe0", "is an old .xls or a password-protected workbook"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"{\\rtf", "is a word-processor document"),
    (b"SQLite format 3", "is a database"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Source:
    """A file that may hold a table: text in some encoding, or a workbook."""

    path: Path
    kind: str  # "text" or "xlsx"
    encoding: str = "utf-8"
    zipped: bool = False
    head: bytes = b""  # the first bytes, in UTF-8, for a text
    whole: bool = True  # the head is all there is
    mac: bool = False  # lines end in carriage returns alone, as on an old Mac

    @property
    def name(self) -> str:
        """The file's name, without its folder."""
        return self.path.name

    def blocks(self, size: int = BLOCK_BYTES) -> Iterator[bytes]:
        """Yield the text in UTF-8, in blocks that end where a line ends outside quotation marks."""
        rest = b""
        for piece in _utf8(self, size):
            chunk = piece.replace(b"\r", b"\n") if self.mac else piece
            rest = rest + chunk if rest else chunk
            cut = _cut(rest)
            if cut == len(rest):
                yield rest
                rest = b""
            elif cut:
                yield rest[:cut]
                rest = rest[cut:]
            elif len(rest) > max(LONGEST_BYTES, 8 * size):
                raise ReadError(
                    f"'{self.name}' has a line of more than {len(rest) // 1024**2} MB, or a "
                    f"quotation mark that is never closed: {EXPORT_AGAIN}."
                )
        if rest:
            yield rest


def _cut(data: bytes) -> int:
    """Return where the last whole line ends, with every quotation mark before it closed."""
    end = data.rfind(b"\n") + 1
    if b'"' not in data:
        return end
    for _ in range(50):
        if not end or data.count(b'"', 0, end) % 2 == 0:
            return end
        end = data.rfind(b"\n", 0, data.rfind(b'"', 0, end)) + 1
    return data.rfind(b"\n") + 1


def look(path: Path) -> Source:
    """Return what kind of file `path` is; it reads 256 KB at most.

    Raises
    ------
    ReadError
        There is no such file, it may not be read, it is empty, or it is no table at all.
    """
    raw, zipped = _first_bytes(path)
    name = path.name
    if not raw.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        what = "holds nothing but zeros" if b"\x00\x00" in raw else "is empty"
        raise ReadError(f"'{name}' {what}: {EXPORT_AGAIN}.")
    for mark, what in _NOT_TABLES:
        if raw.startswith(mark):
            raise ReadError(f"'{name}' {what}, whatever its name says: {EXPORT_AGAIN}.")
    if raw.startswith(b"PK\x03\x04"):
        return _workbook(path)
    if (
        raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:64]
        .lower()
        .startswith((b"<html", b"<!doctype", b"<table", b"<?xml"))
    ):
        raise ReadError(f"'{name}' is a web page or XML, not a table: {EXPORT_AGAIN}.")
    encoding = _encoding(raw)
    if not encoding:
        raise ReadError(f"'{name}' is not text that a table could be read from: {EXPORT_AGAIN}.")
    source = Source(path, "text", encoding, zipped)
    head = next(_utf8(source, HEAD_BYTES), b"")
    mac = b"\r" in head and b"\n" not in head
    head = head.replace(b"\r", b"\n") if mac else head
    return Source(path, "text", encoding, zipped, head, len(raw) < HEAD_BYTES, mac)


def _first_bytes(path: Path) -> tuple[bytes, bool]:
    if path.is_dir():
        what = f"'{path.name}'" if path.name else "What you named"
        raise ReadError(f"{what} is a folder, not a file: give the name of a file in it.")
    raw, zipped, why = b"", False, ""
    try:
        with path.open("rb") as file:
            raw = file.read(HEAD_BYTES)
        if raw.startswith(b"\x1f\x8b"):
            zipped = True
            with gzip.open(path) as file:
                raw = file.read(HEAD_BYTES)
    except FileNotFoundError:
        why = (
            f"'{path.name}' cannot be found: check the name and the folder, and put a name with "
            "spaces in quotation marks."
        )
    except PermissionError:
        why = (
            f"'{path.name}' may not be read: close it elsewhere, or ask for permission to read it."
        )
    except (OSError, EOFError, zlib.error):
        why = f"'{path.name}' could not be opened: copy it to this computer and try again."
    if why:
        raise ReadError(why)
    return raw, zipped


def _workbook(path: Path) -> Source:
    parts: list[zipfile.ZipInfo] | None = None
    with (
        contextlib.suppress(zipfile.BadZipFile, OSError, ValueError),
        zipfile.ZipFile(path) as book,
    ):
        parts = book.infolist()
    sheets = [part for part in parts or [] if part.filename.startswith("xl/")]
    if parts is None or (sheets and "xl/workbook.xml" not in {part.filename for part in sheets}):
        raise ReadError(f"'{path.name}' is a damaged workbook or zip folder: {EXPORT_AGAIN}.")
    if not sheets:
        word = any(part.filename.startswith("word/") for part in parts)
        what, do = ("Word document", "") if word else ("zip folder", "unpack it, or ")
        raise ReadError(f"'{path.name}' is a {what}, not a table: {do}{EXPORT_AGAIN}.")
    if sum(part.file_size for part in sheets) > LARGEST_SHEETS:
        raise ReadError(f"'{path.name}' is too large a workbook: save its sheet as CSV.")
    return Source(path, "xlsx")


def _encoding(raw: bytes) -> str:
    """Return the encoding of a text's first bytes; empty when it is no text."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    sample = raw[: len(raw) & ~1]
    zeros = sample.count(0)
    if zeros:
        if sample[1::2].count(0) == zeros and zeros > len(sample) // 4:
            return "utf-16-le"
        if sample[0::2].count(0) == zeros and zeros > len(sample) // 4:
            return "utf-16-be"
        return ""
    if sum(raw.count(byte) for byte in range(1, 9)) + sum(raw.count(b) for b in range(14, 27)) > 2:
        return ""
    return "utf-8"


def _utf8(source: Source, size: int) -> Iterator[bytes]:
    """Yield the file in UTF-8; what is not valid UTF-8 is taken for Windows text (cp1252)."""
    why = ""
    pieces = _decoded(source, size)
    while True:
        try:
            piece = next(pieces)
        except StopIteration:
            return
        except UnicodeDecodeError:
            why = (
                f"'{source.name}' starts as {source.encoding.upper()} text but goes on otherwise: "
            )
            break
        except (OSError, EOFError, zlib.error):
            why = f"'{source.name}' could not be read to its end: copy it again, or "
            break
        yield piece
    raise ReadError(f"{why}{EXPORT_AGAIN}.")


def _decoded(source: Source, size: int) -> Iterator[bytes]:
    with cast(
        BinaryIO, gzip.open(source.path) if source.zipped else source.path.open("rb")
    ) as file:
        if source.encoding.startswith("utf-16"):
            decoder = codecs.getincrementaldecoder(source.encoding)()
            while raw := file.read(size):
                yield decoder.decode(raw).encode()
            decoder.decode(b"", final=True)
            return
        if source.encoding == "utf-8-sig":
            file.read(len(codecs.BOM_UTF8))
        while raw := file.read(size):
            yield _valid(raw + file.readline(size))


def _valid(raw: bytes) -> bytes:
    if raw.isascii():
        return raw
    try:
        raw.decode()
    except UnicodeDecodeError:
        # The cut may part a letter in two only where a line was too long to be read to its end.
        return raw.decode("cp1252", errors="replace").encode()
    return raw

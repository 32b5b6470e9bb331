"""Looks for planted people in every byte of every file, however it is packed, coded or spaced."""

from __future__ import annotations

import base64
import gzip
import html
import io
import re
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_DEEP = 3
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_CODED = re.compile(rb"[A-Za-z0-9+/]{24,}={0,2}")
_PACKED_TEXT = re.compile(rb"(?:zTXt|iTXt)[^\0]*\0[\0\1]?[\0]?")


def nhs_number(nine: str) -> str:
    """Return a ten-digit NHS number with its right check digit, as it is written."""
    weighed = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    check = (11 - weighed % 11) % 11
    assert check != 10
    return f"{nine[:3]} {nine[3:6]} {nine[6:]}{check}"


@dataclass(frozen=True)
class Person:
    """Somebody invented, as they would stand in an export."""

    name: str
    nhs: str
    born: str
    phone: str
    mail: str
    postcode: str
    words: str

    @property
    def tokens(self) -> tuple[str, ...]:
        given = (self.nhs, self.born, self.phone, self.mail, self.postcode, self.words)
        return (*self.name.split(), *given)

    @property
    def all(self) -> str:
        numbers = f"NHS {self.nhs} born {self.born} tel {self.phone}"
        return f"{self.name} {numbers} {self.mail} {self.postcode} {self.words}"


PEOPLE = (
    Person("Zephyrine Quillfeather", nhs_number("999123401"), "14/02/1951", "07700 900123",
           "z.quillfeather@example.org", "ZZ99 3VZ", "fell off her tricycle again"),
    Person("Bartholomew Oxenthwaite", nhs_number("999567812"), "1987-11-30", "020 7946 0987",
           "oxenthwaite.b@example.net", "ZZ99 8AB", "husband went to prison in May"),
    Person("Chrysanthemum Wojciechowski", nhs_number("999876512"), "03-Aug-2009", "+447700900456",
           "cwojci77@example.com", "ZZ993CZ", "afraid of the man next door"),
)  # fmt: skip
TOKENS = tuple(token for person in PEOPLE for token in person.tokens)


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


_WANTED = {token: plain(token) for token in TOKENS}


def found_in(text: str) -> list[str]:
    """Return the planted tokens that stand in a text, whatever its case and spaces."""
    searched = plain(text)
    return [token for token, wanted in _WANTED.items() if wanted in searched]


def texts_in(content: bytes, deep: int = _DEEP) -> Iterator[str]:
    """Give a file's text in each way it may be coded, and of all that is packed within it."""
    once = content.decode("utf-8", errors="ignore")
    yield once
    yield content.decode("latin-1")
    for start in (0, 1):
        yield content[start:].decode("utf-16-le", errors="ignore")
    if "&" in once:
        yield html.unescape(once)
    if "%" in once:
        yield urllib.parse.unquote(once)
    if "\\u" in once or "\\x" in once:
        yield re.sub(r"\\u00([0-9a-fA-F]{2})", lambda hit: chr(int(hit[1], 16)), once)
    if deep:
        for inner in _within(content):
            yield from texts_in(inner, deep - 1)


def _within(content: bytes) -> Iterator[bytes]:
    """Give what is packed in a content: members, streams, texts of a picture, base64."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            for member in box.namelist():
                yield member.encode()
                yield box.read(member)
    elif content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)
    elif content.startswith(b"%PDF"):
        yield from _of_pdf(content)
    elif content.startswith(b"\x89PNG"):
        yield from _inflated(content[hit.end() :] for hit in _PACKED_TEXT.finditer(content))
    for coded in _CODED.findall(content.replace(b"\\n", b"")):
        try:
            yield base64.b64decode(coded[: len(coded) // 4 * 4], validate=True)
        except ValueError:
            continue


def _of_pdf(content: bytes) -> Iterator[bytes]:
    from pypdf import PdfReader

    yield from _inflated(_STREAM.findall(content))
    reader = PdfReader(io.BytesIO(content))
    yield repr(reader.metadata).encode()
    for page in reader.pages:
        yield page.extract_text().encode()


def _inflated(packed: Iterator[bytes] | list[bytes]) -> Iterator[bytes]:
    for one in packed:
        try:
            yield zlib.decompressobj().decompress(one)
        except zlib.error:
            continue


def leaks(root: Path) -> list[str]:
    """Return whom a folder gives away, and where: by a file's name or by what is in it."""
    found = set()
    for path in root.rglob("*"):
        texts = [str(path.relative_to(root))]
        if path.is_file() and not path.is_symlink():
            texts += texts_in(path.read_bytes())
        found |= {
            f"{path.relative_to(root)}: {token}" for text in texts for token in found_in(text)
        }
    return sorted(found)

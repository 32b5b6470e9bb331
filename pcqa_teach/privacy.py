"""Pseudonyms for codes that must not be names, and small numbers kept out of what is shared."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from pcqa_teach import resources
from pcqa_teach.errors import SetupError

KEY_BYTES = 32
SMALL = 5  # the least count that is shown within the practice
LEAST_SHARED = 8  # the least count that `to_share` gives as a number
ROUNDED_TO = 5  # what `to_share` rounds to
_CODE_BYTES = 5
_browser_key: list[bytes] = []


class Pseudonyms:
    """Turns names and numbers into codes that mean nothing without this project's key.

    A code is a keyed hash (HMAC-SHA-256) of the value, so the same clinician keeps the same code
    from one export to the next, and nobody without the key can try names until one fits. The key is
    made once, readable by its owner alone, in the project's `.pcqa` folder or, without a project,
    in the user's data folder. In the browser it lives in memory and ends with the page.

    Parameters
    ----------
    project : path, optional
        The folder of the project that the key belongs to.
    key : bytes, optional
        A key given by hand (32 bytes); none is read or written then.

    Examples
    --------
    >>> code = Pseudonyms(key=bytes(32)).code
    >>> code("Dr A", "C") == code("dr  a", "C"), code("Dr A", "C") == code("Dr B", "C")
    (True, False)
    >>> code("Dr A", "C").startswith("C-")
    True
    """

    def __init__(self, project: Path | str | None = None, *, key: bytes | None = None) -> None:
        self._key = key if key is not None else _key(project)

    def code(self, value: str, prefix: str) -> str:
        """Return the code of one value; letter case and stray spaces do not change it."""
        plain = " ".join(value.split()).casefold()
        digest = hmac.digest(self._key, f"{prefix}\0{plain}".encode(), hashlib.sha256)
        return sealed(prefix, digest)


def sealed(prefix: str, digest: bytes) -> str:
    """Return the code that the first five bytes of a digest give, with two letters to check it.

    >>> sealed("C", bytes(5))
    'C-AAAAAAAAH4'
    """
    body = base64.b32encode(digest[:_CODE_BYTES]).decode()
    return f"{prefix}-{body}{_check(prefix, body)}"


def is_code(text: str, prefix: str) -> bool:
    """Say whether a text is a code that this kit made, and not a name that looks like one.

    >>> is_code("C-AAAAAAAAH4", "C"), is_code("C-WILLIAMSON", "C")
    (True, False)
    """
    start, _, rest = text.partition("-")
    return start == prefix and text == f"{prefix}-{rest[:-2]}{_check(prefix, rest[:-2])}"


def _check(prefix: str, body: str) -> str:
    return base64.b32encode(hashlib.sha256(f"{prefix}{body}".encode()).digest())[:2].decode()


def _key(project: Path | str | None) -> bytes:
    if resources.in_browser():
        if not _browser_key:
            _browser_key.append(secrets.token_bytes(KEY_BYTES))
        return _browser_key[0]
    return _stored_key(resources.key_dir(project) / "pseudonym.key")


def _stored_key(path: Path) -> bytes:
    """Read the key, or make it: written beside and linked into place, so two runs agree on one."""
    failed = ""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(KEY_BYTES))
            _put(beside, path)
            beside.unlink(missing_ok=True)
        key = path.read_bytes()
    except OSError as error:
        key, failed = b"", error.strerror or type(error).__name__
    if failed:
        raise SetupError(
            f"The key for pseudonyms cannot be kept in '{path.parent.name}' ({failed}): choose a "
            "project folder that you may write to (--project FOLDER)."
        )
    if len(key) != KEY_BYTES:
        raise SetupError(
            f"The key for pseudonyms in '{path.parent.name}' is damaged: put back your copy of "
            f"'{path.name}', or delete it (codes will then differ from earlier reports)."
        )
    return key


def _put(beside: Path, path: Path) -> None:
    """Give `beside` its name unless somebody was first (a link, where the disk knows links)."""
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    except OSError:
        if not path.exists():
            beside.rename(path)


FEW = f"fewer than {SMALL}"  # what `suppress` says of a small count
FEW_SHARED = f"fewer than {LEAST_SHARED}"  # what `to_share` says of one


def suppress(count: float, below: int = SMALL) -> int | str:
    """Return a count as a practice's own report prints it: in words where it is small but not 0.

    >>> [suppress(n) for n in (0, 1, 4, 5, 120)]
    [0, 'fewer than 5', 'fewer than 5', 5, 120]
    """
    return f"fewer than {below}" if 0 < count < below else int(count)


def to_share(count: int) -> int | str:
    """Return a count as it may leave the practice: small ones in words, others to the nearest 5.

    Where counts add up to one that is shared as well, `variation.shareable` says which of them have
    to go besides.

    Parameters
    ----------
    count : of people or appointments, 0 or more; a change in one (below 0) is treated by its size

    Examples
    --------
    >>> [to_share(n) for n in (0, 4, 5, 7, 8, 1243, -12)]
    [0, 'fewer than 8', 'fewer than 8', 'fewer than 8', 10, 1245, -10]

    Notes
    -----
    The words hold all that would be rounded to 5 too. If they ended at 4, a count of "fewer than 5"
    in one report and of 10 in a later one of little more would say that it had grown by 4 exactly.
    Hospital Episode Statistics are published so: 1 to 7 hidden, others to the nearest 5.
    """
    size = abs(count)
    if 0 < size < LEAST_SHARED:
        return FEW_SHARED
    rounded = ROUNDED_TO * ((2 * size + ROUNDED_TO) // (2 * ROUNDED_TO))
    return rounded if count > 0 else -rounded

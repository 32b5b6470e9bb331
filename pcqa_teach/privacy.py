"""Pseudonyms for codes that must not be names, and small numbers kept out of what is shared."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from pcqa_teach import resources
from pcqa_teach.errors import SetupError

KEY_BYTES = 32
SMALL = 5
_CODE_LENGTH = 8
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
    >>> codes = Pseudonyms(key=bytes(32)).codes(pd.Series(["Dr A", "Dr B", "Dr A", None]), "C")
    >>> bool(codes[0] == codes[2]), bool(codes[0] == codes[1]), bool(codes.isna()[3])
    (True, False, True)
    >>> str(codes[0]).startswith("C-")
    True
    """

    def __init__(self, project: Path | str | None = None, *, key: bytes | None = None) -> None:
        self._key = key if key is not None else _key(project)

    def code(self, value: str, prefix: str) -> str:
        """Return the code of one value; letter case and stray spaces do not change it."""
        plain = " ".join(value.split()).casefold()
        digest = hmac.digest(self._key, f"{prefix}\0{plain}".encode(), hashlib.sha256)
        return f"{prefix}-{base64.b32encode(digest)[:_CODE_LENGTH].decode()}"

    def codes(self, series: pd.Series, prefix: str) -> pd.Series:
        """Return a categorical series of codes; missing stays missing, no name is kept.

        Each distinct value is hashed once, so a million rows of ten thousand people cost ten
        thousand hashes.
        """
        numbers, distinct = pd.factorize(series)
        coded = [self.code(str(value), prefix) for value in distinct]
        categories = sorted(set(coded))
        position = {code: place for place, code in enumerate(categories)}
        lookup = [position[code] for code in coded] + [-1]  # factorize marks a missing value -1
        places = np.asarray(lookup)[numbers].tolist()
        codes = pd.Categorical.from_codes(places, categories=pd.Index(categories))
        return pd.Series(codes, index=series.index, name=series.name)


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


def suppress(count: float, below: int = SMALL) -> int | str:
    """Return a count that may be shared: in words where it is above nought and below `below`.

    >>> [suppress(n) for n in (0, 1, 4, 5, 120)]
    [0, 'fewer than 5', 'fewer than 5', 5, 120]
    """
    return f"fewer than {below}" if 0 < count < below else int(count)


def suppress_frame(frame: pd.DataFrame, counts: Sequence[str], below: int = SMALL) -> pd.DataFrame:
    """Return a copy in which small numbers in the columns `counts` are put in words.

    Where exactly one number of a column is hidden, the next smallest is hidden with it, so that a
    total cannot give the first away.

    >>> suppress_frame(pd.DataFrame({"n": [3, 40, 9, 0, 12]}), ["n"])["n"].tolist()
    ['fewer than 5', 40, 'not shown', 0, 12]
    """
    shared = frame.copy()
    for column in counts:
        values = frame[column]
        small = (values > 0) & (values < below)
        words = values.astype(object).mask(small, f"fewer than {below}")
        rest = values[~small & (values > 0)]
        if small.sum() == 1 and len(rest):
            words = words.mask(words.index == rest.idxmin(), "not shown")
        shared[column] = words
    return shared

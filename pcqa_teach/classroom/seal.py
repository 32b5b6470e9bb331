"""A class's seal: a page signed so that anybody can see, without a network, that it is unchanged.

The whole text of the page is signed (Ed25519), with the place of the signature itself empty and
line ends as one character. The public key stands in the page; the private key never leaves the
class folder.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pcqa_teach.classroom import private
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.errors import ClassroomError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY = "signing.key"
_SIGNATURE = re.compile(r'<code id="signature">([A-Za-z0-9+/=]*)</code>')
_PUBLIC = re.compile(r'<code id="public-key">([A-Za-z0-9+/=]{44})</code>')
_BIGGEST = 4 << 20
_NO_SEAL = "bears no seal: it is no certificate of this kit, or its end was cut off."


@dataclass(frozen=True)
class Seal:
    """What a sealed page shows: whether it is as it was signed, and the key's fingerprint."""

    unchanged: bool
    fingerprint: str


class Signer:
    """A class's own key; made the first time that one is wanted, for its owner's eyes alone."""

    def __init__(self, course: ClassFolder) -> None:
        self._key = _key(course.part(".pcqa", KEY))
        self.public = self._key.public_key().public_bytes_raw()

    @property
    def fingerprint(self) -> str:
        """What people compare."""
        return fingerprint(self.public)

    def place(self) -> str:
        """Return the markup that `sealed` needs in a page."""
        return (
            '<dl style="overflow-wrap: anywhere"><dt>Public key</dt>'
            f'<dd><code id="public-key">{base64.b64encode(self.public).decode()}</code></dd>'
            '<dt>Signature</dt><dd><code id="signature"></code></dd></dl>'
        )

    def sealed(self, page: str) -> str:
        """Return a page with its signature in place."""
        empty = _plain(page)
        signature = base64.b64encode(self._key.sign(empty.encode())).decode()
        return _SIGNATURE.sub(f'<code id="signature">{signature}</code>', empty, count=1)


def looked_at(path: Path) -> Seal:
    """Look at the seal of a page.

    Raises
    ------
    ClassroomError
        It cannot be read, or bears no seal.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        if path.stat().st_size > _BIGGEST:
            raise ClassroomError(f"'{path.name}' {_NO_SEAL}")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ClassroomError(f"'{path.name}' cannot be read as a page.") from None
    signatures, keys = _SIGNATURE.findall(text), _PUBLIC.findall(text)
    if len(signatures) != 1 or len(keys) != 1:
        raise ClassroomError(f"'{path.name}' {_NO_SEAL}")
    public, signature = _decoded(keys[0]), _decoded(signatures[0])
    if len(public) != 32:
        raise ClassroomError(f"'{path.name}' {_NO_SEAL}")
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _plain(text).encode())
    except (InvalidSignature, ValueError):
        return Seal(False, fingerprint(public))
    return Seal(True, fingerprint(public))


def _decoded(text: str) -> bytes:
    """Return what base64 stands for; nothing where another text would stand for the same."""
    try:
        found = base64.b64decode(text, validate=True)
    except ValueError:
        return b""
    return found if base64.b64encode(found).decode() == text else b""


def fingerprint(public: bytes) -> str:
    """Return a public key's fingerprint, in groups that can be read out.

    >>> fingerprint(bytes(32))
    '6668 7aad f862 bd77 6c8f c18b 8e9f 8e20'
    """
    digest = hashlib.sha256(public).hexdigest()[:32]
    return " ".join(digest[n : n + 4] for n in range(0, 32, 4))


def own_fingerprint(course: ClassFolder) -> str:
    """Return the fingerprint of a class's key; nothing where it has none yet."""
    there = course.part(".pcqa", KEY).is_file()
    return Signer(course).fingerprint if there else ""


def _plain(page: str) -> str:
    """Return what is signed: mail and editors may change line ends, and nothing else."""
    one = page.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    return _SIGNATURE.sub('<code id="signature"></code>', one, count=1)


def _key(path: Path) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if not path.is_file():
        made = Ed25519PrivateKey.generate().private_bytes(
            form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
        )
        with private.file(path) as draft:
            draft.write_bytes(made)
    try:
        key = form.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise ClassroomError(
            f"This class's key '.pcqa/{KEY}' is damaged: put back your copy of it. Without it, "
            "new certificates bear another fingerprint than those given before."
        )
    return key

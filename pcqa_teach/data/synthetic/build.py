"""Write the committed files: each beside its place first, then renamed; nothing else is touched."""

import gzip
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from pcqa_teach.data.synthetic.events import SEED
from pcqa_teach.data.synthetic.files import everything
from pcqa_teach.errors import SetupError


def build(folder: Path, seed: int = SEED, say: Callable[[str], None] = print) -> list[Path]:
    """Rebuild every committed file below ``folder`` and return their paths.

    A file whose content is already right keeps its bytes (so that another zlib, which may squeeze
    the same content differently, changes nothing). Files that this command did not make stay.

    Raises
    ------
    SetupError
        The folder cannot be written to.
    """
    started = time.perf_counter()
    paths: list[Path] = []
    for name, data in everything(seed):
        path = folder / name
        try:
            state = _put(path, data)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise SetupError(
                f"'{name}' cannot be written ({why}): choose a folder that you may write to."
            ) from None
        paths.append(path)
        size, spent = len(data) / 1024, time.perf_counter() - started
        say(f"{spent:5.1f} s  {state:9}  {name}  ({size:,.0f} KB)")
    return paths


def content(path: Path) -> bytes:
    """Return what a file holds, unzipped where it is gzipped."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def _put(path: Path, data: bytes) -> str:
    if path.is_file() and _same(path, data):
        return "unchanged"
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return "written"


def _same(path: Path, data: bytes) -> bool:
    held = path.read_bytes()
    if held == data:
        return True
    if path.suffix != ".gz":
        return False
    try:
        return gzip.decompress(held) == gzip.decompress(data)
    except (OSError, EOFError):
        return False

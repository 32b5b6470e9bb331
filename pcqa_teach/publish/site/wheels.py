"""The files that make the browser's Python: gathered once, each checked against the lock.

The lock (`browser.lock.json`) names every file with its sha256: those of the official Pyodide
release as its own lock gives them, and the wheels that the release lacks as the package index
gives them. Where they come from is of no matter, since each is checked.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import Any

from pcqa_teach.errors import RunError, SetupError

Say = Callable[[str], None]

_LOCK = Path(__file__).with_name("browser.lock.json")
# A wheel on the package index that carries the files of the official release, byte for byte;
# nothing else of it is used.
_CARRIER = (
    "open-webui==0.9.6"
    " --hash=sha256:ce5fdd1b8acf2b823c87417242dea4e6686d6130a98e766954ec6f04e5e146ed"
)
_BROWSER = (
    *("--python-version", "3.13", "--implementation", "cp"),
    *("--abi", "cp313", "--abi", "abi3", "--abi", "none"),
    *("--platform", "pyemscripten_2025_0_wasm32", "--platform", "any"),
)


@cache
def lock() -> Any:
    """Return the lock: `core` and `packages`, each file with its sha256."""
    return json.loads(_LOCK.read_text(encoding="utf-8"))


def gather(folder: Path, source: Path | None = None, say: Say | None = None) -> Path:
    """Fill `folder` with every file of the lock, those that it holds already left as they are.

    Parameters
    ----------
    folder : path
        Where the files lie from now on.
    source : path, optional
        A folder or an archive that holds files of the lock, such as the official release; what is
        not there is fetched from the package index that pip is set to.
    say : callable, optional
        Told what is being fetched.

    Raises
    ------
    RunError
        A file is not the one that the lock names.
    SetupError
        A file is neither at hand nor to be fetched.
    """
    tell = say or (lambda _: None)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = _wanted("release") | _wanted("index")
    for name in sorted(wanted):
        if (folder / name).is_file():
            check(folder / name, wanted[name])
    if source is not None:
        tell(f"taking files from {source.name}")
        _take(_within(source), folder, wanted)
    if _missing(folder, _wanted("release")):
        tell("fetching Python for the browser (150 MB, once)")
        with tempfile.TemporaryDirectory(prefix="pcqa-wheels-", dir=folder) as scratch:
            for archive in _fetch([_CARRIER], Path(scratch)):
                _take(_within(archive), folder, _wanted("release"))
    if absent := _missing(folder, _wanted("index")):
        tell(f"fetching {len(absent)} packages for the browser")
        with tempfile.TemporaryDirectory(prefix="pcqa-wheels-", dir=folder) as scratch:
            _fetch(_requirements(), Path(scratch), *_BROWSER)
            _take(_within(Path(scratch)), folder, _wanted("index"))
    if lost := _missing(folder, wanted):
        raise SetupError(
            f"'{lost[0]}' could not be found for the browser's Python: name a folder or an archive"
            " of the Pyodide release with --wheels."
        )
    return folder


def check(path: Path, sha256: str, name: str = "") -> None:
    """Refuse a file that is not the one that the lock names; `name` is what it will be called.

    Raises
    ------
    RunError
        It is another file, or a damaged one.
    """
    if digest(path) != sha256:
        raise RunError(
            f"'{name or path.name}' is not the file that the lock names (its sha256 differs): it"
            " was not used. Delete it and build again; if it comes back so, whoever sends it has"
            " changed it."
        )


def digest(path: Path) -> str:
    """Return a file's sha256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _wanted(origin: str) -> dict[str, str]:
    """Return the files that come from the release, or from the index, with their sha256."""
    files = dict(lock()["core"]) if origin == "release" else {}
    for one in lock()["packages"].values():
        if one["from"] == origin:
            files[one["file_name"]] = one["sha256"]
    return files


def _missing(folder: Path, wanted: Mapping[str, str]) -> list[str]:
    return [name for name in sorted(wanted) if not (folder / name).is_file()]


def _requirements() -> list[str]:
    return [
        f"{name}=={one['version']} --hash=sha256:{one['sha256']}"
        for name, one in lock()["packages"].items()
        if one["from"] == "index"
    ]


def _fetch(requirements: list[str], folder: Path, *options: str) -> list[Path]:
    """Have pip download exactly these files, whatever index it is set to."""
    listed = folder / "requirements.txt"
    listed.write_text("\n".join(requirements) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary",
               ":all:", "--require-hashes", "--disable-pip-version-check", "-d", str(folder),
               *options, "-r", str(listed)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    listed.unlink()
    if done.returncode:
        if "HASHES" in done.stderr or "hash" in done.stderr.lower():
            raise RunError(
                "A file on the package index is not the one that the lock names: it was not used."
            )
        raise SetupError(
            "The browser's Python could not be fetched: look at the network and at pip's settings,"
            " or name a folder or an archive that holds it with --wheels."
        )
    return sorted(folder.iterdir())


def _take(files: Iterator[tuple[str, Callable[[], bytes]]], folder: Path,
          wanted: Mapping[str, str]) -> None:  # fmt: skip
    """Keep those files that are wanted and not there yet, each checked before it has its name."""
    for name, read in files:
        if name in wanted and not (folder / name).is_file():
            draft = folder / f".{name}.partial"
            draft.write_bytes(read())
            try:
                check(draft, wanted[name], name)
                draft.replace(folder / name)
            finally:
                draft.unlink(missing_ok=True)


def _within(source: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Give each file of a folder or an archive by its bare name, to be read when it is wanted."""
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.is_file():
                yield path.name, path.read_bytes
    elif zipfile.is_zipfile(source):
        with zipfile.ZipFile(source) as archive:
            for name in archive.namelist():
                yield PurePosixPath(name).name, partial(archive.read, name)
    elif source.is_file() and tarfile.is_tarfile(source):
        with tarfile.open(source) as archive:
            for member in archive:
                if (file := archive.extractfile(member)) is not None:
                    yield PurePosixPath(member.name).name, file.read
    else:
        raise SetupError(
            f"'{source.name}' is neither a folder nor an archive: name the Pyodide release, or"
            " leave --wheels out to have it fetched."
        )

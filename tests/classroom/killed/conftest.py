"""A real PostgreSQL of its own for tests: on a socket in a scratch folder, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _absent() -> str:
    """Return why there is none here; "" where there is one."""
    if _command("initdb") is None:
        return "PostgreSQL is not installed"
    if os.getuid() == 0 and shutil.which("runuser") is None:
        return "PostgreSQL does not run as root, and there is no runuser"
    return ""


@pytest.fixture(scope="session")
def databases() -> Iterator[Callable[[str], str]]:
    """Give a function that makes an empty database, and returns its address."""
    if why := _absent():
        pytest.skip(why)
    place = Path(tempfile.mkdtemp(prefix="pcqa-pg-"))
    data = place / "data"
    if os.getuid() == 0:
        shutil.chown(place, "postgres", "postgres")
    options = f"-c listen_addresses='' -c unix_socket_directories={place} -c fsync=off"
    try:
        _run("initdb", "-D", str(data), "-U", "pcqa", "--auth=trust", "-E", "UTF8")
        _run("pg_ctl", "-D", str(data), "-w", "-l", str(place / "log"), "-o", options, "start")
        try:
            yield lambda name: _new_database(place, name)
        finally:
            _run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _new_database(host: Path, name: str) -> str:
    _run("createdb", "-h", str(host), "-U", "pcqa", name)
    return f"postgresql+psycopg://pcqa@/{name}?host={host}"


def _run(name: str, *arguments: str) -> None:
    command = [str(_command(name)), *arguments]
    if os.getuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/", check=False
    )
    assert done.returncode == 0, done.stderr


def _command(name: str) -> Path | None:
    for place in _PLACES:
        if (place / name).exists():
            return place / name
    found = shutil.which(name)
    return Path(found) if found else None

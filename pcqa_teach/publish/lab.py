"""Open a workbook in JupyterLab, on this computer only and without a call to any other."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from pcqa_teach.errors import SetupError
from pcqa_teach.extras import lacking
from pcqa_teach.publish.workbook import START

LOG = Path(".pcqa") / "lab.log"  # in the workbook
_LOOK_AGAIN = 0.2  # seconds
_SETTINGS = Path(__file__).parent / "lab_config"


def open_lab(
    folder: Path | str,
    *,
    browser: bool = True,
    port: int | None = None,
    say: Callable[[str], None] = print,
) -> int:
    """Start JupyterLab in the workbook, say where it is, wait until it ends; return its exit code.

    It answers on this computer alone, with a fresh key each time. Its news, update check and
    extension catalogue, which would call other computers, are off. What it logs goes into the
    workbook's `.pcqa/lab.log`.

    Raises
    ------
    SetupError
        JupyterLab is not installed.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise SetupError(lacking("A workbook opens in JupyterLab", "lab"))
    browser = browser and has_browser()
    command, environment = lab_command(Path(folder), browser=browser, port=port)
    began = time.time() - 1  # a file system may keep whole seconds
    with (
        private_log(Path(folder) / LOG) as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=log) as lab,  # noqa: S603 - our own interpreter
        passed_on(lab),
    ):
        said = False
        while lab.returncode is None:
            with contextlib.suppress(KeyboardInterrupt):  # JupyterLab answers Ctrl-C itself
                if not said and (address := _address(Path(folder), began)):
                    said = True
                    say(_opened(address, browser=browser))
                with contextlib.suppress(subprocess.TimeoutExpired):
                    lab.wait(None if said else _LOOK_AGAIN)
    return lab.returncode


def _opened(address: str, *, browser: bool) -> str:
    where = (
        "Your workbook is open in your browser; if it is not, go to:"
        if browser
        else "Open your workbook in a browser on this computer:"
    )
    return f"{where} {address}\nLeave this window open; Ctrl-C ends it."


def has_browser() -> bool:
    """Say whether there is a browser to open."""
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def private_log(place: Path) -> IO[bytes]:
    """Open a log afresh, readable by its owner alone: it holds the key of this session."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.unlink(missing_ok=True)
    return os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _address(folder: Path, began: float) -> str | None:
    """Return the address, with its key, of a server that began in this folder and answers."""
    from jupyter_core.paths import jupyter_runtime_dir

    for note in Path(jupyter_runtime_dir()).glob("jpserver-*.json"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            if note.stat().st_mtime < began:
                continue
            server = json.loads(note.read_text(encoding="utf-8"))
            if Path(server["root_dir"]) == folder.resolve() and _answers(server["port"]):
                return f"{server['url']}lab?token={server['token']}"
    return None


def _answers(port: int) -> bool:
    """Say whether somebody listens there; a server notes where it will be before it listens."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


@contextlib.contextmanager
def passed_on(lab: subprocess.Popen[bytes]) -> Iterator[None]:
    """Let a server hear Ctrl-C by itself, and pass on a request to end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ends = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, lambda *_: lab.terminate()) for number in ends}
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def lab_command(
    folder: Path, *, browser: bool = True, port: int | None = None
) -> tuple[list[str], dict[str, str]]:
    """Return the command that opens a workbook, and the environment it needs."""
    folder = folder.resolve()
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.ip=127.0.0.1",
        f"--LabApp.default_url=/lab/tree/{START}",
        "--ServerApp.answer_yes=True",  # Ctrl-C ends it at once
    ]
    if port is not None:
        command.append(f"--ServerApp.port={port}")
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # a container's only user
    return command, {
        **os.environ,
        "JUPYTER_CONFIG_PATH": settings_path(),
        "PCQA_PROJECT": str(folder),
    }


def settings_path() -> str:
    """Return where Jupyter finds the kit's settings: before a person's own."""
    paths = [str(_SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    return os.pathsep.join(path for path in paths if path)

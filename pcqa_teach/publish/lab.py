"""Open a workbook in JupyterLab, on this computer only and without a call to any other."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from pcqa_teach.errors import SetupError
from pcqa_teach.publish.workbook import START

_SETTINGS = Path(__file__).parent / "lab_config"


def open_lab(folder: Path | str, *, browser: bool = True) -> int:
    """Start JupyterLab in the workbook, wait until it ends and return its exit code.

    It answers on this computer alone, with a fresh key each time. Its news, update check and
    extension catalogue, which would call other computers, are off.

    Raises
    ------
    SetupError
        JupyterLab is not installed.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise SetupError("JupyterLab is not installed: run `pip install 'pcqa_teach[lab]'`.")
    command, environment = lab_command(Path(folder), browser=browser)
    with (
        subprocess.Popen(command, env=environment) as lab,  # noqa: S603 - our own interpreter
        _passed_on(lab),
    ):
        while lab.returncode is None:
            with contextlib.suppress(KeyboardInterrupt):  # JupyterLab answers Ctrl-C itself
                lab.wait()
    return lab.returncode


@contextlib.contextmanager
def _passed_on(lab: subprocess.Popen[bytes]) -> Iterator[None]:
    """Let JupyterLab hear Ctrl-C by itself, and pass on a request to end."""
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


def lab_command(folder: Path, *, browser: bool = True) -> tuple[list[str], dict[str, str]]:
    """Return the command that opens a workbook, and the environment it needs."""
    folder = folder.resolve()
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.ip=127.0.0.1",
        f"--LabApp.default_url=/lab/tree/{START}",
    ]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # a container's only user
    paths = [str(_SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    settings = os.pathsep.join(path for path in paths if path)
    return command, {
        **os.environ,
        "JUPYTER_CONFIG_PATH": settings,
        "PCQA_PROJECT": str(folder),
    }

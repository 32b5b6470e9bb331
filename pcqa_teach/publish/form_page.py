"""The form for a report in a browser by itself: Voila shows it, without code, on this computer."""

from __future__ import annotations

import contextlib
import html
import importlib.util
import os
import secrets
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import IO

from pcqa_teach import resources
from pcqa_teach.errors import SetupError
from pcqa_teach.extras import lacking
from pcqa_teach.publish.lab import has_browser, passed_on, private_log, settings_path
from pcqa_teach.publish.participant import write_whole
from pcqa_teach.publish.workbook import FORM as NOTEBOOK
from pcqa_teach.run.private import private_folder

LOG = Path(".pcqa") / "form.log"
_LEADS = Path(".pcqa") / "form-open.html"


def open_form(
    folder: Path | str,
    *,
    browser: bool = True,
    port: int | None = None,
    say: Callable[[str], None] = print,
) -> int:
    """Show the form in a browser, say where it is, wait until it ends; return Voila's exit code.

    It answers on this computer alone, with a fresh key each time, and serves no file but the
    reports that it makes, and those only to whoever has the key. They go into `folder`, in
    `reports`.

    Parameters
    ----------
    folder : path
        Where reports and the key for pseudonyms are kept; made if it is not there.
    browser : bool
        Whether a browser is opened.
    port : int, optional
        Where it answers; one that is free otherwise.
    say : callable
        Told where the form is.

    Raises
    ------
    SetupError
        Voila is not installed, the port is in use, or the folder cannot be written.
    """
    if importlib.util.find_spec("voila") is None:
        raise SetupError(lacking("The form needs Voila", "lab"))
    if port is not None:
        _refuse_taken(port)
    home = Path(folder).expanduser().absolute()
    with _log(home) as log, private_folder("pcqa-form-") as served:
        _lay_out(served)
        return _serve(home, served, port or 0, log, browser=browser and has_browser(), say=say)


def _serve(
    home: Path,
    served: Path,
    port: int,
    log: IO[bytes],
    *,
    browser: bool,
    say: Callable[[str], None],
) -> int:
    """Run the server until it ends, and say where it is once it has said so; give its exit code."""
    key = secrets.token_hex(24)
    command, environment = form_command(home, served, port, key)
    with (
        subprocess.Popen(  # noqa: S603 - our own interpreter
            command, cwd=served, env=environment, stdout=subprocess.PIPE, stderr=log
        ) as voila,
        passed_on(voila),
        contextlib.ExitStack() as leads,
    ):
        heard = False
        leads.callback((home / _LEADS).unlink, missing_ok=True)
        while voila.returncode is None:
            with contextlib.suppress(KeyboardInterrupt):  # Voila answers Ctrl-C itself
                if not heard:
                    its_own = told_port(voila)
                    heard = True
                    if its_own is not None and voila.poll() is None:
                        address = f"http://127.0.0.1:{its_own}/?token={key}"
                        if browser:
                            webbrowser.open(_leading_to(address, home / _LEADS))
                        say(_opened(address, browser=browser))
                voila.wait()
    return voila.returncode


def form_command(
    folder: Path, served: Path, port: int, key: str
) -> tuple[list[str], dict[str, str]]:
    """Return the command that shows the form of a folder, and the environment it needs.

    The form's notebook lies in `served`, a private folder in which the server is to be started:
    Python, Voila and a notebook's kernel run and obey what they find in theirs, and others may
    have put something into `folder`.

    The key goes by the environment: a command line can be seen by others on the computer. Port 0
    is any that is free. What the command writes to its output is for `told_port`.
    """
    command = [
        sys.executable, "-m", "pcqa_teach.publish.form_server", str(served / NOTEBOOK),
        "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1", "--Voila.auto_token=True",
        f"--Voila.root_dir={served}",
    ]  # fmt: skip
    return command, {
        **os.environ,
        "JUPYTER_CONFIG_PATH": settings_path(),
        "JUPYTER_TOKEN": key,
        "PCQA_PROJECT": str(folder),
    }


def told_port(server: subprocess.Popen[bytes]) -> int | None:
    """Wait until our own server says on which port it answers; None where it ends instead.

    Whatever answers on a port may be another program, of another account: only the server's own
    word, in a pipe that nobody else can write to, says that the key may go there.
    """
    word = server.stdout.readline() if server.stdout else b""
    return int(word) if word.strip().isdigit() else None


def _lay_out(served: Path) -> None:
    """Put the form's notebook, as it is in the kit, into the folder that is served."""
    write_whole(served / NOTEBOOK, resources.form_notebook().read_text(encoding="utf-8"))


def _log(folder: Path) -> IO[bytes]:
    try:
        return private_log(folder / LOG)
    except OSError:
        raise SetupError(
            f"'{folder.name}' cannot be written to: name a folder of your own."
        ) from None


def _leading_to(address: str, page: Path) -> str:
    """Return the address of a page of this account alone that leads on to `address`.

    A browser's command line can be seen by others on the computer, as ours can.
    """
    where = html.escape(address)
    with private_log(page) as file:
        file.write(
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The form</title>'
            f'<meta http-equiv="refresh" content="0; url={where}"></head>'
            f'<body><p><a href="{where}">Open the form</a></p></body></html>\n'.encode()
        )
    return page.as_uri()


def _opened(address: str, *, browser: bool) -> str:
    where = (
        "The form is open in your browser; if it is not, go to:"
        if browser
        else "Open the form in a browser on this computer:"
    )
    return f"{where} {address}\nLeave this window open; Ctrl-C ends it."


def _refuse_taken(port: int) -> None:
    """Say that a port is in use before anything is begun, without a word to what answers there."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        raise SetupError(
            f"Port {port} is in use, perhaps by a form that is open already: go to that one, or "
            "leave `--port` out and any that is free is taken."
        ) from None

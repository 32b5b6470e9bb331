"""Voila as the form runs it: reports are for whoever has the key, and no other file is served.

Voila's own address for files asks nobody for a key: every account of the computer could read them.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import httpserver, ioloop, netutil, web
from voila.app import Voila

_REPORT = r"/made/([\w-]+/(?:report\.html|notice-board\.pdf))"
# A report is one page without a script.
_NOTHING_ELSE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Made(JupyterHandler, web.StaticFileHandler):  # type: ignore[misc]
    """A report's page, or its page for the notice board, for whoever has the key."""

    @property
    def content_security_policy(self) -> str:
        """What the page may do: nothing but look as it does."""
        return _NOTHING_ELSE if self.request.path.endswith(".html") else "frame-ancestors 'none'"

    @web.authenticated
    def head(self, path: str) -> Awaitable[None]:  # type: ignore[override]
        """Say what would be given."""
        return web.StaticFileHandler.get(self, path, include_body=False)

    @web.authenticated
    def get(self, path: str) -> Awaitable[None]:  # type: ignore[override]
        """Give the file."""
        return web.StaticFileHandler.get(self, path)


class FormServer(Voila):  # type: ignore[misc]
    """Voila for the form alone."""

    port: int  # as Voila has it
    word: int | None = None  # where whoever started this hears the port

    def init_settings(self) -> dict[str, Any]:
        """Answer to this computer's own names only."""
        local = {"allow_remote_access": False, "local_hostnames": ["localhost"]}
        return {**super().init_settings(), **local}

    def init_handlers(self) -> list[Any]:
        """Serve reports behind the key, and nothing where Voila would serve files without it."""
        self.voila_configuration.file_allowlist = []
        reports = {"path": str(Path(os.environ["PCQA_PROJECT"]) / "reports")}
        made = (url_path_join(self.server_url, _REPORT), Made, reports)
        return [made, *super().init_handlers()]

    def listen(self) -> None:
        """Take the port, or any free one for 0, say which, and answer until told to end.

        Voila's own way could not say which it took, and asking whatever answers on a port would
        tell another program of the form.
        """
        try:
            sockets = netutil.bind_sockets(self.port, self.ip, family=socket.AF_INET)
            self.port = sockets[0].getsockname()[1]
            httpserver.HTTPServer(self.app).add_sockets(sockets)
            self.ioloop = ioloop.IOLoop.current()
            self.log.info("The form answers on port %d.", self.port)
            if self.word is not None:
                with os.fdopen(self.word, "w", encoding="ascii") as parent:
                    parent.write(f"{self.port}\n")
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.info("Stopping...")
        finally:
            self.stop()


def keep_out_of_logs(key: str) -> None:
    """Let no line that is logged from now on hold the key: an address may."""
    before = logging.getLogRecordFactory()

    def without(*given: Any, **more: Any) -> logging.LogRecord:
        record = before(*given, **more)
        said = record.getMessage()
        if key in said:
            record.msg, record.args = said.replace(key, "..."), ()
        return record

    logging.setLogRecordFactory(without)


def output_kept() -> int:
    """Return the output for the one word to whoever started this; all else goes to the log."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    return kept


if __name__ == "__main__":
    if key := os.environ.get("JUPYTER_TOKEN"):
        keep_out_of_logs(key)
    FormServer.word = output_kept()
    FormServer.launch_instance()

"""A server for a built site, on this computer alone, with the headers that any host needs."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from pcqa_teach.errors import SetupError
from pcqa_teach.publish.site.pages import POLICY

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",  # asked again each time; unchanged files are not sent again
}
_TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm",
          ".ipynb": "application/json", ".whl": "application/octet-stream"}  # fmt: skip
_PACKED = {".js", ".mjs", ".wasm", ".css", ".html", ".json", ".svg", ".ipynb"}
_SMALL = 2000  # bytes


def serve(
    folder: Path | str, *, port: int = 8000, ready: Callable[[str], None] | None = None
) -> None:
    """Serve a built site at 127.0.0.1 until it is stopped.

    Parameters
    ----------
    folder : path
        What `pcqa site` has built.
    port : int
        Where it answers; 0 takes any that is free.
    ready : callable, optional
        Told the address once it answers.

    Raises
    ------
    SetupError
        The folder holds no site, or the port is taken.
    """
    place = Path(folder).expanduser().absolute()
    if not (place / "index.html").is_file():
        raise SetupError(f"'{place.name}' holds no built site: make one with `pcqa site -o DIR`.")
    asyncio.run(_serve(place, port, ready or (lambda _: None)))


async def _serve(folder: Path, port: int, ready: Callable[[str], None]) -> None:
    from tornado.httpserver import HTTPServer
    from tornado.netutil import bind_sockets
    from tornado.web import Application

    settings = {"path": str(folder), "default_filename": "index.html"}
    server = HTTPServer(Application([(r"/(.*)", _handler(), settings)]))
    try:
        sockets = bind_sockets(port, "127.0.0.1")
    except OSError:
        raise SetupError(
            f"Port {port} is taken: name another, as in `pcqa serve DIR --port {port + 1}`."
        ) from None
    server.add_sockets(sockets)
    ready(f"http://127.0.0.1:{sockets[0].getsockname()[1]}/")
    await asyncio.Event().wait()


def _handler() -> Any:
    from tornado.web import HTTPError, StaticFileHandler

    class Site(StaticFileHandler):  # type: ignore[misc, unused-ignore]
        """Files of the site with the headers, packed where the browser takes it so."""

        def set_extra_headers(self, path: str) -> None:
            """Say what a page may do, and what a file is."""
            for name, value in HEADERS.items():
                self.set_header(name, value)
            kind = _TYPES.get(Path(path).suffix)
            if kind:
                self.set_header("Content-Type", kind)

        def prepare(self) -> None:
            """Answer to this computer's own names alone, and to paths that can be."""
            host = self.request.host.rsplit(":", 1)[0]
            if host not in ("127.0.0.1", "localhost", "[::1]"):
                raise HTTPError(403)
            if "%00" in self.request.path:
                raise HTTPError(404)

        async def get(self, path: str, include_body: bool = True) -> None:
            """Send a file, packed if that is worth it."""
            whole = Path(self.get_absolute_path(self.root, path))
            takes = "gzip" in self.request.headers.get("Accept-Encoding", "")
            if takes and whole.suffix in _PACKED and whole.is_file():
                await self._packed(whole, path, include_body)
            else:
                await super().get(path, include_body)

        async def _packed(self, whole: Path, path: str, include_body: bool) -> None:
            self.path = path
            absolute = self.validate_absolute_path(self.root, str(whole))
            if absolute is None:
                return
            self.absolute_path = absolute
            self.modified = self.get_modified_time()
            self.set_headers()
            self.set_header("Vary", "Accept-Encoding")
            if self.should_return_304():
                self.set_status(304)
                return
            stat = whole.stat()
            content = _packed(str(absolute), stat.st_mtime_ns)
            if len(content) < stat.st_size and stat.st_size > _SMALL:
                self.set_header("Content-Encoding", "gzip")
            else:
                content = whole.read_bytes()
            self.set_header("Content-Length", len(content))
            if include_body:
                self.write(content)

    return Site


@cache
def _packed(path: str, changed: int) -> bytes:
    del changed  # a file that changes is packed anew
    return gzip.compress(Path(path).read_bytes(), compresslevel=6)

"""The Python inside a web page: packages fetched at their first import, files kept in memory.

On a desk nothing is fetched, held or let go: whoever asks for a file to be held is refused.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from pcqa_teach.errors import SetupError

_FOLDER = Path("/tmp/pcqa-own")  # noqa: S108 - in a browser this is memory, gone with the page
_chosen: list[str] = []


def chosen_export(named: Any = None) -> Any:
    """Return the export that was named, else the file that was chosen on the page, else None.

    Parameters
    ----------
    named : path, list of paths or None
        What a notebook's set-up cell names.

    Examples
    --------
    >>> chosen_export("export.csv")
    'export.csv'
    >>> chosen_export() is None
    True
    """
    if named:
        return named
    return _chosen[0] if _chosen else None


def take(url: str, name: str) -> str:
    """Copy a file that was chosen on the page into memory, in the place of any before it.

    It is read from the page itself, which holds it under an address of its own (`blob:`); nothing
    is sent, and nothing is written to the browser's storage.

    Parameters
    ----------
    url : str
        The page's own address of the file.
    name : str
        Its name, for its ending.

    Raises
    ------
    SetupError
        This Python is not inside a web page, or the page no longer holds the file.
    """
    try:
        js: Any = importlib.import_module("js")
    except ImportError:
        raise SetupError("Only a web page can hand over a file: name it in the notebook.") from None
    request = js.XMLHttpRequest.new()
    request.open("GET", url, False)
    request.responseType = "arraybuffer"
    request.send(None)
    if request.status != 200 or not request.response:
        raise SetupError("The file could not be read: choose it again.")
    forget()
    place = hold(f"export{Path(name).suffix.lower()}", request.response.to_bytes())
    _chosen.append(str(place))
    return _chosen[0]


def hold(name: str, content: bytes) -> Path:
    """Put a file into memory under a name of our own, beside what is there.

    Parameters
    ----------
    name : str
        What to call it: never what the user called it.
    content : bytes
        What is in it.

    Raises
    ------
    SetupError
        This Python is not inside a web page, and memory would be a folder that others can see.
    """
    if not _in_a_page():
        raise SetupError("Only a web page keeps files in memory: name yours in the notebook.")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    place = _FOLDER / name
    place.write_bytes(content)
    return place


def forget() -> None:
    """Let go of whatever was chosen or held."""
    _chosen.clear()
    if not _in_a_page():
        return
    for left in _FOLDER.glob("*"):
        left.unlink()


class OnDemand(importlib.abc.MetaPathFinder):
    """Fetches a package of the site when a lesson or another package first imports it."""

    def __init__(self) -> None:
        self.tried: set[str] = set()

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Find a package that the site has and that is not there yet."""
        if "." in name or name in self.tried or name not in self._offered:
            return None
        self.tried.add(name)
        js: Any = importlib.import_module("pyodide_js")
        ffi: Any = importlib.import_module("pyodide.ffi")
        if not ffi.can_run_sync():
            raise ImportError(
                f"This browser cannot fetch '{name}' in the middle of a cell: use an up-to-date"
                f" Edge, Chrome or Firefox, or write `import {name}` in a cell of its own first."
            )
        ffi.run_sync(js.loadPackagesFromImports(f"import {name}"))
        importlib.invalidate_caches()
        return importlib.machinery.PathFinder.find_spec(name)

    @cached_property
    def _offered(self) -> set[str]:
        """Return the names that the site's packages are imported by."""
        js: Any = importlib.import_module("pyodide_js")
        packages = js.lockfile.packages.to_py()
        return {name for one in packages.values() for name in one["imports"]}


def begin() -> None:
    """Fetch packages on demand from now on, where this Python is inside a web page."""
    if _in_a_page() and not any(isinstance(f, OnDemand) for f in sys.meta_path):
        sys.meta_path.append(OnDemand())


def _in_a_page() -> bool:
    return sys.platform == "emscripten"

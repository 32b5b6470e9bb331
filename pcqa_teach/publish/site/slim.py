"""A wheel made ready for the browser: without what no lesson needs, and compiled beforehand.

What a browser does not fetch, unpack and compile, nobody waits for. The files that are made here
come from files that were checked against the lock; the site's own lock holds their new sha256.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from functools import cache
from pathlib import Path

# Of every package: what is for its makers.
# What its licence asks to go with it stays.
_ALWAYS = re.compile(r"(^|/)(LICEN[CS]E|COPYING|NOTICE)[^/]*$|/licenses/", re.IGNORECASE)
_NEVER = re.compile(
    r"(^|/)(tests?|testing/data|sphinxext|benchmarks|docs?|examples?)/|"
    r"\.(pyi|h|hpp|c|cpp|pyx|pxd|pxi|a|map|f|f90|md|rst|po)$|"
    r"\.dist-info/(RECORD|WHEEL)$"
)
# Of some: what no lesson draws, reads or asks for.
_DROPPED = {
    "matplotlib": r"mpl-data/(sample_data|images|plot_directive|fonts/(afm|pdfcorefonts))/|"
    r"mpl-data/fonts/ttf/(?!DejaVuSans(-Bold|-Oblique|Display)?\.|cmsy10|cmmi10|cmr10|cmex10)|"
    r"mpl_toolkits/(axes_grid1|axisartist)/|backends/web_backend/|_ttconv|backends/(_?backend_(gtk|qt|tk|wx|macosx|nbagg|"
    r"web|cairo|pgf|ps))|sphinxext",
    "pandas": r"pandas/(_testing/_hypothesis|conftest)",
    "pygments": r"pygments/lexers/(?!(__init__|_mapping|python|special|_lexer)\.py)|"
    r"pygments/formatters/(img|latex|rtf|svg|pangomarkup)|pygments/styles/(?!__init__|default|_map)",
    "holidays": r"holidays/locale/",
    "scipy": r"scipy/(misc|datasets)/.*\.(dat|bz2)$",
    "statsmodels": r"\.(csv|mat|dta|ipynb)$",
    "ipython": r"\.data/",
}
_MAGIC = "f30d0d0a"  # what Python 3.13 writes at the head of a compiled file
_WHEN = (1980, 1, 1, 0, 0, 0)  # the same bytes each time


def slim(wheel: Path, name: str, target: Path) -> str:
    """Write `wheel` into the folder `target` without what is not needed; return its sha256."""
    dropped = re.compile(_DROPPED[name]) if name in _DROPPED else None
    with tempfile.TemporaryDirectory(prefix="pcqa-slim-") as scratch:
        inside = Path(scratch)
        with zipfile.ZipFile(wheel) as archive:
            for entry in archive.namelist():
                needless = _NEVER.search(entry) or (dropped and dropped.search(entry))
                if not entry.endswith("/") and (_ALWAYS.search(entry) or not needless):
                    archive.extract(entry, inside)
        _compile(inside)
        content = _packed(inside, target / wheel.name)
    return hashlib.sha256(content).hexdigest()


def _compile(folder: Path) -> None:
    """Put compiled modules in the place of their sources, if the browser's Python is at hand."""
    python = browsers_python()
    if python is None:
        return
    subprocess.run(  # noqa: S603 - an interpreter that was found here
        [python, "-I", "-m", "compileall", "-q", "-b", "-f", "--invalidation-mode",
         "unchecked-hash", "-s", str(folder), "-j", "1", str(folder)],
        check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for source in folder.rglob("*.py"):
        if source.with_suffix(".pyc").is_file():
            source.unlink()


@cache
def browsers_python() -> str | None:
    """Return an interpreter whose compiled files the browser's Python (3.13) takes, if any."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    found = [sys.executable, shutil.which("python3.13") or ""]
    found += [str(path) for path in sorted(pyenv.glob("versions/3.13*/bin/python"))]
    for python in filter(None, found):
        asked = [python, "-c", "import importlib.util as u; print(u.MAGIC_NUMBER.hex())"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603
        if done.stdout.strip() == _MAGIC:
            return python
    return None


def _packed(folder: Path, path: Path) -> bytes:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), _WHEN)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, file.read_bytes(), compresslevel=9)
    return path.read_bytes()

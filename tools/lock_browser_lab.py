"""Write the lock of the browser lab: which files make its Python, and the sha256 of each.

Usage: lock_browser_lab.py PYODIDE_LOCK CORE_FOLDER WHEEL_FOLDER OUT

- PYODIDE_LOCK, CORE_FOLDER: `pyodide-lock.json` and the files of the official release (the npm
  package `pyodide` of that version holds them)
- WHEEL_FOLDER: the wheels of the packages that the release lacks, as pip has downloaded them
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

RELEASE = (
    *("numpy", "pandas", "matplotlib", "pillow", "kiwisolver", "contourpy", "cycler"),
    *("pyparsing", "packaging", "python-dateutil", "pytz", "six", "scipy", "libopenblas"),
    *("platformdirs",),
)
CORE = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
NEEDLESS = {"fonttools"}  # matplotlib wants it for PDF alone
IMPORTS = {"pillow": ["PIL"], "python-dateutil": ["dateutil"]}
DEPENDS = {
    "ipython": ["asttokens", "decorator", "executing", "matplotlib-inline", "prompt-toolkit",
                "pure-eval", "pygments", "stack-data", "traitlets", "wcwidth"],
    "prompt-toolkit": ["wcwidth"],
    "stack-data": ["executing", "asttokens", "pure-eval"],
    "asttokens": [],
    "matplotlib-inline": ["traitlets"],
    "ipywidgets": ["comm", "traitlets"],
    "comm": ["traitlets"],
    "seaborn": ["numpy", "pandas", "matplotlib"],
    "patsy": ["numpy"],
    "formulaic": ["interface-meta", "narwhals", "numpy", "pandas", "scipy", "wrapt"],
    "statsmodels": ["numpy", "scipy", "pandas", "packaging", "patsy", "formulaic"],
    "openpyxl": ["et-xmlfile"],
    "bleach": ["webencodings"],
    "tinycss2": ["webencodings"],
    "holidays": ["python-dateutil"],
}  # fmt: skip


def sha256(path: Path) -> str:
    """Return a file's digest."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def released(name: str, known: dict[str, Any]) -> dict[str, Any]:
    """Return what the official lock says of a package, without what is not needed."""
    one = known[name]
    kept = {key: one[key] for key in ("version", "file_name", "sha256", "package_type")}
    depends = [other for other in one["depends"] if other not in NEEDLESS]
    return {**kept, "depends": depends, "imports": one["imports"], "from": "release"}


def downloaded(path: Path) -> tuple[str, dict[str, Any]]:
    """Return a wheel's name and what the lock says of it."""
    name, version = path.name.split("-")[:2]
    name = name.replace("_", "-").lower()
    with zipfile.ZipFile(path) as wheel:
        tops = {entry.split("/")[0] for entry in wheel.namelist() if entry.endswith(".py")}
    imports = sorted(top.removesuffix(".py") for top in tops if ".dist-info" not in top)
    return name, {
        "version": version,
        "file_name": path.name,
        "sha256": sha256(path),
        "package_type": "package",
        "depends": DEPENDS.get(name, []),
        "imports": IMPORTS.get(name, imports),
        "from": "index",
    }


def main(official: str, core: str, wheels: str, out: str) -> None:
    """Write the lock."""
    lock = json.loads(Path(official).read_text(encoding="utf-8"))
    packages = {name: released(name, lock["packages"]) for name in RELEASE}
    packages |= dict(downloaded(path) for path in sorted(Path(wheels).glob("*.whl")))
    version = json.loads((Path(core) / "package.json").read_text(encoding="utf-8"))["version"]
    made = {
        "pyodide": version,
        "info": lock["info"],
        "core": {name: sha256(Path(core) / name) for name in CORE},
        "packages": dict(sorted(packages.items())),
    }
    Path(out).write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

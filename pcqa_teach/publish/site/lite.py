"""JupyterLite with the browser's Python inside, so that nothing is fetched from anywhere else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pcqa_teach
from pcqa_teach.errors import RunError, SetupError
from pcqa_teach.extras import lacking
from pcqa_teach.publish.release import release_data
from pcqa_teach.publish.site import slim, wheels
from pcqa_teach.run.many import cores

Say = Callable[[str], None]

ASSETS = Path(__file__).parent / "assets"
PYODIDE = "static/pyodide"
PYODIDE_URL = f"./{PYODIDE}/pyodide.mjs"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
_KERNEL_EXTENSION = "@jupyterlite/pyodide-kernel-extension"
_EXTENSIONS = (_KERNEL_EXTENSION, "@jupyter-widgets/jupyterlab-manager")
# The kernel's own parts, and what every lesson imports. All else is fetched when it is imported.
AT_START = (
    *("piplite", "ipykernel", "comm", "pyodide-kernel", "ipython", "matplotlib", "pandas"),
    "pcqa-teach",
)
# What JupyterLite would install by itself unless it thinks that it is there: an installer, and a
# completer that takes long to import (Tab works without it).
_NOT_MISSED = ("micropip", "jedi")
_IMPORTED_AT_START = (  # the kernel first, since it says how figures are shown
    *("piplite.piplite", "pyodide_kernel", "pandas", "matplotlib.pyplot", "ipywidgets"),
    "pcqa_teach",
)
_BEGINS = "import(new URL('../../../../static/pyodide/pyodide.mjs', import.meta.url))"
_ABOVE_THE_BROWSER = ("cli", "publish", "classroom", "__main__.py")
# Of what runs and writes reports: what makes a page of a lesson that has run.
_OF_REPORTS = {
    *("__init__.py", "gather.py", "mapped.py", "notebook.py", "output.py", "page.py", "panel.py"),
    *("private.py", "scrub.py", "sharing.py", "summary.py", "words.py", "templates"),
}
_OWN_DATA = "own-data"  # the lessons that the form runs
_DEPENDS = ("ipywidgets", "lazy-loader", "matplotlib", "numpy", "pandas", "platformdirs")
_KERNEL_WHEELS = {
    "ipykernel": ("ipykernel", []),
    "pyodide-kernel": ("pyodide_kernel", ["ipython", "comm"]),
}


def make_lab(lessons: Path, gathered: Path, root: Path, target: Path, say: Say) -> None:
    """Build JupyterLite at `target` with the notebooks under `lessons`, clean.

    Parameters
    ----------
    lessons : path
        The participants' notebooks, as they are to appear.
    gathered : path
        The files of the browser's Python, as `wheels.gather` left them.
    root : path
        The checkout.
    target : path
        A folder that does not exist.
    say : callable
        Told what is being done.

    Raises
    ------
    SetupError
        JupyterLite is not installed.
    RunError
        JupyterLite failed, or what it built would fetch Python from somewhere else.
    """
    say("building JupyterLite")
    with tempfile.TemporaryDirectory(prefix="pcqa-lite-") as scratch:
        _build(lessons, Path(scratch), target)
    say("making Python ready for the browser")
    make_python(gathered, root, target / PYODIDE, lessons)
    _begin_early(target)
    _settle(target)


def make_python(gathered: Path, root: Path, target: Path, lessons: Path) -> None:
    """Fill `target` with Pyodide, its packages made slim, ours, and a lock of its own."""
    target.mkdir(parents=True, exist_ok=True)
    for name, sha256 in wheels.lock()["core"].items():
        wheels.check(gathered / name, sha256)
        shutil.copyfile(gathered / name, target / name)
    packages: dict[str, Any] = {}

    def add(name: str) -> None:
        one = wheels.lock()["packages"][name]
        source = gathered / one["file_name"]
        wheels.check(source, one["sha256"])
        packages[name] = _entry(name, one, _slimmed(source, name, target))

    with ThreadPoolExecutor(cores()) as pool:
        list(pool.map(add, wheels.lock()["packages"]))
    for name, (imported, depends) in _KERNEL_WHEELS.items():
        source = _kernel_wheel(imported)
        one = {"version": source.name.split("-")[1], "file_name": source.name, "depends": depends,
               "imports": [imported], "package_type": "package"}  # fmt: skip
        packages[name] = _entry(name, one, _slimmed(source, name, target))
    packages["piplite"] = _packaged("piplite", {"piplite": ASSETS / "piplite"}, target, [])
    packages["pcqa-teach"] = _ours(root, target, lessons / _OWN_DATA)
    (target / "pyodide.mjs").rename(target / "pyodide-release.mjs")
    begins = (ASSETS / "pyodide.mjs").read_text(encoding="utf-8")
    begins = begins.replace("__PACKAGES__", json.dumps(AT_START))
    begins = begins.replace("__IMPORTS__", ", ".join(_IMPORTED_AT_START))
    (target / "pyodide.mjs").write_text(begins, encoding="utf-8")
    lock = {"info": wheels.lock()["info"], "packages": dict(sorted(packages.items()))}
    (target / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")


def _slimmed(source: Path, name: str, target: Path) -> str:
    if source.suffix == ".whl":
        return slim.slim(source, name, target)
    shutil.copyfile(source, target / source.name)
    return wheels.digest(source)


def _entry(name: str, one: dict[str, Any], sha256: str) -> dict[str, Any]:
    """Return a package as Pyodide's lock has it."""
    kept = ("version", "file_name", "depends", "imports", "package_type")
    return {
        "name": name, **{key: one[key] for key in kept}, "sha256": sha256,
        "install_dir": "dynlib" if one["package_type"] == "shared_library" else "site",
        "unvendored_tests": False,
    }  # fmt: skip


def _ours(root: Path, target: Path, lessons: Path) -> dict[str, Any]:
    """Make a package of what runs in the browser, with the invented data and `lessons` inside."""
    with tempfile.TemporaryDirectory(prefix="pcqa-floors-") as scratch:
        folder = Path(scratch) / "pcqa_teach"
        left_out = shutil.ignore_patterns("__pycache__", ".*", "_data", "_lessons")
        shutil.copytree(root / "pcqa_teach", folder, ignore=left_out)
        for name in _ABOVE_THE_BROWSER:
            path = folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for path in (folder / "run").iterdir():
            if path.name not in _OF_REPORTS:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(lessons, folder / "_lessons" / lessons.name)
        data = release_data(root, folder / "_data")
        shutil.rmtree(data / "exports", ignore_errors=True)  # to try the readers on, at a desk
        return _packaged("pcqa-teach", {"pcqa_teach": folder}, target, _DEPENDS)


def _packaged(
    name: str, folders: Mapping[str, Path], target: Path, depends: Sequence[str]
) -> dict[str, Any]:
    """Make a wheel of folders as they stand, slim like the others; return its entry."""
    version, plain = pcqa_teach.__version__, name.replace("-", "_")
    with tempfile.TemporaryDirectory(prefix="pcqa-wheel-") as scratch:
        inside = Path(scratch) / "in"
        for called, folder in folders.items():
            shutil.copytree(folder, inside / called, ignore=shutil.ignore_patterns("__pycache__"))
        information = inside / f"{plain}-{version}.dist-info"
        information.mkdir()
        about = f"Metadata-Version: 2.1\nName: {plain}\nVersion: {version}\n"
        (information / "METADATA").write_text(about, encoding="utf-8")
        packed = Path(shutil.make_archive(str(Path(scratch) / "packed"), "zip", inside))
        wheel = packed.rename(packed.with_name(f"{plain}-{version}-py3-none-any.whl"))
        sha256 = slim.slim(wheel, name, target)
    one = {"version": version, "file_name": wheel.name, "package_type": "package",
           "depends": list(depends), "imports": list(folders)}  # fmt: skip
    return _entry(name, one, sha256)


def _kernel_wheel(name: str) -> Path:
    """Return a wheel that the kernel's extension carries."""
    folder = _labextension(_KERNEL_EXTENSION) / "static" / "pypi"
    found = sorted(folder.glob(f"{name}-*.whl"))
    if not found:
        raise SetupError("JupyterLite's Python kernel lacks its own parts: install it again.")
    return found[-1]


def _labextension(name: str) -> Path:
    path = Path(sysconfig.get_path("data")) / "share" / "jupyter" / "labextensions" / name
    if not path.is_dir():
        raise SetupError(lacking("The site needs JupyterLite", "site"))
    return path


def _build(lessons: Path, scratch: Path, target: Path) -> None:
    """Have JupyterLite build its applications, with two extensions and no other."""
    (scratch / "jupyter-lite.json").write_text(json.dumps(_settings()), encoding="utf-8")
    (scratch / "overrides.json").write_text(json.dumps(_preferences()), encoding="utf-8")
    extensions = [str(_labextension(name)) for name in _EXTENSIONS]
    config = {"LiteBuildConfig": {"federated_extensions": extensions,
                                  "ignore_sys_prefix": ["federated_extensions"]}}  # fmt: skip
    (scratch / "jupyter_lite_config.json").write_text(json.dumps(config), encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", str(scratch),
               "--contents", str(lessons), "--output-dir", str(target), "--apps", "notebooks",
               "--no-sourcemaps", "--no-unused-shared-packages"]  # fmt: skip
    done = subprocess.run(command, cwd=scratch, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        if "No module named" in done.stderr:
            _labextension("nothing of this name")
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise RunError(f"JupyterLite could not be built: {said[-1] if said else 'no word'}.")


def _settings() -> dict[str, Any]:
    python = {
        "pyodideUrl": PYODIDE_URL,
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": [*AT_START, *_NOT_MISSED]},
    }
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "PCQA lab",
            "exposeAppInBrowser": True,
            "contentsStorageName": "pcqa-work",  # stable, or saved work would seem lost
            "settingsStorageName": "pcqa-settings",
            "workspacesStorageName": "pcqa-workspaces",
            "terminalsAvailable": False,
            "litePluginSettings": {KERNEL: python},
        },
    }


def _preferences() -> dict[str, Any]:
    return {
        "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 10},
        "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false",
                                                        "checkForUpdates": False},
        "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": False},
    }  # fmt: skip


def workers(lab: Path) -> dict[str, str]:
    """Return the files in which Python runs: for an isolated page, and for any other."""
    folder = lab / "extensions" / _KERNEL_EXTENSION / "static"
    kinds = {"isolated": "coincident", "plain": "comlink"}
    found = {kind: sorted(folder.glob(f"{name}.worker.*.js")) for kind, name in kinds.items()}
    if not all(found.values()):
        raise RunError("JupyterLite's Python is not where it was: its start cannot be hastened.")
    return {kind: paths[0].relative_to(lab).as_posix() for kind, paths in found.items()}


def _begin_early(lab: Path) -> None:
    """Have a worker begin Python by itself, not only when it is asked."""
    for path in workers(lab).values():
        with (lab / path).open("a", encoding="utf-8") as file:
            file.write(f"\n{_BEGINS}.then((python) => python.begin());\n")


def _settle(lab: Path) -> None:
    """Hold what was built to what was asked: Python comes from this site and from nowhere else."""
    path = lab / "jupyter-lite.json"
    built = json.loads(path.read_text(encoding="utf-8"))
    python = built["jupyter-config-data"].get("litePluginSettings", {}).get(KERNEL, {})
    if python.get("pyodideUrl") != PYODIDE_URL or not (lab / PYODIDE / "pyodide.mjs").is_file():
        raise RunError("The lab would fetch Python from somewhere else: it was not kept.")

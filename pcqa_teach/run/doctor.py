"""Is this computer ready: what is there, what is missing, what to do about it."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import pcqa_teach
from pcqa_teach import resources
from pcqa_teach.errors import PcqaError
from pcqa_teach.extras import EXTRAS, how_to_get
from pcqa_teach.run.warm.client import can_fork

State = Literal["ok", "warn", "fail"]
_SHOWN = 4  # packages of an extra
_BROWSERS = (
    *("firefox", "google-chrome", "google-chrome-stable", "chromium", "chromium-browser"),
    *("microsoft-edge", "msedge", "brave-browser", "safari"),
)
_LITTLE_ROOM = 1.0  # gigabytes


@dataclass(frozen=True)
class Check:
    """One thing looked at: its state, what was found, and what to do unless it is well."""

    name: str
    state: State
    found: str
    advice: str = ""

    def to_dict(self) -> dict[str, str]:
        """Return the check as plain text fields."""
        return asdict(self)


def examine(
    project: Path | str | None = None, *, progress: Callable[[str], None] | None = None
) -> list[Check]:
    """Return every check, in the order in which a person would mend them.

    Parameters
    ----------
    project : path, optional
        The folder whose `.pcqa` would hold the key for pseudonyms.
    progress : callable, optional
        Told what is being looked at.
    """
    say = progress or (lambda _: None)
    checks = [_python(), _core(), *_extras()]
    say("Starting a kernel")
    checks.append(_kernel())
    say("Looking at files and folders")
    checks += [_browser(), _room(), _data(), _lessons(), _key_folder(project)]
    return checks


def verdict(checks: Sequence[Check]) -> str:
    """Return the last line: whether this computer is ready.

    >>> verdict([Check("Kernel", "ok", "starts")])
    'This computer is ready.'
    """
    broken = sum(check.state == "fail" for check in checks)
    if broken:
        return f"{broken} {'thing' if broken == 1 else 'things'} to mend."
    return "This computer is ready."


def _python() -> Check:
    found = f"{platform.python_version()} on {platform.system()}"
    if (3, 11) <= sys.version_info < (3, 14):
        return Check("Python", "ok", found)
    return Check("Python", "fail", found, "Install Python 3.11, 3.12 or 3.13 and set up again.")


def _core() -> Check:
    names = ("pandas", "numpy", "matplotlib", "typer")
    found = {name: _version(name) for name in names}
    missing = [name for name, version in found.items() if version is None]
    listed = ", ".join(f"{name} {version}" for name, version in found.items() if version)
    if missing:
        advice = f"Install again (missing: {', '.join(missing)}): {how_to_get()}."
        return Check("pcqa_teach", "fail", listed, advice)
    return Check("pcqa_teach", "ok", f"{pcqa_teach.__version__}, with {listed}")


def _extras() -> Iterator[Check]:
    for extra, one in EXTRAS.items():
        found = {name: _version(name) for name in one.packages}
        missing = [name for name, version in found.items() if version is None]
        there = [f"{name} {version}" for name, version in found.items() if version]
        if missing:
            lacks = f"lacks {', '.join(missing)}" if there else "not installed"
            advice = f"Only {one.needed}; {how_to_get(extra)}."
            yield Check(f"Extra '{extra}'", "warn", lacks, advice)
        else:
            yield Check(f"Extra '{extra}'", "ok", ", ".join(there[:_SHOWN]))


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _kernel() -> Check:
    """Run one cell in a kernel, as every lesson does."""
    again = f"Install it again: {how_to_get('lab')}."
    try:
        import nbformat

        from pcqa_teach.run.execute import execute

        notebook = nbformat.v4.new_notebook()
        notebook.cells = [nbformat.v4.new_code_cell("import pcqa_teach; 6 * 7")]
        with tempfile.TemporaryDirectory(prefix="pcqa-") as folder:
            done = execute(notebook, cwd=folder)
        answer = done.cells[0].outputs[0]["data"]["text/plain"]
    except (PcqaError, ImportError, OSError, LookupError) as error:
        why = str(error) if isinstance(error, PcqaError) else type(error).__name__
        return Check("Kernel", "fail", why, again)
    if answer != "42":
        return Check("Kernel", "fail", "answers wrongly", again)
    how = (
        "ready at once, forked from one that has everything imported"
        if can_fork()
        else "each started by itself, as this system asks"
    )
    return Check("Kernel", "ok", f"starts and answers; {how}")


def _browser() -> Check:
    advice = "Reports and JupyterLab open in a browser: install one, or copy the address into one."
    if sys.platform in ("win32", "darwin"):
        return Check("Browser", "ok", "the system's own")
    found = next((name for name in _BROWSERS if shutil.which(name)), None)
    if found:
        return Check("Browser", "ok", found)
    return Check("Browser", "warn", "none found", advice)


def _room() -> Check:
    places = {"here": Path.cwd(), "for temporary files": Path(tempfile.gettempdir())}
    free = {name: shutil.disk_usage(path).free / 1e9 for name, path in places.items()}
    listed = ", ".join(f"{space:.1f} GB {name}" for name, space in free.items())
    if min(free.values()) < _LITTLE_ROOM:
        return Check("Room on the disk", "warn", listed, "Free some: at least 1 GB is needed.")
    return Check("Room on the disk", "ok", listed)


def _data() -> Check:
    try:
        files = [path for path in resources.data_dir().rglob("*") if path.is_file()]
    except PcqaError as error:
        return Check("Synthetic data", "fail", "not found", str(error))
    if not files:
        return Check("Synthetic data", "fail", "no files", f"Install again: {how_to_get()}.")
    return Check("Synthetic data", "ok", f"{len(files)} files")


def _lessons() -> Check:
    found = resources.lessons()
    where = "in the checkout" if resources.checkout() else "in the installed copy"
    if not found:
        return Check("Lessons", "fail", f"none {where}", f"Install again: {how_to_get()}.")
    return Check("Lessons", "ok", f"{len(found)} {where}")


def _key_folder(project: Path | str | None) -> Check:
    """See whether the key for pseudonyms can be kept, and that nobody else can read it."""
    folder = resources.key_dir(project)
    key = folder / "pseudonym.key"
    in_project = bool(project or os.environ.get("PCQA_PROJECT"))
    where = "in the project" if in_project else "in your user folder"
    nearest = next((path for path in (folder, *folder.parents) if path.exists()), Path.cwd())
    advice = "Choose a folder that you may write to: --project FOLDER."
    if not os.access(nearest, os.W_OK):
        return Check("Key for pseudonyms", "fail", "its folder is read-only", advice)
    if not key.exists():
        return Check("Key for pseudonyms", "ok", f"made {where} when first needed")
    if os.name == "posix" and key.stat().st_mode & 0o077:
        advice = f"Make it yours alone: chmod 600 '{key.name}' in its folder."
        return Check("Key for pseudonyms", "warn", f"{where}; others may read it", advice)
    return Check("Key for pseudonyms", "ok", f"{where}, readable by you alone")

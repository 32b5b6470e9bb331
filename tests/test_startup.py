"""The package and the command line start without loading what only some commands need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    *("pandas", "numpy", "matplotlib", "seaborn", "scipy", "IPython", "jupyter_client"),
    *("papermill", "nbformat", "nbconvert", "nbgrader", "nbclient", "ipywidgets", "rich"),
}
SHOWS = "import sys; print(*{name.split('.')[0] for name in sys.modules})"


def loaded_by(code: str) -> set[str]:
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{SHOWS}"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_package_loads_none_of_its_parts():
    assert loaded_by("import pcqa_teach") & (HEAVY | {"typer", "click"}) == set()


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"], ["run", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]):
    code = (
        "from pcqa_teach.cli import app\n"
        f"try:\n    app({arguments!r}, prog_name='pcqa')\nexcept SystemExit:\n    pass"
    )
    loaded = loaded_by(code)
    assert "typer" in loaded
    assert loaded & HEAVY == set()

"""What leaves the checkout: a wheel with participants' notebooks and data, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from pcqa_teach.publish import leaks, staging

pytestmark = pytest.mark.xdist_group("wheel")


def _build(kind: str, checkout: Path, folder: Path) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)],
        cwd=checkout,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return next(path for path in folder.iterdir() if path.suffix in {".whl", ".gz"})


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory) -> Path:
    return _build("wheel", root, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked(wheel, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def test_every_lesson_is_in_the_wheel_under_its_assignment(unpacked, root):
    carried = unpacked / "pcqa_teach" / "_lessons"
    names = {path.relative_to(carried).as_posix() for path in carried.rglob("*.ipynb")}
    sources = {p.relative_to(root / "notebooks").as_posix() for p in staging.sources(root)}
    assert names == sources
    assert names


def test_no_line_kept_from_participants_is_in_the_wheel(unpacked, root):
    for carried in ("_lessons", "_data"):
        assert leaks.find_leaks(unpacked / "pcqa_teach" / carried, staging.sources(root)) == []


def test_the_wheel_has_the_data_and_not_the_truth(unpacked):
    carried = {path.name for path in (unpacked / "pcqa_teach" / "_data").rglob("*")}
    assert "appointments.csv.gz" in carried
    assert not [path.name for path in unpacked.rglob("truth*") if path.suffix != ".py"]


def test_beside_the_package_lies_only_the_name_of_its_kernel(unpacked):
    beside = {
        path.relative_to(unpacked).as_posix().split("/", 1)[1]
        for path in unpacked.rglob("*")
        if path.is_file() and path.relative_to(unpacked).parts[0].endswith(".data")
    }
    assert beside == {"data/share/jupyter/kernels/pcqa/kernel.json"}
    tops = {path.name for path in unpacked.iterdir()}
    assert {n for n in tops if not n.endswith((".dist-info", ".data"))} == {"pcqa_teach"}


@pytest.mark.slow
def test_a_source_archive_makes_the_same_wheel(root, unpacked, tmp_path):
    archive = _build("sdist", root, tmp_path / "sdist")
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path / "tree", filter="data")
    again = _build("wheel", next((tmp_path / "tree").iterdir()), tmp_path / "again")
    names = {name for name in zipfile.ZipFile(again).namelist() if "dist-info" not in name}
    assert names == {
        path.relative_to(unpacked).as_posix()
        for path in unpacked.rglob("*")
        if path.is_file() and "dist-info" not in path.as_posix()
    }


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Return a runner of `pcqa` in an environment that holds the wheel and what it asks for."""
    home = tmp_path_factory.mktemp("empty")
    venv.create(home / "env", with_pip=True)
    programs = home / "env" / ("Scripts" if os.name == "nt" else "bin")
    kept = {"PATH", "HOME", "LANG", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "USERPROFILE"}
    environment = {name: value for name, value in os.environ.items() if name in kept}
    pip = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
    done = subprocess.run(
        [programs / "python", "-m", "pip", "install", "-q", "--no-compile", f"{wheel}[lab]"],
        env=environment | pip,
        capture_output=True,
        text=True,
    )
    if "No matching distribution" in done.stderr or "Could not find a version" in done.stderr:
        pytest.skip("no package index can be reached to fill an empty environment")
    assert done.returncode == 0, done.stderr
    work = home / "work"
    work.mkdir()

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [programs / "pcqa", *words], cwd=work, env=environment, capture_output=True, text=True
        )

    run.work = work
    run.data = next((home / "env").rglob("pcqa_teach/_data"))
    return run


@pytest.mark.slow
def test_an_installed_wheel_runs_a_lesson_outside_the_checkout(installed):
    export = installed.data / "exports" / "systmone_appointments_clean.csv"
    done = installed("run", "d1_my_access_baseline", "--export", str(export), "-o", "report")
    assert done.returncode == 0, done.stderr
    assert list((installed.work / "report").glob("*.html"))
    assert json.loads((installed.work / "report" / "summary.json").read_text())


@pytest.mark.slow
def test_an_installed_wheel_lays_out_a_workbook_outside_the_checkout(installed, root):
    done = installed("lab", "workbook", "--code", "coach-7", "--no-open")
    assert done.returncode == 0, done.stderr
    made = {path.name for path in (installed.work / "workbook").rglob("*.ipynb")}
    lessons = {f"{path.stem}--coach-7.ipynb" for path in staging.sources(root)}
    assert made == {*lessons, "make_a_report.ipynb"}

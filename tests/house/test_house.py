"""What must be true of the tree as a whole."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml


def _name(requirement: str) -> str:
    return re.split(r"[<>=!\[; ]", requirement, maxsplit=1)[0].replace("_", "-").lower()


def _project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text())["project"]


def _tracked(root: Path) -> list[Path]:
    git = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z"], capture_output=True, text=True, check=False
    )
    if git.returncode:
        pytest.skip("not a git checkout")
    return [root / name for name in git.stdout.split("\0") if name]


def test_environment_yml_has_the_packages_and_ranges_of_pyproject(root: Path) -> None:
    project = _project(root)
    extras = project["optional-dependencies"]
    wanted = project["dependencies"] + [
        line
        for extra in ("lab", "classroom", "book", "site", "scale")
        for line in extras[extra]
        if not line.startswith("pcqa_teach")
    ]
    wanted += [line for line in extras["dev"] if _name(line) in {"editables", "hatchling"}]
    text = (root / "environment.yml").read_text()
    conda = yaml.safe_load(text)["dependencies"]
    ranges = {_name(line): line for line in conda if _name(line) not in {"python", "pip"}}
    assert ranges == {_name(line): line for line in wanted}
    assert f"python{project['requires-python']}" in conda
    # pip takes no such switch from the file that conda makes of a `pip:` block: it is typed.
    assert "#   pip install --no-deps --no-build-isolation -e ." in text.split("name:")[0]


def test_the_lock_has_every_package_with_hashes_and_names_no_index(root: Path) -> None:
    text = (root / "requirements.lock").read_text()
    locked = {_name(line) for line in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.M)}
    project = _project(root)
    asked = project["dependencies"] + [
        line for extra in project["optional-dependencies"].values() for line in extra
    ]
    missing = {_name(line) for line in asked} - locked - {"pcqa-teach"}
    assert not missing
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert all("--hash=sha256:" in block for block in blocks)
    assert "//" not in text


def test_the_locked_versions_lie_within_the_ranges_of_pyproject(root: Path) -> None:
    packaging = pytest.importorskip("packaging.requirements")
    text = (root / "requirements.lock").read_text()
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ \\]+)", text, re.M):
        versions.setdefault(_name(name), []).append(version)
    project = _project(root)
    for extra in [project["dependencies"], *project["optional-dependencies"].values()]:
        for line in extra:
            requirement = packaging.Requirement(line)
            for version in versions.get(_name(requirement.name), []):
                assert requirement.specifier.contains(version), line


def test_lower_floors_never_know_the_floors_above(root: Path) -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    if not lint.exists():
        pytest.skip("import-linter is not installed here")
    ran = subprocess.run([lint], cwd=root, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-3000:]


def test_make_alone_lists_every_target_that_has_a_description(root: Path) -> None:
    ran = subprocess.run(["make", "-s"], cwd=root, capture_output=True, text=True, check=False)
    described = re.findall(r"^([a-z-]+):.*## ", (root / "Makefile").read_text(), re.M)
    assert ran.returncode == 0
    assert {"book", "test", "test-all", "lab", "bench", "data", "lock", "clean"} <= set(described)
    assert all(f"make {target}" in ran.stdout for target in described)


def test_the_required_folders_and_files_are_at_the_top(root: Path) -> None:
    for name in [
        "book",
        "notebooks",
        "data/synthetic",
        "pcqa_teach",
        "_config.yml",
        "_toc.yml",
        "environment.yml",
        "tests",
    ]:
        assert (root / name).exists(), name


def test_no_committed_file_is_large_or_names_a_machine_or_an_index(root: Path) -> None:
    telling = re.compile(rb"/ro" + rb"ot/|/wo" + rb"rk/|index" + rb"-url|/home/[a-z]+/")
    for path in _tracked(root):
        if not path.exists():
            continue
        content = path.read_bytes()
        assert len(content) < 1_500_000, path
        if path.suffix not in {".gz", ".xlsx", ".png"} and path.name != "test_house.py":
            assert not telling.search(content), path


def test_real_open_data_are_not_in_the_project(root: Path, shared_data: Path) -> None:
    real = {path.read_bytes() for path in shared_data.glob("*.csv")}
    for path in _tracked(root):
        if path.suffix == ".csv" and path.exists():
            assert path.read_bytes() not in real, path


def test_every_module_is_short_enough_to_be_read(root: Path) -> None:
    long = {
        str(path.relative_to(root)): lines
        for path in (root / "pcqa_teach").rglob("*.py")
        if (lines := len(path.read_text().splitlines())) > 330
    }
    assert not long

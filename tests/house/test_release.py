"""What `make release` promises: the same bytes from the same commit, whole or not at all."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

CHANGES = "# Changes\n\n## 1.2.0 (5 May 2027)\n\n## 1.1.0 (1 April 2027)\n"


@pytest.fixture
def tool(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The program, in a checkout of one commit of its own."""
    spec = importlib.util.spec_from_file_location("release", root / "tools" / "release.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (checkout / "pyproject.toml").write_text('[project]\nname = "kit"\nversion = "1.2.0"\n')
    (checkout / "CHANGELOG.md").write_text(CHANGES)
    (checkout / ".gitignore").write_text("/dist/\n")
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "All"]):
        subprocess.run(["git", *words], cwd=checkout, check=True)
    (tmp_path / "cyclonedx-py").touch()
    monkeypatch.setattr(module, "ROOT", checkout)
    monkeypatch.setattr(module, "chromium", lambda: "/usr/bin/chromium")
    argv = ["release.py", str(tmp_path / "cyclonedx-py"), "--out", str(checkout / "dist")]
    monkeypatch.setattr(sys, "argv", argv)
    monkeypatch.setattr(os, "environ", os.environ.copy())
    return module


def test_a_checkout_that_differs_from_its_commit_is_not_released(tool):
    tool.check("1.2.0")
    (tool.ROOT / "more.txt").write_text("not committed")
    with pytest.raises(SystemExit, match="differs from its commit"):
        tool.check("1.2.0")


def test_a_version_that_the_changes_do_not_begin_with_is_not_released(tool):
    for version in ("1.3.0", "1.1.0"):
        with pytest.raises(SystemExit, match=f"does not begin with version {version}"):
            tool.check(version)


@pytest.mark.parametrize("day", ["", " (not yet released)", " (May)", " (31 Brumaire 2027)"])
def test_a_version_without_its_day_is_not_released(tool, monkeypatch, day):
    monkeypatch.setattr(tool, "_git", lambda *_: "")
    (tool.ROOT / "CHANGELOG.md").write_text(f"# Changes\n\n## 1.2.0{day}\n")
    with pytest.raises(SystemExit, match=r"on which day version 1\.2\.0 comes out"):
        tool.check("1.2.0")


def test_what_the_end_needs_is_looked_for_before_anything_is_made(tool, monkeypatch):
    monkeypatch.setattr(tool, "_step", lambda *_: pytest.fail("something was made"))
    monkeypatch.setattr(tool, "chromium", lambda: None)
    with pytest.raises(SystemExit, match="apt install chromium"):
        tool.main()
    monkeypatch.setattr(tool, "chromium", lambda: "/usr/bin/chromium")
    with pytest.raises(SystemExit, match="There is no cyclonedx-py"):
        tool.check_programs(tool.ROOT / "cyclonedx-py")


def test_an_archive_depends_on_names_and_contents_alone(tool, tmp_path):
    zips = []
    for number, mode in ((1, 0o600), (2, 0o755)):
        site = tmp_path / f"site-{number}"
        (site / "deep").mkdir(parents=True)
        names = ["b.html", "deep/a.js", "c.css"]
        for name in names if number == 1 else reversed(names):
            (site / name).write_text(f"what {name} holds")
            (site / name).chmod(mode)
            os.utime(site / name, (number * 1e8, number * 1e8))
        tool.archive(site, tmp_path / f"{number}.zip", 1_700_000_000)
        zips.append((tmp_path / f"{number}.zip").read_bytes())
    assert zips[0] == zips[1]
    with zipfile.ZipFile(tmp_path / "1.zip") as zipped:
        assert zipped.namelist() == ["b.html", "c.css", "deep/a.js"]
        assert zipped.read("deep/a.js") == b"what deep/a.js holds"


def test_the_checksums_are_those_that_sha256sum_takes(tool, tmp_path):
    (tmp_path / "made" / "paper").mkdir(parents=True)
    (tmp_path / "made" / "a.whl").write_bytes(b"wheel")
    (tmp_path / "made" / "paper" / "b.pdf").write_bytes(b"pdf")
    tool.sums(tmp_path / "made")
    said = (tmp_path / "made" / "SHA256SUMS").read_text()
    assert [line.split("  ")[1] for line in said.splitlines()] == ["a.whl", "paper/b.pdf"]
    if shutil.which("sha256sum"):
        take = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
        subprocess.run(take, cwd=tmp_path / "made", check=True, capture_output=True)


def test_a_release_that_fails_leaves_nothing_and_keeps_the_one_before(tool):
    before = tool.ROOT / "dist" / "kit-1.2.0"
    before.mkdir(parents=True)
    (before / "SHA256SUMS").write_text("earlier")
    with pytest.raises(SystemExit, match="The wheel: that failed"):
        tool.main()
    assert [path.name for path in before.parent.iterdir()] == ["kit-1.2.0"]
    assert (before / "SHA256SUMS").read_text() == "earlier"


def test_one_commit_gives_the_same_files_twice_and_a_change_meanwhile_none(tool, monkeypatch):
    def step(what: str, *command: object) -> None:
        words = [str(word) for word in command]
        if "site" in words:
            Path(words[-1]).mkdir()
            Path(words[-1], "index.html").write_text("book")
        elif "-o" in words and "paper" in words:
            Path(words[-1]).mkdir()
            Path(words[-1], "sheets.pdf").write_text(os.environ["SOURCE_DATE_EPOCH"])
        else:
            place = Path(words[-1])
            made = '{"components": []}' if place.suffix == ".json" else what
            (place / "kit.whl" if place.is_dir() else place).write_text(made)
        if changes:
            (tool.ROOT / "left.txt").write_text("meanwhile")

    changes: list[str] = []
    monkeypatch.setattr(tool, "_step", step)
    seen = []
    for _ in range(2):
        tool.main()
        seen.append((tool.ROOT / "dist" / "kit-1.2.0" / "SHA256SUMS").read_text())
    assert seen[0] == seen[1]
    assert seen[0].count("\n") == 5
    site = json.loads((tool.ROOT / "dist/kit-1.2.0/kit-1.2.0-site.cdx.json").read_text())
    assert [part["name"] for part in site["components"]] == ["pyodide"]
    changes.append("yes")
    with pytest.raises(SystemExit, match="changed while"):
        tool.main()
    assert (tool.ROOT / "dist" / "kit-1.2.0" / "SHA256SUMS").read_text() == seen[0]

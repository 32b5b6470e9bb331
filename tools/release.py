"""Make a release in `dist/pcqa_teach-VERSION/`: wheel, site, PDFs, bill of materials, checksums.

Usage: release.py CYCLONEDX [--out FOLDER]

- CYCLONEDX: the program `cyclonedx-py`

From one commit come the same bytes: every date in a release is that of the commit. The checkout has
to be as committed, and the changes have to name the version. A release that fails leaves nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_FIRST = 315532800  # 1 January 1980: a zip knows no earlier time


def main() -> None:
    """Make the release, saying each step."""
    parser = argparse.ArgumentParser(
        description="Make a release from the commit that is checked out."
    )
    parser.add_argument("cyclonedx", type=Path, help="the program cyclonedx-py")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where to (else dist/)")
    asked = parser.parse_args()
    out, cyclonedx = asked.out.resolve(), asked.cyclonedx.absolute()
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name = f"{about['name']}-{about['version']}"
    check(about["version"])
    commit = _git("rev-parse", "HEAD")
    made_at = int(_git("log", "-1", "--format=%ct"))
    os.environ |= {"SOURCE_DATE_EPOCH": str(made_at), "PYTHONHASHSEED": "0", "TZ": "UTC"}
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".release-", dir=out) as within:
        folder = Path(within, name)
        folder.mkdir()
        _step("The wheel", sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
        site = Path(within, "site")
        _step("The book with its lab", sys.executable, "-m", "pcqa_teach", "site", "-o", site)
        archive(site, folder / f"{name}-site.zip", made_at)
        _step("The PDFs", sys.executable, "-m", "pcqa_teach", "paper", "-o", folder / "paper")
        _step(
            "The bill of materials", cyclonedx, "requirements", ROOT / "requirements.lock",
            "--pyproject", ROOT / "pyproject.toml", "--output-reproducible",
            "-o", folder / f"{name}.cdx.json",
        )  # fmt: skip
        sums(folder)
        if _git("rev-parse", "HEAD") != commit or _git("status", "--porcelain"):
            sys.exit("The checkout changed while the release was made: make it again.")
        _replace(folder, out / name)
    print(f"The release of {commit[:7]} is in {out / name}.")


def check(version: str) -> None:
    """Stop in a sentence where this commit cannot be released."""
    if _git("status", "--porcelain"):
        sys.exit("The checkout differs from its commit: commit what belongs to the release first.")
    heads = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    if version not in heads[:1]:
        sys.exit(
            f"CHANGELOG.md does not begin with version {version}: say there what is new in it."
        )


def archive(folder: Path, target: Path, when: int) -> None:
    """Write a folder as a zip that depends on names, contents and one date alone."""
    stamp = time.gmtime(max(when, _FIRST))[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), stamp)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(entry, path.read_bytes())


def sums(folder: Path) -> None:
    """Write SHA256SUMS, as `sha256sum --check` takes it, and print each file with its size."""
    lines = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest, name = hashlib.sha256(path.read_bytes()).hexdigest(), path.relative_to(folder)
        lines.append(f"{digest}  {name.as_posix()}\n")
        print(f"  {path.stat().st_size / 1e6:8.2f} MB  {digest[:12]}  {name.as_posix()}")
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _replace(made: Path, target: Path) -> None:
    """Put what was made in the place of an earlier one of the same version, or leave that one."""
    before = made.with_name("before")
    try:
        if target.exists():
            target.rename(before)
        made.rename(target)
    except BaseException:  # Ctrl-C too
        if before.exists() and not target.exists():
            before.rename(target)
        raise


def _step(what: str, *command: str | Path) -> None:
    print(f"{what} ...", flush=True)
    began = time.monotonic()
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(f"{what}: that failed, see above. No release was made.")
    print(f"  {time.monotonic() - began:.0f} s", flush=True)


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


if __name__ == "__main__":
    main()

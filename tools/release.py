"""Make a release in `dist/pcqa_teach-VERSION/`: wheel, site, PDFs, bills of materials, checksums.

Usage: release.py CYCLONEDX [--out FOLDER]

- CYCLONEDX: the program `cyclonedx-py`

From one commit come the same bytes, where Chromium, its fonts and the Pythons are the same: every
date in a release is that of the commit. The checkout has to be as committed, and the changes have
to name the version and its day. A release that fails leaves nothing.
"""

from __future__ import annotations

import argparse
import calendar
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from pathlib import Path

from pcqa_teach.errors import PcqaError
from pcqa_teach.publish.paper.press import NO_CHROMIUM, chromium
from pcqa_teach.publish.site import wheels
from pcqa_teach.run import output

ROOT = Path(__file__).resolve().parents[1]
_DAY = re.compile(rf" \(\d{{1,2}} ({'|'.join(calendar.month_name[1:])}) \d{{4}}\)")
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
    check_programs(cyclonedx)
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
        browser = Path(within, "browser.txt")
        carried = wheels.lock()
        browser.write_text(
            "".join(f"{of}=={one['version']}\n" for of, one in carried["packages"].items()), "utf-8"
        )
        for of, listed, bill in (
            ("computer", ROOT / "requirements.lock", f"{name}.cdx.json"),
            ("browser", browser, f"{name}-site.cdx.json"),
        ):
            _step(
                f"The bill of materials of the {of}", cyclonedx, "requirements", listed,
                "--pyproject", ROOT / "pyproject.toml", "--output-reproducible",
                "-o", folder / bill,
            )  # fmt: skip
        name_python(folder / f"{name}-site.cdx.json", carried["pyodide"])
        sums(folder)
        if _git("rev-parse", "HEAD") != commit or _git("status", "--porcelain"):
            sys.exit("The checkout changed while the release was made: make it again.")
        try:
            output.swap(folder, out / name)
        except PcqaError as error:
            sys.exit(f"{error} The release before it was left as it was.")
    print(f"The release of {commit[:7]} is in {out / name}.")


def check(version: str) -> None:
    """Stop in a sentence where this commit cannot be released."""
    if _git("status", "--porcelain"):
        sys.exit("The checkout differs from its commit: commit what belongs to the release first.")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    head, day = (*re.findall(r"^## (\S+)(.*)", changes, re.M), ("", ""))[0]
    if version != head:
        sys.exit(
            f"CHANGELOG.md does not begin with version {version}: say there what is new in it."
        )
    if not _DAY.fullmatch(day):
        sys.exit(
            f"CHANGELOG.md does not say on which day version {version} comes out: write it behind "
            f"the version, as in '## {version} (5 July 2028)'."
        )


def check_programs(cyclonedx: Path) -> None:
    """Stop before the work begins where a program is missing that its end needs."""
    if chromium() is None:
        sys.exit(NO_CHROMIUM)
    if not cyclonedx.is_file():
        sys.exit(f"There is no {cyclonedx.name} at the place that was given: use `make release`.")


def name_python(bill: Path, version: str) -> None:
    """Add the browser's Python, which is no package, to the bill of the site."""
    listed = json.loads(bill.read_text(encoding="utf-8"))
    listed["components"].append(
        {
            "type": "platform", "bom-ref": "pyodide", "name": "pyodide", "version": version,
            "purl": f"pkg:npm/pyodide@{version}",
        }
    )  # fmt: skip
    bill.write_text(json.dumps(listed, indent=2) + "\n", encoding="utf-8")


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

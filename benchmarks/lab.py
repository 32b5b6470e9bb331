"""Every lesson in the lab in the browser: seconds to Python, to the first chart, to the end.

A headless Chromium that can reach nothing but the site opens one lesson after another as a
participant does who has never been there: the lesson's page of the book, its link "Open in your
browser", "Open", "Run all". A new browser for each lesson, so that none has it easier for what
another has fetched. Times are from the click on the link; beside those of the clock stand the
seconds for which the browser kept a processor busy, and the machine's load as the lesson was
opened, which says how much other work had it. A Markdown table goes to standard output, what is
being done to standard error; it fails where a lesson stops, draws nothing, or is refused something
that it asks for.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import psutil
from _walk import OPENS, Lab, Served, chromium, served
from selenium.common.exceptions import WebDriverException

from pcqa_teach import resources
from pcqa_teach.publish.site import build_site

COLUMNS = (
    "Python is ready", "first chart", "the end", "busy to the chart", "busy to the end", "load",
)  # fmt: skip
EXAMPLES = """examples:
  python benchmarks/lab.py                        build the site, then all lessons: half an hour
  python benchmarks/lab.py --site _build/site     of a site that `pcqa site` has built
  python benchmarks/lab.py --site _build/site b3 d1         two lessons of it
"""


def lessons_of(site: Path, asked: Sequence[str]) -> list[str]:
    """Give the lessons of a site, or those of them that are asked for by id or path."""
    files = site / "lab" / "files"
    found = sorted(path.relative_to(files).as_posix() for path in files.glob("*/*.ipynb"))
    if not found:
        raise SystemExit(f"'{site}' holds no lessons: build it with `pcqa site -o {site}`.")
    ids = {Path(name).stem.split("_")[0]: name for name in found}
    unknown = [one for one in asked if one not in found and one not in ids]
    if unknown:
        raise SystemExit(f"No lesson is called {unknown[0]}: there are {', '.join(ids)}.")
    return [ids.get(one, one) for one in asked] or found


class Run(NamedTuple):
    """What a lesson took: seconds to each stage, and those of the processors."""

    ready: float
    chart: float
    end: float
    work_to_chart: float
    work: float


def worked(driver: Any) -> float:
    """Give the seconds for which the browser's processes have kept a processor busy."""
    own = psutil.Process(driver.service.process.pid)
    used = 0.0
    for one in own.children(recursive=True):
        with contextlib.suppress(psutil.Error):
            times = one.cpu_times()
            used += times.user + times.system
    return used


def measured(one: Served, lesson: str) -> tuple[Run, str]:
    """Run a lesson in a new browser; give what it took, and what went wrong."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        driver = chromium(profile)
        try:
            lab = Lab(driver, one, every=0.03)
            at = {stage: (time.monotonic(), worked(driver)) for stage in lab.walked(lesson, OPENS)}
            stopped = lab.errors()
            refused = [row[2] for row in lab.log() if row[1] == "refused"]
        finally:
            driver.quit()
    began, before = at["opened"]
    clock = (at[stage][0] - began for stage in ("ready", "chart", "end"))
    run = Run(*clock, at["chart"][1] - before, at["end"][1] - before)
    if stopped:
        return run, f"a cell stopped: {stopped[0].get('evalue')}"
    return run, f"it was refused {refused[0]}" if refused else ""


def version() -> str:
    """Give the version of Chromium."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        driver = chromium(profile)
        try:
            return str(driver.capabilities["browserVersion"])
        finally:
            driver.quit()


def row(*cells: object) -> None:
    """Print a row of the table."""
    print("|", " | ".join(str(one) for one in cells), "|", flush=True)


def main() -> int:
    """Measure and print the table; return 1 where a lesson did not go as it should."""
    words = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words.add_argument("lessons", nargs="*", help="ids such as b3; all lessons unless given")
    words.add_argument("--site", type=Path, help="a built site; one is built unless given")
    asked = words.parse_args()
    wrong: dict[str, str] = {}
    took: list[Run] = []
    with tempfile.TemporaryDirectory() as folder:
        site = asked.site
        if site is None:
            print("Building the site ...", file=sys.stderr)
            site = build_site(Path(folder) / "site", root=resources.checkout()).parent
        lessons = lessons_of(site, asked.lessons)
        print(
            f"{date.today():%-d %B %Y}; {platform.system()} {platform.machine()}, "
            f"{os.cpu_count()} processors; Chromium {version()}\n"
        )
        row("lesson", *COLUMNS)
        row("---", *("--:",) * len(COLUMNS))
        with served(site) as one:
            for number, lesson in enumerate(lessons, start=1):
                name = Path(lesson).stem
                load = os.getloadavg()[0]
                print(f"{number} of {len(lessons)}: {name}, load {load:.1f}", file=sys.stderr)
                try:
                    run, why = measured(one, lesson)
                except (AssertionError, WebDriverException) as error:
                    wrong[name] = str(error)
                    row(f"`{name}`", *("",) * len(COLUMNS))
                    continue
                if why:
                    wrong[name] = why
                took.append(run)
                row(f"`{name}`", *(f"{seconds:.1f} s" for seconds in run), f"{load:.1f}")
    if len(took) > 1:
        columns = list(zip(*took, strict=True))
        row("**the middle one**", *(f"{statistics.median(one):.1f} s" for one in columns), "")
        row("**the longest**", *(f"{max(one):.1f} s" for one in columns), "")
    for name, why in wrong.items():
        print(f"{name}: {why}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

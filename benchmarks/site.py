"""The lab in the browser: building it, its first chart on a first and on later visits, bytes sent.

A headless Chromium walks as a participant does: the lesson's page of the book, its link, "Open",
"Run all". Times are from the click on the link (later visits: from the start page's address) to
the first chart drawn. It fails where a goal is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from _walk import OPENS, Lab, Served, chromium, served

from pcqa_teach import resources
from pcqa_teach.publish import book
from pcqa_teach.publish.site import build_site

LESSON = "core-day1/b3_plot_the_dots.ipynb"
BUILD, COLD, AGAIN, SENT = 60.0, 15.0, 8.0, 30.0


def visit(profile: str, one: Served, *, first: bool) -> tuple[float, float]:
    """Go to the lesson and run it; give seconds and bytes from the click to its first chart."""
    driver = chromium(profile)
    try:
        lab = Lab(driver, one, every=0.03)
        go = lab.link_in_book(LESSON).click if first else partial(lab.go_to_start, LESSON)
        one.sent, began = 0, time.monotonic()
        lab.open_by(go, OPENS)
        lab.first_chart()
        return time.monotonic() - began, one.sent
    finally:
        time.sleep(12)  # the page saves itself, and the browser what it has compiled
        driver.quit()


def row(what: str, found: float, unit: str, goal: float) -> bool:
    """Print a line; say whether its goal is missed."""
    missed = found > goal
    print(f"{what:<58} {found:>8.1f} {unit}   goal {goal:g} {unit}{'   MISSED' if missed else ''}")
    return missed


def main() -> None:
    """Print the table; fail where a goal is missed."""
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("--site", type=Path, help="a built site, to leave the building out")
    asked = words.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        site = asked.site
        if site is None:
            root = resources.checkout()
            assert root is not None
            book.build(root=root)
            began = time.perf_counter()
            site = build_site(Path(folder) / "site").parent
            missed += row("the site, beyond the book", time.perf_counter() - began, "s", BUILD)
        with served(site) as one:
            profile = f"{folder}/profile"
            first, sent = visit(profile, one, first=True)
            missed += row("first chart of b3, first visit", first, "s", COLD)
            missed += row("sent for it", sent / 1e6, "MB", SENT)
            for number in (2, 3):
                again, _ = visit(profile, one, first=False)
                missed += row(f"first chart of b3, visit {number}", again, "s", AGAIN)
    sys.exit(1 if missed else None)


if __name__ == "__main__":
    main()

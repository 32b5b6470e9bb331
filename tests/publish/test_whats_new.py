"""What is new is told once, in words for whoever coaches, and shown as a page of the book."""

from __future__ import annotations

import re
from pathlib import Path

from typer.main import get_command

from pcqa_teach import cli

ROOT = Path(__file__).resolve().parents[2]
CHANGES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_page_has_no_words_of_its_own_and_leaves_the_title_out():
    page = (ROOT / "book" / "whats_new.md").read_text(encoding="utf-8")
    assert "{include} ../CHANGELOG.md" in page
    start = re.search(r':start-after: "(.+)"', page)[1]
    assert CHANGES.startswith(f"{start}\n")
    assert page.splitlines()[0] == "# What's new"


def test_each_version_says_when_and_is_told_by_whom_it_serves():
    versions = re.findall(r"^## (\S+) \((.+)\)$", CHANGES, re.M)
    assert versions
    assert len(versions) == len(re.findall(r"^## ", CHANGES, re.M))
    for part in ("For practices", "For people taking part", "For coaches and facilitators"):
        assert f"### {part}\n" in CHANGES


def test_every_command_that_it_names_is_there():
    known = set(get_command(cli.app).commands)
    named = set(re.findall(r"`pcqa ([a-z]+)", CHANGES))
    assert len(named) > 5
    assert named <= known


def test_it_counts_the_lessons_that_there_are():
    told = {"readiness": "four for", "core-day*": "thirteen for", "coach-day*": "ten for",
            "own-data": "nine on", "academy": "five for"}  # fmt: skip
    words = {4: "four", 5: "five", 9: "nine", 10: "ten", 13: "thirteen", 41: "Forty-one"}
    there = {folder: len(list((ROOT / "notebooks").glob(f"{folder}/*.ipynb"))) for folder in told}
    one_line = " ".join(CHANGES.split())
    for folder, number in there.items():
        assert told[folder].split()[0] == words[number], folder
        assert told[folder] in one_line
    assert f"{words[sum(there.values())]} lessons" in one_line

"""The pages of the wider Academy: minutes without gaps, links that lead somewhere."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "book" / "academy").glob("*.md"))
GUIDE = ROOT / "book" / "facilitator" / "guide_academy.md"
LESSONS = sorted((ROOT / "notebooks" / "academy").glob("*.ipynb"))

pytestmark = pytest.mark.skipif(not PAGES, reason="the pages are not in this checkout")

PER_SECTION = {
    "communities_of_practice": (90, 5),
    "data_community": (90, 1),
    "systems_leadership": (300, 5),
    "federation_leaders": (300, 5),
}


def _stretches(section: str) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in re.findall(r"^\| (\d+)-(\d+) \|", section, re.MULTILINE)]


def _whole(stretches: list[tuple[int, int]], *, breaks: bool) -> int:
    """Give the last minute of stretches that follow each other, breaks of 15 minutes apart."""
    assert stretches[0][0] == 0
    for (_, end), (start, _) in pairwise(stretches):
        assert start == end or (breaks and start - end == 15), (end, start)
    return stretches[-1][1]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_minutes_of_each_day_follow_each_other(path: Path) -> None:
    sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    timed = [found for section in sections if (found := _stretches(section))]
    if path.stem not in PER_SECTION:
        assert not timed
        return
    minutes, days = PER_SECTION[path.stem]
    assert [_whole(one, breaks=minutes > 90) for one in timed] == [minutes] * days


def test_the_guide_has_each_lesson_with_its_minutes() -> None:
    sections = re.split(r"^## ", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert len(sections) == len(LESSONS) == 5
    for path, section in zip(LESSONS, sections, strict=True):
        meta = json.loads(path.read_text(encoding="utf-8"))["metadata"]["pcqa"]
        whole = meta["teaching"] + meta["exercises"]
        assert f"](../../notebooks/academy/{path.name})" in section
        assert (
            f"{whole} minutes: {meta['teaching']} teaching, {meta['exercises']} exercises."
            in section
        )
        assert _whole(_stretches(section), breaks=False) == whole
        assert "**Emotional load.**" in section
        assert "**Patient partners.**" in section


@pytest.mark.parametrize(
    "path", [ROOT / "book" / "academy.md", GUIDE, *PAGES], ids=lambda path: path.stem
)
def test_its_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sheets = (ROOT / "book" / "sheets.md").read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)\s]+)\)", " ".join(text.split())):
        if link.startswith("#"):
            assert f"({link[1:]})=" in sheets, link
        else:
            assert (path.parent / link).exists(), link


def test_each_page_and_lesson_is_in_the_book() -> None:
    book = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    for path in PAGES:
        assert f"file: book/academy/{path.stem}" in book
    for path in LESSONS:
        assert f"file: notebooks/academy/{path.stem}" in book

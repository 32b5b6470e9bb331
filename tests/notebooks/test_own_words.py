"""What a report on somebody's own file says of its points and of what is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

OWN = Path(__file__).resolve().parents[2] / "notebooks" / "own-data"


def cells(short: str) -> list[str]:
    (path,) = OWN.glob(f"{short}_*.ipynb")
    return ["".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]]


@pytest.mark.parametrize("short", ["d2", "d7", "d8"])
def test_the_sources_say_when_what_is_shown_is_invented(short: str) -> None:
    sources = next(text for text in reversed(cells(short)) if "Sources\n" in text)
    last = sources.split("\n- ")[-1]
    assert "invented" in last
    assert "where nobody brings a" in " ".join(last.lower().split())


def test_a_point_of_the_baseline_may_be_a_month() -> None:
    (said,) = [text for text in cells("d1") if "Each point is" in text]
    assert "each point is a month" in said


def test_a_part_that_cannot_be_done_says_what_it_takes() -> None:
    assert not any("So does this one" in text for text in cells("d2"))


def test_the_plain_comparison_has_no_name_that_is_not_explained() -> None:
    assert not any("under its name" in text for text in cells("d8"))

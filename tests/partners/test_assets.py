"""What a neighbourhood has, beside what it needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.partners import asset_map

ROWS = [
    {"asset": "Lunch club", "kind": "Group", "offers": "company", "need": "being alone",
     "known_to": "link worker"},
    {"asset": "Library", "offers": "a warm room", "need": "being alone"},
    {"asset": "Retired driver", "kind": "person", "offers": "knows every street"},
]  # fmt: skip


def test_it_says_what_is_missing_on_either_side() -> None:
    found = asset_map(ROWS, needs=["falls", "being alone"])
    assert found.needs == ("falls", "being alone")
    assert found.unmet == ["falls"]
    assert found.unknown == ["Library", "Retired driver"]
    assert found.uncalled == ["Retired driver"]
    said = found.explain()
    assert "Nothing named yet for: falls" in said
    assert "Go and meet: Library and Retired driver" in said
    assert "An asset belongs to those who made it" in said


def test_its_picture_can_be_read_and_is_said_aloud(faults: Callable[..., list[str]]) -> None:
    found = asset_map(ROWS, needs=["falls"])
    assert faults(found.figure) == []
    for part in ("Lunch club (group), company, known to link worker", "falls: nothing named yet",
                 "no need named: Retired driver"):  # fmt: skip
        assert part in found.alt_text


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"asset": "Library"}], "offers"),
        ([*ROWS, {"asset": "library", "offers": "books"}], "there twice"),
        ([{"asset": "Library", "offers": "books", "kind": "building"}], "none of person, group"),
        ([], "no rows"),
    ],
)
def test_what_is_no_asset_is_said_in_a_sentence(rows: object, said: str) -> None:
    with pytest.raises(DataError, match=said):
        asset_map(rows)

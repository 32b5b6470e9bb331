"""Loops are found once each, and their kind goes by the number of minus signs."""

from __future__ import annotations

from typing import Any

import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.partners import loop_diagram

TWO = [
    ("Open needs", "Asks", "+"),
    ("Asks", "Minutes for each", "-"),
    ("Minutes for each", "Open needs", "-"),
    ("Asks", "Opened sessions", "+"),
    ("Opened sessions", "Open needs", "-"),
]


def test_each_loop_is_found_once() -> None:
    found = loop_diagram(TWO)
    assert len(found.loops) == 2
    assert all(loop[0] == "Open needs" for loop in found.loops)


def test_an_even_number_of_minus_signs_reinforces() -> None:
    found = loop_diagram(TWO)
    kinds = {len(set(loop) & {"Opened sessions"}): found.kind(loop) for loop in found.loops}
    assert kinds == {0: "reinforcing", 1: "balancing"}
    assert found.message == "2 loops: 1 reinforcing and 1 balancing"
    assert found.table["minus_signs"].tolist() == [2, 1]


@pytest.mark.parametrize("minuses", range(4))
def test_the_kind_goes_by_odd_and_even(minuses: int) -> None:
    signs = ["-"] * minuses + ["+"] * (3 - minuses)
    links = [
        (one, other, sign) for (one, other), sign in zip(("AB", "BC", "CA"), signs, strict=True)
    ]
    found = loop_diagram(links)
    assert found.kind(found.loops[0]) == ("balancing" if minuses % 2 else "reinforcing")


def test_a_chain_has_no_loop() -> None:
    found = loop_diagram([("A", "B", "+"), ("B", "C", "–")])
    assert found.loops == ()
    assert found.message.startswith("No loop")
    assert found.figure().alt.startswith("Boxes in a ring")


def test_all_loops_of_a_full_graph_are_found() -> None:
    links = [(one, other, "+") for one in "ABCD" for other in "ABCD" if one != other]
    assert len(loop_diagram(links).loops) == 6 + 8 + 6  # pairs, triangles both ways, squares


@pytest.mark.parametrize(
    "links",
    [
        [], "AB+", [("A", "B")], [("A", "A", "+")], [("A", "B", "more")], ["A B +"],
        [("A", "B", "+"), ("A", "B", "-")], [(f"T{i}", f"T{i + 1}", "+") for i in range(13)], 5,
    ],
)  # fmt: skip
def test_what_is_no_diagram_is_an_error_of_one_sentence(links: Any) -> None:
    with pytest.raises(DataError) as caught:
        loop_diagram(links)
    assert "\n" not in str(caught.value)


def test_it_says_each_link_aloud() -> None:
    found = loop_diagram(TWO)
    assert "more asks, less minutes for each" in found.alt_text
    assert "against itself" in found.explain()
    with pytest.raises(DataError, match="no such link"):
        found.sign("Asks", "Open needs")

"""Who talks with whom: reach, bridges, who is left out, and a map that can be read."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach.errors import DataError
from pcqa_teach.partners import network_metrics
from pcqa_teach.partners.network import Network
from pcqa_teach.partners.paths import betweenness, distances

ROW = [("a", "b"), ("b", "c"), ("c", "d")]
pairs = st.sets(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda p: p[0] < p[1]), min_size=1
)


def _made(links: set[tuple[int, int]]) -> Network:
    return network_metrics([(f"n{a}", f"n{b}") for a, b in sorted(links)])


def _walk(links: list[tuple[str, str]], start: str, steps: int) -> set[str]:
    """Reach by hand, neighbour by neighbour."""
    seen, edge = {start}, {start}
    for _ in range(steps):
        edge = {b if a in edge else a for a, b in links if a in edge or b in edge} | edge
        seen |= edge
    return seen - {start}


@given(pairs)
def test_reach_is_what_walking_the_links_gives(links: set[tuple[int, int]]) -> None:
    found = _made(links)
    named = [(f"n{a}", f"n{b}") for a, b in links]
    for who in found.names:
        for steps in (1, 2, 3):
            walked = _walk(named, who, 1)
            for _ in range(steps - 1):
                walked |= {x for one in walked for x in _walk(named, one, 1)}
            assert {x for part in found.reach(who, steps) for x in part} == walked - {who}


@given(pairs)
def test_betweenness_is_what_counting_shortest_ways_gives(links: set[tuple[int, int]]) -> None:
    found = _made(links)
    steps, ways = distances(found.joined)
    size = len(found.names)

    def shortest(one: int, other: int) -> list[tuple[int, ...]]:
        if np.isinf(steps[one, other]):
            return []
        long = int(steps[one, other])
        others = set(range(size)) - {one, other}
        tried = ((one, *middle, other) for middle in itertools.permutations(others, long - 1))
        return [way for way in tried if all(found.joined[step] for step in itertools.pairwise(way))]

    by_hand = np.zeros(size)
    for one, other in itertools.combinations(range(size), 2):
        found_ways = shortest(one, other)
        assert len(found_ways) == (ways[one, other] if np.isfinite(steps[one, other]) else 0)
        for way in found_ways:
            for middle in way[1:-1]:
                by_hand[middle] += 1 / len(found_ways)
    assert betweenness(steps, ways) == pytest.approx(by_hand)


@given(pairs)
def test_cut_off_is_what_is_lost_when_somebody_leaves(links: set[tuple[int, int]]) -> None:
    found = _made(links)
    for who, lost in zip(found.names, found.table["cut_off"], strict=True):
        mine = next(part for part in found.parts if who in part)
        if len(mine) < 2 or len(found.names) < 3:
            assert lost == 0
            continue
        left = [set(part) & set(mine) for part in found.without(who).parts]
        assert lost == len(mine) - 1 - max(map(len, left))


def test_a_row_has_its_density_and_its_words() -> None:
    found = network_metrics(ROW, others=["e"])
    assert found.density == pytest.approx(3 / 10)
    assert found.links == 3
    said = found.explain()
    assert "1 cannot be reached" in said
    assert "Not linked to the largest group: e" in said
    assert "trust" in said
    assert "a - b" in found.alt_text


def test_names_that_differ_in_case_and_spaces_are_one() -> None:
    found = network_metrics([("Care  home", "chemist"), ("Chemist", "care home")])
    assert found.names == ("Care home", "chemist")
    assert found.links == 1
    assert found.reached("CARE HOME", 1) == 1


def test_a_table_of_links_will_do_and_a_picture_can_show_one_persons_reach() -> None:
    frame = pd.DataFrame(ROW, columns=["from", "to"])
    shown = network_metrics(frame).showing("A")
    assert shown.message == "A reaches 1 in one step and 2 in two, of 3"
    assert "In one step: b." in shown.alt_text
    assert network_metrics(frame).without("b").parts == [["c", "d"], ["a"]]


@pytest.mark.parametrize(
    ("links", "said"),
    [
        ([("a", "b"), ("a", "a")], "joins somebody to themselves"),
        (["ab"], "come in pairs"),
        ("a-b", "come in pairs"),
        ([("a", "b", "c")], "come in pairs"),
        ([("a", "")], "is empty"),
        ([], "0 names"),
        ([(f"a{i}", f"b{i}") for i in range(30)], "60 names"),
        (pd.DataFrame({"from": ["a"]}), "come in pairs"),
    ],
)
def test_what_is_no_network_is_said_in_a_sentence(links: object, said: str) -> None:
    with pytest.raises(DataError, match=said):
        network_metrics(links)  # type: ignore[arg-type]


def test_a_name_that_is_not_there_is_not_repeated() -> None:
    with pytest.raises(DataError) as caught:
        network_metrics(ROW).reach("Mrs Somebody")
    assert "Somebody" not in str(caught.value)


@pytest.mark.parametrize("size", [2, 5, 9, 16, 22])
def test_no_box_of_a_map_lies_on_another(size: int, faults: Callable[..., list[str]]) -> None:
    rng = np.random.default_rng(size)
    links = [(f"Neighbour number {i}", f"Neighbour number {rng.integers(i)}")
             for i in range(1, size)]  # fmt: skip
    found = network_metrics(links, others=["Nobody's friend", "Another"])
    assert faults(found.figure) == []
    assert faults(found.showing("Neighbour number 1").figure) == []


def test_a_map_is_the_same_each_time() -> None:
    assert network_metrics(ROW).figure().svg == network_metrics(ROW).figure().svg

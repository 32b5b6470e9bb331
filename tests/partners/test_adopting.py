"""A change passes on by a plain rule, and stops where too few examples are near."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach.errors import DataError
from pcqa_teach.partners import adoption, network_metrics

ROW = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]


def test_it_walks_along_a_row_one_a_month() -> None:
    found = adoption(network_metrics(ROW), ["a"], months=6)
    assert found.month.tolist() == [0, 1, 2, 3, 4]
    assert found.table["new"].tolist() == [1, 1, 1, 1, 1, 0, 0]
    assert found.message == "All 5 have it after 4 months"
    assert found.without() == []


def test_who_wants_two_examples_waits_for_two() -> None:
    found = adoption(network_metrics(ROW), ["a", "c"], needs=2, months=6)
    assert found.month.tolist() == [0, 1, 0, -1, -1]
    assert found.message == "It stops at 3 of 5, after 1 month"
    assert "Not reached: d and e." in found.explain()


def test_it_may_go_nowhere() -> None:
    found = adoption(network_metrics(ROW), ["a"], needs=2)
    assert found.message == "It goes nowhere: 1 of 5 began, and nobody followed"
    assert (found.total, found.last) == (1, 0)


def test_it_is_followed_for_as_long_as_one_says() -> None:
    found = adoption(network_metrics(ROW), ["a"], months=2)
    assert found.total == 3
    assert found.table["month"].tolist() == [0, 1, 2]


def test_the_alt_text_says_every_month() -> None:
    found = adoption(network_metrics(ROW), ["a"])
    assert found.alt_text.endswith("month by month: 1, 2, 3, 4, 5.")
    assert found.figure().alt == found.alt_text


@pytest.mark.parametrize(
    ("starts", "options", "said"),
    [
        ([], {}, "Nobody starts"),
        (["x"], {}, "not in this network"),
        (["a"], {"needs": 0}, "needs"),
        (["a"], {"months": 0}, "months"),
    ],
)
def test_what_cannot_be_followed_is_refused(
    starts: list[str], options: dict[str, int], said: str
) -> None:
    with pytest.raises(DataError, match=said):
        adoption(network_metrics(ROW), starts, **options)


pairs = st.sets(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1]), min_size=2
)


@given(pairs, st.integers(1, 3))
def test_asking_for_more_examples_never_spreads_it_further(
    links: set[tuple[int, int]], needs: int
) -> None:
    network = network_metrics([(f"n{a}", f"n{b}") for a, b in sorted(links)])
    starts = network.names[:2]
    fewer, more = (
        adoption(network, starts, needs=min(n, len(network.names))) for n in (needs, needs + 1)
    )
    assert more.total <= fewer.total
    assert (fewer.table["total"].diff().dropna() >= 0).all()

"""Which chart fits what is counted."""

from __future__ import annotations

from typing import Any

import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.spc import CHARTS, choose
from pcqa_teach.spc.choosing import DOTS, TITLES


@pytest.mark.parametrize(
    ("dot", "asked", "kind"),
    [
        ("value", {}, "xmr"),
        ("value", {"dots": 11}, "run"),
        ("value", {"dots": 12}, "xmr"),
        ("share", {}, "p"),
        ("share", {"typical": 999}, "p"),
        ("share", {"typical": 1000}, "p_prime"),
        ("share", {"typical": 40_000, "dots": 6}, "run"),
        ("count", {"typical": 6}, "c"),
        ("count", {"typical": 6, "same_chance": False}, "u"),
        ("count", {"typical": 5000, "same_chance": False}, "u_prime"),
        ("count", {"typical": 0.3}, "t"),
        ("gap", {}, "t"),
        ("gap", {"in_time": False}, "g"),
    ],
)
def test_a_dot_leads_to_its_chart(dot: str, asked: dict[str, Any], kind: str) -> None:
    found = choose(dot, **asked)
    assert found.kind == kind
    assert len(found.because) > 20
    assert found.title == TITLES[kind]
    assert ("xmr" in found.also) == ("or XmR of" in found.title)


def test_every_chart_that_is_named_is_one_of_the_kits() -> None:
    assert set(TITLES) <= set(CHARTS)


@pytest.mark.parametrize(
    ("dot", "asked"), [("mean", {}), ("share", {"typical": 0}), ("value", {"dots": -1})]
)
def test_what_is_not_known_is_refused_in_a_sentence(dot: str, asked: dict[str, Any]) -> None:
    with pytest.raises(PcqaError):
        choose(dot, **asked)
    assert "mean" not in DOTS

"""Whatever is done to an export: it is read with every row or cell answered for, or refused.

A quick run reads some files that Hypothesis makes (and makes shorter, should one fail); the long
run reads 2,000, each made from its number, `pytest -m more` 10,000; `python -m tests.fuzz.many
--show NUMBER` makes one again. `atheris_readers.py` is the same under a fuzzer that watches which
lines are reached.
"""

from __future__ import annotations

import collections
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .dice import Dice, seeded
from .judged import faults
from .mutate import mutant
from .seeds import seeds

QUICK = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
NUMBERS = st.lists(st.integers(0, 65_535), min_size=4, max_size=60)
BATCH, SLOW, ALL = 400, 5, 25

pytestmark = pytest.mark.skipif(
    sys.platform == "emscripten", reason="a browser has no signals to watch a reading by"
)


@pytest.mark.parametrize("name", [seed.name for seed in seeds()])
def test_a_seed_as_it_is_is_read_whole(name: str, tmp_path: Path) -> None:
    from .mutate import Mutant
    from .writing import text

    seed = next(seed for seed in seeds() if seed.name == name)
    data, _ = text(Dice([]), [list(row) for row in seed.rows], seed)
    outcome, wrong = faults(Mutant(seed, data, ".csv", ()), tmp_path)
    assert not wrong
    assert outcome == "read"


@QUICK
@given(numbers=NUMBERS)
def test_a_mutated_export_is_accounted_for_or_refused(
    numbers: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = mutant(Dice(numbers), seeds())
    _, wrong = faults(made, tmp_path_factory.getbasetemp())
    assert not wrong, (made.seed.name, made.done, wrong)


@pytest.mark.slow
@pytest.mark.parametrize(
    "batch",
    [*range(SLOW), *(pytest.param(one, marks=pytest.mark.more) for one in range(SLOW, ALL))],
)
def test_thousands_of_mutated_exports_are_accounted_for_or_refused(
    batch: int, tmp_path: Path
) -> None:
    outcomes: collections.Counter[str] = collections.Counter()
    bad = {}
    for number in range(batch * BATCH, (batch + 1) * BATCH):
        made = mutant(seeded(number), seeds())
        outcome, wrong = faults(made, tmp_path)
        outcomes[outcome] += 1
        if wrong:
            bad[number] = (made.seed.name, made.done, wrong)
    assert not bad
    assert outcomes["read"] > BATCH // 5, "too few are read for the sums to be tested"
    assert outcomes["refused"] > BATCH // 10

"""Every example in a docstring runs and gives what it says."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import pcqa_teach

_MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(pcqa_teach.__path__, "pcqa_teach.")
    if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", _MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    module = importlib.import_module(name)
    failed, _ = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert failed == 0


@pytest.mark.parametrize(
    "name",
    ["read", "load_demo", "check", "record", "spc.chart", "measures.dna_rate",
     "measures.same_day_share", "measures.per_1000", "measures.utilisation", "figures.Figure"],
)  # fmt: skip
def test_what_a_newcomer_calls_first_teaches_by_example(name: str) -> None:
    found = pcqa_teach
    for part in name.split("."):
        found = getattr(found, part)
    assert ">>>" in (found.__doc__ or "")

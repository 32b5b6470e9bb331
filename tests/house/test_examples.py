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


def test_the_public_face_teaches_by_example() -> None:
    for name in ("chart", "chart_file"):
        examples = doctest.DocTestFinder().find(getattr(pcqa_teach.spc, name), name)
        assert any(example.examples for example in examples), name

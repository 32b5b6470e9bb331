"""What every result offers beside its numbers."""

from __future__ import annotations

import importlib
import pkgutil

import pandas as pd
import pytest

from pcqa_teach import juran
from pcqa_teach.figures.shown import Shown

PARTS = ("demand", "flow", "juran", "variation")


def results() -> list[type]:
    for part in PARTS:
        package = importlib.import_module(f"pcqa_teach.{part}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    return sorted(Shown.__subclasses__(), key=lambda one: one.__name__)


@pytest.mark.parametrize("result", results(), ids=lambda one: one.__name__)
def test_every_result_names_its_numbers_and_its_words(result):
    own_table = "data_table" in vars(result)
    assert own_table or "table" in result.__dataclass_fields__ or hasattr(result, "table")
    assert "_showing" in vars(result)


def test_a_data_table_is_the_frame_with_headings_and_the_message_as_its_caption():
    causes = pd.DataFrame({"cause": ["results", "letters"], "calls": [30, 10]})
    found = juran.pareto(causes, cause="cause", count="calls")
    shown = found.data_table()
    assert shown.caption == f"{found.message}."
    assert len(shown.frame) == len(found.table)
    assert all(name[:1].isupper() for name in shown.frame.columns)
    assert "<caption>" in shown._repr_html_()

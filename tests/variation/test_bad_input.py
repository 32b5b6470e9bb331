"""Whatever a column holds, the answer is a result or one sentence; never another error."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from pcqa_teach import variation
from pcqa_teach.errors import PcqaError

CELLS = [
    [1, 2, 3, 4], [0, 0, 0, 1], [1, np.nan, 3, 4], [np.inf, 1, 2, 3], [True, False, True, True],
    [-1, 2, 3, 4], [1, "Smith", 2, 3], [None] * 4, [1e300, 1, 2, 3], [1e-300, 2e-300, 0, 1],
    [[1], [2], [3], [4]], [pd.NA, 1, 2, 3], pd.Categorical(list("abac")),
    pd.to_datetime(["2025-04-01"] * 4), [1.5, 2.5, 3.5, 4.5], [5] * 4,
]  # fmt: skip

CALLS = {
    "funnel": {"numerator": "a", "denominator": "b", "unit": "u"},
    "rank_intervals": {"numerator": "a", "denominator": "b", "unit": "u", "draws": 100},
    "agreement": {"first": "a", "second": "b"},
    "icc": {"value": "a", "subject": "b", "rater": "g"},
    "gauge_rr": {"value": "a", "part": "b", "operator": "g"},
    "components": {"value": "a", "groups": "b"},
    "direct_rates": {"events": "a", "population": "b", "stratum": "g",
                     "standard": {"x": 1, "y": 2}},
    "indirect_ratios": {"events": "a", "population": "b", "stratum": "g", "unit": "u"},
}  # fmt: skip


def said(call, *given, **options) -> str:
    """Call it; give what it says of its result, or of why there is none."""
    try:
        found = call(*given, **options)
    except PcqaError as error:
        return str(error)
    return found.explain() if hasattr(found, "explain") else "a table."


@pytest.mark.parametrize("name", CALLS)
def test_any_cells_give_a_result_or_a_sentence(name):
    for a, b in product(CELLS, CELLS):
        frame = pd.DataFrame(
            {"a": pd.Series(a), "b": pd.Series(b), "u": range(4), "g": list("xyxy")}
        )
        text = said(getattr(variation, name), frame, **CALLS[name])
        assert text.rstrip(")").endswith("."), text
        assert "Smith" not in text
        assert " nan" not in text


@pytest.mark.parametrize("cells", CELLS)
def test_any_series_has_a_capability_or_a_sentence(cells):
    frame = pd.DataFrame({"x": range(4), "value": pd.Series(cells)})
    assert "Smith" not in said(variation.capability, frame, upper=3)
    assert said(variation.compare_presets, frame, charts=100).rstrip(")").endswith(".")

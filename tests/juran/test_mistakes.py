"""Whatever is given by mistake, the answer is one sentence and never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pcqa_teach import juran
from pcqa_teach.errors import PcqaError

JUNK: list[Any] = [
    None, True, 0, -1, np.nan, np.inf, "", " ", "text", b"bytes", [], [None], [[]], [1, 2], {},
    {1: 2}, {None: None}, {"a": np.nan}, {"a": [np.nan]}, {"a": {"b": {"c": "d"}}}, [{}],
    [{"a": 1}], pd.NaT, pd.DataFrame(), pd.DataFrame({"a": [1]}), pd.Series([1.0, np.nan]),
    np.array([1, 2]), object(), pd.DataFrame([[1, 2]], columns=["cause", "cause"]),
    {"a": "b", "A": "b"}, ("a",), {"a"},
]  # fmt: skip

TAKES: dict[str, Callable[[Any], Any]] = {
    "ctq voice": lambda junk: juran.ctq_tree(junk, {"a": "b"}),
    "ctq needs": lambda junk: juran.ctq_tree("x", junk),
    "definition": lambda junk: juran.operational_definition(
        "x", unit="calls", counts=junk, who=junk
    ),
    "plan": juran.control_plan,
    "trilogy": juran.trilogy_chart,
    "trilogy cut": lambda junk: juran.trilogy_chart(
        pd.DataFrame({"x": range(9), "value": range(9)}), improve=junk, possible=junk
    ),
    "illustration": juran.trilogy_illustration,
    "response": juran.response_to,
    "pareto": juran.pareto,
    "pareto options": lambda junk: juran.pareto({"a": 1}, vital=junk, keep=junk, unit=junk),
    "copq": juran.copq,
    "charter": lambda junk: juran.charter("x", unit="%", now=junk, goal=junk, by=junk, whom=junk),
    "charter chart": lambda junk: juran.charter("x", unit="%", chart=junk),
    "map": juran.process_map,
    "fishbone": lambda junk: juran.fishbone("x", junk),
    "drivers": lambda junk: juran.driver_diagram("x", junk),
    "aim": lambda junk: juran.driver_diagram(junk, {"a": "b"}),
    "family": lambda junk: juran.measures_family(outcome=junk, process=junk, balancing=junk),
    "log": juran.pdsa_log,
    "log entry": lambda junk: juran.pdsa_log(
        [{"change": "c", "prediction": "p", "predicted_on": "1/1/2026", "done_on": "2/1/2026",
          "low": junk, "value": junk, "result": junk, "as_predicted": junk, "decision": junk}]
    ),
    "on": lambda junk: juran.pdsa_log(
        [{"change": "c", "prediction": "p", "predicted_on": "1/1/2026"}]
    ).on(junk),
}  # fmt: skip


@pytest.mark.parametrize("name", list(TAKES))
def test_a_mistake_gets_one_sentence(name: str) -> None:
    wrong = 0
    for junk in JUNK:
        try:
            TAKES[name](junk)
        except PcqaError as error:
            said = str(error)
            assert said.endswith((".", "?")), said
            assert said.count(". ") == 0, said
            wrong += 1
    assert wrong > len(JUNK) / 3

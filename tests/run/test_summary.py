"""What of a lesson's parameters is shared, and whose earlier summaries are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.errors import RunError
from pcqa_teach.form import here
from pcqa_teach.run import panel, summary


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"list_size": 9450, "redial": 0.6}, {"list_size": 9450, "redial": 0.6}),
        ({"practice": 9434765919, "mine": 7}, {}),
        ({"list_size": 9434765919, "weekly": float("nan")}, {}),
        ({"staff": {"08:00": 3}, "minutes": "Jane"}, {}),
    ],
)  # fmt: skip
def test_only_parameters_that_say_how_many_are_shared(
    given: dict[str, Any], kept: dict[str, Any]
) -> None:
    notebook = here.node({"metadata": {"pcqa": {"title": "T"}}, "cells": []})
    assert summary.summary(notebook, given)["parameters"] == kept


def test_a_summary_nested_beyond_reading_is_no_earlier_report(tmp_path: Path) -> None:
    (tmp_path / "summary.json").write_text("[" * 200_000)
    with pytest.raises(RunError, match="holds no earlier report"):
        panel.earlier(tmp_path, "d1")
    with pytest.raises(RunError, match="holds no earlier report"):
        panel.earlier("~nobodyhere/report", "d1")

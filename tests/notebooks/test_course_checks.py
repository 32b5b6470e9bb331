"""What one checks oneself in the courses of coaches: the lesson's own number is the sum's."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2] / "notebooks"
SUMS: dict[str, float] = {
    "c3-check-1": 100 * (6 + 11) / 20,
    "c6-check-2": (22 - 10) / (25 - 10),
    "c7-check-1": 4 * 0.25 * 0.75 / 0.1**2,
    "c7-check-2": 800 * 0.08 * 5,
    "c8-check-1": 0.8 * 10 - 0.2 * 10,
    "c10-check-1": 6 + 0.6 * (36 - 6),
    "c10-check-2": (32 - 40) - (34 - 39),
    "e1-check-1": 60 * 15.4 / 100,
    "e1-check-2": (15 - 20) - (16 - 18),
    "e3-check-2": 60 / 12,
    "e4-check-1": 20 / (1 - 0.35),
    "e5-check-2": 90 * 200 / 3600,
}

pytestmark = pytest.mark.skipif(not ROOT.exists(), reason="the lessons are not in this checkout")


def _check(item: str) -> dict[str, Any]:
    """Give what the check of a cell is asked with."""
    [path] = ROOT.glob(f"*/{item.split('-')[0]}_*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    [source] = ["".join(cell["source"]) for cell in cells if cell["id"] == item]
    [call] = [
        one
        for one in ast.walk(ast.parse(source))
        if isinstance(one, ast.Call) and ast.unparse(one.func) == "pcqa.check"
    ]
    wanted = {"expect", "within"}
    return {one.arg: ast.literal_eval(one.value) for one in call.keywords if one.arg in wanted}


@pytest.mark.parametrize("item", SUMS)
def test_a_check_expects_what_its_sum_gives(item: str) -> None:
    asked = _check(item)
    assert asked["expect"] == pytest.approx(SUMS[item], abs=asked["within"])

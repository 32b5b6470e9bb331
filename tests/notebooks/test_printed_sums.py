"""Every sum that a lesson prints gives what stands behind its equals sign."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "notebooks"
LESSONS = sorted(ROOT.glob("*/*.ipynb"))
SUM = re.compile(
    r"(?<![\w.,])[(\d][\d,.()%\s×x/+–*-]*[\d)%](?:\s*=\s*\**[-(\d][\d,.()%\s×x/+–*-]*[\d)%])+"
)

pytestmark = pytest.mark.skipif(not LESSONS, reason="the lessons are not in this checkout")


def _value(text: str) -> float | None:
    """Work out one side of a printed sum; None where it is no sum of figures."""
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text.replace("*", ""))
    for printed, meant in (("×", "*"), ("x", "*"), ("–", "-"), ("%", "/100")):
        plain = plain.replace(printed, meant)
    try:
        tree = ast.parse(plain.strip(), mode="eval")
    except SyntaxError:
        return None
    known = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.Constant, ast.operator, ast.unaryop)
    if not all(isinstance(node, known) for node in ast.walk(tree)):
        return None
    return float(eval(compile(tree, "sum", "eval"), {"__builtins__": {}}))


def _sums(text: str) -> Iterator[tuple[str, str, float, float]]:
    """Give each printed sum, its last side, and what its first and its last side come to."""
    for found in (one for part in re.split(r"[.,;]\s", text) for one in SUM.finditer(part)):
        sides = found[0].split("=")
        if not re.search(r"[×x/+–-]", sides[0].strip(" -")):
            continue
        first, last = _value(sides[0]), _value(sides[-1])
        if first is not None and last is not None:
            yield found[0], sides[-1], first, last


def _agrees(side: str, first: float, last: float) -> bool:
    """Say whether two sides are the same as far as the last is printed; inputs are rounded too."""
    per_cent = "%" in side
    digits = re.sub(r"[^\d.].*$", "", side.strip(" *-(")).partition(".")[2]
    half = 0.51 * 10.0 ** -len(digits) / (100 if per_cent else 1)
    ways = (first, first / 100) if per_cent else (first,)
    return any(abs(one - last) <= max(half, 0.004 * abs(last)) for one in ways)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem.split("_")[0])
def test_every_printed_sum_is_right(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    wrong = [
        (printed, first)
        for text in texts
        for printed, side, first, last in _sums(text)
        if not _agrees(side, first, last)
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("so 12.5 / 25 = 0.50: down", [True]),
        ("64 / 12 = **5.33**. 27 / 11 = **2.54**.", [True, False]),
        ("150 / 200 × 72% + 50 / 200 × 48% = 54% + 12% = **66%**.", [True]),
        ("1,150 / 256 = 4.5; 7 / 35 = 21%", [True, False]),
        ("a = 3, and 4, 5 without a sum", []),
    ],
)
def test_printed_sums_are_read_as_people_read_them(text: str, right: list[bool]) -> None:
    assert [_agrees(side, first, last) for _, side, first, last in _sums(text)] == right


def test_sums_are_found_in_most_lessons_of_coaches_and_leaders() -> None:
    named = [path for path in LESSONS if path.parent.name.startswith(("coach", "academy"))]
    held = {
        path.stem
        for path in named
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "markdown" and any(_sums("".join(cell["source"])))
    }
    assert len(held) > len(named) / 2

"""What one checks oneself in the courses: the key's own number follows from the question's."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.partners import stock_flow
from pcqa_teach.publish import editions
from pcqa_teach.publish.check_answers import check_answers, check_keys

ROOT = Path(__file__).resolve().parents[2] / "notebooks"
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")

pytestmark = pytest.mark.skipif(not ROOT.exists(), reason="the lessons are not in this checkout")


def _left_out(mean: float, *moves: float) -> float:
    assert sum(moves) / len(moves) == mean
    values = list(accumulate(moves, initial=100.0))
    frame = pd.DataFrame({"x": range(len(values)), "value": values})
    return float(pcqa.spc.chart(frame, n=None, screen=True).ranges.screened.sum())


def _prize(contacts: float, minutes: float, failures: float, _: float, cause: float, of: float,
           part: float, __: float) -> float:  # fmt: skip
    assert part / 100 == pytest.approx(cause / failures), "the two shares of the cause agree"
    return contacts * cause / of * minutes


def _half_of_those_who_stay(of: float, elsewhere: float, stay: float, short: float) -> float:
    assert elsewhere + stay == of
    loop = stock_flow(500 + short, 500, elsewhere=elsewhere / of, sent_back=0, ask_again=0.5)
    return float(loop.settled["not_met"])


# What gives each item's answer out of the figures of its question, in the order they stand there.
SUMS: dict[str, Callable[..., float]] = {
    "c3-check-1": lambda cases, yes, no: 100 * (yes + no) / cases,
    "c4-check-1": lambda agreed, chance: (agreed - chance) / (100 - chance),
    "c6-check-1": _left_out,
    "c6-check-2": lambda mean, upper, asked: (asked - mean) / (upper - mean),
    "c7-check-1": lambda guess, margin, factor: factor * guess * (100 - guess) / margin**2,
    "c7-check-2": _prize,
    "c8-check-1": lambda of, many, was, now, few, before, after: (
        (many * (now - was) + few * (after - before)) / of
    ),
    "c10-check-1": lambda average, chosen, kept: average + kept / 100 * (chosen - average),
    "c10-check-2": lambda was, now, theirs, then: (now - was) - (then - theirs),
    "e1-check-1": lambda charts, _, by_chance, of: charts * by_chance / of,
    "e1-check-2": lambda was, now, of, theirs, then: 100 / of * ((now - was) - (then - theirs)),
    "e3-check-2": lambda waiting, join, seen: waiting / seen,
    "e4-check-1": _half_of_those_who_stay,
    "e5-check-2": lambda calls, seconds: pcqa.flow.erlang_c(calls, seconds, 6).table["load"][0],
}


def _cells(item: str) -> dict[str, str]:
    [path] = ROOT.glob(f"*/{item.split('-')[0]}_*.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells}


def _asked(cells: dict[str, str], item: str) -> list[float]:
    """Give the figures of a question: it has a cell of its own, or ends the section's first."""
    text = cells.get(f"{item}-ask") or cells[f"{item.split('-')[0]}-check"]
    _, question = re.split(r"\*\*(?:One|Two)\.\*\*", text)
    return [float(number.replace(",", "")) for number in NUMBER.findall(question)]


@pytest.mark.parametrize("item", SUMS)
def test_a_check_expects_what_its_question_gives(item: str) -> None:
    cells = _cells(item)
    [key] = check_keys(cells[item]).values()
    found = SUMS[item](*_asked(cells, item))
    assert found == pytest.approx(key["expect"], abs=key.get("within", 0))


@pytest.mark.parametrize("path", sorted(ROOT.glob("*/*.ipynb")), ids=lambda path: path.stem)
def test_the_facilitator_is_told_the_answer_to_each_check(path: Path) -> None:
    lesson = editions.read(path)
    source = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "code")
    checks = re.findall(r"^def check_(\d+)\(", source, re.MULTILINE)
    after, told = check_answers(lesson)
    assert checks
    assert re.findall(r"^- \*\*(\d+)\*\*: \S", told, re.MULTILINE) == checks
    assert f"check_{checks[-1]}(" in lesson.cells[after - 1].source
    assert not lesson.cells[after - 1].source.startswith("def ")

"""The quick checks of every lesson on one's own data, each answered rightly and wrongly."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach import check

LESSONS = sorted((Path(__file__).resolve().parents[2] / "notebooks" / "own-data").glob("d*.ipynb"))


def checks() -> Iterator[Any]:
    for path in LESSONS:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if "meets" in cell["metadata"].get("pcqa", {}):
                asked = ast.parse("".join(cell["source"])).body[-1]
                call = asked.body[-1].value  # type: ignore[attr-defined]
                given = {word.arg: eval(ast.unparse(word.value)) for word in call.keywords}
                yield pytest.param(given, id=cell["id"])


@pytest.mark.parametrize("given", list(checks()))
def test_each_check_takes_the_right_answer_and_hints_at_wrong_ones(
    given: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    check(given["expect"], **given)
    assert given["well_done"] in capsys.readouterr().out
    hints = [hint for _, hint in given["misconceptions"].values()]
    assert len(set(hints)) == len(hints) >= 2
    for wrong, hint in given["misconceptions"].values():
        if callable(wrong):  # a rule for answers, not one of them
            continue
        check({**given["expect"], **wrong} if isinstance(wrong, dict) else wrong, **given)
        assert hint in capsys.readouterr().out


def test_every_lesson_has_one() -> None:
    asked = {one.id.split("-")[0] for one in checks()}
    assert asked == {path.stem.split("_")[0] for path in LESSONS} == {f"d{n}" for n in range(1, 10)}

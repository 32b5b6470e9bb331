"""A lesson comes out of a warm kernel as it comes out of a stock one, cell by cell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.publish import editions, staging
from pcqa_teach.run import execute
from pcqa_teach.run.warm.client import can_fork

pytestmark = pytest.mark.skipif(not can_fork(), reason="forking is safe on Linux alone")

ROOT = Path(__file__).resolve().parents[2]
_QUICK = ("b3_plot_the_dots",)  # a stock kernel takes long to start
STATE = "application/vnd.jupyter.widget-state+json"
_VOLATILE = re.compile(r"\b[0-9a-f]{32}\b|0x[0-9a-f]{6,}|IPY_MODEL_\w+")


def steady(value: Any) -> Any:
    """Put what differs from run to run (the numbers of widgets, addresses) in one form."""
    text = json.dumps(value, sort_keys=True)
    seen: dict[str, str] = {}
    return _VOLATILE.sub(lambda found: seen.setdefault(found[0], f"<{len(seen)}>"), text)


def differ(one: str, other: str) -> str:
    """Give what stands about the first place in which two texts differ, if they do."""
    if one == other:
        return ""
    alike = (here == there for here, there in zip(one, other, strict=False))
    place = next((number for number, same in enumerate(alike) if not same), 0)
    return " | ".join(text[max(0, place - 200) : place + 200] for text in (one, other))


def models(notebook: Any) -> list[str]:
    """Give the saved state of every widget, whatever number it was given."""
    saved = notebook.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    return sorted(_VOLATILE.sub("<one>", json.dumps(one, sort_keys=True)) for one in saved.values())


def lessons() -> Iterator[Any]:
    """Give b3 both ways; for the long run the first of each day with widgets; for more the rest."""
    days: set[str] = set()
    for path in staging.sources(ROOT):
        first = path.parent.name not in days
        days.add(path.parent.name)
        for static in (True, False):
            mark = pytest.mark.slow if first and not static else pytest.mark.more
            name = f"{path.stem}, {'static' if static else 'widgets'}"
            yield pytest.param(path, static, id=name, marks=() if path.stem in _QUICK else mark)


@pytest.mark.parametrize(("path", "static"), list(lessons()))
def test_every_cell_gives_the_same(path: Path, static: bool, tmp_path: Path):
    notebook = editions.page(editions.read(path), "facilitator")
    warm, stock = (
        execute(notebook, cwd=tmp_path, static=static, warm=warm) for warm in (True, False)
    )
    for number, (one, other) in enumerate(zip(warm.cells, stock.cells, strict=True)):
        apart = differ(steady(one.get("outputs")), steady(other.get("outputs")))
        assert not apart, f"cell {number}: {notebook.cells[number].source[:80]}: {apart}"
    assert models(warm) == models(stock)
    assert models(warm) or static or path.stem != "b3_plot_the_dots"

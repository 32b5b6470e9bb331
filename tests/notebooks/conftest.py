"""What the tests of a lesson's figures share."""

from __future__ import annotations

import json

import pytest


@pytest.fixture(scope="module")
def sources(request: pytest.FixtureRequest) -> dict[str, str]:
    """Give the source of each cell, by its id, of the lesson at the test module's `PATH`."""
    cells = json.loads(request.module.PATH.read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells}

"""What the tests of a lesson's rules share: a skeleton, filled, to break in one place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.authoring.form import as_kept
from pcqa_teach.authoring.new import new
from pcqa_teach.authoring.source import Source

Break = Callable[[dict[str, Any]], None]
CONTENTS = "format: jb-book\nparts:\n  - caption: For facilitators\n    chapters: []\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give an empty checkout: a folder of lessons and the contents of a book."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "_toc.yml").write_text(CONTENTS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def skeleton(checkout: Path) -> Path:
    """Give the notebook of a lesson that was just begun."""
    return new("x1_waits", title='Waits, "told" straight', root=checkout).path


@pytest.fixture
def broken(skeleton: Path) -> Callable[[Break], Source]:
    """Give what breaks the skeleton in one place, and reads it again."""

    def make(breaks: Break) -> Source:
        notebook = json.loads(skeleton.read_text(encoding="utf-8"))
        breaks(notebook)
        skeleton.write_text(as_kept(notebook), encoding="utf-8")
        return Source.read(skeleton)

    return make

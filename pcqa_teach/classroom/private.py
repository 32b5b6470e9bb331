"""What the owner of a class alone may look into: its key, its list of made-up names."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from pcqa_teach.run import output


def folder(path: Path) -> Path:
    """Make a folder that its owner alone can look into."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


@contextlib.contextmanager
def file(path: Path) -> Iterator[Path]:
    """Give a draft of a file that its owner alone can read, as `output.replace` does."""
    folder(path.parent)
    with output.replace(path) as draft:
        draft.touch(mode=0o600, exist_ok=False)
        yield draft

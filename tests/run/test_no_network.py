"""Every lesson for one's own data makes its report with no network at all, and leaves nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pcqa_teach import resources

LESSONS = sorted(
    lesson.short for lesson in resources.lessons().values() if lesson.assignment == "own-data"
)
CONNECTS = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"

pytestmark = pytest.mark.skipif(shutil.which("unshare") is None, reason="no unshare here")


def cut_off(*command: str, **options: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a network of its own, in which there is nothing, not even the loopback."""
    return subprocess.run(
        ["unshare", "-rn", *command],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **options},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _really_cut_off() -> None:
    if cut_off("true").returncode:
        pytest.skip("this system lends no network to a test")
    assert "Network is unreachable" in cut_off(sys.executable, "-c", CONNECTS).stderr


@pytest.fixture
def scratch() -> Iterator[Path]:
    """Give a folder for temporary files whose path is short: a socket's may not be long."""
    with tempfile.TemporaryDirectory(prefix="cut-off-") as folder:
        yield Path(folder)


SLOW = ("d2", "d8")  # of telephone calls, and of what others sent; for `more` the rest
EACH = [
    pytest.param(one, marks=pytest.mark.slow if one in SLOW else pytest.mark.more)
    for one in LESSONS
    if one != "d1"
]


@pytest.mark.parametrize("short", ["d1", *EACH])
def test_a_report_is_made_and_nothing_is_left(short: str, tmp_path: Path, scratch: Path) -> None:
    command = [sys.executable, "-m", "pcqa_teach", "run", short, "-o", str(tmp_path / "report")]
    done = cut_off(*command, "--project", str(tmp_path), TMPDIR=str(scratch))
    assert done.returncode == 0, done.stderr
    summary = json.loads((tmp_path / "report" / "summary.json").read_text(encoding="utf-8"))
    assert summary["lesson"]["id"] == short
    assert summary["rows"]
    assert [path.name for path in scratch.iterdir()] == []
    assert {path.name for path in tmp_path.iterdir()} <= {"report", ".pcqa"}

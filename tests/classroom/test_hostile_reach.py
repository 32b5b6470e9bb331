"""What a submission can find in the sandbox: nothing of anybody else's, however hard it looks."""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.grading.jail import SCRATCH, Limits
from pcqa_teach.classroom.grading.sandbox import Sandbox

from . import make
from .seeker import WORD, cell

pytestmark = pytest.mark.usefixtures("sandboxed")
WIDE = Limits(memory=4096, processor=60, wall=180)

LEAVES = """
import os
left = []
for place in ("/", "/dev", "/dev/shm", "/tmp", "/var/tmp", "/etc", "/proc", os.path.expanduser("~"),
              *{os.path.dirname(module.__file__) for module in list(sys.modules.values())
                if getattr(module, "__file__", None)}):
    try:
        with open(os.path.join(place, "for-the-next"), "w") as file:
            file.write("the answer is 5")
        left.append(place)
    except OSError:
        pass
os.environ["FOR_THE_NEXT"] = "5"
sys.modules["for_the_next"] = sys
sys.for_the_next = 5
answer = left
"""
LOOKS = """
import os
answer = [place for place in ("/", "/dev", "/dev/shm", "/tmp", "/var/tmp", "/etc", "/proc",
                              os.path.expanduser("~"))
          if os.path.exists(os.path.join(place, "for-the-next"))]
answer += [name for name in ("FOR_THE_NEXT",) if name in os.environ]
answer += [name for name in ("for_the_next",) if name in sys.modules or hasattr(sys, name)]
"""


def _secret() -> str:
    return f"{WORD}-{secrets.token_hex(6)}"


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """A service on this computer, that nobody who is shut in may reach."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture
def planted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[ClassFolder, dict[str, str]]]:
    """A class with a secret in its hidden tests, gradebook, surroundings and others' work."""
    found = {
        name: _secret() for name in ("test", "environment", "gradebook", "other", "file", "shm")
    }
    course = make.small_class(tmp_path / "class", secret=found["test"])
    monkeypatch.setenv("PCQA_SECRET", found["environment"])
    from nbgrader.api import Gradebook

    with Gradebook(course.gradebook) as book:
        book.update_or_create_student("other", first_name=found["gradebook"])
    shared = Path("/dev/shm") / f"pcqa-{os.getpid()}.txt"
    shared.write_text(found["shm"], encoding="utf-8")
    (tmp_path / "notes.txt").write_text(found["file"], encoding="utf-8")
    for code in ("aaa", "other", "zzz"):  # before it and after it
        cells = {**make.RIGHT, "work": f'mine = "{found["other"]}"\nmine2 = mine * 2'}
        make.hand_in(course, code, make.answered(make.blank(course), cells, code))
    yield course, found
    shared.unlink()


def _answers(course: ClassFolder, code: str) -> dict[str, Any]:
    engine = sa.create_engine(course.gradebook)
    with engine.connect() as connection:
        asked = sa.text("select items from pcqa_marked where student = :code")
        items = json.loads(connection.execute(asked, {"code": code}).scalar_one())
    engine.dispose()
    return {name: item["answer"] for name, item in items.items()}


@pytest.mark.slow
def test_whoever_looks_everywhere_finds_nothing_of_anybody_else(
    planted: tuple[ClassFolder, dict[str, str]], listener: socket.socket
) -> None:
    course, _ = planted
    db = course.gradebook.removeprefix("sqlite:///")
    others = [str(path) for path in course.path.rglob("*.ipynb")]
    own = str(course.part("submitted", "seeker", make.ASSIGNMENT, f"{make.LESSON}.ipynb"))
    places = [course.path / "roster.csv", course.path.parent / "notes.txt", make.ROOT / "notebooks"]
    places += [
        make.ROOT / "data" / "synthetic" / "truth.json",
        Path("/dev/shm") / f"pcqa-{os.getpid()}.txt",
    ]
    hints = [db, own, *others, *map(str, places)]
    port = listener.getsockname()[1]
    cells = {"t1-1-answer": cell(hints, port), "t1-2-answer": "answer_t1_2"}
    make.hand_in(course, "seeker", make.answered(make.blank(course), cells, "seeker"))
    before = {path: path.read_bytes() for path in course.part("submitted").rglob("*.ipynb")}

    lines = make.mark(course, limits=WIDE)

    answers = _answers(course, "seeker")
    assert lines["seeker"].state == "marked", lines["seeker"].said
    assert answers["t1-2"]["unit"] == "seen"  # it has looked to the end,
    assert answers["t1-2"]["mean"] > 100  # through blocks of memory
    assert answers["t1-2"]["largest"] > 10_000  # and objects,
    assert answers["t1-1"] == []  # and has found nothing
    with pytest.raises(BlockingIOError):  # nor has it reached anybody
        listener.accept()
    assert {path: path.read_bytes() for path in before} == before
    for code in ("aaa", "other", "zzz"):
        assert make.scores(course, code) == {"t1-1": 2, "t1-2": 3, "t1-3": None}


@pytest.mark.slow
def test_whoever_looks_without_walls_does_find_it(
    planted: tuple[ClassFolder, dict[str, str]], listener: socket.socket
) -> None:
    """The seeker is no blunt tool: with --trust, where it may, it finds what it is told of."""
    course, found = planted
    source = course.part("source", make.ASSIGNMENT, f"{make.LESSON}.ipynb")
    quick = cell([str(source)], listener.getsockname()[1]).replace('os.walk("/")', "()")
    with Sandbox("trust", WIDE) as trusted:
        outcome = trusted.run([{"cell": "a", "run": quick.replace("act()", "pass")},
                               {"item": "x", "take": "answer_t1_1"}])  # fmt: skip
    told = outcome.answers["x"]["value"]
    assert f"{source}: {found['test'].split('-')[1]}" in told
    assert "connected" in told
    listener.accept()[0].close()


def test_nothing_that_one_leaves_is_there_for_the_next() -> None:
    with Sandbox("sandbox", make.QUICK) as sandbox:
        first, second = (
            sandbox.run(
                [{"cell": "a", "run": f"import sys\n{code}"}, {"item": "x", "take": "answer"}]
            )
            for code in (LEAVES, LOOKS)
        )
    assert not first.errors
    assert set(first.answers["x"]["value"]) <= {SCRATCH, "/proc"}  # its own scratch, gone with it
    assert second.answers["x"] == {"value": []}


@pytest.mark.slow
def test_no_truth_and_no_source_is_within_reach() -> None:
    looks = (
        "import os\nnames = [os.path.join(top, name) for top, _, names in os.walk('/')"
        " if not top.startswith('/usr') for name in names]\n"
        "answer = [n for n in names if n.endswith(('.ipynb', 'truth.json'))"
        " and 'site-packages' not in n and not n.endswith("
        "('pcqa_teach/form/make_a_report.ipynb', 'pcqa_teach/authoring/skeleton.ipynb'))]"
    )
    with Sandbox("sandbox", WIDE) as sandbox:
        outcome = sandbox.run([{"cell": "a", "run": looks}, {"item": "x", "take": "answer"}])
    assert not outcome.errors
    assert outcome.answers["x"] == {"value": []}

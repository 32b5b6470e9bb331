"""People planted wherever an export has room: nothing that a run leaves behind gives one away.

For each of the nine lessons an export that fits it, with people in its columns of words, in cells
that should hold a date, a number or a word of a list, in headings that nobody asked for, in the
names of the file, its folder and its sheets, and in a workbook's properties, comments, header and
hidden sheet. Home, temporary files, caches, the project and the report lie in one watched folder,
and every byte of every file that is left in it is searched: after a report, after a refusal, after
Ctrl-C and after a kill in the middle. `tests/test_identifiers.py` has `pcqa read` and the readers.
"""

from __future__ import annotations

import base64
import io
import os
import signal
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from .planting import EXPORTS, given
from .seeking import PEOPLE, TOKENS, found_in, leaks

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="signals of Unix"),
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the exports are not in this checkout"),
]
NINE = [f"d{place}" for place in range(1, 10)]
QUICK = "d3"
SOME = [one if one == QUICK else pytest.param(one, marks=pytest.mark.more) for one in NINE]
EACH = [one if one == QUICK else pytest.param(one, marks=pytest.mark.slow) for one in NINE]
REFUSED = [pytest.param(one, marks=[] if one in ("d1", "d8") else pytest.mark.more) for one in NINE]
PLACES = {
    "HOME": "home",
    "TMPDIR": "temporary",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTER_DATA_DIR": "jupyter",
    "IPYTHONDIR": "ipython",
    "PCQA_PROJECT": "project",
}


@dataclass(frozen=True)
class Desk:
    """A computer of its own, all of it below `root`; the exports lie elsewhere."""

    root: Path
    exports: Path

    @contextmanager
    def begun(self, *arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
        """Begin a command in a session of its own; kill what is left of it at the end."""
        ours = {name: str(self.root / place) for name, place in PLACES.items()}
        kept = {name: text for name, text in os.environ.items() if name != "PCQA_DEBUG"}
        with subprocess.Popen(
            [sys.executable, "-m", "pcqa_teach", *map(str, arguments)],
            cwd=self.root,
            env={**kept, "MPLCONFIGDIR": _fonts(), **ours, "PYTHONPATH": str(EXPORTS.parents[2])},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as program:
            try:
                yield program
            finally:
                program.kill()

    def pcqa(self, *arguments: str | Path) -> tuple[int, str]:
        """Run a command to its end; give its exit code and all that it said."""
        with self.begun(*arguments) as program:
            said, complained = program.communicate(timeout=600)
        return program.returncode, said + complained

    def left(self) -> list[str]:
        """Name what is left in the folder for temporary files."""
        return sorted(path.name for path in (self.root / "temporary").iterdir())


def _fonts() -> str:
    import matplotlib as mpl

    return mpl.get_cachedir()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    named = tmp_path / "elsewhere" / f"{PEOPLE[1].name} {PEOPLE[1].nhs}"
    for folder in (named, *(tmp_path / "watched" / place for place in PLACES.values())):
        folder.mkdir(parents=True)
    return Desk(tmp_path / "watched", named)


def run_of(lesson: str, desk: Desk) -> list[str | Path]:
    """Give the command that runs a lesson on exports full of people."""
    exports, more = given(lesson, desk.exports)
    named = [part for path in exports for part in ("--export", path)]
    return ["run", lesson, *named, *more, "-o", desk.root / "report"]


@pytest.mark.parametrize("lesson", EACH)
def test_a_report_gives_nobody_away(lesson: str, desk: Desk) -> None:
    command = run_of(lesson, desk)
    code, said = desk.pcqa(*command, "--show-code")
    assert code == 0, said
    assert found_in(said.replace(str(desk.root), "")) == []
    report = {path.name for path in (desk.root / "report").iterdir()}
    assert {"report.html", "notebook.ipynb", "summary.json", "notice-board.pdf"} <= report
    assert leaks(desk.root) == []
    assert desk.left() == []


@pytest.mark.parametrize("lesson", SOME)
@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_gives_nobody_away(
    stop: signal.Signals, lesson: str, desk: Desk
) -> None:
    """Stopped as its last cell begins: by then every row has been in its hands."""
    with desk.begun(*run_of(lesson, desk)) as program:
        assert program.stderr is not None
        said = ""
        while said.count("Running the lesson") < 2 and (line := program.stderr.readline()):
            said += line
        program.send_signal(stop)
        rest, complained = program.communicate(timeout=600)
    assert said.count("Running the lesson") == 2, said
    assert found_in(said + rest + complained) == []
    assert leaks(desk.root) == []
    assert stop == signal.SIGKILL or desk.left() == []


@pytest.mark.parametrize("lesson", REFUSED)
@pytest.mark.slow
def test_a_refusal_gives_nobody_away(lesson: str, desk: Desk) -> None:
    """A file of words, and nothing else, in place of the export."""
    bare = desk.exports / f"{PEOPLE[0].name}.csv"
    bare.write_text("\n".join(f"{person.name},{person.all}" for person in PEOPLE * 9))
    more = ["--set", "go_live=2024-12-02"] if lesson == "d8" else []
    code, said = desk.pcqa("run", lesson, "--export", bare, *more, "-o", desk.root / "report")
    assert code == 1
    assert "Traceback" not in said
    assert "should not have" not in said
    assert found_in(said) == []
    assert leaks(desk.root) == []
    assert desk.left() == []
    assert not (desk.root / "report").exists()


@pytest.mark.slow
def test_a_batch_gives_nobody_away_but_in_its_private_list(desk: Desk) -> None:
    given("d5", desk.exports)
    (desk.exports / f"{PEOPLE[2].name}.csv").write_text(PEOPLE[2].all)
    out = desk.root / "batch"
    code, said = desk.pcqa("batch", "d1", "--exports", desk.exports, "-o", out, "--workers", "1")
    assert code in (0, 1), said
    assert found_in(said) == []
    private = out / "private" / "which-is-which.csv"
    assert private.stat().st_mode & 0o077 == 0
    private.unlink()
    assert list((out / "reports").glob("*/report.html"))
    assert leaks(desk.root) == []


def test_the_search_finds_what_is_packed_and_coded(tmp_path: Path) -> None:
    from fpdf import FPDF
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    one, picture, about = PEOPLE[0], io.BytesIO(), PngInfo()
    about.add_text("Comment", one.words, zip=True)
    Image.new("RGB", (9, 9)).save(picture, "PNG", pnginfo=about)
    (tmp_path / "a.html").write_text(
        f"<img src='data:image/png;base64,{base64.b64encode(picture.getvalue()).decode()}'>"
    )
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("docProps/core.xml", zlib.compress(b"-") + one.mail.encode("utf-16-le"))
    page = FPDF()
    page.add_page()
    page.set_font("helvetica")
    page.cell(text=f"Born {one.born}")
    page.output(str(tmp_path / "c.pdf"))
    (tmp_path / "d.json").write_text('"\\u005aephyrine"')
    (tmp_path / "e.html").write_text("&#90;Z99&nbsp;3VZ")
    (tmp_path / "f.log").write_text("9 991 234 012 and Quill%66eather")
    assert leaks(tmp_path) == [
        f"a.html: {one.words}",
        "b.xlsx: Quillfeather",
        f"b.xlsx: {one.mail}",
        f"c.pdf: {one.born}",
        "d.json: Zephyrine",
        f"e.html: {one.postcode}",
        f"f.log: {one.nhs}",
        "f.log: Quillfeather",
    ]
    assert len(set(TOKENS)) == len(TOKENS) == 24

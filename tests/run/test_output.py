"""What is written appears whole or not at all, and nothing of anybody's is overwritten."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.errors import RunError
from pcqa_teach.run import output


def fill(folder: Path, text: str) -> None:
    output.write_json(folder / "summary.json", {"made_by": "pcqa_teach", "text": text})


def text_in(folder: Path) -> str:
    return json.loads((folder / "summary.json").read_text(encoding="utf-8"))["text"]


def write(
    out: Path, text: str, *, replace: bool = False, then: Callable[[], object] = lambda: None
) -> None:
    """Write a report; `then` happens before it is whole."""
    with output.folder(out, replace=replace) as partial:
        fill(partial, text)
        then()


def stop_with(stop: type[BaseException]) -> Callable[[], object]:
    def now() -> None:
        raise stop("half")

    return now


def in_folder(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "report"


def test_a_folder_is_hidden_and_private_until_it_is_whole(out: Path):
    with output.folder(out) as partial:
        hidden = partial.parent
        assert hidden.name.startswith(".report.partial-")
        assert stat.S_IMODE(hidden.stat().st_mode) == 0o700
        assert not out.exists()
        fill(partial, "new")
    assert text_in(out) == "new"
    assert in_folder(out.parent) == ["report"]


def test_missing_parents_are_made_and_unmade_on_failure(tmp_path: Path):
    with pytest.raises(ZeroDivisionError):
        write(tmp_path / "a" / "b" / "report", "half", then=stop_with(ZeroDivisionError))
    assert in_folder(tmp_path) == []


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, ValueError])
def test_whatever_stops_the_work_leaves_nothing(stop: type[BaseException], out: Path):
    with pytest.raises(stop, match="half"):
        write(out, "half", then=stop_with(stop))
    assert in_folder(out.parent) == []


def test_a_folder_that_holds_files_is_refused_untouched(out: Path):
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    with pytest.raises(RunError, match=r"'report' already holds files: .* --replace"):
        write(out, "new")
    assert in_folder(out) == ["mine.txt"]


def test_replace_refuses_what_is_not_ours(out: Path):
    write(out, "old")
    (out / "my notes.txt").write_text("mine")
    with pytest.raises(RunError, match="not from an earlier report"):
        write(out, "new", replace=True)
    assert text_in(out) == "old"
    assert in_folder(out) == ["my notes.txt", "summary.json"]


def test_replace_refuses_a_picture_that_was_added(out: Path):
    with output.folder(out) as partial:
        (partial / "figures").mkdir()
        (partial / "figures" / "access.svg").write_text("ours")
        drawn = [{"name": "access", "files": ["access.svg"]}]
        output.write_json(
            partial / "summary.json", {"made_by": "pcqa_teach", "text": "old", "figures": drawn}
        )
    photograph = out / "figures" / "whiteboard.png"
    photograph.write_bytes(b"mine")
    with pytest.raises(RunError, match="not from an earlier report"):
        write(out, "new", replace=True)
    assert photograph.read_bytes() == b"mine"
    photograph.unlink()
    write(out, "new", replace=True)
    assert text_in(out) == "new"


@pytest.mark.parametrize("said", ["of our own", None])
def test_replace_refuses_a_notebook_that_somebody_wrote_into(said: str | None, out: Path):
    cells = [{"cell_type": "markdown", "source": ["# Title\n", "text"]}]
    notebook: dict[str, Any] = {"cells": cells, "metadata": {}}
    notebook["metadata"]["pcqa"] = {"digest": output.digest(notebook)}
    with output.folder(out) as partial:
        fill(partial, "old")
        output.write_json(partial / "notebook.ipynb", notebook)
    cells[0]["source"] = "# Title\ntext"  # as another program writes the very same
    output.write_json(out / "notebook.ipynb", notebook)
    write(out, "new", replace=True)
    if said:
        cells.append({"cell_type": "markdown", "source": said})
        output.write_json(out / "notebook.ipynb", notebook)
    else:
        (out / "notebook.ipynb").write_text("notes, and no notebook")
    with pytest.raises(RunError, match="or a notebook that was written into since"):
        write(out, "newer", replace=True)
    assert text_in(out) == "new"


@pytest.mark.skipif(os.name != "posix", reason="asks for POSIX permissions")
def test_a_report_is_its_owners_alone(out: Path):
    before = os.umask(0o002)
    try:
        with output.folder(out):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE(out.stat().st_mode) == 0o700


def test_replace_swaps_an_earlier_report(out: Path):
    write(out, "old")
    write(out, "new", replace=True)
    assert text_in(out) == "new"
    assert in_folder(out.parent) == ["report"]


def test_a_failed_replacement_keeps_the_earlier_report(out: Path):
    write(out, "old")
    with pytest.raises(KeyboardInterrupt):
        write(out, "new", replace=True, then=stop_with(KeyboardInterrupt))
    assert text_in(out) == "old"
    assert in_folder(out.parent) == ["report"]


def test_a_swap_that_fails_half_way_puts_the_earlier_report_back(
    out: Path, monkeypatch: pytest.MonkeyPatch
):
    write(out, "old")
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if self.parent.name.startswith(".report.partial-") and self.name == "report":
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(RunError, match="could not be written"):
        write(out, "new", replace=True)
    assert text_in(out) == "old"
    assert in_folder(out.parent) == ["report"]


def test_files_that_arrive_meanwhile_are_not_overwritten(out: Path):
    def somebody_writes() -> None:
        out.mkdir()
        (out / "mine.txt").write_text("mine")

    with pytest.raises(RunError, match="already holds files"):
        write(out, "new", then=somebody_writes)
    assert in_folder(out) == ["mine.txt"]


def test_an_empty_folder_is_used(out: Path):
    out.mkdir()
    write(out, "new")
    assert text_in(out) == "new"


def test_a_file_where_the_folder_should_be_is_one_sentence(out: Path):
    out.write_text("mine")
    with pytest.raises(RunError, match="'report' is a file"):
        write(out, "new")
    with pytest.raises(RunError, match="a part of its path is missing or is a file"):
        write(out / "deeper", "new")
    assert out.read_text() == "mine"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no room left on the disk for 'report'"),
        (errno.EACCES, "locked or read-only"),
        (errno.EROFS, "is read-only"),
        (errno.EIO, "could not be written"),
    ],
)
def test_what_the_disk_refuses_is_one_sentence(number: int, words: str, out: Path):
    def refuse() -> None:
        raise OSError(number, os.strerror(number))

    with pytest.raises(RunError, match=words):
        write(out, "new", then=refuse)
    assert in_folder(out.parent) == []


def write_file(target: Path, text: str, *, replace: bool = False, whole: bool = True) -> None:
    with output.file(target, replace=replace) as partial:
        partial.write_text(text)
        if not whole:
            raise ValueError("half")


def test_a_file_is_written_whole_and_overwrites_only_when_asked(tmp_path: Path):
    target = tmp_path / "tidy.csv"
    with pytest.raises(ValueError, match="half"):
        write_file(target, "half", whole=False)
    assert in_folder(tmp_path) == []
    write_file(target, "whole")
    with pytest.raises(RunError, match=r"'tidy\.csv' exists"):
        write_file(target, "again")
    assert target.read_text() == "whole"
    write_file(target, "again", replace=True)
    assert target.read_text() == "again"
    assert in_folder(tmp_path) == ["tidy.csv"]


def folder_saying(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    fill(folder, text)
    return folder


@pytest.mark.parametrize(
    ("error", "told"),
    [(OSError(errno.EBUSY, "busy"), RunError), (KeyboardInterrupt(), KeyboardInterrupt)],
)
def test_a_folder_that_cannot_be_swapped_in_leaves_the_one_before(
    out: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, told: type[BaseException]
):
    folder_saying(out, "earlier")
    made = folder_saying(out.parent / "work" / "made", "new")
    rename = Path.rename

    def refused(path: Path, to: Path) -> Path:
        if path == made:
            raise error
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(told):
        output.swap(made, out)
    assert text_in(out) == "earlier"
    monkeypatch.undo()
    output.swap(made, out)
    assert text_in(out) == "new"
    assert in_folder(out.parent) == ["report", "work"]


def test_what_a_killed_swap_put_aside_comes_back_first(out: Path):
    folder_saying(out.with_name(".report.before"), "earlier")
    with pytest.raises(RunError):
        output.swap(out.with_name("nothing here"), out)
    assert text_in(out) == "earlier"

"""What cannot be matched is listed with its reason, never guessed; the others are taken in."""

from __future__ import annotations

import json
import os
import struct
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest

from pcqa_teach.classroom.collect import submitted
from pcqa_teach.classroom.folder import ROSTER, ClassFolder

from . import make
from .test_collect import DAY, FILE, counts, packed, put, reason, take, work

NOBODYS = "it does not say whose it is"


def _three(course: ClassFolder) -> bytes:
    older = nbformat.convert(nbformat.from_dict(json.loads(work(course))), 3)
    return str(nbformat.v3.writes_json(older)).encode()


def test_a_code_that_is_not_in_the_roster_is_listed(course: ClassFolder, tmp_path: Path) -> None:
    (course.path / ROSTER).write_text("code\ncoach-7\n", encoding="utf-8")
    put(tmp_path / "in", FILE, work(course))
    put(tmp_path / "in", "other.ipynb", work(course, "coach-8"))
    taken = take(course, tmp_path / "in")
    assert reason(taken) == "its code 'coach-8' is not in the roster"
    assert set(submitted(course, make.ASSIGNMENT)) == {"coach-7"}


@pytest.mark.parametrize("code", [None, "", "../../etc", "a b", "943 476 5919", "x" * 40, ["a"]])
def test_no_code_that_could_be_one_is_listed(
    course: ClassFolder, tmp_path: Path, code: str | None
) -> None:
    taken = take(course, put(tmp_path, "x.ipynb", work(course, code)))
    assert reason(taken).startswith(NOBODYS)
    assert not submitted(course, make.ASSIGNMENT)
    assert "943" not in " ".join(taken.sentences())


def test_a_name_that_says_another_code_is_not_decided(course: ClassFolder, tmp_path: Path) -> None:
    """A colleague's copy, say: taken as theirs, it would stand in the place of their own work."""
    put(tmp_path / "in", f"{make.LESSON}--coach-8.ipynb", work(course, "coach-7"))
    assert "one person inside and of another outside" in reason(take(course, tmp_path / "in"))


def test_a_name_alone_does_not_say_whose_it_is(course: ClassFolder, tmp_path: Path) -> None:
    assert reason(take(course, put(tmp_path, FILE, work(course, None)))).startswith(NOBODYS)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b'{"cells": [', "the file is damaged"),
        (b"[]", "the file is no"),
    ],
)
def test_a_damaged_file_is_whose_its_name_says(
    course: ClassFolder, tmp_path: Path, content: bytes, said: str
) -> None:
    put(tmp_path / "in", f"Sam_1_assignsubmission_file_{FILE}", content)
    put(tmp_path / "in", "mine.ipynb", content)
    taken = take(course, tmp_path / "in")
    assert [one.student for one in taken.taken] == ["coach-7"]
    assert reason(taken).startswith(said)


def test_another_lesson_or_none_is_listed(course: ClassFolder, tmp_path: Path) -> None:
    assert "not of this assignment" in reason(
        take(course, put(tmp_path, "x.ipynb", work(course, id="b9")))
    )
    notebook = json.loads(work(course))
    del notebook["metadata"]["pcqa"]
    content = json.dumps(notebook).encode()
    assert (
        reason(take(course, put(tmp_path, "y.ipynb", content)))
        == "it does not say which lesson it is"
    )


def test_an_older_format_says_whose_it_is(course: ClassFolder, tmp_path: Path) -> None:
    taken = take(course, put(tmp_path, "x.ipynb", _three(course)))
    assert [one.student for one in taken.taken] == ["coach-7"]


def test_files_of_other_kinds_are_named_and_left(course: ClassFolder, tmp_path: Path) -> None:
    put(tmp_path / "in", FILE, work(course))
    for name in ("my answers.docx", "scan.pdf", ".DS_Store", "timestamp.txt", "__MACOSX/._x.ipynb",
                 ".ipynb_checkpoints/x-checkpoint.ipynb"):  # fmt: skip
        put(tmp_path / "in", name, b"x")
    taken = take(course, tmp_path / "in")
    assert taken.others == ("my answers.docx", "scan.pdf")
    assert taken.sentences()[-1] == (
        "Left alone, as they are no notebooks: my answers.docx, scan.pdf."
    )


def test_a_name_cannot_write_on_the_terminal(course: ClassFolder, tmp_path: Path) -> None:
    put(tmp_path / "in", "a\x1b[2J\x07b\u202ec.ipynb", work(course, None))
    said = take(course, tmp_path / "in").sentences()[-1]
    assert said.startswith("Not taken: a?[2J?b?c.ipynb: ")


class TestArchives:
    """One bad archive of a person's is set aside; the class's others are taken in."""

    def _with(self, course: ClassFolder, tmp_path: Path, name: str, content: bytes) -> str:
        good = work(course, "good")
        whole = packed({f"A_1_/{name}": content, "B_2_/good.ipynb": good})
        taken = take(course, put(tmp_path, "all.zip", whole))
        assert [one.student for one in taken.taken] == ["good"]
        return reason(taken)

    def test_a_bomb(self, course: ClassFolder, tmp_path: Path) -> None:
        bomb = packed({f"{number}.ipynb": bytes(31 << 20) for number in range(10)})
        assert len(bomb) < 1 << 20
        whole = packed({"A_1_/bomb.zip": bomb, "B_2_/good.ipynb": work(course, "good")})
        taken = take(course, put(tmp_path, "all.zip", whole))
        assert [one.student for one in taken.taken] == ["good"]
        troubles = [one.trouble for one in taken.not_taken]
        assert troubles[-1] == "it unpacks to far more than notebooks can hold"
        assert len(troubles) == 10

    def test_one_huge_file(self, course: ClassFolder, tmp_path: Path) -> None:
        said = self._with(course, tmp_path, "x.ipynb", bytes(33 << 20))
        assert said == "it unpacks to far more than notebooks can hold"

    def test_one_that_lies_about_its_size(self, course: ClassFolder, tmp_path: Path) -> None:
        whole = bytearray(packed({"x.ipynb": bytes(33 << 20)}))
        for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            place = whole.index(mark) + offset
            whole[place : place + 4] = struct.pack("<I", 100)
        said = self._with(course, tmp_path, "x.zip", bytes(whole))
        assert said in ("it is damaged", "it unpacks to far more than notebooks can hold")

    def test_a_damaged_one(self, course: ClassFolder, tmp_path: Path) -> None:
        assert self._with(course, tmp_path, "x.zip", b"PK\x03\x04 no more") == "it is damaged"

    def test_one_whose_content_is_damaged(self, course: ClassFolder, tmp_path: Path) -> None:
        whole = bytearray(packed({"x.ipynb": work(course)}))
        whole[60:80] = bytes(20)
        assert self._with(course, tmp_path, "x.zip", bytes(whole)) == "it is damaged"

    def test_one_with_a_password(self, course: ClassFolder, tmp_path: Path) -> None:
        whole = bytearray(packed({"x.ipynb": work(course)}))
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            whole[whole.index(mark) + offset] |= 1
        said = self._with(course, tmp_path, "x.zip", bytes(whole))
        assert said == "it is locked with a password"

    def test_one_with_far_too_many_files(self, course: ClassFolder, tmp_path: Path) -> None:
        many = packed({f"{number}.ipynb": b"{}" for number in range(600)})
        whole = packed({"x.zip": many, "good.ipynb": work(course, "good")})
        taken = take(course, put(tmp_path, "all.zip", whole))
        assert [one.student for one in taken.taken] == ["good"]

    def test_two_files_of_one_name(self, course: ClassFolder, tmp_path: Path) -> None:
        path = tmp_path / "all.zip"
        newer, older = (zipfile.ZipInfo(FILE, (2026, 3, 2, 9, minute, 0)) for minute in (2, 0))
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(newer, work(course, said="5"))
            with pytest.warns(UserWarning, match="Duplicate"):
                archive.writestr(older, work(course, said="4"))
        take(course, path)
        assert counts(course) == "5"


class TestHub:
    """On a hub the folder says who handed something in, and when."""

    def _name(self, code: str, when: str = "2026-03-02 10:00:00.123456 UTC") -> str:
        return f"inbound/{code}+{make.ASSIGNMENT}+{when}+a1B2/{make.LESSON}.ipynb"

    def test_the_folder_says_whose_it_is(self, course: ClassFolder, tmp_path: Path) -> None:
        put(tmp_path / "exchange", self._name("coach-7"), work(course, None))
        (taken,) = take(course, tmp_path / "exchange").taken
        assert (taken.student, taken.when) == (
            "coach-7", datetime(2026, 3, 2, 10, 0, 0, 123456, tzinfo=UTC))  # fmt: skip

    def test_one_folder_of_it_is_enough(self, course: ClassFolder, tmp_path: Path) -> None:
        path = put(tmp_path, self._name("coach-7"), work(course, None))
        assert [one.student for one in take(course, path.parent).taken] == ["coach-7"]

    def test_its_time_counts_and_not_the_copys(self, course: ClassFolder, tmp_path: Path) -> None:
        late, early = "2026-03-02 10:00:01 UTC", "2026-03-02 10:00:00 UTC"
        later = DAY + timedelta(days=9)
        put(tmp_path / "in", self._name("coach-7", late), work(course, None, "5"), DAY)
        put(tmp_path / "in", self._name("coach-7", early), work(course, None, "4"), later)
        take(course, tmp_path / "in")
        assert counts(course) == "5"

    def test_two_codes_are_listed(self, course: ClassFolder, tmp_path: Path) -> None:
        put(tmp_path / "in", self._name("coach-7"), work(course, "coach-8"))
        assert "another outside" in reason(take(course, tmp_path / "in"))

    def test_a_name_that_is_no_code_is_listed(self, course: ClassFolder, tmp_path: Path) -> None:
        put(tmp_path / "in", self._name("sam@example.org"), work(course, None))
        assert reason(take(course, tmp_path / "in")).startswith(NOBODYS)

    def test_no_archive_says_whose_it_is(self, course: ClassFolder, tmp_path: Path) -> None:
        """Whoever makes an archive can call a folder in it, or the archive itself, as they like."""
        claim = self._name("coach-7").removesuffix(f"/{make.LESSON}.ipynb")
        inside = packed({f"{make.LESSON}.ipynb": work(course)})
        put(tmp_path / "in", f"{claim}+x.zip", inside)
        put(tmp_path / "in", f"{claim}/deep.zip", inside)
        put(tmp_path / "in", "Sam_1_assignsubmission_file_/mine.zip",
            packed({self._name("coach-7"): work(course, None)}))  # fmt: skip
        taken = take(course, tmp_path / "in")
        assert not taken.taken
        assert len(taken.not_taken) == 3
        assert all("lies in an archive" in one.trouble for one in taken.not_taken)

    def test_nothing_below_a_folder_of_it(self, course: ClassFolder, tmp_path: Path) -> None:
        folder = self._name("coach-7").removesuffix(f"/{make.LESSON}.ipynb")
        put(tmp_path / "in", f"{folder}/w/{make.LESSON}.ipynb", work(course, None))
        assert "not where handing in puts" in reason(take(course, tmp_path / "in"))

    @pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="needs root")
    @pytest.mark.parametrize("folder", ["{}", "{}/w", "{}\nx", "w", "."])
    def test_nobody_hands_in_for_another_account(
        self, course: ClassFolder, tmp_path: Path, folder: str
    ) -> None:
        put(tmp_path / "in", self._name("daemon"), work(course, None, "5"))
        claim = self._name("daemon", "2026-03-03 10:00:00 UTC").split("/")[1]
        name = f"inbound/{folder.format(claim)}/{make.LESSON}.ipynb"
        path = put(tmp_path / "in", name, work(course, "daemon", "4"))
        owned = {tmp_path / "in" / self._name("daemon"): 1, path: 2}  # Debian's daemon, and bin
        for file, account in owned.items():
            os.chown(file, account, account)
            while file.parent.name != "inbound":
                os.chown(file := file.parent, account, account)
        taken = take(course, tmp_path / "in")
        assert counts(course, "daemon") == "5"
        assert len(taken.not_taken) == 1

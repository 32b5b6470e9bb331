"""How much of what was handed in is unpacked, and how many versions of it are kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pcqa_teach.classroom import unpack
from pcqa_teach.classroom.folder import ClassFolder

from .test_collect import DAY, counts, kept, packed, put, reason, take, work


class TestArchives:
    """An archive of one person's has a person's room, wherever it lies; all have a class's."""

    @pytest.mark.parametrize("kind", ["folder", "archive"])
    def test_one_in_a_folder_has_a_person_s_room(
        self, course: ClassFolder, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(unpack, "_PERSON", (3 << 20, 500))
        whole = packed({f"{n}.ipynb": work(course, pad="x" * (1 << 20), n=n) for n in range(5)})
        assert len(whole) < 1 << 16
        files = {"A_1_/mine.zip": whole, "B_2_/good.ipynb": work(course, "good")}
        source = tmp_path / "in"
        for name, content in files.items():
            put(source, name, content)
        taken = take(course, source if kind == "folder" else put(tmp_path, "a.zip", packed(files)))
        assert [one.student for one in taken.taken] == ["coach-7", "coach-7", "good"]
        assert {one.trouble for one in taken.not_taken} == {
            "it unpacks to far more than notebooks can hold"
        }

    def test_all_of_them_together_have_a_class_s_room(
        self, course: ClassFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(unpack, "_CLASS", (3 << 20, 500))
        for n in range(5):
            one = packed({"x.ipynb": work(course, f"p{n}", pad="x" * (1 << 20))})
            put(tmp_path / "in", f"{n}/mine.zip", one)
        taken = take(course, tmp_path / "in")
        assert [one.student for one in taken.taken] == ["p0", "p1"]

    def test_one_with_far_too_many_files_is_one_line(
        self, course: ClassFolder, tmp_path: Path
    ) -> None:
        put(tmp_path / "in", "x.zip", packed({f"{n}.ipynb": b"{}" for n in range(2000)}))
        taken = take(course, tmp_path / "in")
        assert len(taken.not_taken) == 501
        assert taken.not_taken[-1].trouble.startswith("it and all that follows")


class TestVersions:
    """So many versions of a person's work are kept, the newest of them; others are listed."""

    def test_the_newest_are_kept(self, course: ClassFolder, tmp_path: Path) -> None:
        for n in range(23):
            when = DAY + timedelta(minutes=n)
            put(tmp_path / "in", f"{n:02d}.ipynb", work(course, said=str(n)), when)
        taken = take(course, tmp_path / "in")
        assert kept(course) == 20
        assert counts(course) == "22"
        assert [one.name for one in taken.not_taken] == ["00.ipynb", "01.ipynb", "02.ipynb"]
        assert "older than the 20 newest" in taken.not_taken[0].trouble

    def test_one_more_is_listed_and_nothing_is_lost(
        self, course: ClassFolder, tmp_path: Path
    ) -> None:
        for n in range(20):
            put(tmp_path / "in", f"{n:02d}.ipynb", work(course, said=str(n)))
        take(course, tmp_path / "in")
        late = put(tmp_path, "late.ipynb", work(course, said="30"), DAY + timedelta(days=1))
        assert "20 versions of it are kept already" in reason(take(course, late))
        assert take(course, tmp_path / "in").known_before == 20
        assert kept(course) == 20

"""Work comes in as Moodle, mail, browsers and hubs name it: the newest counts, all is kept."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.classroom.collect import Collected, collect, submitted
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.errors import ClassroomError

from . import make

DAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FILE = f"{make.LESSON}--coach-7.ipynb"


def work(course: ClassFolder, code: str | None = "coach-7", said: str = "5", **about: Any) -> bytes:
    """Return a notebook as a participant hands it in."""
    notebook = make.answered(make.blank(course), {"t1-1-answer": f"answer_t1_1 = {said}"})
    notebook["metadata"]["pcqa"] |= about
    if code is not None:
        notebook["metadata"]["pcqa"]["participant"] = code
    return json.dumps(notebook).encode()


def put(folder: Path, name: str, content: bytes, when: datetime = DAY) -> Path:
    """Write a file as it lies in a folder, with its time."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (when.timestamp(), when.timestamp()))
    return path


def packed(files: dict[str, bytes | tuple[bytes, datetime]]) -> bytes:
    """Return a zip archive; times in it are local, as archives have them."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            data, when = content if isinstance(content, tuple) else (content, DAY)
            local = when.astimezone().timetuple()[:6]
            archive.writestr(zipfile.ZipInfo(name, local), data, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def take(course: ClassFolder, source: Path) -> Collected:
    """Collect."""
    return collect(course, make.ASSIGNMENT, source)


def counts(course: ClassFolder, code: str = "coach-7") -> str:
    """Return what a participant's first answer is in the version that counts."""
    path = submitted(course, make.ASSIGNMENT)[code][make.LESSON]
    cells = json.loads(path.read_bytes())["cells"]
    return next(cell["source"] for cell in cells if cell["id"] == "t1-1-box").split(" = ")[1]


def kept(course: ClassFolder, code: str = "coach-7") -> int:
    """Return how many versions of a participant's work are kept."""
    return len(list(course.part("collected", make.ASSIGNMENT, code, make.LESSON).glob("*.ipynb")))


def reason(taken: Collected) -> str:
    """Return why the one file that was not taken was not."""
    assert len(taken.not_taken) == 1
    return taken.not_taken[0].trouble


@pytest.mark.parametrize(
    "name",
    [
        FILE,
        f"Sam Example_12345_assignsubmission_file_/{FILE}",
        f"Sam Example_12345_assignsubmission_file_{FILE}",
        f"Zoë Ü. O'Example_9_assignsubmission_file_/my work \U0001f600/{FILE}",
        f"{make.LESSON}--coach-7 (1).ipynb",
        f"{make.LESSON}--coach-7(2).ipynb",
        f"{make.LESSON}--coach-7--improved-2.ipynb",
        f"{make.LESSON}--coach-7.IPYNB",
        f"{make.LESSON}--coach-7.ipynb.txt",
        f"{make.LESSON}--coach-7.ipynb.json",
        "a name of my own \U0001f600 & more.ipynb",
        "weird\n\tname.ipynb",
        ("x" * 200) + ".ipynb",
    ],
)
@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_whatever_a_file_is_called_it_says_whose_it_is(
    course: ClassFolder, tmp_path: Path, name: str, kind: str
) -> None:
    here = tmp_path / "in"
    if kind == "folder":
        put(here, name, work(course))
    else:
        put(here, "all.zip", packed({name: work(course)}))
        here /= "all.zip"
    taken = take(course, here)
    assert [(one.student, one.notebook) for one in taken.taken] == [("coach-7", make.LESSON)]
    assert not taken.not_taken
    assert counts(course) == "5"
    assert taken.sentences() == ["1 notebook of 1 person taken in."]


def test_one_notebook_alone_can_be_taken_in(course: ClassFolder, tmp_path: Path) -> None:
    take(course, put(tmp_path, FILE, work(course)))
    assert counts(course) == "5"


def test_the_archive_of_a_class_holds_archives_of_people(
    course: ClassFolder, tmp_path: Path
) -> None:
    mine, other = (packed({f"done/{code}.ipynb": work(course, code)}) for code in ("a-1", "b-2"))
    whole = packed({"A_1_assignsubmission_file_/mine.zip": mine, "B_2_file_/x.zip": other})
    taken = take(course, put(tmp_path, "Assignment.zip", whole))
    assert sorted(one.student for one in taken.taken) == ["a-1", "b-2"]


def test_an_archive_in_an_archive_in_an_archive_is_listed(
    course: ClassFolder, tmp_path: Path
) -> None:
    deep = packed({FILE: work(course)})
    for level in range(3):
        deep = packed({f"{level}.zip": deep})
    taken = take(course, put(tmp_path, "all.zip", deep))
    assert "in an archive" in reason(taken)


@pytest.mark.parametrize("newest_first", [True, False])
def test_the_newest_counts_whichever_comes_in_first(
    course: ClassFolder, tmp_path: Path, newest_first: bool
) -> None:
    put(tmp_path / "old", FILE, work(course, said="4"), DAY)
    put(tmp_path / "new", FILE, work(course, said="5"), DAY + timedelta(minutes=1))
    order = ["new", "old"] if newest_first else ["old", "new"]
    for name in order:
        take(course, tmp_path / name)
    assert (counts(course), kept(course)) == ("5", 2)


def test_a_second_between_them_is_enough_and_less_is(course: ClassFolder, tmp_path: Path) -> None:
    put(tmp_path / "in", "b.ipynb", work(course, said="4"), DAY)
    put(tmp_path / "in", "a.ipynb", work(course, said="5"), DAY + timedelta(milliseconds=2))
    take(course, tmp_path / "in")
    assert counts(course) == "5"


def test_of_two_of_one_time_the_second_copy_counts(course: ClassFolder, tmp_path: Path) -> None:
    stem = f"{make.LESSON}--coach-7"
    for name, said in (("", "1"), (" (2)", "3"), (" (10)", "10"), (" (1)", "2")):
        put(tmp_path / "in", f"{stem}{name}.ipynb", work(course, said=said))
    take(course, tmp_path / "in")
    assert (counts(course), kept(course)) == ("10", 4)


def test_of_two_of_one_time_and_name_the_later_one_counts(
    course: ClassFolder, tmp_path: Path
) -> None:
    for said in ("4", "5"):
        take(course, put(tmp_path / said, FILE, work(course, said=said)))
    assert counts(course) == "5"


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland", "America/New_York", "UTC"])
def test_an_archives_local_time_and_a_files_time_are_one_clock(
    course: ClassFolder, tmp_path: Path, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        summer = datetime(2026, 7, 1, 9, tzinfo=UTC)
        put(tmp_path / "files", FILE, work(course, said="5"), summer + timedelta(minutes=10))
        old = packed({FILE: (work(course, said="4"), summer)})
        new = packed({FILE: (work(course, said="6"), summer + timedelta(minutes=20))})
        take(course, tmp_path / "files")
        take(course, put(tmp_path, "old.zip", old))
        assert counts(course) == "5"
        take(course, put(tmp_path, "new.zip", new))
        assert counts(course) == "6"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_an_archive_that_says_the_time_in_utc_is_believed(
    course: ClassFolder, tmp_path: Path
) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        member = zipfile.ZipInfo(FILE, (1999, 1, 1, 0, 0, 0))
        moment = (DAY + timedelta(hours=1)).timestamp()
        member.extra = b"UT\x05\x00\x01" + int(moment).to_bytes(4, "little")
        archive.writestr(member, work(course, said="5"))
    take(course, put(tmp_path / "in", FILE, work(course, said="4")))
    taken = take(course, put(tmp_path, "all.zip", held.getvalue()))
    assert taken.taken[0].when == DAY + timedelta(hours=1)
    assert counts(course) == "5"


def test_a_clock_that_runs_ahead_is_not_believed(course: ClassFolder, tmp_path: Path) -> None:
    ahead = datetime.now(UTC) + timedelta(days=3650)
    take(course, put(tmp_path / "a", FILE, work(course, said="4"), ahead))
    put(tmp_path / "b", FILE, work(course, said="5"), datetime.now(UTC) + timedelta(days=1))
    take(course, tmp_path / "b")
    assert counts(course) == "5"


def test_no_time_at_all_is_long_ago(course: ClassFolder, tmp_path: Path) -> None:
    whole = bytearray(packed({FILE: work(course)}))
    for mark, offset in ((b"PK\x03\x04", 10), (b"PK\x01\x02", 12)):  # month 0, day 0
        place = whole.index(mark) + offset
        whole[place : place + 4] = b"\0\0\0\0"
    taken = take(course, put(tmp_path, "all.zip", bytes(whole)))
    assert taken.taken[0].when == datetime(1980, 1, 1, tzinfo=UTC)


def test_taking_in_the_same_again_changes_nothing(course: ClassFolder, tmp_path: Path) -> None:
    put(tmp_path / "in", FILE, work(course))
    take(course, tmp_path / "in")
    before = {path: path.stat().st_mtime_ns for path in course.part("collected").rglob("*")}
    os.utime(tmp_path / "in" / FILE)  # unpacked anew, say
    taken = take(course, tmp_path / "in")
    assert (len(taken.taken), taken.known_before) == (0, 1)
    assert {path: path.stat().st_mtime_ns for path in course.part("collected").rglob("*")} == before


def test_what_was_stopped_halfway_is_put_right(course: ClassFolder, tmp_path: Path) -> None:
    put(tmp_path / "in", FILE, work(course))
    take(course, tmp_path / "in")
    shutil.rmtree(course.part("submitted", "coach-7"))
    take(course, tmp_path / "in")
    assert counts(course) == "5"


def test_when_it_was_handed_in_stands_where_nbgrader_looks(
    course: ClassFolder, tmp_path: Path
) -> None:
    take(course, put(tmp_path, FILE, work(course)))
    note = course.part("submitted", "coach-7", make.ASSIGNMENT, "timestamp.txt")
    assert note.read_text(encoding="utf-8") == "2026-03-02 09:30:00 UTC\n"


def test_links_and_paths_that_climb_lead_nowhere(course: ClassFolder, tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.ipynb", work(course, "somebody"))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in ("../../../climbs.ipynb", "/tmp/absolute.ipynb", "..\\..\\windows.ipynb",
                     "C:\\Users\\x.ipynb"):  # fmt: skip
            archive.writestr(name, work(course, said=str(len(name))))
        link = zipfile.ZipInfo("link.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, str(secret))
    before = set(tmp_path.rglob("*"))
    taken = take(course, put(tmp_path, "all.zip", held.getvalue()))
    assert {one.student for one in taken.taken} == {"coach-7"}
    assert reason(taken) == "it is a link, and no file"
    new = {path for path in set(tmp_path.rglob("*")) - before if course.path not in path.parents}
    assert new == {tmp_path / "all.zip"}
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / FILE).symlink_to(secret)
    assert reason(take(course, tmp_path / "in")) == "it is a link, and no file"
    assert "somebody" not in submitted(course, make.ASSIGNMENT)


def test_there_must_be_something(course: ClassFolder, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(ClassroomError, match="'in' holds no notebook"):
        take(course, tmp_path / "in")
    with pytest.raises(ClassroomError, match="neither a folder nor a zip"):
        take(course, put(tmp_path, "x.pdf", b"%PDF"))
    with pytest.raises(ClassroomError, match="was never handed out"):
        collect(course, "core-day9", tmp_path / "in")
    with pytest.raises(ClassroomError, match=r"'x\.zip': it is damaged"):
        take(course, put(tmp_path, "x.zip", packed({FILE: work(course)})[:-40]))


def test_a_copy_that_nobody_wrote_in_takes_no_answers_place(
    course: ClassFolder, tmp_path: Path
) -> None:
    blank = make.answered(make.blank(course), {}, "coach-7")
    later = f"{make.LESSON}--coach-7--improved-2.ipynb"
    put(tmp_path / "in", FILE, work(course))
    put(tmp_path / "in", later, json.dumps(blank).encode(), DAY + timedelta(days=1))
    did = take(course, tmp_path / "in")
    assert len(did.taken) == 2
    assert did.passed_over == (("coach-7", make.LESSON),)
    told = f"coach-7: the newest copy of {make.LESSON} is as it was handed out"
    assert any(said.startswith(told) for said in did.sentences())
    counts = course.part("submitted", "coach-7", make.ASSIGNMENT, f"{make.LESSON}.ipynb")
    assert counts.read_bytes() == work(course)
    put(tmp_path / "in", later, work(course, said="6"), DAY + timedelta(days=2))
    assert take(course, tmp_path / "in").passed_over == ()
    assert counts.read_bytes() == work(course, said="6")


def test_an_answer_in_a_cell_of_their_own_is_no_empty_copy(
    course: ClassFolder, tmp_path: Path
) -> None:
    put(tmp_path / "in", FILE, work(course))
    own = make.answered(make.blank(course), {}, "coach-7")
    setup = next(cell for cell in own["cells"] if cell["id"] == "setup")
    own["cells"].insert(4, {**setup, "id": "mine", "source": "answer_t1_1 = 6"})
    later = json.dumps(own).encode()
    put(tmp_path / "later", FILE, later, DAY + timedelta(days=1))
    for folder in ("in", "later"):
        take(course, tmp_path / folder)
    assert submitted(course, make.ASSIGNMENT)["coach-7"][make.LESSON].read_bytes() == later


@pytest.mark.parametrize("depth", [300, 500, 900])
def test_marks_nested_without_end_keep_nobody_s_work_out(
    course: ClassFolder, tmp_path: Path, depth: int
) -> None:
    box = '"id": "t1-1-box", "metadata": {'
    whole = work(course, said="None").decode()
    assert box in whole
    nested = whole.replace(box, f'{box}"x": {"[" * depth}{"]" * depth}, ')
    put(tmp_path / "in", FILE, nested.encode())
    put(tmp_path / "in", f"{make.LESSON}--coach-8.ipynb", work(course, "coach-8"))
    assert {one.student for one in take(course, tmp_path / "in").taken} == {"coach-7", "coach-8"}
    assert set(submitted(course, make.ASSIGNMENT)) == {"coach-7", "coach-8"}

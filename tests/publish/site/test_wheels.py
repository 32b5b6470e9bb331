"""The browser's Python: gathered from anywhere, held to the lock, made slim."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from pcqa_teach.errors import RunError, SetupError
from pcqa_teach.publish.site import slim, wheels


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def small_lock(monkeypatch) -> dict[str, bytes]:
    """A lock of three small files, and what they hold."""
    files = {"python.wasm": b"core", "numbers-1.whl": b"compiled", "words-1.whl": b"pure"}
    made = {
        "core": {"python.wasm": sha256(b"core")},
        "packages": {
            "numbers": {"file_name": "numbers-1.whl", "sha256": sha256(b"compiled"),
                        "version": "1", "from": "release"},
            "words": {"file_name": "words-1.whl", "sha256": sha256(b"pure"),
                      "version": "1", "from": "index"},
        },
    }  # fmt: skip
    monkeypatch.setattr(wheels, "lock", lambda: made)
    monkeypatch.setattr(wheels, "_fetch", lambda *_: [])  # no network
    return files


def test_a_folder_of_the_release_is_all_that_is_needed(small_lock, tmp_path: Path):
    given = tmp_path / "release" / "deep"
    given.mkdir(parents=True)
    for name, content in {**small_lock, "other.txt": b"not asked for"}.items():
        (given / name).write_bytes(content)
    got = wheels.gather(tmp_path / "got", tmp_path / "release")
    assert sorted(path.name for path in got.iterdir()) == sorted(small_lock)


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_archive_will_do(small_lock, tmp_path: Path, kind: str):
    import shutil

    given = tmp_path / "release"
    given.mkdir()
    for name, content in small_lock.items():
        (given / name).write_bytes(content)
    archive = Path(shutil.make_archive(str(tmp_path / "archive"), kind, given))
    assert len(list(wheels.gather(tmp_path / "got", archive).iterdir())) == 3


def test_a_changed_file_is_refused_by_name_and_not_kept(small_lock, tmp_path: Path):
    given = tmp_path / "release"
    given.mkdir()
    for name, content in small_lock.items():
        (given / name).write_bytes(content + (b"!" if name == "numbers-1.whl" else b""))
    with pytest.raises(RunError, match=r"'numbers-1\.whl' is not the file that the lock names"):
        wheels.gather(tmp_path / "got", given)
    assert not (tmp_path / "got" / "numbers-1.whl").exists()
    assert not list((tmp_path / "got").glob(".*"))


def test_a_file_that_went_bad_where_it_lies_is_refused_by_name(small_lock, tmp_path: Path):
    got = tmp_path / "got"
    got.mkdir()
    for name, content in small_lock.items():
        (got / name).write_bytes(content)
    wheels.gather(got)
    (got / "words-1.whl").write_bytes(b"")
    with pytest.raises(RunError, match=r"'words-1\.whl'"):
        wheels.gather(got)


def test_what_is_nowhere_is_one_sentence(small_lock, tmp_path: Path):
    with pytest.raises(SetupError, match="--wheels"):
        wheels.gather(tmp_path / "got")
    with pytest.raises(SetupError, match="neither a folder nor an archive"):
        wheels.gather(tmp_path / "got", tmp_path / "nowhere.zip")


def test_the_lock_names_every_file_with_its_digest():
    lock = wheels.lock()
    files = {**lock["core"], **{p["file_name"]: p["sha256"] for p in lock["packages"].values()}}
    assert all(len(digest) == 64 for digest in files.values())
    assert {"numpy", "pandas", "matplotlib", "scipy", "statsmodels"} <= set(lock["packages"])
    known = set(lock["packages"])
    assert all(set(one["depends"]) <= known for one in lock["packages"].values())
    assert "//" not in json.dumps(lock)


def make_wheel(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_slim_wheel_runs_and_holds_nothing_for_its_makers(tmp_path: Path):
    wheel = make_wheel(
        tmp_path / "odd-1-py3-none-any.whl",
        {
            "odd/__init__.py": "TWO = 2\n",
            "odd/deep/__init__.py": "",
            "odd/deep/part.py": "from odd import TWO\n",
            "odd/tests/test_it.py": "assert False\n",
            "odd/_c.h": "int x;",
            "odd/data.csv": "a,b\n1,2\n",
            "odd-1.dist-info/METADATA": "Name: odd\n",
            "odd-1.dist-info/RECORD": "",
        },
    )
    out = tmp_path / "out"
    out.mkdir()
    first = slim.slim(wheel, "odd", out)
    assert first == slim.slim(wheel, "odd", out)  # the same bytes each time
    with zipfile.ZipFile(out / wheel.name) as archive:
        names = set(archive.namelist())
    ending = ".pyc" if slim.browsers_python() else ".py"
    assert names == {
        f"odd/__init__{ending}", f"odd/deep/__init__{ending}", f"odd/deep/part{ending}",
        "odd/data.csv", "odd-1.dist-info/METADATA",
    }  # fmt: skip

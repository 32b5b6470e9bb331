"""A seed gives the same bytes, and the committed files are those of the kit's seed."""

import gzip
import hashlib
import sys

import pytest

from pcqa_teach.data import synthetic
from pcqa_teach.data.synthetic import __main__ as command
from pcqa_teach.data.synthetic.build import build, content
from pcqa_teach.data.synthetic.files import everything
from pcqa_teach.data.synthetic.streams import stream


def _plain(name: str, data: bytes) -> bytes:
    return gzip.decompress(data) if name.endswith(".gz") else data


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return dict(everything())


@pytest.mark.skipif(sys.platform != "linux", reason="promised to the byte on Linux only")
def test_the_committed_files_are_what_the_seed_gives(made, committed):
    expected = {n: hashlib.sha256(_plain(n, d)).hexdigest() for n, d in made.items()}
    found = {n: hashlib.sha256(content(committed / n)).hexdigest() for n in made}
    assert found == expected


def test_nothing_else_is_committed(made, committed):
    held = {p.relative_to(committed).as_posix() for p in committed.rglob("*") if p.is_file()}
    assert held == set(made)


def test_committed_files_are_small(committed):
    sizes = {p.name: p.stat().st_size for p in committed.rglob("*") if p.is_file()}
    assert sum(sizes.values()) < 5_000_000
    assert max(sizes.values()) < 900_000


def test_one_table_more_leaves_the_others_as_they_are():
    with_calls = synthetic.practice(days=30, list_size=900)
    without = synthetic.practice(days=30, list_size=900, with_calls=False)
    assert with_calls.appointments.equals(without.appointments)
    assert len(with_calls.calls) > 0
    assert without.calls.empty


def test_streams_differ_by_name_and_by_seed():
    first = stream(1, "a").random(4).tolist()
    assert first == stream(1, "a").random(4).tolist()
    assert first != stream(1, "b").random(4).tolist()
    assert first != stream(2, "a").random(4).tolist()


def test_another_seed_is_another_world():
    one, other = (synthetic.practice(s, days=30, list_size=900, with_calls=False) for s in (1, 2))
    assert not one.appointments.equals(other.appointments)


def test_build_touches_nothing_that_it_did_not_make(tmp_path, monkeypatch):
    files = {"a.csv": b"x\n1\n", "b.csv.gz": gzip.compress(b"y\n2\n")}
    monkeypatch.setattr(
        "pcqa_teach.data.synthetic.build.everything", lambda seed: iter(files.items())
    )
    (tmp_path / "mine.txt").write_text("keep me")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(b"y\n2\n", compresslevel=1, mtime=99))
    before = (tmp_path / "b.csv.gz").read_bytes()
    said: list[str] = []
    build(tmp_path, say=said.append)
    assert (tmp_path / "mine.txt").read_text() == "keep me"
    assert (tmp_path / "a.csv").read_bytes() == b"x\n1\n"
    assert (tmp_path / "b.csv.gz").read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "b.csv.gz", "mine.txt"]
    assert ["written" in said[0], "unchanged" in said[1]] == [True, True]


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(
        "pcqa_teach.data.synthetic.build.everything", lambda seed: iter([("a.csv", b"x")])
    )
    (tmp_path / "busy").write_text("a file")
    assert command.main(["-o", str(tmp_path / "busy")]) == 1
    said = capsys.readouterr().err
    assert said.startswith("'a.csv' cannot be written")
    assert said.count("\n") == 1


def test_help_teaches(capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "examples:" in said
    assert "-o data/synthetic" in said

"""How much memory a long export takes, and that every row of it is accounted for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="peaks of memory are told by Unix alone")

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
FORMATS = ("emis_slots", "systmone_appointments")
MB = 1024**2
READ = """
import json, resource, sys
import pcqa_teach as pcqa
frame, quality = pcqa.read_with_report(sys.argv[1], project=sys.argv[2], only_counts=True)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({
    "rows_in": quality.rows_in, "set_aside": quality.n_set_aside, "refused": quality.n_refused,
    "kept": quality.n_kept + quality.n_mended, "count": int(frame["count"].sum()),
    "lines": len(frame), "peak": peak * (1 if sys.platform == "darwin" else 1024),
}))
"""


def said(*arguments: object) -> dict:
    """Run Python in a process of its own: a peak is of a whole process. Return what it printed."""
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)


def made(path: Path, form: str, rows: int, *more: str) -> dict:
    return said(BENCHMARKS / "long_exports.py", form, "--rows", rows, "--file", path, *more)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("clean", [True, False], ids=["clean", "dirty"])
def test_what_was_planted_in_a_long_export_is_found(form, clean, tmp_path):
    path = tmp_path / "export.csv"
    planted = made(path, form, 12_000, *(["--clean"] if clean else []))
    found = said("-c", READ, path, tmp_path)
    assert {name: found[name] for name in planted} == planted
    assert found["count"] == planted["kept"]
    assert (planted["refused"] > 0) is not clean


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_five_million_rows_would_take_less_than_four_gigabytes(form, tmp_path):
    """The line through two lengths is asserted; benchmarks/large.py measures the five million."""
    peaks, lengths = [], (250_000, 1_000_000)
    for rows in lengths:
        path = tmp_path / f"{rows}.csv"
        planted = made(path, form, rows)
        found = said("-c", READ, path, tmp_path)
        assert {name: found[name] for name in planted} == planted
        assert found["lines"] < 60_000
        peaks.append(found["peak"])
    a_row = (peaks[1] - peaks[0]) / (lengths[1] - lengths[0])
    assert peaks[1] + 4_000_000 * a_row < 2_000 * MB


@pytest.mark.slow
def test_the_lesson_takes_no_more_memory_than_the_reading(tmp_path):
    found = said(
        BENCHMARKS / "large.py",
        "--rows",
        1_000_000,
        "--formats",
        "emis_slots",
        "--what",
        "run",
        "--json",
    )
    assert found[0]["runs"][0]["peak"] < 1_000 * MB

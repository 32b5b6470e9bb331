from __future__ import annotations

import shutil

import nbformat
import pytest

from pcqa_teach.errors import LessonError
from pcqa_teach.publish import leaks, release, staging


@pytest.fixture
def checkout(tmp_path, source, root):
    shutil.copy2(root / "nbgrader_config.py", tmp_path)
    data = tmp_path / "data/synthetic"
    (data / "exports").mkdir(parents=True)
    for name in ("week.csv", "truth.json", "truth_calls.csv.gz", "exports/emis.csv"):
        (data / name).write_text("invented")
    return tmp_path


def test_what_a_wheel_carries_is_the_participants_copy(checkout):
    made = release.release_notebooks(checkout, checkout / "out")
    copy = nbformat.read(made / "core-day1/z9_planted.ipynb", as_version=4)
    assert "Curlew" in copy.cells[0].source
    assert leaks.find_leaks(made, staging.sources(checkout)) == []


def test_the_data_go_along_and_the_truth_behind_them_stays(checkout):
    made = release.release_data(checkout, checkout / "out")
    names = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    assert names == {"week.csv", "exports/emis.csv"}


def test_half_a_checkout_makes_no_wheel(checkout):
    (checkout / "nbgrader_config.py").unlink()
    with pytest.raises(LessonError, match=r"nbgrader_config\.py"):
        release.release_notebooks(checkout, checkout / "out")

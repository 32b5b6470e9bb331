"""The access baseline says the same of an export's counts as of its rows."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.spc import Chart

ROOT = Path(__file__).resolve().parents[2]
LESSON = ROOT / "notebooks" / "own-data" / "d1_my_access_baseline.ipynb"
EXPORTS = ROOT / "data" / "synthetic" / "exports"
SHOWN = (
    "coverage",
    "week",
    "profile",
    "activity",
    "per_1000",
    "gaps",
    "same_day",
    "past",
    "filled",
)


def names_of(export: Path) -> dict[str, Any]:
    """Run the lesson's code on an export; return the names that it leaves."""
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    for cell in (cell for cell in cells if cell["cell_type"] == "code"):
        exec("".join(cell["source"]), names)
        if "parameters" in cell["metadata"].get("tags", []):
            names |= {"export": str(export), "list_size": 9800}
    return names


@pytest.mark.parametrize("kind", ["emis_slots", "systmone_appointments"])
def test_the_page_is_the_same(kind, monkeypatch):
    export = next(EXPORTS.glob(f"*{kind}*dirty*"))
    asked = []
    read = pcqa.read_with_report

    def every_row(path, **options):
        asked.append(options.pop("only_counts"))
        return read(path, **options)

    of_counts = names_of(export)
    monkeypatch.setattr(pcqa, "read_with_report", every_row)
    of_rows = names_of(export)
    assert asked == [True]
    assert len(of_counts["appts"]) < len(of_rows["appts"]) / 2
    assert of_counts["page"] == of_rows["page"]
    assert of_counts["raised"] == of_rows["raised"]
    assert of_counts["quality"].to_dict() == of_rows["quality"].to_dict()
    for name in SHOWN:
        if of_rows[name] is None:
            assert of_counts[name] is None, name
        else:
            pd.testing.assert_frame_equal(of_counts[name], of_rows[name], obj=name)
    charts = [name for name, value in of_rows.items() if isinstance(value, Chart)]
    assert len(charts) >= 3
    for name in charts:
        assert of_counts[name].explain() == of_rows[name].explain()
        pd.testing.assert_frame_equal(of_counts[name].points, of_rows[name].points)

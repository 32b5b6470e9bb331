"""The line that `pcqa read` ends with, for a sheet whose lesson asks for more than the file."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from pcqa_teach.cli import app


def _pulse(folder, weeks):
    from pcqa_teach.data.templates import TEMPLATES

    boxes = TEMPLATES["pulse"].boxes
    days = [f"{1 + 7 * (n % 4):02d}/{1 + n // 4:02d}/2025" for n in range(weeks)]
    rows = [",".join([day, "4", "3", "5", "4", "2"]) for day in days for _ in range(6)]
    path = folder / "pulse.csv"
    path.write_text("\n".join([",".join(box.heading for box in boxes), *rows]))
    return path


@pytest.mark.parametrize(("weeks", "said"), [(1, False), (16, True)])
def test_a_pulse_is_sent_to_its_lesson_once_it_has_its_weeks(tmp_path, weeks, said):
    shown = CliRunner().invoke(app, ["read", str(_pulse(tmp_path, weeks))])
    assert shown.exit_code == 0, shown.output
    assert ("Next:" in shown.output) is said
    assert ("--set go_live=YYYY-MM-DD" in shown.output) is said

"""Impact at 4 and 9 months: on the invented practice, on every export, and on too little."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pcqa_teach.juran.promised import RESULTS

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "own-data" / "d8_impact_at_4_and_9_months.ipynb"
EXPORTS = sorted(
    path
    for path in (ROOT / "data" / "synthetic" / "exports").glob("*.*")
    if path.suffix in (".csv", ".xlsx")
)
GO_LIVE = "2024-12-02"
Run = Callable[..., tuple[str, dict[str, Any]]]


def test_the_invented_practice_has_a_row_for_every_promised_result(run_lesson: Run) -> None:
    said, names = run_lesson()
    rows = names["results"].rows.set_index("name")
    assert rows.index.tolist() == [one.name for one in RESULTS]
    assert rows.loc[["met", "spread", "staff"], "grade"].tolist() == ["some"] * 3
    assert rows.loc[["freed", "culture", "scope", "list"], "grade"].tolist() == ["none"] * 4
    assert rows.loc["patients", "reason"].startswith("not measured: it takes the patient survey")
    assert "this is an invented practice" in said
    assert "plain before and after (naive) -37%" in said
    assert "For whom is it not better" in said
    assert "Whose figures: No export was given: this is an invented practice." in said
    assert "Period covered: 15 Jul 2024 to " in said


def test_its_baselines_end_before_go_live_and_begin_after_the_break(run_lesson: Run) -> None:
    _, names = run_lesson()
    report = names["report"]
    for chart in report.charts.values():
        within = chart.points[chart.points["x"] < report.go_live]
        assert int(chart.limits["points"].iloc[0]) <= len(within)
    missed = report.charts["Missed appointments"].points["x"].min()
    assert missed >= pd.Timestamp("2024-09-08")
    criteria = names["results"].claims["freed"].criteria.set_index("criterion")
    assert criteria.loc["recording", "status"] == "met"


def test_the_worked_example_is_what_the_kit_works_out(run_lesson: Run) -> None:
    people = run_lesson()[1]["people"]
    before, after, anyway = 31.9, 20.0, 22.1
    assert people.people.loc[0, ["before", "after"]].tolist() == pytest.approx(
        [before, after], abs=0.06
    )
    assert people.best["expected"] == pytest.approx(anyway, abs=0.06)
    assert -people.naive.percent == pytest.approx(0.37, abs=0.005)
    assert [round(-100 * people.best[name]) for name in ("left", "left_high", "left_low")] == [
        9, 2, 17,
    ]  # fmt: skip


@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
def test_every_export_gives_rows_or_a_sentence(run_lesson: Run, export: Path) -> None:
    said, names = run_lesson(export=str(export), go_live=GO_LIVE)
    assert "Traceback" not in said
    assert "No export was given" not in said
    if names["results"] is None:
        assert "No promised result can be worked out" in said or "Bring" in said, said[-400:]
    else:
        assert len(names["results"].rows) == len(RESULTS)
        assert export.name not in said


def test_without_the_date_of_the_change_one_sentence_asks_for_it(run_lesson: Run) -> None:
    said, names = run_lesson(export=str(EXPORTS[0].with_name("systmone_appointments_clean.csv")))
    assert "The date of the change is missing" in said
    assert "--set go_live=2025-01-13" in said
    assert names["results"] is None


def test_two_rows_and_a_file_of_another_kind_are_a_sentence_each(
    run_lesson: Run, tmp_path: Path
) -> None:
    short = tmp_path / "two.csv"
    lines = (ROOT / "data/synthetic/exports/systmone_appointments_clean.csv").read_text()
    short.write_text("\n".join(lines.splitlines()[:3]) + "\n")
    said, names = run_lesson(export=str(short), go_live=GO_LIVE)
    assert "No promised result can be worked out" in said
    assert names["results"] is None
    other = tmp_path / "other.csv"
    other.write_text("Tag,Was\n2024-03-01,came\n")
    assert "is in no format that is known here" in run_lesson(export=str(other), go_live=GO_LIVE)[0]


def test_several_files_fill_their_own_rows(run_lesson: Run, tmp_path: Path) -> None:
    pulse, survey = tmp_path / "pulse.csv", tmp_path / "survey.csv"
    weeks = pd.date_range("2024-06-03", periods=50, freq="W-MON")
    frame = pd.DataFrame({"week": weeks, "answers": 12, "pulse": [3.1, 3.3, 3.2, 3.0, 3.2] * 10})
    frame.assign(say=frame["pulse"], **{"try": 2.9}).to_csv(pulse, index=False)
    months = pd.date_range("2023-12-01", periods=20, freq="MS")
    rows = [
        (month, "overall", answer, 20 + place % 3 + answer)
        for place, month in enumerate(months)
        for answer in range(1, 6)
    ]
    pd.DataFrame(rows, columns=["month", "question", "answer", "count"]).to_csv(survey, index=False)
    book = str(ROOT / "data/synthetic/exports/emis_slots_clean.csv")
    said, names = run_lesson(
        export=[book, str(pulse)], survey=str(survey), go_live="2025-01-06", list_before=9800,
        list_now=10100, prediction_written=True, recording_same=True,
    )  # fmt: skip
    told = names["results"].rows.set_index("name")
    assert told["change"].notna()[["staff", "culture", "patients", "freed", "list"]].all()
    assert told.loc["staff", "verdict"].startswith("4 months: ")
    assert not [name for name in ("emis_slots", "pulse.csv", "survey.csv") if name in said]


def test_a_break_after_go_live_takes_the_claim_away(run_lesson: Run) -> None:
    book = str(ROOT / "data/synthetic/exports/systmone_appointments_clean.csv")
    said, names = run_lesson(export=book, go_live="2024-12-02", definition_break="2024-12-23")
    criteria = names["results"].claims["freed"].criteria.set_index("criterion")
    assert criteria.loc["recording", "status"] == "not met"
    assert "no claim that rests on it can be graded" in said

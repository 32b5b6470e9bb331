"""An earlier report beside this one: one date for each, and a word where no time lies between."""

from __future__ import annotations

import re
from typing import Any

from pcqa_teach.run.panel import then_and_now


def report(period: str | None, created: str = "2026-03-09", missed: str = "85") -> dict[str, Any]:
    rows = {"Period covered": period, "Missed": missed} if period else {"Missed": missed}
    return {"created": created, "data": {"period": period}, "rows": rows}


def heads(panel: str) -> list[str]:
    return re.findall('<th scope="col">([^<]*)</th>', panel)


def test_each_report_has_one_date_the_period_that_it_covers() -> None:
    panel = then_and_now(report("4 Nov 2024 to 29 Nov 2024"), report("3 Mar 2025 to 28 Mar 2025"))
    assert heads(panel) == [
        *("Result", "Then: 4 Nov 2024 to 29 Nov 2024", "Now: 3 Mar 2025 to 28 Mar 2025"),
    ]
    assert panel.count("29 Nov 2024") == 1
    assert "made on" not in panel
    assert "Both reports cover" not in panel


def test_two_reports_of_one_period_are_no_then_and_now_and_it_says_so() -> None:
    period = "4 Nov 2024 to 29 Nov 2024"
    panel = then_and_now(report(period), report(period, created="2026-05-04", missed="90"))
    assert f"Both reports cover {period}: no time lies between them" in panel
    assert heads(panel) == ["Result", "Then: made on 9 March 2026", "Now: made on 4 May 2026"]
    assert panel.count(period) == 1


def test_a_report_that_does_not_say_its_period_has_the_day_it_was_made() -> None:
    panel = then_and_now(report(None), report("4 Nov 2024", created="no day"))
    assert heads(panel) == ["Result", "Then: made on 9 March 2026", "Now: made on an unknown day"]
    assert '<th scope="row">Period covered</th>' in panel
    assert "Both reports cover" not in panel
    assert "Then: made on" in then_and_now({**report(None), "data": "no table"}, report("x"))

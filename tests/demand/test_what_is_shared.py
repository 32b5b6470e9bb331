"""What a coded week and the national telephone file share: no part that others give away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.demand.coded_page import failure_page, failure_sharing
from pcqa_teach.demand.sheets import from_tally
from pcqa_teach.demand.trust import trust
from pcqa_teach.run import sharing


def _shared(unknown: int) -> dict[str, Any]:
    codes = {"value": 200, "failure-practice": 60, "failure-system": 40, "failure": unknown}
    week = pd.DataFrame({"code": [code for code, count in codes.items() for _ in range(count)]})
    found = from_tally(week)
    page = failure_page(found, trust(found, week))
    return sharing.results(page, **failure_sharing(page, found))


@pytest.mark.parametrize("unknown", [5, 7])
def test_a_lever_not_yet_known_holds_back_the_others(unknown: int) -> None:
    """Else failure demand less the two levers would give it."""
    shown = _shared(unknown)
    assert shown["practice_percent"] == shown["beyond_percent"] == sharing.HELD
    assert isinstance(shown["failure_percent"], float)


@pytest.mark.parametrize("unknown", [0, 30])
def test_none_or_many_hold_nothing_back(unknown: int) -> None:
    shown = _shared(unknown)
    assert isinstance(shown["practice_percent"], float)
    assert isinstance(shown["beyond_percent"], float)


def test_the_published_national_file_is_shared_as_it_is(root: Path) -> None:
    log = pcqa.measures.phone_log(pcqa.read(root / "data/synthetic/exports/cbt_day_time_clean.csv"))
    bands = pcqa.measures.call_bands(log.bands)
    page = pcqa.measures.phone_page(log, bands=bands)
    shown = sharing.results(page, **pcqa.measures.phone_sharing(page, bands=bands))
    for name in ("monday_early", "monday_early_percent", "others_early", "answered_percent"):
        assert shown[name] == page[name] is not None

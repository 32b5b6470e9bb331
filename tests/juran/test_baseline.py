"""A default is agreed, varied for the person, and learned from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.figures.sheet import Plot
from pcqa_teach.juran import shared_baseline
from pcqa_teach.variation import wilson


def _cases(person: int = 7, us: int = 3, system: int = 2, blank: int = 2, kept: int = 26) -> Any:
    source = ["person"] * person + ["us"] * us + ["system"] * system + [None] * blank
    return pd.DataFrame(
        {
            "kept": [True] * kept + [False] * len(source),
            "source": [None] * kept + source,
            "reason": [None] * kept + ["tablets changed"] * (len(source)),
        }
    )


def test_the_kinds_add_up_to_all_cases() -> None:
    found = shared_baseline(_cases(), "Next review in 12 weeks")
    assert found.kinds["count"].tolist() == [26, 7, 3, 2, 2]
    assert (found.n, found.departures, found.as_agreed) == (40, 14, 33)
    assert found.kinds["share"].sum() == pytest.approx(100)
    by_hand = wilson(7, 40).iloc[0] * 100
    assert found.kinds["lower"][1] == pytest.approx(by_hand["lower"])
    assert found.kinds["upper"][1] == pytest.approx(by_hand["upper"])


def test_a_reason_beside_a_default_that_was_kept_is_no_departure() -> None:
    cases = pd.DataFrame({"kept": [True, False], "source": ["us", "person"]})
    assert shared_baseline(cases, "A text").kinds["count"].tolist() == [1, 1, 0, 0, 0]


def test_a_reason_that_comes_back_asks_for_a_default_of_its_own() -> None:
    often = shared_baseline(_cases(), "12 weeks", reason="reason").explain()
    once = shared_baseline(_cases(person=3), "12 weeks", reason="reason").explain()
    assert "'tablets changed' came up 7 times" in often
    assert "came up" not in once


def test_the_words_set_no_target_and_say_what_the_sheet_cannot_show() -> None:
    said = shared_baseline(_cases(kept=4), "12 weeks").explain()
    assert "no target for departures" in said
    assert "does not show here" in said
    assert "a trial of the sheet" in said


def test_what_is_shared_holds_no_small_number() -> None:
    table = shared_baseline(_cases(), "12 weeks").table
    assert table["How many"].tolist() == ["26", "7", *["fewer than 5"] * 3, "40"]
    assert table["Share"].tolist()[2:5] == ["-"] * 3
    alone = shared_baseline(_cases(us=0, system=0), "12 weeks").table
    assert alone["How many"].tolist() == ["26", "held back", "0", "0", "fewer than 5", "35"]


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        (
            pd.DataFrame({"kept": [True], "source": ["the weather"]}),
            "none of person, us and system",
        ),
        (pd.DataFrame({"kept": ["yes"], "source": ["us"]}), "give True or False"),
        (pd.DataFrame({"kept": [True]}), "no column 'source'"),
        (pd.DataFrame(), "no rows"),
    ],
)
def test_what_cannot_be_counted_is_said_in_a_sentence(cases: pd.DataFrame, said: str) -> None:
    with pytest.raises(DataError, match=said):
        shared_baseline(cases, "12 weeks")


def test_its_picture_can_be_read(faults: Callable[..., list[str]]) -> None:
    found = shared_baseline(_cases(), "Next review in 12 weeks")
    assert faults(found.figure) == []
    assert "26 kept to the default" in found.alt_text


@pytest.mark.parametrize("kept", [0, 4, 26, 2000])
def test_no_share_above_a_hundred_is_written_on_its_axis(
    kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[list[float]] = []
    finish = Plot.finish

    def keep(page: Any, **about: Any) -> Any:
        written.append(page.axes[0].get_xticks().tolist())
        return finish(page, **about)

    monkeypatch.setattr(Plot, "finish", keep)
    shared_baseline(_cases(kept=kept), "12 weeks").figure()
    assert len(written[0]) >= 3
    assert written[0][0] == 0
    assert written[0][-1] <= 100

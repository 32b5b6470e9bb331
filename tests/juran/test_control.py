"""Hold what was reached, and answer each signal as its kind deserves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach import spc
from pcqa_teach.data.demo import load_demo
from pcqa_teach.errors import ChartError, DataError
from pcqa_teach.figures.boxes import Page
from pcqa_teach.juran import (
    control_plan,
    response_table,
    response_to,
    trilogy_chart,
    trilogy_illustration,
)
from pcqa_teach.juran.control.trilogy_draw import _under

ROW = {
    "subject": "Results by text",
    "measure": "Ring-backs a week",
    "sensor": "Reception tally",
    "standard": "Mean 20, limits 9 to 31",
    "how_often": "Each Monday",
    "who": "Reception lead",
    "action": "Above 31: tell the partners",
}


def _frame(values: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"x": np.arange(1, len(values) + 1), "value": values})


STEADY = [20.0, 22, 19, 21, 20, 22, 19, 21, 20, 22, 19, 21, 20, 21]


def test_zones_are_the_phases_of_an_xmr_chart() -> None:
    frame = _frame([*STEADY, 16, 12, *(y - 11 for y in STEADY)])
    found = trilogy_chart(frame, improve=15, hold=17)
    by_hand = spc.chart(frame, rebase={15: "a", 17: "b"}).limits
    assert found.zones["zone"].tolist() == ["control", "improvement", "new zone"]
    assert found.zones["centre"].tolist() == by_hand["centre"].tolist()
    assert found.zones["upper"].iloc[[0, 2]].tolist() == by_hand["upper"].iloc[[0, 2]].tolist()
    assert np.isnan(found.zones["upper"].iloc[1])
    assert found.told_apart is True


def test_chronic_waste_is_the_distance_from_what_is_possible() -> None:
    assert trilogy_chart(_frame(STEADY)).zones["chronic"][0] == np.mean(STEADY)
    assert trilogy_chart(_frame(STEADY), possible=5).zones["chronic"][0] == np.mean(STEADY) - 5
    up = trilogy_chart(_frame(STEADY), improvement="up", unit="%")
    assert up.zones["chronic"][0] == 100 - np.mean(STEADY)


def test_a_spike_is_a_point_beyond_the_limits_on_the_bad_side_only() -> None:
    values = [*STEADY, 60, *STEADY, 0]
    down = trilogy_chart(_frame(values), exclude=[15, 30])
    up = trilogy_chart(_frame(values), exclude=[15, 30], improvement="up", possible=100)
    assert down.spikes["x"].tolist() == [15]
    assert up.spikes["x"].tolist() == [30]


def test_control_alone_lowers_nothing() -> None:
    same = trilogy_illustration(chronic=30, new=None, spikes=2)
    assert same.told_apart is None
    assert "does not lower it" in same.message
    assert len(same.spikes) == 2


def test_a_cut_without_a_change_is_not_called_an_improvement() -> None:
    found = trilogy_chart(_frame([*STEADY, *STEADY]), improve=15)
    assert found.told_apart is False
    assert "no fall that is more than chance" in found.message


def test_the_headline_says_the_level_and_calls_nobody_waste() -> None:
    frame = _frame([*STEADY, *(y - 11 for y in STEADY)])
    found = trilogy_chart(frame, improve=15, title="People ringing back", unit="a day")
    first, last = found.zones["centre"]
    assert found.message == f"People ringing back fell from {first:.1f} to {last:.1f} a day"
    assert "never for people or their calls" in found.explain()
    up = frame.assign(value=100 - frame["value"])
    rose = trilogy_chart(up, improve=15, improvement="up", unit="%", title="Answered")
    assert rose.message.startswith("Answered rose from ")


def test_where_there_was_no_spike_control_puts_nothing_back() -> None:
    assert "No sporadic spike was seen." in trilogy_chart(_frame(STEADY)).explain()
    assert "puts it back" not in trilogy_chart(_frame(STEADY)).explain()
    assert "puts it back" in trilogy_illustration(spikes=1).explain()


def test_the_picture_says_whether_the_level_holds_the_spikes() -> None:
    spiked = _frame([*STEADY, max(STEADY) + 60])
    counted_in = trilogy_chart(spiked)
    left_out = trilogy_chart(spiked, exclude=spiked["x"].iloc[-1])
    assert len(counted_in.spikes) == len(left_out.spikes) == 1
    assert _under(counted_in).endswith("the level of a zone is its mean")
    for found in (left_out, trilogy_illustration(spikes=2)):
        assert _under(found).endswith("is its mean without the marked spikes")
    assert _under(trilogy_illustration(spikes=0)).endswith("the level of a zone is its mean")


def test_only_the_teaching_picture_has_a_zone_of_planning(monkeypatch) -> None:
    written = []
    own = Page.write
    monkeypatch.setattr(
        Page, "write", lambda page, x, y, lines, **look: written.append(lines)
        or own(page, x, y, lines, **look),
    )  # fmt: skip
    trilogy_chart(_frame(STEADY)).figure()
    assert "Quality planning" not in written
    assert "Quality control" in written
    trilogy_illustration().figure()
    assert "Quality planning" in written


def test_the_planted_text_messages_are_an_improvement() -> None:
    weekly = load_demo("failure_weekly")
    found = trilogy_chart(weekly, x="week", y="results", n=None, improve="2024-11-18")
    assert found.told_apart is True
    share = found.zones["centre"].iloc[1] / found.zones["centre"].iloc[0]
    assert share == pytest.approx(1 - 0.55, abs=0.1)


@pytest.mark.parametrize("chronic", [5, 20, 60])
@pytest.mark.parametrize("spikes", range(5))
def test_the_illustration_shows_every_spike_asked_for(chronic: float, spikes: int) -> None:
    found = trilogy_illustration(chronic=chronic, new=5, spikes=spikes)
    assert len(found.spikes[found.spikes["zone"] == "control"]) == spikes
    assert "Invented figures" in found.chart.notes[0]


@pytest.mark.parametrize(
    "wrong", [{"chronic": 2}, {"chronic": "high"}, {"new": 40}, {"spikes": 9}, {"spikes": 1.5}]
)
def test_the_illustration_refuses_what_it_cannot_show(wrong: dict[str, object]) -> None:
    with pytest.raises(DataError):
        trilogy_illustration(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"improve": 99},
        {"improve": "soon"},
        {"hold": 5},
        {"improve": 9, "hold": 9},
        {"improve": 9, "hold": 4},
        {"improve": 2},
        {"improvement": "sideways"},
        {"improvement": "up"},
        {"y": "nothing"},
    ],
)
def test_a_trilogy_that_cannot_be_drawn_says_why(wrong: dict[str, object]) -> None:
    with pytest.raises(ChartError) as caught:
        trilogy_chart(_frame(STEADY), **wrong)  # type: ignore[arg-type]
    assert "rebase=" not in str(caught.value)


def test_the_callers_frame_is_never_changed() -> None:
    frame = _frame(STEADY)
    before = frame.copy()
    trilogy_chart(frame, improve=8)
    pd.testing.assert_frame_equal(frame, before)


def test_a_plan_takes_mean_and_limits_from_a_chart() -> None:
    chart = spc.chart(_frame(STEADY), unit="calls")
    plan = control_plan([{**ROW, "standard": chart}])
    assert plan.table["standard"][0].startswith("mean 20.5")
    assert "calls" in plan.table["standard"][0]


@pytest.mark.parametrize("gap", list(ROW))
def test_a_loop_with_a_gap_is_no_control(gap: str) -> None:
    with pytest.raises(DataError, match=f"'{gap}' in row 1 of the control plan is empty"):
        control_plan([{**ROW, gap: " "}])
    with pytest.raises(DataError, match=gap):
        control_plan([{name: value for name, value in ROW.items() if name != gap}])


def test_a_subject_is_watched_once() -> None:
    with pytest.raises(DataError, match="twice"):
        control_plan([ROW, ROW])


def test_no_error_repeats_a_cell() -> None:
    with pytest.raises(DataError) as caught:
        control_plan([ROW, {**ROW, "who": 3, "subject": "Mrs Secret"}])
    assert "Secret" not in str(caught.value)


def test_there_are_six_responses_and_each_process_of_the_trilogy_owns_one() -> None:
    table = response_table().table
    assert len(table) == 6
    assert set(table["owner"]) == {"planning", "control", "improvement"}
    assert table["do"].str.endswith(".").all()


SHIFTED = [*STEADY, *(y - 11 for y in STEADY)]


@pytest.mark.parametrize(
    ("values", "options", "known", "key"),
    [
        (STEADY, {}, {}, "leave"),
        (STEADY, {"target": 40}, {}, "leave"),
        (STEADY, {"target": 5}, {}, "improve"),
        (STEADY, {"target": 20}, {}, "improve"),
        ([*STEADY, 60], {}, {}, "put right"),
        ([*STEADY, 1], {}, {}, "learn"),
        ([*STEADY, 60], {}, {"artefact": "a new code on 1 May"}, "mend the data"),
        (SHIFTED, {"baseline": 14}, {}, "learn"),
        (SHIFTED, {"baseline": 14}, {"cause": "texts since 4 May"}, "rebase"),
        ([*STEADY, 60], {}, {"cause": "telephone fault"}, "put right"),
    ],
)
def test_a_chart_asks_for_one_response(
    values: list[float], options: dict[str, object], known: dict[str, str], key: str
) -> None:
    chart = spc.chart(_frame(values), improvement="down", **options)  # type: ignore[arg-type]
    answer = response_to(chart, **known)
    assert answer.key == key
    assert answer.because.endswith(".")


@pytest.mark.parametrize(
    ("values", "options", "when", "then"),
    [
        ([*STEADY, 60, *STEADY], {}, "(in the week of 7 Apr 2025)", "in that week"),
        ([*STEADY, 60, *STEADY, 60, *STEADY], {"baseline": 14},
         "(in the weeks of 7 Apr 2025 and 21 Jul 2025)", "then"),
        ([*STEADY, 60, 61, *STEADY], {"baseline": 14},
         "(in the weeks of 7 Apr 2025 to 14 Apr 2025)", "then"),
        ([*STEADY, 60, 61, *STEADY, 60, *STEADY], {"baseline": 14},
         "(in the weeks of 7 Apr 2025 to 14 Apr 2025 and 28 Jul 2025)", "then"),
    ],
)  # fmt: skip
def test_a_signal_of_the_past_is_still_asked_about(
    values: list[float], options: dict[str, object], when: str, then: str
) -> None:
    weeks = pd.date_range("2024-12-30", periods=len(values), freq="7D")
    frame = pd.DataFrame({"x": weeks, "value": values})
    answer = response_to(spc.chart(frame, improvement="down", **options))  # type: ignore[arg-type]
    assert answer.key == "leave"
    assert answer.signal.startswith("Ordinary variation now, and ")
    assert answer.signal.endswith(f"earlier {when}")
    assert answer.earlier == when.strip("()")
    assert answer.do == (
        f"Find out what was different {then}, if nobody has yet. Leave the rest of the process "
        "alone, and keep plotting."
    )
    missed = response_to(spc.chart(frame, improvement="down", target=5, **options))  # type: ignore[arg-type]
    assert missed.key == "improve"
    assert missed.do.startswith(f"Find out what was different {then}, if nobody has yet. Change")


def test_earlier_signals_are_told_by_their_number_and_none_where_there_is_none() -> None:
    answer = response_to(spc.chart(_frame(STEADY), improvement="down"))
    assert answer.earlier == ""
    spike = spc.chart(_frame([*STEADY, 60, *STEADY]), improvement="down")
    assert response_to(spike).earlier == "at point 15"
    many = _frame([*STEADY, *([60.0, *STEADY[:4]] * 7)])
    told = response_to(spc.chart(many, improvement="down", baseline=14, rules="outside")).earlier
    assert told == "at points earlier, 20, 25, 30, 35, 40 and 45"
    assert answer.do == "Leave it alone. Keep plotting."


def test_a_chart_without_a_good_direction_gets_no_response() -> None:
    with pytest.raises(ChartError, match="which way is good"):
        response_to(spc.chart(_frame(STEADY)))


def test_one_good_point_in_a_worse_zone_is_no_improvement() -> None:
    worse = [*STEADY, 23, 19, 23, 19, 23, 2, 23, 19, 23, 19, 23, 19]
    assert trilogy_chart(_frame(worse), improve=15, exclude=[20]).told_apart is False

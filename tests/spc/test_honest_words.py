"""What a title, an alt text and an explanation must never claim."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure as MplFigure

from pcqa_teach.figures import Figure
from pcqa_teach.spc import chart
from pcqa_teach.spc.draw import compose
from pcqa_teach.spc.icon_table import icon_table
from pcqa_teach.spc.reasons import point_words


def words_on(ours) -> str:
    """Give every word on a chart's sheet."""
    drawing = MplFigure()
    compose(drawing, ours)
    texts = [text.get_text() for text in drawing.findobj(mpl.text.Text)]
    return " ".join(" ".join(texts).split())


def table_texts(monkeypatch, charts) -> list[str]:
    """Give every text in the drawn summary of some charts."""
    kept = []
    finished = Figure.of
    with monkeypatch.context() as patch:
        patch.setattr(
            Figure,
            "of",
            lambda drawing, **about: kept.append(drawing) or finished(drawing, **about),
        )
        icon_table(charts)
    return [text.get_text() for text in kept[0].findobj(mpl.text.Text)]


def said(ours) -> str:
    return " ".join(ours.explain().split())


def weeks(values, **about) -> pd.DataFrame:
    frame = pd.DataFrame({"x": pd.date_range("2024-01-01", periods=len(values), freq="W-MON")})
    frame["value"] = np.asarray(values, dtype=float)
    frame.attrs["pcqa"] = {"title": "Calls", "unit": "", "notes": [], **about}
    return frame


@pytest.mark.parametrize("given", [{"unit": "days"}, {}])
def test_a_running_total_has_no_unit_and_its_step_has_the_measures(given):
    values = [*[20.0, 22.0, 19.0, 21.0, 18.0] * 4, *[24.0] * 10]
    frame = weeks(values, unit="days")
    ours = chart(frame, kind="cusum", baseline=20, improvement="down", **given)
    text = f"{ours.alt_text} {said(ours)} {words_on(ours)} {' '.join(map(str, point_words(ours)))}"
    assert "alarm lines -5 and 5; one step is 2.15 days" in ours.alt_text
    assert "above the alarm line of 5, one step being 2.15 days" in said(ours)
    assert "running total" in said(ours)
    assert "Alarm line 5" in words_on(ours)
    totals = [one.value for one in point_words(ours)]
    assert not any("days" in total for total in totals)
    assert " 5.0 days" not in text
    assert " 5 days" not in text


def test_a_step_of_a_percentage_is_in_percentage_points(series, stable):
    ours = chart(series(stable), kind="cusum")
    assert "percentage points, counted from a mean of 6." in ours.alt_text


WIDE = [77, 20, 150, 60, 110, 30, 140, 45, 90, 70, 120, 15, 100, 80, 60, 130, 20, 95]


@pytest.mark.parametrize("kind", ["xmr", "ewma"])
def test_no_limit_is_said_or_drawn_below_0_where_no_value_is(kind, monkeypatch):
    values = [150, 1] * 9 if kind == "ewma" else WIDE
    ours = chart(weeks(values, unit="calls a week"), kind=kind)
    assert ours.limits["lower"].iloc[0] < 0
    assert " 0 " in ours.message
    for text in (ours.message, ours.alt_text, words_on(ours)):
        assert "-" not in text.replace("I-prime", "")
    assert "No value here is below 0" in said(ours)
    assert "there is no lower limit" in said(ours)
    assert ours.data_table().frame["Lower limit"].min() == 0
    lower = ours.arithmetic().set_index("step").filter(like="Lower limit", axis=0).iloc[-1]
    assert lower["value"] == pytest.approx(ours.limits["lower"].iloc[0])
    assert lower["sum"].endswith("; drawn at 0")
    assert any(text.startswith("0 to ") for text in table_texts(monkeypatch, ours))


def test_what_can_be_below_0_keeps_its_limit():
    ours = chart(weeks([*WIDE, -1], unit="minutes"))
    assert "between -" in ours.message
    assert "No value here is below 0" not in said(ours)
    aimed = chart(weeks(WIDE, unit="minutes"), target=-5)
    assert "limits -" in aimed.alt_text


def test_a_value_is_never_said_to_be_beyond_its_own_number():
    values = [6.0, 7.0, 5.0, 6.5, 5.5] * 6
    upper = chart(weeks(values), baseline=30).limits["upper"].iloc[0]
    ours = chart(weeks([*values, upper + 0.0004], unit="%"), baseline=30, improvement="down")
    line = said(ours).split("- 29 Jul 2024, ")[1].split(" (a concern)")[0]
    value, limit = line.split(": above the upper limit of ")
    assert float(value[:-1]) > float(limit[:-1])
    table = ours.data_table().frame.iloc[-1]
    assert table["Value (%)"] > table["Upper limit"]


FEW_CROSSINGS = np.repeat([1, -1, 1, -1, 1, -1, 1, -1], [3, 4, 3, 3, 4, 3, 2, 2]) * 1.0


def test_few_crossings_are_said_as_rare_not_as_impossible():
    values = 47 + FEW_CROSSINGS * np.linspace(1, 3, 24)
    ours = chart(weeks(values, unit="%"), kind="run", improvement="up")
    words = "only 7 times; by chance alone it would rarely be fewer than 8"
    for text in (ours.message, ours.alt_text, said(ours), words_on(ours)):
        assert words in text
    assert "Crossings of the median: 7 (by chance alone, rarely fewer than 8)" in said(ours)
    assert "chance makes at least" not in said(ours)
    assert "Points (unusual as a whole)" in words_on(ours)
    assert "Ordinary variation" not in words_on(ours)
    assert "the points as a whole are unusual" in said(ours)
    assert point_words(ours)[0].verdict == "ordinary by itself, unusual with the others"


def test_a_run_that_is_too_long_is_not_called_too_few_crossings():
    short = [1.0, -1.0] * 8
    ours = chart(weeks([*short, *[2.0] * 10, *[-1.0, -1.0, 1.0] * 9, -1.0]), kind="run")
    assert ours.workings.whole.any()
    assert "10 points in a row on one side of its median" in ours.message
    assert "rarely be more than 9" in ours.message


def steady(count: int, centre: float = 62.0) -> np.ndarray:
    return centre + np.resize([1.0, -2.0, 2.0, -1.0, 0.5, -0.5], count)


def test_the_worst_day_comes_before_a_later_good_run():
    values = np.concatenate([steady(30), [20.0], steady(5), [63.5] * 8, steady(8)])
    ours = chart(weeks(values, unit="%"), improvement="up", target=95)
    runs = ours.points["shift"]
    assert runs.any()
    assert runs[runs].index[-1] > 30
    assert ours.message == (
        "Calls: ordinary now; unusually low in the week of 29 Jul 2024;"
        " never meets its target of 95%"
    )


def test_a_target_that_was_met_once_is_not_called_never_met():
    values = np.concatenate([steady(30), [96.0], steady(20)])
    ours = chart(weeks(values, unit="%"), improvement="up", target=95)
    assert ours.icons["assurance"].iloc[0] == "failing"
    assert "never" not in ours.message


def test_steps_are_told_where_an_earlier_point_was_unusual():
    last = steady(26, 77)
    last[20] = 130
    values = np.concatenate([steady(26, 159), steady(26, 124), last])
    ours = chart(weeks(values), rebase={26: "new phones", 52: "online forms"})
    start = "since 30 Dec 2024 (124.0 before)"
    assert ours.message == f"Calls: {ours.limits['centre'].iloc[-1]:.1f} {start}; one high week," \
        " 19 May 2025"  # fmt: skip


def crowded(kind: str, swing: float) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    n = rng.integers(9_000, 11_000, 102)
    return weeks(rng.binomial(n, np.clip(rng.normal(0.2, swing, 102), 0.1, 0.3))).assign(n=n)


@pytest.mark.parametrize(("kind", "better"), [("p", "P-prime"), ("u", "U-prime")])
def test_limits_that_are_too_narrow_are_owned_up_to_and_not_celebrated(kind, better):
    ours = chart(crowded(kind, 0.02), kind=kind, n="n", improvement="down")
    warning = f"too narrow for numbers this large: try a {better} chart"
    for text in (ours.message, ours.alt_text, words_on(ours)):
        assert warning in text
        assert "improvement" not in text.replace("Special cause: improvement", "").split(";")[0]
    assert "too narrow to judge by" in ours.alt_text
    text = ours.explain()
    assert text.index("Points vary") < text.index("Point by point")
    flagged = int(ours.points["signal"].sum())
    assert f"... and {flagged - 12} more" in text
    assert text.split("Point by point")[1].split("Variation icon")[0].count("\n- ") == 13
    assert "in the weeks of " in text
    assert " and later." in text


def test_a_few_signals_within_limits_too_narrow_have_the_warning_beneath():
    ours = chart(crowded("p", 0.007), kind="p", n="n")
    warning = "too narrow for numbers this large"
    assert warning not in ours.message
    assert words_on(ours).count(warning) == 1


@pytest.fixture
def six() -> pd.DataFrame:
    parts = []
    for i in range(6):
        values = steady(40)
        if i < 5:
            values[i + 5] = 120
        if i == 1:
            values[38] = 120
        parts.append(weeks(values).assign(practice=f"G10{i + 1}"))
    return pd.concat(parts)


def test_earlier_signals_of_groups_are_counted_and_the_latest_is_named(six):
    ours = chart(six, by="practice", title="Calls")
    assert ours.message == (
        "Calls: nothing unusual in the latest week; earlier signals in 5 of 6"
        " (most recent: G102, high, 23 Sep 2024)"
    )
    assert "Earlier signals: G101, G102, G103, G104, G105." in ours.alt_text
    calm = chart(six[six["practice"] == "G106"], by="practice", title="Calls")
    assert calm.message == "Calls: nothing unusual now in the only one"


def test_the_summary_counts_concerns_and_explains_its_letters(series, stable, monkeypatch):
    high = series(np.append(stable, 20))
    rows = {
        "A": chart(high, improvement="down", target=60),
        "B": chart(high, improvement="down", target=1),
        "C": chart(series(np.append(stable, 20)), improvement="down", target=6.5),
        "D": chart(series(stable), kind="run"),
    }
    picture = icon_table(rows)
    assert picture.alt.startswith("3 of 4 have an unusual pattern now (3 concerns). ")
    assert "Never meets its target: B." in picture.alt
    assert "Always meets it: A." in picture.alt
    texts = table_texts(monkeypatch, rows)
    words = " ".join(" ".join(texts).split())
    assert "P always meets its target, F never meets its target, ? meets its target or not" in words
    assert texts.count("Centre line") == 1
    assert not {"Mean", "Median"} & set(texts)


def test_a_count_of_so_many_is_said_in_whole_numbers():
    rng = np.random.default_rng(2)
    frame = weeks(rng.binomial(620, 0.1, 40)).assign(n=620)
    ours = chart(frame, kind="np", n="n")
    last = ours.limits.iloc[-1]
    about, low, high = round(last["centre"]), np.ceil(last["lower"]), np.floor(last["upper"])
    assert ours.message == (
        f"Calls: steady at about {about} a week, ordinary range {low:.0f} to {high:.0f}"
    )
    few = chart(weeks([0, 1, 2, 1, 0, 3, 1, 0, 2, 1, 1, 0, 2, 1]), kind="c")
    assert few.message == "Calls: steady at about 1.1 a week, ordinary range 0 to 4"

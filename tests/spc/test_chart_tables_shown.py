"""The numbers behind a picture, and the summary of many, as tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import ChartError
from pcqa_teach.spc import chart
from pcqa_teach.spc.chart_data_table import data_table, shown_table
from pcqa_teach.spc.icon_summary import summary
from pcqa_teach.spc.icon_table import icon_table


def test_the_data_table_has_a_row_a_point_with_its_lines_signal_and_reasons(series, stable):
    ours = chart(series(np.append(stable, 20)), improvement="down", target=6)
    table = data_table(ours)
    assert list(table) == [
        "Date", "Value (%)", "Mean", "Lower limit", "Upper limit", "Target", "Signal", "Why",
    ]  # fmt: skip
    assert len(table) == 25
    last = table.iloc[-1]
    assert last["Signal"] == "a concern"
    assert "above the upper limit" in last["Why"]
    assert table["Value (%)"].to_numpy() == pytest.approx(ours.points["y"].to_numpy(), abs=0.06)


def test_a_share_is_in_per_cent_and_its_denominators_are_there(series):
    frame = series([6, 9, 7, 8] * 5, unit="").assign(n=100)
    table = data_table(chart(frame, kind="p").shown)
    assert table["Value (%)"].iloc[0] == 6
    assert table["n"].eq(100).all()


def test_a_run_chart_has_no_limits_and_a_gap_is_a_gap(series, stable):
    table = data_table(chart(series([np.nan, *stable]), kind="run"))
    assert "Median" in table
    assert "Upper limit" not in table
    assert table.iloc[0]["Signal"] == "a gap"


def test_groups_come_first_and_their_reasons_are_their_own(series, stable):
    two = pd.concat(
        [series(stable).assign(g="calm"), series(np.append(stable, 20)).assign(g="odd")]
    )
    table = data_table(chart(two, by="g"))
    assert table.columns[0] == "g"
    flagged = table[table["Why"] != ""]
    assert set(flagged["g"]) == {"odd"}
    alone = data_table(chart(two, by="g").single("odd"))
    assert alone["Why"].tolist() == table.loc[table["g"] == "odd", "Why"].tolist()


def test_the_page_shows_the_table_under_the_charts_message(series, stable):
    ours = chart(series(stable))
    page = shown_table(ours)._repr_html_()
    assert f"<caption>{ours.message}.</caption>" in page
    assert page.count("<tr>") == 25


def test_the_summary_has_a_row_a_group_or_a_measure(series, stable):
    two = pd.concat([series(stable).assign(g="a"), series(np.append(stable, 20)).assign(g="b")])
    grouped = chart(two, by="g", improvement="down", target=9)
    rows = summary(grouped)
    assert rows["name"].tolist() == ["a", "b"]
    assert rows["variation"].tolist() == ["common", "concern"]
    assert rows["assurance"].iloc[0] == "passing"
    assert rows["latest_value"].tolist() == [stable[-1], 20]
    both = summary({"Calls": chart(series(stable)), "Missed": grouped})
    assert both["name"].tolist() == ["Calls", "Missed, a", "Missed, b"]


def test_the_summary_drawn_says_what_is_unusual(series, stable):
    rows = {"Calls": chart(series(stable)), "Missed": chart(series(np.append(stable, 20)))}
    picture = icon_table(rows)
    assert picture.alt.startswith("1 of 2 has an unusual pattern now. ")
    assert "Unusual: Missed." in picture.alt
    assert picture.svg == icon_table(rows).svg


@pytest.mark.parametrize("wrong", [[], {}, ["chart"], [None]])
def test_a_summary_of_nothing_is_refused(wrong):
    with pytest.raises(ChartError, match="needs charts"):
        summary(wrong)

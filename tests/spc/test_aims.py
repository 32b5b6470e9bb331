"""Targets that move, texts at dates, and charts split by one column or two."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import ChartError
from pcqa_teach.spc import chart


@pytest.fixture
def two(series, stable) -> pd.DataFrame:
    """Two practices of 24 months each."""
    return pd.concat([series(stable + i).assign(g=g) for i, g in enumerate("ab")])


def test_a_target_may_change_over_time_and_the_latest_is_judged(series, stable):
    frame = series(stable)
    ours = chart(
        frame, target={"2023-01-01": 6, "01/10/2023": 100, "2022-06-01": 5}, improvement="down"
    )
    targets = ours.workings.targets
    assert np.isnan(targets[:2]).all()
    assert targets[2:].tolist() == [5] * 7 + [6] * 9 + [100] * 6
    assert ours.target == ours.icons["target"][0] == 100
    assert ours.icons["assurance"][0] == "passing"
    ended = chart(frame, target={"2022-04-01": 6, "2024-01-01": None}, improvement="down")
    assert np.isnan(ended.target)
    assert ended.icons["assurance"][0] is None


def test_a_target_may_be_a_column_in_any_order_of_rows(series, stable):
    frame = series(stable).assign(aim=np.arange(24.0))
    ours = chart(frame.sample(frac=1, random_state=2), target="aim")
    assert ours.workings.targets.tolist() == list(range(24))


def test_targets_may_be_each_groups_own_and_change(two):
    ours = chart(two, by="g", target={"a": {"2022-04-01": 1, "2023-04-01": 100}, "b": 1},
                 improvement="down")  # fmt: skip
    assert ours.icons["target"].tolist() == [100, 1]
    assert ours.icons["assurance"].tolist() == ["passing", "failing"]
    assert ours.single("a").workings.targets.tolist() == [1] * 12 + [100] * 12
    dated = chart(two, by="g", target={"2023-04-01": 5})
    assert dated.icons["target"].tolist() == [5, 5]


WRONG = {
    "names a group": {"c": 5},
    "must be a number": {"2023-04-01": "five"},
    "there is no column 'aim'": "aim",
}


@pytest.mark.parametrize("sentence", WRONG)
def test_a_wrong_target_is_refused_in_a_sentence(two, sentence):
    with pytest.raises(ChartError, match=sentence):
        chart(two, by="g", target=WRONG[sentence])


def test_a_share_has_a_target_between_0_and_1():
    frame = pd.DataFrame({"x": [1, 2, 3], "y": [1, 2, 1], "n": 20})
    with pytest.raises(ChartError, match=r"write 5% as 0\.05"):
        chart(frame, y="y", kind="p", target=5)
    assert chart(frame, y="y", kind="p", target=5, per=100).target == 5


def test_texts_are_kept_with_their_dates_and_groups(two):
    ours = chart(two, by="g", annotations={"a": {"2023-06-01": "new phones"}})
    assert [one.text for one in ours.single("a").annotations] == ["new phones"]
    assert ours.single("b").annotations == ()
    every = chart(two, by="g", annotations={"01/06/2023": "b", "2022-06-01": "a"})
    for group in "ab":
        texts = every.single(group).annotations
        assert [one.text for one in texts] == ["a", "b"]
        assert texts[1].x == np.datetime64("2023-06-01")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("new phones", "takes {date: text}"),
        ({"2031-01-01": "far"}, "outside the data"),
        ({"soon": "when"}, "is not a date"),
        ({"c": {"2023-01-01": "who"}}, "names a group that the data do not have"),
    ],
)
def test_a_wrong_text_is_refused_in_a_sentence(two, given, sentence):
    with pytest.raises(ChartError, match=sentence):
        chart(two, by="g", annotations=given)


def test_phases_may_be_each_groups_own(two):
    ours = chart(two, by="g", rebase={"a": {"2023-04-01": "text reminders"}, "b": ["2022-12-01"]})
    assert ours.single("a").points["phase"].tolist() == [1] * 12 + [2] * 12
    assert ours.single("b").points["phase"].tolist() == [1] * 8 + [2] * 16
    assert "because: text reminders" in ours.single("a").explain()
    assert "rebased without a stated reason" in ours.single("b").explain()


def test_two_columns_split_as_one_joined_column_does(two):
    frame = pd.concat([two.assign(site=s, value=two["value"] * k) for s, k in (("N", 1), ("S", 2))])
    ours = chart(frame, by=["g", "site"], improvement="down", target={("b", "S"): 3})
    joined = frame.assign(both=frame["g"] + ", " + frame["site"])
    plain = chart(joined, by="both", improvement="down", target={"b, S": 3})
    assert (ours.by, ours.by_columns) == (("g", "site"), ["g", "site"])
    assert ours.group_names == plain.group_names == ["a, N", "b, N", "a, S", "b, S"]
    for name in ("points", "limits", "icons"):
        mine, theirs = getattr(ours, name), getattr(plain, name)
        assert list(mine.columns[:2]) == ["g", "site"]
        pd.testing.assert_frame_equal(mine.drop(columns=["g", "site"]), theirs.drop(columns="both"))
    one = ours.single(("b", "S"))
    assert one.title.endswith(", b, S")
    assert one.explain() == plain.single("b, S").explain()
    assert "one for each g and site" in ours.alt_text
    assert list(ours.arithmetic().columns[:2]) == ["g", "site"]
    assert ours.to_dict()["by"] == ["g", "site"]


def test_one_name_in_a_list_is_one_column(two):
    assert chart(two, by=["g"]).by == "g"


def test_the_icon_table_holds_what_a_summary_needs(two):
    frame = two.copy()
    frame.iloc[23, frame.columns.get_loc("value")] = np.nan
    ours = chart(frame, by="g", target=6, improvement="down")
    first = ours.icons.iloc[0]
    assert first["latest_x"] == pd.Timestamp("2024-02-01")
    assert first["latest_y"] == frame["value"].iloc[22]
    assert first["target"] == 6
    for name in ("centre", "lower", "upper"):
        assert first[name] == ours.limits[name][0]

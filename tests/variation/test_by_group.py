"""Values dot by dot under the name of whoever they come from."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.variation import components, spread


def _frame(panels: tuple[str, ...] = ("before", "after"), groups: int = 3) -> pd.DataFrame:
    rng = np.random.default_rng(4)
    rows = [
        {
            "panel": panel,
            "gp": f"C{group}",
            "weeks": float(np.round(10 + 4 * group * (not step) + x)),
        }
        for step, panel in enumerate(panels)
        for group in range(groups)
        for x in rng.normal(0, 2, 8)
    ]
    return pd.DataFrame(rows)


def test_each_panel_is_split_as_components_splits_it() -> None:
    frame = _frame()
    found = spread(frame, value="weeks", groups="gp", panel="panel")
    for name, row in found.table.set_index("panel").iterrows():
        alone = components(frame[frame["panel"] == name], value="weeks", groups="gp")
        assert row["share"] == pytest.approx(alone.icc)
        assert row["within"] == pytest.approx(alone.table["sd"].iloc[-1])
    assert found.table["panel"].tolist() == ["before", "after"]


def test_a_panel_in_which_nothing_varies_has_no_share_and_says_so() -> None:
    frame = pd.DataFrame({"gp": list("aabb"), "weeks": [12.0] * 4})
    found = spread(frame, value="weeks", groups="gp")
    assert np.isnan(found.table["share"][0])
    assert "no variation left" in found.explain()
    assert "no variation left" in found.figure().alt


def test_the_picture_says_how_many_values_and_what_lies_between() -> None:
    found = spread(_frame(), value="weeks", groups="gp", panel="panel", unit="weeks", title="Less")
    picture = found.figure()
    assert found.message == "Less"
    assert "means run from" in picture.alt
    assert "between gps" in picture.alt.casefold()
    assert "a guess" in found.explain()


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (_frame(groups=13), "at most 12"),
        (_frame(panels=tuple("abcde")), "at most 4"),
        (pd.DataFrame({"panel": ["x", "x"], "gp": ["a", "a"], "weeks": [1.0, 2.0]}), "one group"),
        (pd.DataFrame({"panel": ["x"], "gp": ["a"], "weeks": ["two"]}), "not a number"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(frame: pd.DataFrame, said: str) -> None:
    with pytest.raises(DataError, match=said):
        spread(frame, value="weeks", groups="gp", panel="panel")

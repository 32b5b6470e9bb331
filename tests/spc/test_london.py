"""The London claim of the lessons, from the twelve values that lesson b3 prints."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.spc import chart

# missed appointments in London, per cent, March 2019 to February 2020 (GPAD, unknown counted)
SHARE = [6.843, 6.700, 6.553, 6.614, 6.817, 6.551, 6.561, 6.714, 6.718, 6.960, 6.253, 6.657]


def test_london_has_a_mean_of_666_and_limits_of_610_and_723():
    months = pd.date_range("2019-03-01", periods=12, freq="MS")
    limits = chart(pd.DataFrame({"x": months, "value": SHARE}), improvement="down").limits.iloc[0]
    assert [round(limits[name], 2) for name in ("centre", "lower", "upper")] == [6.66, 6.10, 7.23]

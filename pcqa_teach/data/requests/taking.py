"""What charts and sums of demand take of a requests frame."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.errors import DataError


def demand_by_day(requests: pd.DataFrame) -> pd.DataFrame:
    """Return the requests of each day, under `demand`: what `flow.dcaq` and a chart take.

    Days that are closed, or outside the export, are left out; they are not nought.

    Parameters
    ----------
    requests : tidy requests frame, as `pcqa.read` gives it

    Returns
    -------
    frame of `date` and `demand`, a row a day, in order of the days.

    Examples
    --------
    >>> asked = pd.DataFrame({"date": pd.to_datetime(["2025-06-03", "2025-06-02", "2025-06-03"]),
    ...                       "count": [1, 40, 2]})
    >>> demand_by_day(asked)["demand"].tolist()
    [40, 3]
    """
    if not {"date", "count"} <= set(requests.columns):
        raise DataError("This is no tidy requests table: give what pcqa.read makes of the export.")
    summed = requests.groupby("date", observed=True)["count"].sum()
    return summed.rename("demand").reset_index()

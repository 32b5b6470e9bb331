"""The days of the invented world: which are open, and how busy each tends to be."""

import holidays
import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic.events import DAY0, FLU, FLU_LIFT, LIST_GROWTH

BURN_IN = 60
BLOCK = 30
ASK_WEEKDAY = np.array([1.10, 1.01, 0.98, 0.96, 0.95, 0.0, 0.0])
CALL_WEEKDAY = np.array([1.30, 1.00, 0.93, 0.89, 0.88, 0.0, 0.0])
AFTER_HOLIDAY = 1.35


def calendar(days: int = 720, burn_in: int = BURN_IN) -> pd.DataFrame:
    """Return one row a day from ``burn_in`` days before day 0, with its factors.

    Columns: day (0 = 12 January 2024, a Friday), date, weekday (0 = Monday), holiday, open, block
    (30-day block), season (Oct-Mar +6%, August -9%, Christmas weeks -45%), flu, after_holiday and
    growth (of the list).

    Examples
    --------
    >>> calendar(days=3, burn_in=0)[["day", "weekday", "open"]].to_numpy().tolist()
    [[0, 4, True], [1, 5, False], [2, 6, False]]
    """
    number = np.arange(-burn_in, days)
    dates = pd.Timestamp(DAY0) + pd.to_timedelta(number, unit="D")
    closed = holidays.country_holidays("GB", subdiv="ENG", years=range(2023, 2030))
    weekday = dates.day_of_week.to_numpy()
    holiday = dates.isin(pd.to_datetime(sorted(closed)))
    is_open = (weekday < 5) & ~holiday
    month = dates.month.to_numpy()
    season = np.where((month >= 10) | (month <= 3), 1.06, np.where(month == 8, 0.91, 1.0))
    christmas = ((month == 12) & (dates.day >= 23)) | ((month == 1) & (dates.day <= 3))
    after = np.r_[False, holiday[:-1]] | (
        (weekday == 0) & np.r_[[False] * 3, holiday[:-3]] & ~holiday
    )
    return pd.DataFrame(
        {
            "day": number,
            "date": dates.astype("datetime64[s]"),
            "weekday": weekday,
            "holiday": holiday,
            "open": is_open,
            "block": np.maximum(number, 0) // BLOCK,
            "season": np.where(christmas, season * 0.55, season),
            "flu": np.where((number >= FLU[0]) & (number <= FLU[1]), 1 + FLU_LIFT, 1.0),
            "after_holiday": np.where(after & is_open, AFTER_HOLIDAY, 1.0),
            "growth": (1 + LIST_GROWTH) ** (np.maximum(number, 0) / 30.44),
        }
    )


def next_open(cal: pd.DataFrame) -> np.ndarray:
    """Return, for each row of the calendar, the row of the first open day from it on (or -1)."""
    rows = np.where(cal["open"], np.arange(len(cal)), len(cal))
    following = np.minimum.accumulate(rows[::-1])[::-1]
    return np.where(following == len(cal), -1, following)

"""Did it work? What a change did, how sure one can be, and how far a claim may go.

Where to look (each with its words in `..._words.py` and its picture in `..._draw.py`):

- before and after, and why it misleads: `naive.py`
- interrupted time series: `series.py`, with `errors.py` (how sure)
- regression to the mean: `extremes.py`
- difference in differences: `groups.py`
- claims graded strong, some or none: `claims.py`
- outcome, process and balancing measures at 4 and 9 months: `measures.py`
- what they share: `columns.py` (from the caller's frame), `words.py`, `sheet.py` (the page)
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "claims": ["Claim", "grade_claim"],
        "extremes": ["Extremes", "regression_to_the_mean"],
        "groups": ["DiffInDiff", "diff_in_diff"],
        "measures": ["ImpactMeasure", "ImpactReport", "impact_report"],
        "naive": ["Naive", "naive_before_after"],
        "series": ["Its", "its"],
    },
)

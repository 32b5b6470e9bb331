"""What of the promised results may leave the practice: what the chart says, and the grades."""

from __future__ import annotations

from collections.abc import Mapping

_FIXED = ("whose", "data", "period", "go_live", "finding", "most_expected_from")


def words_in(page: Mapping[str, object]) -> list[str]:
    """Give what of a page is words alone, for `pcqa.record`: verdicts and grades.

    Why a result could not be charted may hold figures, so it stays in the report.

    >>> words_in({"met_verdict": "better", "met_before": 8.0, "freed_verdict": "3 rows lack a day"})
    ['met_verdict']
    """
    told = {name.removesuffix("_before") for name in page if name.endswith("_before")}
    named = {f"{name}_verdict" for name in told} | {*_FIXED}
    return [name for name in page if name in named or name.endswith("_grade")]

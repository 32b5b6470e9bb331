"""The log of small tests: what was predicted, in writing, before what was seen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach.arguments import day_of, number, optional, text, yes_no
from pcqa_teach.columns import records
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.spc import Chart

NEEDED = ("change", "prediction", "predicted_on")
OPTIONAL = ("low", "high", "size", "done_on", "result", "value", "as_predicted", "decision")
DECISIONS = ("adopt", "adapt", "abandon")
JUMP = 10.0  # times larger than the test before: our own limit for a step of a ramp
STALLED = 3  # tests in a row of one size


@dataclass(frozen=True)
class Cycle:
    """One test: plan and prediction, what was seen, how the two compare, what comes next."""

    cycle: int
    change: str
    prediction: str
    predicted_on: pd.Timestamp
    low: float | None
    high: float | None
    size: float | None
    done_on: pd.Timestamp | None
    result: str | None
    value: float | None
    compared: str
    decision: str | None


@dataclass(frozen=True, repr=False)
class PdsaLog(Shown):
    """Tests in the order they were planned."""

    cycles: tuple[Cycle, ...]
    size_of: str

    @property
    def table(self) -> pd.DataFrame:
        """A row a test: the fields of `Cycle`; None where there is nothing."""
        rows = [asdict(one) for one in self.cycles]
        return pd.DataFrame(rows, columns=list(Cycle.__dataclass_fields__), dtype=object)

    @property
    def ramp(self) -> pd.DataFrame:
        """A row a test: cycle, size, times_larger (than the test before), remark."""
        return _ramp(self.cycles)

    @property
    def ramp_words(self) -> str:
        """What the sizes of the tests say, in a sentence."""
        from pcqa_teach.juran.improvement.cycle_words import ramp_words

        return ramp_words(self)

    def _showing(self) -> Showing:
        from pcqa_teach.juran.improvement import cycle_words as words
        from pcqa_teach.juran.improvement import table_draw as draw

        return Showing(words.log_message, words.log_explain, words.log_alt, draw.pdsa_figure)

    def on(self, chart: Chart) -> Figure:
        """Draw a chart with a numbered flag at the date of each test, and a key beneath.

        Raises
        ------
        DataError
            The chart has several groups, or has no dates.
        """
        from pcqa_teach.juran.improvement.overlay_draw import overlay_figure

        return overlay_figure(self, chart)


def pdsa_log(rows: Any, *, size_of: str = "people in the test") -> PdsaLog:
    """Keep a log of plan-do-study-act tests in which every prediction stands before its result.

    A result is compared with the prediction: inside `low` to `high`, above or below it; without
    numbers, as `as_predicted` says.

    Parameters
    ----------
    rows : table or list of dicts, in order, with `change`, `prediction` and `predicted_on`, and, as
        they come to be known, `low`, `high` (the range predicted), `size`, `done_on`, `result`
        (words), `value` (a number), `as_predicted` (True or False), `decision` (adopt, adapt or
        abandon); dates are day first
    size_of : what `size` counts

    Returns
    -------
    PdsaLog

    Raises
    ------
    DataError
        A test has no prediction, or a result that is older than its prediction, or one without
        `done_on`; a decision comes before a result; an entry is not of its kind.

    Examples
    --------
    >>> log = pdsa_log([
    ...     {"change": "Text one normal result", "prediction": "No ring-back", "low": 0, "high": 0,
    ...      "size": 1, "predicted_on": "3/2/2026", "done_on": "4/2/2026", "value": 0,
    ...      "decision": "adapt"},
    ...     {"change": "Text five results", "prediction": "At most one rings back", "high": 1,
    ...      "size": 5, "predicted_on": "5/2/2026", "done_on": "9/2/2026", "value": 3,
    ...      "decision": "adapt"}])
    >>> log.table["compared"].tolist()
    ['as predicted', 'higher than predicted']
    >>> log.ramp["times_larger"].tolist()[1]
    5.0

    Notes
    -----
    Langley et al., The Improvement Guide; Taylor et al., BMJ Quality and Safety (2014), on how few
    published tests show the method.
    """
    given = records(rows, "pdsa_log", NEEDED, OPTIONAL)
    cycles = tuple(_cycle(row, place) for place, row in enumerate(given, 1))
    return PdsaLog(cycles, text(size_of, "size_of"))


def _cycle(row: dict[str, Any], place: int) -> Cycle:
    at = f"of test {place}"
    prediction = text(
        row["prediction"], f"prediction {at}", "write what you expect before you look"
    )
    written = day_of(row["predicted_on"], f"predicted_on {at}")
    done = optional(day_of, row["done_on"], f"done_on {at}")
    result = optional(text, row["result"], f"result {at}")
    value = optional(number, row["value"], f"value {at}")
    low, high = (optional(number, row[name], f"{name} {at}") for name in ("low", "high"))
    if low is not None and high is not None and low > high:
        raise DataError(f"The prediction {at} runs from high to low: give low first.")
    seen = result is not None or value is not None
    if seen and done is None:
        raise DataError(f"Test {place} has a result but no date: say when it was done (done_on).")
    if done is not None and done < written:
        raise DataError(
            f"The prediction {at} was written after the test was done: a prediction that knows the"
            " result is none, so give the day on which it was first written, or leave it out."
        )
    decision = _decision(row["decision"], place)
    if decision and not seen:
        raise DataError(f"Test {place} has a decision but no result: say first what was seen.")
    told = row["as_predicted"]
    told = None if told is None else yes_no(told, f"as_predicted {at}")
    compared = _compared(low, high, value, told, seen)
    return Cycle(
        place,
        text(row["change"], f"change {at}"),
        prediction,
        written,
        low,
        high,
        optional(number, row["size"], f"size {at}", low=0),
        done,
        result,
        value,
        compared,
        decision,
    )


def _compared(
    low: float | None, high: float | None, value: float | None, told: bool | None, seen: bool
) -> str:
    if not seen:
        return "no result yet"
    if value is not None and (low is not None or high is not None):
        if low is not None and value < low:
            return "lower than predicted"
        if high is not None and value > high:
            return "higher than predicted"
        return "as predicted"
    if told is None:
        return "not compared"
    return "as predicted" if told else "not as predicted"


def _decision(value: Any, place: int) -> str | None:
    said = optional(text, value, f"decision of test {place}")
    if said is not None and said.lower() not in DECISIONS:
        raise DataError(f"The decision of test {place} must be adopt, adapt or abandon.")
    return said.lower() if said else None


def _ramp(cycles: tuple[Cycle, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "cycle": [one.cycle for one in cycles],
            "size": pd.Series([one.size for one in cycles], dtype="float64"),
        }
    )
    before = frame["size"].shift()
    frame["times_larger"] = (frame["size"] / before).where(before > 0)
    same = frame["size"].eq(before)
    run = same.groupby((~same).cumsum()).cumsum() + 1
    times = frame["times_larger"]
    frame["remark"] = ""
    frame.loc[times > 1, "remark"] = "larger"
    frame.loc[same, "remark"] = "same size"
    frame.loc[times < 1, "remark"] = "smaller"
    frame.loc[same & (run >= STALLED), "remark"] = "stalled"
    frame.loc[times > JUMP, "remark"] = "a large jump"
    frame.loc[frame["size"].isna(), "remark"] = "size not given"
    return frame

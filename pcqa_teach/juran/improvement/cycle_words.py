"""What a log of tests says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.juran.improvement.cycles import JUMP, STALLED
from pcqa_teach.sayings import capital, counted, day, plain

if TYPE_CHECKING:
    from pcqa_teach.juran.improvement.cycles import Cycle, PdsaLog


def log_message(log: PdsaLog) -> str:
    """Say how many tests there are, and how many went as predicted."""
    compared = [one.compared for one in log.cycles]
    right = compared.count("as predicted")
    parts = [f"{right} as predicted"]
    wrong = sum(one.endswith("than predicted") or one.startswith("not as") for one in compared)
    parts += [f"{wrong} not"] if wrong else []
    open_, bare = compared.count("no result yet"), compared.count("not compared")
    parts += [f"{bare} not compared"] if bare else []
    parts += [f"{open_} without a result yet"] if open_ else []
    return f"{counted(len(compared), 'test')}: {', '.join(parts)}"


def ramp_words(log: PdsaLog) -> str:
    """Say what the sizes of the tests say."""
    ramp = log.ramp
    sizes = ramp["size"].dropna()
    if len(sizes) < 2:
        return "Too few sizes are given to see a ramp."
    span = f"From {plain(float(sizes.iloc[0]))} to {plain(float(sizes.iloc[-1]))}."
    remarks = ramp["remark"]
    if (remarks == "stalled").any():
        first = int(ramp.loc[remarks == "stalled", "cycle"].iloc[0])
        return (
            f"{span} The ramp stalls at test {first}: {STALLED} tests of one size."
            " What would let the next one be larger, or different?"
        )
    if (remarks == "a large jump").any():
        first = int(ramp.loc[remarks == "a large jump", "cycle"].iloc[0])
        return (
            f"{span} Test {first} is over {plain(JUMP)} times as large as the one before (our"
            " limit): a smaller step is safer."
        )
    grew = float(sizes.iloc[-1]) > float(sizes.iloc[0])
    return f"{span} {'The ramp grows.' if grew else 'The ramp does not grow.'}"


def log_alt(log: PdsaLog) -> str:
    """Say each test with its comparison."""
    parts = [f"{one.cycle}, {one.change}: {one.compared}" for one in log.cycles[:6]]
    more = f"; and {len(log.cycles) - 6} more" if len(log.cycles) > 6 else ""
    return f"Table of tests. {log_message(log)}. {'; '.join(parts)}{more}."


def log_explain(log: PdsaLog) -> str:
    """Say each test as a sentence, and what the ramp and the predictions teach."""
    lines = [f"{log_message(log)}.", *(cycle_line(one) for one in log.cycles), ramp_words(log)]
    results = [one.compared for one in log.cycles if one.compared != "no result yet"]
    if len(results) >= 3 and set(results) == {"as predicted"}:
        lines.append("Every prediction came true: the tests may be too safe to teach you anything.")
    elif any(one.endswith("than predicted") for one in results):
        lines.append("A prediction that fails teaches most: what did you believe that is not so?")
    if "not compared" in results:
        lines.append("Some results were not compared: say whether they were as predicted.")
    lines.append("A test that went well shows that it can work here, not that it always does.")
    return "\n".join(lines)


def cycle_line(one: Cycle) -> str:
    """Say one test in a sentence."""
    start = (
        f"Test {one.cycle}: {one.change}. Predicted on {day(one.predicted_on)}:"
        f" {one.prediction}{span(one.low, one.high)}."
    )
    if one.done_on is None or one.compared == "no result yet":
        return f"{start} No result yet."
    words = ": ".join(part for part in (one.result, amount(one.value)) if part)
    end = f" {capital(one.decision)} it." if one.decision else ""
    return f"{start} Seen by {day(one.done_on)}: {words}, {one.compared}.{end}"


def span(low: float | None, high: float | None) -> str:
    """Say the range of a prediction.

    >>> span(1, 3), span(None, 2), span(0, 0), span(None, None)
    (' (1 to 3)', ' (at most 2)', ' (0)', '')
    """
    if low is None and high is None:
        return ""
    if low is None:
        return f" (at most {amount(high)})"
    if high is None:
        return f" (at least {amount(low)})"
    return f" ({plain(low)})" if low == high else f" ({plain(low)} to {plain(high)})"


def amount(value: float | None) -> str:
    """Say a number, or nothing."""
    return "" if value is None else plain(value)

"""From files to the measures of a report: one for each promised result, and those beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from pcqa_teach.arguments import day_of
from pcqa_teach.data.call_bands.taking import calls_by_fate, calls_in, without_shared_lines
from pcqa_teach.errors import ChartError, DataError
from pcqa_teach.juran.impact.groups import DiffInDiff, diff_in_diff
from pcqa_teach.juran.impact.measures import ImpactMeasure
from pcqa_teach.juran.impact.words import clear
from pcqa_teach.juran.promised import series
from pcqa_teach.juran.promised.files import APPOINTMENTS, Files
from pcqa_teach.measures.dna import dna_rate
from pcqa_teach.measures.planned import hours_a_day, planned_care_share
from pcqa_teach.measures.supply import weekly_counts
from pcqa_teach.sayings import a, and_list, day, span

GOOD = {"up": 1, "down": -1}
_DAY = pd.Timedelta(days=1)
_BRING = (
    "Bring an appointment book, a telephone log, a tally, a staff pulse or a patient survey, alone "
    "or beside it, that begins 12 weeks or more before go-live."
)
LEAST = 5  # points without which nothing can be told from ordinary variation (our own mark)
NOT_MEASURED = "not measured"
RECORDED = {  # by a system, whose way of recording may change
    "appointments": ("freed", "scope", "missed"),
    "telephone": ("spread", "answered"),
}


@dataclass(frozen=True)
class Source:
    """Where a measure comes from: the kind of file, how it is worked out, and which way is good."""

    name: str
    title: str
    kinds: Mapping[str, Callable[[pd.DataFrame], pd.DataFrame]]
    improvement: str
    unit: str
    role: str = "outcome"


def _hours(appts: pd.DataFrame) -> pd.DataFrame:
    try:
        return hours_a_day(appts)
    except DataError:
        return weekly_counts(appts)


def _banded(ask: Callable[[pd.DataFrame], pd.DataFrame], take: Callable[..., pd.DataFrame]
            ) -> Callable[[pd.DataFrame], pd.DataFrame]:  # fmt: skip
    return lambda frame: ask(take(without_shared_lines(frame)[0]))


def _culture(pulse: pd.DataFrame) -> pd.DataFrame:
    return series.pulse_mean(pulse, series.CULTURE)


SOURCES = (
    Source("met", "Asks met on the day", {"tally": series.met_on_the_day}, "up", "%"),
    Source("spread", "Calls from 8 to 10 am",
           {"calls": series.early_share,
            "call_bands": _banded(series.early_share, calls_in)}, "down", "%"),
    Source("freed", "Hours in appointments per working day", {APPOINTMENTS: _hours}, "down",
           "hours a day"),
    Source("staff", "Staff pulse: I could do my work well", {"pulse": series.pulse_mean}, "up", ""),
    Source("patients", "Patients: all in all it went well", {"survey": series.went_well_share},
           "up", "%"),
    Source("culture", "Staff pulse: speaking up and trying out", {"pulse": _culture}, "up", ""),
    Source("scope", "Appointments in planned care", {APPOINTMENTS: planned_care_share},
           "up", "%"),
    Source("answered", "Calls answered",
           {"calls": series.answered_share,
            "call_bands": _banded(series.answered_share, calls_by_fate)}, "up", "%", "process"),
    Source("missed", "Missed appointments", {APPOINTMENTS: dna_rate}, "down", "%",
           "balancing"),
)  # fmt: skip


@dataclass(frozen=True)
class Gathered:
    """The measures that files give, by name, and a sentence for each that they do not.

    Parameters
    ----------
    measures : by the name of the result ("met", "spread" ...) or of the measure beside it
    lacking : why there is none
    compared : difference in differences against a comparator, where there is one
    """

    measures: Mapping[str, ImpactMeasure]
    lacking: Mapping[str, str]
    compared: Mapping[str, DiffInDiff] = field(default_factory=dict)

    @property
    def period(self) -> str:
        """From which day to which the measures reach, to the end of the last week or month.

        Examples
        --------
        >>> weeks = pd.DataFrame({"x": pd.date_range("2025-03-03", periods=5, freq="W-MON")})
        >>> Gathered({"staff": ImpactMeasure("Pulse", "outcome", weeks, "up")}, {}).period
        '3 Mar 2025 to 6 Apr 2025'
        """
        dates = [one.frame[one.x].sort_values() for one in self.measures.values()]
        there = [x for x in dates if len(x)]
        if not there:
            return "no whole week"
        ends = [x.iloc[-1] + _step(x) - _DAY for x in there]
        return span((min(x.iloc[0] for x in there), max(ends)))

    def frozen(
        self, go_live: Any, *, since: Any = None, break_at: Any = None, of: str = "appointments"
    ) -> Gathered:
        """Let baselines begin at `since`, and after a change in recording before go-live.

        A change in recording on or after go-live takes the claims away that rest on it, for nothing
        can tell it from a change in care.

        Parameters
        ----------
        go_live : the date of the change
        since : first day of every baseline, chosen before the result was looked at
        break_at : when the book, or the telephone, began to record in another way
        of : which of the two, "appointments" or "telephone"
        """
        if go_live is None:
            raise DataError(
                "The date of the change is missing: write it into the set-up cell as go_live = "
                '"2025-01-13", or add --set go_live=2025-01-13 to the command.'
            )
        if of not in RECORDED:
            raise DataError("break_in= must be 'appointments' or 'telephone'.")
        when = day_of(go_live, "go_live")
        start = None if since is None else day_of(since, "baseline_from")
        gap = None if break_at is None else day_of(break_at, "definition_break")
        if start is not None and start >= when:
            raise DataError(
                "The first day of the baseline (baseline_from) is not before go-live: a baseline "
                "comes first."
            )
        held = {
            name: _held(one, when, start, gap if name in RECORDED[of] else None)
            for name, one in self.measures.items()
        }
        return replace(self, measures=held)

    def against(self, other: Gathered, go_live: Any) -> Gathered:
        """Set each measure against the same one of a practice where nothing was changed."""
        found, answered = {}, {}
        for name, one in self.measures.items():
            beside = other.measures.get(name)
            if beside is None or beside.name != one.name:
                continue
            try:
                found[name] = _difference(one, beside, go_live)
            except (DataError, ChartError) as error:
                answered[name] = replace(one, comparator=(None, str(error)))
                continue
            answered[name] = replace(one, comparator=_answer(found[name], one.improvement))
        return replace(self, measures={**self.measures, **answered}, compared=found)


def gathered(files: Files) -> Gathered:
    """Work out every measure that a practice's files can give.

    Parameters
    ----------
    files : as `by_kind` gives them

    Returns
    -------
    Gathered
        A measure for each result whose file is there, and a sentence for each other.

    Raises
    ------
    DataError
        None of the results can be worked out from these files.

    Examples
    --------
    >>> weeks = pd.date_range("2025-03-03", periods=5, freq="W-MON")
    >>> pulse = pd.DataFrame({"week": weeks, "answers": 9, "pulse": [3.0, 3.2, 3.1, 3.3, 3.2]})
    >>> found = gathered(Files({"pulse": pulse}))
    >>> list(found.measures), found.lacking["spread"]
    (['staff'], 'not measured')
    """
    made: dict[str, ImpactMeasure] = {}
    lacking: dict[str, str] = {}
    for source in SOURCES:
        kind = next((kind for kind in source.kinds if kind in files.frames), None)
        if kind is None:
            lacking[source.name] = NOT_MEASURED
            continue
        try:
            found = measure(source, source.kinds[kind](files.frames[kind]))
        except (DataError, ChartError) as error:
            lacking[source.name] = str(error)
            continue
        if len(found.frame) < LEAST:
            lacking[source.name] = f"{found.name}: fewer than {LEAST} whole weeks, months or days"
            continue
        made[source.name] = found
    if not any(one.role == "outcome" for one in made.values()):
        told = next((said for said in lacking.values() if said != NOT_MEASURED), "")
        what = and_list([a(one.title) for one in files.reports.values()])
        raise DataError(
            f"No promised result can be worked out from {what or 'what was given'}"
            f"{': ' if told else ''}{told.rstrip('.')}. {_BRING}"
        )
    return Gathered(made, lacking)


def measure(source: Source, frame: pd.DataFrame) -> ImpactMeasure:
    """Return a measure of a report from a frame of x, value and n; months and weeks alike."""
    said = frame.attrs.get("pcqa", {})
    named = source.name in ("freed", "missed") and said
    return ImpactMeasure(
        name=str(said["title"]) if named else source.title,
        role=source.role,
        frame=frame.dropna(subset="value").reset_index(drop=True),
        improvement=source.improvement,
        unit=str(said["unit"]) if named else source.unit,
    )


def _step(x: pd.Series[pd.Timestamp]) -> pd.Timedelta:
    """Return how long a point stands for: a day, a week, or the last month."""
    steps = x.diff().dropna()
    if steps.empty:
        return _DAY
    typical = steps.median()
    return (x.iloc[-1] + pd.offsets.MonthBegin()) - x.iloc[-1] if typical.days > 27 else typical


def source_of(name: str) -> Source:
    """Return where a measure comes from, by its name."""
    return next(one for one in SOURCES if one.name == name)


def _held(
    one: ImpactMeasure, when: pd.Timestamp, start: pd.Timestamp | None, gap: pd.Timestamp | None
) -> ImpactMeasure:
    frame = one.frame
    if start is not None:
        frame = frame[frame[one.x] >= start]
    if gap is None:
        return replace(one, frame=frame.reset_index(drop=True))
    if gap >= when:
        broken = (False, f"how it is recorded changed on {day(gap)}, not before go-live")
        return replace(one, frame=frame.reset_index(drop=True), recording=broken)
    mended = (True, f"the baseline begins after the change in recording of {day(gap)}")
    frame = frame[frame[one.x] >= gap].reset_index(drop=True)
    return replace(one, frame=frame, recording=mended)


def _difference(one: ImpactMeasure, beside: ImpactMeasure, go_live: Any) -> DiffInDiff:
    both = pd.concat(
        [one.frame.assign(where="here"), beside.frame.assign(where="comparator")],
        ignore_index=True,
    )
    both = both[both[one.x] >= max(one.frame[one.x].min(), beside.frame[one.x].min())]
    return diff_in_diff(
        both, one.x, one.y, "where", go_live, treated="here", title=one.name, unit=one.unit
    )


def _answer(found: DiffInDiff, improvement: str) -> tuple[bool, str]:
    effect = found.effect
    better = float(effect["estimate"]) * GOOD[improvement] > 0
    if better and clear(float(effect["low"]), float(effect["high"])):
        return True, "it moved further than where nothing was changed"
    return False, "no further than where nothing was changed can be shown"

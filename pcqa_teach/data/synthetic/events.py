"""The planted events, and the words and dates by which an answer can be graded."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

DAY0 = date(2024, 1, 12)
SPAN = 720
SEED = 2155
GO_LIVE = 365

FLU = (10, 30)
OUTAGE = 61
TAMPER = (120, 126)
GP_LEAVES = 180
RECODED = 240
RENAMED = 270
RESULTS_BY_TEXT = 310
LIST_GROWTH = 0.004
SCHEME_EFFECT = 0.10
FLU_LIFT = 0.18
RESULTS_CUT = 0.55
EARLY_SHIFT = 0.21
NOT_THROUGH_CUT = 0.40
UNMET_CUT = 0.60
GP_SHIFT = 0.12
PULSE_LIFT = 0.4


def iso(day: int) -> str:
    """Return the date of a day number, as ISO text.

    Examples
    --------
    >>> iso(0), iso(61)
    ('2024-01-12', '2024-03-13')
    """
    return (DAY0 + timedelta(days=day)).isoformat()


@dataclass(frozen=True)
class Event:
    """One planted event: what was done, to which series, when, how much, and how to see it."""

    id: str
    title: str
    kind: str
    series: str
    start_day: int
    end_day: int | None
    size: str
    detect: str
    answer: str

    def to_dict(self) -> dict[str, object]:
        """Return the event as plain values, with ISO dates beside the day numbers."""
        fields = asdict(self)
        fields["start"] = iso(self.start_day)
        fields["end"] = None if self.end_day is None else iso(self.end_day)
        return fields


EVENTS = (
    Event(
        "T01", "Phone outage", "special cause, one day", "calls_daily.answered",
        OUTAGE, OUTAGE, "calls answered -70% that day",
        "one point below the lower limit of an XmR chart", "special cause: find out what happened",
    ),
    Event(
        "T02", "Flu weeks", "special cause, three weeks", "demand_day.asks",
        *FLU, "demand +18%", "a run above the mean, or points above the limit",
        "special cause: plan for it each winter",
    ),
    Event(
        "T03", "A GP leaves and is not replaced", "sustained change", "demand_day.slots",
        GP_LEAVES, None, "capacity about -11%", "seven or more points below the mean",
        "special cause: a changed process, rebase once its cause is known",
    ),
    Event(
        "T04", "Recording change: Unknown is now stored as Attended", "data artefact",
        "appointments: DNA share of known statuses", RECODED, None,
        "DNA share about -0.6 points, nothing real changed",
        "seven or more below the mean, and Unknown vanishing the same day", "data artefact",
    ),
    Event(
        "T05", "Improvement A: results by text", "sustained change", "failure_weekly.results",
        RESULTS_BY_TEXT, None, "contacts asking for results -55%, with a lag of days",
        "XmR with a new baseline from the change on", "improvement",
    ),
    Event(
        "T06", "Improvement B: care navigation and call-back", "sustained change",
        "calls_daily.share_0810, calls_daily.abandoned", GO_LIVE, None,
        "Monday 08-10 share 29% to 23%, abandoned -40%",
        "a chart of Mondays, with a new baseline from the change on", "improvement",
    ),
    Event(
        "T07", "New slot names", "non-improvement", "appointments: same-day share",
        RENAMED, None, "none", "nothing: no signal beyond chance", "common cause",
    ),
    Event(
        "T08", "Scheme for people who attend often (second copy of the practice)",
        "true effect beside regression to the mean", "attendance.contacts of the top 3%",
        GO_LIVE, None, "true effect -10%; naive before and after about -38%",
        "a comparison group: the same people in the copy without the scheme",
        "most of the fall would have come without the scheme",
    ),
    Event(
        "T09", "Two network practices with a high DNA share", "difference between practices",
        "network_weekly: DNA share", 0, None, "+4 points each, one real and one from coding",
        "a funnel, then a check of how each records its statuses",
        "one is a question about care, the other about recording",
    ),
    Event(
        "T10", "The list grows", "slow drift", "demand_day.list_size", 0, None,
        "+0.4% a month", "counts drift upward while rates per 1,000 do not",
        "use rates, not counts",
    ),
    Event(
        "T11", "Tampering week", "tampering", "demand_day.duty_slots - same_day_asks",
        *TAMPER, "variance about x2",
        "duty slots that follow yesterday's count", "leave a stable process alone",
    ),
)  # fmt: skip

IMPACT = {
    "go_live": iso(GO_LIVE),
    "four_months": {
        "date": iso(GO_LIVE + 120),
        "calls_0810_share_points": -6,
        "same_day_unmet": -UNMET_CUT,
        "staff_pulse": PULSE_LIFT,
        "collaborative_culture": 0,
    },
    "nine_months": {"date": iso(GO_LIVE + 270), "gp_contacts_of_top_5_percent": -GP_SHIFT},
}

ASSUMPTIONS = (
    "Calls within 08:00-09:59 are split by us: a burst at 08:00 that decays with a time constant "
    "of 18 minutes over a flat base (published figures stop at two-hour bands).",
    "Callers hang up after an exponential patience with a mean of 4 minutes; 60% of them ring "
    "again, about 5 minutes later.",
    "Handling time is lognormal, fitted by us to published bands of call length.",
    "The reception rota changes from week to week; its spread is ours.",
    "A failure contact follows its cause after 1 day plus an exponential time (mean 6 days).",
    "Booked times, arrivals and lengths of appointments are plausible, not fitted.",
)

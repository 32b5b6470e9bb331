"""What a telephone log says, and the names that its columns go by at one supplier or another.

Names that other tables have too (`Status`, `Duration`, `Date`) are fields of their own: they are
read, but a table is not taken for a telephone log because of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pcqa_teach.data.phones.vocabulary import DIRECTION_OF, OUTCOME_OF
from pcqa_teach.data.readers.base import Field, Format

_UNITS = {"s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "hh",
          "h", "mm", "ss", "hhmmss", "mmss", "hhmm", "utc", "gmt", "local", "bst", "london",
          "zulu"}  # fmt: skip
_BRACKETS = re.compile(r"[(\[{].*?[)\]}]")

_WHEN = (
    Field("start", ("Call start", "Call start time", "Call time", "Call date and time",
        "Call started", "Call received", "Time of call", "Call date time", "Call datetime",
        "Calldate", "Call date/time", "Queued at", "Call arrived", "Call received at"),
        tell=True),
    Field("start_plain", ("Start time", "Start", "Start date time", "Start date and time",
        "Date and time", "Date/Time", "Date time", "Datetime", "Timestamp", "Received at",
        "Received", "Started", "Arrived at", "Initiated", "Initiated at", "Interval start",
        "Interval start time", "Start date/time", "Time stamp")),
    Field("date", ("Call date", "Date", "Date of call", "Day")),
    Field("time", ("Call time of day", "Time", "Time received", "Hour")),
)  # fmt: skip
_QUEUE = (
    Field("queue", ("Queue", "Queue name", "Call queue", "Hunt group", "Skill", "Skill group",
        "Call group", "Menu option", "Line"), tell=True),
    Field("queue_plain", ("Group", "Department", "Team", "Service")),
)  # fmt: skip
_CALL = (
    Field("end", ("Call end", "Call end time", "End time", "End", "Ended", "Ended at",
        "Call ended", "Hangup time", "Finished")),
    Field("answered_at", ("Answered at", "Time answered", "Answered time", "Connected at",
        "Connect time", "Pickup time", "Call answered at", "Answer date time"), tell=True),
    Field("outcome", ("Call outcome", "Call result", "Disposition", "Call disposition",
        "Call status", "Final call status", "Result of call", "Call completion", "Call state"),
        tell=True),
    Field("outcome_plain", ("Outcome", "Result", "Status", "Final status", "State",
        "Completion status")),
    Field("answered", ("Answered", "Was answered", "Call answered", "Is answered", "Answered?"),
        tell=True),
    Field("abandoned", ("Abandoned", "Is abandoned", "Was abandoned", "Abandoned?", "Missed"),
        tell=True),
    Field("wait", ("Wait time", "Waiting time", "Queue time", "Time in queue", "Queue wait",
        "Queue wait time", "Time to answer", "Wait duration", "Queue duration", "Wait",
        "Waited", "Ring time", "Ringing time", "Ring duration", "Ringing", "Ring",
        "Queueing time", "Queuing time", "Hold in queue", "Speed of answer"), tell=True),
    Field("talk", ("Talk time", "Talk duration", "Talk", "Talking time", "Conversation time",
        "Call duration", "Call length", "Handle time", "Handling time", "Billsec",
        "Connected time", "Time talking", "Conversation", "Length of call", "Talking"),
        tell=True),
    Field("talk_plain", ("Duration", "Length")),
    Field("direction", ("Direction", "Call direction", "Call type", "Inbound/Outbound", "In/Out",
        "Inbound or outbound"), tell=True),
    Field("direction_plain", ("Type",)),
    *_QUEUE,
    Field("caller", ("Caller", "Caller number", "Calling number", "Caller ID", "CLI", "CLID",
        "Caller no", "Calling party", "Calling party number", "ANI", "A number",
        "Caller telephone number", "Caller phone number", "Originating number", "Caller's number",
        "Caller hash", "Caller code"), tell=True),
    Field("caller_plain", ("From", "From number", "Number", "Phone number", "Telephone number",
        "Telephone", "Source", "Src", "Origin", "Customer number")),
    Field("call_id", ("Call ID", "Unique ID", "Uniqueid", "Linkedid", "Interaction ID",
        "Conversation ID", "Call reference", "Call ref", "Call GUID", "Call number"), tell=True),
)  # fmt: skip
_COUNTS = (
    Field("interval", ("Interval", "Time interval", "Quarter hour", "Quarter-hour", "Half hour",
        "Half-hour", "Time band", "Time slot", "Time period", "Hour interval",
        "15 minute interval", "30 minute interval", "15 min interval", "30 min interval"),
        tell=True),
    Field("offered", ("Calls offered", "Offered", "Offered calls", "Total calls", "Calls",
        "Inbound calls", "Total inbound calls", "Calls received", "Incoming calls",
        "Calls presented", "Presented", "Number of calls", "Total offered", "Inbound"),
        tell=True),
    Field("answered_calls", ("Calls answered", "Answered calls", "Total answered", "Answered",
        "Calls handled", "Handled", "Number answered"), tell=True),
    Field("missed_calls", ("Calls abandoned", "Abandoned calls", "Total abandoned", "Abandoned",
        "Calls missed", "Missed calls", "Missed", "Calls lost", "Lost calls", "Unanswered",
        "Unanswered calls", "Not answered", "Number abandoned"), tell=True),
    Field("menu_calls", ("Ended in IVR", "IVR", "IVR only", "Ended in menu", "IVR calls",
        "Self service", "Calls ended in IVR", "Ended in the menu"), tell=True),
    Field("callback_calls", ("Call backs", "Callbacks", "Call-backs requested",
        "Callback requests", "Call back requests", "Callbacks requested", "Call-backs",
        "Call-backs asked"), tell=True),
    Field("message_calls", ("Voicemails", "Voicemail", "Messages left", "Calls to voicemail"),
        tell=True),
    Field("outbound_calls", ("Outbound calls", "Outgoing calls", "Calls made", "Outbound"),
        tell=True),
    Field("wait", ("Average wait", "Average wait time", "Avg wait", "Avg wait time", "Mean wait",
        "Average speed of answer", "ASA", "Average queue time", "Avg queue time",
        "Average time to answer", "Avg time to answer", "Average waiting time"), tell=True),
    Field("talk", ("Average talk time", "Average talk", "Avg talk time", "Avg talk",
        "Average handling time", "Average handle time", "AHT", "Average call length",
        "Average duration", "Average call duration", "Avg call duration"), tell=True),
    *_QUEUE,
)  # fmt: skip

_STATUSES = dict.fromkeys([*OUTCOME_OF, *DIRECTION_OF], "")  # words that no header row is told by
CALLS = Format(
    id="phone_calls",
    title="telephone log with a row a call",
    fields=(*_WHEN, *_CALL),
    statuses=_STATUSES,
    thing="call",
    seconds=True,
)
COUNTS = Format(
    id="phone_intervals",
    title="telephone log with a row a quarter of an hour",
    fields=(*_WHEN, *_COUNTS),
    statuses=_STATUSES,
    thing="call",
    seconds=True,
)
OUTCOME_FIELDS = ("outcome", "outcome_plain", "answered", "abandoned", "answered_at", "talk",
                  "talk_plain")  # fmt: skip
COUNT_FIELDS = ("answered_calls", "missed_calls", "menu_calls", "callback_calls",
                "message_calls")  # fmt: skip


def bare(cell: str) -> str:
    """Return a column's name without what it says of units and clocks.

    >>> [bare(name) for name in ("Talk time (secs)", "Start UTC", "waitSeconds")]
    ['Talk time', 'Start', 'wait']
    """
    words = re.sub(r"([a-z])([A-Z])", r"\1 \2", _BRACKETS.sub(" ", cell)).replace("_", " ").split()
    while len(words) > 1 and re.sub(r"\W", "", words[-1]).lower() in _UNITS:
        words.pop()
    return " ".join(words)


def calls_lack(found: Mapping[str, object]) -> list[str]:
    """Return what a log with a row a call must have and has not."""
    lacking = _when(found, "time")
    if not any(name in found for name in OUTCOME_FIELDS):
        lacking.append("Outcome or Talk time")
    return lacking


def counts_lack(found: Mapping[str, object]) -> list[str]:
    """Return what a log with a row a quarter of an hour must have and has not."""
    counts = [name for name in ("offered", *COUNT_FIELDS) if name in found]
    own = "offered" in found or "interval" in found or len(counts) > 2
    lacking = _when(found, "time", "interval")
    return lacking if len(counts) > 1 and own else [*lacking, "Calls offered"]


def _when(found: Mapping[str, object], *clocks: str) -> list[str]:
    whole = "start" in found or "start_plain" in found
    if whole or ("date" in found and any(name in found for name in clocks)):
        return []
    return ["Time" if "date" in found else "Start time"]

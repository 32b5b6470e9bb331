"""What others published, and which of it is the same thing as failure demand.

Failure demand is seen from the person's side: was this contact needed because something was not
done, or not done right? "Avoidable" appointments are a clinician's view: could somebody else have
seen this person, if such a service existed? A contact can be one, both or neither.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """One published figure."""

    percent: float
    what: str
    source: str
    comparable: bool


PUBLISHED: dict[str, Published] = {
    "failure demand": Published(
        20.0,
        "failure demand in general practice (10 in 100 caused in the practice, 10 beyond it)",
        "Demand and Capacity Optimisation Tool, failuredemand.co.uk, self-published",
        comparable=True,
    ),
    "avoidable 2015": Published(
        27.0,
        "appointments that 56 GPs judged somebody else could have dealt with, if services existed",
        "NHS Alliance and Primary Care Foundation, Making Time in General Practice, 2015",
        comparable=False,
    ),
    "avoidable 2018": Published(
        20.5,
        "the same question, asked of more than 1,000 GPs in about 350 practices",
        "Pulse, 2018",
        comparable=False,
    ),
    "avoidable 2023": Published(
        16.0,
        "the same question, asked about some 57,000 appointments",
        "Pulse and the Telegraph, 2023",
        comparable=False,
    ),
}

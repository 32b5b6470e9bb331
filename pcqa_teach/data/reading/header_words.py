"""Which words of a header may be repeated in a message.

A closed list, since a row that is taken for a header may be a patient's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST = 30
_SPLIT = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]+")
_KNOWN = frozenset(
    re.findall(
        r"[a-z]+",
        """
    a actual address age an and appointment appointments appt at availability available band
    birth book bookable booked booking by call calls cancelled care category ccg clinic
    clinician code comment comments consultation contact count current date day days delay
    deleted delivery description details did dna dob doctor duration email emis end ended
    enquiry ethnicity event external finish finished flag flags follow forename free from
    full gap gender general gp guid guidance hcp health hold holder home hour hours icb id
    identifier idle in is last late left length list location min mins minute minutes mobile
    mode month name named national nhs no not note notes number of on online ons or order
    organisation outcome owner patient pcn period phone planned postcode practice
    practitioner profile provider query reason reference region registered report role room
    rota row seen send sent service session sex site slot slots source specialty spent staff
    start status stp sub supplier surgery surname system team tel telephone text the time
    times title to total type types unit up usual visit wait waiting week weekday year
    abandoned agent answered average callback callbacks caller calling direction disposition
    group handled handling inbound incoming interval ivr missed offered option outbound outgoing
    queue quarter ring ringing seconds secs talk utc gmt local voicemail
    """,
    )
)


def safe(cell: str) -> bool:
    """Say whether every word of a header cell is a known word of headers.

    >>> safe("Appointment_Date"), safe("DateBooked"), safe("JONES, Ann"), safe("01/02/1950")
    (True, True, False, False)
    """
    plain = cell.strip()
    if not plain or not re.fullmatch(r"[A-Za-z][A-Za-z _/().:-]*", plain):
        return False
    whole = [part.lower() for part in re.findall(r"[A-Za-z]+", plain)]
    parts = [part.lower() for part in _SPLIT.findall(plain)]
    return all(part in _KNOWN for part in whole) or all(part in _KNOWN for part in parts)


def shown(header: Sequence[str]) -> str:
    """Return a header row for a message: known names, and the place of any other.

    >>> shown(["Appt date", "JONES", ""])
    "'Appt date', column 2 (name not shown)"
    """
    names = [
        f"'{cell.strip()}'" if safe(cell) else f"column {place} (name not shown)"
        for place, cell in enumerate(header, start=1)
        if cell.strip()
    ]
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more if names else "none"

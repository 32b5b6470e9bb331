"""Every export that the kit can read: one module a format, one line a format here.

How files are opened, told apart and taken to pieces is not here but in `pcqa_teach.data.reading`.
"""

from __future__ import annotations

from pcqa_teach.data.readers import (
    emis_crosstab,
    emis_slots,
    gpad_daily,
    gpad_practice,
    gpad_regional,
    systmone_appointments,
    tidy,
)
from pcqa_teach.data.readers.base import Format

# Where two fit equally well, the first is taken.
FORMATS: dict[str, Format] = {
    "tidy": tidy.FORMAT,
    "gpad_practice": gpad_practice.FORMAT,
    "gpad_regional": gpad_regional.FORMAT,
    "gpad_daily": gpad_daily.FORMAT,
    "systmone_appointments": systmone_appointments.FORMAT,
    "emis_slots": emis_slots.FORMAT,
    "emis_crosstab": emis_crosstab.FORMAT,
}

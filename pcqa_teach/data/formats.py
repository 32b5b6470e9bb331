"""Every export that the kit can read: one line a format. The first that fits best is taken."""

from __future__ import annotations

from pcqa_teach.data.readers import (
    emis_slots,
    gpad_practice,
    gpad_regional,
    systmone_appointments,
    tidy,
)
from pcqa_teach.data.readers.base import Format

FORMATS: dict[str, Format] = {
    "tidy": tidy.FORMAT,
    "gpad_practice": gpad_practice.FORMAT,
    "gpad_regional": gpad_regional.FORMAT,
    "systmone_appointments": systmone_appointments.FORMAT,
    "emis_slots": emis_slots.FORMAT,
}

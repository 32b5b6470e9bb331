"""The appointment book as practices' own systems would export it, clean and with real faults.

Each function takes the ``appointments`` frame of a practice (or any number of its rows) and returns
the bytes of a file. ``rendered`` also says how many rows carry each fault.

>>> from pcqa_teach.data import synthetic
>>> small = synthetic.practice(days=14, list_size=900).appointments
>>> systmone(small)[:16]
b'Appointment date'
"""

from types import ModuleType

import pandas as pd

from pcqa_teach.data.synthetic.exports import emis as _emis
from pcqa_teach.data.synthetic.exports import gpad as _gpad
from pcqa_teach.data.synthetic.exports import systmone as _systmone
from pcqa_teach.data.synthetic.exports.parts import Rendered
from pcqa_teach.data.synthetic.exports.workbook import workbook

__all__ = ["Rendered", "emis", "gpad", "rendered", "systmone", "workbook"]

_KINDS: dict[str, ModuleType] = {"systmone": _systmone, "emis": _emis, "gpad": _gpad}


def systmone(slots: pd.DataFrame, dirty: bool = False) -> bytes:
    """Return a TPP SystmOne appointment report (no unused slots)."""
    return rendered("systmone", slots, dirty).data


def emis(slots: pd.DataFrame, dirty: bool = False) -> bytes:
    """Return an EMIS Web slot list (unused slots included, cancelled ones not)."""
    return rendered("emis", slots, dirty).data


def gpad(slots: pd.DataFrame, dirty: bool = False) -> bytes:
    """Return a monthly crosstab in the form of NHS England's practice-level file."""
    return rendered("gpad", slots, dirty).data


def rendered(kind: str, slots: pd.DataFrame, dirty: bool = False) -> Rendered:
    """Return the file of one kind (systmone, emis, gpad) and the count of rows with each fault."""
    module = _KINDS[kind]
    made: Rendered = module.dirty(slots) if dirty else module.clean(slots)
    return made

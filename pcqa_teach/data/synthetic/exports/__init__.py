"""The appointment book as practices' own systems would export it, clean and with real faults.

Each function takes the ``appointments`` frame of a practice (or any number of its rows) and returns
the bytes of a file. ``rendered`` also says how many rows carry each fault, and makes the other
files too: of ``appointments`` "emis_crosstab" and "gpad_daily", of ``calls`` "cbt", of ``asks``
"askmygp" and "anima".

>>> from pcqa_teach.data import synthetic
>>> small = synthetic.practice(days=14, list_size=900).appointments
>>> systmone(small)[:16]
b'Appointment date'
"""

from types import ModuleType

import pandas as pd

from pcqa_teach.data.synthetic.exports import anima as _anima
from pcqa_teach.data.synthetic.exports import askmygp as _askmygp
from pcqa_teach.data.synthetic.exports import cbt as _cbt
from pcqa_teach.data.synthetic.exports import emis as _emis
from pcqa_teach.data.synthetic.exports import emis_crosstab as _emis_crosstab
from pcqa_teach.data.synthetic.exports import gpad as _gpad
from pcqa_teach.data.synthetic.exports import gpad_daily as _gpad_daily
from pcqa_teach.data.synthetic.exports import systmone as _systmone
from pcqa_teach.data.synthetic.exports.parts import Rendered
from pcqa_teach.data.synthetic.exports.workbook import workbook

__all__ = ["Rendered", "emis", "gpad", "rendered", "systmone", "workbook"]

_KINDS: dict[str, ModuleType] = {
    "systmone": _systmone, "emis": _emis, "gpad": _gpad, "emis_crosstab": _emis_crosstab,
    "gpad_daily": _gpad_daily, "cbt": _cbt, "askmygp": _askmygp, "anima": _anima,
}  # fmt: skip


def systmone(slots: pd.DataFrame, dirty: bool = False) -> bytes:
    """Return a TPP SystmOne appointment report (no unused slots)."""
    return rendered("systmone", slots, dirty).data


def emis(slots: pd.DataFrame, dirty: bool = False) -> bytes:
    """Return an EMIS Web slot list (unused slots included, cancelled ones not)."""
    return rendered("emis", slots, dirty).data


def gpad(slots: pd.DataFrame, dirty: bool = False) -> bytes:
    """Return a monthly crosstab in the form of NHS England's practice-level file."""
    return rendered("gpad", slots, dirty).data


def rendered(kind: str, table: pd.DataFrame, dirty: bool = False) -> Rendered:
    """Return the file of one kind, of slots, calls or asks, and how many rows carry each fault."""
    module = _KINDS[kind]
    made: Rendered = module.dirty(table) if dirty else module.clean(table)
    return made

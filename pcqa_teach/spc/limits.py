"""The registry of charts: a kind is two small functions, what it plots and where its lines lie.

To add one, write both and its `Kind` in a file of `kinds/`, and a line in `CHARTS`. Each works on
every phase of every series at once: it is given a `Data` and gives one value a row (plotted) or
one a phase or row (`Lines`).
"""

from __future__ import annotations

from pcqa_teach.spc.kinds import counts, memory, rare, subgroups, values
from pcqa_teach.spc.kinds.base import CONSTANTS, D2, TRIAL, WHEELER, Data, Kind, Lines, Setting
from pcqa_teach.spc.kinds.ranges import MR_UPPER, Ranges

__all__ = [
    "CHARTS",
    "CONSTANTS",
    "D2",
    "MR_UPPER",
    "TRIAL",
    "WHEELER",
    "Data",
    "Kind",
    "Lines",
    "Ranges",
    "Setting",
]

CHARTS: dict[str, Kind] = {
    "xmr": values.XMR,
    "run": values.RUN,
    "mr": values.MR,
    "i_prime": values.I_PRIME,
    "p": counts.P,
    "np": counts.NP,
    "p_prime": counts.P_PRIME,
    "c": counts.C,
    "u": counts.U,
    "u_prime": counts.U_PRIME,
    "g": rare.G,
    "t": rare.T,
    "xbar": subgroups.XBAR,
    "s": subgroups.S,
    "r": subgroups.R,
    "ewma": memory.EWMA,
    "cusum": memory.CUSUM,
    "bernoulli_cusum": memory.BERNOULLI_CUSUM,
}

"""Each peer asked for the same as the kit, by its fastest public way: limits and rules, no picture.

Rules are those of the peer that come nearest to Making Data Count's four; it is said which.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Rows = NDArray[np.float64]


@dataclass(frozen=True)
class Peer:
    """A package, the rules it is asked for, and how one series is given to it."""

    package: str
    rules: str
    ask: dict[str, Callable[[], Callable[[Rows, Rows], Any]]]  # a kind -> makes the call

    @property
    def version(self) -> str | None:
        """Its version; None where it is not installed."""
        try:
            return version(self.package)
        except PackageNotFoundError:
            return None

    def run(self, kind: str, y: Rows, n: Rows) -> None:
        """Chart every row of `y`."""
        call = self.ask[kind]()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for row, sizes in zip(y, n, strict=True):
                call(row, sizes)


def _qikit(kind: str) -> Callable[[], Callable[[Rows, Rows], Any]]:
    def make() -> Callable[[Rows, Rows], Any]:
        from qikit.spc.compute import compute

        if kind == "i":
            return lambda y, n: compute("i", y, method="weco")
        return lambda y, n: compute(kind, y / n, n, method="weco")

    return make


def _pycontrolcharts() -> Callable[[Rows, Rows], Any]:
    from pycontrolcharts import RunTestConfig, calc_xmr

    four = RunTestConfig(test6=False, test2_n=7, test3_n=7)
    return lambda y, n: calc_xmr(y.tolist(), run_tests=four)


def _statprocon() -> Callable[[Rows, Rows], Any]:
    from statprocon import XmR

    def chart(y: Rows, n: Rows) -> None:
        xmr = XmR(y.tolist())
        xmr.x_to_dict()
        xmr.rule_1_x_indices_beyond_limits()
        xmr.rule_2_runs_about_central_line()
        xmr.rule_3_runs_near_limits()

    return chart


def _abspc(kind: str) -> Callable[[], Callable[[Rows, Rows], Any]]:
    def make() -> Callable[[Rows, Rows], Any]:
        from abspc import calculate_control_limits, detect_special_causes

        def chart(y: Rows, n: Rows) -> None:
            value = y if kind == "XmR" else y / n
            frame = pd.DataFrame({"value": value, "subgroup_size": n})
            detect_special_causes(calculate_control_limits(frame, kind))

        return chart

    return make


PEERS = [
    Peer(
        "clinical-qikit",
        "Western Electric: outside, 2 of 3, 4 of 5, 8 on one side",
        {"xmr": _qikit("i"), "p": _qikit("p"), "u": _qikit("u")},
    ),
    Peer(
        "pycontrolcharts",
        "outside, 7 on one side, 7 rising or falling, 2 of 3",
        {"xmr": lambda: _pycontrolcharts()},
    ),
    Peer(
        "statprocon",
        "outside, 8 on one side, 3 of 4 near a limit; no trend",
        {"xmr": lambda: _statprocon()},
    ),
    Peer(
        "abspc",
        "outside, 8 on one side, 6 rising or falling, 2 of 3",
        {"xmr": _abspc("XmR"), "p": _abspc("p"), "u": _abspc("u")},
    ),
]

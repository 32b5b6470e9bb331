"""The steps along a value axis: a share of a whole has none above 100%."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from pcqa_teach.spc.result import Chart

_STEPS = [1, 2, 2.5, 5, 10]
_ALL = 100


class ShareLocator(MaxNLocator):
    """As its parent, with no step above 100%."""

    def tick_values(self, vmin: float, vmax: float) -> Any:
        """Return the steps between two values."""
        found = np.asarray(super().tick_values(vmin, vmax))
        return found[found <= _ALL]


def value_locator(chart: Chart, most: int) -> MaxNLocator:
    """Return what chooses at most `most` steps for a chart's values.

    Room for words may be left above 100%, or a limit may lie there: neither is a value that a
    share can take. Values above 100% (asks for each appointment, say) have their steps.
    """
    values = chart.workings.series.y
    share = chart.unit == "%" and not (values > _ALL).any()
    return (ShareLocator if share else MaxNLocator)(nbins=most, steps=_STEPS)

"""What every kernel finds imported: the scientific stack, Jupyter's kernel and this package."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pcqa_teach

# Of pcqa_teach: what lessons use. The runner, the classroom and the book stay out.
_OURS = (
    *("data", "demand", "figures", "flow", "juran"),
    *("lessons", "measures", "partners", "spc", "variation", "widgets"),
)

# Never `matplotlib_inline.backend_inline`: it ties itself to the shell that there is when it is
# imported, and before the fork there is none.
_OTHERS = (
    # the kernel, and what it imports only once it starts or runs its first cell
    "ipykernel.kernelapp", "ipykernel.zmqshell", "ipykernel.debugger", "ipykernel.datapub",
    "ipykernel.pylab.config", "ipykernel.subshell_manager", "debugpy", "debugpy.server.api",
    "IPython", "IPython.core.completer", "IPython.core.history", "IPython.core.magics",
    "IPython.core.pylabtools", "IPython.terminal.shortcuts", "jedi", "matplotlib_inline",
    "matplotlib_inline.config", "sqlite3", "zmq", "zmq.asyncio", "tornado.ioloop",
    "comm", "ipywidgets", "ipywidgets.widgets.interaction",
    # the stack
    "numpy", "numpy.random", "pandas", "pandas.io.formats.style", "pyarrow", "pyarrow.csv",
    "matplotlib", "matplotlib.pyplot", "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg", "seaborn", "scipy.stats", "scipy.signal", "scipy.special",
    "statsmodels.api", "statsmodels.formula.api", "statsmodels.stats.inter_rater", "openpyxl",
    "holidays", "simpy", "PIL.PngImagePlugin", "yaml",
)  # fmt: skip


def names() -> Iterator[str]:
    """Give the modules in the order in which they are imported."""
    yield from _OTHERS
    for part in _OURS:
        folder = Path(pcqa_teach.__file__).parent / part
        yield f"pcqa_teach.{part}"
        for path in sorted(folder.rglob("*.py")):
            inner = path.relative_to(folder).with_suffix("").parts
            if not {"__init__", "__main__"} & set(inner):
                yield ".".join(("pcqa_teach", part, *inner))


def load() -> None:
    """Import them all. What cannot be imported is left out: the cell that wants it will say why."""
    for name in names():
        with contextlib.suppress(Exception):
            importlib.import_module(name)


def rehearse() -> None:
    """Read the demonstration data, chart it and draw it once.

    What is worked out at first use (fonts, bank holidays, parsers) is then there in every fork.
    """
    pcqa: Any = pcqa_teach
    with contextlib.suppress(Exception):  # a copy without data, say, has nothing to rehearse on
        weekly = pcqa.measures.dna_rate(pcqa.load_demo("appointments"), every="week")
        chart = pcqa.spc.chart(weekly, improvement="down", target=0.05)
        chart._repr_mimebundle_()
        chart.explain()

"""Whether everything that a lesson needs is here: on a desk or in a web page."""

from __future__ import annotations

import importlib
import importlib.util
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pcqa_teach.errors import PcqaError

_LIBRARIES = ("pandas", "numpy", "matplotlib")
_AGAIN = "Restart the kernel and run all cells; if it is still so, show this table to your coach."


@dataclass(frozen=True)
class Look:
    """One thing that was looked at: what was found, and what to do unless it is well."""

    what: str
    found: str
    well: bool = True
    advice: str = ""


@dataclass(frozen=True)
class SetUp:
    """What `check_setup` found; a notebook shows it as a table."""

    looks: tuple[Look, ...]

    @property
    def ready(self) -> bool:
        """Whether a lesson can be done here."""
        return all(look.well for look in self.looks)

    @property
    def message(self) -> str:
        """Say in one sentence whether all is well, and what to do if not."""
        wrong = [look for look in self.looks if not look.well]
        if not wrong:
            return "Everything a lesson needs is here."
        return f"{wrong[0].what}: {wrong[0].found}. {wrong[0].advice}"

    def __repr__(self) -> str:
        return "\n".join([self.message, *(f"{look.what}: {look.found}" for look in self.looks)])

    def _repr_html_(self) -> str:
        import pandas as pd

        from pcqa_teach import figures

        rows = [
            {
                "Needed": look.what,
                "Found": look.found,
                "Well?": "yes" if look.well else f"no. {look.advice}",
            }
            for look in self.looks
        ]
        table: Any = figures.table(pd.DataFrame(rows), self.message)
        return str(table._repr_html_())


def check_setup() -> SetUp:
    """Look at what a participant needs: Python, the kit, its data, a picture, the try-outs.

    It works on a desk and in a web page alike, asks no other computer for anything, and never
    fails: what is amiss is said in the table, with what to do. (`pcqa doctor` looks at a whole
    computer, kernel and disk too.)

    Examples
    --------
    >>> found = check_setup()
    >>> found.ready, found.message
    (True, 'Everything a lesson needs is here.')
    >>> [look.what for look in found.looks]
    ['Python', 'The kit', 'Its libraries', 'The invented data', 'A chart', 'The try-outs']
    """
    parts: dict[str, Callable[[], str]] = {
        "Python": _python,
        "The kit": _kit,
        "Its libraries": _libraries,
        "The invented data": _data,
        "A chart": _chart,
        "The try-outs": _tryouts,
    }
    return SetUp(tuple(_look(what, ask) for what, ask in parts.items()))


def _look(what: str, ask: Callable[[], str]) -> Look:
    try:
        return Look(what, ask())
    except PcqaError as error:
        return Look(what, "not as it should be", False, str(error))
    except Exception as error:  # noqa: BLE001  (whatever is broken, a participant gets a sentence)
        return Look(what, f"does not work ({type(error).__name__})", False, _AGAIN)


def _python() -> str:
    where = "inside this web page" if sys.platform == "emscripten" else "on this computer"
    return f"{platform.python_version()}, {where}"


def _kit() -> str:
    import pcqa_teach

    return f"pcqa_teach {pcqa_teach.__version__}"


def _libraries() -> str:
    found = [(name, importlib.import_module(name)) for name in _LIBRARIES]
    return ", ".join(f"{name} {module.__version__}" for name, module in found)


def _data() -> str:
    from pcqa_teach.data import load_demo

    days = len(load_demo("calls_daily"))
    slots = len(load_demo("appointments"))
    return f"open: {days:,} working days of telephone calls, {slots:,} appointments and slots"


def _chart() -> str:
    from pcqa_teach.lessons.exercise import exercise_chart

    drawn = exercise_chart(
        [6, 7, 5], title="Trial", name="trial", unit="calls", lines={"Mean": 6.0}
    )
    return "drawn, with its words for whoever cannot see it" if drawn.alt else "drawn"


def _tryouts() -> str:
    """Say how the try-outs appear; a page without them shows pictures in their place."""
    if importlib.util.find_spec("ipywidgets") is None:
        return "shown as pictures"
    return "buttons and boxes; on a printed page, pictures"

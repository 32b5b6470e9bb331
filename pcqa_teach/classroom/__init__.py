"""Handing out, taking in and marking: nbgrader, with what the kit adds to it."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={"preprocessors": ["DropFacilitatorCells"]},
)

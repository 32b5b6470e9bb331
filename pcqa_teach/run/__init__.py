"""The only place that executes a notebook, and what is made of it: a report for one practice."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "doctor": ["Check", "examine"],
        "execute": ["CellError", "execute"],
        "report": ["run_lesson"],
    },
)

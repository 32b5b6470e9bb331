"""Things to try out in a lesson: predict first, then reveal. Each has a static form for print.

What every activity has is in `base.py`; its buttons and boxes are in `controls.py`.
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "base": ["Activity", "Explained", "Words", "explained"],
        "dots": ["PlotTheDots", "plot_the_dots"],
    },
)

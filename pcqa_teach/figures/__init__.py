"""The look that every picture shares: theme, colours with shapes, alt text, accessible tables."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "figure": ["Figure"],
        "look": ["COLOURS", "MARKERS", "theme"],
        "static": ["static"],
        "table": ["Table", "table"],
    },
)

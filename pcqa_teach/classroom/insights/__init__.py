"""Where the room went wrong: one page for a coach, from one pass over the gradebook."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "measures": ["Measures", "measured"],
        "page": ["write"],
        "pseudonyms": ["Names"],
    },
)

"""A table of practices, one row or several for each: counts of appointments, no person.

`schema.py` says what its columns are and by which names they are known, `shapes.py` makes it a kind
of table that `pcqa.read` knows by its content.
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__, submod_attrs={"schema": ["COLUMNS", "COUNTS", "is_practice_counts", "validate"]}
)

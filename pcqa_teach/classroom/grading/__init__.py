"""Marking what was handed in, without trusting a line of it.

- `sandbox.py` runs a submission's cells where nothing can be reached, and gives its named answers;
  behind it `server.py` (forks a child a submission), `jail.py` (what a child may do) and
  `cells.py` (the cells themselves)
- `repair.py` puts a submission back into the shape of what was handed out, and says what it did
- `marking.py` judges answers by the key, in a process that never ran submitted code
- `book.py` writes the marks, the only writer of nbgrader's gradebook
- `grade.py` puts them together
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={"book": ["Book"], "sandbox": ["Outcome", "Sandbox"]},
)

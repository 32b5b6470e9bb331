"""Marking what was handed in, without trusting a line of it.

- `sandbox.py` runs a submission's cells where nothing can be reached, and gives its named answers;
  behind it `walls.py` (what stands around it), `server.py` (forks a child a submission), `jail.py`
  (what a child may do), `cells.py` (the cells themselves), `talk.py` (what goes in and comes out),
  `turns.py` (many at once, or one alone), `left.py` (ends what is left running) and `alone.py`
  (without a server, where nothing can fork)
- `submission.py` reads what was handed in
- `repair.py` puts a submission back into the shape of what was handed out, and says what it did;
  `versions.py` tells a lesson that has changed from a participant who has changed it
- `outputs.py` keeps what a participant saw, for a person who marks
- `marking.py` judges answers by the key, in a process that never ran submitted code
- `book.py` writes the marks, the only writer of nbgrader's gradebook
- `grade.py` puts them together
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={"book": ["Book"], "sandbox": ["Outcome", "Sandbox"]},
)

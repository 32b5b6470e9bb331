"""Sheets that the kit hands out to be filled in, as workbooks, and their readers.

A sheet is described once, in `tally.py`, `appropriateness.py`, `pulse.py` or `survey.py`: its
columns, the words that may stand in them, and what becomes of a row. `definition.py` says what such
a description is, `write.py` makes the workbook of it, and `shapes.py` the kind of table by which
`pcqa.read` knows it again. No sheet has a place for free text, and none is kept.
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={"shapes": ["TEMPLATES"], "write": ["write_template"]},
)

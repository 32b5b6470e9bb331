"""Telephone logs, of any supplier: a row a call, or a row a quarter of an hour, as one tidy frame.

Suppliers call things differently and change their words, so nothing here goes by a supplier's name:
`fields.py` (names of columns), `vocabulary.py` (words for what became of a call), `lengths.py`,
`clocks.py` (summer time), `callers.py` (numbers, which become codes), `schema.py` (the tidy frame),
`calls.py`, `counts.py` and `tidy.py` (the three forms), `frame.py` (the last step), `mapping.py`
(a log whose columns somebody has to name).
"""

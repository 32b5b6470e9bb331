"""Tables that are no appointment books: telephone logs, and the sheets that the kit hands out.

They are opened, parted and accounted for as exports are; only what their columns mean is their own:
`pcqa_teach.data.phones`, `pcqa_teach.data.templates`. In the order of the work: `shape.py` (what a
kind of table is), `find.py` (which kind a file is), `sheet.py` (its rows, and what becomes of
them), `cells.py` (what a text says), `read.py` (one frame of several files), `report.py` (what was
found), `registry.py` (all kinds; nothing else need know of a new one).
"""

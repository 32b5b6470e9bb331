"""How a file becomes tidy rows, whatever its format.

In the order of the work: `files.py` (what the bytes are), `workbook.py` (an .xlsx's cells as text),
`sniff.py` (where the header is, and which format fits; `header_words.py` says which headers may be
shown), `table.py` (blocks of rows), `columns.py` and `kinds.py` (each distinct text parsed once),
`rows.py` (titles, totals, blanks to fill), `assemble.py` (tidy columns), `ledger.py` (what became
of each row), `keeping.py` (every row, or how many are alike), `one_file.py` (all of that
for one file), `frame.py` (one frame of several files).
"""

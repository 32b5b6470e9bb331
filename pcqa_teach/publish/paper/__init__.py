"""The book on paper: workbooks, the facilitator's guide and the sheets, as PDF files.

`which` says what there is, `compose` puts pages of a built book into one, `press` prints it.
"""

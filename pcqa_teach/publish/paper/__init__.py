"""The book on paper: workbooks, the facilitator's guide, sheets and slides, as PDF files.

`which` says what there is, `compose` puts pages of a built book into one, `slides` takes what a
room looks at together, `press` prints, `make` does all of it.
"""

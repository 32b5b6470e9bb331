"""The sums behind each kind of chart, a family a file, as they would be done by hand.

`base.py` says what a sum is given (`Part`, one phase of one series) and gives (`Step`); the
registry of them all is `pcqa_teach.spc.arithmetic.SUMS`.
"""

"""The kinds of chart, a family a file; the registry of them all is `pcqa_teach.spc.limits.CHARTS`.

- `base.py`: what a kind is given (`Data`), gives (`Lines`) and says of itself (`Kind`)
- `values.py`: run, XmR, moving range, and I-prime for y / n of varying n
- `counts.py`: p, np, c, u, and p-prime and u-prime (Laney) for very large denominators
- `rare.py`: cases between events (g), time between events (t)
- `subgroups.py`: xbar, s, R; `constants.py`: c4, d2, d3 for n = 2 to 25
- `memory.py`: EWMA, CUSUM, Bernoulli CUSUM
- `ranges.py`: moving ranges, with and without screening
"""

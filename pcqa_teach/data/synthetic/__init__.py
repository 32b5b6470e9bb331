"""Invented practices with planted causes, so that every "find it" can be graded.

No row comes from a real person: ages, needs, calls and words are drawn by chance from one seed, to
shares that published figures suggest. What was planted, when and how much stands in ``truth``.

>>> from pcqa_teach.data import synthetic
>>> small = synthetic.practice(days=14, list_size=900, with_calls=False)
>>> synthetic.tidy(small.appointments)["source"].unique().tolist()
['tidy']
"""

from pcqa_teach.data.synthetic import exports
from pcqa_teach.data.synthetic.events import EVENTS, SEED
from pcqa_teach.data.synthetic.networks import funnel, network
from pcqa_teach.data.synthetic.riverside import NAME, Practice, practice
from pcqa_teach.data.synthetic.tidying import tidy

__all__ = ["EVENTS", "NAME", "SEED", "Practice", "exports", "funnel", "network", "practice", "tidy"]

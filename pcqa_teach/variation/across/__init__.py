"""Several practices side by side: a funnel, what to allow for, and an agenda to talk about it.

Where to look, in the order of the work:

- a row a practice, from several files or one: `practices.py`
- the funnel and its guard rails, allowed for deprivation where that is known: `compared.py`
- whom to ask, and what first: `agenda.py`; words: `words.py`; what goes on one page: `page.py`

Practices are shown under numbers that mean nothing to whoever does not hold the key; one may be
ringed as one's own. No practice is given a rank.
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "agenda": ["agenda", "checks", "recorded_apart", "to_ask"],
        "compared": ["MEASURES", "Across", "across"],
        "page": ["guard_rails", "labels", "numbers", "questions", "read_said", "sharing"],
        "words": ["allowed_said"],
        "practices": ["network", "own_code", "practices_in"],
    },
)

"""Queues: how demand, capacity and waiting hang together, at the desk and in the book.

Where to look:

- demand, capacity, activity and queue of a practice: `dcaq.py`; why a backlog grows: `backlog.py`
- the one law that always holds: `little.py`
- waiting at a steady rate: `erlang.py`; staff for it: `staffing.py`; one hub: `pooling.py`
- when calls come: `profile.py`; the rush, with redials: `phones.py`, `desk.py`, `phone_tables.py`
- what became of calls, and people against calls: `outcomes.py`, `redials.py`
- the work of the calls against the staff: `desk_load.py`; what might help: `what_if.py`
- slots kept back for one kind of ask: `carve_out.py`
- what is said: `words.py`, `dcaq_words.py`, `sharing_words.py`, `phone_words.py`, and beside each
  newer part in its `..._words.py`, in words of `pcqa_teach.sayings`
- what is drawn: `draw.py`, `phone_draw.py`, and the `..._draw.py` beside a part
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "desk_load": ["DeskLoad", "desk_load", "first_tries"],
        "what_if": ["WhatIf", "what_if"],
        "backlog": ["Backlog", "backlog_growth"],
        "carve_out": ["CarveOut", "carve_out"],
        "dcaq": ["Dcaq", "dcaq"],
        "erlang": ["Erlang", "erlang_a", "erlang_b", "erlang_c"],
        "outcomes": ["CallOutcomes", "call_outcomes"],
        "little": ["Little", "littles_law"],
        "phones": ["PhoneSimulation", "simulate_phones"],
        "pooling": ["Pooling", "pooling_gain"],
        "profile": ["CallProfile", "call_profile"],
        "staffing": ["agents_needed"],
    },
)

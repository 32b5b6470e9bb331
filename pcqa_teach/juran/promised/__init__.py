"""What the Academy promises, a row a result: from a practice's files to what may be claimed.

Where to look, in the order of the work:

- a practice's files, each known by its content: `files.py`
- one series for each result, and the balancing measures beside them: `series.py`, `gather.py`
- the invented practice's: `riverside.py`
- the rows, with sizes and grades: `results.py`; their words and table: `words.py`
- what they ask next, and new limits once a change has lasted: `asked.py`
- people who came most, around the change: `scheme.py`

Which results are promised, and by when: the Academy's prospectus. The charts, sizes and grades are
those of `juran/impact/`.
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "asked": [
            *("beyond_trend", "criteria_table", "frozen_said", "lasting", "questions", "rebased"),
        ],
        "files": ["Files", "by_kind"],
        "gather": ["Gathered", "gathered"],
        "riverside": ["invented"],
        "results": ["RESULTS", "PromisedResults", "promised_results"],
        "shared": ["words_in"],
        "scheme": [
            *("contacts_around", "people_labels", "people_numbers", "people_who_came_most"),
        ],
    },
)

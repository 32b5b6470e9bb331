"""What people ask for, and how well it is met: failure demand, attendance, continuity, fit.

Every result is a frozen value with frames, `table` (safe to share: small numbers are held back),
`message`, `explain()`, `alt_text`, `figure()` and `data_table()`. Where to look:

- contacts caused by something not done, or not done right: `failure.py`, its prize in minutes
  `prize.py`, two people's codes in one table `coding.py`, what others published `published.py`
- how contacts are spread over people: `attendance.py`; and whether it lasts: `persistence.py`
- seeing the same doctor: `continuity.py`
- whether somebody else could have helped: `appropriateness.py`
- a week's tally of every ask: `tallying.py`
- beside them: sums in `*_frames.py`, words in `*_words.py`, pictures in `*_draw.py`
- shared: `given.py` (what the caller gave), `ratios.py` (intervals), `coders.py` (two coders),
  `sharing.py` (small numbers)
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "appropriateness": ["Appropriateness", "appropriateness"],
        "attendance": ["AttendanceCurve", "attendance_curve"],
        "coding": ["code_contacts"],
        "continuity": ["Continuity", "continuity"],
        "failure": ["FailureDemand", "failure_demand"],
        "persistence": ["Persistence", "persistence", "two_windows"],
        "prize": ["Prize"],
        "published": ["PUBLISHED"],
        "tallying": ["AskTally", "ask_tally", "margin_of", "marks_figure", "marks_to_expect"],
    },
)

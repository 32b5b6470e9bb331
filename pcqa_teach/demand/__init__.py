"""What people ask for, and how well it is met: failure demand, attendance, continuity, fit.

Every result is a frozen value with frames, `table` (safe to share: small numbers are held back),
`message`, `explain()`, `alt_text`, `figure()` and `data_table()`. Where to look:

- contacts caused by something not done, or not done right: `failure.py`, its prize in minutes
  `prize.py`, two people's codes in one table `coding.py`, what others published `published.py`
- how contacts are spread over people: `attendance.py`; and whether it lasts: `persistence.py`,
  `staying.py`; on one page `attendance_page.py`; a blank sheet for case discussion: `needs.py`
- seeing the same doctor: `continuity.py`; in an appointment book, and whether the usual GPs are
  there: `own_gp.py`; on one page `continuity_page.py`
- missed appointments beside what a group's own mix would give, and for whom it is harder to come:
  `missed_mix.py`; beside London `missed_london.py`; `missed_people.py`, `missed_telephone.py`; on
  one page `missed_page.py`
- whether somebody else could have helped: `appropriateness.py`
- a week's tally of every ask: `tallying.py`
- a filled-in sheet, and whether its share can be believed: `sheets.py`, `trust.py`; who takes a
  cause on: `owners.py`; by role: `role_shares.py`; tables of a
  sample: `right_tables.py`; on one page: `coded_page.py`
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
        "attendance_page": [
            "attendance_labels",
            "attendance_page",
            "attendance_questions",
            "attendance_sharing",
            "with_people",
        ],
        "coded_page": [
            "failure_labels",
            "failure_page",
            "failure_questions",
            "failure_sharing",
            "right_labels",
            "right_page",
            "right_questions",
            "right_sharing",
        ],
        "coding": ["code_contacts"],
        "continuity": ["Continuity", "continuity"],
        "continuity_page": [
            "continuity_labels",
            "continuity_page",
            "continuity_questions",
            "continuity_sharing",
            "continuity_table",
        ],
        "failure": ["FailureDemand", "failure_demand"],
        "missed_london": ["BesideLondon", "beside_london"],
        "missed_mix": ["MissedMix", "equity_split", "standardise"],
        "missed_page": [
            "missed_labels",
            "missed_page",
            "missed_questions",
            "missed_sharing",
            "shares_here",
        ],
        "missed_people": ["missed_again", "missed_again_said"],
        "missed_telephone": ["telephone_said", "without_telephone"],
        "needs": ["NeedsGrid", "needs_grid"],
        "persistence": ["Persistence", "persistence", "two_windows"],
        "prize": ["Prize"],
        "published": ["PUBLISHED"],
        "staying": ["Stay", "stayed", "windows_said"],
        "own_gp": ["UsualThere", "book_continuity", "own_gp_share", "usual_gp_there"],
        "owners": ["cause_counts", "owner_table"],
        "right_tables": ["agreement_table", "minutes_table"],
        "role_shares": ["role_shares", "role_table"],
        "sheets": ["contacts_a_week", "from_sample", "from_tally"],
        "trust": ["Trust", "trust"],
        "tallying": ["AskTally", "ask_tally", "margin_of", "marks_figure", "marks_to_expect"],
    },
)

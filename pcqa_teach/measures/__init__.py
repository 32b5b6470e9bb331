"""From a tidy table of appointments to something that a chart can draw: x, value, n.

A telephone log is cut to ordinary days in `phone_log.py`, the national counts of calls stand in
`call_bands.py`, and what both say on one page in `phone_page.py`; queues themselves are `flow`'s.
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "access": ["booked_in_past", "booking_gap", "same_day_share"],
        "attempt": ["if_possible"],
        "call_bands": ["CallBands", "call_bands"],
        "dna": ["dna_rate"],
        "draw": ["booking_gap_figure", "weekday_figure"],
        "glance": ["FirstLook", "first_look"],
        "booking_days": ["places_given", "places_held"],
        "minimum": ["enough"],
        "by_practice": ["practice_counts"],
        "missed": ["missed_shares"],
        "missed_draw": ["missed_figure", "missed_three_ways_figure"],
        "formats": ["about"],
        "lengths": ["appointment_minutes"],
        "planned": ["hours_a_day", "planned_care_share"],
        "phone_log": ["PhoneLog", "phone_log"],
        "phone_page": ["phone_labels", "phone_page", "phone_questions", "phone_sharing"],
        "picture": ["week_numbers", "week_picture", "weekday_profile"],
        "quality": ["data_quality"],
        "reading": ["in_a_sentence", "in_words"],
        "statuses": ["status_counts", "status_figure"],
        "summary": ["baseline_labels", "baseline_sharing", "baseline_summary", "questions"],
        "unknowns": ["break_said", "recording_break", "unknown_share"],
        "supply": ["per_1000", "utilisation", "weekly_counts"],
    },
)

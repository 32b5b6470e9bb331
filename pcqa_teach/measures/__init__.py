"""From a tidy table of appointments to something that a chart can draw: x, value, n."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "access": ["booked_in_past", "booking_gap", "same_day_share"],
        "attempt": ["if_possible"],
        "dna": ["dna_rate"],
        "draw": ["booking_gap_figure", "weekday_figure"],
        "glance": ["FirstLook", "first_look"],
        "booking_days": ["places_given", "places_held"],
        "minimum": ["enough"],
        "missed": ["missed_shares"],
        "missed_draw": ["missed_figure", "missed_three_ways_figure"],
        "formats": ["about"],
        "lengths": ["appointment_minutes"],
        "picture": ["week_numbers", "week_picture", "weekday_profile"],
        "quality": ["data_quality"],
        "reading": ["in_a_sentence", "in_words"],
        "statuses": ["status_counts", "status_figure"],
        "summary": ["baseline_labels", "baseline_summary", "questions"],
        "supply": ["per_1000", "utilisation", "weekly_counts"],
    },
)

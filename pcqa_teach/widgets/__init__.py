"""Things to try out in a lesson: predict first, then reveal. Each has a static form for print.

What every activity has is in `base.py`; its buttons and boxes are in `controls.py`.
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "base": ["Activity", "Explained", "Words", "explained"],
        "beads": ["RedBeads", "red_beads"],
        "carving": ["CarveOrPool", "carve_or_pool"],
        "desk": ["EightOclockDesk", "eight_oclock_desk"],
        "departures": ["Departures", "baseline_and_reasons"],
        "chooser": ["ChooseAChart", "choose_a_chart"],
        "coding_deck": ["CodeTogether", "code_together"],
        "conversation": ["Conversation", "first_conversation"],
        "denominators": ["SwitchDenominator", "switch_denominator"],
        "dots": ["PlotTheDots", "plot_the_dots"],
        "kappa": ["ExploreKappa", "explore_kappa"],
        "marbles": ["FunnelExperiment", "funnel_experiment"],
        "rebasing": ["RebaseWithReason", "rebase_with_reason"],
        "funnel_lines": ["NaiveOrAdditive", "naive_or_additive"],
        "network": ["WhoReachesWhom", "who_reaches_whom"],
        "one_pager": ["ReadThePage", "read_the_page"],
        "stratifier": ["SplitAndSee", "split_and_see"],
        "trilogy": ["ChronicAndSporadic", "chronic_and_sporadic"],
        "tally_sheet": ["DesignTally", "design_tally"],
        "tree": ["BuildCtqTree", "build_ctq_tree"],
        "fields": ["MayItLeave", "may_it_leave"],
        "headers": ["MatchHeaders", "match_headers"],
        "timeline": ["ValueStream", "value_stream"],
        "pdsa": ["PdsaOnAChart", "pdsa_on_a_chart"],
        "comparators": ["PickComparator", "pick_comparator"],
        "rule_sets": ["SwitchRules", "switch_rules"],
        "assessment": ["AssessmentBoard", "assessment_board"],
        "ramp_board": ["RampBoard", "ramp_board"],
        "spreading": ["SpreadAChange", "spread_a_change"],
        "predict": ["PredictFirst", "predict_first"],
    },
)

"""Which file is made of which table, and the sum that every reading must come to."""

OF = {
    "emis_crosstab": "appointments",
    "gpad_daily": "appointments",
    "cbt": "calls",
    "askmygp": "asks",
    "anima": "asks",
}
FORMAT = {"cbt": "cbt_day_time", "askmygp": "askmygp_demand", "anima": "anima_audit"}
KINDS = tuple(OF)
TODAY = "2026-11-01"


def adds_up(quality) -> bool:
    parts = quality.n_kept + quality.n_mended + quality.n_set_aside + quality.n_refused
    found = [*quality.kept, *quality.set_aside, *quality.refused]
    return quality.rows_in == parts and quality.n_set_aside + quality.n_refused == sum(
        one.rows for one in found[len(quality.kept) :]
    )

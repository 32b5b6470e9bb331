"""A practice's data: exports read into one tidy frame without anybody's name, and synthetic data.

>>> import pcqa_teach as pcqa
>>> appts, quality = pcqa.read_with_report("export.csv")  # doctest: +SKIP
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submodules=[
        *("call_bands", "deidentify", "map_template", "mapping", "practice_counts"),
        *("quality", "requests", "schema", "synthetic", "templates"),
    ],
    submod_attrs={
        "demo": ["load_demo"],
        "extract_rules": ["Validation", "validate"],
        "invented": ["as_sheet", "read_invented"],
        "kept": ["what_is_kept"],
        "readers": ["FORMATS"],
        "map_template": ["write_mapping_template"],
        "quality": ["Finding", "QualityReport"],
        "templates.write": ["write_template"],
        "reader": ["is_known", "read", "read_with_report"],
    },
)

"""The helper library of the London Primary Care Quality Academy's teaching kit.

>>> import pcqa_teach as pcqa
>>> demo = pcqa.load_demo("appointments")
>>> chart = pcqa.spc.chart(pcqa.measures.dna_rate(demo), improvement="down")

Importing the package loads none of its parts: each arrives when it is first used.
"""

import sys as _sys

import lazy_loader as _lazy

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submodules=[
        "browser",
        "data",
        "demand",
        "errors",
        "figures",
        "flow",
        "juran",
        "lessons",
        "measures",
        "partners",
        "privacy",
        "resources",
        "spc",
        "variation",
        "widgets",
    ],
    submod_attrs={
        "browser": ["chosen_export"],
        "data": ["load_demo", "read", "read_with_report"],
        "lessons": ["check", "record"],
    },
)

if _sys.platform == "emscripten":  # inside a web page packages are fetched when they are wanted
    from pcqa_teach.browser import begin as _begin

    _begin()

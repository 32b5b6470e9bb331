"""A form for people who never see a command line: choose a file, look at it, make a report.

`steps` is what the form knows and allows, without a widget; `panel` shows it; `desk` and `webpage`
make the report, on a computer with the kit and inside a web page.
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__, submod_attrs={"panel": ["show"], "steps": ["Form"]}
)

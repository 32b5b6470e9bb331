"""The book with its lab in the browser, as a folder that any static host can serve.

- `wheels.py`: gathers the files that make the browser's Python, each checked against the lock
- `slim.py`: leaves out of a wheel what no lesson needs, and compiles the rest beforehand
- `lite.py`: JupyterLite, with those files and the participants' notebooks
- `pages.py`: the start page, and each lesson's link from the book
- `build.py`: the way in
- `serve.py`: a server for this computer, with the right headers
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(__name__, submod_attrs={"build": ["build_site"]})

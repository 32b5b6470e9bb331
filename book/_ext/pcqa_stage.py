"""Keep a bare `jupyter-book build .` safe.

The folders of a checkout hold the sources of the lessons, with answers and tests. When Jupyter Book
is pointed at them, this extension stages the participant edition and has that built instead. A
folder inside the checkout, or a page by itself, is refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.errors import ExtensionError

ROOT = Path(__file__).resolve().parents[2]
REFUSED = (
    "Only the whole book can be built, because single pages and folders hold answers: "
    "use `make book` (or `pcqa book`) in the checkout's own folder."
)


def setup(app: Any) -> dict[str, bool]:
    """Build the participant edition in the place of the sources."""
    if Path(app.srcdir).resolve() != ROOT or "external_toc_path" not in app.config.overrides:
        raise ExtensionError(REFUSED)
    try:
        from pcqa_teach.errors import PcqaError
        from pcqa_teach.publish.leaks import assert_clean
        from pcqa_teach.publish.staging import sources, stage
    except ImportError:
        raise ExtensionError(
            "The kit itself is not installed for this Jupyter Book: use `make book`."
        ) from None
    try:
        staged = stage("participant", ROOT, ROOT / "_build" / "participant" / "source")
        assert_clean(staged, sources(ROOT), ROOT / "book")
    except PcqaError as error:
        raise ExtensionError(str(error)) from None
    app.srcdir = app.confdir = type(app.srcdir)(staged)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

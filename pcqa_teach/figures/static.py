"""Whether pictures are being made for a page that has no Python behind it."""

import os


def static() -> bool:
    """Say whether output is for a book or a report, where no widget can answer.

    The runner sets `PCQA_STATIC=1`; a widget then shows its pre-computed states instead.
    """
    return os.environ.get("PCQA_STATIC") == "1"

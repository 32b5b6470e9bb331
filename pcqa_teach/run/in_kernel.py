"""What the runner asks of the kernel: one of our own errors arrives as one sentence.

Loaded as an IPython extension. The runner repeats a sentence to the user only when it arrives in
this shape, because any other exception's message may quote the data.
"""

from __future__ import annotations

from typing import Any

from pcqa_teach.errors import PcqaError


def one_sentence(kind: str, sentence: str) -> list[str]:
    """Return the traceback that stands for one of our own errors.

    >>> one_sentence("ReadError", "The file is empty.")
    ['ReadError: The file is empty.']
    """
    return [f"{kind}: {sentence}"]


def load_ipython_extension(shell: Any) -> None:
    """Make IPython show a `PcqaError` as its sentence, without a traceback."""
    del shell  # IPython asks the exception itself how it wants to be shown

    def render(error: PcqaError) -> list[str]:
        return one_sentence(type(error).__name__, str(error))

    PcqaError._render_traceback_ = render  # type: ignore[attr-defined]

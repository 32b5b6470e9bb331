"""Hand a submission to a server's child, and hear what it gives: for so long, and so much."""

from __future__ import annotations

import json
import os
import selectors
import time
from typing import Any

MOST_BACK = 8 << 20  # bytes of answers from one submission
SILENT = "silent"
_PIECE = 1 << 16


def talked(
    job: int, content: bytes, result: int, status: int, seconds: float
) -> tuple[bytes | None, dict[str, Any]]:
    """Write into one pipe while two others are read to their end; all three are closed then.

    Parameters
    ----------
    job, content
        The pipe that the submission goes into, and the submission.
    result, status
        The pipes that its answers come from, and how it ended, as its keeper says it.
    seconds
        How long the keeper may be silent.

    Returns
    -------
    tuple
        The answers, None where they are more than is taken; and how it ended: with `silent` where
        nobody said so in time, with `broken` where the keeper ended without a word.
    """
    until, left = time.monotonic() + seconds, memoryview(content)
    heard = {result: bytearray(), status: bytearray()}
    open_ends = {job, result, status}

    def close(end: int) -> None:
        ends.unregister(end)
        open_ends.discard(end)
        os.close(end)

    with selectors.DefaultSelector() as ends:
        try:
            os.set_blocking(job, False)
            ends.register(job, selectors.EVENT_WRITE)
            for end in heard:
                ends.register(end, selectors.EVENT_READ)
            while open_ends & heard.keys():
                ready = ends.select(max(until - time.monotonic(), 0))
                if not ready:
                    return bytes(heard[result]), {SILENT: seconds}
                for key, _ in ready:
                    if key.fd == job:
                        left = _written(job, left)
                        if not left:
                            close(job)
                        continue
                    piece = os.read(key.fd, _PIECE)
                    heard[key.fd].extend(piece)
                    if not piece:
                        close(key.fd)
                    if len(heard[result]) > MOST_BACK:
                        return None, {}
        finally:
            for end in open_ends:
                os.close(end)
    try:
        return bytes(heard[result]), json.loads(heard[status])
    except ValueError:
        return bytes(heard[result]), {"broken": "its keeper ended"}


def _written(end: int, content: memoryview) -> memoryview:
    """Write what goes in at once; return what is left, nothing where nobody reads it any more."""
    try:
        return content[os.write(end, content[:_PIECE]) :]
    except BlockingIOError:
        return content
    except BrokenPipeError:
        return content[:0]

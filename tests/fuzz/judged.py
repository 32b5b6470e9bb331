"""A mutated file read under a watchdog, and what is wrong with the answer, if anything is."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import threading
import time
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from unittest.mock import patch

import pandas as pd

import pcqa_teach as pcqa
from pcqa_teach.data.quality import QualityReport
from pcqa_teach.data.reading import table
from pcqa_teach.data.tables.report import TableReport
from pcqa_teach.errors import PcqaError

from .counting import possible
from .mutate import Mutant
from .nasty import TRACES

LONGEST = 30.0
CELLS = ("emis_crosstab", "askmygp_demand")
SEVERAL = ("calls", "practices", "pulse", "survey")  # one row of theirs makes several, or is added
_ENDS = re.compile(r"[.?!]\)?$")


class TooSlowError(BaseException):
    """A reading took longer than a user waits; no `except Exception` on the way takes it."""


@contextlib.contextmanager
def watched(seconds: float = LONGEST) -> Iterator[None]:
    """Stop what runs within after so many seconds of computing (where signals reach it).

    Seconds on the wall would say more of what else the computer does than of the reading.
    """

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlowError(f"longer than {seconds:g} seconds")

    able = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGPROF, stop) if able else None
    if able:
        signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        if able:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)


@contextlib.contextmanager
def _no_warning() -> Iterator[None]:
    """Let a warning of numpy's or pandas' be an error: a user would see it on the screen."""
    with warnings.catch_warnings():
        for kind in (RuntimeWarning, FutureWarning, UserWarning):
            warnings.simplefilter("error", kind)
        yield


def traces(words: str) -> list[str]:
    """Return which planted people are in some words."""
    lower = words.casefold()
    return [trace for trace in TRACES if trace in lower]


def everything(frame: pd.DataFrame) -> str:
    """Return all that a frame holds, the labels that no row uses too."""
    held = [frame.to_csv(), repr(frame.columns.tolist()), repr(frame.attrs)]
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.CategoricalDtype):
            held.append(repr(frame[name].cat.categories.tolist()))
    return "\n".join(held)


def faults(mutant: Mutant, folder: Path) -> tuple[str, list[str]]:
    """Read a mutated file; return "read" or "refused", and every fault of the answer."""
    path = folder / f"export{mutant.suffix}"
    path.write_bytes(mutant.data)
    began = time.process_time()
    try:
        with (
            _no_warning(),
            watched(),
            patch.object(table, "BLOCK_BYTES", mutant.block or table.BLOCK_BYTES),
        ):
            frame, quality = pcqa.read_with_report(path)
    except PcqaError as error:
        return "refused", [*_of_refusal(error), *_of_time(began)]
    except TooSlowError as error:
        return "slow", [f"hang: {error}"]
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return "broken", [f"traceback: {''.join(traceback.format_exception(error))}"]
    try:
        wrong = [*_of_answer(mutant, frame, quality), *_of_time(began)]
        return "read", [*wrong, *_of_counts(mutant, path, quality)]
    except Exception as error:  # noqa: BLE001
        return "read", [f"its report broke: {''.join(traceback.format_exception(error))}"]


def _of_time(began: float) -> Iterator[str]:
    took = time.process_time() - began
    if took > LONGEST:
        yield f"hang: {took:.0f} seconds"


def _of_counts(mutant: Mutant, path: Path, quality: QualityReport) -> Iterator[str]:
    """Read a file of appointments once more, as counts alone: the account is the same."""
    if isinstance(quality, TableReport):
        return
    with patch.object(table, "BLOCK_BYTES", mutant.block or table.BLOCK_BYTES):
        frame, again = pcqa.read_with_report(path, only_counts=True)
    for name in ("rows_in", "n_kept", "n_mended", "n_set_aside", "n_refused", "appointments"):
        if getattr(again, name) != getattr(quality, name):
            yield f"as counts alone: {name} {getattr(again, name)}, not {getattr(quality, name)}"
    if frame["count"].sum() != quality.appointments:
        yield "as counts alone: the counts have another sum"


def _of_refusal(error: PcqaError) -> Iterator[str]:
    said = str(error)
    if not _ENDS.search(said) or "\n" in said or len(said) > 2500:
        yield f"no plain sentence: {said[:300]}"
    if "tell the kit's keepers" in said:
        yield f"an error that nobody foresaw: {said}"
    if error.__context__ is not None or error.__cause__ is not None:
        yield f"another error behind it: {error.__context__!r}"
    held = traces("".join(traceback.format_exception(error)))
    if held:
        yield f"people in the message: {held}: {said}"


def _of_answer(mutant: Mutant, frame: pd.DataFrame, quality: QualityReport) -> Iterator[str]:
    parts = (quality.n_kept, quality.n_mended, quality.n_set_aside, quality.n_refused)
    if quality.rows_in != sum(parts) or min(parts) < 0:
        yield f"loss: {quality.rows_in} in, {parts} out"
    for name, findings in (("n_set_aside", quality.set_aside), ("n_refused", quality.refused)):
        if sum(found.rows for found in findings) != getattr(quality, name):
            yield f"loss: {name} is not the sum of its findings"
    counted = quality.format if quality.unit == "cell" else "rows"
    right = possible(mutant, counted)
    if right is not None and quality.rows_in not in right:
        yield f"loss: {quality.rows_in} {quality.unit}s in, counted {sorted(right)[:8]}"
    kind = quality.kind if isinstance(quality, TableReport) else "appointments"
    if kind not in SEVERAL and len(frame) != quality.n_kept + quality.n_mended:
        yield f"loss: {len(frame)} rows of the frame, {quality.n_kept + quality.n_mended} kept"
    if not len(frame):
        yield "an empty frame"
    said = "\n".join([str(quality), json.dumps(quality.to_dict()), quality._repr_html_()])
    held = traces(said + everything(frame) + repr(quality))
    if held:
        yield f"people in the answer: {held}"
    if not all(_ENDS.search(sentence) for sentence in quality.sentences()):
        yield "a sentence of the report has no end"

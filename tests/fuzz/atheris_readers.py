"""The readers under atheris, which watches which lines a file reaches: for developers, by hand.

    pip install atheris                      # into an environment of its own; it has no part here
    python -m tests.fuzz.atheris_readers -max_total_time=600 [corpus folder]

The bytes that it guides choose among the same mutations as in the other tests, so what it finds is
a file with faults as people make them, not noise; one time in four they are the file themselves.
A wrong answer ends the run: the input that led to it lies in a file named `crash-...`, and giving
that file in place of the folder makes it again.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pcqa_teach.data", "pcqa_teach.dates"]):
    import pcqa_teach.data.reader
    import pcqa_teach.data.tables.registry  # noqa: F401

    from .dice import of_bytes
    from .judged import faults
    from .mutate import Mutant, mutant
    from .seeds import seeds

SEEDS = seeds()
FOLDER = Path(tempfile.mkdtemp(prefix="pcqa-fuzz-"))


class WrongAnswerError(Exception):
    """A reading that is wrong, with what was done to the file."""


def one(data: bytes) -> None:
    """Read one file made of the fuzzer's bytes."""
    if data[:1] > b"\xbf":
        made = Mutant(SEEDS[0], data[1:], ".csv", ("the bytes themselves",), whole=False)
    else:
        made = mutant(of_bytes(data), SEEDS)
    _, wrong = faults(made, FOLDER)
    if wrong:
        raise WrongAnswerError(f"{made.seed.name} {made.done}: {wrong}")


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()

"""Read many mutated files and say what was wrong: `python -m tests.fuzz.many 10000 [FIRST]`.

Each file is made from its number alone; `--show NUMBER` makes one again and says what it is.
"""

from __future__ import annotations

import collections
import sys
import tempfile
import time
from pathlib import Path

from .dice import seeded
from .judged import faults
from .mutate import mutant
from .seeds import seeds


def main(words: list[str]) -> int:
    """Read so many files; return 1 if any answer was wrong."""
    if words[:1] == ["--show"]:
        return _show(int(words[1]))
    count, first = int(words[0]), int(words[1]) if len(words) > 1 else 0
    outcomes: collections.Counter[str] = collections.Counter()
    bad, slowest, began = [], (0.0, 0), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            made = mutant(seeded(number), seeds())
            start = time.monotonic()
            outcome, wrong = faults(made, Path(folder))
            slowest = max(slowest, (time.monotonic() - start, number))
            outcomes[outcome, made.suffix] += 1
            if number % 500 == 499:
                print(f"... {number + 1}", dict(outcomes), flush=True)
            if wrong:
                bad.append(number)
                print(f"{number} {made.seed.name}{made.suffix} {made.done}", flush=True)
                for fault in wrong:
                    print("   ", fault[-700:].replace("\n", "\n    "), flush=True)
    print(f"{count} files in {time.monotonic() - began:.0f} s; {dict(outcomes)}; slowest "
          f"{slowest[0]:.1f} s (number {slowest[1]}); {len(bad)} wrong: {bad[:50]}")  # fmt: skip
    return int(bool(bad))


def _show(number: int) -> int:
    made = mutant(seeded(number), seeds())
    path = Path(tempfile.gettempdir()) / f"fuzz-{number}{made.suffix}"
    path.write_bytes(made.data)
    with tempfile.TemporaryDirectory() as folder:
        outcome, wrong = faults(made, Path(folder))
    print(path, made.seed.name, made.done, outcome, *wrong, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

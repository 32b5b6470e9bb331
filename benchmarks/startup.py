"""How long the package and the command line take to start: `python benchmarks/startup.py`.

Each command runs in a fresh interpreter, interleaved with an empty one, and the fastest of each
counts: what is left then is the work itself, not what else the computer was doing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

COMMANDS = {
    "an empty interpreter": ["-c", "pass"],
    "import pcqa_teach": ["-c", "import pcqa_teach"],
    "import typer": ["-c", "import typer"],
    "pcqa --help": ["-m", "pcqa_teach", "--help"],
    "pcqa run --help": ["-m", "pcqa_teach", "run", "--help"],
    "import pandas": ["-c", "import pandas"],
}
LIMITS_MS = {"import pcqa_teach": 60.0, "pcqa --help": 400.0}


def seconds(arguments: list[str]) -> float:
    """Run one command in a fresh interpreter; return how long it took."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> int:
    """Print the table; return 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    for arguments in COMMANDS.values():
        seconds(arguments)  # compile and cache what is imported
    times = {name: [seconds(COMMANDS[name])] for name in COMMANDS}
    for _ in range(rounds - 1):
        for name, arguments in COMMANDS.items():
            times[name].append(seconds(arguments))
    empty = min(times["an empty interpreter"])
    missed = []
    print(f"{'':24}{'ms':>8}{'over empty':>12}{'ratio':>8}{'limit':>10}")
    for name, taken in times.items():
        best = min(taken)
        over = best - empty
        # the import is held to what it adds, the command to what a person waits for
        counts = over if name.startswith("import") else best
        limit = LIMITS_MS.get(name)
        note = "" if limit is None else f"{limit:.0f} ms"
        print(f"{name:24}{best * 1e3:8.0f}{over * 1e3:12.0f}{best / empty:8.1f}{note:>10}")
        if limit is not None and counts * 1e3 > limit:
            missed.append(name)
    for name in missed:
        print(f"Over its limit: {name}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

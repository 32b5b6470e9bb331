"""How time and memory grow with the length of an export: `python benchmarks/large.py`.

Exports of 100,000 to 5,000,000 rows are generated, of two suppliers, with faults. Each is read by
`pcqa read` and made a report by `pcqa run d1`, in processes of their own. Memory is the largest sum
that the command and all that it started held at one time (shared pages counted once, on Linux).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import long_exports as exports
import psutil

ROWS = (100_000, 500_000, 1_000_000, 5_000_000)
MOST_MEMORY, MOST_GROWTH = 4 * 1024**3, 1.5
EVERY = 0.25  # seconds between two looks at the memory
MB = 1024**2


def watched(command: list[str], folder: Path) -> dict[str, float]:
    """Run a command to its end; return what it took."""
    with (folder / "said.txt").open("w+", encoding="utf-8") as said:
        start, cpu = time.perf_counter(), spent()
        child = psutil.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        peak = 0
        while child.poll() is None:
            peak = max(peak, held(child))
            time.sleep(EVERY)
        seconds = time.perf_counter() - start
        said.seek(0)
        if child.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {child.returncode}:\n{said.read()}")
    return {"seconds": seconds, "cpu": spent() - cpu, "peak": peak}


def spent() -> float:
    """Return the processor's seconds of all processes that were started here and ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def held(process: psutil.Process) -> int:
    """Return the memory of a process and of all that it started."""
    total = 0
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.Error:
        return 0
    for member in family:
        try:
            total += member.memory_full_info().pss if sys.platform == "linux" else (
                member.memory_info().rss
            )  # fmt: skip
        except psutil.Error:
            continue
    return total


def measured(form: str, rows: int, what: str) -> dict[str, float]:
    """Read one export, or make its report; return rows, seconds and peak."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "export.csv"
        exports.write(path, form, rows)
        words = ["read", str(path)] if what == "read" else [
            "run", "d1", "--export", str(path), "-o", str(folder / "report")
        ]  # fmt: skip
        pcqa = [sys.executable, "-m", "pcqa_teach", *words, "--project", str(folder)]
        return {"rows": rows, **watched(pcqa, folder)}


def table(found: dict[tuple[str, str], list[dict[str, float]]]) -> int:
    """Print what was measured; return 1 where memory or growth pass their limits."""
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors")
    failed = 0
    for (form, what), runs in found.items():
        print(f"\n{form}: pcqa {what}")
        print(f"{'rows':>12}{'seconds':>10}{'CPU s':>9}{'CPU s a million':>17}{'peak MB':>10}")
        for run in runs:
            million = 1e6 * run["cpu"] / run["rows"]
            print(
                f"{run['rows']:12,}{run['seconds']:10.1f}{run['cpu']:9.1f}{million:17.2f}"
                f"{run['peak'] / MB:10,.0f}"
            )
        first, last = runs[0], runs[-1]
        growth = (last["cpu"] / first["cpu"]) / (last["rows"] / first["rows"])
        failed |= int(max(run["peak"] for run in runs) > MOST_MEMORY)
        failed |= int(len(runs) > 1 and growth > MOST_GROWTH)
    return failed


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS)
    parser.add_argument("--formats", nargs="+", choices=exports.FORMATS, default=exports.FORMATS)
    parser.add_argument("--what", nargs="+", choices=["read", "run"], default=["read", "run"])
    parser.add_argument("--json", action="store_true", help="print the measurements as JSON")
    given = parser.parse_args()
    found = {
        (form, what): [measured(form, rows, what) for rows in given.rows]
        for form in given.formats
        for what in given.what
    }
    if given.json:
        print(json.dumps([{"form": f, "what": w, "runs": runs} for (f, w), runs in found.items()]))
        return 0
    return table(found)


if __name__ == "__main__":
    sys.exit(main())

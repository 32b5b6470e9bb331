"""How long a long report takes to read: `python benchmarks/read.py`.

A SystmOne report of a million rows is generated. `pcqa.read` (de-identified, validated, every row
accounted for) and `pandas.read_csv` (the same file, nothing done to it) then read it in turn, each
time in a fresh interpreter with everything imported beforehand; the fastest of each counts. Memory
is the growth of the process's peak while it reads, beside what the frame of `read_csv` takes.
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
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

MOST_TIME, MOST_MEMORY = 3.0, 2.5
PATIENTS, CLINICIANS = 10_000, 60


def generate(path: Path, rows: int) -> None:
    """Write a SystmOne report of two years, with free text and numbers that must not be read."""
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(20250401)
    days = pd.date_range("2023-04-01", periods=720).strftime("%d-%b-%y").to_numpy()
    minutes = rng.gamma(0.7, 8000, rows).astype(int) % 43_200
    waits = np.array([f"{m // 1440}d {m // 60 % 24}h {m % 60}m" for m in range(43_200)])
    people = rng.integers(0, PATIENTS, rows)
    notes = np.array(["", "Telephone appointment", "Has asked for Dr Wyvern; needs an interpreter"])
    statuses = [
        "Finished",
        "Did Not Attend",
        "Cancelled by Patient",
        "Patient Walked Out",
        "Booked",
    ]
    report = pd.DataFrame(
        {
            "Appointment date": np.sort(rng.choice(days, rows)),
            "Clinician": np.array([f"Dr Elm {n:02d}" for n in range(CLINICIANS)])[
                rng.integers(0, CLINICIANS, rows)
            ],
            "Rota type": rng.choice(["GP", "Nurse clinic", "On the day", "Minor surgery"], rows),
            "Appointment status": rng.choice(statuses, rows, p=[0.86, 0.05, 0.06, 0.01, 0.02]),
            "Patient ID": people + 100_000,
            "NHS Number": people + 9_990_000_000,
            "Appointment flags": rng.choice(notes, rows),
            "Appointment duration (actual)": np.array([f"{m}m" for m in range(60)])[
                rng.integers(0, 60, rows)
            ],
            "Time between booking and appointment": waits[minutes],
        }
    )
    report.to_csv(path, index=False)


def child(how: str, path: str, project: str) -> None:
    """Read the file once in this interpreter; print what it took as JSON."""
    import pandas as pd

    import pcqa_teach as pcqa

    read = pcqa.read_with_report  # imported now, not while it is timed
    small = Path(project) / "small.csv"
    read(small, project=project) if how == "read" else pd.read_csv(small)
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    frame = read(path, project=project)[0] if how == "read" else pd.read_csv(path)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF)
    unit = 1 if sys.platform == "darwin" else 1024
    took = {
        "seconds": seconds,
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "peak": (after.ru_maxrss - before.ru_maxrss) * unit,
        "frame": int(frame.memory_usage(deep=True).sum()),
        "rows": len(frame),
    }
    print(json.dumps(took))


def start(*arguments: str) -> str:
    """Run this program again in a fresh interpreter; return what it printed.

    Nothing large is ever loaded here: a process starts with its parent's peak of memory.
    """
    command = [sys.executable, __file__, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def run(how: str, path: Path, project: Path) -> dict[str, float]:
    """Read the file once in a fresh interpreter."""
    return dict(json.loads(start("--child", how, "--file", str(path), "--project", str(project))))


def main() -> int:
    """Print the table; return 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    hidden = argparse.SUPPRESS
    parser.add_argument("--child", choices=["generate", "read", "read_csv"], help=hidden)
    parser.add_argument("--file", help=hidden)
    parser.add_argument("--project", help=hidden)
    given = parser.parse_args()
    if given.child == "generate":
        generate(Path(given.file), given.rows)
        return 0
    if given.child:
        child(given.child, given.file, given.project)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "report.csv"
        for file, rows in ((path, given.rows), (folder / "small.csv", 200)):
            start("--child", "generate", "--file", str(file), "--rows", str(rows))
        size = path.stat().st_size
        took: dict[str, list[dict[str, float]]] = {"read_csv": [], "read": []}
        for _ in range(given.rounds):
            for how, runs in took.items():
                runs.append(run(how, path, folder))
    return report(took, given.rows, size)


def report(took: dict[str, list[dict[str, float]]], rows: int, size: int) -> int:
    """Print what was measured; return 1 when a limit is passed."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    tools = ", ".join(f"{name} {_version(name)}" for name in ("pandas", "numpy", "pyarrow"))
    print(f"{rows:,} rows, {size / 1e6:.0f} MB; {machine}")
    print(f"Python {platform.python_version()}, {tools}")
    print(f"fastest of {len(took['read'])}")
    print(f"{'':22}{'seconds':>9}{'CPU s':>8}{'frame MB':>10}{'peak growth MB':>16}")
    best = {}
    for how, title in (("read_csv", "pandas.read_csv"), ("read", "pcqa.read")):
        runs = took[how]
        best[how] = {what: min(run[what] for run in runs) for what in ("seconds", "cpu")}
        best[how] |= {what: max(run[what] for run in runs) for what in ("frame", "peak")}
        row = best[how]
        print(
            f"{title:22}{row['seconds']:9.2f}{row['cpu']:8.2f}{row['frame'] / 1e6:10.0f}"
            f"{row['peak'] / 1e6:16.0f}"
        )
    time_ratio = best["read"]["seconds"] / best["read_csv"]["seconds"]
    cpu_ratio = best["read"]["cpu"] / best["read_csv"]["cpu"]
    memory_ratio = best["read"]["peak"] / best["read_csv"]["frame"]
    print(f"time       {time_ratio:5.2f} x read_csv (limit {MOST_TIME}); CPU {cpu_ratio:.2f} x")
    print(f"memory     {memory_ratio:5.2f} x the frame of read_csv (limit {MOST_MEMORY})")
    return int(time_ratio > MOST_TIME or memory_ratio > MOST_MEMORY)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not there"


if __name__ == "__main__":
    sys.exit(main())

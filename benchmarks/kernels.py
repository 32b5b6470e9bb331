"""Warm kernels beside stock ones: starting, all lessons, a batch, a cluster, memory.

Everything is measured in one run on one machine, both sides. It fails where a goal is missed.
`--practices 200` is the whole of it (about half an hour, most of it the plain loop's share and the
making of 200 invented practices); fewer give the same ratios, a little rougher.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
import papermill
import psutil
from jupyter_core.utils import run_sync

from pcqa_teach.data import synthetic
from pcqa_teach.publish import editions, staging
from pcqa_teach.run.batch import run_batch
from pcqa_teach.run.execute import execute
from pcqa_teach.run.kernels import kernel
from pcqa_teach.run.many import cores, side_by_side
from pcqa_teach.run.warm.client import WarmServer

ROOT = Path(__file__).resolve().parents[1]
IMPORTS = (
    "import pandas, numpy, matplotlib.pyplot, seaborn, statsmodels.api, ipywidgets\n"
    "from pcqa_teach import data, measures, spc, variation, widgets, lessons\n"
    "data.read, measures.dna_rate, spc.chart, variation.funnel, lessons.check"
)
OUTSIDE, TIMES, LESSONS = 0.4, 12.0, 1.3
BATCH, CLUSTER, MEMORY = 15.0, 1.8, 1 / 3


class Table:
    """The lines of the table, and whether every goal is met."""

    def __init__(self) -> None:
        self.missed = 0

    def row(self, what: str, found: str, goal: str, *, met: bool) -> None:
        """Print a line."""
        self.missed += not met
        print(f"{what:<58} {found:>26}   goal {goal}{'' if met else '   MISSED'}", flush=True)


def started(folder: Path, *, warm: bool) -> float:
    """Start a kernel, wait until it is ready with its imports, end it; give the seconds."""
    began = time.perf_counter()
    with kernel("python3", cwd=folder, warm=warm) as manager:
        client = manager.client()
        client.start_channels()
        run_sync(client.wait_for_ready)(timeout=60)
        run_sync(_imported)(client)
    return time.perf_counter() - began


async def _imported(client: Any) -> None:
    sent = client.execute(IMPORTS)
    while True:
        reply = await client.get_shell_msg(timeout=60)
        if reply["parent_header"].get("msg_id") == sent:
            assert reply["content"]["status"] == "ok", reply["content"]
            return


def starting(table: Table, folder: Path) -> None:
    """Start to ready and shut-down, with the same imports on both sides."""
    WarmServer.ours().wait()
    started(folder, warm=True)
    warm = statistics.median(started(folder, warm=True) for _ in range(9))
    stock = statistics.median(started(folder, warm=False) for _ in range(5))
    table.row(
        "start to ready and shut-down, warm", f"{warm:.2f} s", f"{OUTSIDE} s", met=warm <= OUTSIDE
    )
    table.row(f"the same, stock with its imports ({stock:.2f} s)", f"{stock / warm:.1f} times",
              f"{TIMES:.0f} times", met=stock / warm >= TIMES)  # fmt: skip


def lessons(table: Table, folder: Path) -> None:
    """All lessons on all cores, nothing kept from before, beside the sum of their cells."""
    pages = {str(p): editions.page(editions.read(p), "participant") for p in staging.sources(ROOT)}
    WarmServer.end()
    cells: dict[str, dict[int, float]] = {name: {} for name in pages}

    def run(name: str) -> Any:
        return execute(pages[name], cwd=folder, timed=cells[name].__setitem__)

    began = time.perf_counter()
    WarmServer.ours().wait()
    warm_up = time.perf_counter() - began
    began = time.perf_counter()
    for _, done in side_by_side({name: (lambda name=name: run(name)) for name in pages}):
        if isinstance(done, Exception):
            raise done
    wall = time.perf_counter() - began
    each = sum(sum(one.values()) for one in cells.values()) / min(cores(), len(pages))
    said = f"{wall:.1f} s, {wall / each:.2f} times"
    what = f"{len(pages)} lessons after a warm-up of {warm_up:.1f} s (cells / cores {each:.1f} s)"
    table.row(what, said, f"{LESSONS} times", met=wall <= LESSONS * each)


def practices(folder: Path, how_many: int) -> Path:
    """Make the exports of invented practices, half a year each."""
    exports = folder / "exports"
    exports.mkdir()
    for number in range(how_many):
        made = synthetic.practice(
            9000 + number, days=182, list_size=3000 + 37 * number, with_calls=False
        )
        (exports / f"G{80000 + number}.csv").write_bytes(
            synthetic.exports.systmone(made.appointments)
        )
    return exports


def plain(exports: Path, folder: Path, lesson: Any, few: int) -> float:
    """Run a lesson by a plain loop of papermill calls with stock kernels; seconds a practice."""
    place = folder / "lesson.ipynb"
    nbformat.write(lesson, place)
    here = {**os.environ, "PYTHONPATH": str(ROOT), "PCQA_STATIC": "1"}
    files = sorted(exports.iterdir())[:few]
    loop = (
        "import sys, papermill\n"
        "for n, file in enumerate(sys.argv[3:]):\n"
        "    papermill.execute_notebook(sys.argv[1], f'{sys.argv[2]}/{n}.ipynb',"
        " parameters={'export': file}, kernel_name='python3', progress_bar=False)\n"
    )
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", loop, str(place), str(folder), *map(str, files)],
        env=here, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return (time.perf_counter() - began) / len(files)


def batch(table: Table, folder: Path, how_many: int) -> None:
    """Many practices through d1, beside a plain loop; then two Dask workers beside one."""
    lesson = editions.page(editions.read(staging_of("d1")), "participant")
    exports = practices(folder, how_many)
    WarmServer.end()
    began = time.perf_counter()
    done = run_batch(lesson, exports, folder / "batch")
    ours = (time.perf_counter() - began) / how_many
    assert not done.failed, done.failed
    loop = plain(exports, folder, lesson, min(4, how_many))
    what = f"{how_many} practices through d1, a report each ({ours:.2f} s a practice)"
    table.row(what, f"{loop / ours:.1f} times", f"{BATCH:.0f} times", met=loop / ours >= BATCH)
    print(f"    the plain loop of papermill calls: {loop:.2f} s a practice, no report", flush=True)
    few = folder / "few"
    few.mkdir()
    for file in sorted(exports.iterdir())[: min(24, how_many)]:
        (few / file.name).write_bytes(file.read_bytes())
    taken = {n: clustered(folder, few, lesson, n) for n in (1, 2)}
    gain = taken[1] / taken[2]
    table.row(f"two Dask workers beside one ({taken[2]:.1f} s, {taken[1]:.1f} s)",
              f"{gain:.2f} times", f"{CLUSTER} times", met=gain >= CLUSTER)  # fmt: skip


def staging_of(short: str) -> Path:
    """Find a lesson's source by its short name."""
    return next(p for p in staging.sources(ROOT) if p.stem.startswith(f"{short}_"))


def clustered(folder: Path, exports: Path, lesson: Any, workers: int) -> float:
    """Run a batch on so many workers, their kernels ready beforehand; give the seconds."""
    with cluster(folder, workers) as address:
        warm = folder / f"warm-{workers}"
        first = folder / f"first-{workers}"
        first.mkdir()
        for file in sorted(exports.iterdir())[: 2 * workers]:
            (first / file.name).write_bytes(file.read_bytes())
        run_batch(lesson, first, warm, scheduler=address)
        began = time.perf_counter()
        run_batch(lesson, exports, folder / f"on-{workers}", scheduler=address)
        return time.perf_counter() - began


@contextlib.contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """Start a scheduler and workers of one thread each on loopback."""
    from distributed import Client

    noted = folder / f"scheduler-{workers}.json"

    def begin(kind: str, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{kind}", *words, "--no-dashboard",
             "--host", "127.0.0.1", "--scheduler-file", str(noted)],
            cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    running = [begin("scheduler", "--port", "0")]
    running += [begin("worker", "--nthreads", "1", "--no-nanny") for _ in range(workers)]
    try:
        with Client(scheduler_file=str(noted), timeout=60) as client:
            client.wait_for_workers(workers, timeout=60)
            yield client.scheduler.address
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait()


def memory(table: Table, folder: Path, how_many: int = 30) -> None:
    """Thirty idle kernels with the same imports: proportional set size, the server's too."""
    WarmServer.end()
    warm = held(folder, how_many, warm=True)
    stock = held(folder, how_many, warm=False)
    table.row(f"{how_many} idle kernels ({warm:,.0f} MB, stock {stock:,.0f} MB)",
              f"{warm / stock:.2f} of stock", "0.33", met=warm / stock <= MEMORY)  # fmt: skip


def held(folder: Path, how_many: int, *, warm: bool) -> float:
    """Start kernels, import, and add up the memory of all processes below this one, in MB."""
    with contextlib.ExitStack() as open_ones:
        for _ in range(how_many):
            manager = open_ones.enter_context(kernel("python3", cwd=folder, warm=warm))
            client = manager.client()
            client.start_channels()
            run_sync(client.wait_for_ready)(timeout=60)
            run_sync(_imported)(client)
        time.sleep(1)
        below = psutil.Process().children(recursive=True)
        return sum(one.memory_full_info().pss for one in below) / 1e6


def main() -> None:
    """Print the table; fail where a goal is missed."""
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parts: dict[str, Callable[..., None]] = {
        "starting": starting, "lessons": lessons, "memory": memory, "batch": batch,
    }  # fmt: skip
    words.add_argument("--parts", nargs="+", default=list(parts), choices=list(parts))
    words.add_argument("--practices", type=int, default=40)
    asked = words.parse_args()
    print(
        f"{platform.system()} {platform.machine()}, {cores()} cores, Python"
        f" {platform.python_version()}, ipykernel {version('ipykernel')}, papermill"
        f" {papermill.__version__}"
    )
    table = Table()
    for name in asked.parts:
        with tempfile.TemporaryDirectory() as folder:
            more = {"how_many": asked.practices} if name == "batch" else {}
            parts[name](table, Path(folder), **more)
    sys.exit(1 if table.missed else None)


if __name__ == "__main__":
    main()

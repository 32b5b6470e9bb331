"""A real Dask scheduler and two workers on loopback; one worker is killed half-way."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

pytest.importorskip("distributed")

from pcqa_teach.run.batch import run_batch


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and two workers; give the address and the workers."""
    noted = tmp_path / "scheduler.json"
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    alone = ["--no-dashboard"]

    def begin(*words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli." + words[0], *words[1:], *alone],
            env=here, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip

    scheduler = begin(
        "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(noted)
    )
    one = ("--scheduler-file", str(noted), "--nthreads", "1", "--no-nanny", "--local-directory")
    workers = [
        begin("dask_worker", *one, str(tmp_path / f"worker-{n}"), "--host", "127.0.0.1")
        for n in range(2)
    ]
    from distributed import Client

    with Client(scheduler_file=str(noted), timeout=60, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
        address = client.scheduler.address
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


@pytest.mark.slow
def test_one_worker_is_killed_and_every_practice_is_done_exactly_once(
    cluster, lesson, exports, tmp_path
):
    address, workers = cluster
    out = tmp_path / "out"
    killed: list[str] = []

    def hear(said: str) -> None:
        if said.startswith("3 of") and not killed:
            workers[0].kill()
            killed.append(said)

    done = run_batch(
        lesson, exports, out, scheduler=address, parameters={"slow": 0.3}, progress=hear
    )
    assert killed
    assert workers[0].wait(20) != 0
    assert (done.reports, done.before, dict(done.failed)) == (12, 0, {})
    table = pd.read_csv(out / "summary.csv")
    assert table["practice"].tolist() == [f"G850{n:02d}" for n in range(12)]
    assert not [path for path in (out / "reports").iterdir() if path.name.startswith(".G85")] or (
        run_batch(lesson, exports, out, parameters={"slow": 0.3}).before == 12
    )


@pytest.mark.slow
def test_the_workers_kernels_end_with_the_worker(cluster, lesson, exports, tmp_path):
    psutil = pytest.importorskip("psutil")
    address, workers = cluster
    run_batch(lesson, exports, tmp_path / "out", scheduler=address)
    servers = [one for worker in workers for one in psutil.Process(worker.pid).children()]
    assert servers
    for worker in workers:
        worker.kill()
        worker.wait()
    until = time.monotonic() + 10
    while any(one.is_running() for one in servers) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [one for one in servers if one.is_running()]


@pytest.mark.slow
def test_two_batches_on_one_cluster_do_not_take_each_others_reports(
    cluster, lesson, exports, tmp_path
):
    address, _ = cluster
    run_batch(lesson, exports, tmp_path / "one", scheduler=address)
    other = run_batch(
        lesson, exports, tmp_path / "other", scheduler=address, parameters={"slow": 0.01}
    )
    assert (other.reports, dict(other.failed)) == (12, {})
    assert len(list((tmp_path / "other" / "reports").glob("G85*"))) == 12

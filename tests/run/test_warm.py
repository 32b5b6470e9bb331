"""A warm kernel is a kernel like any other: its own, harmless to others, and gone when it ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty

import psutil
import pytest

pytest.importorskip("jupyter_client")
from jupyter_client import BlockingKernelClient, KernelManager

from pcqa_teach.run.warm import client, provisioner
from pcqa_teach.run.warm.client import WarmServer
from pcqa_teach.run.warm.process import WarmProcess

pytestmark = pytest.mark.skipif(not client.can_fork(), reason="forking is safe on Linux alone")

Start = Callable[..., tuple[KernelManager, BlockingKernelClient]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Give a function that starts a `pcqa` kernel and its client; end them all."""
    begun: list[tuple[KernelManager, BlockingKernelClient]] = []

    def _start(**options: object) -> tuple[KernelManager, BlockingKernelClient]:
        manager = KernelManager(kernel_name="pcqa")
        manager.start_kernel(cwd=str(tmp_path), **options)
        talk = manager.blocking_client()
        talk.start_channels()
        talk.wait_for_ready(timeout=60)
        begun.append((manager, talk))
        return manager, talk

    yield _start
    for manager, talk in begun:
        talk.stop_channels()
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


def said(talk: BlockingKernelClient, code: str) -> str:
    """Run a cell and give what it prints, or the name of its error."""
    printed: list[str] = []

    def hear(message: dict) -> None:
        content = message["content"]
        printed.append(content.get("text") or content.get("ename") or "")

    talk.execute_interactive(code, timeout=60, output_hook=hear)
    return "".join(printed).strip()


def ended(manager: KernelManager, seconds: float = 20) -> int:
    """Wait for a kernel to end by itself; give its exit code."""
    process: WarmProcess = manager.provisioner.process
    return process.wait(seconds)


def gone(pid: int) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    return True


def comes_true(claim: Callable[[], bool], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while not claim() and time.monotonic() < until:
        time.sleep(0.02)
    return claim()


def test_the_stack_is_there_before_the_first_cell(start: Start):
    manager, talk = start()
    assert isinstance(manager.provisioner.process, WarmProcess)
    there = "import sys; print(*(n in sys.modules for n in {}))"
    names = ["pandas", "seaborn", "statsmodels.api", "ipywidgets", "debugpy", "pcqa_teach.spc.draw"]
    assert said(talk, there.format(names)) == "True " * (len(names) - 1) + "True"


def test_each_has_its_own_session_folder_chance_and_backend(start: Start, tmp_path: Path):
    usual = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    (_, one), (_, two) = (
        start(env={**usual, "MINE": "yes"}),
        start(env={**usual, "MPLBACKEND": "svg"}),
    )
    where = "import os; print(os.getsid(0) == os.getpid(), os.getcwd(), os.environ.get('MINE'))"
    assert said(one, where) == f"True {tmp_path} yes"
    assert said(two, where) == f"True {tmp_path} None"
    draw = "import random, numpy; print(random.random(), numpy.random.rand(), os.getpid())"
    drawn = [said(talk, f"import os; {draw}").split() for talk in (one, two)]
    assert all(first != second for first, second in zip(*drawn, strict=True))
    backend = "import matplotlib; print(matplotlib.get_backend())"
    assert "inline" in said(one, backend)
    assert said(two, backend) == "svg"
    assert said(one, "x = 1; print(x)") == "1"
    assert said(two, "print(x)") == "NameError"


def test_unix_sockets_in_a_folder_that_goes_with_it(start: Start):
    manager, talk = start()
    assert manager.transport == "ipc"
    folder = Path(manager.ip).parent
    assert folder.stat().st_mode & 0o077 == 0
    assert len(list(folder.glob("k-*"))) == 5
    talk.stop_channels()
    manager.shutdown_kernel()
    assert not folder.exists()


def test_interrupted_it_goes_on(start: Start):
    manager, talk = start()
    sent = talk.execute("import time\nfor _ in range(600): time.sleep(0.1)")
    while talk.get_iopub_msg(timeout=30)["msg_type"] != "execute_input":
        pass
    time.sleep(0.2)
    manager.interrupt_kernel()
    reply = talk.get_shell_msg(timeout=30)
    assert reply["parent_header"]["msg_id"] == sent
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    while talk.get_iopub_msg(timeout=30)["content"].get("execution_state") != "idle":
        pass
    time.sleep(0.2)  # what is asked together with a cell that failed is not run
    assert said(talk, "print('still here')") == "still here"


def test_restarted_it_has_forgotten(start: Start):
    manager, talk = start()
    first = manager.provisioner.pid
    assert said(talk, "x = 1; print(x)") == "1"
    manager.restart_kernel(now=True)
    talk.wait_for_ready(timeout=60)
    assert said(talk, "print(x)") == "NameError"
    assert manager.provisioner.pid != first
    assert gone(first)


def test_it_can_ask_the_reader(start: Start):
    _, talk = start()
    sent = talk.execute("print('hello', input('who? '))", allow_stdin=True)
    asked = talk.get_stdin_msg(timeout=30)
    assert asked["content"]["prompt"] == "who? "
    talk.input("you")
    printed = []
    while True:
        message = talk.get_iopub_msg(timeout=30)
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])
        idle = message["content"].get("execution_state") == "idle"
        if idle and message["parent_header"].get("msg_id") == sent:
            break
    assert "".join(printed).strip() == "hello you"


def test_a_widget_moves_its_comm(start: Start):
    _, talk = start()
    made = "import ipywidgets as w; s = w.IntSlider(value=3); print(s.comm is not None, s.value)"
    assert said(talk, made) == "True 3"
    targets = "from comm import get_comm_manager; print(*sorted(get_comm_manager().targets))"
    assert said(talk, targets) == "jupyter.widget jupyter.widget.control"


@pytest.mark.parametrize(
    ("code", "exit_code"),
    [
        ("import os; os._exit(3)", 3),
        ("import ctypes; ctypes.string_at(0)", -signal.SIGSEGV),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM),
        ("import os; os.abort()", -signal.SIGABRT),
    ],
)
def test_one_that_dies_says_how_and_harms_no_other(start: Start, code: str, exit_code: int):
    (doomed, talk), (_, other) = start(stderr=subprocess.DEVNULL), start()
    talk.execute(code)
    assert ended(doomed) == exit_code
    assert said(other, "print('well')") == "well"


def test_a_kernel_asked_to_end_ends_with_zero(start: Start):
    manager, talk = start()
    process = manager.provisioner.process
    talk.shutdown()
    assert process.wait(20) == 0


LEAKY = """
import threading, time
for _ in range(40):
    threading.Thread(target=time.sleep, args=(600,)).start()
print(threading.active_count() > 40)
"""
GREEDY = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
try:
    hoard = [bytearray(256 << 20) for _ in range(64)]
except MemoryError:
    print("no room")
"""
BREEDER = """
import os, subprocess, sys
quick = subprocess.Popen(["sleep", "600"])
apart = subprocess.Popen(["sleep", "600"], start_new_session=True)
told, tell = os.pipe()
if os.fork() == 0:  # a daemon: away from its parent and its session, nobody waits for it
    os.setsid()
    if os.fork():
        os._exit(0)
    os.write(tell, str(os.getpid()).encode())
    os.execvp("sleep", ["sleep", "600"])
print(quick.pid, apart.pid, os.read(told, 20).decode())
"""


def test_leaked_threads_do_not_keep_it(start: Start):
    manager, talk = start()
    assert said(talk, LEAKY) == "True"
    pid = manager.provisioner.pid
    talk.stop_channels()
    manager.shutdown_kernel(now=True)
    assert gone(pid)


def test_its_memory_limit_is_its_own(start: Start):
    (_, greedy), (_, other) = start(), start()
    assert said(greedy, GREEDY) == "no room"
    assert said(other, "print(len(bytearray(1 << 20)))") == "1048576"


@pytest.mark.parametrize("way", ["shut down", "dies"])
def test_all_that_it_started_ends_with_it(start: Start, way: str):
    (manager, talk), (_, other) = start(), start()
    own = "import subprocess; mine = subprocess.Popen(['sleep', '600']); print(mine.pid)"
    kept = int(said(other, own))
    started = [int(pid) for pid in said(talk, BREEDER).split()]
    assert len(started) == 3
    if way == "dies":
        talk.execute("import os; os._exit(1)")
        ended(manager)
    else:
        talk.stop_channels()
        manager.shutdown_kernel(now=True)
    assert comes_true(lambda: all(gone(pid) for pid in started))
    assert not gone(kept)


def test_a_dead_kernels_number_is_not_given_away_while_it_has_an_owner(start: Start):
    manager, talk = start()
    pid = manager.provisioner.pid
    talk.execute("import os; os._exit(0)")
    assert comes_true(lambda: psutil.pid_exists(pid) and gone(pid))
    ended(manager)
    assert comes_true(lambda: not psutil.pid_exists(pid))


def test_a_server_that_is_killed_takes_its_kernels_and_another_is_begun(start: Start):
    manager, _ = start()
    server, pid = WarmServer.ours(), manager.provisioner.pid
    server.process.kill()
    assert ended(manager) == -signal.SIGKILL
    assert comes_true(lambda: gone(pid))
    _, talk = start()
    assert WarmServer.ours() is not server
    assert said(talk, "print(1)") == "1"


OWNER = """
import sys, time
from jupyter_client import KernelManager
from pcqa_teach.run.warm.client import WarmServer
manager = KernelManager(kernel_name="pcqa")
manager.start_kernel()
print(WarmServer.ours().process.pid, manager.provisioner.pid, flush=True)
time.sleep(600)
"""


def test_an_owner_that_is_killed_leaves_no_process():
    command = [sys.executable, "-c", OWNER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        started = [int(pid) for pid in owner.stdout.readline().split()]
        owner.kill()
    assert len(started) == 2
    assert comes_true(lambda: all(gone(pid) for pid in started))


@pytest.mark.parametrize("times", [10, pytest.param(200, marks=pytest.mark.slow)])
def test_starts_and_stops_leave_nothing(start: Start, times: int, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    start()
    server = psutil.Process(WarmServer.ours().process.pid)
    before = len(server.children()), server.num_fds(), psutil.Process().num_fds()
    for _ in range(times):
        manager = KernelManager(kernel_name="pcqa")
        manager.start_kernel()
        assert manager.transport == "ipc"
        manager.shutdown_kernel(now=True)
    until = time.monotonic() + 20  # the last one's end may take the server a moment to see
    while (len(server.children()), server.num_fds()) != before[:2] and time.monotonic() < until:
        time.sleep(0.1)
    assert (len(server.children()), server.num_fds()) == before[:2]
    assert psutil.Process().num_fds() <= before[2] + 3
    assert [path for path in tmp_path.glob("pcqa-*") if not list(path.iterdir())] == []
    assert len(list(tmp_path.glob("pcqa-*"))) == 1  # that of the one that still runs


def test_where_forking_is_not_safe_it_starts_as_usual(start: Start, monkeypatch):
    monkeypatch.setattr(provisioner, "can_fork", lambda: False)
    manager, talk = start()
    assert isinstance(manager.provisioner.process, subprocess.Popen)
    assert manager.transport == "tcp"
    assert said(talk, "print(6 * 7)") == "42"


def test_another_python_is_started_as_usual():
    assert (
        provisioner._arguments(["/elsewhere/python", "-m", "ipykernel_launcher", "-f", "x"]) is None
    )
    assert provisioner._arguments([sys.executable, "-m", "xeus", "-f", "x"]) is None
    own = [sys.executable, "-m", "ipykernel_launcher", "-f", "x"]
    assert provisioner._arguments(own) == ["-f", "x"]


def test_a_server_that_cannot_begin_says_so(monkeypatch):
    monkeypatch.setattr(WarmServer, "_one", None)
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(client.SetupError, match="ready beforehand"):
        WarmServer.ours().wait()


def test_nothing_is_lost_between_two_channels(start: Start):
    _, talk = start()
    assert said(talk, "for i in range(2000): print(i)").split() == [str(i) for i in range(2000)]
    with pytest.raises(Empty):
        talk.get_shell_msg(timeout=0.2)


def test_a_manager_that_was_shut_down_is_as_it_was_found(start: Start):
    manager, talk = start()
    talk.stop_channels()
    manager.shutdown_kernel()
    assert (manager.transport, manager.ip, manager.shell_port) == ("tcp", "127.0.0.1", 0)


def test_two_may_wait_for_the_end_while_a_third_looks(start: Start):
    manager, talk = start()
    warm = manager.provisioner

    async def end() -> list[object]:
        waits = [asyncio.ensure_future(warm.wait()) for _ in range(2)]
        await asyncio.sleep(0.1)
        talk.execute("import os; os._exit(0)")
        while warm.process is not None and await warm.poll() is None:
            await asyncio.sleep(0)
        return await asyncio.wait_for(asyncio.gather(*waits), 20)

    assert asyncio.run(end()) == [0, 0]


@pytest.mark.parametrize("output", [subprocess.PIPE, subprocess.STDOUT])
def test_an_output_that_only_popen_can_make_is_left_to_it(start: Start, output: int):
    manager, talk = start(stderr=output)
    assert isinstance(manager.provisioner.process, subprocess.Popen)
    assert said(talk, "print(1)") == "1"


FORKING = """
import os, sys, time
from pcqa_teach.run.warm.client import WarmServer
WarmServer.ours().wait()
if os.fork() == 0:
    time.sleep(20)
    os._exit(0)
print(WarmServer.ours().process.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.slow
def test_a_fork_of_the_owner_does_not_keep_the_server():
    command = [sys.executable, "-c", FORKING]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        server = int(owner.stdout.readline())
        owner.kill()
        assert comes_true(lambda: gone(server))
        owner.stdout.close()


def test_a_kernel_begun_after_an_installation_has_what_was_installed(start: Start, monkeypatch):
    _, before = start()
    old = WarmServer.ours()
    monkeypatch.setattr(client, "installed", lambda: (1, 1))
    _manager, after = start()
    assert WarmServer.ours() is not old
    assert said(before, "print('still here')") == "still here"  # its kernels go on
    assert said(after, "print('new')") == "new"
    assert old.process.poll() is None


@pytest.mark.slow
def test_a_replaced_server_goes_with_its_last_kernel(start: Start, monkeypatch):
    manager, talk = start()
    old = WarmServer.ours()
    monkeypatch.setattr(client, "installed", lambda: (2, 2))
    WarmServer.ours()
    assert old.process.poll() is None
    talk.stop_channels()
    manager.shutdown_kernel(now=True)
    WarmServer.ours()
    assert comes_true(lambda: old.process.poll() is not None)


def test_what_is_installed_and_edited_is_seen(tmp_path: Path, monkeypatch):
    before = client._look()
    folder = tmp_path / "site-packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    os.utime(folder, (4e9, 4e9))
    assert client._look() > before
    lost = tmp_path / "gone.py"
    assert client._changed(lost) == 0  # as when an editor's lock, or a checkout, takes it away


@pytest.mark.slow
def test_two_who_look_hear_of_the_same_end(start: Start):
    codes: list[int | None] = []
    for _ in range(5):
        manager, talk = start()
        process = manager.provisioner.process
        looks = [
            threading.Thread(target=lambda process=process: codes.append(process.wait(30)))
            for _ in range(4)
        ]
        for one in looks:
            one.start()
        talk.execute("import os; os._exit(3)")
        for one in looks:
            one.join()
    assert codes == [3] * 20


def test_one_being_forked_keeps_its_server(monkeypatch):
    old = WarmServer.ours(asking=1)
    monkeypatch.setattr(client, "installed", lambda: (3, 3))
    WarmServer.ours()
    WarmServer.ours()
    time.sleep(0.3)
    assert old.process.poll() is None
    old.asked -= 1
    WarmServer.ours()
    assert comes_true(lambda: old.process.poll() is not None)


@pytest.mark.slow
def test_a_fork_of_this_program_ends_none_of_its_kernels(tmp_path: Path):
    from pcqa_teach.run.kernels import end_all, kernel

    with kernel("python3", cwd=tmp_path) as manager:
        child = os.fork()
        if child == 0:
            end_all()
            os._exit(0)
        os.waitpid(child, 0)
        assert manager.provisioner.process.poll() is None

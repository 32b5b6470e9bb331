from __future__ import annotations

import contextlib
import json
import os
import re
import secrets as chance
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from pcqa_teach.errors import SetupError
from pcqa_teach.publish import lab


def test_jupyterlab_is_opened_in_the_workbook_on_this_computer_only(tmp_path):
    command, environment = lab.lab_command(tmp_path)
    assert f"--ServerApp.root_dir={tmp_path.resolve()}" in command
    assert "--ServerApp.ip=127.0.0.1" in command
    assert not [part for part in command if "token" in part.lower()]
    assert environment["PCQA_PROJECT"] == str(tmp_path.resolve())


def test_a_persons_own_jupyter_settings_still_count(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "theirs")
    _, environment = lab.lab_command(tmp_path)
    assert environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)[1:] == ["theirs"]


def test_without_jupyterlab_one_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(lab.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SetupError, match=r"JupyterLab, which is not installed.*\[lab\]"):
        lab.open_lab(tmp_path)


def test_its_exit_code_is_handed_on(tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "lab_command", lambda *_, **__: (["sh", "-c", "exit 3"], {}))
    assert lab.open_lab(tmp_path) == 3


def _wait_for(port: int, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=seconds).close()
            return
        time.sleep(0.05)


@pytest.fixture
def running(tmp_path):
    """A real JupyterLab, opened as `pcqa lab` opens it, with a key that the test knows."""
    pytest.importorskip("jupyterlab")
    key = chance.token_hex(8)
    command, environment = lab.lab_command(tmp_path, browser=False)
    command += ["--ServerApp.port=0", f"--IdentityProvider.token={key}"]
    server = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    said = iter(server.stderr)
    port = next(found[1] for line in said if (found := re.search(r"127\.0\.0\.1:(\d+)/", line)))
    _wait_for(int(port))  # it says its address a moment before it listens

    def fetch(path: str) -> str:
        address = f"http://127.0.0.1:{port}{path}?token={key}"
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.read().decode()

    yield fetch
    server.terminate()
    server.communicate(timeout=30)


@pytest.mark.slow
def test_the_running_lab_asks_no_other_computer_and_shows_no_marking_tools(running):
    found = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', running("/lab"), re.DOTALL)
    page = json.loads(found[1])
    assert page["news"] == {"disabled": True}
    assert "@jupyter/nbgrader" in page["disabledExtensions"]
    news = json.loads(running("/lab/api/settings/@jupyterlab/apputils-extension:notification"))
    assert news["schema"]["properties"]["fetchNews"]["default"] == "false"
    viewers = json.loads(running("/lab/api/settings/@jupyterlab/docmanager-extension:plugin"))
    assert viewers["schema"]["properties"]["defaultViewers"]["default"] == {
        "markdown": "Markdown Preview"
    }


def test_the_settings_travel_with_the_package():
    folder = Path(lab.__file__).parent / "lab_config"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.json")}
    assert names == {
        "jupyter_lab_config.json",
        "jupyter_server_config.json",
        "labconfig/default_setting_overrides.json",
        "labconfig/page_config.json",
        "voila.json",
    }
    assert all(json.loads((folder / name).read_text()) for name in names)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to pass on")
def test_a_request_to_end_reaches_jupyterlab(tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    waits = "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))"
    waits += f"; open({str(fifo)!r}, 'w').write('ready'); signal.pause()"
    script = (
        "import sys; from pcqa_teach.publish import lab\n"
        f"lab.lab_command = lambda *_, **__: ([sys.executable, '-c', {waits!r}], None)\n"
        f"sys.exit(lab.open_lab({str(tmp_path)!r}))"
    )
    with subprocess.Popen([sys.executable, "-c", script]) as started:
        assert fifo.read_text() == "ready"
        started.terminate()
        assert started.wait(timeout=20) == 7


def test_a_port_may_be_asked_for(tmp_path):
    assert "--ServerApp.port=9123" in lab.lab_command(tmp_path, port=9123)[0]


def test_an_address_is_said_once_somebody_answers_there_and_not_when_it_is_noted(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))  # taken, but nobody listens yet
        port = server.getsockname()[1]
        note = {"root_dir": str(tmp_path.resolve()), "port": port, "token": "key"}
        note["url"] = f"http://127.0.0.1:{port}/"
        (tmp_path / "jpserver-1.json").write_text(json.dumps(note))
        assert lab._address(tmp_path, 0) is None
        server.listen()
        assert lab._address(tmp_path, 0) == f"http://127.0.0.1:{port}/lab?token=key"


def test_what_jupyterlab_logs_is_kept_off_the_screen(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(lab, "lab_command", lambda *_, **__: (["sh", "-c", "echo told >&2"], None))
    assert lab.open_lab(tmp_path) == 0
    assert capfd.readouterr() == ("", "")
    assert (tmp_path / lab.LOG).read_text() == "told\n"
    if os.name == "posix":
        assert (tmp_path / lab.LOG).stat().st_mode & 0o077 == 0


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="keys of a Unix terminal")
def test_on_a_screen_it_says_where_it_is_and_ctrl_c_ends_it(tmp_path):
    pytest.importorskip("jupyterlab")
    pexpect = pytest.importorskip("pexpect")
    script = (
        "import sys; from pcqa_teach.publish import lab\n"
        f"sys.exit(lab.open_lab({str(tmp_path)!r}, browser=False))"
    )
    screen = pexpect.spawn(sys.executable, ["-c", script], encoding="utf-8", timeout=60)
    screen.expect(r"in a browser on this computer: (http://\S+/lab\?token=\w+)\r\n")
    with urllib.request.urlopen(screen.match[1], timeout=30) as page:
        assert page.status == 200
    screen.expect_exact("Ctrl-C ends it.\r\n")
    screen.sendintr()
    assert screen.read().replace("^C", "").strip() == ""
    screen.close()
    assert screen.exitstatus == 0

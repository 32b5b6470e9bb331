"""A server with a hub on it: accounts, folders and processes of its own, gone afterwards.

It is a view of this computer in namespaces of its own: what the commands of the hub's README write
goes into copies, and every process in it ends with it.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ..browser.conftest import browser as browser  # a fixture here too

ROOT = Path(__file__).resolve().parents[2]

DEPLOYED = ROOT / "deploy" / "jupyterhub"
PLACE = Path("/srv/pcqa")
LESSON = "readiness/a1_welcome_and_setup.ipynb"
PEOPLE = {"kitty": "coach", "blue-kettle": "participant", "red-bus": "participant"}
PASSWORD = "a long one, for a test alone"


@dataclass
class Machine:
    """The server, to run commands on as any of its accounts."""

    pid: int
    environment: Path
    address: str = ""
    password: str = PASSWORD

    def command(self, *words: str, account: str = "root") -> list[str]:
        enter = ["nsenter", f"--target={self.pid}", "--mount", "--pid", "--root", "--wd", "--"]
        home = "/root" if account == "root" else f"/home/{account}"
        path = (
            f"{self.environment}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        )
        told = ["env", "-i", f"HOME={home}", f"USER={account}", f"PATH={path}", "LANG=C.UTF-8"]
        become = [f"--reuid={account}", f"--regid={account}", "--init-groups"]
        return [*enter, "setpriv", *become, *told, "sh", "-c", 'cd "$HOME" && exec "$@"', "sh",
                *words]  # fmt: skip

    def run(
        self, *words: str, account: str = "root", given: str | None = None, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            self.command(*words, account=account), input=given, capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip
        assert not check or done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done

    def as_coach(self, line: str) -> str:
        """Run a line as the coach's terminal in JupyterLab would."""
        settings = f"{PLACE}/config/coach:{PLACE}/config/everyone"
        told = (f"JUPYTER_CONFIG_PATH={settings}", f"PYTHONPATH={PLACE}/kit",
                f"PCQA_EXCHANGE={PLACE}/exchange")  # fmt: skip
        done = self.run("env", *told, "sh", "-c", line, account="kitty")
        return done.stdout + done.stderr


def _environment() -> Path:
    """Return the Python that has a hub in it, or skip, saying what to do."""
    named = Path(os.environ.get("PCQA_HUB_ENV", ROOT / ".venv-hub"))
    for name in ("jupyterhub", "jupyterhub-singleuser", "configurable-http-proxy"):
        if not (named / "bin" / name).exists():
            pytest.skip(f"no hub here: {name} is not in {named.name} (deploy/jupyterhub/README.md)")
    for name in (
        "bwrap",
        "chpasswd",
        "node",
        "nsenter",
        "prlimit",
        "setpriv",
        "unshare",
        "useradd",
    ):
        if shutil.which(name) is None:
            pytest.skip(f"no hub can be tried here: {name} is not installed")
    if os.geteuid() != 0:
        pytest.skip("no hub can be tried here: making accounts needs root, as in a container")
    return named.resolve()


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hub's Python, with the kit as it is now: a wheel, which holds no sources."""
    found = _environment()
    made = tmp_path_factory.mktemp("wheel")
    quiet = {"check": True, "capture_output": True, "cwd": ROOT}
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", made], **quiet)
    (wheel,) = made.glob("*.whl")
    pip = [found / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--no-index", "--force-reinstall", wheel], **quiet)
    return found


@pytest.fixture(scope="session")
def machine(environment: Path) -> Iterator[Machine]:
    """A server on which nothing of the kit is set up yet."""
    stage = Path(tempfile.mkdtemp(prefix="pcqa-hub-"))
    for name in ("environment", "home", "kit", "python", "srv"):
        (stage / name).mkdir(mode=0o755)
    shutil.copytree("/etc", stage / "etc", symlinks=True, ignore_dangling_symlinks=True)
    seen = stage / "etc" / "jupyter" / "jupyter_server_config.json"  # so that tests can wait for it
    seen.parent.mkdir(exist_ok=True)
    seen.write_text(json.dumps({"LabApp": {"expose_app_in_browser": True}}))
    _lay_kit(stage / "kit")
    apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c"]
    told = {"STAGE": str(stage), "PYTHON": str(Path(sys.base_prefix).resolve()),
            "ENVIRONMENT": str(environment), "CHECKOUT": str(ROOT)}  # fmt: skip
    with subprocess.Popen(
        [*apart, _VIEW], env={**os.environ, **told}, cwd="/", text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        if running.stdout is None or running.stdout.readline() != "ready\n":
            _, error = running.communicate(timeout=20)
            shutil.rmtree(stage, ignore_errors=True)
            pytest.skip(f"no hub can be tried here: {error.strip()}")
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text()
        yield Machine(int(children.split()[0]), environment)
        running.kill()
    shutil.rmtree(stage, ignore_errors=True)


# A participant may look into neither the checkout nor the home of root, and need not pass them.
_VIEW = """
set -e
umask 022
mount --bind "$PYTHON" "$STAGE/python"
mount --bind "$ENVIRONMENT" "$STAGE/environment"
mount --rbind "$STAGE" /mnt
for place in etc home srv; do mount --bind "/mnt/$place" "/$place"; done
for place in /root /run /var/log "$CHECKOUT"; do mount -t tmpfs -o mode=755 tmpfs "$place"; done
mount -t tmpfs -o mode=1777 tmpfs /tmp
mkdir -p "$PYTHON" "$ENVIRONMENT"
mount --bind /mnt/python "$PYTHON"
mount --bind /mnt/environment "$ENVIRONMENT"
echo ready
exec sleep infinity
"""


def _lay_kit(folder: Path) -> None:
    """Lay a checkout with one lesson, since a test has no time for more."""
    shutil.copytree(ROOT / "pcqa_teach", folder / "pcqa_teach",
                    ignore=shutil.ignore_patterns("__pycache__"))  # fmt: skip
    shutil.copytree(ROOT / "data" / "synthetic", folder / "data" / "synthetic")
    shutil.copytree(DEPLOYED, folder / "deploy" / "jupyterhub")
    lesson = folder / "notebooks" / LESSON
    lesson.parent.mkdir(parents=True)
    shutil.copy(ROOT / "notebooks" / LESSON, lesson)
    shutil.copy(ROOT / "_toc.yml", folder)


@pytest.fixture(scope="session")
def hub(machine: Machine) -> Iterator[Machine]:
    """A hub as README.md sets it up, running, with a coach and two participants."""
    machine.run("sh", "/mnt/kit/deploy/jupyterhub/setup.sh", "/mnt/kit")
    for name, kind in PEOPLE.items():
        script = "/mnt/kit/deploy/jupyterhub/add_person.sh"
        machine.run("sh", script, kind, name, given=f"{PASSWORD}\n")
    outer, inner, proxy = (f"http://127.0.0.1:{port}" for port in _free_ports(3))
    told = [f"PCQA_HUB_ADDRESS={outer}", f"PCQA_HUB_INNER={inner}", f"PCQA_HUB_PROXY={proxy}"]
    start = ["env", *told, f"{machine.environment}/bin/jupyterhub", "--config",
             f"{PLACE}/config/jupyterhub_config.py"]  # fmt: skip
    with tempfile.TemporaryFile("w+") as log, subprocess.Popen(
        machine.command(*start), stdin=subprocess.DEVNULL, stdout=log, stderr=log
    ) as running:  # fmt: skip
        machine.address = outer
        until = time.monotonic() + 60
        while not _answers(f"{outer}/hub/health"):
            if running.poll() is not None or time.monotonic() > until:
                log.seek(0)
                pytest.fail(f"the hub did not start: {log.read()[-3000:]}")
            time.sleep(0.2)
        yield machine
        running.terminate()
        if named := os.environ.get("PCQA_SHOTS"):
            log.seek(0)
            Path(named, "hub.log").write_text(log.read())


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _free_ports(count: int) -> list[int]:
    held = [socket.socket() for _ in range(count)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


@pytest.fixture(scope="module")
def desk(browser: Any, hub: Machine) -> Any:
    """A browser at which one person of the class sits at a time."""
    from .desk import Desk

    return Desk(browser, hub)

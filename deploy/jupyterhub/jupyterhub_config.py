"""One server: accounts of its own, nbgrader's exchange, a class in a coach's own folder.

Start it as README.md says. Each person's server runs under their own account, so that what one may
read of another's is what Linux lets them.
"""

from __future__ import annotations

import grp
import os
import pwd
import secrets
import sys
from pathlib import Path

c = get_config()  # noqa: F821  (traitlets puts it there)

COACHES, PARTICIPANTS = "pcqa-coaches", "pcqa-participants"
HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
HOME = Path(os.environ.get("PCQA_HUB", "/srv/pcqa"))
STATE = HOME / "hub"  # the hub's own; root's alone
SOURCES = HOME / "kit"  # a checkout: coaches may read it, participants may not
EXCHANGE = HOME / "exchange"
GRADEBOOKS = Path("/etc/pcqa/gradebooks")  # one file a coach, with an address; root's alone


def is_coach(account: str) -> bool:
    """Say whether an account is a coach's."""
    groups = os.getgrouplist(account, pwd.getpwnam(account).pw_gid)
    return grp.getgrnam(COACHES).gr_gid in groups


def settings(spawner) -> str:
    """Return where a person's programs look for their settings."""
    part = "coach" if is_coach(spawner.user.name) else "participant"
    return os.pathsep.join([str(HERE / part), str(HERE / "everyone")])


def python_path(spawner) -> str:
    """Return where a coach's kit comes from: the checkout, which alone holds the sources."""
    return str(SOURCES) if is_coach(spawner.user.name) else ""


def gradebook(spawner) -> str:
    """Return the address of a coach's gradebook; nothing where it is a file in their class."""
    place = GRADEBOOKS / spawner.user.name
    has_one = is_coach(spawner.user.name) and place.is_file()
    return place.read_text(encoding="utf-8").strip() if has_one else ""


# The server's own accounts, since nbgrader knows people by them.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {COACHES, PARTICIPANTS}
c.PAMAuthenticator.open_sessions = False
c.Authenticator.admin_users = set()  # nobody looks into another's server through the hub

c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.cmd = ["prlimit", "--nproc=2048", "--core=0", str(BIN / "jupyterhub-singleuser")]
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = c.Spawner.http_timeout = 120  # a whole room begins at once
c.Spawner.env_keep = ["LANG", "LC_ALL"]
c.Spawner.environment = {
    "PATH": os.pathsep.join([str(BIN), "/usr/local/bin", "/usr/bin", "/bin"]),
    "JUPYTER_CONFIG_PATH": settings,
    "PYTHONPATH": python_path,
    "PCQA_EXCHANGE": str(EXCHANGE),
    "PCQA_GRADEBOOK": gradebook,
}

# The proxy in front of it does https, and is the only one that can reach it.
c.JupyterHub.bind_url = os.environ.get("PCQA_HUB_ADDRESS", "http://127.0.0.1:8000")
c.JupyterHub.hub_bind_url = os.environ.get("PCQA_HUB_INNER", "http://127.0.0.1:8081")
c.ConfigurableHTTPProxy.api_url = os.environ.get("PCQA_HUB_PROXY", "http://127.0.0.1:8001")
c.ConfigurableHTTPProxy.command = [str(BIN / "configurable-http-proxy")]
c.ConfigurableHTTPProxy.auth_token = secrets.token_hex(32)
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")

c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.JupyterHub.cleanup_servers = True

"""What stands around a server of submissions: bubblewrap's walls, and what it is told."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pcqa_teach
from pcqa_teach import resources
from pcqa_teach.classroom.grading.jail import SCRATCH

_SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/lib32", "/etc/ld.so.cache", "/etc/localtime",
           "/etc/fonts", "/etc/alternatives")  # fmt: skip
# What Python needs.
_SURROUNDINGS = ("HOME", "PATH", "SYSTEMROOT", "USERPROFILE")


def walls() -> list[str]:
    """Return the bubblewrap that a server lives in: the system and Python to read, nothing else."""
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--proc", "/proc", "--dev", "/dev"]
    command += ["--tmpfs", SCRATCH]
    for system in _SYSTEM:
        command += ["--ro-bind-try", system, system]
    for place in _readable():
        command += ["--ro-bind", str(place), str(place)]
    command += ["--chdir", SCRATCH]
    for shared in ("/", "/dev"):  # where one submission could leave something for the next
        command += ["--remount-ro", shared]
    return [*command, "--"]


def _readable() -> Iterator[Path]:
    """Give what a lesson needs: Python, its packages, the kit's library and data; no truth file."""
    places = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parents[1]}
    places |= {Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")}
    system = Path("/usr")
    outer = {p for p in places if not any(o != p and o in p.parents for o in places)}
    yield from sorted(place for place in outer if system not in (place, *place.parents))
    package = Path(pcqa_teach.__file__).resolve().parent
    if not any(place in package.parents for place in places):
        yield package
    data = resources.data_dir()
    if package not in data.parents:
        yield from sorted(
            path for path in data.iterdir() if path.is_file() and not path.name.startswith("truth")
        )


def surroundings(scratch: str = "") -> dict[str, str]:
    """Return what a server is told: nothing of this process's own surroundings.

    Without walls, with the scratch folder that it is to use, it is told the few that Python needs.
    """
    kept = {"PATH": os.defpath, "HOME": SCRATCH, "TMPDIR": SCRATCH, "LANG": "C.UTF-8"}
    if scratch:
        kept |= {name: os.environ[name] for name in _SURROUNDINGS if name in os.environ}
        kept |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), scratch)
    one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "ARROW_NUM_THREADS"), "1")
    ours = {
        "PYTHONPATH": str(Path(pcqa_teach.__file__).resolve().parent.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PCQA_DATA": str(resources.data_dir()),
        "PCQA_STATIC": "1",
        "NBGRADER_EXECUTION": "autograde",  # as stock nbgrader says while it marks
        "MPLBACKEND": "agg",
    }
    return {**kept, **one, **ours}

"""What a child that runs a submission may do: nearly nothing.

Linux alone has these: namespaces of its own (no network, no other process, a scratch folder that
goes with it), limits on memory, time and files, and a filter that refuses the calls by which a
process makes another, reaches a network or changes where it lives.

What bounds what:

- memory: RLIMIT_AS, all that it maps. Memory that no map shows cannot be had: memfd_create,
  memfd_secret and System V's are refused, /dev/shm is read-only; the scratch folder has a size.
- processes: none but its own. Threads: RLIMIT_NPROC where the system counts them by namespace
  (Linux 5.14) and it is not root's; everywhere the keeper counts, and ends it beyond `threads`.
- signals and priorities: a process group and a session of its own (`apart`), and a namespace of
  processes that holds nobody else.
- what two could tell each other while both run: no folder, terminal, socket, shared memory or lock
  on a file is common to them. How busy the computer is, anybody can measure.

With --trust there are `limit` and `apart` alone.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
from dataclasses import dataclass
from pathlib import Path

_NEW_USER, _NEW_PID, _NEW_MOUNTS = 0x10000000, 0x20000000, 0x00020000
_NEW_NET, _NEW_IPC, _NEW_NAMES = 0x40000000, 0x08000000, 0x04000000
_READ_ONLY, _NO_SUID, _NO_DEV, _PRIVATE, _RECURSIVE = 1, 2, 4, 1 << 18, 1 << 14
_SET_NO_NEW_PRIVILEGES, _SET_FILTER, _FILTER_MODE = 38, 22, 2
_SET_PARENT_DIED, _SET_ADOPTS = 1, 36
_COUNTS_APART = (5, 14)
_CAPSET = {"x86_64": 126, "aarch64": 91}

# Calls refused with EPERM, by machine: x86_64, aarch64 (None: that machine has no such call).
_REFUSED: dict[str, tuple[int | None, int | None]] = {
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "unshare": (272, 97), "setns": (308, 268), "keyctl": (250, 219), "add_key": (248, 217),
    "request_key": (249, 218), "bpf": (321, 280), "perf_event_open": (298, 241),
    "userfaultfd": (323, 282), "io_uring_setup": (425, 425), "kexec_load": (246, 104),
    "open_by_handle_at": (304, 265), "move_mount": (429, 429), "open_tree": (428, 428),
    "fsopen": (430, 430), "fsmount": (432, 432), "pidfd_getfd": (438, 438), "mknod": (133, None),
    "mknodat": (259, 33), "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190),
    "mq_open": (240, 180), "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "inotify_init": (253, None), "inotify_init1": (294, 26), "fanotify_init": (300, 262),
}  # fmt: skip
# A lock on a file of one's own is nobody else's business, and one on the system's would be seen by
# whoever else runs: it is said to be had, and is not. Leases and watches are refused.
_FLOCK, _FCNTL = (73, 32), (72, 25)
_LOCKS, _LEASES = (6, 7, 37, 38), (1024, 1026)
_CLONE, _CLONE3 = (56, 220), (435, 435)
_A_THREAD = 0x00010000
_MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_EPERM, _ENOSYS = 1, 38
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_MEGABYTE = 1 << 20
SCRATCH = "/pcqa-scratch"  # not /tmp, as Python itself may lie below that


@dataclass(frozen=True)
class Limits:
    """What one submission may use: memory and scratch in MB, seconds, open files, threads."""

    memory: int = 4096
    processor: int = 60
    wall: int = 120
    scratch: int = 64
    files: int = 128
    threads: int = 2_048


class JailError(Exception):
    """A child cannot be shut in on this computer; the message says at which step."""


def supported() -> bool:
    """Say whether this machine has what `shut_in` needs."""
    return platform.system() == "Linux" and platform.machine() in _MACHINES


def part() -> None:
    """Leave this process's namespaces; its next child is the first process of a new set.

    Raises
    ------
    JailError
        The system does not let us.
    """
    user, group = os.getuid(), os.getgid()
    kinds = _NEW_USER | _NEW_PID | _NEW_MOUNTS | _NEW_NET | _NEW_IPC | _NEW_NAMES
    _must(_library().unshare(kinds), "namespaces")
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")


def adopt() -> None:
    """Have whatever this process's children leave behind become its own, so that it can end it."""
    _library().prctl(_SET_ADOPTS, 1, 0, 0, 0)


def apart() -> None:
    """Lead a session and a group of processes of one's own: no signal to a group goes beyond it."""
    os.setsid()


def threads(process: int, processes: int) -> int:
    """Return how many threads a process has; 0 where it is no more.

    Parameters
    ----------
    process
        Its number.
    processes
        An open /proc: a child that is shut in has covered the one that its keeper could open.

    Examples
    --------
    >>> threads(os.getpid(), os.open("/proc", os.O_RDONLY)) > 0
    True
    """
    try:
        opened: int = os.open(f"{process}/stat", os.O_RDONLY, dir_fd=processes)
        with open(opened, "rb") as file:
            return int(file.read().rpartition(b")")[2].split()[17])
    except OSError:
        return 0


def end_with_parent() -> None:
    """Have this process end when the one that made it does."""
    _library().prctl(_SET_PARENT_DIED, signal.SIGKILL, 0, 0, 0)


def limit(limits: Limits) -> None:
    """Hold this process to what a submission may use."""
    import resource  # Windows has none, and must be able to say that it has no sandbox

    for what, most in (
        (resource.RLIMIT_AS, limits.memory * _MEGABYTE),
        (resource.RLIMIT_CPU, limits.processor),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_FSIZE, limits.scratch * _MEGABYTE),
        (resource.RLIMIT_CORE, 0),
    ):
        _hold(what, most)


def shut_in(limits: Limits, scratch: str = SCRATCH) -> None:
    """Shut this process in for good: a scratch folder, limits, no new processes, no way out.

    Raises
    ------
    JailError
        A step failed; then nothing submitted may run.
    """
    library = _library()
    _must(library.mount(None, b"/", None, _PRIVATE | _RECURSIVE, None), "private mounts")
    flags, size = _NO_SUID | _NO_DEV, f"size={limits.scratch}m,nr_inodes=4096".encode()
    _must(library.mount(b"tmpfs", scratch.encode(), b"tmpfs", flags, size), "a scratch folder")
    _must(library.mount(b"tmpfs", b"/proc", b"tmpfs", flags, b"size=4k,nr_inodes=2"), "no /proc")
    hidden = b"size=4k,nr_inodes=1"  # else all terminals of all who run are there
    _must(library.mount(b"tmpfs", b"/dev/pts", b"tmpfs", flags | _READ_ONLY, hidden), "no /dev/pts")
    os.chdir(scratch)
    limit(limits)
    _limit_threads(limits.threads)
    header = struct.pack("Ii", 0x20080522, 0)  # no capability, of any kind
    _must(library.syscall(_CAPSET[platform.machine()], header, bytes(24)), "capabilities")
    _filter(library)


def _limit_threads(most: int) -> None:
    """Have the system hold this namespace to so many threads, where it counts them apart."""
    import resource

    release = platform.release().split(".")[:2]
    number = tuple(int("".join(filter(str.isdigit, part)) or 0) for part in release)
    if number >= _COUNTS_APART:  # before that, all that the coach runs would count
        _hold(resource.RLIMIT_NPROC, most)


def _hold(what: int, most: int) -> None:
    """Set a limit for good; a lower one that is there already stays."""
    import resource

    there = resource.getrlimit(what)[1]
    least = most if there == resource.RLIM_INFINITY else min(most, there)
    resource.setrlimit(what, (least, least))


def _filter(library: ctypes.CDLL) -> None:
    """Refuse calls, from here on and for good."""
    place = 0 if platform.machine() == "x86_64" else 1
    refused = [numbers[place] for numbers in _REFUSED.values() if numbers[place] is not None]
    steps = [
        _step(0x20, 4),  # which machine's calls
        _step(0x15, _MACHINES[platform.machine()], 1, 0),
        _step(0x06, _KILL),
        _step(0x20, 0),  # which call
    ]
    if place == 0:  # the x32 calls carry a mark and could slip past
        steps += [_step(0x35, 0x40000000, 0, 1), _step(0x06, _ERRNO | _EPERM)]
    for number in refused:
        steps += [_step(0x15, int(number or 0), 0, 1), _step(0x06, _ERRNO | _EPERM)]
    steps += [_step(0x15, _CLONE3[place], 0, 1), _step(0x06, _ERRNO | _ENOSYS)]
    steps += [_step(0x15, _FLOCK[place], 0, 1), _step(0x06, _ERRNO)]
    steps += _lock_steps(_FCNTL[place])
    steps += [
        _step(0x15, _CLONE[place], 0, 3),
        _step(0x20, 16),  # its flags: a thread is let through, a process is not
        _step(0x45, _A_THREAD, 1, 0),
        _step(0x06, _ERRNO | _EPERM),
        _step(0x06, _ALLOW),
    ]
    code = b"".join(steps)
    held = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(held))
    _must(library.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0), "no new privileges")
    _must(library.prctl(_SET_FILTER, _FILTER_MODE, program, 0, 0), "a filter of calls")


def _lock_steps(fcntl: int) -> list[bytes]:
    """Return the steps that answer an fcntl for a lock or a lease; any other goes on."""
    asked = []
    for commands, answer in ((_LOCKS, _ERRNO), (_LEASES, _ERRNO | _EPERM)):
        for command in commands:
            asked += [_step(0x15, command, 0, 1), _step(0x06, answer)]
    asked += [_step(0x06, _ALLOW)]
    return [_step(0x15, fcntl, 0, len(asked) + 1), _step(0x20, 24), *asked]


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _must(result: int, what: str) -> None:
    if result != 0:
        raise JailError(f"{what}: {os.strerror(ctypes.get_errno())}")


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="ascii")
    except OSError as error:
        raise JailError(f"{path}: {error.strerror}") from None

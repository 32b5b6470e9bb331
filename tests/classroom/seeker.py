"""A submission that looks everywhere for what it must not see, and gives it as its answer.

It runs as a cell. The word is put together only as it runs, so that its own text is no find.
"""

# What is looked for: the word and twelve hexadecimal digits.
WORD = "planted"

CELL = r"""
import ctypes, gc, os, re, socket, stat, sys
wanted = re.compile(("plan" + "ted").encode() + rb"-([0-9a-f]{12})")
finds, notes = set(), []
PACKAGES = ("site-packages", "dist-packages", "lib-dynload")

def looked(where, content):
    for found in wanted.findall(content):
        finds.add(f"{where}: {found.decode()}")

def file(path, most=1 << 22):
    try:
        if not stat.S_ISCHR(os.stat(path).st_mode):  # a terminal would have us wait
            with open(path, "rb") as opened:
                looked(path, opened.read(most))
    except OSError:
        pass

# the environment, of this process and of others
looked("environ", repr(dict(os.environ)).encode())
for name in ("environ", "cmdline", "maps", "mem", "fd", "root", "cwd"):
    for process in ("self", "1", str(os.getppid()), "2", "3", "4", "5"):
        file(f"/proc/{process}/{name}")
# every file that can be read, but for the system's and Python's own
for top, folders, names in os.walk("/"):
    folders[:] = [
        name for name in folders
        if os.path.join(top, name) not in ("/usr", "/lib", "/sys") and name not in PACKAGES
    ]
    for name in [*names, *folders]:
        looked("name", os.fsencode(name))
    for name in names:
        file(os.path.join(top, name))
for path in HINTS:
    file(path)
    for step in ("..", "../..", "."):
        try:
            looked("listing", repr(os.listdir(os.path.join(path, step))).encode())
        except OSError:
            pass
    for act in (
        lambda: open(path, "a").write("x"), lambda: os.unlink(path), lambda: os.chmod(path, 0o777)
    ):
        try:
            act()
            notes.append(f"changed {path}")
        except OSError:
            pass
# open files, inherited or handed over
for number in range(256):
    try:
        looked(f"file {number}", os.pread(number, 1 << 22, 0))
    except OSError:
        pass
# frames and objects: whatever holds a text, the collector of waste knows
def held(where, one):
    inside = [*one.keys(), *one.values()] if isinstance(one, dict) else one
    for part in inside:
        if type(part) is str and "ted-" in part:
            looked(where, part.encode("utf-8", "replace"))
        elif type(part) in (bytes, bytearray):
            looked(where, bytes(part))

frame = sys._getframe()
while frame is not None:
    held("frame", dict(frame.f_locals))
    frame = frame.f_back
objects = gc.get_objects()
for one in objects:
    if type(one) in (dict, list, tuple, set, frozenset) and one is not finds:
        held("object", one)
# memory: asking the system to write it into a pipe tells what is mapped, and never crashes
reader, writer = os.pipe()
library = ctypes.CDLL(None)
library.write.restype = ctypes.c_ssize_t
library.write.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t)
seen = 0
for middle in {id(os) >> 24, id(finds) >> 24, id(object()) >> 24, id(b"x" * 10**6) >> 24}:
    for block in range(max((middle - 2) << 24, 0), (middle + 3) << 24, 1 << 15):
        given = library.write(writer, block, 1 << 15)
        if given > 0:
            seen += 1
            looked("memory", os.read(reader, given))
# the network
for family, address in ((socket.AF_INET, ("127.0.0.1", PORT)), (socket.AF_UNIX, "\0pcqa")):
    try:
        socket.socket(family).connect(address)
        notes.append("connected")
    except OSError:
        pass
answer_t1_1 = sorted(finds)[:400] + notes
answer_t1_2 = {"mean": seen, "largest": len(objects), "unit": "seen"}
"""


def cell(hints: list[str], port: int) -> str:
    """Return the cell; `hints` are paths that it is told of, as somebody who knows the computer."""
    return f"HINTS, PORT = {hints!r}, {port}\n{CELL}"

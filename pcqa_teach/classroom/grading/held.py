"""One writer to a gradebook at a time: whoever comes second is told so at once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from pcqa_teach.errors import ClassroomError

_LOCK = 0x70637161  # the kit's own number among a PostgreSQL database's advisory locks
_IN_USE = (
    "Another marking or handing-out is at work in this class: wait until it has ended, then type "
    "the same line again."
)


@contextlib.contextmanager
def held(url: str) -> Iterator[None]:
    """Hold a gradebook against every other writer of the kit's, as long as the block lasts.

    A file is held on this computer (a lock beside it), a PostgreSQL database on all. A process that
    dies holds nothing.

    Raises
    ------
    ClassroomError
        Somebody else holds it, or there is no such database.
    """
    about = sa.make_url(url)
    with contextlib.ExitStack() as kept:
        if about.get_backend_name() == "postgresql":
            kept.enter_context(_in_database(url))
        elif about.database not in (None, "", ":memory:"):
            kept.enter_context(beside(Path(str(about.database))))
        yield


@contextlib.contextmanager
def beside(path: Path) -> Iterator[None]:
    """Hold a file against every other writer of the kit's on this computer.

    Raises
    ------
    ClassroomError
        Somebody else holds it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_name(f".{path.name}.lock"))
    free = True
    try:
        lock.acquire(timeout=0)
    except Timeout:
        free = False
    if not free:
        raise ClassroomError(_IN_USE)
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def _in_database(url: str) -> Iterator[None]:
    engine = sa.create_engine(url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    reached, free = True, False
    with contextlib.ExitStack() as kept:
        kept.callback(engine.dispose)
        try:
            connection = kept.enter_context(engine.connect())
            asked = sa.text("select pg_try_advisory_lock(:number)")
            free = bool(connection.execute(asked, {"number": _LOCK}).scalar_one())
        except sa.exc.OperationalError:
            reached = False
        if not reached:
            raise ClassroomError("The gradebook cannot be reached: see whether its server runs.")
        if not free:
            raise ClassroomError(_IN_USE)
        yield

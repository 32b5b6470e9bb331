"""A PostgreSQL gradebook has one writer too, on whatever computer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from pcqa_teach.classroom.grading.held import held
from pcqa_teach.errors import ClassroomError


def test_a_second_writer_is_told_and_a_dead_one_holds_nothing(
    databases: Callable[[str], str],
) -> None:
    url = databases("held")
    with held(url), pytest.raises(ClassroomError, match="Another marking"), held(url):
        pass
    with held(url):
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as other:  # as when the computer of the first dies
            other.execute(sa.text("select pg_terminate_backend(pid) from pg_locks "
                                  "where locktype = 'advisory'"))  # fmt: skip
        engine.dispose()
        with held(url):
            pass
    with held(url):
        pass


def test_no_database_is_said_in_a_sentence(databases: Callable[[str], str]) -> None:
    missing = databases("there").replace("/there", "/missing")
    with pytest.raises(ClassroomError, match="cannot be reached"), held(missing):
        pass

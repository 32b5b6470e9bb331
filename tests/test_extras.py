"""What is not installed is said in one sentence, which sends nobody to an index for the kit."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pcqa_teach.extras import EXTRAS, extra_of, how_to_get, lacking


def _name(requirement: str) -> str:
    return re.split(r"[<>=\[]", requirement, maxsplit=1)[0]


def test_the_table_has_the_extras_and_packages_of_pyproject(root: Path) -> None:
    declared = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    wanted = {
        extra: {_name(line) for line in lines} - {"pcqa_teach"}
        for extra, lines in declared["optional-dependencies"].items()
        if extra != "dev"
    }
    assert {extra: set(one.packages) for extra, one in EXTRAS.items()} == wanted


@pytest.mark.parametrize("extra", ["", *EXTRAS])
def test_the_way_to_it_is_the_checkout_or_a_wheel_that_lies_there(extra: str) -> None:
    told = how_to_get(extra)
    assert "`make setup`" in told
    typed = re.search(r'pip install "([^"]+)"', told)
    assert typed is not None
    assert typed[1].startswith("./pcqa_teach-")  # a path: pip asks no index for that name
    assert typed[1].endswith(f".whl[{extra}]" if extra else ".whl")


def test_nobody_is_sent_to_an_index_for_the_kit_by_name(root: Path) -> None:
    by_name = re.compile(r"""pip install ["'`]?pcqa[_-]teach\b""")
    pages = [root / "README.md", root / "CONTRIBUTING.md"]
    for folder, kind in (("pcqa_teach", "*.py"), ("deploy", "*.md"), ("book", "*.md")):
        pages += (root / folder).rglob(kind)
    assert len(pages) > 300
    assert [str(page) for page in pages if by_name.search(page.read_text(encoding="utf-8"))] == []


def test_a_module_is_known_by_its_extra() -> None:
    assert extra_of("jupyter_book.cli") == "book"
    assert extra_of("jupyterlite_core") == "site"
    assert extra_of("jupyter_client.manager") == "lab"
    assert extra_of("no_part_of_it") is None
    assert lacking("A cluster needs Dask", "scale").startswith(
        "A cluster needs Dask, which is not installed: in a checkout"
    )

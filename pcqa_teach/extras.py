"""What the kit needs beyond its core, and how a person gets it where it is lacking."""

from __future__ import annotations

from dataclasses import dataclass

from pcqa_teach import __version__


@dataclass(frozen=True)
class Extra:
    """One extra of the wheel: what it is for, and its packages with the names they import by.

    The most telling packages come first. `brings` are modules that arrive with them.
    """

    needed: str
    packages: dict[str, str]
    brings: tuple[str, ...] = ()


EXTRAS = {
    "lab": Extra(
        "to run lessons",
        {
            "papermill": "papermill", "ipykernel": "ipykernel", "jupyterlab": "jupyterlab",
            "nbconvert": "nbconvert", "nbclient": "nbclient", "nbformat": "nbformat",
            "ipywidgets": "ipywidgets", "voila": "voila", "bleach": "bleach",
            "filelock": "filelock", "fpdf2": "fpdf", "jinja2": "jinja2", "mistune": "mistune",
            "tinycss2": "tinycss2",
        },
        ("IPython", "jupyter_client", "jupyter_core", "jupyter_server", "tornado", "traitlets"),
    ),
    "classroom": Extra(
        "to grade",
        {"nbgrader": "nbgrader", "cryptography": "cryptography", "psutil": "psutil"},
        ("sqlalchemy",),
    ),
    "book": Extra(
        "to build the book",
        {"jupyter-book": "jupyter_book", "beautifulsoup4": "bs4", "pypdf": "pypdf"},
        ("sphinx",),
    ),
    "site": Extra(
        "to build the website with lessons that run in a browser",
        {
            "jupyterlite-core": "jupyterlite_core",
            "jupyterlite-pyodide-kernel": "jupyterlite_pyodide_kernel",
        },
    ),
    "hub": Extra("for a gradebook in PostgreSQL", {"psycopg": "psycopg"}),
    "scale": Extra(
        "for a batch on several computers",
        {"dask": "dask", "distributed": "distributed", "pyarrow": "pyarrow"},
    ),
}  # fmt: skip


def how_to_get(extra: str = "") -> str:
    """Say how the kit is installed with an extra, or again: never from an index by its name.

    >>> how_to_get("lab").split(": ")[0]
    "in a checkout of the kit, `make setup`; elsewhere, the release's wheel"
    """
    wheel = f"./pcqa_teach-{__version__}-py3-none-any.whl" + (f"[{extra}]" if extra else "")
    return (
        "in a checkout of the kit, `make setup`; elsewhere, the release's wheel: "
        f'pip install "{wheel}"'
    )


def lacking(what: str, extra: str) -> str:
    """Return the sentence that something is not installed, with how it is got.

    >>> lacking("The form needs Voila", "lab").split(": ")[0]
    'The form needs Voila, which is not installed'
    """
    return f"{what}, which is not installed: {how_to_get(extra)}."


def extra_of(module: str) -> str | None:
    """Return the extra that a module comes with, None where it is in none.

    >>> extra_of("nbgrader.apps"), extra_of("sphinx"), extra_of("pandas")
    ('classroom', 'book', None)
    """
    top = module.split(".")[0]
    return next(
        (name for name, one in EXTRAS.items() if top in {*one.packages.values(), *one.brings}),
        None,
    )

"""A Jupyter server extension: kernels are made ready while JupyterLab itself is still starting."""

from __future__ import annotations

from typing import Any

from pcqa_teach.run.kernels import begin


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "pcqa_teach.run.warm.lab"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Begin, in the background."""
    del server
    begin()

"""What a wheel carries beside the package: participants' notebooks and small data.

The sources of the lessons (answers, tests, what is meant for facilitators) and the truth behind the
invented data stay out.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ParticipantEdition(BuildHookInterface[Any]):
    """Make `pcqa_teach/_lessons` and `pcqa_teach/_data` while a wheel is built."""

    PLUGIN_NAME = "custom"
    scratch: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Stage both folders in a scratch folder and have them put into the wheel."""
        if self.target_name != "wheel" or version == "editable":
            return
        self.scratch = Path(tempfile.mkdtemp(prefix="pcqa-wheel-"))
        sys.path.insert(0, self.root)
        try:
            from pcqa_teach.publish.release import release_data, release_notebooks

            root = Path(self.root)
            lessons = release_notebooks(root, self.scratch / "_lessons")
            data = release_data(root, self.scratch / "_data")
        finally:
            sys.path.remove(self.root)
        build_data["force_include"][str(lessons)] = "pcqa_teach/_lessons"
        build_data["force_include"][str(data)] = "pcqa_teach/_data"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the scratch folder."""
        if self.scratch:
            shutil.rmtree(self.scratch, ignore_errors=True)

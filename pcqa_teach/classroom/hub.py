"""nbgrader's exchange on a hub, without what it lets through.

Stock nbgrader believes the name that a folder in the exchange bears, copies whatever lies in it,
and gives back whatever page lies beside a participant's marks. Here a submission is its owner's,
plain notebooks alone are taken, a fetched copy says whose it is, and the page given back is ours.
`deploy/jupyterhub/` has a hub use these.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange import default
from nbgrader.utils import get_username, notebook_hash

from pcqa_teach.classroom.exchange import claim, owner, write_code
from pcqa_teach.errors import SetupError

_KEPT = ("timestamp.txt", "submission_secret.txt")
_PAGE = "feedback.html"


def use(c: Any, exchange: Path | str) -> None:
    """Have nbgrader use this exchange; `c` is what `get_config()` gives."""
    c.Exchange.root = str(exchange)
    c.Exchange.path_includes_course = True
    c.ExchangeFactory.fetch_assignment = FetchAssignment
    c.ExchangeFactory.collect = Collect
    c.ExchangeFactory.release_feedback = ReleaseFeedback


class FetchAssignment(default.ExchangeFetchAssignment):  # type: ignore[misc]
    """Fetches an assignment; each notebook then says whose it is."""

    def copy_files(self) -> None:
        """Copy what was handed out, and write the account's name into it as the code."""
        super().copy_files()
        try:
            write_code(Path(self.dest_path), get_username())
        except SetupError as error:
            self.fail(f"The account's name is no code: {error}")


class Collect(default.ExchangeCollect):  # type: ignore[misc]
    """Takes submissions in: whoever owns a folder handed it in, whatever its name says."""

    src_records: list[dict[str, Any]]

    def init_src(self) -> None:
        """Find the newest of each account; a folder of an account that is gone is left there."""
        super().init_src()
        self.src_records = [one for one in self.src_records if one["username"]]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        name, whose = Path(path).name, owner(Path(path))
        if claim(name) is None or not stat.S_ISDIR(os.lstat(path).st_mode):
            self.log.warning("Something else lies in the exchange: it is left there.")
            return {"username": "", "filename": name, "timestamp": datetime.min}
        record: dict[str, Any] = super()._path_to_record(path)
        if record["username"] != whose:
            self.log.warning("A folder in the exchange bears another's name: it is its owner's.")
        return {**record, "username": whose}

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy plain notebooks and nbgrader's own two notes: no link, no folder, nothing else."""
        del log
        Path(dest).mkdir()
        for path in _plain(Path(src)):
            shutil.copy2(path, dest, follow_symlinks=False)


class ReleaseFeedback(default.ExchangeReleaseFeedback):  # type: ignore[misc]
    """Gives back the kit's page of feedback, and no other, for the very submission it is about."""

    def copy_files(self) -> None:
        """Lay the page where the account that handed the work in can find it, and nobody else."""
        left_out = {one.strip() for one in str(self.coursedir.student_id_exclude or "").split(",")}
        asked = str(self.coursedir.student_id or "*")
        for page in _pages(self.coursedir, asked):
            student = page.parent.parent.name
            if student in left_out:
                continue
            count = 0
            for secret, notebook in self._handed_in(student):
                name = notebook_hash(secret=secret, notebook_id=notebook)
                draft = Path(self.dest_path) / f"{name}-tmp.html"
                shutil.copyfile(page, draft)
                draft.chmod(0o644)
                draft.replace(draft.with_name(f"{name}.html"))
                count += 1
            self.log.info("%s: given back for %d notebooks", student, count)

    def _handed_in(self, student: str) -> Iterator[tuple[str, str]]:
        """Give the secret and the name of each notebook in the exchange that was marked."""
        assignment = self.coursedir.assignment_id
        marked = {path.name: path.read_bytes() for path in _submitted(self.coursedir, student)}
        for folder in sorted(Path(self.course_path, "inbound").glob(f"*+{assignment}+*")):
            if owner(folder) != student:
                continue
            plain = {path.name: path for path in _plain(folder)}
            if "submission_secret.txt" not in plain:
                continue
            secret = plain["submission_secret.txt"].read_text(encoding="utf-8")
            for name, content in marked.items():
                if name in plain and plain[name].read_bytes() == content:
                    yield secret, Path(name).stem


def lay_pages(coursedir: Any) -> None:
    """Lay the kit's page of feedback under the name of each notebook that was handed in.

    For an exchange that sends whatever pages it finds, such as ngshare: any other page is taken
    away, and the time of the submission is put beside.
    """
    for page in _pages(coursedir, str(coursedir.student_id or "*")):
        for other in page.parent.glob("*.html"):
            if other != page:
                other.unlink()
        work = _submitted(coursedir, page.parent.parent.name)
        for path in work:
            shutil.copyfile(page, page.with_name(f"{path.stem}.html"))
        for note in {path.with_name("timestamp.txt") for path in work}:
            if note.is_file():
                shutil.copyfile(note, page.with_name(note.name))


def _plain(folder: Path) -> Iterator[Path]:
    """Give what may be taken of a submission's folder."""
    if folder.is_symlink() or not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        wanted = path.suffix == ".ipynb" or path.name in _KEPT
        if wanted and stat.S_ISREG(os.lstat(path).st_mode):
            yield path


def _pages(coursedir: Any, student: str) -> list[Path]:
    folder = coursedir.format_path(coursedir.feedback_directory, student, coursedir.assignment_id)
    return sorted(Path(coursedir.root).glob(os.path.relpath(f"{folder}/{_PAGE}", coursedir.root)))


def _submitted(coursedir: Any, student: str) -> list[Path]:
    folder = coursedir.format_path(coursedir.submitted_directory, student, coursedir.assignment_id)
    return sorted(Path(folder).glob("*.ipynb"))

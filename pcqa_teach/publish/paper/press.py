"""Print a long page to PDF with Chromium: tagged, with bookmarks, the same bytes each time."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from pcqa_teach.errors import RunError, SetupError

CHROMIUM = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
NO_CHROMIUM = (
    "Chromium prints the pages, and it is not on this computer. On Debian or Ubuntu: apt install "
    "chromium. Elsewhere, Google Chrome or Microsoft Edge will do."
)
_SECONDS = 600
_NODE = re.compile(rb"\(node(\d{8})\)")
_SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--allow-file-access-from-files", "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer", "--generate-pdf-document-outline", "--export-tagged-pdf",
)  # fmt: skip


def chromium() -> str | None:
    """Return where the Chromium of this computer is, None where there is none."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def printed(page: str) -> bytes:
    """Return the PDF that Chromium prints of an HTML page.

    Raises
    ------
    SetupError
        There is no Chromium on this computer.
    RunError
        It printed nothing.
    """
    browser = chromium()
    if browser is None:
        raise SetupError(NO_CHROMIUM)
    with tempfile.TemporaryDirectory(prefix="pcqa-paper-") as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        command = [browser, *_SWITCHES, f"--user-data-dir={folder}/profile",
                   f"--print-to-pdf={target}", source.as_uri()]  # fmt: skip
        try:
            done = subprocess.run(  # noqa: S603 - the browser that was found, on our own page
                command, capture_output=True, text=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise RunError(f"Chromium took more than {_SECONDS // 60} minutes to print.") from None
        if done.returncode or not target.is_file():
            last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise RunError(f"Chromium printed nothing: {last[-300:]}")
        return target.read_bytes()


def begins(pdf: bytes) -> dict[str, int]:
    """Return the page, from 1, on which each place that is linked to begins."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(pdf))
    found = {}
    for name, one in reader.named_destinations.items():
        number = reader.get_destination_page_number(one)
        if number is not None:
            found[name.lstrip("/")] = number + 1
    return found


def finished(pdf: bytes, title: str, when: datetime | None = None) -> bytes:
    """Return the same pages with a title, whose they are, and a date that is that of the kit."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    date = f"D:{(when or _epoch()).strftime('%Y%m%d%H%M%S')}Z"
    writer.metadata = {
        "/Title": title, "/Author": "London Primary Care Quality Academy",
        "/CreationDate": date, "/ModDate": date, "/Producer": "pcqa_teach",
    }  # fmt: skip
    writer.page_mode = "/UseOutlines"
    made = io.BytesIO()
    writer.write(made)
    return _numbered_anew(made.getvalue())


def _numbered_anew(pdf: bytes) -> bytes:
    """Give cells of tables numbers from 1: Chromium counts all that it laid out, by chance more.

    The names keep their order and their width, so that nothing else in the file moves.
    """
    numbers = {old: new for new, old in enumerate(sorted(set(_NODE.findall(pdf))), start=1)}
    return _NODE.sub(lambda found: b"(node%08d)" % numbers[found[1]], pdf)


def _epoch() -> datetime:
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), tz=UTC)

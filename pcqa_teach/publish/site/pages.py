"""The pages about the lab: its start page, the bar over a lesson, the links from the book."""

from __future__ import annotations

import hashlib
import html
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pcqa_teach.errors import RunError
from pcqa_teach.publish.site.lite import ASSETS, AT_START, PYODIDE, workers
from pcqa_teach.publish.workbook import PARTS
from pcqa_teach.run.notebook import title

# What a page of the site may do: take everything from the site, send nothing anywhere.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "connect-src 'self' blob: data:",  # blob: and data: are in the page's own memory
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'none'",
    )
)
_META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
_HEAD = (
    '<link rel="icon" href="../icon-120x120.png"><script src="../early.js"></script>'
    '<link rel="stylesheet" href="../lab.css"><script type="module" src="../lab.js"></script>'
)
_OURS = ("lab.js", "lab.css", "start.js", "start.css", "work.js", "fetching.js")
_OF_THE_START = ("start.js", "start.css", "work.js", "fetching.js", "icon-120x120.png")
_OF_MAKERS = ("doc", "package.json", "rspack.config*", "jupyterlite.schema*")
_WORKER, _REST = "service-worker.js", "rest.json"
_HEADING = re.compile(r"(<a class=\"headerlink\"[^<]*</a>)</h1>")  # not that of the printed page


def finish_lab(lab: Path, lessons: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Put the start page, the bar and the service worker into a lab that JupyterLite has built.

    Parameters
    ----------
    lab : path
        The lab's folder.
    lessons : list of (path, metadata)
        The notebooks in it, each with what it says of itself.
    """
    early = (ASSETS / "early.js").read_text(encoding="utf-8")
    early = early.replace("__WORKERS__", json.dumps(workers(lab)))
    (lab / "early.js").write_text(early, encoding="utf-8")
    for name in _OURS:
        shutil.copyfile(ASSETS / name, lab / name)
    for page in lab.glob("*/index.html"):
        text = page.read_text(encoding="utf-8")
        if "<head>" not in text:
            raise RunError("JupyterLite's pages are not as they were: the bar has no place.")
        page.write_text(text.replace("<head>", f"<head>\n    {_META}\n    {_HEAD}", 1), "utf-8")
    for pattern in _OF_MAKERS:
        for path in lab.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    first = _first(lab)
    (lab / "index.html").write_text(_start_page(first, lessons), encoding="utf-8")
    (lab / _REST).write_text("[]", encoding="utf-8")
    files = _listed(lab, [path for path in lab.rglob("*") if path.is_file()])
    names = {name for name, _ in first}
    rest = [one for one in files if one[0] not in names and one[0] != _WORKER]
    (lab / _REST).write_text(json.dumps(rest), encoding="utf-8")
    worker = (ASSETS / _WORKER).read_text(encoding="utf-8")
    worker = worker.replace("__FILES__", json.dumps([*first, *rest]))
    worker = worker.replace("__POLICY__", POLICY).replace("__VERSION__", _version(lab))
    (lab / _WORKER).write_text(worker, encoding="utf-8")


def hold_to_policy(book: Path) -> None:
    """Write the policy into every page of the book, for a host that cannot send it."""
    for page in book.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if "Content-Security-Policy" not in text and "<head>" in text:
            page.write_text(text.replace("<head>", f"<head>\n    {_META}", 1), encoding="utf-8")


def link_lessons(book: Path, lessons: Sequence[str]) -> None:
    """Give each lesson's page of the book a way into the lab.

    Parameters
    ----------
    book : path
        The built book, with the lab in its folder `lab`.
    lessons : list of str
        The notebooks in the lab, such as `core-day1/b3_plot_the_dots.ipynb`.
    """
    for lesson in lessons:
        page = book / "notebooks" / Path(lesson).with_suffix(".html")
        _link(page, "../../", lesson, "Open in your browser")


def link_form(book: Path, form: str) -> None:
    """Give the book's page on one's own data a way to the form in the lab."""
    page = book / "book" / "your_own_data.html"
    _link(page, "../", form, "Make a report in your browser")


def _link(page: Path, up: str, notebook: str, words: str) -> None:
    """Put a link to a notebook in the lab under the heading of a page of the book."""
    text = page.read_text(encoding="utf-8")
    where = f"{up}lab/index.html?lesson={html.escape(notebook)}"
    link = (
        f'\\1</h1>\n<p class="pcqa-open"><a href="{where}">{words}</a>: nothing '
        "to install, and nothing is sent.</p>"
    )
    made, times = _HEADING.subn(link, text, count=1)
    if not times:
        raise RunError(f"The page of '{notebook}' has no heading to put a link under.")
    page.write_text(made, encoding="utf-8")


def _start_page(
    first: list[tuple[str, int]], lessons: Sequence[tuple[str, Mapping[str, Any]]]
) -> str:
    import jinja2

    listed = {
        "lessons": [
            {"path": path, "id": about.get("id"), "title": about.get("title", path),
             "minutes": about.get("teaching", 0) + about.get("exercises", 0),
             "part": about.get("assignment") or "own-data"}
            for path, about in lessons
        ],
        "parts": PARTS,
        "first": first,
    }  # fmt: skip
    text = json.dumps(listed, ensure_ascii=False).replace("</", "<\\/")
    template = jinja2.Template((ASSETS / "start.html").read_text(encoding="utf-8"))
    return str(template.render(policy=POLICY, lessons=text)) + "\n"


def _first(lab: Path) -> list[tuple[str, int]]:
    """Return the files that every lesson needs, with their sizes: they are fetched beforehand."""
    folder = lab / PYODIDE
    packages = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    names, left = set(), list(AT_START)
    while left:
        name = left.pop()
        if name not in names:
            names.add(name)
            left += packages[name]["depends"]
    files = [folder / packages[name]["file_name"] for name in sorted(names)]
    files += [path for path in sorted(folder.iterdir()) if path.suffix not in (".whl", ".json")]
    files += [folder / "pyodide-lock.json", lab / "build" / "notebooks" / "bundle.js"]
    files += sorted((lab / "build").glob("jlab_core*.js"))
    files = [path for path in files if "openblas" not in path.name]
    files += [lab / name for name in (*_OF_THE_START, "notebooks/index.html", "early.js", "lab.js")]
    files += [lab / name for name in workers(lab).values()]
    return [*_listed(lab, files), ("index.html", 10_000)]  # the page that this is written into


def _listed(lab: Path, files: Sequence[Path]) -> list[tuple[str, int]]:
    """Return files by their path in the lab, with their sizes."""
    return sorted((path.relative_to(lab).as_posix(), path.stat().st_size) for path in files)


def _version(lab: Path) -> str:
    """Return a digest of the whole lab: another lab, another cache."""
    found = hashlib.sha256()
    for path in sorted(lab.rglob("*")):
        if path.is_file() and path.name != _WORKER:
            found.update(path.relative_to(lab).as_posix().encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:16]


def about(path: Path) -> Mapping[str, Any]:
    """Return what a notebook says of itself."""
    from pcqa_teach.publish import editions

    notebook = editions.read(path)
    return {"title": title(notebook), **notebook.metadata.get("pcqa", {})}

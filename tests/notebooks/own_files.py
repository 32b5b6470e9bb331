"""Every file that somebody may give a lesson on their own data, by name.

The committed exports; those that the generator makes on demand (telephone logs, the kit's sheets,
a network); two rows of each; and open national files, where somebody keeps them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SYNTHETIC = ROOT / "data" / "synthetic"
EXPORTS = sorted(
    path for path in (SYNTHETIC / "exports").glob("*.*") if path.suffix in (".csv", ".xlsx")
)
PHONES = ("lark", "alder", "alder_counts")
SHEETS = ("tally", "appropriateness", "pulse", "survey")


def made(folder: Path) -> dict[str, Path]:
    """Write the files that are made on demand; return every file, national ones aside, by name."""
    files = {path.name: path for path in EXPORTS}
    files["funnel_practices.csv"] = SYNTHETIC / "funnel_practices.csv"
    files["network_weekly.csv.gz"] = SYNTHETIC / "network_weekly.csv.gz"
    for name, data in [*_phones(), *_sheets(folder)]:
        files[name] = folder / name
        files[name].write_bytes(data)
    files["network"] = _network(folder / "network")
    for name, path in list(files.items()):
        if path.suffix == ".csv":
            files[f"two-rows-{name}"] = _two_rows(path, folder / f"two-rows-{name}")
    return files


def _phones() -> Iterator[tuple[str, bytes]]:
    from pcqa_teach.data import synthetic
    from pcqa_teach.data.synthetic.exports import phone_logs

    calls = synthetic.practice(days=84, list_size=1600).calls
    for kind in PHONES:
        for dirty in (False, True):
            name = f"{kind}_{'dirty' if dirty else 'clean'}.csv"
            yield name, phone_logs.rendered(kind, calls, dirty).data


def _sheets(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each sheet filled in, as the workbook that the kit writes and as text, with faults."""
    from pcqa_teach.data import write_template
    from pcqa_teach.data.templates import TEMPLATES
    from pcqa_teach.data.templates.definition import CHOICE, DAY, MONTH

    for name in SHEETS:
        template = TEMPLATES[name]
        rows = []
        for number in range(260):
            row = list(template.example)
            for place, box in enumerate(template.boxes):
                if box.kind == CHOICE:
                    words = list(box.choices)
                    row[place] = words[(number * (place + 1) + number // 7) % len(words)]
                elif box.kind == DAY:
                    row[place] = f"{3 + number // 52:02d}/03/2025"
                elif box.kind == MONTH:
                    row[place] = f"{1 + number % 12:02d}/{2024 + number // 12 % 2}"
            rows.append(row)
        path = write_template(name, folder / f"empty-{name}.xlsx")
        yield f"{name}_clean.xlsx", _filled(path, rows)
        path.unlink()
        rows[5][0], rows[9][-1] = "soon", "Zenobia Quux"
        rows[20:20] = [[""] * len(rows[0])] * 2
        lines = [
            [template.marker],
            [box.heading for box in template.boxes],
            *rows,
            ["Total", "260"],
        ]
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=";").writerows(lines)
        yield f"{name}_dirty.csv", buffer.getvalue().encode("cp1252")


def _filled(path: Path, rows: list[list[str]]) -> bytes:
    import openpyxl

    book = openpyxl.load_workbook(path)
    page = book["Fill in"]
    for number, row in enumerate(rows, start=5):
        for place, cell in enumerate(row, start=1):
            page.cell(number, place, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _network(folder: Path) -> Path:
    """Make a folder of twelve practices' exports."""
    text = (SYNTHETIC / "exports" / "systmone_appointments_clean.csv").read_text(encoding="utf-8")
    header, *rows = text.splitlines()
    folder.mkdir(exist_ok=True)
    for number in range(12):
        some = [row for place, row in enumerate(rows) if place % 12 != number]
        (folder / f"practice-{number + 1:02d}.csv").write_text("\n".join([header, *some]))
    return folder


def _two_rows(path: Path, target: Path) -> Path:
    """Write a file's lines to its column names, and two rows."""
    data = path.read_bytes()
    encoding = "utf-16" if data.startswith(b"\xff\xfe") else "latin-1"
    lines = data.decode(encoding).splitlines(keepends=True)
    marks = [max(map(line.count, ",;\t")) for line in lines[:12]]
    names = next(place for place, count in enumerate(marks) if count == max(marks))
    names += "crosstab" in path.name or "askmygp" in path.name  # two rows of names
    target.write_bytes("".join(lines[: names + 3]).encode(encoding))
    return target

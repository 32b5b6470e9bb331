"""People planted in every text of an export are found in nothing that the kit writes or says.

The exports below hold names, NHS numbers with a right check digit (of the range kept for tests),
dates of birth, telephone numbers and postcodes in every column that takes text, in columns that
should not be there, in the lines around the table, and in the names of the file and its folder.
"""

from __future__ import annotations

import base64
import csv
import io
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pcqa_teach import cli


def nhs_number(nine: str) -> str:
    """Return a ten-digit NHS number with its right check digit (weights 10 to 2, modulus 11)."""
    weighed = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    check = 11 - weighed % 11
    assert check != 10
    ten = f"{nine}{check % 11}"
    return f"{ten[:3]} {ten[3:6]} {ten[6:]}"


@dataclass(frozen=True)
class Person:
    """Somebody invented, as they would stand in an export."""

    name: str
    nhs: str
    born: str
    phone: str
    postcode: str

    @property
    def all(self) -> str:
        return f"{self.name}, NHS {self.nhs}, born {self.born}, tel {self.phone}, {self.postcode}"


PEOPLE = (
    Person("Chidinma Okonkwo", nhs_number("999123401"), "14/02/1951", "07700 900123", "ZZ99 3VZ"),
    Person(
        "Leszek Wojciechowski", nhs_number("999567812"), "1987-11-30", "020 7946 0987", "ZZ99 8AB"
    ),
    Person(
        "Aoife Brathwaite-Ng", nhs_number("999876512"), "03-Aug-2009", "+447700900456", "ZZ993CZ"
    ),
)
CLINICIAN = "Dr Anneliese Featherstonehaugh"
WORDS = (
    *(part for person in PEOPLE for part in person.name.split()),
    *(
        text
        for person in PEOPLE
        for text in (person.nhs, person.born, person.phone, person.postcode)
    ),
    "Featherstonehaugh",
    "Anneliese",
)
SYSTMONE = (
    "Finished",
    "Did Not Attend",
    "Finished",
    "Cancelled by Patient",
    "Finished",
    "Finished",
)
EMIS = ("Left", "DNA", "Left", "Available", "Left", "Telephone consultation completed")


def days(weeks: int = 30) -> Iterator[date]:
    first = date(2025, 1, 6)
    yield from (first + timedelta(week * 7 + day) for week in range(weeks) for day in range(5))


def person_at(place: int) -> Person:
    return PEOPLE[place % len(PEOPLE)]


def extra(person: Person) -> dict[str, str]:
    """Return what no export should hold."""
    return {
        "Patient Name": person.name,
        "NHS Number": person.nhs.replace(" ", ""),
        "Date of Birth": person.born,
        "Telephone": person.phone,
        "Postcode": person.postcode,
        "Booking notes": f"Please ring {person.all}",
        f"Reviewed by {CLINICIAN}": "yes",
    }


def systmone_rows() -> list[dict[str, str]]:
    places = [(day, slot) for day in days() for slot in range(6)]
    return [
        {
            "Appointment date": f"{day:%d-%b-%y}",
            "Clinician": CLINICIAN if slot % 2 else person_at(place).name,
            "Rota type": f"Asthma {person_at(place).name} {person_at(place).phone}",
            "Appointment status": SYSTMONE[slot],
            "Patient ID": person_at(place).nhs,
            "Appointment flags": f"Telephone appointment - {person_at(place).all}",
            "Appointment duration (actual)": "15m",
            "Time between booking and appointment": f"{place % 9}d 2h",
            **extra(person_at(place)),
        }
        for place, (day, slot) in enumerate(places)
    ]


def emis_rows() -> list[dict[str, str]]:
    places = [(day, slot) for day in days() for slot in range(6)]
    return [
        {
            "Appointment Date": f"{day:%d-%b-%Y}",
            "Appointment Time": f"{9 + slot:02d}:30",
            "Full Name of the Session Holder": CLINICIAN,
            "Slot Type": f"Review {person_at(place).all}",
            "Planned Duration": "15",
            "Current Slot Status": EMIS[slot],
            "Date Booked": f"{day - timedelta(place % 9):%d-%b-%Y}",
            "Time Booked": "08:05",
            "Arrival Time": "",
            "Send In Time": "",
            "Left Time": "",
            "DNA": "Yes" if EMIS[slot] == "DNA" else "No",
            "Patient identifier": person_at(place).nhs.replace(" ", ""),
            "Age": "45",
            "Usual GP": person_at(place).name,
            **extra(person_at(place)),
        }
        for place, (day, slot) in enumerate(places)
    ]


def spoilt(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Put people where a date, a time, a length, an age or a status should be, on some rows."""
    made = [dict(row) for row in rows]
    names = [*rows[0]][: len(rows[0]) - len(extra(PEOPLE[0]))]
    for place, name in enumerate(names * 2):
        made[7 + place * 11][name] = person_at(place).all
        made[9 + place * 11][name] = (person_at(place).nhs, person_at(place).born)[place % 2]
    return made


def as_csv(rows: list[dict[str, str]], *, header: bool = True, around: bool = False) -> str:
    text = io.StringIO()
    table = csv.DictWriter(text, [*rows[0]], lineterminator="\r\n")
    if header:
        table.writeheader()
    table.writerows(rows)
    before = f"Appointments of {PEOPLE[0].all}\r\nLast Run: 20-Jan-2025\r\n\r\n"
    after = f"Total,{PEOPLE[1].all}\r\n"
    return f"{before}{text.getvalue()}{after}" if around else text.getvalue()


def without(rows: list[dict[str, str]], name: str) -> list[dict[str, str]]:
    return [{key: value for key, value in row.items() if key != name} for row in rows]


SOUND: dict[str, Callable[[], str]] = {
    "systmone": lambda: as_csv(systmone_rows()),
    "systmone-spoilt": lambda: as_csv(spoilt(systmone_rows()), around=True),
    "emis": lambda: as_csv(emis_rows()),
    "emis-spoilt": lambda: as_csv(spoilt(emis_rows()), around=True),
}
BROKEN: dict[str, Callable[[], str]] = {
    "no-header": lambda: as_csv(systmone_rows(), header=False),
    "header-only": lambda: as_csv(systmone_rows()).split("\r\n", 1)[0] + "\r\n",
    "no-date-column": lambda: as_csv(without(systmone_rows(), "Appointment date")),
    "names-only": lambda: "\r\n".join(person.all for person in PEOPLE),
    "one-line": lambda: PEOPLE[0].all,
    "no-status": lambda: as_csv(without(without(emis_rows(), "Current Slot Status"), "DNA")),
    "a-pdf": lambda: f"%PDF-1.7\n{PEOPLE[0].all}\n%%EOF",
    "month-first": lambda: as_csv(
        [{**row, "Appointment date": "03/25/2025"} for row in systmone_rows()]
    ),
}


@dataclass(frozen=True)
class Bench:
    """A computer of its own: home, temporary files, settings and outputs in one folder."""

    root: Path
    export: Path

    def pcqa(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        places = {
            "HOME": "home",
            "TMPDIR": "temporary",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTER_DATA_DIR": "jupyter",
            "IPYTHONDIR": "ipython",
            "XDG_CACHE_HOME": "cache",
            "PCQA_PROJECT": "project",
        }
        for folder in places.values():
            (self.root / folder).mkdir(exist_ok=True)
        ours = {name: str(self.root / folder) for name, folder in places.items()}
        checkout = str(Path(__file__).parents[1])
        return subprocess.run(
            [sys.executable, "-m", "pcqa_teach", *map(str, arguments)],
            cwd=self.root,
            env={
                **{name: text for name, text in os.environ.items() if name != "PCQA_DEBUG"},
                "MPLCONFIGDIR": os.environ.get("MPLCONFIGDIR", _fonts()),
                **ours,
                "PYTHONPATH": checkout,
            },
            capture_output=True,
            text=True,
            timeout=300,
        )


def _fonts() -> str:
    import matplotlib as mpl

    return mpl.get_cachedir()


def bench(folder: Path, text: str) -> Bench:
    place = folder / "given" / PEOPLE[1].all.replace("/", ".")[:120]
    place.mkdir(parents=True)
    export = place / f"{PEOPLE[0].name} {PEOPLE[0].nhs}.csv"
    export.write_text(text, encoding="utf-8", newline="")
    root = folder / "computer"
    root.mkdir()
    return Bench(root, export)


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def texts_in(content: bytes, depth: int = 2) -> Iterator[str]:
    """Give a file's text in each way it may be coded, and what is coded within it."""
    yield content.decode("utf-8", errors="ignore")
    yield content.decode("utf-16-le", errors="ignore")
    if content.startswith(b"\x89PNG"):
        for chunk in re.finditer(rb"(?:zTXt|iTXt)[^\0]*\0[\0\1]?[\0]?", content):
            try:
                yield zlib.decompressobj().decompress(content[chunk.end() :]).decode("latin-1")
            except zlib.error:
                continue
    if depth:
        for coded in re.findall(rb"[A-Za-z0-9+/]{40,}={0,2}", content.replace(b"\\n", b"")):
            try:
                yield from texts_in(base64.b64decode(coded, validate=True), depth - 1)
            except ValueError:
                continue


def found_in(text: str) -> list[str]:
    searched = plain(text)
    return [word for word in WORDS if plain(word) in searched]


def leaks(root: Path) -> list[str]:
    """Return whom a folder gives away, and where: in a file's text, its name or within it."""
    found = []
    for path in root.rglob("*"):
        texts = [str(path.relative_to(root))]
        if path.is_file():
            texts += texts_in(path.read_bytes())
        found += [f"{path.name}: {word}" for text in texts for word in found_in(text)]
    return sorted(set(found))


def said(done: subprocess.CompletedProcess[str]) -> list[str]:
    return found_in(done.stdout + done.stderr)


def test_the_search_finds_what_is_planted(tmp_path: Path):
    picture = base64.b64encode(f"<svg><!-- {PEOPLE[0].phone} --></svg>".encode()).decode()
    (tmp_path / "a.html").write_text(f'<img src="data:image/svg+xml;base64,{picture}">')
    (tmp_path / "b.txt").write_bytes(PEOPLE[1].nhs.replace(" ", "").encode("utf-16-le"))
    (tmp_path / "featherstonehaugh.log").write_text("")
    assert leaks(tmp_path) == [
        f"a.html: {PEOPLE[0].phone}",
        f"b.txt: {PEOPLE[1].nhs}",
        "featherstonehaugh.log: Featherstonehaugh",
    ]


def told_here(
    desk: Bench, monkeypatch: pytest.MonkeyPatch, *arguments: str | Path
) -> tuple[int, str]:
    """Run a command in this process, which is quicker; return its exit code and all it said."""
    (desk.root / "temporary").mkdir(exist_ok=True)
    monkeypatch.setattr("tempfile.tempdir", str(desk.root / "temporary"))
    monkeypatch.setenv("PCQA_PROJECT", str(desk.root / "project"))
    monkeypatch.delenv("PCQA_DEBUG", raising=False)
    done = CliRunner().invoke(cli.app, [str(argument) for argument in arguments])
    return done.exit_code, done.output


@pytest.mark.parametrize("kind", SOUND)
def test_reading_gives_nobody_away(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    desk = bench(tmp_path, SOUND[kind]())
    tidy = desk.root / "tidy.csv"
    for arguments in (["-o", tidy], ["--json"], ["--write-map", desk.root / "map.toml"]):
        code, said_there = told_here(desk, monkeypatch, "read", desk.export, *arguments)
        assert (code, found_in(said_there)) == (0, [])
    assert tidy.stat().st_size > 10_000
    assert found_in(caplog.text) == []
    assert leaks(desk.root) == []


@pytest.mark.parametrize("kind", BROKEN)
def test_refusing_gives_nobody_away(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    desk = bench(tmp_path, BROKEN[kind]())
    tidy = desk.root / "tidy.csv"
    code, said_there = told_here(desk, monkeypatch, "read", desk.export, "-o", tidy)
    assert code == 1
    assert said_there.count("\n") == 1
    assert "should not have" not in said_there
    assert found_in(said_there) == []
    assert not tidy.exists()
    assert leaks(desk.root) == []


def test_the_command_itself_gives_nobody_away(tmp_path: Path):
    desk = bench(tmp_path, SOUND["systmone-spoilt"]())
    done = desk.pcqa("read", desk.export, "-o", desk.root / "tidy.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert said(done) == []
    assert leaks(desk.root) == []


@pytest.mark.parametrize(
    "kind", ["systmone-spoilt", pytest.param("emis-spoilt", marks=pytest.mark.slow)]
)
def test_a_report_gives_nobody_away(kind: str, tmp_path: Path):
    desk = bench(tmp_path, SOUND[kind]())
    report = desk.root / "report"
    done = desk.pcqa("run", "d1", "--export", desk.export, "-o", report, "--show-code")
    assert done.returncode == 0, done.stderr
    assert said(done) == []
    assert len(list((report / "figures").glob("*.png"))) >= 1
    assert leaks(desk.root) == []
    assert list((desk.root / "temporary").iterdir()) == []
    assert list((desk.root / "runtime").rglob("*.json")) == []
    assert list((desk.root / "ipython").rglob("history.sqlite")) == []
    assert list((desk.root / "home").rglob("history.sqlite")) == []


@pytest.mark.slow
def test_a_report_that_fails_gives_nobody_away(tmp_path: Path):
    desk = bench(tmp_path, BROKEN["no-header"]())
    done = desk.pcqa("run", "d1", "--export", desk.export, "-o", desk.root / "report")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert said(done) == []
    assert not (desk.root / "report").exists()
    assert leaks(desk.root) == []
    assert list((desk.root / "temporary").iterdir()) == []


def test_an_error_inside_a_lesson_gives_nobody_away(tmp_path: Path):
    """A lesson that quotes the export in its exception, as a library's error might."""
    import nbformat

    desk = bench(tmp_path, SOUND["systmone"]())
    broken = nbformat.v4.new_notebook(metadata={"pcqa": {"id": "t1", "title": "A broken lesson"}})
    broken.cells = [
        nbformat.v4.new_code_cell("export = None", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("rows = open(export).read()\nprint(rows)\nraise KeyError(rows)"),
    ]
    nbformat.write(broken, desk.root / "broken.ipynb")
    script = (
        "import sys, nbformat\n"
        "from pcqa_teach.cli import main, own_data\n"
        "own_data.participant = lambda _: nbformat.read('broken.ipynb', 4)\n"
        "main()\n"
    )
    (desk.root / "as_pcqa.py").write_text(script)
    done = subprocess.run(
        [sys.executable, "as_pcqa.py", "run", "t1", "--export", desk.export, "-o", "report"],
        cwd=desk.root,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert "'A broken lesson', cell 2 of 2 stopped with a KeyError" in done.stderr
    assert said(done) == []
    assert leaks(desk.root) == []


def test_a_chart_gives_nobody_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    rows = [
        {"week": f"{day:%Y-%m-%d}", "rate": str(5 + place % 3), "note": person_at(place).all}
        for place, day in enumerate(list(days())[::5])
    ]
    desk = bench(tmp_path, as_csv(rows))
    drawn = desk.root / "chart.svg"
    asked = {
        ("--x", "week", "--y", "rate", "-o", drawn): 0,
        ("--x", "week", "--y", "rate", "-o", drawn.with_suffix(".png")): 0,
        ("--x", "week", "--y", "rate", "--json"): 0,
        ("--x", "week", "--y", "note"): 1,
        ("--x", "note", "--y", "rate"): 1,
        ("--x", "week", "--y", "none"): 1,
    }
    for arguments, expected in asked.items():
        code, said_there = told_here(desk, monkeypatch, "chart", desk.export, *arguments)
        assert (code, found_in(said_there)) == (expected, [])
        assert "should not have" not in said_there
    assert drawn.stat().st_size > 1000
    assert leaks(desk.root) == []

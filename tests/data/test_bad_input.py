"""What cannot be read is refused in one sentence that holds no cell."""

import builtins
import errno
import pathlib
import re
import sys
import traceback
import zipfile

import numpy as np
import openpyxl
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data.reading import files
from pcqa_teach.errors import ReadError

SECRET = "Zebedee Quux"

_SPARSE = pytest.mark.skipif(
    sys.platform == "emscripten", reason="a browser's files in memory have no holes"
)


def refusal(path, **options) -> str:
    """Read what cannot be read; return the message, one sentence with no cell in it."""
    with pytest.raises(ReadError) as caught:
        pcqa.read(path, **options)
    message = str(caught.value)
    whole = "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None
    assert SECRET not in whole
    assert message.endswith(".")
    assert not re.search(r"[.!?] [A-Z]", message)
    assert "Traceback" not in message
    return message


def test_an_empty_file(write):
    assert "is empty" in refusal(write(""))
    assert "is empty" in refusal(write("\ufeff\n \n"))


def test_a_header_alone(exports, write):
    for text in exports.values():
        assert "no appointment below it" in refusal(write(text.splitlines()[0]))


def test_rows_parted_otherwise_than_the_header(exports, write):
    header, *rows = exports["systmone_appointments"].splitlines()
    assert "parted" in refusal(write("\n".join([header, *(r.replace(",", ";") for r in rows)])))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7\n%\xe2\xe3 1 0 obj", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old .xls"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "web page"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (b"\x1f\x8b not gzip", "could not be opened"),
        (bytes(range(256)) * 20, "not text"),
        (bytes(5000), "zeros"),
    ],
)
def test_what_is_no_table_whatever_its_name(write, content, says):
    assert says in refusal(write(content))


def test_a_zip_folder_named_csv(tmp_path):
    path = tmp_path / "export.csv"
    with zipfile.ZipFile(path, "w") as folder:
        folder.writestr("export.txt", SECRET)
    assert "is a zip folder, not a table: unpack it, or export" in refusal(path)


def test_a_word_document_is_called_that_and_is_not_to_be_unpacked(tmp_path):
    path = tmp_path / "export.docx"
    with zipfile.ZipFile(path, "w") as document:
        document.writestr("word/document.xml", SECRET)
    said = refusal(path)
    assert "is a Word document, not a table: export it again as CSV" in said
    assert "zip" not in said


def test_a_damaged_workbook(exports, tmp_path):
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    book.active.append(exports["gpad_practice"].splitlines()[0].split(","))
    book.save(path)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as target:
        for name in source.namelist():
            bad = name.startswith("xl/worksheets")
            target.writestr(name, b"<worksheet><sheetData><row" if bad else source.read(name))
    assert "damaged" in refusal(tmp_path / "bad.xlsx")


def test_an_empty_workbook(tmp_path):
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    assert "no format that is known" in refusal(tmp_path / "book.xlsx")


def test_a_folder_and_a_missing_file(tmp_path):
    assert "is a folder" in refusal(tmp_path)
    assert "'gone.csv' cannot be found" in refusal(tmp_path / "gone.csv")


def test_no_file_at_all():
    assert "No file was named" in refusal([])


def test_a_file_that_may_not_be_read(exports, write, monkeypatch):
    path = write(exports["gpad_practice"])

    def denied(*_args, **_options):
        raise PermissionError(errno.EACCES, SECRET)

    monkeypatch.setattr(pathlib.Path, "open", denied)
    assert "may not be read" in refusal(path)


@_SPARSE
def test_two_gigabytes_of_nothing_are_refused_at_once(tmp_path, monkeypatch):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)
    monkeypatch.setattr(files.Source, "blocks", None)  # no more than the first bytes may be read
    assert "zeros" in refusal(path)


@_SPARSE
def test_two_gigabytes_of_nothing_below_a_header_are_refused_at_once(
    exports, tmp_path, monkeypatch
):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.write(exports["systmone_appointments"].encode())
        file.truncate(2 * 1024**3)
    monkeypatch.setattr(files.Source, "blocks", None)
    assert "not text" in refusal(path)


@_SPARSE
def test_two_gigabytes_of_nothing_after_real_rows_are_refused_without_being_read(
    exports, tmp_path, monkeypatch
):
    header, *rows = exports["systmone_appointments"].splitlines(keepends=True)
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.write((header + "".join(rows) * 2000).encode())
        file.truncate(2 * 1024**3)
    monkeypatch.setattr(files, "LONGEST_BYTES", files.BLOCK_BYTES)
    assert "a line of more than" in refusal(path)


def test_a_quotation_mark_that_is_never_closed(exports, write):
    text = exports["systmone_appointments"].replace("02-Apr-25,", f'02-Apr-25,"{SECRET},')
    assert "quotation mark" in refusal(write(text))


def test_an_unknown_format_shows_known_headers_and_says_what_is_accepted(write):
    message = refusal(write(f"Date,Reason,Postcode,{SECRET}\n1,2,3,4\n"))
    assert "'Date', 'Reason', 'Postcode', column 4 (name not shown)" in message
    assert "SystmOne" in message
    assert "EMIS" in message
    assert "`pcqa read EXPORT --write-map map.toml`" in message


def test_a_headerless_file_shows_nobody(write):
    row = f"9434765919,{SECRET},01/02/1950,N16 5NE,07700 900123,zq@example.org\n"
    message = refusal(write(row * 4))
    assert "no row of column names" in message
    for secret in ("9434765919", "Zebedee", "1950", "N16", "07700", "zq@"):
        assert secret not in message


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("systmone_appointments", "Appointment status"),
        ("systmone_appointments", "Appointment date"),
        ("emis_slots", "Appointment Date"),
        ("gpad_practice", "COUNT_OF_APPOINTMENTS"),
        ("gpad_practice", "APPT_STATUS"),
        ("gpad_regional", "Appointment_Month"),
    ],
)
def test_a_missing_column_is_named(exports, write, name, column):
    message = refusal(write(exports[name].replace(column, "Something", 1)))
    assert column in message
    assert "cannot be found" in message


def test_a_column_twice_that_differs_is_named(exports, write):
    text = "\n".join(f"{row},DNA" for row in exports["systmone_appointments"].splitlines())
    text = text.replace(",DNA", ",Appointment status", 1)
    assert "'Appointment status' twice" in refusal(write(text))


def test_more_than_half_unreadable_refuses_the_file(exports, write):
    text = exports["systmone_appointments"]
    for day in ("01-Apr-25", "02-Apr-25"):
        text = text.replace(day, SECRET)
    message = refusal(write(text))
    assert "3 of its 5 rows" in message
    assert "row 2" in message


def test_two_suppliers_in_one_file(exports, write):
    text = exports["systmone_appointments"] + exports["emis_slots"]
    message = refusal(write(text))
    assert "another header in row 7" in message


def test_two_suppliers_in_one_header(exports, write):
    one = exports["systmone_appointments"].splitlines()
    other = exports["emis_slots"].splitlines()
    text = "\n".join(f"{a},{b}" for a, b in zip(one, other, strict=True))
    message = refusal(write(text))
    assert "EMIS" in message
    assert "SystmOne" in message


def test_two_suppliers_read_together(exports, write):
    one = write(exports["systmone_appointments"], "one.csv")
    other = write(exports["emis_slots"], "other.csv")
    assert "different kinds" in refusal([one, other])


def test_an_emis_table_of_counts_whose_names_stand_over_its_groups(write):
    text = (
        "Last Run: 04-May-2026\n"
        "Full Name of the Session Holder of the Session,Dr A,Dr B\n"
        "Appointment Date,Appointment Time,Slot Type,Availability,,\n"
        "04-May-2026,Before 12:59,GP,Booked,4,6\n"
    )
    assert "table of counts" in refusal(write(text))


def test_an_order_of_dates_that_is_none(exports, write):
    assert "'day-first' or 'month-first'" in refusal(
        write(exports["gpad_practice"]), dates="american"
    )


def test_whatever_else_goes_wrong_shows_its_kind_alone(exports, write, monkeypatch):
    from pcqa_teach.data.reading import keeping

    def broken(*_args, **_options):
        raise KeyError(SECRET)

    monkeypatch.setattr(keeping, "joined", broken)
    assert "(KeyError)" in refusal(write(exports["gpad_practice"]))


def test_nothing_is_written_while_reading(exports, write, tmp_path, monkeypatch):
    path = write(exports["gpad_regional"])
    opened = builtins.open

    def reading_only(file, mode="r", *args, **options):
        assert not set(mode) & set("wax+"), "a file was opened to be written"
        return opened(file, mode, *args, **options)

    monkeypatch.setattr(builtins, "open", reading_only)
    assert len(pcqa.read(path)) == 3
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_blocks_end_where_lines_end_outside_quotation_marks(write):
    rng = np.random.default_rng(7)
    cells = ['"a\nb"', "c", '"d,""e\n"', "", "f\r"]
    lines = [",".join(rng.choice(cells, 4)) + "\n" for _ in range(300)]
    text = "".join(lines).replace("f\r", "f").encode()
    source = files.look(write(text))
    blocks = list(source.blocks(40))
    assert b"".join(blocks) == text
    assert len(blocks) > 50
    assert all(block.count(b'"') % 2 == 0 for block in blocks)

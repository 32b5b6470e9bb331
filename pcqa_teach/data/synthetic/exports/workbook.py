"""A CSV export saved as a spreadsheet, with the same bytes every time."""

import csv
import io
import zipfile
from datetime import UTC, datetime

from openpyxl import Workbook

_THEN = datetime(2025, 1, 20, tzinfo=UTC).replace(tzinfo=None)


def workbook(data: bytes, encoding: str = "utf-8") -> bytes:
    """Return a one-sheet .xlsx of a comma-parted file; numbers become numbers, the rest is text."""
    book = Workbook(write_only=True)
    book.properties.creator = "pcqa_teach"
    book.properties.created = book.properties.modified = _THEN
    sheet = book.create_sheet("Report")
    for row in csv.reader(io.StringIO(data.decode(encoding))):
        sheet.append([int(cell) if cell.isdecimal() and len(cell) < 10 else cell for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return _steady(buffer.getvalue())


def _steady(data: bytes) -> bytes:
    """Write the archive again, with one date for every part."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(source.namelist()):
            part = zipfile.ZipInfo(name, date_time=(2025, 1, 20, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, _dated(name, source.read(name)))
    return out.getvalue()


def _dated(name: str, content: bytes) -> bytes:
    """Put one date into the document's properties (saving stamps the present moment on them)."""
    if name != "docProps/core.xml":
        return content
    import re

    stamp = _THEN.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, content)

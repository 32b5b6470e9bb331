"""A table as the bytes of a text file, in one of the ways that systems write, and damage."""

from __future__ import annotations

import csv
import io

from .dice import Dice
from .seeds import Seed

ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "latin-1",
             "utf-32", "mac-roman")  # fmt: skip
DELIMITERS = (",", "\t", ";", "|", ":", " ")
ENDS = ("\r\n", "\n", "\r", "\n\n")


def text(dice: Dice, rows: list[list[str]], seed: Seed) -> tuple[bytes, tuple[str, ...]]:
    """Return a table's bytes, and how they were written."""
    delimiter = dice.of(DELIMITERS) if dice.one_in(6) else seed.delimiter
    encoding = dice.of(ENCODINGS) if dice.one_in(4) else seed.encoding
    end = dice.of(ENDS) if dice.one_in(6) else "\r\n"
    quoting = csv.QUOTE_ALL if dice.one_in(6) else csv.QUOTE_MINIMAL
    if dice.one_in(12):  # by a program that does not know of quotation marks
        whole = end.join(delimiter.join(row) for row in rows) + end
        how = "bare"
    else:
        buffer = io.StringIO()
        csv.writer(
            buffer, delimiter=delimiter, lineterminator=end, quoting=quoting, escapechar=None
        ).writerows(rows)
        whole, how = buffer.getvalue(), "quoted"
    if dice.one_in(8):
        whole = whole.rstrip("\r\n")
    return whole.encode(encoding, "replace"), (how, repr(delimiter), encoding, repr(end))


def damaged(dice: Dice, data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return the bytes with some of them changed, and how."""
    done = []
    for _ in range(1 + dice.below(3)):
        how = dice.of(("flip", "cut", "double", "insert", "drop", "quote", "end", "swap"))
        at = dice.below(len(data) + 1)
        span = 1 + dice.below(dice.of((3, 40, 2000)))
        if how == "flip" and data:
            at = min(at, len(data) - 1)
            data = data[:at] + bytes([data[at] ^ (1 << dice.below(8))]) + data[at + 1 :]
        elif how == "cut":
            data = data[:at]
        elif how == "double":
            data = data[: at + span] + data[at:]
        elif how == "insert":
            data = data[:at] + bytes(dice.below(256) for _ in range(min(span, 40))) + data[at:]
        elif how == "drop":
            data = data[:at] + data[at + span :]
        elif how == "quote":
            data = data[:at] + b'"' + data[at:]
        elif how == "end":
            data = data[:at] + dice.of((b"\r", b"\n", b"\x00", b"\x1a", b"\xff")) + data[at:]
        elif how == "swap":
            data = data[at:] + data[:at]
        done.append(how)
    return data, tuple(done)

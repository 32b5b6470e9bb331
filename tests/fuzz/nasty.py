"""Cells that a sheet may hold and a reader may not expect, and people who must not get out."""

from __future__ import annotations

PEOPLE = (
    "943 476 5919", "9434765919", "Zebedee Quux", "QUUX, Zenobia (Mrs)", "Dr Zenobia Quux",
    "07700 900123", "N16 5NE", "zenobia.quux@example.org", "Zenobia Quux rang about her results",
    "=HYPERLINK(\"http://example.org/?q=Quux\")",
)  # fmt: skip
TRACES = ("quux", "zebedee", "zenobia", "943 476 5919", "9434765919", "07700 900123",
          "07700900123", "n16 5ne", "example.org", "invented patient", "999 000")  # fmt: skip
DATES = (
    "01/02/2025", "1.2.25", "2025-02-30", "29/02/2024", "29/02/2025", "31/12/9999", "1900-01-00",
    "45678", "45678.5", "13/13/2025", "12/13/2025", "2025-W05", "Feb-25", "FEB2025", "01FEB2025",
    "2025-03-30 01:30", "2025-10-26T01:30:00+01:00", "2025-02-01T24:00", "00:00", "24:01", "25:61",
    "8am", "3 febbraio 2025", "1er mars 2025", "Montag", "0000-00-00", "2099-01-01", "20250201",
    "1738368000", "1 Feb 2025 08:00 pm", "/", "-/-/-", "２０２５-02-01",
)  # fmt: skip
NUMBERS = (
    "0", "-0", "-3", "1e308", "1e999", "-1e308", "inf", "-inf", "NaN", "nan", "1,234", "1.234,5",
    "12.50", "0x1F", "999999999999", "9" * 400, "1_000", "٣", "½", "<5", "*", "c", "5-9", "1e5",
    "٠", "²", "4294967296", "9223372036854775808", "3.0", "3.", "+7", "１２",
)  # fmt: skip
WORDS = (
    "", " ", "\u00a0", "\u200b", "\ufeff", "\u2028", "-", "n/a", "None", "NULL", "null", "Total",
    "Grand Total:", "Subtotal", "requests", "DNA", "Booked", "Available", "Unknown", "Unassigned",
    "Monday", "CBT001", "CBT999", "patientReviewSubmit", "true", "=1/0", "#REF!", "=SUM(A1:A9)",
    "@cmd", "+1", "£", "😀👩‍⚕️", "é" * 300, "x" * 40_000, "a\nb", "a\r\nb", "a\rb", '"', '""',
    'say "so', "'", "''", "\\", "\t", ";", ",", "a,b;c\td|e", "\x00", "a\x00b", "\x1a", "\x0b",
    "\x0c", "\x1e", "\x85", "\ud7ff", "\uffff", "\u202eabc", "Full Name of the Session Holder",
    "Appointment Date", "Last Run: 1-May-2025", "PCQA sheet: tally", "<script>alert(1)</script>",
    "{}", "[1]", "%s%n", "../../etc/passwd", "C:\\x", "İ", "ß", "ﬁ",
)  # fmt: skip
CELLS = (*DATES, *NUMBERS, *WORDS, *PEOPLE, *PEOPLE)
HEADINGS = (
    "Date du rendez-vous", "Terminstatus", "Data", "Estado", "日付", "Appointment date",
    "Appointment Date", "Date", "Clinician", "Status", "Type", "count", "COUNT_OF_APPOINTMENTS",
    "Patient ID", "NHS Number", "Patient Name", "Unnamed: 3", "date", "status", "start", "",
    "APPT_STATUS", "GP_CODE", "Caller", "Queue", "month", "practice", "Value", "Indicator",
    "Timestamp", "ActionID", "Age", "Mode", "period", "source", "Zenobia Quux", "943 476 5919",
)  # fmt: skip

"""What people are given: the book, a participant's workbook, and the notebooks inside a wheel."""

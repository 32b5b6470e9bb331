"""Readers: one module a format, and how files are opened, told apart and taken to pieces."""

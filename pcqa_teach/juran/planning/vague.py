"""Words that two people read differently."""

from __future__ import annotations

import re

VAGUE = (
    "acceptable", "adequate", "appropriate", "appropriately", "asap", "avoidable", "bad",
    "better", "busy", "caring", "convenient", "difficult", "easily", "easy", "etc",
    "excessive", "fast", "frequent", "frequently", "friendly", "good", "helpful", "high",
    "inappropriate", "late", "long", "low", "many", "often", "poor", "prompt", "promptly",
    "quick", "quickly", "rarely", "reasonable", "regular", "regularly", "relevant", "safe",
    "satisfactory", "short", "significant", "simple", "slow", "soon", "sufficient",
    "suitable", "timely", "too", "unnecessary", "urgent", "usually", "well",
)  # fmt: skip

_FOUND = re.compile(rf"\b({'|'.join(VAGUE)})\b", re.IGNORECASE)
_FINE = re.compile(r"\bhow (long|often|many)\b", re.IGNORECASE)


def vague_words(words: str) -> list[str]:
    """Find the words of a text that are open to opinion, each once; the list is our own.

    >>> vague_words("Urgent calls answered quickly"), vague_words("How long people wait, minutes")
    (['urgent', 'quickly'], [])
    """
    return list(dict.fromkeys(_FOUND.findall(_FINE.sub(" ", words).lower())))

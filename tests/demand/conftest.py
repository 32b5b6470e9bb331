"""The invented contacts with their truth, and the published table of continuity."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import pcqa_teach as pcqa

# Br J Gen Pract 2023;73:279-82 (PMC10229170), table 2: each letter a visit to that doctor
LIST_A = ["A", "AA", "AB", "AAB", "ABC", "AABB", "AABC", "AAABBB", "AAAABBBB", "AAAABCDE"]
LIST_B = ["B", "BB", "AC", "ABB", "ACC", "AABC", "ABBC", "AABBBC", "AAABBBBC", "AABBCCCC"]


@pytest.fixture(scope="session")
def coded() -> pd.DataFrame:
    """The 400 invented contacts with two coders' codes and the truth."""
    truth = pd.read_csv(
        Path(__file__).parents[2] / "data" / "synthetic" / "truth_contacts.csv",
        keep_default_na=False,
    )
    contacts = pcqa.demand.code_contacts(pcqa.load_demo("contacts"), pcqa.load_demo("coders"))
    return contacts.merge(truth, on="contact_id")


@pytest.fixture(scope="session")
def published() -> pd.DataFrame:
    """The visits of the published worked example: twenty patients, two list-holding GPs."""
    rows = [
        (f"Patient {number}", doctor, "A" if number <= 10 else "B")
        for number, letters in enumerate(LIST_A + LIST_B, 1)
        for doctor in letters
    ]
    return pd.DataFrame(rows, columns=["patient", "clinician", "usual_gp"])

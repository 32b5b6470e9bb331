"""What every committed file holds: one definition, from which the data dictionary is written."""

from dataclasses import dataclass

from pcqa_teach.data.synthetic import events


@dataclass(frozen=True)
class File:
    """One committed file: what a row stands for, and each column's meaning."""

    row: str
    columns: dict[str, str]
    span: str = ""


_WEEKDAY = "day of the week, in words"

FILES: dict[str, File] = {
    "appointments.csv.gz": File(
        "one slot of the appointment book, used or not, in the kit's tidy schema",
        {
            "date": "day of the appointment, YYYY-MM-DD",
            "period": "what `date` stands for: always `day`",
            "status": "Available, Booked, Attended, DNA, Cancelled, Walked out or Unknown; a "
            "cancelled appointment has its own row, its slot may have another",
            "count": "appointments that the row stands for: always 1",
            "source": "format: always `tidy`",
            "start_minute": "planned start, minutes after midnight",
            "booking_gap": "days from booking to appointment, in the national bands; empty where "
            "nobody booked",
            "booking_gap_days": "the same, in days",
            "mode": "Face-to-Face, Telephone, Home Visit, Video/Online or Unknown",
            "hcp_type": "GP or Other Practice staff",
            "category": "national category of the slot",
            "planned_min": "planned length, minutes",
            "actual_min": "time spent, minutes; empty unless attended",
            "arrived_minute": "arrival, minutes after midnight; face-to-face only",
            "sent_in_minute": "called in, minutes after midnight",
            "left_minute": "left, minutes after midnight",
            "age_band": "age of the person, five-year band",
            "practice": "code of the practice",
            "clinician": "code of the clinician",
            "session": "code of the session (one clinician, one half-day)",
            "slot_type": "code of the slot's name (the practice changed all names once)",
            "patient": "code of the person; empty where nobody booked",
            "usual_gp": "code of the person's usual GP, in the same key as `clinician`",
        },
        "26 weeks, 10 June to 8 December 2024",
    ),
    "calls_daily.csv": File(
        "one working day of the telephone",
        {
            "date": "YYYY-MM-DD",
            "weekday": _WEEKDAY,
            "calls": "calls that came in, redials among them",
            "first_calls": "calls that were not a redial after giving up",
            "answered": "calls answered by a person",
            "ended_in_menu": "calls that ended in the recorded menu",
            "call_back": "calls in which a call-back was asked for",
            "abandoned": "calls given up in the queue, or lost in the outage",
            "calls_0810": "calls between 08:00 and 09:59",
            "share_answered": "answered / calls, %",
            "share_0810": "calls_0810 / calls, %",
        },
        "all 720 days from 12 January 2024",
    ),
    "calls.csv.gz": File(
        "one telephone call",
        {
            "call_id": "number of the call",
            "start": "when it came in, YYYY-MM-DD HH:MM:SS",
            "queue_s": "time in the queue, seconds",
            "outcome": "Answered, Ended in menu, Call-back asked or Missed",
            "handled_s": "length of the talk, seconds; empty unless answered",
            "agent_id": "number of the place at the desk; empty unless answered",
            "redial_of": "the call after which this person rang again; empty for a first call",
        },
        "4 weeks, 4 November to 1 December 2024",
    ),
    "contacts.csv": File(
        "one contact, with the person's (invented) words",
        {
            "contact_id": "number of the contact",
            "channel": "Telephone, Online form, Front desk or Email",
            "at": "when, YYYY-MM-DD HH:MM",
            "verbatim": "what was asked, in the person's words; made by a grammar, said by nobody",
        },
        "400 contacts of one week",
    ),
    "coders.csv": File(
        "the code that one coder gave one contact",
        {
            "contact_id": "number of the contact",
            "coder_id": "coder-1 or coder-2",
            "code": "value, failure-practice or failure-system",
        },
    ),
    "tally.csv": File(
        "one contact of a tally of 14 to 18 October 2024, coded by hand, as its sheet is read",
        {
            "code": "value, failure-practice, failure-system, or failure (lever not known)",
            "date": "YYYY-MM-DD",
            "channel": "Telephone, Online form, Front desk or Email; caught unevenly",
            "cause": "the cause that was written down; other where none of the list fitted",
            "became": "done, given a time or told to come back",
            "second": "what a second person coded, of every seventh contact",
        },
    ),
    "right_appointment.csv": File(
        "one appointment of a coded sample of 4 to 15 November 2024, as its sheet is read",
        {
            "helper": "who could have helped as well, or right as it was: a first person's view",
            "date": "YYYY-MM-DD",
            "seen": "role of whoever held the appointment",
            "exists": "whether that service exists here: yes, no, or empty where not written",
            "mode": "another way that would have done, or right as it was",
            "second": "the same as helper, by a second person",
            "minutes": "how long the appointment took",
        },
    ),
    "demand_day.csv": File(
        "one working day of demand and capacity",
        {
            "date": "YYYY-MM-DD",
            "weekday": _WEEKDAY,
            "asks": "people who asked for something that day",
            "same_day_asks": "those among them who needed it the same day",
            "met_same_day": "same-day asks met that day",
            "deferred": "same-day asks given a later day",
            "turned_away": "same-day asks told to ring again",
            "slots": "slots in the appointment book",
            "duty_slots": "duty slots that the rota planned for same-day asks",
            "list_size": "people registered",
        },
        "all 720 days",
    ),
    "failure_weekly.csv": File(
        "one week's tally of contacts caused by something not done, or not done right",
        {
            "week": "Monday of the week, YYYY-MM-DD",
            "working_days": "days the practice was open",
            "contacts": "all contacts of the week",
            "results": "asking for a result that was not sent",
            "unclear_plan": "unsure what happens next",
            "prescription_error": "a prescription that was wrong, late or lost",
            "could_not_get_through": "rang again after not getting through",
            "wrong_clinician": "booked with somebody who could not help",
            "referral_chase": "chasing a referral",
            "hospital_letter_or_plan": "something that the hospital said would come",
            "medicine_not_in_stock": "the chemist has none",
        },
        "102 whole weeks",
    ),
    "book_weekly.csv": File(
        "one week of the appointment book, added up",
        {
            "week": "Monday of the week, YYYY-MM-DD",
            "working_days": "days the practice was open",
            "appointments": "appointments that took or should have taken place",
            "attended": "people came",
            "dna": "did not attend",
            "unknown": "no ending stored",
            "planned_care": "those in categories of planned care: clinics, procedures, medication "
            "reviews, care homes, groups, social prescribing",
            "minutes": "minutes spent in those that people came to",
        },
        "102 whole weeks",
    ),
    "attendance.csv.gz": File(
        "one person's contacts in the year before and the year after day 365",
        {
            "copy": "`usual` (no scheme) or `scheme` (the copy of the practice that has it)",
            "patient": "code of the person, the same in both copies",
            "age_band": "five-year band",
            "before": "contacts in days 0-364",
            "after": "contacts in days 365-719 (355 days)",
        },
    ),
    "network_weekly.csv.gz": File(
        "one practice's week",
        {
            "week": "Monday of the week, YYYY-MM-DD",
            "practice": "code of the practice",
            "list_size": "people registered",
            "working_days": "days open",
            "appointments": "appointments that took or should have taken place",
            "attended": "attended",
            "dna": "stored as did not attend",
            "unknown": "no ending stored",
            "same_day": "booked for the same day",
            "telephone": "by telephone",
            "no_contact_recorded": "telephone appointments in which nobody picked up",
        },
        "24 practices, 102 whole weeks",
    ),
    "funnel_practices.csv": File(
        "one practice's year",
        {
            "practice": "code of the practice",
            "list_size": "people registered",
            "deprivation_fifth": "1 = most deprived",
            "imd": "score of the Index of Multiple Deprivation (invented)",
            "appointments": "appointments in the year",
            "attended": "attended",
            "dna": "did not attend",
            "unknown": "no ending stored",
            "same_day": "booked for the same day",
            "telephone": "by telephone",
            "waited_over_14_days": "booked more than 14 days ahead",
        },
        "200 practices",
    ),
    "survey.csv": File(
        "one person's answers about a consultation (CollaboRATE)",
        {
            "response_id": "number of the answer",
            "month": "YYYY-MM",
            "age_group": "16-34, 35-64 or 65+",
            "item1": "effort made to help you understand, 0-9",
            "item2": "effort made to listen to what matters to you, 0-9",
            "item3": "effort made to include it in what comes next, 0-9",
            "overall": "overall rating, 0-10",
        },
    ),
    "staff_pulse.csv": File(
        "one week's mean answers of the staff",
        {
            "week": "Monday of the week, YYYY-MM-DD",
            "answers": "people who answered",
            "pulse": "mean answer to 'I could do my work well this week', 1-5",
            "say": "the same to 'I could say so when something was not right'",
            "try": "the same to 'We tried something out to make our work better'",
        },
    ),
    "improvement_log.csv": File(
        "one change that the practice wrote down",
        {"date": "YYYY-MM-DD", "change": "what was changed", "by": "by whom (a role)"},
    ),
    "truth_contacts.csv": File(
        "what one contact really was (for graders)",
        {
            "contact_id": "number of the contact",
            "demand_type_true": "value, failure-practice or failure-system",
            "cause_true": "cause of the failure; empty for value demand",
        },
    ),
    "truth_calls.csv.gz": File(
        "what one call really was (for graders)",
        {
            "call_id": "number of the call",
            "purpose_true": "what the person rang for",
            "demand_type_true": "value, failure-practice or failure-system",
        },
    ),
    "truth_network.csv": File(
        "what one network practice really is (for graders)",
        {
            "practice": "code of the practice",
            "list_size": "people registered on day 0",
            "deprivation_fifth": "1 = most deprived",
            "imd": "score",
            "dna_true": "true share of appointments not attended",
            "unknown_true": "true share without an ending",
            "same_day_true": "true share booked for the same day",
            "telephone_true": "true share by telephone",
            "appointments_per_patient_true": "true appointments a person a year",
            "artefact_true": "share stored as DNA though nobody had been reached",
            "planted_true": "true high DNA, coding artefact, or empty",
        },
    ),
}

_OPENING = """# Invented data of Riverside Road Surgery

**Everything here is invented.** No row, word or number comes from a person, a practice or a
patient's record. The figures are drawn by chance from one seed ({seed}), to shares that published
statistics suggest, so that what was planted can be found and an answer can be marked.

- Day 0 is {day0} (a Friday); the last day is {last}. Bank holidays are those of England.
- Rebuilt, byte for byte, by `python -m pcqa_teach.data.synthetic -o data/synthetic`
  (or `make data`). This page is written by the same command.
- `truth.json` and the `truth_*` files say what was planted. They are for graders and facilitators
  and are never copied to a participant.
- `exports/` holds the same practice as its own systems would export it, clean and with faults.

What we assumed, because no published figure says it:

{assumptions}
"""


def readme(seed: int, b3: dict[str, object]) -> str:
    """Return the data dictionary as Markdown."""
    text = [
        _OPENING.format(
            seed=seed,
            day0=events.iso(0),
            last=events.iso(events.SPAN - 1),
            assumptions="\n".join(f"- {line}" for line in events.ASSUMPTIONS),
        ),
        "## The days for the lesson on plotting the dots\n",
        f"{b3['n']} working days of `calls_daily.csv`, column `answered`, from {b3['first']} to "
        f"{b3['last']}.\n",
    ]
    for name, file in FILES.items():
        span = f" {file.span[0].upper()}{file.span[1:]}." if file.span else ""
        text.append(f"## {name}\n\nA row is {file.row}.{span}\n\n| column | meaning |\n|---|---|")
        text += [f"| {column} | {meaning} |" for column, meaning in file.columns.items()]
        text.append("")
    return "\n".join(text)


def exports_readme(quirks: dict[str, dict[str, int]]) -> str:
    """Return the page beside the exports: each file, and how many rows carry each fault."""
    text = [
        "# The appointment book as systems export it\n",
        "**Invented, every row.** Names such as INVENTED PATIENT 00001 and ten-digit numbers that "
        "begin with 999 and fail their check digit stand where a real file would hold people, so "
        "that one can see the reader drop them.\n",
    ]
    for name, found in quirks.items():
        text.append(f"## {name}\n")
        if found:
            text.append("| fault | rows |\n|---|---|")
            text += [f"| {what} | {rows:,} |" for what, rows in found.items() if rows]
        else:
            text.append("As it should be.")
        text.append("")
    return "\n".join(text)

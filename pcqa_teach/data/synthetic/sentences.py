"""Short invented sentences of people who ring a practice, by what brought them."""

import numpy as np

Parts = tuple[str, ...]
Pattern = tuple[Parts, Parts, Parts]

_CHECK: Parts = (
    "and I'd like somebody to look at it.",
    "and I don't know if I should wait.",
    "and I would like some advice please.",
    "and the pharmacist said to ring you.",
    "and it's not getting any better.",
    "and I'd rather get it checked.",
)

# cause: patterns of (openings, middles, endings); every sentence is one of each.
GRAMMAR: dict[str, tuple[Pattern, ...]] = {
    "value": (
        (
            ("I've had", "For a week now I've had", "I'm a bit worried, I've had", "I keep having"),
            (
                "a cough that won't shift",
                "pain in my knee",
                "trouble sleeping",
                "dizzy spells when standing up",
                "heartburn after meals",
                "headaches in the morning",
                "a sore back",
                "numbness in two fingers",
                "a stiff neck",
            ),
            _CHECK,
        ),
        (
            ("My daughter has", "My husband has", "My mother has", "The baby has"),
            (
                "a cough that won't shift",
                "an ear ache",
                "a rash on the arm",
                "a fever since last night",
            ),
            _CHECK,
        ),
        (
            ("I've noticed", "Sorry to bother you, I've got"),
            ("a new lump under the skin", "a mole that has changed", "a swollen ankle"),
            _CHECK,
        ),
        (
            ("I need", "I'd like to book", "Could I arrange", "I was asked to book"),
            ("my yearly asthma review", "a smear test", "my blood pressure check", "a flu vaccine"),
            (
                "please.",
                "before the end of the month.",
                "after work if you can.",
                "in the morning.",
            ),
        ),
    ),
    "results": (
        (
            (
                "I'm ringing about",
                "I was told to call for",
                "I still haven't heard about",
                "I'd like to know about",
                "Nobody has called me with",
            ),
            (
                "my blood test",
                "the urine test",
                "the scan of my shoulder",
                "my cholesterol check",
                "the swab",
                "the thyroid test",
                "my son's blood test",
            ),
            (
                "from last Tuesday.",
                "from ten days ago.",
                "and I was told three days.",
                "because the text never came.",
                "and I'm getting anxious about it.",
            ),
        ),
    ),
    "unclear plan": (
        (
            (
                "I saw someone last week and",
                "The doctor was kind but",
                "I came in on Friday and",
                "I had a phone call with the nurse and",
            ),
            (
                "I'm not sure what happens next",
                "I don't know if I should book again",
                "I can't remember whether to stop the old tablets",
                "nobody said when to come back",
                "I don't know who is meant to ring whom",
                "I wasn't sure what to look out for",
            ),
            (
                "so I'm ringing to ask.",
                "so could you check my notes please.",
                "and I don't want to get it wrong.",
                "so I thought I'd better call.",
            ),
        ),
    ),
    "prescription error": (
        (
            (
                "My prescription",
                "The repeat that I ordered",
                "My inhaler request",
                "The cream from last time",
                "My mother's prescription",
            ),
            (
                "came through wrong",
                "went to the wrong pharmacy",
                "was for the old dose",
                "was turned down and I don't know why",
                "was for one week and not a month",
                "isn't at the chemist again",
            ),
            (
                "and I run out tomorrow.",
                "so could somebody put it right please.",
                "and this is the second time.",
                "and the chemist sent me back to you.",
            ),
        ),
    ),
    "could not get through": (
        (
            (
                "I tried yesterday but",
                "I rang at eight but",
                "I've been trying since Monday but",
                "I called three times but",
            ),
            (
                "the line kept cutting off",
                "I had to go into work",
                "it said all the slots were gone",
                "I was told to ring again in the morning",
                "I was number eighteen in the queue",
                "the call-back never came",
            ),
            (
                "so here I am again.",
                "so I'm trying again now.",
                "and it's the same thing I wanted then.",
                "and I still need to speak to somebody.",
            ),
        ),
    ),
    "wrong clinician": (
        (
            ("I was booked with", "Last time I was given", "They put me in with", "I came to see"),
            (
                "the nurse but it needed a doctor",
                "the physio but it's my blood pressure",
                "somebody who couldn't prescribe",
                "the pharmacist but it needed an examination",
                "a doctor when the nurse could have done it",
            ),
            (
                "so I need another appointment.",
                "and I was told to book again.",
                "so could I see the right person please.",
                "and so nothing was sorted.",
            ),
        ),
    ),
    "referral chase": (
        (
            (
                "I'm chasing",
                "Could you find out about",
                "It's about",
                "I've heard nothing about",
                "The hospital says they never got",
            ),
            (
                "my referral to the knee clinic",
                "the referral for my hearing",
                "the letter to the skin clinic",
                "my daughter's referral",
                "the physiotherapy referral",
                "the referral to the heart clinic",
            ),
            (
                "from two months ago.",
                "as I don't know whom to ring.",
                "that was sent in the summer.",
                "as I was told to ask you.",
            ),
        ),
    ),
    "hospital letter or plan": (
        (
            (
                "The hospital told me",
                "At the clinic they said",
                "When I was sent home they said",
                "The consultant said",
            ),
            (
                "my doctor would give me the new tablets",
                "you'd have the letter by now",
                "you would arrange the blood test",
                "to ring you for the sick note",
                "my own doctor would explain the scan",
            ),
            (
                "but nothing has happened.",
                "so has anything come?",
                "so I'm ringing to check.",
                "and I don't know what comes next.",
            ),
        ),
    ),
    "medicine not in stock": (
        (
            ("The chemist says", "I've been to three chemists and", "My pharmacy told me"),
            (
                "my tablets are out of stock",
                "they can't get the patches",
                "the inhaler isn't being made just now",
                "there's no stock of my cream until next month",
            ),
            (
                "so can I have something else?",
                "so I need another kind.",
                "and I have two days left.",
                "so what should I do please?",
            ),
        ),
    ),
}


def sentences(cause: str) -> np.ndarray:
    """Return every sentence that the grammar can make for a cause, in a fixed order.

    Examples
    --------
    >>> str(sentences("wrong clinician")[0])
    'I was booked with the nurse but it needed a doctor so I need another appointment.'
    """
    made = [
        f"{first} {middle} {last}"
        for openings, middles, endings in GRAMMAR[cause]
        for first in openings
        for middle in middles
        for last in endings
    ]
    return np.array(made, dtype=object)

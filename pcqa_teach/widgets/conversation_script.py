"""The conversation of lesson c1, sentence by sentence. All of it is invented; nobody said it."""

from __future__ import annotations

from dataclasses import dataclass

KINDS: dict[str, str] = {
    "agree": "agreeing",
    "ask": "asking",
    "number": "giving a number",
    "advice": "advice",
    "blame": "blame",
}


@dataclass(frozen=True)
class Choice:
    """One thing that a coach could say: its words, its kind, and the turn that it leads to."""

    words: str
    kind: str
    leads: str


@dataclass(frozen=True)
class Turn:
    """What the team says; whether it says `so` "more" or "less" than before; what may follow.

    A turn without choices ends the conversation, and says in `end` what came of it.
    """

    heard: str
    so: str
    choices: tuple[Choice, ...] = ()
    end: str = ""


SCRIPT: dict[str, Turn] = {
    "start": Turn(
        "You have seen our numbers. Just tell us what to do.",
        "more",
        (
            Choice(
                "Before I say anything: what would make this hour worth it for you, and who else "
                "will see these numbers?",
                "agree",
                "agreed",
            ),
            Choice("Most practices like yours put two more people on at eight.", "advice", "tried"),
            Choice(
                "You answer 59 calls in 100. Others manage 70, so it can be done.",
                "blame",
                "defend",
            ),
        ),
    ),
    "agreed": Turn(
        "Fewer angry people at the desk. And the federation does not see it, not yet.",
        "more",
        (
            Choice("When does it get angry? Tell me about last Monday.", "ask", "monday"),
            Choice(
                "Here is your own chart. In an ordinary week, between 30 and 89 calls in 100 are "
                "answered: that is a wide range. What do you see in it?",
                "number",
                "range",
            ),
            Choice("Then open an online form, and fewer will ring.", "advice", "thanks"),
        ),
    ),
    "tried": Turn(
        "We tried. There is nobody to put on.",
        "less",
        (
            Choice("What happened when you tried?", "ask", "monday"),
            Choice("Then have them start at half past seven.", "advice", "closed"),
            Choice(
                "I went too fast. May we begin again: what do you want from this hour?",
                "agree",
                "agreed",
            ),
        ),
    ),
    "defend": Turn(
        "Those figures are wrong. They count people who only heard the menu.",
        "less",
        (
            Choice(
                "That may well be so. Which figure would you trust, and how would we find it?",
                "ask",
                "range",
            ),
            Choice("It is the same system everywhere, and others do better.", "blame", "closed"),
            Choice(
                "I began badly, with a verdict. May I ask first what this hour is for?",
                "agree",
                "agreed",
            ),
        ),
    ),
    "monday": Turn(
        "By five past eight the queue was full. I would say that half of them only wanted a "
        "result.",
        "more",
        (
            Choice("Half: how could we find out whether it is half?", "ask", "count"),
            Choice("Send the results by text, then.", "advice", "thanks"),
            Choice("So why do results not go out?", "blame", "closed"),
        ),
    ),
    "range": Turn(
        "So the bad weeks are nothing special? It is simply like that here?",
        "more",
        (
            Choice("What is different about the hours that make it so wide?", "ask", "count"),
            Choice("Yes. So you need a new telephone system.", "advice", "thanks"),
            Choice(
                "Yes: no week here lies outside its own limits. That does not make it good enough.",
                "number",
                "count",
            ),
        ),
    ),
    "count": Turn(
        "We could note for a week what people ring about. Would you help us with the sheet?",
        "more",
        end="They go away with something of their own to find out. It may turn out not to be so.",
    ),
    "thanks": Turn(
        "Good idea. Thank you.",
        "less",
        end="Everybody is polite. Nothing has happened by the next visit: it was your idea.",
    ),
    "closed": Turn(
        "We have to get back to the telephones.",
        "less",
        end="The hour ends after ten minutes. You know no more than the chart told you before.",
    ),
}
# Ways through it for print: of each turn, the place of the choice that is taken.
ROUTES: dict[str, tuple[int, ...]] = {
    "Advice first": (1, 1),
    "A verdict, and a repair": (2, 2, 1, 0),
    "Agree first, then ask": (0, 0, 0),
}

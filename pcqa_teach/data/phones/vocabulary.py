"""Words for what became of a call and which way it went, as suppliers write them."""

from __future__ import annotations

from pcqa_teach.data.readers.base import key

ANSWERED, MENU, CALL_BACK, MISSED, MESSAGE, UNKNOWN = (
    "Answered", "Ended in menu", "Call-back asked", "Missed", "Left a message", "Unknown",
)  # fmt: skip
OUTCOMES = (ANSWERED, MENU, CALL_BACK, MISSED, MESSAGE, UNKNOWN)
INBOUND, OUTBOUND, INTERNAL = "in", "out", "internal"
DIRECTIONS = (INBOUND, OUTBOUND, INTERNAL)

_OUTCOME_WORDS = {
    ANSWERED: "answered; call answered; answered by agent; answered by user; answer; connected; "
    "completed; complete; handled; picked up; success; successful; talked; spoken to; agent",
    MENU: "ended in menu; ended in ivr; ivr; ivr only; ivr hangup; ivr abandoned; menu; "
    "auto attendant; announcement; announcement played; closed message; out of hours; "
    "self service; terminated in ivr; disconnected in ivr; message played; ended in greeting",
    CALL_BACK: "call-back asked; callback; call back; callback requested; call back requested; "
    "queue callback; callback accepted; call-back; requested callback; callback booked",
    MISSED: "missed; missed call; abandoned; abandoned in queue; caller abandoned; lost; "
    "unanswered; not answered; no answer; noanswer; hung up; caller hung up; queue abandoned; "
    "rang out; ring no answer; queue timeout; timed out; timeout; busy; engaged; queue full; "
    "short abandon; abandoned short; abandoned ringing; gave up",
    MESSAGE: "left a message; voicemail; voice mail; message left; voicemail left; to voicemail",
    UNKNOWN: "unknown; other; n/a; not recorded",
}
_DIRECTION_WORDS = {
    INBOUND: "in; inbound; incoming; incoming call; inbound call; received; external in; i; "
    "in call; callers",
    OUTBOUND: "out; outbound; outgoing; outgoing call; outbound call; made; dialled; external out; "
    "o; out call; callback out; placed",
    INTERNAL: "internal; internal call; extension; ext; transfer; station to station; intercom",
}


def _places(words: dict[str, str], order: tuple[str, ...]) -> dict[str, int]:
    return {
        key(word): order.index(meant)
        for meant, listed in words.items()
        for word in listed.split(";")
    }


OUTCOME_OF = _places(_OUTCOME_WORDS, OUTCOMES)
DIRECTION_OF = _places(_DIRECTION_WORDS, DIRECTIONS)

"""Dated words that tell of what did not come about: "was not signed", "never met", "the summit was called off"."""

from __future__ import annotations

import re

_NEVER = re.compile(
    r"\bnever\b|\b(?:did|do|does|was|were|is|are|has|have|had|could)(?:\snot\b(?!\s(?:only|just|merely))|n['’]t\b)"
    r"|\b(?:failed|refused|declined|unable)\sto\b|\A(?:Had|No|Nobody|Neither|None|Nothing)\b",
)
_UNTIL = re.compile(r"\b(?:until|till|before)\b")  # "did not meet until 2019": it then did
_OFF = re.compile(r"\b(?:cancel(?:l?ed)|called\soff|scrapped|aborted|postponed|put\soff)\b", re.IGNORECASE)
_NO_SUCH = r"\b(?:no|without(?:\sa|\san|\sany)?)\s(?:[\w-]+\s){0,2}"  # and the noun
_PASSIVE = re.compile(r"\s(?:was|were|has|have|had)(?:\snot|n['’]t|\snever)\s(?!only|just|merely)")
_NEAR = 40  # characters between an event's noun and the verb that denies it


def did_not_happen(words: str, *, head: str, noun: bool) -> bool:
    """Whether the words of a clause say that what its head names did not come about.

    words: of the clause with its date.  head: its event's noun or verb.  A verb is denied by "not", "never" or "failed
    to" unless "until" follows; a noun by "no" before it or "was not" close behind it; both by "called off".
    Cost: linear.

    >>> did_not_happen("The treaty was not signed on 5 May 2020", head="signed", noun=False)
    True
    >>> did_not_happen("The councils did not meet until 2019", head="meet", noun=False)
    False
    """
    if is_off(words):
        return True
    if not noun:
        denied = _NEVER.search(words)
        return denied is not None and not _UNTIL.search(words, denied.end())
    if head and re.search(_NO_SUCH + re.escape(head), words, re.IGNORECASE):
        return True
    at = words.lower().find(head) if head else -1
    denied = _PASSIVE.search(words, at + len(head), at + len(head) + _NEAR) if at >= 0 else None
    return denied is not None and not _UNTIL.search(words, denied.end())


def is_off(words: str) -> bool:
    """Whether they say that something was called off or put off."""
    return _OFF.search(words) is not None

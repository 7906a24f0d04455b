"""Words that look like a state's name and are none: the river, the bird, the person, the US state."""

from __future__ import annotations

import re

from winset.actors.tables import rows

_GEOGRAPHY_AFTER = re.compile(
    r"\s(?:[Rr]iver|[Ss]ea|[Ss]traits?|[Cc]anal|[Bb]asin|[Vv]alley|[Dd]elta|[Dd]esert|[Pp]eninsula|Ocean|Bay|Lake|Mountains"
    r"|Dam|Airport|Street|Road|Avenue|Square|Hotel|Airlines?|Airways|Open|Cup|Marathon)\b"
)
_TREATY_AFTER = re.compile(
    r"\s(?:[Aa]greements?|[Aa]ccords?|[Pp]rotocols?|[Tt]reaty|[Cc]onventions?|[Pp]act|[Mm]emorandum|Statute|Declaration"
    r"|Final Act|[Cc]riteria|[Cc]onsensus|Principles)\b"
)
_THINGS_AFTER = re.compile(
    r"\s(?:plates?|cups?|cabinets?|dolls?|shops?|teapots?|pigs?|fowls?|sandwich(?:es)?|dinners?|breasts?|soup|stuffing|nuts?"
    r"|hats?|peppers?|delight|cheese|terriers?|shepherds?|salad|fries|toast)\b"
)
_OF_BEFORE = re.compile(
    r"\b(?:Gulf|Sea|Straits?|Bay|Isthmus|Lake|Cape|Port|Mount|Battle|Treaty|River|Rock|Prince|Duke|Duchess|Princess"
    r"|Archbishop|Bishop|Church|Bank|University|Merchant|Lawrence|Joan)\sof\s(?:the\s)?\Z"
)
_PART_BEFORE = re.compile(
    r"\b(?:North|South|East|West|Northern|Southern|Eastern|Western|Latin|Inner|Outer|Upper|Lower|Greater|Little|African)[\s-]\Z"
)
_NEW_BEFORE = re.compile(r"\bNew\s\Z")
_NEW_PLACES = frozenset({"Mexico", "Jersey", "Guinea", "Mexican"})
_CENTRAL_BEFORE = re.compile(r"\bCentral\s\Z")
_AMERICA = frozenset({"America", "American", "Americans"})
_NAMESAKES = frozenset(
    "Jordan Chad Georgia Israel Paris London Washington Victoria Sofia Kenya Berlin Santiago Kingston Hamilton Cuba"
    " Malta Ireland Holland Dominica Lima Madrid Vienna Georgetown Rome".split()
)
_GIVEN_NAMES = frozenset("Jordan Chad Georgia Israel Paris Victoria Sofia Kenya".split())
_HIS = re.compile(r"\s\w+\s(?:that\s)?(?:he|she|his|her|him)\b")
_CAPITAL_AFTER = re.compile(r"\s([A-Z][a-zà-ÿ]+)\b")
_CAPITAL_BEFORE = re.compile(r"\b([A-Z][a-zà-ÿ]+|[A-Z]\.)\s\Z")
_NO_PART_OF_A_NAME = frozenset(row["word"] for row in rows("names/capitalised_words.csv"))
_US_STATE_AFTER = re.compile(
    r",?\s(?:the|a)\s(?:US|U\.S\.|American|southern)\sstate\b|(?:'s)?\s(?:[Gg]overnor|Gov\b|[Ss]enators?|[Ll]egislature|Tech\b)"
)
_US_STATE_BEFORE = re.compile(r"(?:Atlanta|Savannah|Augusta|Macon|Athens),\s\Z|\bstate\sof\s\Z")
_WASHINGTON_STATE = re.compile(r"\s[Ss]tate\b|\sState\b")
_IMPERATIVE = re.compile(r"\s(?:the|your|a|it)\b")
_NEAR = 40  # characters that a guard looks at on either side


def another_meaning(text: str, start: int, end: int, words: str) -> bool:
    """Whether the words around show that the name at `text[start:end]` is not the state's.

    text: with typewriter apostrophes.  words: the alias that stands there.

    >>> another_meaning("the Jordan river", 4, 10, "Jordan"), another_meaning("Jordan voted", 0, 6, "Jordan")
    (True, False)
    """
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _GEOGRAPHY_AFTER.match(after) or _TREATY_AFTER.match(after) or _OF_BEFORE.search(before):
        return True
    if " " not in words and _part_of_another_place(before, words):
        return True
    if _THINGS_AFTER.match(after) and not before.rstrip().endswith("'s"):
        return True
    if words == "Polish" and _IMPERATIVE.match(after):
        return True
    return words in _NAMESAKES and _namesake(before, after, words)


def _part_of_another_place(before: str, words: str) -> bool:
    if words in _AMERICA and _CENTRAL_BEFORE.search(before):
        return True
    return bool(_PART_BEFORE.search(before)) or (words in _NEW_PLACES and bool(_NEW_BEFORE.search(before)))


def _namesake(before: str, after: str, words: str) -> bool:
    """Whether a person, or a US state, of that name is meant."""
    if words == "Georgia" and (_US_STATE_AFTER.match(after) or _US_STATE_BEFORE.search(before)):
        return True
    if words == "Washington" and _WASHINGTON_STATE.match(after):
        return True
    if words == "Jordan" and before.endswith(("the ", "The ")):
        return True
    surname, given = _CAPITAL_AFTER.match(after), _CAPITAL_BEFORE.search(before)
    if surname and surname.group(1) not in _NO_PART_OF_A_NAME:
        return True
    if given and given.group(1) not in _NO_PART_OF_A_NAME:
        return True
    return words in _GIVEN_NAMES and bool(_HIS.match(after))

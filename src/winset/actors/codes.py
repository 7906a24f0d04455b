"""Country codes in running text: "FRA voted against", "FR, DE and IT"; most capitals of two letters are no state."""

from __future__ import annotations

import re

from winset.actors.tables import rows

_OTHER_WORDS = frozenset(row["code"] for row in rows("names/code_words.csv"))
_STATES_OF_THE_US = frozenset(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA"
    " RI SC SD TN TX UT VT VA WA WV WI WY DC".split()
)
_CODED = frozenset("PSE VAT XKX TWN HKG MAC GRL ESH PRI".split())  # no members of the UN whose codes are in use
CODES = (  # of members and observers of the UN and a few more, of states that were, and EL as the EU writes Greece
    *(
        (code, row["iso3"])
        for row in rows("countries/countries.csv")
        if row["un_member"] == "1" or row["iso3"] in _CODED
        for code in (row["iso3"], row["iso2"])
    ),
    *((row["iso3"], row["iso3"]) for row in rows("countries/former_states.csv")),
    ("EL", "GRC"),
)
_CODES = frozenset(code for code, _ in CODES)
_BESIDE_CODES = frozenset({"UK", "EU", "US", "USA", "UAE", "COM"})  # as the minutes of the EU's Council list them
_LIST = re.compile(r"\b[A-Z]{2,3}(?:(?:,\s(?:and\s|or\s)?|\s(?:and|or|&)\s|/|;\s)[A-Z]{2,3})+(?![\w-])")
_SENTENCE_START = re.compile(r"(?:\A|[.!?;:\n]\s*|[“\"‘(]|•\s*|\s[–—-]\s)\Z")
_VOTES = re.compile(
    r"(?:'s)?\s(?:also\s|again\s|then\s|alone\s|has\s|had\s)?(?:vot(?:ed|es?|ing)|abstain(?:ed|s)?|veto(?:ed|es)|oppos(?:ed|es?)"
    r"|object(?:ed|s)?\sto|endors(?:ed|es)|co-?sponsor(?:ed|s)?|(?:reject|support|back)(?:ed|s)\s(?:the|a|an|all|any|it|this|that))\b"
)
_SAYS = re.compile(
    r"\s(?:also\s|again\s|then\s)?(?:said|says|say|stat(?:ed|es)|argu(?:ed|es)|not(?:ed|es)|ask(?:ed|s)|call(?:ed|s)|want(?:ed|s)"
    r"|urg(?:ed|es)|warn(?:ed|s)|stress(?:ed|es)|suggest(?:ed|s)|insist(?:ed|s)|welcom(?:ed|es)|thank(?:ed|s)|repl(?:ied|ies)"
    r"|respond(?:ed|s)|announc(?:ed|es)|add(?:ed|s)|recall(?:ed|s)|consider(?:ed|s)|question(?:ed|s)|request(?:ed|s)"
    r"|express(?:ed|es)|enter(?:ed|s)|underlin(?:ed|es)|emphasi[sz](?:ed|es)|highlight(?:ed|s)|prefer(?:red|s)"
    r"|favou?r(?:ed|s)|propos(?:ed|es)|agre(?:ed|es)|maintain(?:ed|s)|interven(?:ed|es)|join(?:ed|s)|reject(?:ed|s)"
    r"|support(?:ed|s)|back(?:ed|s)|object(?:ed|s)|criticis(?:ed|es)|declar(?:ed|es)|condemn(?:ed|s)|pledg(?:ed|es)"
    r"|would|will|could|cannot|has|had|did|does|is|was)\b"
)
_OF_A_VOTE = re.compile(
    r"[^.\n]*?\b(?:vot(?:e|es|ed|ing)|abstain|veto|draft|resolution|amendment|proposal|recital|presidency|compromise)\b",
    re.I,
)
_CAPITALS_BESIDE = re.compile(r"[\s-]+[A-Z]{2,}\b|[-$]")
_CAPITALS_BEFORE = re.compile(  # or an article, a hyphen, a sign
    r"\b[A-Z][A-Z\d]+[\s-]+\Z|[-&$£€]\Z|\b(?:[Tt]he|[Aa]n?|[Oo]ur|[Aa]ny)\s\Z"
)
_TRUSTED_LENGTH = 3  # letters
_MANY = 4  # codes in a list that are all something else too, and together can only be states
_NEAR = 60  # characters that are looked at on either side


def telling_code(text: str, start: int, end: int, code: str) -> bool:
    """Whether the words around the code at `text[start:end]` show that a state is meant.

    A code of three letters that is nothing else in English may stand anywhere, but not in a line that is all capitals
    nor in a phrase of capitals.  A code of two letters, or one that is a word or an abbreviation of something else
    (`names/code_words.csv`), must head a sentence of voting or saying, or stand in a list with other codes.

    >>> telling_code("FR and DE agreed.", 0, 2, "FR"), telling_code("Call the IT desk.", 9, 11, "IT")
    (True, False)
    """
    if _all_capitals(text, start):
        return False
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if _in_list(before + code + after, len(before)):
        return True
    if _CAPITALS_BESIDE.match(after) or _CAPITALS_BEFORE.search(before):
        return False
    doubtful = code in _OTHER_WORDS
    if len(code) == _TRUSTED_LENGTH and not doubtful:
        return True
    if not _SENTENCE_START.search(before):
        return False
    if doubtful:
        said = _SAYS.match(after)
        return bool(_VOTES.match(after) or (said and _OF_A_VOTE.match(text[end + said.end() : end + 160])))
    return after.startswith(": ") or bool(_SAYS.match(after) or _VOTES.match(after))


def _in_list(text: str, at: int) -> bool:
    """Whether the code at `at` is one of a list of codes, one of which at least is nothing else."""
    for listed in _LIST.finditer(text):
        if listed.start() <= at < listed.end():
            codes = set(re.findall(r"[A-Z]{2,3}", listed.group()))
            if codes <= _STATES_OF_THE_US or not codes <= _CODES | _BESIDE_CODES:
                return False
            return bool(codes - _OTHER_WORDS - _BESIDE_CODES) or len(codes) >= _MANY
    return False


def _all_capitals(text: str, at: int) -> bool:
    """Whether the line of the character at `at` has no small letter."""
    first, last = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return text[first : last if last >= 0 else len(text)].isupper()

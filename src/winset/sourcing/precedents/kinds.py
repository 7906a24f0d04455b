"""Kinds of things that bodies decide, and how texts tell of one: what precedents of a proposal are looked for by."""

from __future__ import annotations

from dataclasses import dataclass, field

from winset.statements.phrases import DETERMINERS, PREPOSITIONS
from winset.statements.tokens import tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One kind of thing with its near synonyms."""

    nouns: frozenset[str]  # singular, lower case
    prepositions: frozenset[str]  # before the place or target: "an office in", "sanctions against"
    careful: frozenset[str] = frozenset()  # nouns that need a telling word before them: "regional centre"
    instant: bool = False  # over in days: its date is its `since`
    premodified: bool = True  # "the Lagos office" is in Lagos; "US sanctions" are not on the US
    named: bool = False  # instances have names of their own: "the Adaptation Fund"
    joins: bool = False  # a state is what it is about: "Norway joined in 1949", "the accession of Norway"
    strict: bool = False  # only what is told with its years counts
    objects: bool = False  # what stands behind "on" need be no place: "tariffs on solar panels"
    modifiers: frozenset[str] = field(default_factory=frozenset)  # that stay in the kind's name


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_IN = _words("in at")
_MODIFIERS = _words(
    "liaison regional country representative permanent field branch information documentation training peacekeeping"
    " observer monitoring verification arms economic financial trade targeted liaising coordination sub-regional"
    " technical diplomatic advisory assistance stabilisation stabilization combat police civilian military overseas"
    " outreach innovation contact project support satellite central naval fishing"
    " fisheries seasonal partial full total special criminal international free bilateral joint rapid reaction border"
    " no-fly import export carbon climate green trust recovery development social stability guarantee cohesion"
)
FAMILIES: tuple[Family, ...] = (
    Family(
        nouns=_words("office bureau representation delegation outpost embassy consulate headquarter secretariat"),
        careful=_words("centre center mission presence hub desk branch unit"),
        prepositions=_IN,
        modifiers=_MODIFIERS,
    ),
    Family(
        nouns=_words("mission operation deployment contingent peacekeeper observer battalion brigade"),
        careful=_words("force intervention presence base patrol"),
        prepositions=_words("in to at off for"),
        premodified=False,
        modifiers=_MODIFIERS,
    ),
    Family(
        nouns=_words("sanction embargo boycott asset-freeze blockade"),
        careful=_words("ban restriction measure freeze"),
        prepositions=_words("against on"),
        objects=True,
        premodified=False,
        modifiers=_MODIFIERS,
    ),
    Family(
        nouns=_words("treaty agreement accord pact convention compact deal partnership"),
        prepositions=_words("with between"),
        premodified=False,
        modifiers=_MODIFIERS,
        instant=True,
    ),
    Family(
        nouns=_words("fund facility bank endowment"),
        careful=_words("mechanism programme program scheme instrument"),
        prepositions=_words("for in"),
        premodified=False,
        named=True,
        modifiers=_MODIFIERS,
    ),
    Family(
        nouns=_words("accession enlargement membership admission entry"),
        prepositions=_words("of by for to"),
        joins=True,
        premodified=False,
        instant=True,
        modifiers=frozenset(),
    ),
    Family(
        nouns=_words("exercise drill manoeuvre maneuver wargame"),
        prepositions=_words("in off near at"),
        instant=True,
        modifiers=_MODIFIERS,
    ),
    Family(
        nouns=_words("tariff duty levy surcharge"),
        prepositions=_words("on against"),
        objects=True,
        premodified=False,
        modifiers=_MODIFIERS,
    ),
    Family(nouns=_words("referendum plebiscite election"), prepositions=_IN, instant=True, modifiers=_MODIFIERS),
    Family(nouns=_words("summit conference congress assembly"), prepositions=_IN, instant=True, modifiers=_MODIFIERS),
    Family(
        nouns=_words("tribunal court chamber"),
        careful=_words("commission inquiry"),
        prepositions=_words("for in on"),
        modifiers=_MODIFIERS,
    ),
    Family(
        nouns=_words("moratorium closure ban quota catch-limit"),
        careful=_words("limit cap suspension restriction"),
        prepositions=_words("in on of off for around to"),
        objects=True,
        premodified=True,
        modifiers=_MODIFIERS,
    ),
    Family(
        nouns=_words("sanctuary reserve park"),
        careful=_words("area zone"),
        named=True,
        prepositions=_words("in off around at"),
        modifiers=_MODIFIERS | _words("protected marine exclusion buffer safe demilitarised demilitarized"),
    ),
)
_DEEDS = {  # verbs that name the kind where no noun of the proposal does
    **dict.fromkeys(("admit", "accept", "join", "accede"), "accession"),
    **dict.fromkeys(("close", "ban", "prohibit"), "closure"),
    **dict.fromkeys(("tax",), "levy"),
}
_SHORTEST = 4  # letters of a noun that the table lacks
_ALWAYS_MANY = frozenset({"sanction", "headquarter"})
TOLD_BY = {  # careful nouns that only these words make one of the kind
    "mission": frozenset("liaison permanent diplomatic resident representative country field".split()),
    "presence": frozenset("liaison permanent diplomatic resident representative".split()),
}
OF_THE_SENDER = frozenset("embassy consulate delegation representation mission".split())  # "the Peru delegation"
OWNERS = frozenset(  # whose offices are the body's: "the alliance's office", not "the mayor's"
    "alliance union agency bank bureau organisation organization body council commission fund group league bloc"
    " institution federation community programme secretariat network association society".split()
)
NEVER_BARE = frozenset(("mission", "presence", "measure", "area", "programme", "program", "limit", "cap"))
OPENS = _words(
    "opened established founded launched created inaugurated imposed introduced deployed began started formed set"
    " instituted signed joined acceded admitted built sent adopted concluded ratified declared proclaimed settled"
)
CLOSES = {  # verb -> the fate it tells
    "closed": "closed",
    "shut": "closed",
    "shuttered": "closed",
    "dissolved": "dissolved",
    "disbanded": "disbanded",
    "abolished": "abolished",
    "lifted": "lifted",
    "repealed": "repealed",
    "revoked": "revoked",
    "expired": "expired",
    "ended": "ended",
    "withdrawn": "withdrawn",
    "withdrew": "withdrawn",
    "terminated": "terminated",
    "suspended": "suspended",
    "dismantled": "dismantled",
    "moved": "moved",
    "relocated": "moved",
    "collapsed": "collapsed",
    "wound": "wound up",
    "scrapped": "scrapped",
    "abandoned": "abandoned",
    "shelved": "abandoned",
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "renewed": "renewed",
    "extended": "extended",
}
HAS_IT = _words("has had hosts hosted ran runs houses housed got")  # "Vienna hosts an office"
LASTS = _words("remained remains stayed stays")  # with "open", "in force", "in place"
STILL = _words("open active operational")
EXISTS = _words(
    "has had have maintained maintains maintain kept keeps keep runs ran run hosts hosted operates operated operate"
    " is was are were been be being based located housed situated stationed remain continues exists existed served"
    " serves lasted covers covered supports practises coordinate coordinated works worked applied helped"
)


def family_of(proposal: str) -> tuple[Family, str] | None:
    """The kind of thing that a proposal is to decide on, with its head noun; None where its words name none.

    The last noun of the table before the place; where the table has none, the last word before it stands alone.

    >>> found = family_of("Open a regional liaison office in Quito")
    >>> found is not None and found[1]
    'office'
    """
    words = [word for word in tokens(proposal, 0, len(proposal), ()) if word.is_word]
    for word in words:
        for family in FAMILIES:
            if singular(word.lower) in family.nouns:
                return family, singular(word.lower)
    for word in words:
        for family in FAMILIES:
            if singular(word.lower) in family.careful:
                return family, singular(word.lower)
    for word in words[:2]:
        if word.lower in _DEEDS:
            noun = _DEEDS[word.lower]
            return next(family for family in FAMILIES if noun in family.nouns), noun
    stop = next((at for at, word in enumerate(words) if at > 1 and word.lower in PREPOSITIONS), len(words))
    core = [word for word in words[:stop] if word.lower not in DETERMINERS]
    if len(core) < 2 or core[-1].is_capital or len(core[-1].text) < _SHORTEST:  # noqa: PLR2004 - a verb and a noun
        return None
    noun = singular(core[-1].lower)
    prepositions = _words("in at on against off")
    return Family(
        nouns=frozenset({noun}), prepositions=prepositions, modifiers=_MODIFIERS, instant=True, strict=True
    ), noun


def singular(noun: str) -> str:
    """One of them: "offices" is "office", "embassies" "embassy", "duties" "duty"; "sanctions" is "sanction"."""
    noun = noun.lower()
    if noun.endswith("ies") and len(noun) > 4:  # noqa: PLR2004
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def called(noun: str) -> str:
    """How a noun is called in a table: "office", but "sanctions"."""
    return f"{singular(noun)}s" if singular(noun) in _ALWAYS_MANY else singular(noun)


def same_kind(family: Family, word: str) -> bool:
    """Whether a word is one of its nouns, the careful ones included."""
    return singular(word) in family.nouns or singular(word) in family.careful

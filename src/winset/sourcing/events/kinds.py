"""What sort of event words tell of: nouns and verbs of meetings, votes, reports, openings and the like."""

from __future__ import annotations

from collections.abc import Mapping

from winset.statements.lexicon import cues

_SAYING = frozenset({"say", "tell", "judge", "urge"})
STATEMENT = "statement"
MENTION = "mention"  # a dated clause whose words name no kind

_NOUNS = {  # singular; plurals in "s" are known from them
    "summit": "summit",
    "meeting": "meeting talks ministerial session conference assembly gathering roundtable retreat forum symposium"
    " workshop seminar dialogue consultation negotiation hearing congress plenary dinner cop debate"
    " rally ceremony funeral",
    "vote": "vote referendum ballot plebiscite",
    "election": "election by-election runoff poll primary",
    "visit": "visit trip tour stopover pilgrimage",
    "report": "report article story survey study investigation review assessment audit paper reporting",
    "statement": "statement speech remarks address announcement interview briefing letter declaration communiqué"
    " communique tweet comments testimony press-conference",
    "deadline": "deadline expiry",
    "exercise": "exercise drill manoeuvre maneuver wargame parade",
    "opening": "opening launch establishment creation formation founding foundation inauguration start introduction"
    " birth inception",
    "closing": "closure closing end withdrawal abolition dissolution shutdown termination collapse expulsion departure",
    "agreement": "agreement deal treaty accord pact signing signature memorandum ceasefire truce armistice"
    " settlement compromise",
    "decision": "decision adoption resolution approval ruling judgment judgement verdict ratification ban suspension"
    " sanctions embargo veto moratorium concept strategy budget law mandate indictment",
    "accession": "accession enlargement admission application",
    "appointment": "appointment resignation nomination dismissal",
    "conflict": "attack invasion war coup crisis annexation strike raid uprising revolution massacre intervention"
    " incursion bombing shooting protest demonstration riot clash offensive occupation siege battle",
    "disaster": "earthquake tsunami flood hurricane cyclone typhoon eruption accident explosion pandemic outbreak"
    " crash famine drought spill",
    "deployment": "deployment mission operation patrol",
    "games": "olympics games championship cup expo",
}
_VERBS = {  # every form that is used of a dated event
    "meeting": "met meet meets meeting convened convene convenes hosted host hosts gathered attended attend attends"
    " attending participated conferred",
    "vote": "voted vote votes voting",
    "election": "elected re-elected",
    "visit": "visited visit visits visiting travelled traveled travels toured arrived arrives flew flies",
    "report": "reported reports revealed reveals published publishes publish released releases issued issues leaked"
    " printed uncovered",
    "statement": "said says told tells announced announces announce declared declares stated confirmed confirms"
    " warned warns urged urges criticised criticized condemned welcomed denied asked replied responded wrote tweeted"
    " spoke emphasised emphasized stressed accused called insisted argued expressed apologised apologized protested"
    " rejected dismissed mentioned added described clarified stating complained objected vowed pledged promised"
    " testified acknowledged",
    "deadline": "expires expire expired",
    "exercise": "rehearsed",
    "opening": "opened opens open founded launched launches launch established establish created create formed"
    " inaugurated built began begins begin started starts start introduced introduce instituted set_up setting_up",
    "closing": "closed closes close shut shuttered ended ends end dissolved abolished withdrew withdraw withdrawn"
    " terminated disbanded left leaves dismantled expelled",
    "agreement": "signed sign signs signing agreed agree agrees concluded conclude ratified ratify brokered",
    "decision": "adopted adopt adopts approved approve approves decided decide decides passed pass ruled imposed impose"
    " lifted lift banned suspended suspend extended vetoed enacted rejected repealed renewed amended endorsed invoked",
    "accession": "joined join joins acceded accede admitted applied",
    "appointment": "appointed resigned nominated named dismissed sacked stepped_down took_office",
    "conflict": "invaded invade annexed attacked bombed struck seized captured occupied fired clashed killed shelled",
    "disaster": "crashed exploded erupted",
    "deployment": "deployed deploy sent send dispatched",
}
# nouns that name what an event brought about: with a year before it, its adoption
DOCUMENTS = frozenset(
    "concept strategy declaration report review plan communiqué communique roadmap programme program manifesto budget"
    " guidelines agreement accord deal pact memorandum constitution statement resolution decision doctrine framework"
    " assessment survey study white-paper outlook package compromise".split()
)
# whose year is a part of the name by which it is cited: "under the 1951 Convention"
LEGAL = frozenset(
    "convention treaty act law protocol covenant directive regulation code charter statute basic-law bill edition"
    " standard rules agenda".split()
)
PERFORMED = frozenset(  # what is done to such a text when its year is that of the deed
    "signed adopted ratified passed concluded enacted approved negotiated signing adoption ratification entered"
    " repealed amended".split()
)
SHARES_A_TIME = {  # kinds that one event may be told as
    "summit": frozenset({"meeting"}),
    "meeting": frozenset({"summit"}),
    "opening": frozenset({"deployment"}),
    "deployment": frozenset({"opening"}),
}
_NOT_PLURAL = ("ss", "us", "is")


def _table(rows: Mapping[str, str]) -> dict[str, str]:
    return {word: kind for kind, words in rows.items() for word in words.split()}


NOUNS, VERBS = _table(_NOUNS), _table(_VERBS)
_PAIRS = {tuple(word.split("_")): kind for word, kind in VERBS.items() if "_" in word}


def singular(noun: str) -> str:
    """The noun that the table knows a plural by: "talks" stays, "summits" is "summit".

    >>> singular("ministerials"), singular("talks"), singular("crisis"), singular("parties")
    ('ministerial', 'talks', 'crisis', 'party')
    """
    noun = noun.lower()
    if noun in NOUNS or not noun.endswith("s") or noun.endswith(_NOT_PLURAL):
        return noun
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-1]


def noun_kind(word: str) -> str | None:
    """The kind of event that a noun names, None where it names none.

    >>> noun_kind("Summits"), noun_kind("sticker")
    ('summit', None)
    """
    return NOUNS.get(singular(word))


def verb_kind(word: str, following: str = "") -> str | None:
    """The kind of event that a form of a verb tells of, with the word behind it: "set up", "took office"."""
    return _PAIRS.get((word, following)) or VERBS.get(word) or (STATEMENT if _is_said(word) else None)


def _is_said(word: str) -> bool:
    """Whether it is the past of a verb of saying or judging: "defended", "hailed"."""
    return any(form.tense == "past" and not form.particles and form.kinds & _SAYING for form in cues().get(word, ()))

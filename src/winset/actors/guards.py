"""Words that look like a state's name and are none: the river, the bird, the person, the US state."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from winset.actors.tables import rows

_NEXT_WORD = re.compile(r"[\s-]([A-Za-z]+)")
_NOUNS_AFTER = frozenset(row["word"] for row in rows("names/nouns_after.csv"))
_LONGER_NOUN_AFTER = re.compile(
    r"\s(?:Air\b(?!\sForce)|Grand\sPrix|Film\sFestival|Stock\sExchange|Final\sAct|Work\sProgramme|(?:Action\s)?Plan\sof\sAction"
    r"|Action\sPlan|Olympic\sGames|United\sFC)\b"
)
_LANGUAGES = frozenset(
    "Albanian Armenian Azerbaijani Bulgarian Burmese Chinese Croatian Czech Danish Dutch Estonian Finnish French"
    " Georgian German Greek Hungarian Icelandic Indonesian Irish Italian Japanese Kazakh Korean Kyrgyz Lao Latvian"
    " Lithuanian Macedonian Malay Maltese Mongolian Nepali Norwegian Polish Portuguese Romanian Russian Samoan Serbian"
    " Slovak Slovene Slovenian Somali Spanish Swedish Tajik Thai Tongan Turkish Turkmen Ukrainian Uzbek"
    " Vietnamese".split()
)
_LANGUAGE_AFTER = re.compile(r"[\s-](?:languages?|speakers?|speaking|subtitles|alphabet|dialects?)\b")
_LANGUAGE_BEFORE = re.compile(r"\b(?:speaks?|spoke|spoken|speaking|fluent)\s(?:in\s)?\Z")
_FIRMS = frozenset("Open Bank Steel Airways Airlines Masters Telecom".split())
_OF_BEFORE = re.compile(
    r"\b(?:Gulf|Sea|Straits?|Bay|Isthmus|Lake|Cape|Port|Mount|Battle|Siege|Treaty|Peace|River|Rock|Prince|Duke|Duchess|Princess"
    r"|Archbishop|Bishop|Patriarch|Church|Bank|University|College|Merchant|Lawrence|Joan|Tower|Times|Voice|Daughters|Sons"
    r"|Captain|Congress|Helen|Nicholas|Francis|Catherine)\sof\s(?:the\s)?\Z"
)
_PARTS = frozenset(
    "North South East West Northern Southern Eastern Western Latin Inner Outer Upper Lower Greater Little African"
    " Gran Native Asian Hispanic Arab Old Miss Real Atletico Atlético Inter".split()
)
_NEW_PLACES = frozenset("Mexico Jersey Guinea Mexican Britain London Georgia Holland".split())
_AMERICA = frozenset({"America", "American", "Americans"})
_AMERICANS_AFTER = re.compile(
    r"[\s-]Americans?\b(?!\s(?:relations?|talks|treat|agreement|alliance|summit|trade|ties|tensions|war|rivalry|cooperation))"
)

_NAMESAKES = frozenset(
    "Jordan Chad Georgia Israel Paris London Washington Victoria Sofia Kenya Berlin Santiago Kingston Hamilton"
    " Cuba Malta Ireland Holland Dominica Lima Madrid Vienna Georgetown Rome Wellington Muscat Nassau Salisbury"
    " Cuban Dane Brit Finn Pole Swede Sucre Juba Roseau Trinidad Aden Antigua Bonn Athens Dublin".split()
)
_GIVEN_NAMES = frozenset("Jordan Chad Georgia Israel Paris Victoria Sofia Kenya Finn Dane".split())
_SURNAMES = frozenset(
    "Jordan Cuban Washington London Ireland Holland Hill Muscat Santiago Berlin Paris Israel Pole Finn".split()
)
_HIS = re.compile(
    r"\s\w+\s(?:that\s)?(?:he|she|his|her|him|himself|herself)\b(?!\s(?:country|government|delegation|ministry|people))"
)
_KIN_BEFORE = re.compile(
    r"\b(?:Princess|Prince|Queen|King|Lady|Sir|Mr|Mrs|Ms|Dr|Miss|Saint|St|Officer|Judge|Rep|Sen|Gov|Coach|Uncle|Aunt"
    r"|[Ss]ister|[Bb]rother|[Dd]aughter|[Ss]on|[Ww]ife|[Hh]usband|[Mm]other|[Ff]ather|[Cc]ousin|named|called|singer|actress"
    r"|actor|rapper)\.?\s\Z"
)
_CAPITAL_AFTER = re.compile(r"\s([A-Z][a-zà-ÿ]+)\b")
_CAPITAL_BEFORE = re.compile(r"(?:\A|[^\w.])([A-Z][a-zà-ÿ]+|[A-Z]\.)\s\Z")
_NO_PART_OF_A_NAME = frozenset(row["word"] for row in rows("names/capitalised_words.csv"))

_US_STATES = (
    r"(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois|Indiana|Iowa"
    r"|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada"
    r"|New\sHampshire|New\sJersey|New\sMexico|New\sYork|(?:North|South)\s(?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania"
    r"|Rhode\sIsland|Tennessee|Texas|Utah|Vermont|(?:West\s)?Virginia|Wisconsin|Wyoming|Ontario|Queensland)"
)
_CITY_IN_US_STATE_AFTER = re.compile(
    rf",\s(?:{_US_STATES}|Georgia(?!,|\sand)|Ala|Ariz|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Mass|Mich|Minn|Mo|N\.[CDHJMY]|Ohio"
    r"|Okla|Ore|Pa|Tenn|Tex|Va|Wash|Wis|[A-Z]{2}\s\d{5})\b"
)
_CITIES_IN_US_STATES = frozenset(
    "Athens Rome Cairo Vienna Dublin Lisbon Madrid Moscow Berlin Paris London Warsaw Havana Lima Geneva"
    " Wellington Kingston Georgetown Hamilton Salisbury Nassau Santiago Washington Manila Bern Brussels Copenhagen"
    " Stockholm Oslo Victoria Bridgetown Amsterdam Ottawa Lebanon Peru Jordan Cuba Norway Jamaica Poland Denmark"
    " Sweden Mexico Prague Bogota Tripoli Delhi".split()
) | {"San Jose", "Panama City", "New Delhi"}
_GEORGIA_IN_THE_US = re.compile(
    rf"\b(?:{_US_STATES}|Atlanta|Savannah|Augusta|Isakson|Perdue|Kemp|Abrams|Ossoff|Warnock|Gingrich|Super\sTuesday|SEC\sprimary"
    r"|swing\sstates?|battleground|Raffensperger|Marjorie\sTaylor\sGreene|Fulton)\b"
)
_GEORGIA_IN_THE_CAUCASUS = re.compile(
    r"\b(?:Tbilisi|Georgians?|Abkhazia|Ossetia|Caucasus|Saakashvili|Ivanishvili|Armenia|Azerbaijan|Moldova|Ukraine|Turkey"
    r"|Kazakhstan|Belarus|Batumi|NATO|Black\sSea|Uzbekistan|Serbia|Croatia|Switzerland|Mongolia)\b"
)
_US_STATE_AFTER = re.compile(
    r",?\s(?:the|a)\s(?:US|U\.S\.|American|southern)\sstate\b"
    r"|(?:'s)?\s(?:[Gg]overnor|Gov\b|[Ss]enators?|[Ll]egislature|[Ss]ecretary\sof\s[Ss]tate|Tech\b|Southern\b|Republicans?\b"
    r"|Democrats?\b)"
)
_US_STATES_BEFORE = re.compile(rf"\b{_US_STATES}(?:,\s(?:and\s)?|\sand\s)\Z")
_US_STATE_BEFORE = re.compile(r"(?:Atlanta|Savannah|Augusta|Macon|Athens),\s\Z|\bstate\sof\s\Z")
_STATE_AFTER = re.compile(r"\s[Ss]tate\b(?!\s[Dd]epartment)")
_ANOTHER_CHAMBER_BEFORE = re.compile(
    rf"\b(?:{_US_STATES}|[Ss]tate|National|People's|Jewish|Labou?r|Party|party|Trades?\sUnions?|World|Continental|Confederate|Roman"
    r"|Academic|Faculty|University|Student|Provincial|Mobile)\s\Z"
)
AMERICAN_CHAMBERS = frozenset({"Congress", "Senate", "House of Representatives"})
_ANOTHER_CHAMBER_AFTER = re.compile(r"\s(?:[Pp]arty\b|of\s(?!the\sUnited\sStates|the\sU\.S)(?:the\s)?[A-Z])")
_STATE_ORGAN_AFTER = re.compile(r"\s(?:[Gg]overnment|delegation|cabinet|ministry|parliament|embassy|army|officials?)\b")
_A_NAME_AFTER = re.compile(r"\s(?!Democrat|Republican|GOP)[A-Z][a-z]")
_ON_THE_HILL = re.compile(r"\b(?:on|to|from|across|around|up|over)\sthe\s\Z")
_TO_MALE = re.compile(r"\b(?:in|to|from|near|capital,?|and)\s\Z")
_MALE_AS_PLACE = re.compile(
    r"\A(?:[.,;:!?)'’\"”]|\s(?:on|for|after|to|and|in|with|last|this|that|has|had|said|where)\b|\Z)"
)
_SENTENCE_START = re.compile(r"(?:\A|[.!?:\n“\"]\s*)\Z")
_SEVERAL_WORDS = re.compile(r"\w\W+\w+\W+\w")
_NEAR = 40  # characters that a guard looks at on either side
_AROUND = 600  # characters on either side that tell the two Georgias apart

_BEFORE_IS_OTHER, _AFTER_IS_OTHER = (
    {row["word"]: row[side] for row in rows("names/other_meanings.csv") if row[side]} for side in ("before", "after")
)
_compiled = cache(re.compile)  # as they are asked for: most texts need few of them


@dataclass(frozen=True, slots=True)
class Guard:
    """Looks at the words around each name of one text, and remembers what it has looked for in the whole of it."""

    text: str  # with typewriter apostrophes
    surnames: dict[str, int] = field(default_factory=dict)  # where a person of that surname is first named in full

    def another_meaning(self, start: int, end: int, words: str) -> bool:
        """Whether the words around show that the name at `text[start:end]` is not the state's.

        words: the alias that stands there.

        >>> Guard("the Jordan river").another_meaning(4, 10, "Jordan")
        True
        >>> Guard("Jordan voted").another_meaning(0, 6, "Jordan")
        False
        """
        before, after = self.text[max(0, start - _NEAR) : start], self.text[end : end + _NEAR]
        if _belongs_to_what_follows(before, after, words) or _belongs_to_what_precedes(before):
            return True
        if " " not in words and _part_of_another_place(before, after, words):
            return True
        if words in _LANGUAGES and (_LANGUAGE_AFTER.match(after) or _LANGUAGE_BEFORE.search(before)):
            return True
        if words in _BEFORE_IS_OTHER and _compiled(_BEFORE_IS_OTHER[words]).search(before):
            return True
        if words in _AFTER_IS_OTHER and _compiled(_AFTER_IS_OTHER[words]).match(after):
            return True
        if words in _CITIES_IN_US_STATES and _CITY_IN_US_STATE_AFTER.match(after):
            return True
        if words in AMERICAN_CHAMBERS:
            return bool(_ANOTHER_CHAMBER_AFTER.match(after) or _ANOTHER_CHAMBER_BEFORE.search(before))
        if words == "US":
            return self._capitals_of_a_line(start, before)
        if words == "Hill":
            return not _ON_THE_HILL.search(before) or bool(_A_NAME_AFTER.match(after))
        if words == "Male":
            return not (_TO_MALE.search(before) and _MALE_AS_PLACE.match(after))
        return words in _NAMESAKES and self._namesake(start, before, after, words)

    def _namesake(self, start: int, before: str, after: str, words: str) -> bool:
        """Whether a person, or a US state, of that name is meant."""
        if words == "Georgia" and (_US_STATE_AFTER.match(after) or _US_STATE_BEFORE.search(before) or self._us(start)):
            return True
        if words == "Washington" and (_STATE_AFTER.match(after) or _US_STATES_BEFORE.search(before)):
            return True
        if words == "Jordan" and before.endswith(("the ", "The ")) and not _STATE_ORGAN_AFTER.match(after):
            return True
        surname, given = _CAPITAL_AFTER.match(after), _CAPITAL_BEFORE.search(before)
        if surname and surname.group(1) not in _NO_PART_OF_A_NAME:
            return True
        if given and given.group(1) not in _NO_PART_OF_A_NAME and not given.group(1).endswith("ing"):
            return True
        if _KIN_BEFORE.search(before) or (words in _GIVEN_NAMES and _HIS.match(after)):
            return True
        return words in _SURNAMES and start > self._named_in_full(words)

    def _us(self, at: int) -> bool:
        around = self.text[max(0, at - _AROUND) : at + _AROUND]
        return bool(_GEORGIA_IN_THE_US.search(around)) and not _GEORGIA_IN_THE_CAUCASUS.search(around)

    def _named_in_full(self, surname: str) -> int:
        """Where the first person of that surname is named in full.

        Behind the text where none is, or where the word names the place as well: "in Washington", "with Israel".
        """
        if surname not in self.surnames:
            place = re.search(
                rf"\b(?:in|from|to|with|between|against|and|of|for|across)\s{surname}\b(?!\s[A-Z])", self.text
            )
            full = re.compile(rf"\b([A-Z][a-z]+)\s(?:[A-Z]\.\s)?{surname}\b(?!\s[A-Z][a-z])")
            at = (
                found.start()
                for found in full.finditer(self.text)
                if found.group(1) not in _NO_PART_OF_A_NAME and found.group(1) not in _PARTS
            )
            self.surnames[surname] = len(self.text) if place else next(at, len(self.text))
        return self.surnames[surname]

    def _capitals_of_a_line(self, at: int, before: str) -> bool:
        """Whether "US" is the pronoun in a line that is all capitals."""
        first, last = self.text.rfind("\n", 0, at) + 1, self.text.find("\n", at)
        line = self.text[first : last if last >= 0 else len(self.text)]
        if not (_SEVERAL_WORDS.search(line) and line.isupper()):
            return False
        return not (_SENTENCE_START.search(before) or before.endswith(("THE ", "IN ", "FROM ", ", ", "AND ", "(")))


def _belongs_to_what_follows(before: str, after: str, words: str) -> bool:
    """Whether it is the first part of a longer name or a thing's: the Panama Canal, Swiss cheese, the Oslo accords."""
    if after.startswith("$"):
        return True
    following = _NEXT_WORD.match(after)
    if following is None:
        return False
    noun = following.group(1)
    if noun not in _NOUNS_AFTER and not _LONGER_NOUN_AFTER.match(after):
        return False
    if words.replace(".", "").isupper():
        return noun in _FIRMS  # the US treaty obligations, the UN Charter are theirs
    return not before.endswith("'s ")


def _belongs_to_what_precedes(before: str) -> bool:
    """Whether it is the last part of a longer name: the Gulf of Mexico, the University of Oslo."""
    return before.endswith((" of ", " of the ")) and bool(_OF_BEFORE.search(before))


def _part_of_another_place(before: str, after: str, words: str) -> bool:
    if words in _AMERICA:
        if before.endswith("Central "):
            return True
    elif _AMERICANS_AFTER.match(after):
        return True
    if not before.endswith((" ", "-")):
        return False
    preceding = before[before.rfind(" ", 0, -1) + 1 : -1].lstrip("([“\"'‘")
    if preceding == "New":
        return words in _NEW_PLACES
    return preceding[preceding.rfind("-") + 1 :] in _PARTS

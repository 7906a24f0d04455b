"""One person, or one medium, in two spellings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from winset.actors.people import Person
from winset.actors.portraits import Portrait
from winset.actors.tables import folded
from winset.sourcing.discrepancies.pages import Page, known, on_one_matter
from winset.sourcing.likeness import distance, is_content
from winset.sourcing.types import Discrepancy, DiscrepancyKind, Telling
from winset.statements.media import media

_SURE = 0.8  # score of a portrait that may bring two names together
_LONG = 8  # letters from which a word may differ by two
_SHORTEST = 4  # letters of a word that may be a misspelling; "Ma" and "Mao" are two names
_MEDIUM_WORD = 6  # letters, of one in a medium's name
_LONG_SURNAME = 7  # letters of one that may have a slip where the given name alone is the same
_NEAR_DAYS = 90  # between documents that name one person of whom they tell no full office
_OF_HIGH_RANK = frozenset(
    "commissioner minister president chairman chairwoman chair governor mayor senator ambassador secretary director"
    " spokesman spokeswoman spokesperson commander general admiral colonel judge prosecutor professor bishop".split()
)
_FEW = 2  # times that a slip stands in a document that spells it rightly elsewhere
_MANY = 60  # spellings that share a name; more are a very common one
_CAPITALISED = re.compile(r"[A-ZÀ-Þ][\w’'-]*(?: (?:of|the|and|on|in|for|de) [A-ZÀ-Þ][\w’'-]*| [A-ZÀ-Þ][\w’'-]*){1,5}")
_REACH = 60  # characters before a name in which two words of an office stand
_PLAIN = re.compile(r"[^a-z ]")


@dataclass
class _Spelling:
    """One way to write one person's name, wherever it stands."""

    name: str  # as first written
    folded: str
    places: list[tuple[Page, Person]] = field(default_factory=list)

    @property
    def times(self) -> int:
        return sum(len(person.places) for _, person in self.places)

    @property
    def known(self) -> bool:
        """Whether the registry has an office holder of that name."""
        return bool(known().holders.tenures_of(self.name, None))

    @property
    def portraits(self) -> list[Portrait]:
        found = (person.portrait for _, person in self.places)
        return [portrait for portrait in found if portrait is not None and portrait.score >= _SURE]


def names(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """Two spellings of one person's name, and media whose name is misspelt."""
    yield from _people(pages)
    yield from _media(pages)


def _people(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """Near-equal names with one office or affiliation; not where both are known to be somebody else."""
    spellings: dict[str, _Spelling] = {}
    for page in pages:
        for person in page.people:
            spellings.setdefault(person.folded, _Spelling(person.name, person.folded)).places.append((page, person))
    by_word: dict[str, list[_Spelling]] = {}
    for spelling in spellings.values():
        for word in set(spelling.folded.split()):
            by_word.setdefault(word, []).append(spelling)
    roles: dict[str, str] = {}
    together: dict[str, list[_Spelling]] = {name: [spelling] for name, spelling in spellings.items()}
    seen: set[frozenset[str]] = set()
    for group in by_word.values():
        for one, two in combinations(group, 2) if len(group) <= _MANY else ():
            pair = frozenset((one.folded, two.folded))
            if pair not in seen and one_slip(one.folded, two.folded):
                seen.add(pair)
                if (role := _one_person(one, two)) is not None:
                    joined = together[one.folded]
                    joined += [each for each in together[two.folded] if each not in joined]
                    for each in joined:
                        together[each.folded], roles[each.folded] = joined, role
    for name, rows in together.items():
        if len(rows) > 1 and rows[0].folded == name:
            yield _discrepancy(rows, roles[name])


def one_slip(one: str, two: str) -> bool:
    """Whether two names have the same words but one, and that nearly the same."""
    first, second = one.split(), two.split()
    if len(first) != len(second):
        return False
    apart = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    if len(apart) != 1 or min(map(len, apart[0])) < _SHORTEST or apart[0][0][0] != apart[0][1][0]:
        return False
    most = 2 if min(map(len, apart[0])) >= _LONG else 1
    return distance(*apart[0], most) <= most and not _inflected(*apart[0])


def _inflected(one: str, two: str) -> bool:
    """Whether one word is the other's plural or possessive: "the Merkels", "Macron s"."""
    return one + "s" == two or two + "s" == one


def _one_person(one: _Spelling, two: _Spelling) -> str | None:
    """What both are, where they are one person; None where they are, or may be, two."""
    if one.known and two.known:
        return None  # two people, or two accepted ways to write one
    role = _shared_role(one, two)
    return None if role is None or _both_at_home(one, two) else role


def _discrepancy(rows: Sequence[_Spelling], role: str) -> Discrepancy:
    right, why = _which(rows)
    return Discrepancy(
        kind=DiscrepancyKind.NAME,
        about=f"the name of {role}",
        tellings=tuple(_telling(each) for each in rows),
        right=right,
        why=why,
        confidence=0.9 if right is not None else 0.7,
    )


def _shared_role(one: _Spelling, two: _Spelling) -> str | None:
    """What both are said to be: the office or affiliation, in words; None where nothing says that they are one."""
    for first in one.portraits:
        for second in two.portraits:
            if first.represents is not None and first.represents == second.represents:
                titles = set(first.titles) & set(second.titles)
                same = titles or (first.role is not None and first.role == second.role)
                if same:
                    role = first.role or second.role or min(titles)
                    return f"the {role} of {known().label(first.represents)}"
            elif first.affiliation and second.affiliation and _same_place(first.affiliation, second.affiliation):
                return f"the {first.role or second.role or 'speaker'} of {first.affiliation}"
            elif _same_long_role(first.role, second.role) and _same_given_name(one.folded, two.folded):
                return f"the {plain_role(first.role)}"
    if _same_given_name(one.folded, two.folded) and (offices := _words_before(one) & _words_before(two)):
        return f"the {min(offices)}"
    return _by_words(one, two) or _by_rank(one, two)


def _by_rank(one: _Spelling, two: _Spelling) -> str | None:
    """One given name, one rank and one matter, where more documents have the one spelling than the other."""
    surnames = [each.folded.split()[-1] for each in (one, two)]
    fewer, more = sorted(len(each.places) for each in (one, two))
    if not _same_given_name(one.folded, two.folded) or min(map(len, surnames)) < _LONG_SURNAME or fewer == more:
        return None
    if distance(surnames[0], surnames[1], 1) != 1:
        return None
    ranks = _ranks(one) & _ranks(two)
    near = all(any(on_one_matter(page, other, days=_NEAR_DAYS) for other, _ in one.places) for page, _ in two.places)
    return f"the {min(ranks)}" if ranks and near else None


def _ranks(spelling: _Spelling) -> set[str]:
    """Ranks in the words beside the name, before or behind it: "Commissioner Ada Brun"."""
    found: set[str] = set()
    for page, person in spelling.places:
        for start, end in person.places:
            low, high = page.sentence_at(start)
            before = page.text[max(low, start - _REACH) : start].split()[-4:]
            behind = page.text[end : min(high, end + _REACH)].split()[:6] if page.text[end : end + 1] == "," else []
            found |= {word.strip(",.").casefold() for word in (*before, *behind)} & _OF_HIGH_RANK
    return found


def _words_before(spelling: _Spelling) -> set[str]:
    """The last two words before the name where they may be an office: "harbour master Elena Korva"."""
    found = set()
    for page, person in spelling.places:
        for start, _ in person.places:
            before = page.text[max(0, start - _REACH) : start].split("\n")[-1]
            words = before.split()[-2:]
            if len(words) == 2 and before.endswith(" ") and all(map(_may_be_office, words)):  # noqa: PLR2004
                found.add(" ".join(words).casefold())
    return found


def _may_be_office(word: str) -> bool:
    return word.isalpha() and is_content(word) and len(word) >= _SHORTEST and word == word.lower()


def plain_role(role: str | None) -> str:
    """A role in small letters without hyphens: "Then Director-General" is "director general"."""
    return " ".join((role or "").casefold().replace("-", " ").removeprefix("then ").removeprefix("now ").split())


def _same_long_role(one: str | None, two: str | None) -> bool:
    """Whether both have one role that few have: "executive director", not "lawyer"."""
    return plain_role(one) == plain_role(two) and " " in plain_role(one)


def _same_given_name(one: str, two: str) -> bool:
    return one.split(maxsplit=1)[0] == two.split(maxsplit=1)[0]


def _same_place(one: str, two: str) -> bool:
    return folded(one).removeprefix("the ") == folded(two).removeprefix("the ")


def _by_words(one: _Spelling, two: _Spelling) -> str | None:
    """Whoever says the same words in quotation marks is the same."""
    said = {words: person.name for page, person in one.places for words in _quoted_by(page, person)}
    for page, person in two.places:
        if any(words in said for words in _quoted_by(page, person)):
            return "the speaker of the same words"
    return None


def _quoted_by(page: Page, person: Person) -> Iterator[str]:
    """What stands in quotation marks in the sentences that name somebody, without signs; eight words or more."""
    for start, _ in person.places:
        low, high = page.sentence_at(start)
        for quotation in page.quotations:
            if low <= quotation.start < high:
                words = re.findall(r"\w+", page.text[quotation.inner_start : quotation.inner_end].casefold())
                if len(words) >= 8:  # noqa: PLR2004 - as the docstring says
                    yield " ".join(words)


def _both_at_home(one: _Spelling, two: _Spelling) -> bool:
    """Whether a document names both as two people would be named: each more than once, or one beside the other."""
    places = {page.number: person for page, person in one.places}
    for page, person in two.places:
        other = places.get(page.number)
        if other is None:
            continue
        if min(len(other.places), len(person.places)) >= _FEW:
            return True
        near = {page.sentence_at(start) for start, _ in other.places}
        if any(page.sentence_at(start) in near for start, _ in person.places):
            return True
    return False


def _which(rows: Sequence[_Spelling]) -> tuple[int | None, str]:
    for number, row in enumerate(rows):
        if row.known:
            others = " or ".join(each.name for each in rows if not each.known)
            return number, f"The registry of office holders knows {row.name}; it has nobody called {others}."
    best = max(range(len(rows)), key=lambda number: (len(rows[number].places), rows[number].times, -number))
    most, rest = rows[best], [row for number, row in enumerate(rows) if number != best]
    usual = all(len(most.places) >= 2 * len(row.places) or _in_one_document(most, row) for row in rest)
    if usual and all(most.times > row.times for row in rest):
        fewer = ", ".join(f"{row.name} {_times(row.times)} in {_documents(len(row.places))}" for row in rest)
        return best, f"{most.name} stands {_times(most.times)} in {_documents(len(most.places))}, {fewer}."
    return None, "The documents do not decide it: neither spelling is in the registry, and neither is the usual one."


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _documents(count: int) -> str:
    return "one document" if count == 1 else f"{count} documents"


def _in_one_document(one: _Spelling, two: _Spelling) -> bool:
    return len(one.places) == len(two.places) == 1 and one.places[0][0].number == two.places[0][0].number


def _telling(spelling: _Spelling) -> Telling:
    """The place that says best who it is."""
    page, person = max(spelling.places, key=lambda row: (_score(row[1]), -row[0].number))
    return page.telling(spelling.name, *person.places[0])


def _score(person: Person) -> float:
    return person.portrait.score if person.portrait else 0.0


# --- media


def _media(pages: Sequence[Page]) -> Iterator[Discrepancy]:
    """Names that are nearly those of a medium, and of nothing that is known."""
    wrong: dict[tuple[str, str], list[tuple[Page, int, int]]] = {}
    for page in pages:
        for start, end, name in _misspelt(page):
            wrong.setdefault((" ".join(page.text[start:end].split()), name), []).append((page, start, end))
    for (words, name), places in wrong.items():
        right = _rightly_named(pages, name, {page.number for page, _, _ in places})
        tellings = [page.telling(words, start, end) for page, start, end in places[:1]]
        if right is not None:
            page, start, end = right
            yield Discrepancy(
                kind=DiscrepancyKind.NAME,
                about=f"the name of {name}",
                tellings=(*tellings, page.telling(page.text[start:end], start, end)),
                right=1,
                why=f"{name} is known by that name; no medium called {words} is known.",
                confidence=0.9,
            )


def _rightly_named(pages: Sequence[Page], name: str, first: Iterable[int]) -> tuple[Page, int, int] | None:
    """Where it is named rightly, in one of the same documents if any does."""
    wanted = set(first)
    for page in sorted(pages, key=lambda page: (page.number not in wanted, page.number)):
        for mention in page.media:
            words = page.text[mention.start : mention.end]
            if mention.name == name and len(words) > _LONG:
                return page, mention.start, mention.end
    return None


def _misspelt(page: Page) -> Iterator[tuple[int, int, str]]:
    for match in _CAPITALISED.finditer(page.text):
        words = match.group().split()
        starts = [match.start() + sum(len(word) + 1 for word in words[:number]) for number in range(len(words))]
        for number in range(len(words) - 1):
            for count in (4, 3, 2):
                run = " ".join(words[number : number + count])
                if len(run.split()) == count and (name := _nearly(run)) is not None:
                    yield starts[number], starts[number] + len(run), name
                    break


def _nearly(run: str) -> str | None:
    """The medium of which this is a misspelling: all words but one the same, and that one nearly."""
    plain = _PLAIN.sub("", folded(run))
    words = tuple(plain.split())
    if words in _aliases():
        return None
    for number, word in enumerate(words):
        if len(word) < _MEDIUM_WORD:
            continue
        rest = (*words[:number], "", *words[number + 1 :])
        for other, name in _with_a_gap().get(rest, ()):
            most = 2 if min(len(word), len(other)) >= _LONG else 1
            same = other[0] == word[0] and other != word and not _inflected(word, other)
            if same and min(len(word), len(other)) >= _MEDIUM_WORD and distance(word, other, most) <= most:
                return name
    return None


@cache
def _aliases() -> dict[tuple[str, ...], str]:
    return {
        tuple(_PLAIN.sub("", folded(alias)).removeprefix("the ").split()): medium.name
        for medium in media()
        for alias in (medium.name, *medium.aliases, *medium.with_care)
    }


@cache
def _with_a_gap() -> dict[tuple[str, ...], list[tuple[str, str]]]:
    """Names of two words or more by all their words but one: that word, and the medium."""
    found: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for words, name in _aliases().items():
        for number, word in enumerate(words if len(words) > 1 else ()):
            found.setdefault((*words[:number], "", *words[number + 1 :]), []).append((word, name))
    return found

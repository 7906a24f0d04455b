"""Who speaks in each statement of a document, and who is quoted though neither outlet nor occasion is told."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from winset.actors.types import Identification, SpeaksAs
from winset.corpus.types import Anchor
from winset.statements.types import Form, Statement

Span = tuple[int, int]

_BESIDE = 2  # characters between a source and its cue
_LONGEST = 160  # characters of a speaker's words that a credit shows
_QUOTED = frozenset({Form.DIRECT, Form.MIXED})
_NOBODY = frozenset({SpeaksAs.MEDIUM, SpeaksAs.AUTHOR, SpeaksAs.COLLECTIVE})
_PRONOUN = re.compile(
    r"(?:he|she|they|it|who|which|that|this|one|the (?:latter|former)|i|we|you|(?:his|her|their|its)(?!\s\w)"
    r"|no-?one|nobody|everyone|(?:some|many|others|those)(?!\s\w))\b",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"\b(?P<what>ministry|commission|department|embassy|office|agency|secretariat|council|parliament"
    r"|foundation|institute"
    r"|bank|committee|court|party|kremlin|white house|pentagon|state department|government|spokes\w+|company"
    r"|union|federation|association|authority|army|navy|military|police)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:said|says|saying|told|tells|stated|states|commented|announced|replied|responded|confirmed|declared"
    r"|explained|explains|warned|warns"
    r"|added|adds|adding|argued|argues|wrote|writes|claimed|claims|noted|notes|insisted|insists|predicted"
    r"|predicts|estimates|suggested|suggests"
    r"|believes|thinks|concluded|denied|admitted|acknowledged|stressed|emphasi[sz]ed|recalled|testified|urged"
    r"|clarified|recalls|remembers|recounts|recounted|concern|according to"
    r"|observed|observes|remarked|cautioned|contends|points? out|pointed out)\b",
    re.IGNORECASE,
)
_VOICED = re.compile(
    r"\b(?:rhetoric|accus|call(?:s|ed|ing)\b|describ|critici[sz]|condemn|express|denounc|dubb|labell?ed"
    r"|branded|refer|vow|pledg|demand|reject|dismiss"
    r"|welcom|prais|mock|compar|liken|quot|ask|question|reveal|reiterat|affirm|assert|assur|complain|declar"
    r"|put it|articulat)",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"(?:only\s)?(?:\d|few|many|most|none|all|both|another|several|more|half|one in|proponents|opponents"
    r"|supporters|respondents|voters|readers?)\b|.*\b(?:percent|per cent)\b",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"(?:the|this|that|its|an?)\s(?:[\w-]+\s)?(?:report|study|poll|survey|paper|statement|document|letter"
    r"|article|complaint|brief|book|transcript|motion|ruling|law|bill|act|plan|memo)\Z",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"\b(?:officials?|diplomats?|sources?|insiders?|person|people|someone|aides?|advisers?|executives?"
    r"|lawmakers?|employees?|negotiators?"
    r"|officers?|delegates?|envoys?|analysts|experts|campaigners|commentators|critics|observers|economists"
    r"|activists|scientists|residents"
    r"|witnesses|historians|lawyers|traders|investors)\b",
    re.IGNORECASE,
)
_TOLD_OF = re.compile(
    r"\b(?:said|says?|saying|told|mentioned|stated|explained|confirmed|described|added|commented|warn(?:ed)?"
    r"|acknowledged"
    r"|admitted|revealed|argue[sd]?|fear(?:s|ed)?|believe[sd]?|noted?|estimated?|expect(?:ed)?|caution(?:ed)?)\b",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(r"n[’']t\b|\bnot\b|\bnever\b|\b(?:declin|refus)\w+", re.IGNORECASE)
_TO_COME = re.compile(r"(?:will|shall|may|might|could)\b", re.IGNORECASE)
_PRESENTED = 600  # characters back to where somebody was presented
_PRESENTS = re.compile(r",\s(?:\d{1,3},|(?:who|whose|an?|the|then|now)\s)")
_HE = re.compile(r"(?:he|she)\Z", re.IGNORECASE)
_INITIALS = re.compile(r"(?:the\s)?[A-ZÀ-Þ]{3,8}\Z")  # a body by its letters; two are mostly a state's
_FOUND = re.compile(r"\b(?:advis(?:ed|es)|recommend(?:ed|s)|f(?:ou|i)nds?|estimated|calculat(?:ed|es)|forecasts?)\b")
_LONG_AGO = re.compile(
    r"\b(?:has|have|had|often|long|repeatedly|always|once|previously|earlier|used to|previously)\b", re.IGNORECASE
)
_RELATIVE = re.compile(r",?\s(?:who|whose|which|where)\s|\s[–—]\s|[;:(]")
_GOES_ON = re.compile(r"\s(?:of|for|on|and)\s(?:the\s)?[A-Z]")
_SURNAME = re.compile(r"[^\W\d_][\w’'-]*\Z")
_ARTICLE = re.compile(r"\A(?:the|an?)\s+", re.IGNORECASE)
_NAME = r"[A-ZÀ-Þ][\w’'-]*[a-zß-ÿ][\w’'-]*"
_RESPONSE = re.compile(
    rf"\b(?:(?:an?|the|one)\s(?:(?:[\w’'-]+\s){{0,3}}))?(?:response|reply|answer|comment|denial|rebuke"
    rf"|clarification|rejoinder|warning|assurance)s?\s(?:came\s)?(?:from|by)\s"
    rf"(?P<name>(?:(?:[a-z]+\s){{0,4}}?){_NAME}(?:\s(?:(?:de|van|von|der|al|bin)\s)?{_NAME}){{1,3}})(?:,\s"
    rf"(?P<role>(?:the|an?)\s[^,.;:“”\"]{{3,80}}?(?=,|\.|;|\sbut\b|\sand\b|$)))?"
)

_ACCORDING_TO_SOME = re.compile(
    r"\b(?i:according to)\s(?P<name>(?:(?:two|three|four|five|six|several|some|a dozen|a number of|an?|one)\s)"
    r"(?:(?!who\b|and\b)[a-z-]{2,20}\s){0,3}?(?:officials?|diplomats?|delegations?|delegates?|sources?|insiders?"
    r"|aides?|envoys?|negotiators?|advisers?|lawmakers?|participants?|witnesses|officers?|people|persons?)"
    r"(?:\s(?:in|at|with|from|of|on|near|close to|familiar with|briefed on)\s(?:the\s)?[\w’'-]{2,25})?)\b"
)
_BY_THE_COUNT = re.compile(
    r"\bby\sthe\s(?:own\s|official\s|best\s)?(?:count|tally|estimates?|reckoning|calculations?)\sof\s"
    r"(?P<name>(?:the\s)?(?:[A-ZÀ-Þa-z][\w’'-]{1,25}\s){0,4}?(?:[A-ZÀ-Þ][\w’'-]{1,25}|organi[sz]ations|groups"
    r"|agencies|officials|experts|monitors|observers|scientists|researchers|analysts|charities|unions|authorities"
    r"|police))(?=[\s,.;:\[(]|\Z)"
)
_NO_REPLY = re.compile(
    r"(?P<name>(?:\b(?i:an?)\s)?\b(?i:spokes(?:man|woman|person|people)|representatives?|officials?)\s(?:for|of|at)"
    r"\s(?:the\s)?[A-ZÀ-Þa-z][\w’' -]{1,60}?)\s(?:did\snot|didn[’']t|could\snot)\s(?:immediately\s|at\sonce\s)?"
    r"(?:reply|respond|return|be reached|answer)\b(?:\sto\s(?:an?\s|our\s|the\s)?(?:\w+\s){0,2}?requests?)?"
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody who is quoted, the words that say so, and the statements that are his."""

    name: str
    words: Span
    statements: tuple[Statement, ...]
    speaker: str | None = None  # None: not named, so that nobody can tell whether two are one


class Speakers:
    """The statements of a document, in text order, by who speaks."""

    def __init__(
        self, statements: Sequence[Statement], identifications: Sequence[Identification], text: str = ""
    ) -> None:
        self._text = text
        found = {who.statement_id: who for who in identifications}
        self._who = {row.id: found.get(row.id) for row in statements}
        self.statements = sorted(statements, key=lambda row: row.start)
        self.keys = {row.id: self._key(row) for row in self.statements}
        self._surnames: dict[str, str] = {}
        for row in self.statements:
            who = self._who[row.id]
            if who and who.speaker:
                for words in (who.speaker, row.source.exact if row.source else ""):
                    if surname := _SURNAME.search(words.strip(" ,.")):
                        self._surnames.setdefault(surname.group(), who.speaker)
        self.named: dict[str, str | None] = {}  # by key: how the first statement of each names him
        for row in self.statements:
            if (key := self.keys[row.id]) is not None and key not in self.named:
                self.named[key] = self.name(row)

    def _key(self, row: Statement) -> str | None:
        who = self._who[row.id]
        if who is not None and who.speaker:
            return who.speaker.casefold()
        words = row.source.exact if row.source else ""
        what = _INSTITUTION.search(words)
        if who is not None and who.represents and who.speaks_as not in _NOBODY:
            return f"{who.represents} {what['what'] if what else ''}".casefold()
        if not words or _PRONOUN.match(words):
            return None
        return _shown(words).casefold()

    def name(self, row: Statement) -> str | None:
        """In one spelling: a person's full name, else the words that name the source."""
        who = self._who[row.id]
        words = row.source.exact if row.source else ""
        if who is not None and who.speaker and not _is_part(who.speaker, words):
            return who.speaker
        known = who is not None and who.actor_id is not None and who.is_somebody and not _INSTITUTION.search(words)
        if who is not None and (known or not words or _PRONOUN.match(words)):
            return who.represents if who.is_somebody else None
        if not words or _PRONOUN.match(words):
            return None
        if row.cue is not None and 0 < row.cue.start - row.source.end <= 1:  # type: ignore[union-attr]
            return _shown(words, possessive=True)  # "Moody's estimates"
        return _shown(words)

    def person(self, row: Statement) -> str | None:
        """The full name of the person who speaks; None where none is known."""
        who = self._who[row.id]
        return who.speaker if who is not None else None

    def called(self, name: str) -> str | None:
        """The speaker of the document whose surname stands last in a name, in one spelling."""
        surname = _SURNAME.search(name)
        return self._surnames.get(surname.group()) if surname else None

    def goes_on(self, row: Statement) -> bool:
        """Whether it may rest on what its speaker was credited with before: not where he "has long warned"."""
        return row.cue is None or _LONG_AGO.search(row.cue.exact) is None

    def quoted(self, covered: Container[str], bound: Container[str], in_body: Container[str]) -> Iterator[Quoted]:
        """Those who are quoted, with neither outlet nor occasion told, each once.

        covered: ids of statements that rest on something.  bound: keys of speakers whose occasion or outlet is told.
        in_body: ids of the statements that stand in no heading.
        """
        groups: dict[str, list[Statement]] = {}
        for row in self.statements:
            key = self.keys[row.id]
            if key is not None and key not in bound and row.id not in covered:
                groups.setdefault(key, []).append(row)
        for rows in groups.values():
            counts = [row for row in rows if row.id in in_body and self._counts(row)]
            named = [
                row
                for row in counts
                if row.source is not None and (self._stands_for(row) or not _PRONOUN.match(row.source.exact))
            ]
            if not named:
                continue
            introduced = (
                row for row in rows if row.start < named[0].start and row.id in in_body and self._is_introduced(row)
            )
            first = next(introduced, named[0])
            mine = tuple(row for row in rows if row.form is not Form.ACT or row is first)
            named_one = None if self._is_unnamed(first) else self.name(first)
            yield Quoted(self.name(first) or "", _words(first), mine, named_one)

    def _stands_for(self, row: Statement) -> bool:
        """Whether its source is "he" or "she" for somebody presented before: "Ada Reed, 61, points at the quay"."""
        who = self._who[row.id]
        name = (who.speaker or "") if who is not None else ""
        if row.source is None or " " not in name or not _HE.match(row.source.exact):
            return False
        at = self._text.rfind(name, max(0, row.start - _PRESENTED), row.source.start)
        return at >= 0 and _PRESENTS.match(self._text, at + len(name)) is not None

    def _is_introduced(self, row: Statement) -> bool:
        """Whether an expert is presented there: "Ada Reed, a fellow at the Port Institute"."""
        return self._is_expert(row) and row.source is not None and "," in row.source.exact

    def _counts(self, row: Statement) -> bool:
        """Whether it is a quotation, or a report of what an expert, a named person or an institution said."""
        who = self._who[row.id]
        words = row.source.exact if row.source else ""
        if _MANY.match(words) or _PAPER.match(words) or (row.cue is not None and _NOT_SAID.search(row.cue.exact)):
            return False
        if row.form not in _QUOTED and row.cue is not None and _TO_COME.match(row.cue.exact):
            return False  # "diplomats will say"
        if self._is_unnamed(row):
            return row.form in _QUOTED or (row.cue is not None and _TOLD_OF.search(row.cue.exact) is not None)
        if who is not None and who.speaks_as in _NOBODY:
            return False
        if row.form in _QUOTED:
            person = who is not None and (who.speaker is not None or who.speaks_as is SpeaksAs.EXPERT)
            cue = row.cue.exact if row.cue else ""
            voiced = row.form is Form.DIRECT or person or _SAID.search(cue) or _VOICED.search(cue)
            return bool(voiced) and (who is None or who.is_somebody or self._is_named(row) or self._stands_for(row))
        if row.form is not Form.INDIRECT or row.cue is None:
            return False
        if not _SAID.search(row.cue.exact) and not (self._is_by_letters(row) and _FOUND.search(row.cue.exact)):
            return False
        return who is not None and (who.speaker is not None or who.speaks_as is SpeaksAs.EXPERT or self._is_body(row))

    def _is_unnamed(self, row: Statement) -> bool:
        """Whether it is an official or insider who is not named."""
        who = self._who[row.id]
        unnamed = row.source is not None and _UNNAMED.search(row.source.exact) is not None
        return unnamed and (who is None or (who.speaker is None and who.speaks_as is not SpeaksAs.MEDIUM))

    def _is_expert(self, row: Statement) -> bool:
        who = self._who[row.id]
        return who is not None and who.speaks_as is SpeaksAs.EXPERT

    def _is_body(self, row: Statement) -> bool:
        return self._is_by_letters(row) or (
            row.source is not None and _INSTITUTION.search(row.source.exact) is not None
        )

    def _is_by_letters(self, row: Statement) -> bool:
        """Whether its source is a body that is no state and no actor of the registry, called by its letters."""
        who = self._who[row.id]
        return (
            row.source is not None
            and _INITIALS.match(row.source.exact) is not None
            and (who is None or not who.is_somebody)
        )

    def _is_named(self, row: Statement) -> bool:
        words = row.source.exact if row.source else ""
        return any(word[:1].isupper() for word in words.split()[1:]) or " " in words.strip()


def unnamed(text: str, span: Span) -> Iterator[Quoted]:
    """Those whom no statement has as its source: "according to two envoys", "by the count of relief agencies"."""
    for match in _ACCORDING_TO_SOME.finditer(text, *span):
        yield Quoted(match["name"], match.span(), ())
    for match in _BY_THE_COUNT.finditer(text, *span):
        yield Quoted(match["name"], match.span(), ())
    for match in _NO_REPLY.finditer(text, *span):
        yield Quoted(_shown(match["name"]), match.span(), ())


def responses(text: str, span: Span) -> Iterator[Quoted]:
    """Answers that are told without their words: "a terse reply from Ada Reed, the spokeswoman"."""
    for match in _RESPONSE.finditer(text, *span):
        yield Quoted(match["name"], match.span(), (), match["name"])


def _words(row: Statement) -> Span:
    """The source with its cue where that stands beside it; without a relative clause."""
    source: Anchor = row.source  # type: ignore[assignment]  # asked only of statements with a source
    words = source.exact
    cut = _RELATIVE.search(words)
    end = source.start + min(cut.start() if cut and cut.start() > 2 else len(words), _LONGEST)  # noqa: PLR2004
    if (
        row.cue is not None
        and end == source.end
        and 0 <= row.cue.start - end <= _BESIDE
        and row.cue.end - source.start <= _LONGEST
    ):
        end = row.cue.end
    return source.start, source.start + len(words[: end - source.start].rstrip(" ,")) if end <= source.end else end


def _is_part(name: str, words: str) -> bool:
    """Whether a name is only part of a longer one there: "Federal Bureau" of "the Federal Bureau of Prisons"."""
    before, found, behind = words.partition(name)
    return bool(found) and (_GOES_ON.match(behind) is not None or before.endswith((" of ", " and ", " for ")))


def _shown(words: str, *, possessive: bool = False) -> str:
    """The source without article and relative clause.  possessive: whether the ending is part of the name."""
    words = _RELATIVE.split(_ARTICLE.sub("", words, count=1), maxsplit=1)[0].split(",")[0]
    words = " ".join(words.split())[:_LONGEST].strip(" ,")
    return words if possessive else words.removesuffix("’s").removesuffix("'s")

"""Which credits of media, entries and links mean one report."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from winset.corpus.types import Document
from winset.ids import DocumentId, PartialDate
from winset.sourcing.events.dated_words import dated_words
from winset.sourcing.likeness import stems
from winset.sourcing.tracing.forest import Forest
from winset.sourcing.tracing.publishers import publisher
from winset.sourcing.tracing.same_address import address_key, day_in_address, nearly_equal
from winset.sourcing.tracing.told import Told, agree, is_day, name_words, title_words
from winset.sourcing.types import CreditKind, ReadDocument

_TITLE = 4  # words by which a title is known without medium and date
_SHORT_TITLE = 2  # words, where the medium agrees too
_OF_ONE_TITLE = 3  # days between two dates of one title: the site's and the paper's
_SLIP = 1  # day between two dates of one report
_TOPIC = 2  # content words that two credits of one medium must share to mean one report on neighbouring days
_BEFORE = 3_000  # characters before a credit that say how far the story is
_LEAD = 1_200  # characters of a document that say what it is about
_CLEARLY = 1.25  # by how much more than the next one the best report must share
_NEAR = 0.06  # cosine by which the nearest report must lead
_ALIKE = 0.4  # cosine from which a sentence can be about a report
_COMPARED = 40  # titles or addresses of one beginning that are compared with one another
_ASKED_ABOUT = 4  # reports of which it is asked
_ENCODED = 40  # credits at most for which the sentence encoder is asked, those of the first documents by id


_FIGURES = re.compile(r"(?<![\w/.])([0-3]?\d)[/.]([0-3]?\d)[/.](20\d\d)(?![\w/])")  # "9/3/2031"


@dataclass(slots=True)
class Report:
    """Credits of one work so far, or a document of the corpus that somebody may mean."""

    nodes: list[int]
    rows: list[Told]
    document: Document | None = None
    medium: str | None = None
    dates: list[PartialDate] = field(default_factory=list)
    words: frozenset[str] = frozenset()  # stems of all that is told of it
    title: str = ""


class Reports:
    """Credits and documents, joined in steps, what is surest first; `forest` says which are one."""

    def __init__(self, read: Sequence[ReadDocument], rows: Sequence[Told]) -> None:
        self.rows = rows
        self.documents = {each.document.id: each.document for each in read}
        self.ids = sorted(self.documents)
        self.node_of = {id: len(rows) + number for number, id in enumerate(self.ids)}
        self.forest = Forest(len(rows) + len(self.ids))
        self.medium_of = {id: publisher(document) for id, document in self.documents.items()}

    def join(self) -> None:
        """All steps. Cost: near linear."""
        self._own_reporting()
        self._by_address()
        self._by_title()
        self._by_slips()
        self._documents_here()
        self._by_masthead()
        self._published_by()
        self._bare_with_a_day()
        self._links_without_a_title()
        self._bare_without_one()

    def _own_reporting(self) -> None:
        """What a document credits to its own publisher, and to no other day, it reports itself."""
        for node, row in enumerate(self.rows):
            own = self.documents[row.document_id]
            if row.is_bare and row.medium == self.medium_of[own.id] and self._on_its_day(row, own):
                self.forest.unite(node, self.node_of[own.id])

    @staticmethod
    def _on_its_day(row: Told, own: Document) -> bool:
        return row.dated is None or (own.published is not None and agree(row.dated, own.published, days=_SLIP))

    def _by_address(self) -> None:
        seen: dict[str, int] = {}
        for id in self.ids:
            if url := self.documents[id].source_url:
                seen.setdefault(address_key(url), self.node_of[id])
        for node, row in enumerate(self.rows):
            if row.address:
                self.forest.unite(node, seen.setdefault(row.address, node))

    def _by_title(self) -> None:
        """One title of one medium, on days that agree; a long one whatever the medium; a cut one with the whole."""
        buckets: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for node, row in enumerate(self.rows):
            if len(row.title) >= _SHORT_TITLE:
                buckets[row.title[:_TITLE]].append(node)
        for nodes in buckets.values():
            heads: list[int] = []
            for node in nodes:
                same = [head for head in heads[-_COMPARED:] if _one_title(self.rows[head], self.rows[node])]
                for head in same[:1]:
                    self.forest.unite(head, node)
                if not any(_as_much(self.rows[head], self.rows[node]) for head in same):
                    heads.append(node)

    def _by_slips(self) -> None:
        """Addresses of one site that differ by a letter or two, with one title, or on one day or the next."""
        buckets: dict[str, list[int]] = defaultdict(list)
        heads: dict[str, int] = {}
        for node, row in enumerate(self.rows):
            if row.address:
                heads.setdefault(row.address, node)
        for address, node in sorted(heads.items()):
            site, _, path = address.partition("/")
            buckets[f"{site}/{path[:8]}"].append(node)
            buckets[f"{site}/\0{path[-8:]}"].append(node)
        for nodes in buckets.values():
            for number, node in enumerate(nodes):
                for other in nodes[number + 1 : number + 1 + _COMPARED]:
                    if _may_be_a_slip(self.rows[node], self.rows[other]):
                        self.forest.unite(node, other)

    def _documents_here(self) -> None:
        """Works that are among the documents: by title, else by medium, day and author."""
        titled: dict[tuple[str, ...], list[DocumentId]] = defaultdict(list)
        issued: dict[tuple[str, str], list[DocumentId]] = defaultdict(list)
        for id in self.ids:
            document = self.documents[id]
            for words in _titles(document):
                titled[words[:3]].append(id)
            if (medium := self.medium_of[id]) and document.published:
                issued[medium, document.published.text].append(id)
        for node, row in enumerate(self.rows):
            found = sorted(set(self._titled_like(row, titled)))
            if not found and row.medium and row.dated and row.entry:
                same_day = issued.get((row.medium, row.dated.text), ())
                found = [id for id in same_day if _names_an_author(row.entry, self.documents[id])]
            if len(found) == 1:
                self.forest.unite(node, self.node_of[found[0]])

    def _by_masthead(self) -> None:
        """Links in the name of a paper, "the Courier", to the day of the only document that bears it as its heading."""
        headed: dict[tuple[tuple[str, ...], str], list[DocumentId]] = defaultdict(list)
        for id in self.ids:
            document = self.documents[id]
            if document.published and (words := _without_article(title_words(document.title or document.publisher))):
                headed[words, document.published.text].append(id)
        for node, row in enumerate(self.rows):
            day = day_in_address(row.address) if row.address else None
            found = headed.get((_without_article(row.title), day), ()) if day else ()
            if len(found) == 1 and found[0] != row.document_id:
                self.forest.unite(node, self.node_of[found[0]])

    def _links_without_a_title(self) -> None:
        """A link in a medium's name beside a day is its only report of that day that shares the topic and has no page.

        Where the day is told in figures, either may be the month.
        """
        linked = [node for node, row in enumerate(self.rows) if _is_named_alone(row)]
        known = self._known(bare=True) if linked else {}
        for node in linked:
            row = self.rows[node]
            days = self._days_beside(row)
            found = [
                report
                for report in known.get(row.medium or "", ())
                if node not in report.nodes
                and report.document is None
                and not any(each.address for each in report.rows)
                and any(is_day(date) and date.text in days for date in report.dates)
                and len(row.words & report.words) > _TOPIC
            ]
            if len(found) == 1:
                self.forest.unite(node, found[0].nodes[0])

    def _days_beside(self, row: Told) -> frozenset[str]:
        """The days that the sentence of a credit tells, and the one in its address."""
        document = self.documents[row.document_id]
        low, high = max(0, row.credit.anchor.start - len(row.sentence)), row.credit.anchor.end + len(row.sentence)
        start = document.text.find(row.sentence, low, high)
        if start < 0:
            return frozenset()
        told = dated_words(document.text, start, start + len(row.sentence), published=document.published)
        days = {each.date.text for each in told if is_day(each.date)}
        for one, other, year in _FIGURES.findall(row.sentence):
            days |= {f"{year}-{int(month):02}-{int(day):02}" for month, day in ((one, other), (other, one))}
        return frozenset(days | {day_in_address(row.address or "") or ""})

    def _published_by(self) -> None:
        """A document that says nothing of its publisher is of the medium as which others list it."""
        for nodes in self.forest.sets():
            media = Counter(
                self.rows[node].medium for node in nodes if node < len(self.rows) and self.rows[node].medium
            )
            unknown = [self.ids[node - len(self.rows)] for node in nodes if node >= len(self.rows)]
            for id in unknown if media else ():
                if self.medium_of[id] is None:
                    self.medium_of[id] = min(media, key=lambda name: (-media[name], str(name)))
        self._own_reporting()

    def _titled_like(self, row: Told, titled: Mapping[tuple[str, ...], Sequence[DocumentId]]) -> Iterator[DocumentId]:
        if row.credit.kind in (CreditKind.OCCASION, CreditKind.PERSON):
            return
        named = title_words(row.credit.origin) if row.medium is None else ()
        for words in filter(None, (row.title, named)):
            for id in titled.get(words[:3], ()):
                if self._may_be(row, id) and any(_one_name(words, title) for title in _titles(self.documents[id])):
                    yield id
        listed = title_words(row.entry)
        for start in range(len(listed) - 2):
            for id in titled.get(listed[start : start + 3], ()):
                stands = (len(title) >= _TITLE and listed[start : start + len(title)] == title
                          for title in _titles(self.documents[id]))  # fmt: skip
                if self._may_be(row, id) and any(stands):
                    yield id

    def _may_be(self, row: Told, id: DocumentId) -> bool:
        """Whether nothing that both tell speaks against it."""
        medium = self.medium_of[id]
        if medium and row.medium and medium != row.medium:
            return False
        return agree(row.dated, self.documents[id].published, days=_OF_ONE_TITLE)

    def _bare_with_a_day(self) -> None:
        """Told by its day, "the Nikkei report of 3 May": the medium's of that day, else of the one before or after."""
        known = self._known(bare=False)
        alone: dict[tuple[str, PartialDate], list[int]] = defaultdict(list)
        for node, row in enumerate(self.rows):
            if row.medium and row.dated and row.is_bare and is_day(row.dated) and self._is_alone(node):
                meant = _of_the_day(row, known.get(row.medium, ()))
                if meant is not None:
                    self.forest.unite(node, meant.nodes[0])
                else:
                    alone[row.medium, row.dated].append(node)
        for nodes in alone.values():
            for node in nodes[1:]:
                self.forest.unite(nodes[0], node)
        self._neighbouring_days(alone)

    def _neighbouring_days(self, alone: Mapping[tuple[str, PartialDate], Sequence[int]]) -> None:
        """Credits without title or page in different documents, a day apart and on one topic, mean one report."""
        by_day = {(medium, day.earliest.toordinal()): nodes for (medium, day), nodes in alone.items()}
        for (medium, day), nodes in sorted(by_day.items()):
            after = by_day.get((medium, day + 1), ())
            for node in nodes[:_COMPARED]:
                for other in after[:_COMPARED]:
                    one, two = self.rows[node], self.rows[other]
                    if one.document_id != two.document_id and len(one.words & two.words) > _TOPIC:
                        self.forest.unite(node, other)

    def _bare_without_one(self) -> None:
        """The medium's only report that can be meant, else the one most alike; else all such credits are one work.

        Where the document lists reports of the medium itself, it means one of these. An entry with a day less precise
        is a report of its own: nothing but a title or an address says which.
        """
        known = self._known(bare=True)
        untold: dict[tuple[str, str], int] = {}
        asked = 0
        for node, row in enumerate(self.rows):
            if row.medium and row.is_bare and not is_day(row.dated) and self._is_alone(node):
                meant = None
                if row.dated is None or not row.entry:
                    can_be = self._likely(
                        row, [each for each in known.get(row.medium, ()) if self._can_mean(row, each)]
                    )
                    meant, asks = _most_alike(row, can_be, ask=asked < _ENCODED)
                    asked += asks
                same = (row.medium, str(row.dated or ""))
                self.forest.unite(node, meant.nodes[0] if meant else untold.setdefault(same, node))

    def _likely(self, row: Told, reports: list[Report]) -> list[Report]:
        """Of several reports those that the document lists, none of them older than what its words tell of."""
        listed = [
            each for each in reports if any(one.entry and one.document_id == row.document_id for one in each.rows)
        ]
        if len(listed) < 2:  # noqa: PLR2004 - the one that is meant
            return listed or reports
        told_of = self._told_of(row)
        in_time = [each for each in listed if not told_of or any(day.latest >= told_of for day in each.dates)]
        return [each for each in in_time if len(row.words & each.words) >= _TOPIC]

    def _told_of(self, row: Told) -> date | None:
        """The last day that the text names shortly before: what it credits was written after that."""
        document = self.documents[row.document_id]
        end = row.credit.anchor.end
        found = dated_words(document.text, max(0, end - _BEFORE), end, published=document.published)
        days = [each.date.earliest for each in found if each.date.precision in ("day", "month")]
        written = document.published
        return max((day for day in days if written is None or day <= written.latest), default=None)

    def _can_mean(self, row: Told, report: Report) -> bool:
        """Whether the day that is told of it agrees and does not lie behind the document that credits it."""
        written = self.documents[row.document_id].published
        if report.document is not None and report.document.id == row.document_id:
            return False
        in_time = written is None or not report.dates or min(date.earliest for date in report.dates) <= written.latest
        return in_time and (not report.dates or any(agree(row.dated, date) for date in report.dates))

    def _is_alone(self, node: int) -> bool:
        return self.forest.root(node) == node and self._sizes[node] == 1

    @cached_property
    def _sizes(self) -> Counter[int]:
        """How many each set held before credits without title and page were looked at."""
        return Counter(self.forest.root(node) for node in range(len(self.rows) + len(self.ids)))

    def _known(self, *, bare: bool) -> dict[str, list[Report]]:
        """By medium, the reports that a credit can mean: told by title or page, or among the documents.

        bare: those that are told by their day alone too.
        """
        found: dict[str, list[Report]] = defaultdict(list)
        for nodes in self.forest.sets():
            rows = [self.rows[node] for node in nodes if node < len(self.rows)]
            ids = [self.ids[node - len(self.rows)] for node in nodes if node >= len(self.rows)]
            if not ids and all(row.is_bare and not (bare and is_day(row.dated)) for row in rows):
                continue
            media = Counter(filter(None, [*(row.medium for row in rows), *(self.medium_of[id] for id in ids)]))
            if media:
                medium = min(media, key=lambda name: (-media[name], name))
                found[medium].append(self._report(nodes, rows, ids, medium))
        return found

    def _report(self, nodes: list[int], rows: list[Told], ids: Sequence[DocumentId], medium: str) -> Report:
        document = self.documents[ids[0]] if ids else None
        words = frozenset[str]().union(*(row.words for row in rows))
        dates = [row.dated for row in rows if row.dated]
        if document is not None:
            words |= frozenset(stems(f"{document.title or ''} {document.text[:_LEAD]}"))
            dates += [document.published] if document.published else []
        title = next((row.credit.title for row in rows if row.credit.title), None)
        title = title or (document.title if document else None) or (rows[0].sentence if rows else "")
        return Report(nodes=nodes, rows=rows, document=document, medium=medium, dates=dates, words=words, title=title)


def _without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if words[:1] == ("the",) else words


def _is_named_alone(row: Told) -> bool:
    """Whether it is a link that tells of its source the medium, and no more."""
    if row.credit.kind != CreditKind.LINK or not row.medium or not row.address or row.dated is not None:
        return False
    return _without_article(row.title) in ((), _without_article(title_words(row.medium)))


def _titles(document: Document) -> tuple[tuple[str, ...], ...]:
    words = title_words(document.title)
    return (words,) if len(words) > _SHORT_TITLE else ()


def _names_an_author(entry: str, document: Document) -> bool:
    listed = name_words(entry)
    return any(name_words(author.rpartition(" ")[2]) & listed for author in document.authors)


def _one_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one is the other, or its beginning."""
    short = min(len(one), len(other))
    return short >= 3 and one[:short] == other[:short] and (len(one) == len(other) or short >= _TITLE)  # noqa: PLR2004


def _one_title(one: Told, other: Told) -> bool:
    if one.medium and other.medium and one.medium != other.medium:
        return False
    if not agree(one.dated, other.dated, days=_OF_ONE_TITLE):
        return False
    if one.title == other.title:
        return len(one.title) >= _TITLE or (one.medium is not None and one.medium == other.medium)
    return _one_name(one.title, other.title) and one.medium is not None and one.medium == other.medium


def _as_much(one: Told, other: Told) -> bool:
    """Whether the first tells of its source all that the second does."""
    return one.title == other.title and one.medium == other.medium and one.dated == other.dated


def _may_be_a_slip(one: Told, other: Told) -> bool:
    if one.address is None or other.address is None or one.address == other.address:
        return False
    titled = bool(one.title) and one.title == other.title
    if one.title and other.title and not titled:
        return False
    dated = one.dated is not None and other.dated is not None
    if not (titled or dated) or not agree(one.dated, other.dated, days=_OF_ONE_TITLE if titled else _SLIP):
        return False
    return nearly_equal(one.address, other.address)


def _of_the_day(row: Told, reports: Sequence[Report]) -> Report | None:
    """The report that a credit with a day means: of that day, else of the next or the one before and on its topic."""
    same_day = [report for report in reports if any(is_day(date) and date == row.dated for date in report.dates)]
    if same_day:
        if len(same_day) == 1 and _is_meant(row, same_day[0]):
            return same_day[0]
        return _ahead([(len(row.words & report.words), report) for report in same_day], least=_TOPIC)
    near = [
        report
        for report in reports
        if any(is_day(date) and agree(row.dated, date, days=_SLIP) for date in report.dates)
    ]
    return _ahead([(len(row.words & report.words), report) for report in near], least=_TOPIC)


def _ahead(scored: Sequence[tuple[float, Report]], *, least: float) -> Report | None:
    """The best, where it reaches `least` and is clearly ahead of the next one."""
    ranked = sorted(scored, key=lambda each: (-each[0], each[1].nodes[0]))
    if not ranked or ranked[0][0] < least:
        return None
    if len(ranked) > 1 and ranked[0][0] < _CLEARLY * ranked[1][0]:
        return None
    return ranked[0][1]


def _most_alike(row: Told, reports: Sequence[Report], *, ask: bool) -> tuple[Report | None, int]:
    """The report that a credit without a day means, and for how many credits the encoder was asked.

    The only one, where it shares a word with it, or is credited by the same document; else the one whose words it
    shares most, a word counting less the more of the reports have it; else the nearest in meaning.
    """
    if len(reports) == 1:
        return (reports[0] if _is_meant(row, reports[0]) else None), 0
    spread = Counter(word for report in reports for word in report.words & row.words)
    scored = [
        (sum(1 / spread[word] for word in row.words & report.words), report)
        for report in reports
        if len(row.words & report.words) >= _TOPIC
    ]
    best = _ahead(scored, least=0.0)
    if best is not None or not scored or not ask:
        return best, 0
    likeliest = sorted(scored, key=lambda each: (-each[0], each[1].nodes[0]))[:_ASKED_ABOUT]
    return _nearest(row, [report for _, report in likeliest]), 1


def _is_meant(row: Told, only: Report) -> bool:
    """Whether the medium's only report can be meant: the document credits it elsewhere, or their words touch."""
    at_home = any(each.document_id == row.document_id for each in only.rows)
    return at_home or len(row.words & only.words) >= (1 if only.rows else _TOPIC)


def _nearest(row: Told, reports: Sequence[Report]) -> Report | None:
    from winset.statements.meaning.vectors import sentence_encoder

    vectors = sentence_encoder().vectors([row.sentence, *(report.title for report in reports)])
    ranked = sorted(
        ((float(vectors[0] @ vector), report) for vector, report in zip(vectors[1:], reports, strict=True)),
        key=lambda each: (-round(each[0], 6), each[1].nodes[0]),
    )
    if ranked[0][0] < _ALIKE or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _NEAR):
        return None
    return ranked[0][1]

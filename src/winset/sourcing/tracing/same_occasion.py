"""Which credits mean one occasion, one person, or one document that is known by its name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from winset.ids import DocumentId
from winset.sourcing.tracing.forest import Forest
from winset.sourcing.tracing.told import Told, agree, is_day, name_words
from winset.sourcing.types import CreditKind

_COMPARED = 60  # occasions of one day that are compared with one another
_NAME = 2  # words from which the name of a document is one
_OCCASION = re.compile(
    r"\b(?:(?P<press>(?:press|news|media)\s(?:conference|briefing|availability|encounter)s?|briefings?|pressers?"
    r"|doorsteps?|stakeouts?|regular\spress\s\w+)"
    r"|(?P<interview>interviews?)|(?P<speech>speech(?:es)?|address|keynote|lecture|remarks|testimony)"
    r"|(?P<visit>visits?|trips?|tours?)|(?P<meeting>meetings?|summits?|talks|sessions?|conferences?|forums?|hearings?"
    r"|panels?|debates?)|(?P<release>statements?|communiqu[eé]s?|press\sreleases?))\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(
    "press news media conference briefing regular daily weekly speech address keynote lecture remarks interview visit"
    " trip tour meeting summit talks session forum hearing statement minister ministers ministry foreign prime"
    " president spokesperson spokesman spokeswoman secretary general chief government official officials department"
    " office affairs defence defense joint public appearance with from and the for of in on at to by january february"
    " march april may june july august september october november december".split()
)
_PROPER = re.compile(r"(?<!\w)[A-ZÀ-Þ][\w’'-]*")
_YEARS = re.compile(r"\b(?:1[89]|20)\d\d\b")
_LEFT_OUT = frozenset("the its his her their our this that same own of and for".split())


def join_occasions(rows: Sequence[Told], forest: Forest) -> None:
    """Unite credits of one occasion: of one kind, on one day, with one who speaks.

    An entry or link whose title tells the occasion is one with it. Without a day, only the credits of one document
    can mean one occasion, or the only dated one that fits. Cost: near linear; a day's are compared with one another.
    """
    read = {node: found for node, row in enumerate(rows) if (found := _occasion(row)) is not None}
    by_day: dict[int, list[int]] = defaultdict(list)
    undated: dict[DocumentId, list[int]] = defaultdict(list)
    for node in read:
        day = rows[node].dated
        if day is not None and is_day(day):
            by_day[day.earliest.toordinal()].append(node)
        else:
            undated[rows[node].document_id].append(node)
    at_home: dict[DocumentId, list[int]] = defaultdict(list)
    for nodes in by_day.values():
        for number, node in enumerate(nodes):
            at_home[rows[node].document_id].append(node)
            for other in nodes[number + 1 : number + 1 + _COMPARED]:
                if _one_occasion(read[node], read[other]):
                    forest.unite(node, other)
    for id, nodes in undated.items():
        for number, node in enumerate(nodes):
            dated = [
                other
                for other in at_home[id][:_COMPARED]
                if _one_occasion(read[node], read[other]) and agree(rows[node].dated, rows[other].dated)
            ]
            if len({forest.root(other) for other in dated}) == 1:
                forest.unite(node, dated[0])
                continue
            for other in nodes[number + 1 : number + 1 + _COMPARED]:
                if _one_occasion(read[node], read[other]) and agree(rows[node].dated, rows[other].dated):
                    forest.unite(node, other)


def _occasion(row: Told) -> tuple[str, frozenset[str]] | None:
    """Of what kind it is, and who speaks there: ids of actors and words of names."""
    told = row.credit.origin if row.credit.kind == CreditKind.OCCASION else row.credit.title or ""
    if row.credit.kind not in (CreditKind.OCCASION, CreditKind.REFERENCE, CreditKind.LINK) or not told:
        return None
    kind = occasion_kind(told)
    if not kind and row.credit.kind != CreditKind.OCCASION:
        return None
    names = name_words(" ".join([*_PROPER.findall(told), *_PROPER.findall(row.entry)]))
    return kind, frozenset(word for word in names | row.by if word not in _GENERIC and not word.isdecimal())


def occasion_kind(name: str) -> str:
    """Of what kind an occasion is by its name: "press", "speech", "visit", ...; empty where that is not told."""
    match = _OCCASION.search(name)
    return match.lastgroup if match and match.lastgroup else ""


def _one_occasion(one: tuple[str, frozenset[str]], other: tuple[str, frozenset[str]]) -> bool:
    same_kind = one[0] == other[0] or not one[0] or not other[0]
    return same_kind and bool(one[1] & other[1])


def join_documents(rows: Sequence[Told], forest: Forest) -> None:
    """Unite credits of one document that is known by its name: "its 2022 Strategic Concept".

    A name that says little, such as "the communiqué", is one document only inside one text.
    """
    named: dict[tuple[frozenset[str], object], list[int]] = defaultdict(list)
    for node, row in enumerate(rows):
        if row.credit.kind != CreditKind.DOCUMENT:
            continue
        words, _ = _document_name(row.credit.origin)
        at = None if is_a_name(row.credit.origin) else row.document_id
        named[words, at].append(node)
    for nodes in named.values():
        for node in nodes[1:]:
            if agree(rows[nodes[0]].dated, rows[node].dated):
                forest.unite(nodes[0], node)
        _by_year(rows, nodes, forest)
    _listed(rows, {words: nodes[0] for (words, at), nodes in named.items() if at is None}, forest)


def _by_year(rows: Sequence[Told], nodes: Sequence[int], forest: Forest) -> None:
    """The rest of those of one name, those of one year together."""
    heads: dict[object, int] = {}
    for node in nodes:
        if rows[node].dated is not None:
            forest.unite(heads.setdefault(str(rows[node].dated)[:4], node), node)


def is_a_name(origin: str) -> bool:
    """Whether a document's name says in any text which it is: two words of it are written as names."""
    words, proper = _document_name(origin)
    return len(words) >= _NAME and proper >= _NAME


def _document_name(origin: str) -> tuple[frozenset[str], int]:
    """What it is called, without the year, and how many words of that are written as names."""
    plain = _YEARS.sub(" ", origin)
    words = frozenset(word for word in re.findall(r"[^\W_]+", plain.casefold()) if word not in _LEFT_OUT)
    proper = [word for word in _PROPER.findall(plain) if word.casefold() not in _LEFT_OUT]
    return words, len(proper)


def _listed(rows: Sequence[Told], named: Mapping[frozenset[str], int], forest: Forest) -> None:
    """Entries whose title is the name of a document that is named in a text, of the same year."""
    for node, row in enumerate(rows):
        if row.credit.kind in (CreditKind.REFERENCE, CreditKind.LINK) and row.title and row.medium is None:
            words, _ = _document_name(" ".join(row.title))
            other = named.get(words)
            if other is not None and agree(row.dated, rows[other].dated):
                forest.unite(other, node)


def join_persons(rows: Sequence[Told], forest: Forest) -> None:
    """Unite credits of one person; a surname alone is the only one who has it in full."""
    full: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.credit.kind == CreditKind.PERSON and " " in row.credit.origin.strip():
            full[_surname(row.credit.origin)].add(_plain(row.credit.origin))
    heads: dict[str, int] = {}
    for node, row in enumerate(rows):
        if row.credit.kind == CreditKind.PERSON:
            name = _plain(row.credit.origin)
            bearers = full.get(name, set())
            if " " not in name and len(bearers) == 1:
                (name,) = bearers
            forest.unite(heads.setdefault(name, node), node)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _surname(name: str) -> str:
    return _plain(name).rpartition(" ")[2]

"""Earlier instances of the kind of thing that is proposed, as the documents name them: where, since and until when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from winset.corpus.types import Anchor
from winset.sourcing.precedents.instances import FINANCED, ONE_IN, Instance, instances, of_the_kind
from winset.sourcing.precedents.kind_sentences import KindSentence
from winset.sourcing.precedents.kinds import Family, family_of
from winset.sourcing.precedents.named_places import named_places
from winset.sourcing.types import Precedent, ReadDocument
from winset.statements.languages import foreign
from winset.statements.types import SegmentKind

_READ = (SegmentKind.BODY, SegmentKind.CAPTION)
_LONGEST = 1_500  # characters of a sentence that are read
_ONES = 3  # sentences behind one that names the kind in which "the one in Lima" is of it
_MOST_COMPARED = 10  # tellings of one place that another is compared with


def precedents(read: Sequence[ReadDocument], proposal: str) -> tuple[Precedent, ...]:
    """Earlier instances of what is proposed, each place once, by the year they began and then by place.

    The proposal's noun and its near synonyms (`precedent_kinds`) are looked for with a place behind them ("an office
    in Quito", "sanctions against Iran") or before them ("the Quito office"), in lists too, with the years, the fate
    and the purpose that the same sentence tells.  What is only planned, what is denied, and the proposal's own place
    are left out; tellings of one place that do not contradict each other in their years are one.
    Empty where the proposal's words name no kind of thing.  Cost: linear in the text.
    """
    wanted = family_of(proposal)
    if wanted is None:
        return ()
    family, noun = wanted
    own = _own_places(proposal)
    found: list[Instance] = []
    for number, each in enumerate(read):
        found.extend(_instances(number, each, family, own))
    return tuple(sorted((_row(group, noun) for group in _grouped(found)), key=_in_order))


def _in_order(row: Precedent) -> tuple[str, str]:
    years = re.findall(r"\d{4}", row.since or row.until)
    return (years[0] if years else "9999", row.place.casefold() or row.kind.casefold())


def _own_places(proposal: str) -> frozenset[str]:
    found = named_places(proposal, 0, len(proposal), bare=True)
    return frozenset(key for place in found for key in (place.key, place.state) if key)


def _instances(number: int, read: ReadDocument, family: Family, own: frozenset[str]) -> Iterator[Instance]:
    document = read.document
    hint = _hint(family)
    if not hint.search(document.text):
        return
    tongues = foreign(document.text, read.segments, tongue=document.language)
    for index, segment in enumerate(read.segments):
        if segment.kind not in _READ or index in tongues:
            continue
        named: tuple[int, KindSentence] | None = None  # the last sentence that names the kind, and its number
        for place, (start, end) in enumerate(segment.sentences):
            stop = min(end, start + _LONGEST)
            names_it = hint.search(document.text, start, stop) is not None
            found: list[Instance] = []
            following = segment.sentences[place + 1] if place + 1 < len(segment.sentences) else None
            if names_it:
                sentence = KindSentence(document, family, (start, stop), following)
                found += instances(sentence, number)
                named = (place, sentence) if sentence.heads else named
            if named and place - named[0] <= _ONES and ONE_IN.search(document.text, start, stop):
                found += of_the_kind(KindSentence(document, family, (start, stop), following), named[1], number)
            for instance in found:
                if instance.place is None or not {instance.place.key, instance.place.state} & own:
                    yield instance


def _hint(family: Family) -> re.Pattern[str]:
    """What a sentence must hold to be read: the beginning of a noun that the family has."""
    stems = {noun[:-1] if noun.endswith(("y", "e")) else noun for noun in family.nouns | family.careful}
    words = sorted(stems | ({"joined", "acceded", "admitted"} if family.joins else set()))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)


def _grouped(found: Sequence[Instance]) -> list[list[Instance]]:
    """Tellings of one instance together: one place, years that do not contradict each other."""
    groups: list[list[Instance]] = []
    by_key: dict[str, list[list[Instance]]] = {}
    ranked = sorted(found, key=lambda each: (not (each.since or each.until), each.order))
    for each in ranked:
        mine = next((group for group in by_key.get(each.key, ())[:_MOST_COMPARED] if _agrees(each, group)), None)
        if mine is None:
            mine = []
            groups.append(mine)
            by_key.setdefault(each.key, []).append(mine)
        mine.append(each)
    return _with_their_cities(groups)


def _with_their_cities(groups: Sequence[list[Instance]]) -> list[list[Instance]]:
    """A telling of the state alone joins the one city in it: "the office in Peru", "the Lima office"."""
    cities: dict[str, list[list[Instance]]] = {}
    for group in groups:
        place = group[0].place
        if place is not None and place.state and place.key != place.state:
            cities.setdefault(place.state, []).append(group)
    kept: list[list[Instance]] = []
    for group in groups:
        place = group[0].place
        inside = cities.get(place.state, []) if place is not None and place.key == place.state else []
        if len(inside) == 1 and _agrees(group[0], inside[0]):
            inside[0].extend(group)
        else:
            kept.append(group)
    return kept


def _agrees(one: Instance, group: Sequence[Instance]) -> bool:
    return all(_agree(one, other) for other in group[:_MOST_COMPARED])


def _agree(one: Instance, other: Instance) -> bool:
    """Whether neither year of one contradicts the other's, and one thing can have both."""
    halves = bool(one.since and not one.until and other.until and not other.since)
    halves = halves or bool(other.since and not other.until and one.until and not one.since)
    if halves and one.kind.split()[-1:] != other.kind.split()[-1:]:
        return False
    return all(
        not left or not right or set(re.findall(r"\d{4}", left)) & set(re.findall(r"\d{4}", right))
        for left, right in ((one.since, other.since), (one.until, other.until))
    )


def _weight(fate: str) -> int:
    """What is told of it in the end goes before what else is."""
    if fate.startswith("was never"):
        return 0
    return 3 if fate == FINANCED else 2 if fate.startswith(("plan", "remain", "still", "stay")) else 1


def _apart(anchors: Sequence[Anchor]) -> tuple[Anchor, ...]:
    """Each once, and none that lies inside another."""
    kept: set[Anchor] = set()
    last: Anchor | None = None
    for each in sorted(set(anchors), key=lambda anchor: (anchor.document_id, anchor.start, -anchor.end)):
        if last is None or each.document_id != last.document_id or each.end > last.end:
            kept.add(each)
            last = each
    return tuple(each for each in dict.fromkeys(anchors) if each in kept)


def _row(group: Sequence[Instance], noun: str) -> Precedent:
    kinds = [each.kind for each in group]
    fates = sorted((each.fate for each in group if each.fate), key=_weight)
    details = dict.fromkeys(detail for each in group for detail in each.details)
    places = [each.place.label for each in group if each.place]
    ranked = sorted(group, key=lambda each: (-bool(each.since) - bool(each.until) - bool(each.fate), each.order))
    return Precedent(
        kind=max(kinds, key=lambda kind: (noun in kind.casefold().split(), len(kind.split()), -kinds.index(kind))),
        place=max(places, key=len, default=""),
        since=next((each.since for each in group if each.since), ""),
        until=next((each.until for each in group if each.until), ""),
        fate=next(iter(fates), ""),
        detail="; ".join(details),
        anchors=_apart([each.anchor for each in ranked]),
    )

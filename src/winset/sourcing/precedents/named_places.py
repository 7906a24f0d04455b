"""Places that a sentence names: states, their capitals, and other names behind "in"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from winset.actors.names import NameKind
from winset.actors.registry import registry
from winset.actors.types import ActorKind

_WHERE = re.compile(
    r"\b(?:in|off|near|around|on|to|against|for)\s(?:the\s)?(?P<name>[A-ZÀ-Þ][\w’'-]+(?:\s(?:(?:de|del|la|el|al|of|do|da)\s)?"
    r"[A-ZÀ-Þ][\w’'-]+){0,3})"
)
_LISTED = re.compile(r",?\s(?:and|or)\s(?:in\s|at\s)?(?P<name>[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){0,2})")
_STATE_BEHIND = re.compile(r",\s(?:the\s)?")
_AROUND = 60  # characters on either side that tell which meaning a name has
_REGIONS = frozenset(
    "asia africa europe america americas oceania eurasia antarctica indo-pacific asia-pacific pacific atlantic"
    " caribbean arctic balkans gulf west east north south global eastern western northern southern central latin middle"
    " southeast northeast".split()
)
_WATERS = re.compile(
    r"\b(?:Sea|Ocean|Bank|Banks|Bay|Gulf|Strait|Straits|Channel|Islands?|Lake|River|Coast|Basin|Shelf|Delta|Grounds)\b"
)
_NO_PLACES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday"
    " thursday friday saturday sunday parliament congress council commission ministry court government union president"
    " minister english french spanish german the a an this that these those his her its their our spring summer autumn"
    " convention university committee house senate center centre hospital school institute times post department board"
    " forum summit conference agreement treaty pact act law wing administration"
    " winter q1 q2 q3 q4 article chapter annex section figure table page resolution".split()
)
_PLACE_KINDS = frozenset({NameKind.NAME, NameKind.CAPITAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A place in a text, half-open."""

    start: int
    end: int
    label: str  # as told, with the state of a capital that is told alone
    key: str  # of the city or state, the same however it is told
    state: str  # id of the state, "" where it is not known
    known: bool  # whether it is a state, a capital, or told with its state
    is_noun: bool = True  # not "Peruvian"
    real: bool = True  # a place, not what a measure is on


def named_places(text: str, start: int, end: int, *, bare: bool = False) -> tuple[NamedPlace, ...]:
    """The places named in `text[start:end]`, in order.

    Other names than those of states and capitals count behind "in", "at", "off" and the like, or listed behind such
    a one; continents and parts of the world are none.  bare: demonyms count too, as of a state.  Cost: linear.

    >>> [place.label for place in named_places("in Lima, Peru, in Geneva and Oslo, in Asia", 0, 42)]
    ['Lima, Peru', 'Geneva', 'Oslo, Norway']
    """
    low = max(0, start - _AROUND)
    text, start, end = text[low : end + _AROUND], start - low, end - low  # the whole of a long text costs at every call
    known = list(_known(text, start, end, bare=bare))
    found = [*_paired(text, known)]
    for place in _other(text, start, end):
        inside = next((each for each in found if each.start < place.end and place.start < each.end), None)
        if inside is None:
            found.append(_with_state(text, place, found))
        elif place.start <= inside.start and place.end > inside.end and not _WATERS.search(place.label):
            continue  # "the Kenya Wildlife Service"
        elif _WATERS.search(place.label) and place.start <= inside.start:
            found[found.index(inside)] = place
    apart = sorted(_apart(found), key=lambda each: each.start)
    return tuple(replace(each, start=each.start + low, end=each.end + low) for each in apart)


def _apart(found: list[NamedPlace]) -> Iterator[NamedPlace]:
    reached = -1
    for each in sorted(found, key=lambda place: (place.start, -place.end)):
        if each.start >= reached:
            reached = each.end
            yield each


def _known(text: str, start: int, end: int, *, bare: bool) -> Iterator[NamedPlace]:
    known = registry()
    for mention in known.mentions(text, start, end):
        actor = known.actors.get(mention.actor_id)
        if actor is None or actor.kind is not ActorKind.STATE:
            continue
        words = text[mention.start : mention.end]
        if mention.alias.kind is NameKind.NAME:
            label, key = words, str(actor.id)
        elif mention.alias.kind is NameKind.CAPITAL:
            label = words if words in actor.name or actor.name in words else f"{words}, {actor.name}"
            key = f"{actor.id}/{words.casefold()}"
        elif bare:
            label, key = actor.name, str(actor.id)
        else:
            continue
        if not _is_part_of_a_name(text, mention.end):
            yield NamedPlace(
                start=mention.start,
                end=mention.end,
                label=label,
                key=key,
                state=actor.id,
                known=True,
                is_noun=mention.alias.kind in _PLACE_KINDS,
            )


def _is_part_of_a_name(text: str, end: int) -> bool:
    """Whether a capitalised word follows that makes another name of it: "Georgia State", not "Tokyo Office"."""
    return (
        re.match(
            r"\s(?:State|University|Institute|Times|Post|Airlines?|City Hall|Street|Avenue)\b", text[end : end + 20]
        )
        is not None
    )


def _paired(text: str, found: list[NamedPlace]) -> Iterator[NamedPlace]:
    """A capital with its state behind it is one place."""
    skip = -1
    for number, place in enumerate(found):
        if number <= skip:
            continue
        behind = found[number + 1] if number + 1 < len(found) else None
        if (
            behind is not None
            and "/" in place.key
            and behind.key == place.state
            and _STATE_BEHIND.fullmatch(text, place.end, behind.start)
        ):
            skip = number + 1
            yield replace(place, end=behind.end, label=text[place.start : behind.end])
        else:
            yield place


def _other(text: str, start: int, end: int) -> Iterator[NamedPlace]:
    """Names behind "in" that are no states: "New York", "the North Sea"."""
    for match in _WHERE.finditer(text, start, end):
        words = match["name"]
        preposition = match.group().split()[0].lower()
        parts = words.casefold().split()
        water = _WATERS.search(words) is not None
        if (parts[0] in _NO_PLACES or parts[-1] in _NO_PLACES or all(part in _REGIONS for part in parts)) and not water:
            continue
        if (parts[-1] in _REGIONS or words.isupper() or len(words) < 3) and not water:  # noqa: PLR2004
            continue
        if preposition in ("on", "to", "against", "for") and not water:
            continue
        yield _named(text, match.start("name"), match.end("name"))
        listed = _LISTED.match(text, match.end(), min(end, match.end() + 60))
        if listed and listed["name"].casefold().split()[0] not in _NO_PLACES | _REGIONS:
            yield _named(text, *listed.span("name"))


def _named(text: str, start: int, end: int) -> NamedPlace:
    words = re.sub(r"['’]s?\Z", "", text[start:end])
    return NamedPlace(start=start, end=start + len(words), label=words, key=words.casefold(), state="", known=False)


def _with_state(text: str, place: NamedPlace, known: list[NamedPlace]) -> NamedPlace:
    """A city with its state behind it is known by it: "Lyon, France"."""
    for state in known:
        if state.key == state.state and _STATE_BEHIND.fullmatch(text, place.end, state.start):
            known.remove(state)
            return replace(
                place,
                end=state.end,
                label=text[place.start : state.end],
                state=state.state,
                known=True,
                key=f"{state.state}/{place.key}",
            )
    return place

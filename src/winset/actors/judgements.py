"""What people said about who a source is: records of their own, applied to what the machine found, never put over it.

    judged(identifications, statements, judgements, room)  -> what counts
    applied(...)                                           -> that, and which statements each judgement touches

The later word counts. A judgement names words, a label or statements, not rows: it also holds for documents that
come later. Source: judgements kept beside what they judge, as in record linkage (nomenklatura's resolver).
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from winset.actors.registry import Registry
from winset.actors.rooms import Room
from winset.actors.spoken import Attributed
from winset.actors.tables import folded
from winset.actors.types import MACHINE, ActorKind, Identification, SpeaksAs, Standing
from winset.errors import BadJudgement, UnknownName
from winset.ids import ActorId, DocumentId, StatementId

NOBODY_KNOWN = "nobody"  # the object of "is": unresolved, whatever the machine thinks
LABELS = {
    "expert": SpeaksAs.EXPERT,
    "media": SpeaksAs.MEDIUM,
    "author": SpeaksAs.AUTHOR,
    "collective": SpeaksAs.COLLECTIVE,
    "anonymous": SpeaksAs.ANONYMOUS,
}
_BELONGING = frozenset({SpeaksAs.EXPERT, SpeaksAs.MEDIUM})  # whose label names an organisation or a medium
_UNNAMED_AUTHOR = "author"
_NEAR = 0.7  # likeness from which a name may have been meant, 0-1
_NEAR_WORD = 0.85  # the same for a single word of a name
_LONGEST = 60  # characters of a name that is worth showing
_SHOWN = 3  # of the near names


class Verb(StrEnum):
    """What a person can say."""

    IS = "is"  # a source is this actor
    MERGE = "merge"  # all of one actor, expert or speaker counts as another's
    SPLIT = "split"  # some statements of one are somebody else's
    UNDO = "undo"  # an earlier judgement no longer holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a judgement is limited to; an empty one is everything, also what is added later."""

    documents: tuple[DocumentId, ...] = ()
    statements: tuple[StatementId, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether it limits nothing."""
        return not (self.documents or self.statements)

    def holds(self, document: DocumentId, statement: StatementId) -> bool:
        """Whether that statement of that document lies within it."""
        return (not self.documents or document in self.documents) and (
            not self.statements or statement in self.statements
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a person said about who a source is. It is never changed; a later one may take it back."""

    number: int  # 1, 2, 3 ... in the order in which they were said
    verb: Verb
    subject: str = ""  # a source's words, a speaker, a label, an actor's or a statement's id
    object: str = ""  # id in the registry, "expert: X", "media: X", "collective: X", "anonymous: X" or "nobody"
    speaker: str | None = None  # the person whom the object is, where one is meant
    scope: Scope = Scope()
    by: str
    at: str = ""  # ISO 8601, UTC
    why: str = ""
    undoes: int | None = None  # number of the one that is taken back

    def __post_init__(self) -> None:
        if not self.by.strip() or self.by.strip().split(":")[0] == MACHINE:
            raise BadJudgement(f"judgement {self.number} by {self.by!r}: name the person who says so")
        if (self.verb is Verb.UNDO) != (self.undoes is not None):
            raise BadJudgement(f"judgement {self.number}: 'undo', and nothing else, names the judgement it takes back")
        if self.undoes is not None and not 1 <= self.undoes < self.number:
            raise BadJudgement(f"judgement {self.number} cannot take back {self.undoes}: name an earlier one")
        if self.verb is not Verb.UNDO and not (self.subject.strip() and self.object.strip()):
            raise BadJudgement(f"judgement {self.number}: '{self.verb}' needs words on both sides")
        if self.verb is Verb.SPLIT and self.scope.is_everything:
            raise BadJudgement(f"judgement {self.number}: name the statements or the document that are another's")

    @property
    def is_general(self) -> bool:
        """Whether it says that one label, wherever it comes, is another."""
        return self.verb is Verb.MERGE or (self.verb is Verb.IS and self.scope.is_everything and is_label(self.subject))


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """An actor, expert, medium or crowd that a judgement names; or nobody."""

    key: str  # as a judgement keeps it
    represents: str | None
    actor_id: ActorId | None
    speaks_as: SpeaksAs
    affiliation: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """Identifications as they count, and what each judgement that holds touches, by its number."""

    identifications: tuple[Identification, ...]
    touched: Mapping[int, tuple[StatementId, ...]]


def judged(
    identifications: Sequence[Identification],
    statements: Sequence[Attributed],
    judgements: Sequence[Judgement],
    room: Room,
) -> tuple[Identification, ...]:
    """Who each source is, a person's word before the machine's; in the order of `identifications`.

    identifications: the machine's; those that a person made already stay as they are, so that to judge twice is
    to judge once.  statements: those that they are about.  judgements: all of the case.
    Raises UnknownName for a judgement on an actor that this registry does not hold.
    Cost: linear in the statements for each judgement that holds.
    """
    return applied(identifications, statements, judgements, room).identifications


def applied(
    identifications: Sequence[Identification],
    statements: Sequence[Attributed],
    judgements: Sequence[Judgement],
    room: Room,
) -> Applied:
    """As `judged`, with what each judgement touches."""
    held = [each for each in holding(judgements) if each.verb is not Verb.UNDO]
    if not held:
        return Applied(identifications=tuple(identifications), touched={})
    said = {statement.id: statement for statement in statements}
    found = list(identifications)
    spoken = [said[each.statement_id] for each in found]
    sources = [_key(each.source.exact) if each.source else "" for each in spoken]
    open_rows = [n for n, each in enumerate(found) if each.by == MACHINE]
    touched: dict[int, tuple[StatementId, ...]] = {}
    for judgement in held:
        whom, about = _object(judgement, room.registry), _about(judgement, room.registry)
        standing = room.standing_of(whom.speaks_as, whom.actor_id)
        hit = [
            n
            for n in open_rows
            if about(found[n], sources[n]) and judgement.scope.holds(spoken[n].document_id, found[n].statement_id)
        ]
        for n in hit:
            found[n] = _as_said(found[n], judgement, whom, standing)
        touched[judgement.number] = tuple(dict.fromkeys(found[n].statement_id for n in hit))
    return Applied(identifications=tuple(found), touched=touched)


def holding(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Those that no later one that holds takes back, in order; an undo that is undone takes nothing back."""
    taken_back: set[int] = set()
    kept: list[Judgement] = []
    for judgement in sorted(judgements, key=lambda each: -each.number):
        if judgement.number in taken_back:
            continue
        kept.append(judgement)
        if judgement.undoes is not None:
            taken_back.add(judgement.undoes)
    return tuple(reversed(kept))


def check(judgements: Sequence[Judgement], registry: Registry) -> None:
    """Raises BadJudgement where those that hold go in a circle, or name one that counts as another already."""
    counts_as: dict[str, Judgement] = {}
    for judgement in holding(judgements):
        if judgement.verb is Verb.UNDO:
            continue
        named = judgement.speaker or judgement.object
        if folded(judgement.subject) == folded(named):
            raise BadJudgement(f"{name_of(named, registry)} is {name_of(named, registry)} as it is: name two")
        if earlier := counts_as.get(folded(named)):
            other = name_of(earlier.speaker or earlier.object, registry)
            raise BadJudgement(
                f"{name_of(earlier.subject, registry)} counts as {other} by judgement {earlier.number}: "
                f"name {other}, or take that back with `undo {earlier.number}`"
            )
        if judgement.is_general:
            counts_as[folded(judgement.subject)] = judgement


def to_undo(judgements: Sequence[Judgement], number: int | None) -> Judgement:
    """The judgement of that number, or the last that changes anything; raises BadJudgement where it does not hold."""
    held = holding(judgements)
    if number is None:
        changing = [each for each in held if each.verb is not Verb.UNDO]
        if not changing:
            raise BadJudgement("nothing to take back: no judgement holds")
        return changing[-1]
    wanted = next((each for each in judgements if each.number == number), None)
    if wanted is None:
        raise BadJudgement(f"no judgement {number}: there are {len(judgements)}")
    if wanted not in held:
        by = next(each.number for each in held if each.undoes == number)
        raise BadJudgement(f"judgement {number} is taken back already, by {by}: `undo {by}` brings it back")
    return wanted


def name_of(key: str, registry: Registry) -> str:
    """An actor's name for its id; a label, a speaker's name or words as they are."""
    return registry.label(ActorId(key)) if key in registry.actors else key


def is_label(words: str) -> bool:
    """Whether the words are a label of one who is in no registry: "expert: Hill Institute"."""
    kind, _, name = words.partition(":")
    return (name.strip() != "" and kind.strip().lower() in LABELS) or words.strip().lower() == _UNNAMED_AUTHOR


def whom(words: str, registry: Registry, heard: Iterable[Identification] = ()) -> Whom:
    """Whom the words name: a label, "nobody", an actor of the registry, or a speaker heard in the case.

    A speaker stands for whom most of his or her statements represent.
    Raises UnknownName with the nearest names, BadJudgement for no words.
    """
    words = " ".join(words.split())
    if not words:
        raise BadJudgement("an empty name: write whom you mean")
    if is_label(words):
        return _labelled(words)
    if words.lower() == NOBODY_KNOWN:
        return Whom(key=NOBODY_KNOWN, represents=None, actor_id=None, speaks_as=SpeaksAs.UNRESOLVED)
    heard = tuple(heard)
    try:
        return _registered(registry.actor(words).id, registry)
    except UnknownName:
        own = [each for each in heard if each.speaker is not None and folded(each.speaker) == folded(words)]
        found = _speaker(own, registry) if own else _official(words, registry)
        if found is not None:
            return found
        near = nearest(words, _names(registry, heard))
        forms = "'expert: NAME', 'media: NAME', 'collective: WORDS' or 'nobody'"
        hint = f"did you mean {near}?" if near else f"write an ISO code, an English name, {forms}"
        raise UnknownName(f"no actor named {words!r}: {hint}") from None


def subject(words: str, registry: Registry, heard: Iterable[Identification]) -> str:
    """The actor, label or speaker that the words name, as a judgement keeps it.

    Raises UnknownName with the nearest names; a label may be one that is not heard yet.
    """
    words = " ".join(words.split())
    if is_label(words):
        return _labelled(words).key
    found = whom(words, registry, heard)
    if found.key == NOBODY_KNOWN and found.speaker is None:
        raise UnknownName(f"{words!r} is no actor: name one, or a speaker")
    return found.speaker or found.key


def somebody_new(name: str) -> Whom:
    """A person whom neither registry nor case knows, and who speaks for no state as far as anybody said."""
    name = " ".join(name.split())
    return replace(_labelled(f"expert: {name}"), affiliation=None, speaker=name)


def nearest(words: str, names: Iterable[str]) -> str:
    """The names most like the words, by the whole or by one of their own words, quoted; "" where none comes near.

    >>> nearest("Bakr", ["Ann Baker", "Jane Doe"]), nearest("ann", ["Ann Baker"]), nearest("Zoë", ["Ann Baker"])
    ("'Ann Baker'", "'Ann Baker'", '')
    """
    wanted = folded(words)
    by_name = {folded(name): name for name in names if len(name) <= _LONGEST}
    by_word: dict[str, list[str]] = {}
    for key, name in by_name.items():
        for word in key.split():
            by_word.setdefault(word, []).append(name)
    near = [by_name[key] for key in difflib.get_close_matches(wanted, by_name, n=_SHOWN, cutoff=_NEAR)]
    for word in difflib.get_close_matches(wanted, by_word, n=_SHOWN, cutoff=_NEAR_WORD):
        near += by_word[word]
    return ", ".join(repr(name) for name in list(dict.fromkeys(near))[:_SHOWN])


def _names(registry: Registry, heard: Iterable[Identification]) -> list[str]:
    spoken = [name for each in heard for name in (each.speaker, each.represents) if name]
    return [*(actor.name for actor in registry.actors.values()), *dict.fromkeys(spoken)]


def _labelled(words: str) -> Whom:
    kind, _, name = (part.strip() for part in words.partition(":"))
    speaks_as = LABELS[kind.lower()]
    label = f"{kind.lower()}: {name}" if name else kind.lower()
    belongs = name if speaks_as in _BELONGING else None
    return Whom(key=label, represents=label, actor_id=None, speaks_as=speaks_as, affiliation=belongs)


def _registered(id: ActorId, registry: Registry) -> Whom:
    """An actor of the registry; an organisation or medium of the user's own, or a person, as a label."""
    actor = registry.actors[id]
    if actor.kind is ActorKind.PERSON:
        return _official(actor.name, registry) or _belonging(actor.name, registry)
    if actor.kind is ActorKind.MEDIUM:
        return _labelled(f"media: {actor.name}")
    if id in registry.commenting:
        return _labelled(f"expert: {actor.name}")
    return Whom(key=id, represents=registry.label(id), actor_id=id, speaks_as=SpeaksAs.ACTOR)


def _official(name: str, registry: Registry) -> Whom | None:
    """One who holds or held offices of one state or body by the registry's lists, and of no other."""
    offices = registry.holders.named(name, None)
    if len({office.of for office in offices}) != 1 or offices[0].of not in registry.actors:
        return None
    return replace(_registered(offices[0].of, registry), speaker=offices[0].holder)


def _belonging(name: str, registry: Registry) -> Whom:
    """A person of the user's registry who holds no office: an expert, of an organisation where one is told."""
    place = registry.belongs_to(name, None)
    return replace(_registered(place.id, registry), speaker=name) if place else somebody_new(name)


def _speaker(own: Sequence[Identification], registry: Registry) -> Whom:
    """One who was heard: a person's name, with whom he or she represents most often."""
    name = next(each.speaker for each in own)
    known = Counter((each.actor_id, each.represents) for each in own if each.represents is not None)
    if not known:
        return Whom(key=NOBODY_KNOWN, represents=None, actor_id=None, speaks_as=SpeaksAs.UNRESOLVED, speaker=name)
    (actor_id, represents), _ = known.most_common(1)[0]
    if actor_id is not None and actor_id in registry.actors:
        return replace(_registered(actor_id, registry), speaker=name)
    return replace(_labelled(represents or ""), speaker=name)


@lru_cache(maxsize=10_000)
def _key(name: str) -> str:
    """The name folded; the same few come again and again."""
    return folded(name)


def _object(judgement: Judgement, registry: Registry) -> Whom:
    """Whom a kept judgement names."""
    if judgement.object in registry.actors:
        return _registered(ActorId(judgement.object), registry)
    if judgement.object == NOBODY_KNOWN or is_label(judgement.object):
        return whom(judgement.object, registry)
    raise UnknownName(
        f"judgement {judgement.number} names {judgement.object!r}, whom this registry does not hold: "
        f"add the registry that does, or take it back with `winset actors CASE undo {judgement.number}`"
    )


def _about(judgement: Judgement, registry: Registry) -> Callable[[Identification, str], bool]:
    """Whether a judgement is about an identification with a source of these folded words."""
    subject, wanted = judgement.subject, _key(judgement.subject)

    def by_label(found: Identification, _source: str) -> bool:
        return found.represents is not None and _key(found.represents) == wanted

    def by_speaker(found: Identification, _source: str) -> bool:
        return found.speaker is not None and _key(found.speaker) == wanted

    if is_label(subject):
        return by_label
    if judgement.verb is Verb.IS:
        return lambda found, source: (
            found.statement_id == subject or (source != "" and source == wanted) or by_speaker(found, source)
        )
    if subject in registry.actors:
        return lambda found, _source: found.actor_id == subject
    return by_speaker


def _as_said(found: Identification, judgement: Judgement, whom: Whom, standing: Standing) -> Identification:
    speaker = judgement.speaker or whom.speaker or found.speaker
    another = judgement.verb is Verb.SPLIT and speaker != found.speaker
    own_name = whom.affiliation is not None and speaker is not None and folded(whom.affiliation) == folded(speaker)
    return replace(
        found,
        speaker=speaker,
        represents=whom.represents,
        actor_id=whom.actor_id,
        standing=standing,
        speaks_as=whom.speaks_as,
        role=None if another else found.role,  # what the text calls one of two people is not what the other is
        affiliation=None if own_name else whom.affiliation,
        score=1.0,
        rule=f"a person's word: judgement {judgement.number}",
        by=judgement.by,
        at=judgement.at or None,
        why=judgement.why or None,
    )

"""What a person says about a source, in words: looked up among what a case holds, and made a judgement.

judgement(said, known, at=...)   -> Judgement, its names looked up, ready to be checked and kept
in_words(judgement, known)       -> what it says, as a phrase
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from winset.actors.judgements import (
    Judgement,
    Scope,
    Verb,
    Whom,
    check,
    judged,
    name_of,
    nearest,
    somebody_new,
    to_undo,
    whom,
)
from winset.actors.judgements import subject as known_subject
from winset.errors import BadCase, BadJudgement, UnknownName

if TYPE_CHECKING:
    from winset.actors.rooms import Room
    from winset.actors.spoken import Attributed, Named
    from winset.actors.types import Identification
    from winset.ids import DocumentId, StatementId

STATEMENT = re.compile(r"[0-9a-f]{16}")  # a statement's id
SHOWN = 4  # ids of documents of one name that an error lists
_PRONOUNS = frozenset("he she it they we i you who him her them us me his their one".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person says, as given; see `judgements.Verb`."""

    verb: Verb
    subject: str = ""  # a source's words, a speaker, a label, an actor or a statement's id; of undo: nothing
    object: str = ""  # whom it is; of undo: nothing
    documents: tuple[str, ...] = ()  # ids, names or file names to which it is limited
    statements: tuple[str, ...] = ()  # ids to which it is limited
    undoes: int | None = None  # of undo: number of a judgement; None: the last that changes anything
    by: str
    why: str = ""


class Known(Protocol):
    """The sources of a kept case, in one order: `pipeline.people.Identified` is one."""

    @property
    def documents(self) -> Sequence[Named]:
        """In the order in which they were added."""

    @property
    def statements(self) -> Sequence[Attributed]:
        """In the order of documents and places."""

    @property
    def identifications(self) -> tuple[Identification, ...]:
        """The machine's, or those of people who coded the statement; in the order of the statements."""

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """All that persons said, in order."""

    @property
    def room(self) -> Room:
        """Who sits there on the day of decision."""


def judgement(said: Said, known: Known, *, at: str) -> Judgement:
    """What is said, with names looked up and checked against all that was said before.

    at: ISO 8601, UTC.  Raises BadCase, BadJudgement, UnknownName.
    """
    made = _made(said, known, at)
    check((*known.judgements, made), known.room.registry)
    return made


def counting(known: Known, *, may_fail: bool = False) -> tuple[Identification, ...]:
    """The identifications as they count.

    may_fail: a judgement on an actor that is gone must not stand in an undo's way.  Raises UnknownName.
    """
    try:
        return judged(known.identifications, known.statements, known.judgements, known.room)
    except UnknownName:
        if not may_fail:
            raise
        return known.identifications


def in_words(judgement: Judgement, known: Known) -> str:
    """What a judgement says, as a phrase."""
    if judgement.undoes is not None:
        undone = next(each for each in known.judgements if each.number == judgement.undoes)
        return f"takes back {judgement.undoes} ({in_words(undone, known)})"
    registry, scope = known.room.registry, judgement.scope
    subject, named = name_of(judgement.subject, registry), name_of(judgement.object, registry)
    if judgement.speaker and judgement.speaker not in named:
        named = f"{judgement.speaker} ({named})"
    names = [document.name for document in known.documents if document.id in scope.documents]
    where = f" in {', '.join(names or scope.documents)}" if scope.documents else ""
    if judgement.verb is Verb.MERGE:
        return f"{subject} counts as {named}"
    if judgement.verb is Verb.SPLIT:
        number = len(scope.statements)
        which = f"{number} statement{'s' * (number != 1)}" if number else "what is said"
        return f"of {subject}, {which}{where} {'go' if number > 1 else 'goes'} to {named}"
    if STATEMENT.fullmatch(subject):
        return f"statement {subject} is from {named}"
    return f"“{subject}”{where} is {named}"


def near(judgement: Judgement, known: Known) -> str:
    """Sources whose words may have been meant by one that touches nothing; "" where none is like it."""
    if judgement.verb is not Verb.IS:
        return ""
    words = [statement.source.exact for statement in known.statements if statement.source]
    words += [who.speaker for who in known.identifications if who.speaker]
    return nearest(judgement.subject, dict.fromkeys(words))


def _made(said: Said, known: Known, at: str) -> Judgement:
    registry, number = known.room.registry, len(known.judgements) + 1
    if not said.by.strip():
        raise BadJudgement("nobody says so: name the person who does")
    by, why = " ".join(said.by.split()), " ".join(said.why.split())
    if said.verb is Verb.UNDO:
        undone = to_undo(known.judgements, said.undoes)
        return Judgement(number=number, verb=Verb.UNDO, by=by, at=at, why=why, undoes=undone.number)
    heard = counting(known)
    ever = (*heard, *known.identifications)  # also whom a person has said to be another
    scope = _scope(said, known)
    if said.verb is Verb.IS:
        subject, named = _source_words(said.subject, known, scope), whom(said.object, registry, heard)
    elif said.verb is Verb.MERGE:
        subject, named = known_subject(said.subject, registry, ever), whom(said.object, registry, heard)
    else:
        subject, named = known_subject(said.subject, registry, ever), _somebody(said.object, known, heard)
    return Judgement(
        number=number,
        verb=said.verb,
        subject=subject,
        object=named.key,
        speaker=named.speaker,
        scope=scope,
        by=by,
        at=at,
        why=why,
    )


def _somebody(name: str, known: Known, heard: Sequence[Identification]) -> Whom:
    """Whom split statements belong to; a name that nobody knows is a person's."""
    if not name.strip():
        raise BadCase("an empty name: write whose the statements are")
    try:
        return whom(name, known.room.registry, heard)
    except UnknownName:
        return somebody_new(name)


def _source_words(words: str, known: Known, scope: Scope) -> str:
    """What "is" is said of, on one line.  Raises UnknownName for a statement not there, BadJudgement for "he"."""
    words = " ".join(words.split())
    if STATEMENT.fullmatch(words) and words not in {statement.id for statement in known.statements}:
        raise UnknownName(f"no statement {words}: `winset actors CASE --json` lists their ids")
    if words.lower() in _PRONOUNS and scope.is_everything:
        raise BadJudgement(f"{words!r} is somebody else in every text: add --in DOC, or name a statement's id")
    return words


def _scope(said: Said, known: Known) -> Scope:
    """What it is limited to.  Raises UnknownName, BadCase."""
    there: dict[str, StatementId] = {str(statement.id): statement.id for statement in known.statements}
    unknown = [id for id in said.statements if id not in there]
    if unknown:
        raise UnknownName(f"no statement {unknown[0]!r}: `winset actors CASE --json` lists their ids")
    return Scope(
        documents=tuple(dict.fromkeys(_document(name, known.documents) for name in said.documents)),
        statements=tuple(dict.fromkeys(there[id] for id in said.statements)),
    )


def _document(name: str, documents: Sequence[Named]) -> DocumentId:
    """The document of that id, name or file name.  Raises UnknownName, BadCase where there are several."""
    for wanted in (lambda each: each.id, lambda each: each.name, lambda each: PurePath(each.name).name):
        same = [document for document in documents if wanted(document) == name]
        if len(same) == 1:
            return same[0].id
        if same:
            raise BadCase(f"--in {name}: {len(same)} documents: write {' or '.join(each.id for each in same[:SHOWN])}")
    close = nearest(name, [document.name for document in documents])
    raise UnknownName(f"no document {name!r} in the case" + (f": did you mean {close}?" if close else ""))

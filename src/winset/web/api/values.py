"""The desk's own values as the API's, and back."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, cast

from winset.brief.account import interval
from winset.positions import rulings
from winset.positions.types import Voice
from winset.web.api import models

if TYPE_CHECKING:
    from winset.corpus.types import Anchor, Document
    from winset.positions.types import Position, Stance
    from winset.store.changes import Change
    from winset.store.desk import DocumentRow, QueueRow

PROPOSAL = "proposal"  # the option, where a person says that the proposal itself is meant


def listed_document(row: DocumentRow) -> models.DocumentListed:
    """A row of the list."""
    return models.DocumentListed(
        place=row.rank,
        id=row.id,
        name=row.name,
        title=row.title,
        published=row.published,
        publisher=row.publisher,
        language=row.language,
        statements=row.statements,
        coded=row.coded,
    )


def document(found: Document) -> models.Document:
    """A document with its text."""
    return models.Document(
        id=found.id,
        name=found.name,
        title=found.title,
        authors=list(found.authors),
        published=found.published.text if found.published else None,
        publisher=found.publisher,
        language=found.language,
        source_url=found.source_url,
        text=found.text,
    )


def statement(row: QueueRow) -> models.Statement:
    """A statement as one coder sees it."""
    said, who = row.statement, row.identification
    return models.Statement(
        id=said.id,
        place=row.place,
        document_id=row.document_id,
        document=row.document_name,
        source=_words(said.source),
        cue=_words(said.cue),
        contents=[models.Words(start=part.start, end=part.end, exact=part.exact) for part in said.contents],
        form=said.form.value,
        said_on=said.said_on.text if said.said_on else None,
        speaker=who.speaker,
        represents=who.represents,
        actor=who.actor_id,
        standing=who.standing.value,
        machine=_stance(row.stance) if row.stance else None,
        codes=_codes(row.codes) if row.codes else None,
        codes_version=row.codes_version,
        verdict=cast(Any, row.verdict),
        version=row.version,
        replaced_by=row.replaced_by,
        found_by=said.coder,
        coded_by=list(row.coded_by),
        confidence=said.confidence,
    )


def codes(given: models.Codes) -> rulings.Codes:
    """Codes as the case keeps them; whom `actor` names is not looked up.  Raises BadJudgement, OffScale."""
    told = {name: getattr(given, name) for name in _SAME}
    rung = rulings.PROPOSAL_ITSELF if given.option == PROPOSAL else given.option
    return rulings.Codes(**told, voice=Voice(given.voice) if given.voice else None, rung=rung)


def position(found: Position, *, name: str, member: bool) -> models.Position:
    """Where an actor stands."""
    low, high = interval(found)
    return models.Position(
        actor=name,
        actor_id=found.actor_id,
        member=member,
        position=found.value,
        std_error=found.std_error,
        low=round(low, 1),
        high=round(high, 1),
        salience=found.salience,
        origins=found.origins,
        assumed=found.assumed,
        evidence=list(map(str, found.evidence)),
    )


def change(found: Change) -> models.Change:
    """One change with all its effects."""
    return models.Change(
        number=found.number,
        by=found.by,
        at=found.at,
        act=found.act,
        why=found.why,
        undoes=found.undoes,
        undone_by=found.undone_by,
        effects=[
            models.Effect(
                about=str(each.key),
                version=each.version,
                before=None if each.before is None else dict(each.before),
                after=None if each.after is None else dict(each.after),
            )
            for each in found.effects
        ],
    )


_SAME = [field.name for field in fields(rulings.Codes) if field.name not in ("rung", "voice")]


def _codes(found: rulings.Codes) -> models.Codes:
    told = {name: getattr(found, name) for name in _SAME}
    option = PROPOSAL if found.rung == rulings.PROPOSAL_ITSELF else found.rung
    return models.Codes(**told, voice=found.voice.value if found.voice else None, option=option)


def with_actor(found: rulings.Codes, key: str) -> rulings.Codes:
    """The same codes, of this actor."""
    return replace(found, actor=key)


def _stance(found: Stance) -> models.Stance:
    return models.Stance(
        stance=cast(Any, found.word),
        direction=found.direction,
        relevance=found.relevance,
        confidence=found.confidence,
        firmness=found.firmness,
        hedged=found.hedged,
        conditional=found.conditional,
        voice=found.voice.value,
        option=found.rung,
        reason=found.reason,
    )


def _words(part: Anchor | None) -> models.Words | None:
    return models.Words(start=part.start, end=part.end, exact=part.exact) if part else None

"""What `winset check` prints: statements to be checked, and the changes of the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from winset.store.change_words import act_words, effect_words, key_words, value_words

if TYPE_CHECKING:
    from winset.store.changes import Change, Effect, Subject
    from winset.store.desk import QueueRow

SHOWN = 3  # effects of a change in one line; --json has all
LONGEST = 160  # characters of a statement's words in one line


def queue_line(row: QueueRow) -> str:
    """A statement: its id, who says it, the machine's stance beside one's own, its words."""
    who = row.identification
    named = who.speaker or (row.statement.source.exact if row.statement.source else "nobody named")
    speaker = f"{named} for {who.represents}" if who.represents and who.represents != named else named
    machine = f"machine {row.stance.word}" if row.stance is not None else "machine none"
    own = f", you {row.codes.word or 'other codes'}" if row.codes is not None else ""
    verdict = f", {row.verdict}" if row.verdict else ""
    words = row.statement.words
    shown = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    return f"{row.statement.id}  {speaker} ({machine}{own}{verdict}): {shown}"


def queue_values(row: QueueRow) -> dict[str, Any]:
    """A statement as JSON."""
    said, who, stance = row.statement, row.identification, row.stance
    return {
        "id": said.id,
        "place": row.place,
        "document": row.document_id,
        "document_name": row.document_name,
        "words": said.words,
        "source": _span(said.source),
        "cue": _span(said.cue),
        "contents": [_span(part) for part in said.contents],
        "form": str(said.form),
        "coder": said.coder,
        "confidence": said.confidence,
        "speaker": who.speaker,
        "represents": who.represents,
        "actor": who.actor_id,
        "machine_stance": None
        if stance is None
        else {
            "stance": stance.word,
            "direction": stance.direction,
            "firmness": stance.firmness,
            "confidence": stance.confidence,
        },
        "codes": None if row.codes is None else _codes(row),
        "codes_version": row.codes_version,
        "verdict": row.verdict,
        "version": row.version,
        "replaced_by": row.replaced_by,
        "coded_by": list(row.coded_by),
    }


def suggestion_line(found: Subject) -> str:
    """What an assistant suggests: of which statement, what, who."""
    return f"{found.key.about}  {found.key.coder} suggests {value_words(found.key.kind, found.value)}"


def suggestion_values(found: Subject) -> dict[str, Any]:
    """A suggestion as JSON."""
    return {"statement": found.key.about, "by": found.key.coder, "change": found.change, **(found.value or {})}


def change_line(change: Change) -> str:
    """A change: number, when, who, what, and what it did."""
    effects = [f"{key_words(each.key)}: {effect_words(each)}" for each in change.effects[:SHOWN]]
    more = [f"{len(change.effects) - SHOWN:,} more"] if len(change.effects) > SHOWN else []
    did = "; ".join([*effects, *more])
    back = f" (taken back by {change.undone_by})" if change.undone_by else ""
    why = f", because {change.why}" if change.why else ""
    told = f": {did}" if did else ""
    return f"{change.number}  {change.at}  {change.by or 'somebody'} {act_words(change)}{why}{back}{told}"


def change_values(change: Change) -> dict[str, Any]:
    """A change as JSON."""
    return {
        "number": change.number,
        "by": change.by,
        "at": change.at,
        "act": change.act,
        "why": change.why,
        "undoes": change.undoes,
        "undone_by": change.undone_by,
        "effects": [_effect(each) for each in change.effects],
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "kind": effect.key.kind,
        "about": effect.key.about,
        "coder": effect.key.coder,
        "version": effect.version,
        "before": effect.before,
        "after": effect.after,
    }


def _codes(row: QueueRow) -> dict[str, Any]:
    from winset.store.trail import codes_value

    return dict(codes_value(row.codes, row.why)) if row.codes is not None else {}


def _span(words: Any) -> list[int] | None:
    return [words.start, words.end] if words is not None else None

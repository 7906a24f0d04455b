"""Statements as PLOVER events, as JSON lines: who did what by saying it, with its words and where they stand.

One way.  PLOVER has no comments: of statements, only those become events by which somebody agrees, supports, demands,
rejects, accuses or threatens.  What is not known is left out, never filled in.
Source: Open Event Data Alliance (2021), PLOVER, draft 0.8: categories, modes, contexts, fields, scores.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TextIO

from winset.actors.types import Actor, ActorKind, SpeaksAs
from winset.corpus.types import Document
from winset.errors import BadCase
from winset.exchange.projects import ProjectDocument, ProjectStatement
from winset.ids import ActorId, PartialDate
from winset.positions.types import Stance, Voice
from winset.statements.lexicon import cues, forms
from winset.statements.types import Form

CODEBOOK = "plover-base-0.8"
LOSSES = (
    "statements that only comment, which PLOVER does not code",
    "statements of experts, media, authors, and of nobody in particular",
    "statements told as uncertain, or that somebody else ascribes",
    "statements of which no day is known",
    "whom the words are addressed to, unless the case tells one recipient",
    "how firmly something is said, and the option it speaks of",
)
SCORES = {  # of conflict and cooperation, -10 to 10
    "AGREE": 4.2,
    "SUPPORT": 4.6,
    "CONCEDE": 5.0,
    "DEMAND": -5.0,
    "ACCUSE": -2.0,
    "REJECT": -4.2,
    "THREATEN": -5.1,
}
VERBAL_COOPERATION, VERBAL_CONFLICT = 1, 3
QUADS = {
    **dict.fromkeys(("AGREE", "SUPPORT", "CONCEDE"), VERBAL_COOPERATION),
    **dict.fromkeys(("DEMAND", "ACCUSE", "REJECT", "THREATEN"), VERBAL_CONFLICT),
}
CONTEXTS = frozenset(
    "military intelligence peacekeeping economic diplomatic resource disease enviro_disaster migration humanitarian"
    " asylum legal human_rights rights_freedoms gender lgbt terrorism human_security religion_ethnicity executive"
    " election legislative cbrn cyber political_institutions corruption crime illegal_drugs".split()
)
LEAST = 0.5  # confidence in a stance from which it tells an event
_CUES: Mapping[tuple[str, str], str] = {  # (event, mode): verbs that are such an act in themselves
    ("AGREE", ""): "agree_to agree_on pledge promise vow_to offer commit_to undertake_to",
    (
        "SUPPORT",
        "",
    ): "support back endorse welcome praise applaud hail commend champion ratify approve recognize",
    ("CONCEDE", ""): "apologise apologize",
    ("DEMAND", ""): "demand insist_on call_for",
    (
        "ACCUSE",
        "disapprove",
    ): "condemn criticise criticize denounce deplore decry oppose object_to protest blast",
    ("ACCUSE", "allege"): "accuse allege blame sue",
    ("REJECT", ""): "reject refuse veto block rule_out dismiss rebuff spurn decline vote_against",
    ("THREATEN", ""): "threaten",
}
_NOT_SAID = re.compile(r"(?i)\b(?:not|never|no longer|refused? to|refuses to|declin\w+ to|without)\b|n[’']t\b")
_HELD_BACK = re.compile(r"(?i)\b(?:would|could|might|may|if|unless)\b")
_EXECUTIVE = re.compile(
    r"(?i)\b(?:president|prime minister|premier|chancellor|minister|secretary of state|foreign secretary|spokes\w+"
    r"|ministry|ambassador|envoy|government|permanent representative|head of (?:government|state)|king|queen)\b"
)
_PARLIAMENTARY = re.compile(r"(?i)\b(?:parliament|senator|deputy of|congressman|congresswoman|mps?|speaker of)\b")
_BESIDE = frozenset("has have had is are was were be been being also again then once to will".split())
_SAYING = frozenset({"say", "tell", "judge", "urge"})  # kinds of verbs; not those of thinking and wanting
_FAVOUR, _OPPOSE = ("SUPPORT", ""), ("ACCUSE", "disapprove")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """How many statements became events, and how many did not, by reason."""

    events: int
    left_out: tuple[tuple[str, int], ...] = ()  # most frequent first


def write_plover(
    documents: Iterable[ProjectDocument],
    file: TextIO,
    *,
    actor_of: Callable[[ActorId], Actor | None] = lambda _: None,
    contexts: Collection[str] = (),
    recipient: ActorId | None = None,
) -> Coded:
    """A line for each statement that is an event.  Documents are taken one at a time.

    actor_of: the actor of an id, as the registry knows it.
    contexts: of CONTEXTS, what the case is about, as the analyst says; given to every event.
    recipient: whom all of it is addressed to, as the analyst says; by itself a statement tells none.
    Raises BadCase for another context.
    """
    unknown = sorted(set(contexts) - CONTEXTS)
    if unknown:
        raise BadCase(f"context {unknown[0]!r} is none of PLOVER's: write {', '.join(sorted(CONTEXTS))}")
    events = 0
    left: Counter[str] = Counter()
    for each in documents:
        for said in each.statements:
            found = _event(each.document, said, actor_of)
            if isinstance(found, str):
                left[found] += 1
                continue
            event, mode, actor = found
            record = _record(each.document, said, event, mode, actor)
            record["context"] = [*record["context"], *sorted(contexts)]
            record["recipient"] = [_actor(actor_of(recipient), recipient)] if recipient else []
            file.write(json.dumps({key: value for key, value in record.items() if value not in ("", [])}) + "\n")
            events += 1
    return Coded(events=events, left_out=tuple(left.most_common()))


def _event(
    document: Document, said: ProjectStatement, actor_of: Callable[[ActorId], Actor | None]
) -> tuple[str, str, Actor] | str:
    """Event, mode and who did it; or why it is no event."""
    who = said.identification
    if who.speaks_as is not SpeaksAs.ACTOR or who.actor_id is None:
        return "said by nobody who acts: experts, media, authors, sources not identified"
    actor = actor_of(who.actor_id)
    if actor is None:
        return "said by an actor that the registry does not know"
    if said.statement.hedged or (said.stance and (said.stance.hedged or said.stance.voice is Voice.ASCRIBED)):
        return "told as uncertain, or ascribed by somebody else"
    if _day(document, said) is None:
        return "no day is known on which it was said or published"
    act = _act(said)
    return (*act, actor) if act else "a comment: PLOVER codes no comments"


def _act(said: ProjectStatement) -> tuple[str, str] | None:
    """Event and mode by the verb that introduces the words, or by what they are held to say of the proposal.

    Both count where they do not contradict each other; where they do, it is no event.
    """
    cue = said.statement.cue.exact if said.statement.cue else ""
    by_verb = None if _NOT_SAID.search(cue) or _HELD_BACK.search(cue) else _by_verb(cue)
    stance = said.stance
    told = stance is not None and stance.confidence >= LEAST
    by_stance = _by_stance(stance) if told and stance and _is_said(said, cue) else None
    if by_verb and by_stance and QUADS[by_verb[0]] != QUADS[by_stance[0]] and by_verb[0] in ("SUPPORT", "REJECT"):
        return None  # "welcomed" what speaks against the proposal: of what, the words do not tell
    return by_verb or by_stance


def _is_said(said: ProjectStatement, cue: str) -> bool:
    """Whether it was said rather than thought, feared or hoped: by a verb of saying or judging, or in quotation marks.

    Verbs are known in English; elsewhere only what is quoted without one counts.
    """
    if not cue:
        return said.statement.form is Form.DIRECT
    known = (verb for word in re.findall(r"[a-z]+", cue.lower()) for verb in cues().get(word, ()))
    return any(verb.kinds & _SAYING for verb in known)


def _by_stance(stance: Stance) -> tuple[str, str] | None:
    return {"favour": _FAVOUR, "oppose": _OPPOSE}.get(stance.word)


def _by_verb(cue: str) -> tuple[str, str] | None:
    """By the first word of the cue that is no helper: "pushed back" is not "backed"."""
    words = re.findall(r"[a-z]+", cue.lower())
    verbs = _verbs()
    place = next((place for place, word in enumerate(words) if word not in _BESIDE and not word.endswith("ly")), 0)
    for particle, act in verbs.get(words[place], ()) if words else ():
        if not particle or words[place + 1 : place + 2] == [particle]:
            return act
    return None


@cache
def _verbs() -> dict[str, list[tuple[str, tuple[str, str]]]]:
    """Each form of each verb, with the word that must follow, if any, and the act."""
    found: dict[str, list[tuple[str, tuple[str, str]]]] = {}
    for act, lemmas in _CUES.items():
        for lemma in lemmas.split():
            verb, _, particle = lemma.partition("_")
            for form in {*forms(verb), f"{verb}es"} if verb.endswith("o") else forms(verb):  # "vetoes"
                found.setdefault(form, []).append((particle, act))
    return found


def _record(document: Document, said: ProjectStatement, event: str, mode: str, actor: Actor) -> dict[str, Any]:
    statement, stance = said.statement, said.stance
    day = _day(document, said)
    parts = [(part.start, part.end) for part in (statement.source, statement.cue, *statement.contents) if part]
    return {
        "id": f"winset-{statement.id}",
        "date": str(day),
        "source": [_source(said, actor)],
        "recipient": [],
        "event": [event],
        "mode": [mode] if mode else [],
        "context": ["hypothetical"] if stance and stance.conditional else [],
        "quad_code": QUADS[event],
        "event_scale": SCORES[event],
        "event_text": [statement.words],
        "text_info": {"start": statement.start, "end": statement.end},
        "cite_info": {
            "citation": f"winset document {document.id}: {document.name}",
            "url": document.source_url,
            "title": document.title,
            "language": (document.language or "").split("-")[0] or None,
            "publication": document.publisher,
            "coder": statement.coder,
            "codebook": CODEBOOK,
        },
        "coder": statement.coder,
        "winset": {  # fields of our own, which PLOVER allows
            "statement": statement.id,
            "document": document.id,
            "spans": parts,
            "cue": statement.cue.exact if statement.cue else None,
            "date_from": "statement" if statement.said_on and day == statement.said_on else "publication",
            "stance": stance.word if stance else None,
            "confidence": stance.confidence if stance else statement.confidence,
            "identified_by": said.identification.by,
        },
    }


def _source(said: ProjectStatement, actor: Actor) -> dict[str, Any]:
    who = said.identification
    sector = None
    if actor.kind is ActorKind.STATE and who.role:
        sector = "GOV" if _EXECUTIVE.search(who.role) else "LEG" if _PARLIAMENTARY.search(who.role) else None
    told = {
        **_actor(actor, actor.id),
        "sector": sector or ("JRN" if actor.kind is ActorKind.MEDIUM else None),
        "actor_text": said.statement.source.exact if said.statement.source else None,
        "office": who.role,
        "person": who.speaker,
    }
    return {name: value for name, value in told.items() if value}


def _actor(actor: Actor | None, id: ActorId | None) -> dict[str, Any]:
    """Code and name of an actor: of a state its three letters, of a body IGO; no code where none is known."""
    if actor is None:
        return {"identifier_text": id}
    code = {ActorKind.STATE: actor.id if re.fullmatch(r"[A-Z]{3}", actor.id) else None, ActorKind.BODY: "IGO"}
    told = {
        "code": code.get(actor.kind),
        "identifier_id": dict(actor.external_ids).get("wikidata"),
        "identifier_text": actor.name,
    }
    return {name: value for name, value in told.items() if value}


def _day(document: Document, said: ProjectStatement) -> PartialDate | None:
    """The day on which it was said, or else published, where that is told to the day."""
    dates = (said.statement.said_on, document.published)
    return next((date for date in dates if date and date.precision == "day"), None)

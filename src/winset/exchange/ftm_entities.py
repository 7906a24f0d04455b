"""A case as entities of FollowTheMoney, as JSON lines: actors, documents, who belongs to whom, and statements as notes.

Actors are read back by `registry_ftm`; documents and statements go one way.
Source: FollowTheMoney, default model, 4.11: the schemata Person, Organization, PublicBody, Membership, Occupancy,
Position, Representation, Document and Note; the forms of entity ids and property types.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TextIO

from winset.actors.types import Actor, ActorKind, Identification, Membership, Office
from winset.corpus.types import Document
from winset.exchange.ftm_marks import MARKS
from winset.exchange.projects import ProjectDocument, ProjectStatement
from winset.exchange.references import address, line
from winset.exchange.statement_lines import statement_row
from winset.ids import ActorId, content_id

LOSSES = (  # of actors, read back by registry_ftm
    "the order of aliases, and the days on which each was in use",
    "when an actor came into being and ended",
    "ids with other signs than ASCII letters, digits, dots and hyphens: a hash stands in their place",
    "external ids other than Wikidata's and a state's two letters",
)
ONE_WAY = (  # of documents and statements: winset does not read them from entities
    "the text of documents, unless it is asked for; then white space at its ends, which other programs take off",
    "details of documents beside title, authors, outlet, date, language, address, kind of file",
    "words of a statement beyond 60,000 characters",
    "what people coded, beside the machine's stance",
)
LONGEST_NAME, LONGEST_STRING, LONGEST_TEXT = 384, 1_024, 60_000  # what the model's types hold, or less
_SCHEMATA = {
    ActorKind.PERSON: "Person",
    ActorKind.STATE: "PublicBody",
    ActorKind.BODY: "PublicBody",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.MEDIUM: "Organization",
}
_ID = re.compile(r"[0-9a-zA-Z](?:[0-9a-zA-Z.-]{0,198}[0-9a-zA-Z])?")
_WIKIDATA = re.compile(r"Q[1-9]\d{0,11}")
_LANGUAGES = dict(
    each.split(":")
    for each in (
        "af:afr am:amh ar:ara az:aze be:bel bn:ben bs:bos bg:bul ca:cat cs:ces da:dan de:deu el:ell en:eng"
        " et:est fa:fas fi:fin fr:fra ga:gle he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn"
        " kn:kan ka:kat kk:kaz km:khm ky:kir ko:kor lo:lao lv:lav lt:lit lb:ltz mk:mkd mt:mlt mn:mon ms:msa"
        " my:mya nl:nld no:nor nb:nor nn:nor pl:pol ps:pus pt:por ro:ron ru:rus si:sin sk:slk sl:slv sq:sqi"
        " sr:srp sv:swe sw:swa ta:tam te:tel tg:tgk th:tha tk:tuk tl:tgl tr:tur uk:ukr ur:urd uz:uzb vi:vie"
        " zh:zho es:spa"
    ).split()
)
_TOWARDS = {
    "favour": "for the proposal",
    "oppose": "against the proposal",
    "neutral": "neither for nor against the proposal",
    "unclear": "unclear whether for or against the proposal",
    "none": "not about the proposal",
}


@dataclass(slots=True)
class _Writer:
    """Entities on their way into a file; each actor, speaker and tie is written once."""

    file: TextIO
    actor_of: Callable[[ActorId], Actor | None]
    written: set[str] = field(default_factory=set)  # ids of actors, speakers and what ties them
    count: int = 0

    def add(self, id: str, schema: str, properties: Mapping[str, Iterable[str | None]]) -> None:
        """One entity, without the properties that say nothing."""
        told = {name: list(dict.fromkeys(filter(None, values))) for name, values in properties.items()}
        entity = {"id": id, "schema": schema, "properties": {name: values for name, values in told.items() if values}}
        self.file.write(json.dumps(entity, ensure_ascii=False) + "\n")
        self.count += 1

    def once(self, id: str) -> bool:
        """Whether an entity has yet to be written; from now on it has not."""
        if id in self.written:
            return False
        self.written.add(id)
        return True


def write_ftm(
    documents: Iterable[ProjectDocument],
    file: TextIO,
    *,
    actors: Iterable[Actor] = (),
    offices: Iterable[Office] = (),
    actor_of: Callable[[ActorId], Actor | None] = lambda _: None,
    with_text: bool = False,
) -> int:
    """Every actor named, document and statement as an entity on a line; how many entities.

    actors: written beside those that the statements name.  offices: with their holders, as occupancies.
    actor_of: the actor of an id, as the registry knows it; one that it does not know has its id for a name.
    with_text: whether documents carry their text, which others may have a right in.
    Documents are taken one at a time; in memory stay the ids of actors and speakers.
    """
    writer = _Writer(file, actor_of)
    for actor in actors:
        _actor(writer, actor)
    for office in offices:
        _office(writer, office)
    for each in documents:
        _document(writer, each.document, with_text=with_text)
        for said in each.statements:
            _statement(writer, each.document, said)
    return writer.count


def entity_id(kind: str, id: str) -> str:
    """The id of an actor's entity: its own where FollowTheMoney allows it, else a hash of it.

    >>> entity_id("actor", "FRA"), entity_id("actor", "häfen")
    ('FRA', 'actor-9d41db5c7b9d07db')
    """
    return id if _ID.fullmatch(id) else f"{kind}-{content_id(kind, id)}"


def _actor(writer: _Writer, actor: Actor) -> str:
    id = entity_id("actor", actor.id)
    if not writer.once(id):
        return id
    external = dict(actor.external_ids)
    wikidata = external.get("wikidata", "")
    country = external.get("iso3166-1-alpha-2", "").lower() if actor.kind is ActorKind.STATE else ""
    dates = {} if actor.kind is ActorKind.PERSON else {"incorporationDate": actor.since, "dissolutionDate": actor.until}
    writer.add(
        id,
        _SCHEMATA[actor.kind],
        {
            "name": [line(actor.name)[:LONGEST_NAME]],
            "alias": [line(alias)[:LONGEST_NAME] for alias in actor.aliases],
            "classification": [MARKS.get(actor.kind)],
            "country": [country],
            "wikidataId": [wikidata if _WIKIDATA.fullmatch(wikidata) else None],
            **{name: [day.isoformat() if day else None] for name, day in dates.items()},
        },
    )
    for membership in actor.memberships:
        _membership(writer, id, membership)
    return id


def _known(writer: _Writer, id: ActorId) -> str:
    """The entity of an actor that something refers to, written where it is not yet."""
    found = writer.actor_of(id)
    return _actor(writer, found or Actor(id=id, name=id, kind=ActorKind.ORGANISATION))


def _membership(writer: _Writer, member: str, membership: Membership) -> None:
    body = ActorId(membership.body)
    organisation = entity_id("actor", body)
    if organisation not in writer.written:
        found = writer.actor_of(body) or Actor(id=body, name=body, kind=ActorKind.BODY)
        _actor(writer, found)
    id = f"membership-{content_id('membership', member, membership)}"
    if writer.once(id):
        writer.add(
            id,
            "Membership",
            {
                "member": [member],
                "organization": [organisation],
                "role": [line(membership.role)[:LONGEST_STRING]],
                **_held(membership),
            },
        )


def _office(writer: _Writer, office: Office) -> None:
    holder = _person(writer, office.holder, "")
    of = _known(writer, office.of)
    post = f"post-{content_id('post', office.title, office.of)}"
    if writer.once(post):
        writer.add(post, "Position", {"name": [line(office.title)[:LONGEST_NAME]], "organization": [of]})
    id = f"occupancy-{content_id('occupancy', holder, post, office.start, office.end)}"
    if writer.once(id):
        writer.add(id, "Occupancy", {"holder": [holder], "post": [post], **_held(office)})


def _held(held: Membership | Office) -> dict[str, list[str | None]]:
    days = {"startDate": held.start, "endDate": held.end}
    return {name: [day.isoformat() if day else None] for name, day in days.items()}


def _person(writer: _Writer, name: str, of: str) -> str:
    """A person who is known by a name and by whom he speaks for."""
    id = f"person-{content_id('person', name, of)}"
    if writer.once(id):
        writer.add(id, "Person", {"name": [line(name)[:LONGEST_NAME]]})
    return id


def _document(writer: _Writer, document: Document, *, with_text: bool) -> None:
    language = (document.language or "").split("-")[0].lower()
    writer.add(
        _document_id(document),
        "Document",
        {
            "fileName": [line(document.name)[:LONGEST_STRING]],
            "title": [line(document.title or "")[:LONGEST_STRING]],
            "author": [line(author)[:LONGEST_STRING] for author in document.authors],
            "publisher": [line(document.publisher or "")[:LONGEST_STRING]],
            "publishedAt": [str(document.published) if document.published else None],
            "language": [_LANGUAGES.get(language, language if language in _LANGUAGES.values() else None)],
            "sourceUrl": [address(document.source_url or "")[:4_096]],
            "retrievedAt": [(document.retrieved_at or "")[:10]],
            "mimeType": [document.media_type],
            "bodyText": [document.text if with_text else None],
        },
    )


def _statement(writer: _Writer, document: Document, said: ProjectStatement) -> None:
    """A note on whoever said it: its words as description, and all that winset knows of it as JSON."""
    statement, who = said.statement, said.identification
    entities = list(_sources(writer, document, said))
    on = statement.said_on or document.published
    label = who.represents or who.speaker or (statement.source.exact if statement.source else "") or "somebody"
    stance = said.stance.word if said.stance else None
    row = statement_row(document, statement, who, said.stance)
    row["words"] = {
        "source": statement.source.exact if statement.source else None,
        "cue": statement.cue.exact if statement.cue else None,
        "contents": [part.exact for part in statement.contents],
    }
    record = json.dumps({"winset": row}, ensure_ascii=False)
    if len(record) > LONGEST_TEXT:
        del row["words"]
        record = json.dumps({"winset": row}, ensure_ascii=False)
    writer.add(
        f"statement-{statement.id}",
        "Note",
        {
            "name": [line(f"{label}, {on}" if on else label)[:LONGEST_NAME]],
            "description": [statement.words[:LONGEST_TEXT]],
            "summary": [_TOWARDS[stance] if stance else None],
            "entity": entities or [_document_id(document)],
            "proof": [_document_id(document)],
            "keywords": [f"form: {statement.form.value}", "hedged" if statement.hedged else None],
            "notes": [record if len(record) <= LONGEST_TEXT else None],
        },
    )


def _sources(writer: _Writer, document: Document, said: ProjectStatement) -> Iterator[str]:
    """The entities of whoever said it: the actor, and the person who spoke for it."""
    who = said.identification
    client = _represented(writer, who)
    if client:
        yield client
    if not who.speaker or who.speaker == who.represents:
        return
    agent = _person(writer, who.speaker, who.represents or "")
    yield agent
    if client:
        id = f"represents-{content_id('represents', agent, client, who.role or '')}"
        if writer.once(id):
            role = line(who.role or "")[:LONGEST_STRING]
            proof = [_document_id(document)]  # the first that shows it
            writer.add(id, "Representation", {"agent": [agent], "client": [client], "role": [role], "proof": proof})


def _represented(writer: _Writer, who: Identification) -> str | None:
    """The entity of what a source speaks for; None for nobody in particular."""
    if not who.is_somebody:
        return None
    if who.actor_id:
        return _known(writer, who.actor_id)
    label = who.represents or ""
    kind, _, rest = label.partition(": ")
    id = f"organisation-{content_id('organisation', label)}"
    if writer.once(id):
        mark = MARKS[ActorKind.MEDIUM] if kind == "media" else None
        writer.add(id, "Organization", {"name": [line(rest or label)[:LONGEST_NAME]], "classification": [mark]})
    return id


def _document_id(document: Document) -> str:
    return f"document-{document.id}"

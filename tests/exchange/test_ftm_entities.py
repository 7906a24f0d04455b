"""A case as entities of FollowTheMoney: valid against its model, and its actors are read back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winset.actors.registry import registry
from winset.actors.types import Actor, ActorKind, Identification, Membership, Office, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.exchange.ftm_entities import LOSSES, ONE_WAY, entity_id, write_ftm
from winset.exchange.projects import ProjectDocument, ProjectStatement
from winset.exchange.references import line
from winset.exchange.registry_ftm import read_ftm
from winset.ids import ActorId, IssueId, PartialDate
from winset.positions.types import Stance
from winset.statements.types import Form, Statement

MODEL = {  # of FollowTheMoney 4.11: what winset writes of each schema, and what type it has
    "Person": {"name": "name", "alias": "name", "wikidataId": "identifier"},
    "Organization": {
        **dict.fromkeys(("name", "alias"), "name"),
        **dict.fromkeys(("incorporationDate", "dissolutionDate"), "date"),
        "wikidataId": "identifier",
        "classification": "string",
        "country": "country",
    },
    "Membership": {
        "member": "entity",
        "organization": "entity",
        "role": "string",
        "startDate": "date",
        "endDate": "date",
    },
    "Position": {"name": "name", "organization": "entity"},
    "Occupancy": {"holder": "entity", "post": "entity", "startDate": "date", "endDate": "date"},
    "Representation": {"agent": "entity", "client": "entity", "role": "string", "proof": "entity"},
    "Document": {
        **dict.fromkeys(("fileName", "title", "author", "publisher"), "string"),
        **dict.fromkeys(("publishedAt", "retrievedAt"), "date"),
        "language": "language",
        "sourceUrl": "url",
        "mimeType": "mimetype",
        "bodyText": "text",
    },
    "Note": {
        "name": "name",
        **dict.fromkeys(("description", "summary", "notes"), "text"),
        **dict.fromkeys(("entity", "proof"), "entity"),
        "keywords": "string",
    },
}
MODEL["PublicBody"] = MODEL["Organization"]
REQUIRED = {
    **dict.fromkeys(("Person", "Organization", "PublicBody", "Position", "Note"), ("name",)),
    "Membership": ("member", "organization"),
    "Occupancy": ("holder", "post"),
    "Representation": ("agent", "client"),
    "Document": ("fileName",),
}
LONGEST = {"name": 384, "string": 1_024, "text": 65_000, "identifier": 64, "url": 4_096, "entity": 200}


def entities(*documents: ProjectDocument, **more: Any) -> list[dict[str, Any]]:
    file = io.StringIO()
    count = write_ftm(documents, file, **more)
    found = [json.loads(each) for each in file.getvalue().splitlines()]
    assert len(found) == count
    return found


def check(found: Iterable[dict[str, Any]]) -> None:
    """That entities are as the model says, ids differ, and what they refer to is there."""
    found = list(found)
    ids = [each["id"] for each in found]
    assert len(set(ids)) == len(ids)
    for each in found:
        types = MODEL[each["schema"]]
        assert entity_id("actor", each["id"]) == each["id"]
        assert set(REQUIRED[each["schema"]]) <= set(each["properties"])
        for name, values in each["properties"].items():
            assert values
            assert len(set(values)) == len(values)
            for value in values:
                assert 0 < len(value) <= LONGEST.get(types[name], 70_000)
                assert types[name] != "entity" or value in ids
                assert types[name] != "date" or PartialDate(value)


def said(
    text: str = "France said on Monday that it opposes the office.",
    *,
    speaker: str | None = "Ann Example",
    represents: str | None = "France",
    actor_id: str | None = "FRA",
    speaks_as: SpeaksAs = SpeaksAs.ACTOR,
    direction: float = -1.0,
) -> ProjectDocument:
    document = Document(
        name="report.txt", text=text, title="A report", published=PartialDate("2019-05-06"), language="en"
    )
    statement = Statement(
        document_id=document.id,
        source=anchor(document, 0, 6),
        cue=anchor(document, 7, 11),
        contents=(anchor(document, 22, len(text)),),
        form=Form.INDIRECT,
        said_on=PartialDate("2019-05-06"),
    )
    who = Identification(
        statement_id=statement.id,
        speaker=speaker,
        represents=represents,
        actor_id=ActorId(actor_id) if actor_id else None,
        standing=Standing.MEMBER,
        speaks_as=speaks_as,
        role="foreign minister",
        score=0.9,
        rule="name",
    )
    stance = Stance(
        statement_id=statement.id, issue_id=IssueId("i"), relevance=1.0, direction=direction, confidence=0.9
    )
    each = ProjectStatement(statement=statement, identification=who, stance=stance)
    return ProjectDocument(document=document, statements=(each,))


def test_a_statement_is_a_note_with_its_words_and_where_they_stand() -> None:
    project = said()
    found = entities(project, actor_of=registry().actors.get)
    check(found)
    (note,) = (each for each in found if each["schema"] == "Note")
    told = note["properties"]
    assert told["description"] == ["that it opposes the office."]
    assert told["summary"] == ["against the proposal"]
    assert told["proof"] == [f"document-{project.document.id}"]
    assert "FRA" in told["entity"]
    record = json.loads(told["notes"][0])["winset"]
    for kind in ("source", "cue"):
        start, end = record[kind]
        assert project.document.text[start:end] == record["words"][kind]
    (tie,) = (each for each in found if each["schema"] == "Representation")
    assert tie["properties"]["client"] == ["FRA"]
    assert tie["properties"]["role"] == ["foreign minister"]


def test_ids_are_the_same_on_every_run() -> None:
    first, second = (entities(said(), actor_of=registry().actors.get) for _ in range(2))
    assert first == second


def test_sources_that_are_no_actors_are_organisations_or_nobody() -> None:
    medium = entities(
        said(represents="media: Strelsau Courier", actor_id=None, speaks_as=SpeaksAs.MEDIUM, speaker=None)
    )
    check(medium)
    names = [each["properties"]["name"] for each in medium if each["schema"] == "Organization"]
    assert names == [["Strelsau Courier"]]
    nobody = entities(said(represents=None, actor_id=None, speaks_as=SpeaksAs.ANONYMOUS, speaker=None))
    check(nobody)
    assert {each["schema"] for each in nobody} == {"Document", "Note"}


def test_the_text_goes_out_only_where_it_is_asked_for() -> None:
    project = said()
    assert not any("bodyText" in each["properties"] for each in entities(project))
    (text,) = (
        each["properties"]["bodyText"] for each in entities(project, with_text=True) if each["schema"] == "Document"
    )
    assert text == [project.document.text]


def test_shipped_actors_and_offices_come_back() -> None:
    known = registry()
    actors = [known.actors[ActorId(id)] for id in ("FRA", "nato", "JPN")]
    office = Office(title="king", of=ActorId("FRA"), holder="Rudolf Elphberg", start=date(2010, 5, 1))
    file = io.StringIO()
    write_ftm((), file, actors=actors, offices=[office], actor_of=known.actors.get)
    check(map(json.loads, file.getvalue().splitlines()))
    addition = read_ftm(file.getvalue(), name="own.ftm")
    kinds = {entry.id: entry.kind for entry in addition.entries if entry.kind}
    assert kinds["FRA"] is ActorKind.STATE
    assert kinds["nato"] is ActorKind.BODY
    (held,) = (each for entry in addition.entries for each in entry.offices)
    assert (held.title, held.of, str(held.held.start)) == ("king", "FRA", "2010-05-01")
    merged = registry((addition,))
    assert merged.actors[ActorId("FRA")].kind is ActorKind.STATE


names = st.text(alphabet="Aabcdé -.", min_size=1, max_size=12).map(lambda words: line(f"No {words}"))
days = st.dates(date(1950, 1, 1), date(2020, 1, 1))
roles = st.builds(
    Membership, body=st.sampled_from(["nato", "hill"]), role=st.sampled_from(["member", "guest"]), start=days
)
kinds = st.sampled_from(ActorKind)
external = st.sampled_from([(), (("wikidata", "Q142"),), (("popolo", "x"),)])
own_actors = st.lists(
    st.builds(
        Actor,
        id=st.text(alphabet="abcé.-1", min_size=1, max_size=8).map(lambda id: ActorId(f"own-{id}")),
        name=names,
        kind=kinds,
        aliases=st.lists(names, max_size=3).map(tuple),
        memberships=st.lists(roles, max_size=2).map(tuple),
        external_ids=external,
    ),
    max_size=4,
    unique_by=lambda actor: entity_id("actor", actor.id),
)


@settings(max_examples=60, deadline=None)
@given(actors=own_actors)
def test_actors_that_are_written_are_read_back(actors: list[Actor]) -> None:
    """But for LOSSES: order and dates of aliases, first and last days, ids of other letters, other external ids."""
    assert len(LOSSES) == 4
    file = io.StringIO()
    write_ftm((), file, actors=actors)
    found = read_ftm(file.getvalue(), name="own.ftm").entries
    for actor in actors:
        id = entity_id("actor", actor.id)
        (entry,) = (each for each in found if each.id == id and each.name)
        assert (entry.name, entry.kind) == (actor.name, actor.kind)
        assert {name.words for name in entry.names} == {actor.name, *actor.aliases}
        assert entry.wikidata == dict(actor.external_ids).get("wikidata", "")
        told = {
            (each.body, each.role, str(each.held.start))
            for other in found
            if other.id == id
            for each in other.memberships
        }
        assert told == {(each.body, each.role, str(each.start)) for each in actor.memberships}


def test_what_is_lost_of_statements_is_said() -> None:
    assert any("text" in words for words in ONE_WAY)


def test_the_model_itself_agrees() -> None:
    """Where FollowTheMoney is installed; it is no dependency, for its size."""
    model = pytest.importorskip("followthemoney").model
    for each in entities(said(), actor_of=registry().actors.get, with_text=True):
        model.get(each["schema"]).validate(each)
        proxy = model.get_proxy(each, cleaned=False)
        for name, values in each["properties"].items():
            assert set(proxy.get(name)) == set(values)

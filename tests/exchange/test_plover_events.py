"""Statements as PLOVER events: only those that are acts, with what is known and nothing else."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest

from winset.actors.registry import registry
from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.errors import BadCase
from winset.exchange.plover_events import CONTEXTS, LOSSES, QUADS, SCORES, Coded, write_plover
from winset.exchange.projects import ProjectDocument, ProjectStatement
from winset.ids import ActorId, IssueId, PartialDate
from winset.positions.types import Stance, Voice
from winset.statements.types import Form, Statement

DAY = PartialDate("2019-05-06")


def project(
    cue: str = "rejected",
    *,
    direction: float | None = None,
    actor: str | None = "FRA",
    speaks_as: SpeaksAs = SpeaksAs.ACTOR,
    role: str | None = None,
    said_on: PartialDate | None = DAY,
    published: PartialDate | None = None,
    form: Form = Form.INDIRECT,
    **stance: Any,
) -> ProjectDocument:
    text = f"Paris 🐦 {cue} the plan for an office." if cue else "Paris 🐦: the plan for an office."
    document = Document(name="report.txt", text=text, published=published, language="en-GB")
    end = 8 + len(cue)
    statement = Statement(
        document_id=document.id,
        source=anchor(document, 0, 5),
        cue=anchor(document, 8, end) if cue else None,
        contents=(anchor(document, end + 1, len(text) - 1),),
        form=form,
        said_on=said_on,
        coder="Ada",
    )
    who = Identification(
        statement_id=statement.id,
        speaker=None,
        represents="France",
        actor_id=ActorId(actor) if actor else None,
        standing=Standing.MEMBER,
        speaks_as=speaks_as,
        role=role,
        score=0.9,
        rule="name",
    )
    told = {"relevance": 1.0, "confidence": 0.9, **stance}
    found = direction is not None
    judged = (
        Stance(statement_id=statement.id, issue_id=IssueId("i"), direction=direction or 0.0, **told) if found else None
    )
    each = ProjectStatement(statement=statement, identification=who, stance=judged)
    return ProjectDocument(document=document, statements=(each,))


def events(*documents: ProjectDocument, **more: Any) -> tuple[list[dict[str, Any]], Coded]:
    file = io.StringIO()
    coded = write_plover(documents, file, actor_of=registry().actors.get, **more)
    found = [json.loads(each) for each in file.getvalue().splitlines()]
    assert len(found) == coded.events
    return found, coded


def act(document: ProjectDocument) -> tuple[str, ...]:
    found, _ = events(document)
    return next(((each["event"][0], *each.get("mode", [])) for each in found), ())


def test_an_event_has_the_fields_that_plover_requires_and_its_words() -> None:
    document = project(role="foreign minister", published=DAY)
    (found,), _ = events(document)
    assert {"id", "date", "source", "event"} <= set(found)
    assert found["date"] == "2019-05-06"
    assert found["event"] == ["REJECT"]
    assert (found["quad_code"], found["event_scale"]) == (3, -4.2)
    (source,) = found["source"]
    assert (source["code"], source["sector"], source["identifier_text"]) == ("FRA", "GOV", "France")
    assert source["actor_text"] == "Paris"
    assert found["event_text"] == ["the plan for an office"]
    assert found["cite_info"]["language"] == "en"
    for start, end in found["winset"]["spans"]:
        assert document.document.text[start:end]
    first, last = found["text_info"]["start"], found["text_info"]["end"]
    assert document.document.text[first:last] == "Paris 🐦 rejected the plan for an office"
    assert found["winset"]["document"] == document.document.id
    assert "recipient" not in found  # unknown stays unknown
    assert "text" not in found  # PLOVER leaves it to whoever has a right in the text


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("has rejected", ("REJECT",)),
        ("vetoed", ("REJECT",)),
        ("vetoes", ("REJECT",)),
        ("firmly ruled out", ("REJECT",)),
        ("condemned", ("ACCUSE", "disapprove")),
        ("accused others of", ("ACCUSE", "allege")),
        ("welcomed", ("SUPPORT",)),
        ("pledged", ("AGREE",)),
        ("agreed to", ("AGREE",)),
        ("called for", ("DEMAND",)),
        ("threatened", ("THREATEN",)),
        ("said", ()),
        ("agreed with", ()),
        ("called", ()),
        ("pushed back against", ()),
        ("refused to rule out", ()),
        ("did not reject", ()),
        ("would reject", ()),
        ("feared", ()),
    ],
)
def test_verbs_that_are_acts_in_themselves(cue: str, expected: tuple[str, ...]) -> None:
    assert act(project(cue)) == expected


def test_a_stance_is_an_act_where_it_was_said() -> None:
    assert act(project("said", direction=1.0)) == ("SUPPORT",)
    assert act(project("said", direction=-1.0)) == ("ACCUSE", "disapprove")
    assert act(project("said", direction=-1.0, confidence=0.4)) == ()
    assert act(project("said", direction=0.0)) == ()
    assert act(project("feared", direction=-1.0)) == ()
    assert act(project("erklärte", direction=-1.0)) == ()  # a verb that is not known
    assert act(project("", direction=-1.0, form=Form.DIRECT)) == ("ACCUSE", "disapprove")
    assert act(project("", direction=-1.0)) == ()
    assert act(project("welcomed", direction=-1.0)) == ()  # of what, the words do not tell


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (project(speaks_as=SpeaksAs.EXPERT), "nobody who acts"),
        (project(actor=None), "nobody who acts"),
        (project(actor="ruritania"), "registry does not know"),
        (project(direction=-1.0, hedged=True), "uncertain"),
        (project(direction=-1.0, voice=Voice.ASCRIBED), "ascribed"),
        (project(said_on=PartialDate("2019-05"), published=None), "no day"),
        (project("said"), "comment"),
    ],
)
def test_what_is_no_event_is_counted_with_its_reason(document: ProjectDocument, reason: str) -> None:
    found, coded = events(document)
    assert not found
    ((told, count),) = coded.left_out
    assert reason in told
    assert count == 1


def test_dates_bodies_conditions_and_contexts() -> None:
    (published,), _ = events(project(said_on=PartialDate("2019"), published=PartialDate("2019-06-01")))
    assert (published["date"], published["winset"]["date_from"]) == ("2019-06-01", "publication")
    (body,), _ = events(project(actor="nato"))
    assert body["source"][0]["code"] == "IGO"
    (held,), _ = events(
        project("said", direction=1.0, conditional=True), contexts=["military"], recipient=ActorId("nato")
    )
    assert held["context"] == ["hypothetical", "military"]
    assert held["recipient"][0]["code"] == "IGO"
    with pytest.raises(BadCase, match="fishing"):
        events(project(), contexts=["fishing"])


def test_a_hedged_statement_is_no_event() -> None:
    document = project()
    (said,) = document.statements
    hedged = replace(said, statement=replace(said.statement, hedged=True))
    _, coded = events(replace(document, statements=(hedged,)))
    assert coded.events == 0


def test_the_tables_agree() -> None:
    assert set(SCORES) == set(QUADS)
    assert all((score > 0) is (QUADS[event] == 1) for event, score in SCORES.items())
    assert len(CONTEXTS) == 28
    assert LOSSES

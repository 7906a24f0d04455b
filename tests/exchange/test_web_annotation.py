"""Web annotations: what winset writes is read again; what annotators and servers export is read as they mean it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from tests.exchange.projects_made import projects

from winset.corpus.types import Document, anchor
from winset.errors import Damaged, Missing, NotText, TooLarge, WinsetError
from winset.exchange.projects import Project, ProjectDocument, ProjectStatement, as_coded, reduced
from winset.exchange.web_annotation import (
    LOSSES,
    is_annotations,
    read_web_annotation,
    reading,
    streams,
    write_web_annotation,
)
from winset.ids import IssueId
from winset.positions.rulings import Codes, Ruling
from winset.positions.types import Stance
from winset.statements.types import Form, Statement

Made: TypeAlias = Callable[..., Path]

PAGE = "https://example.org/minutes"
TEXT = "The 🐟 quay must be wider, says the board. No, say the fishers. The quay must be wider, says the mayor."
QUAY = Document(name="minutes.html", text=TEXT, source_url=f"{PAGE}/#top")


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Writes JSON, or a text, to a file."""

    def write(content: object) -> Path:
        path = tmp_path / "notes.jsonld"
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def note(*tags: str, source: str = PAGE, **selector: Any) -> dict[str, Any]:
    """An annotation as the standard has it, of Ada Lind."""
    selectors = []
    if "start" in selector:
        selectors.append({"type": "TextPositionSelector", "start": selector["start"], "end": selector["end"]})
    if "exact" in selector:
        quoted: dict[str, Any] = {name: selector[name] for name in ("exact", "prefix", "suffix") if name in selector}
        selectors.append({"type": "TextQuoteSelector", **quoted})
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://example.org/anno/1",
        "type": "Annotation",
        "creator": {"type": "Person", "name": "Ada Lind"},
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags],
        "target": {"source": source, "selector": selectors},
    }


def statements(project: Project) -> list[ProjectStatement]:
    """All of a project."""
    return [said for each in project.documents for said in each.statements]


def places(project: Project) -> list[tuple[int, int]]:
    """Where each statement stands."""
    return [each.statement.contents[0].span for each in statements(project)]


def coded() -> Project:
    """A project of one statement that machine and people judged."""
    said = Statement(
        document_id=QUAY.id,
        source=anchor(QUAY, 29, 38),
        cue=anchor(QUAY, 24, 28),
        contents=(anchor(QUAY, 0, 8), anchor(QUAY, 10, 22)),
        form=Form.INDIRECT,
        coder="machine: cues",
    )
    found = as_coded(said, speaker=None, represents="Harbour Board", by="machine")
    stance = Stance(statement_id=said.id, issue_id=IssueId("quay"), relevance=0.9, direction=0.8, confidence=0.7)
    ruling = Ruling(statement_id=said.id, coder="Ada Lind", codes=Codes(stance="favour"), why="must")
    each = ProjectStatement(statement=said, identification=found, stance=stance, rulings=(ruling,))
    return Project(documents=(ProjectDocument(document=QUAY, statements=(each,)),))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that is written over and over."""
    return tmp_path_factory.mktemp("annotations") / "case.jsonld"


@given(project=projects(controls=True))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_again(project: Project, place: Path) -> None:
    write_web_annotation(project, place)
    json.loads(place.read_bytes())
    found = read_web_annotation(place)
    kept = reduced(project, LOSSES)
    assert (found.spec, tuple(found.documents), found.rejected) == (kept.spec, kept.documents, ())


@given(project=projects())
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
def test_annotations_without_texts_come_back_onto_the_documents_of_the_case(project: Project, place: Path) -> None:
    write_web_annotation(project, place, texts=False)
    found = read_web_annotation(place, documents=[each.document for each in project.documents])
    kept = tuple(each for each in project.documents if each.statements)
    assert (found.spec, tuple(found.documents), found.rejected) == (project.spec, kept, ())


@pytest.mark.published("W3C Web Annotation Data Model (2017): collection, page, selectors, bodies with a purpose")
def test_a_collection_has_one_annotation_a_line_each_with_one_target(place: Path) -> None:
    write_web_annotation(coded(), place)
    whole = json.loads(place.read_bytes())
    assert (whole["@context"], whole["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection")
    items = whole["first"]["items"]
    assert (whole["first"]["type"], whole["total"]) == ("AnnotationPage", len(items))
    assert len(place.read_text("utf-8").splitlines()) == len(items) + 2
    text, content, *others = items
    assert (text["motivation"], text["body"][0]["value"], text["target"]["id"]) == ("describing", TEXT, QUAY.source_url)
    assert content["creator"] == {"type": "Software", "name": "machine: cues"}
    position, quote = content["target"]["selector"]
    assert TEXT[position["start"] : position["end"]] == quote["exact"] == "The 🐟 qu"
    assert quote["suffix"].startswith("ay must")
    tags = {(body["creator"]["name"], body["value"]) for body in content["body"] if body["purpose"] == "tagging"}
    assert tags == {
        ("machine: cues", "Words: content"),
        ("machine", "Actor: Harbour Board"),
        ("machine", "Stance: favour"),
        ("Ada Lind", "Stance: favour"),
    }
    assert [each["body"][0]["value"] for each in others] == ["Words: content", "Words: cue", "Words: source"]
    assert {each["body"][-1]["source"] for each in others} == {content["id"]}


def test_the_same_project_gives_the_same_bytes_and_can_be_read_twice(place: Path) -> None:
    one, other = io.BytesIO(), io.BytesIO()
    write_web_annotation(coded(), one)
    write_web_annotation(coded(), other)
    assert one.getvalue() == other.getvalue()
    place.write_bytes(one.getvalue())
    project = read_web_annotation(place)
    assert tuple(project.documents) == tuple(project.documents) == coded().documents
    assert is_annotations("a.JSONLD")
    assert not is_annotations("https://example.org/a.jsonld")


def test_what_a_person_changed_elsewhere_counts(place: Path) -> None:
    write_web_annotation(coded(), place)
    whole = json.loads(place.read_bytes())
    content = whole["first"]["items"][1]
    for body in content["body"]:
        if body.get("creator", {}).get("name") == "Ada Lind":
            body["value"] = "Stance: oppose"
        if body.get("value") == "Actor: Harbour Board":
            body["value"] = "Actor: Harbour Masters"
    content["target"]["selector"][0]["start"] = 4
    content["target"]["selector"][1]["exact"] = TEXT[4:8]
    place.write_text(json.dumps(whole), encoding="utf-8")
    [each] = statements(read_web_annotation(place))
    assert each.statement.contents[0].exact == "🐟 qu"
    assert [(ruling.coder, ruling.codes.stance, ruling.why) for ruling in each.rulings] == [
        ("Ada Lind", "oppose", "must")
    ]
    assert each.identification.represents == "Harbour Masters"
    assert each.stance
    assert each.stance.word == "favour"


def test_a_program_that_drops_who_tagged_changes_nothing(place: Path) -> None:
    write_web_annotation(coded(), place)
    whole = json.loads(place.read_bytes())
    for each in whole["first"]["items"]:
        for body in each["body"]:
            body.pop("creator", None)
    place.write_text(json.dumps(whole), encoding="utf-8")
    assert tuple(read_web_annotation(place).documents) == coded().documents


def test_annotations_in_any_order_are_read_all_the_same(place: Path) -> None:
    write_web_annotation(coded(), place)
    whole = json.loads(place.read_bytes())
    other = note("A tag", source="https://example.org/else", exact="x")
    whole["first"]["items"].insert(2, other)
    whole["first"]["items"].reverse()
    place.write_text(json.dumps(whole), encoding="utf-8")
    project = read_web_annotation(place)
    assert tuple(project.documents) == coded().documents
    assert ["add the document first" in each.reason for each in project.rejected] == [True]


@pytest.mark.parametrize("way", ["list", "lines", "page", "graph", "one line", "nested", "single", "marked"])
def test_annotations_are_found_however_they_are_listed(made: Made, way: str) -> None:
    one, two = note("Quay", exact="No"), note("Quay", exact="the mayor")
    content: dict[str, object] = {
        "list": [one, two],
        "lines": f"{json.dumps(one)}\n\n{json.dumps(two)}\n",
        "page": json.dumps({"type": "AnnotationPage", "items": [one, two]}, indent=2),
        "graph": {"@context": "x", "@graph": [one, two]},
        "one line": json.dumps({"type": "AnnotationPage", "items": [one, two]}) + "\n",
        "nested": {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [one, two]}},
        "single": one,
        "marked": "\ufeff" + json.dumps([one, two]),
    }
    project = read_web_annotation(made(content[way]), documents=[QUAY])
    assert [each.statement.words for each in statements(project)] == ["No", "the mayor"][: 1 if way == "single" else 2]


def test_an_export_of_hypothesis_is_read(made: Made) -> None:
    row = {
        "id": "abc",
        "created": "2024-05-06T07:08:09+00:00",
        "user": "acct:ada@hypothes.is",
        "uri": PAGE,
        "text": "They said no before.",
        "tags": ["actor: Fishers", "disagree", "A wider quay"],
        "document": {"title": ["Minutes"]},
        "target": [
            {
                "source": PAGE,
                "selector": [
                    {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0, "endContainer": "/p[1]"},
                    {"type": "TextPositionSelector", "start": 1_044, "end": 1_046},
                    {"type": "TextQuoteSelector", "exact": "No", "prefix": "says the board. ", "suffix": ", say"},
                ],
            }
        ],
    }
    reply = {**row, "id": "def", "references": ["abc"]}
    project = read_web_annotation(made({"total": 2, "rows": [row, reply]}), documents=[QUAY])
    [each] = statements(project)
    assert (each.statement.words, each.statement.coder, each.concept) == ("No", "ada", "A wider quay")
    assert each.identification.represents == "Fishers"
    assert each.rulings == (
        Ruling(statement_id=each.statement.id, coder="ada", codes=Codes(stance="oppose"), why="They said no before."),
    )
    assert [place.reason.split(":")[0] for place in project.rejected] == ["answers another annotation"]


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ({"start": 42, "end": 44}, (42, 44)),
        ({"start": 42, "end": 44, "exact": "No"}, (42, 44)),
        ({"start": 43, "end": 45, "exact": "No"}, (42, 44)),  # of a browser, which counts 🐟 as two
        ({"start": 40, "end": 42, "exact": "No"}, (42, 44)),
        ({"start": 900, "end": 902, "exact": "No"}, (42, 44)),
        ({"exact": "No"}, (42, 44)),
        ({"exact": "say  the\nfishers"}, (46, 61)),
        ({"exact": "quay must be wider", "suffix": ", says the mayor"}, (67, 85)),
        ({"exact": "quay must be wider", "prefix": "The 🐟 "}, (6, 24)),
    ],
)
def test_an_annotation_is_found_by_position_or_by_its_words(
    made: Made, selector: dict[str, Any], found: tuple[int, int]
) -> None:
    project = read_web_annotation(made([note("Quay", **selector)]), documents=[QUAY])
    assert places(project) == [found]
    assert project.rejected == ()


@pytest.mark.parametrize(
    ("selector", "line"),
    [
        ({"exact": "quay must be wider"}, "its words are in the text 2 times"),
        ({"exact": "quay must be wider", "prefix": "entirely ", "suffix": "different"}, "in the text 2 times"),
        ({"exact": "canal"}, "its words are not in the text"),
        ({"start": 900, "end": 902}, "its position is outside of the text, and no words are quoted"),
        ({"start": 5, "end": 5}, "its position is outside of the text"),
        ({}, "its position is outside of the text"),
    ],
)
def test_what_has_no_certain_place_is_refused(made: Made, selector: dict[str, Any], line: str) -> None:
    project = read_web_annotation(made([note("Quay", **selector)]), documents=[QUAY])
    assert [line in each.reason for each in project.rejected] == [True]
    assert project.rejected[0].name == "notes.jsonld: annotation 1, https://example.org/anno/1"
    assert statements(project) == []


def test_texts_that_other_programs_write_along_are_used(made: Made) -> None:
    text = {
        "type": "Annotation",
        "motivation": "describing",
        "body": {"type": "TextualBody", "format": "text/plain", "value": "Cafe\u0301 owners\r\nagree 🐟 with it"},
        "target": {"id": PAGE, "label": "A paper", "language": "en"},
    }
    browser = note("Quay", start=13, end=18, exact="agree")
    later = note("Quay", start=22, end=26, exact="with")  # UTF-16, CR LF as one
    project = read_web_annotation(made([text, browser, later]))
    [document] = project.documents
    assert document.document.text == "Café owners\nagree 🐟 with it"
    assert (document.document.title, document.document.language) == ("A paper", "en")
    assert [each.statement.words for each in document.statements] == ["agree", "with"]


def test_bodies_purposes_and_agents_of_other_programs_are_understood(made: Made) -> None:
    plain = note(exact="No")
    plain |= {
        "creator": ["https://example.org/users/ben"],
        "motivation": "oa:commenting",
        "body": [
            "a comment",
            {"type": "SpecificResource", "purpose": "identifying", "source": "http://example.org/id/Harbour_Board"},
            {"type": "TextualBody", "purpose": ["classifying"], "value": "Against", "creator": {"nickname": "Cara"}},
            {"type": "TextualBody", "value": {"@value": "another"}},
            7,
            None,
        ],
        "target": [{"source": {"id": PAGE}, "selector": {"type": "TextQuoteSelector", "exact": ["No"]}}],
    }
    fragment = note("Quay", source=f"{PAGE}#char=42,44")
    project = read_web_annotation(made([plain, fragment]), documents=[QUAY])
    [each] = statements(project)
    assert each.identification.represents == "Harbour Board"
    assert [(ruling.coder, ruling.codes.stance, ruling.why) for ruling in each.rulings] == [
        ("Cara", "oppose", "a comment; another")
    ]
    assert each.concept == "Quay"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("", NotText),
        ("<html>", NotText),
        ('"text"', NotText),
        ('[{"a": 1}', Damaged),
        ('[{"a": }]', Damaged),
        ('{"a": 1', Damaged),
        ("[" + '{"a":' * 100_000, Damaged),
        ('[{"a": ' + "9" * 5_000 + "}]", Damaged),
    ],
)
def test_what_is_no_json_is_refused(made: Made, content: str, kind: type[WinsetError]) -> None:
    with pytest.raises(kind) as caught:
        read_web_annotation(made(content))
    assert "\n" not in str(caught.value)


def test_files_that_are_not_there_not_text_or_too_large_are_refused(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Missing):
        read_web_annotation(tmp_path / "nothing.jsonld")
    latin = tmp_path / "latin.jsonld"
    latin.write_bytes('[{"id": "é"}]'.encode("latin-1"))
    with pytest.raises(NotText, match="save it as UTF-8"):
        read_web_annotation(latin)
    path = made([note("Quay", exact="No"), note("Quay", source="https://x.org", exact="No"), note(exact="No")])
    monkeypatch.setattr(reading, "MOST_HELD", 2)
    with pytest.raises(TooLarge, match="sort them first"):
        read_web_annotation(path)
    monkeypatch.setattr(streams, "LARGEST", 10)
    with pytest.raises(TooLarge, match="at most 10"):
        read_web_annotation(path)


@pytest.mark.parametrize(
    "odd",
    [
        7,
        {},
        {"target": 5},
        {"target": {"source": [], "selector": 5}},
        {"target": PAGE, "body": {"format": "application/json", "value": "{" * 900}},
        {"target": PAGE, "body": [{"format": "application/json", "value": '{"of": "x", "part": [], "record": 1}'}]},
        {"target": {"source": PAGE, "selector": [{"type": "TextPositionSelector", "start": -1, "end": 1e300}]}},
        {"target": {"source": PAGE, "selector": [{"type": "TextPositionSelector", "start": True, "end": 10**30}]}},
        {"target": PAGE, "motivation": "describing", "body": {"format": "text/plain", "value": "\ud800 half"}},
        {"body": {"format": "application/json", "value": '{"spec": 5}'}, "target": PAGE},
    ],
)
def test_odd_annotations_are_named_and_the_others_read(made: Made, odd: object) -> None:
    project = read_web_annotation(
        made([odd, note("Quay", exact="No", source="https://example.org/b")]),
        documents=[QUAY, Document(name="https://example.org/b", text="No.")],
    )
    assert [each.statement.words for each in statements(project)] == ["No"]
    for each in project.documents:
        each.document.text.encode()
    assert all("\n" not in each.reason for each in project.rejected)


def test_a_long_collection_is_read_piece_by_piece(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "CHUNK", 50)
    monkeypatch.setattr(streams, "HEAD", 60)
    many = [note(f"Tag {number}", exact="No", start=42, end=44) for number in range(30)]
    project = read_web_annotation(made({"type": "AnnotationPage", "items": many}), documents=[QUAY])
    [each] = statements(project)
    assert each.concept == "Tag 0"
    assert "is about 'Tag 0' and 'Tag 1', 'Tag 2', 'Tag 3' ..." in project.rejected[0].reason

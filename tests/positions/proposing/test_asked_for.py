from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from winset.actors.registry import registry
from winset.corpus.types import Document, clean_text
from winset.errors import NoEvidence
from winset.exchange.case_drafts import Draft, agenda_values, case_text, drafted
from winset.exchange.case_files import case_file
from winset.ids import PartialDate
from winset.positions.proposing import PROPOSERS
from winset.positions.proposing.types import Agenda, ProposedIssue
from winset.statements.extraction import RULES, extract


def _made() -> ModuleType:
    name = "made_issue_cases"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("made_cases.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


CASES = {case.name: case for case in _made().EVERY_CASE}


def proposed(documents: Sequence[Document], *, body: str | None = None, top: int = 5) -> Agenda | None:
    read = {document.id: extract(document, methods=RULES) for document in documents}
    return PROPOSERS["asked-for"](
        documents,
        {id: found.segments for id, found in read.items()},
        [statement for found in read.values() for statement in found.statements],
        origin_of={document.id: document.id for document in documents},
        known=registry(),
        body=body,
        top=top,
    )


def agenda(name: str) -> Agenda:
    found = proposed(CASES[name].documents)
    assert found is not None
    return found


def draft(name: str) -> Draft:
    return drafted(agenda(name), registry(), body=None, today=date(2026, 1, 1))


@pytest.mark.parametrize("name", CASES)
def test_what_is_asked_for_comes_first(name: str) -> None:
    label = agenda(name).issues[0].proposal.lower()
    assert [word for word in CASES[name].asked_for if word not in label] == []


@pytest.mark.parametrize("name", CASES)
def test_what_is_offered_instead_becomes_a_rung_between_the_ends(name: str) -> None:
    rungs = agenda(name).issues[0].rungs
    for words in CASES[name].fallbacks:
        assert any(all(word in rung.label.lower() for word in words) for rung in rungs), (words, rungs)
    assert all(0 < rung.value < 100 for rung in rungs)
    assert sorted(rung.value for rung in rungs) == [rung.value for rung in rungs]


@pytest.mark.parametrize("name", CASES)
def test_body_rule_and_day_are_those_the_documents_name(name: str) -> None:
    made, found = CASES[name], draft(name)
    assert found.body == made.body
    if made.rule is not None:
        assert found.rule == made.rule
    if made.on is not None:
        assert str(found.on) == made.on
    assert (found.body is None) == any("Which body" in question for question in found.questions)


@pytest.mark.parametrize("name", CASES)
def test_every_part_opens_onto_words_that_stand_there(name: str) -> None:
    by_id = {document.id: document for document in CASES[name].documents}
    found = agenda(name)
    cited = [
        quote
        for issue in found.issues
        for part in (issue.evidence, issue.status_quo, *(rung.evidence for rung in issue.rungs))
        for quote in part
    ]
    cited += [quote for each in (*found.bodies, *found.rules, *found.days) for quote in each.evidence]
    assert cited
    assert all(quote.holds_in(by_id[quote.document_id]) for quote in cited)


@pytest.mark.parametrize("name", CASES)
def test_a_label_is_made_of_the_words_of_the_documents(name: str) -> None:
    text = " ".join(document.text for document in CASES[name].documents).lower()
    issue = agenda(name).issues[0]
    _, _, thing = issue.proposal.lower().partition(" ")
    assert thing in text


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.body])
def test_the_case_file_is_accepted_as_it_is(name: str) -> None:
    made, found = CASES[name], draft(name)
    text = case_text(found, made.documents, sources=["reports"], registries=[])
    read = case_file(text, name="case.yaml")
    assert read.spec.issue.proposal == found.issue.proposal
    assert {option.label: option.value for option in read.spec.issue.options} == {
        rung.label: rung.value for rung in found.issue.rungs
    }
    assert read.documents == ("reports",)


def test_the_case_file_cites_document_and_words() -> None:
    made = CASES["sanctions"]
    text = case_text(draft("sanctions"), made.documents, sources=["."], registries=[])
    assert "# sanctions-1.txt: “" in text
    assert all(quote.count("”") >= 1 for quote in text.splitlines() if "“" in quote)


def test_several_issues_of_one_report_are_ranked() -> None:
    document = Document(name="report.txt", text=clean_text(_made().SEVERAL_ISSUES))
    found = proposed([document])
    assert found is not None
    labels = " | ".join(issue.proposal.lower() for issue in found.issues)
    assert all(words in labels for words in ("binding target", "seabed survey", "biennial reporting"))
    assert [issue.score for issue in found.issues] == sorted((issue.score for issue in found.issues), reverse=True)
    top = proposed([document], top=1)
    assert top is not None
    assert len(top.issues) == 1


def test_nothing_asked_for_is_no_issue() -> None:
    assert proposed([Document(name="rain.txt", text="It rained on Monday. The sun shone on Tuesday.\n")]) is None


def test_copies_of_one_origin_count_once() -> None:
    one, two = CASES["harbour"].documents
    read = [extract(document, methods=RULES) for document in (one, two)]
    segments = {one.id: read[0].segments, two.id: read[1].segments}

    def score(origin_of: dict[str, str]) -> float:
        found = PROPOSERS["asked-for"]((one, two), segments, (), origin_of=origin_of, known=registry())  # type: ignore[arg-type]
        assert found is not None
        return found.issues[0].score

    assert score({one.id: "a", two.id: "a"}) < score({one.id: "a", two.id: "b"})


def test_a_body_that_only_speaks_decides_nothing() -> None:
    text = "Fiji called for a seabed survey. The EU objected to the seabed survey. Peru backed the seabed survey.\n"
    found = proposed([Document(name="survey.txt", text=text)])
    assert found is not None
    assert found.bodies == ()


def test_a_verdict_on_a_name_is_no_part_of_what_is_proposed() -> None:
    text = "Canada called the accession of Malta premature. Norway supports the accession of Malta."
    agenda = proposed([Document(name="a.txt", text=clean_text(text), published=PartialDate("2024-06-04"))])
    assert agenda is not None
    assert agenda.issues[0].proposal == "The accession of Malta"


def test_the_draft_as_json_has_offsets() -> None:
    made = CASES["fund"]
    values = agenda_values(draft("fund"), made.documents)
    text = {document.name: document.text for document in made.documents}
    for each in values["issues"][0]["evidence"]:
        assert text[each["document"]][each["start"] : each["end"]] == each["exact"]


def test_an_issue_without_words_behind_it_cannot_be_built() -> None:
    with pytest.raises(NoEvidence):
        ProposedIssue(proposal="Sail", score=1, phrases=(), evidence=(), statements=(), documents=1, origins=1)


def test_the_tokyo_office_is_read_from_the_seeds(project: Path) -> None:
    folder = project.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("the seeds are not here")
    from winset.pipeline.reading import read_documents

    documents = [each for each in read_documents([str(folder)]) if isinstance(each, Document)]
    found = proposed(documents)
    assert found is not None
    first = found.issues[0]
    assert "liaison office" in first.proposal
    assert any("contact point" in rung.label for rung in first.rungs)
    assert found.bodies[0].value == "nato"
    assert found.rules[0].value.startswith("consensus")
    assert found.days[0].value.startswith("2023-07")

"""What a statement is about: by the proposal's words, by what stands around it, and as a method reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor
from winset.ids import ActorId, PartialDate
from winset.issues import Issue, Option
from winset.positions.judging import CLEAR, READ_AS_ABOUT, SURELY_ABOUT, stances
from winset.positions.polarity import WORD
from winset.positions.relevance import (
    ABOUT_IT,
    ADJACENT,
    GOES_ON,
    HERE,
    NEARBY,
    POINTED,
    TAKING_SIDES,
    TOLD_OF,
    held,
    held_in,
    rung,
    stem,
    terms,
    topic,
)
from winset.positions.sides import Side
from winset.positions.types import Stance
from winset.statements.segmentation import segments
from winset.statements.types import Form, Statement

ISSUE = Issue(
    proposal="Adopt a fuel levy on shipping", body="harbour league", rule="consensus", on=PartialDate("2024-05")
)
LEAD = "The league debates a fuel levy on shipping. The fuel levy on shipping would start next year.\n\n"
FAR = "The hall was full. " * 12 + "\n\n"
AGAINST = Side(-0.9, 0.85, "made")


def said(
    content: str, *, before: str = LEAD, cue: str = "said", form: Form = Form.DIRECT
) -> tuple[Document, Statement]:
    document = Document(name="made", text=f"{before}Riga {cue} {content}.")
    at = len(before)
    end = at + len(f"Riga {cue}")
    statement = Statement(
        document_id=document.id,
        source=anchor(document, at, at + 4),
        cue=anchor(document, at + 5, end),
        contents=(anchor(document, end + 1, end + 1 + len(content)),),
        form=form,
    )
    return document, statement


def relevance(content: str, *, before: str = LEAD, goes_on: bool = False, cue: str = "said") -> float:
    document, statement = said(content, before=before, cue=cue)
    return topic(document, segments(document.text), ISSUE).relevance(statement, goes_on=goes_on)[0]


def judged(
    content: str,
    side: Side | Callable[[Statement, bool], Side] = AGAINST,
    *,
    before: str = LEAD,
    issue: Issue = ISSUE,
    form: Form = Form.DIRECT,
) -> Stance:
    document, statement = said(content, before=before, form=form)
    who = Identification(
        statement_id=statement.id,
        speaker=None,
        represents="Riga",
        actor_id=ActorId("x"),
        standing=Standing.MEMBER,
        speaks_as=SpeaksAs.ACTOR,
        score=1.0,
        rule="test",
    )
    (found,) = stances(
        side if callable(side) else lambda *_: side,
        [statement],
        document=document,
        issue=issue,
        identifications=[who],
        segments=segments(document.text),
        by="machine: test",
    )
    return found


@pytest.mark.parametrize(
    ("asked", "words", "found"),
    [
        (["levy"], ["levy"], ["levy"]),
        (["waive"], ["waiver"], ["waive"]),
        (["suspend"], ["suspension"], ["suspend"]),  # whose stem changes: by the table
        (["suspend"], ["suspect"], []),
        (["office"], ["officer", "official"], []),
        (["ban"], ["band", "bank"], []),
        (["ban"], ["ban"], ["ban"]),
        (["levy"], [], []),
        ([], ["levy"], []),
        (["rule"], ["rulers"], []),
    ],
)
def test_words_of_one_family_are_known_again(asked: list[str], words: list[str], found: list[str]) -> None:
    assert held(frozenset(asked), words) == frozenset(found)


WORDS = st.lists(st.text(max_size=12), max_size=8)


@given(WORDS, WORDS)
def test_only_what_is_asked_is_held_and_more_words_hold_no_less(asked: list[str], words: list[str]) -> None:
    wanted = frozenset(asked)
    found = held(wanted, words)
    assert found <= wanted
    assert wanted & frozenset(words) <= found
    assert found <= held(wanted, [*words, "levy"])


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_proposal_and_any_words_can_be_read(proposal: str, words: str) -> None:
    issue = Issue(proposal=f"x{proposal}", body="own", rule="consensus", on=PartialDate("2024"))
    assert all(terms(issue)) or not terms(issue)
    assert rung(words, issue) is None  # there is no option


OPTIONS = Issue(
    proposal="Open a liaison office in Tokyo for twelve months",
    body="own",
    rule="consensus",
    on=PartialDate("2024"),
    options=(
        Option(label="Appoint a contact point in Tokyo", value=30),
        Option(label="Open a liaison office in Tokyo for six months", value=60),
    ),
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("it could accept a contact point", "Appoint a contact point in Tokyo"),
        ("Tokyo deserves better", None),
        ("a contact would help", None),
        ("a liaison office in Tokyo is wrong", None),
        ("a liaison office in Tokyo for six months would do", "Open a liaison office in Tokyo for six months"),
        ("a liaison office in Tokyo for twelve months would do", None),
        ("", None),
        ("(" * 10_000, None),
    ],
)
def test_an_option_is_known_by_what_tells_it_from_the_proposal(words: str, found: str | None) -> None:
    assert rung(words, OPTIONS) == found


@pytest.mark.parametrize(
    "words",
    [
        "will vote in favour",
        "would vote against",
        "voting no",
        "abstained",
        "it may veto",
        "could live with it",
        "will not stand in the way",
        "would join consensus",
        "would block the consensus",
        "is in favour",
        "is opposed",
        "was against it",
        "SUPPORT THIS",
        "would see no reason to refuse",
    ],
)
def test_taking_sides_is_known_without_the_proposals_words(words: str) -> None:
    assert TAKING_SIDES.search(words)


@pytest.mark.parametrize(
    "words", ["against the wind they sailed", "in favour of Riga", "opposed the mayor", "it approves the minutes", ""]
)
def test_a_side_on_something_named_is_no_taking_sides(words: str) -> None:
    assert not TAKING_SIDES.search(words)


def test_taking_sides_reads_a_megabyte() -> None:
    texts = ("in favour " * 100_000, "against" + " " * 1_000_000, "(" * 1_000_000)
    assert [bool(TAKING_SIDES.search(text)) for text in texts] == [True, True, False]


def test_the_tiers_are_in_order() -> None:
    tiers = [HERE, NEARBY, ADJACENT, GOES_ON, TOLD_OF, POINTED, ABOUT_IT]
    assert tiers == sorted(set(tiers))


@pytest.mark.parametrize(
    ("content", "tier"),
    [
        ("the fuel levy is too high", ABOUT_IT),
        ("the levy is too high", POINTED),
        ("that proposal is too dear", POINTED),
        ("it would vote against", TOLD_OF),
        ("nobody had been asked", ADJACENT),
    ],
)
def test_what_shows_that_a_statement_is_about_the_proposal(content: str, tier: float) -> None:
    assert relevance(content) == tier


def test_far_from_the_proposals_words_less_is_sure() -> None:
    assert relevance("nobody had been asked", before=LEAD + FAR) == HERE
    assert relevance("it would vote against", before=LEAD + FAR) == TOLD_OF
    assert relevance("nobody had been asked", before=LEAD + FAR, goes_on=True) == GOES_ON
    assert relevance("nobody had been asked", before=LEAD + "The hall was full. ") == NEARBY


def test_in_a_document_about_something_else_nothing_is_near() -> None:
    for content in ("nobody had been asked", "it would vote against", "that proposal is too dear"):
        assert relevance(content, before="The choir met in the hall. " * 5 + "\n\n") < HERE


@pytest.mark.parametrize(
    ("lead", "about"),
    [
        ("Ministers spoke of fuel and shipping.\n\n", True),  # two of three terms
        ("Ministers spoke of shipping.\n\n", False),  # one of three is too few
        ("Ministers spoke of the weather.\n\n", False),
    ],
)
def test_half_of_the_proposals_words_make_a_documents_subject(lead: str, about: bool) -> None:
    document = Document(name="made", text=f"{lead}Nobody came.")
    assert topic(document, segments(document.text), ISSUE).is_about is about


def test_a_proposal_of_one_word_is_known_by_it() -> None:
    issue = Issue(proposal="Levy", body="own", rule="consensus", on=PartialDate("2024"))
    document = Document(name="made", text="The levy came up.\n\nNobody came.")
    assert topic(document, segments(document.text), issue).is_about


def test_a_method_that_reads_what_it_is_about_lifts_what_stands_near() -> None:
    content = "the minister's journey to the northern islands was a waste"
    sure, unsure = (
        judged(content, Side(-0.9, 0.85, "made", about=about), before=LEAD + FAR)
        for about in (SURELY_ABOUT, SURELY_ABOUT - 0.01)
    )
    assert sure.relevance == GOES_ON
    assert sure.confidence <= READ_AS_ABOUT
    assert unsure.relevance == HERE
    assert unsure.confidence == 0.85


def test_what_has_no_plain_side_is_not_lifted() -> None:
    side = Side(-0.2, 0.85, "made", about=1.0)
    assert judged("the northern islands were quiet yesterday", side, before=LEAD + FAR).relevance == HERE


def test_no_reading_overrules_the_proposals_own_words() -> None:
    for about in (0.0, 1.0):
        assert judged("the fuel levy is too high", Side(-0.9, 0.85, "made", about=about)).relevance == ABOUT_IT


def test_no_reading_brings_in_another_documents_statement() -> None:
    side = Side(-0.9, 0.85, "made", about=1.0)
    assert judged("nobody had been asked", side, before="The choir met in the hall.\n\n").relevance < HERE


@pytest.mark.parametrize("content", ["it is not on", "no", "it was wrong", "it disagreed"])
def test_a_bare_side_in_a_document_about_the_proposal_is_about_it(content: str) -> None:
    found = judged(content, before=LEAD + FAR, form=Form.INDIRECT)
    assert found.relevance >= GOES_ON


def test_a_side_on_something_named_is_about_what_it_names() -> None:
    found = judged("the northern islands journey was wrong", before=LEAD + FAR, form=Form.INDIRECT)
    assert found.relevance == HERE


def test_a_bare_side_that_is_not_plain_is_about_nothing() -> None:
    found = judged("it was wrong", Side(-0.3, 0.3, "made"), before=LEAD + FAR, form=Form.INDIRECT)
    assert found.relevance == HERE


def test_a_method_is_not_asked_about_what_is_about_something_else() -> None:
    def never(_: Statement, relevant: bool) -> Side:
        raise AssertionError(relevant)

    assert judged("the choir sang", never, before="The choir met.\n\n").direction == 0


def test_a_method_is_told_whether_a_statement_is_known_to_be_about_it() -> None:
    told: list[bool] = []

    def side(_: Statement, relevant: bool) -> Side:
        told.append(relevant)
        return AGAINST

    judged("the fuel levy is too high", side)
    judged("the northern islands journey was wrong", side, before=LEAD + FAR)
    assert told == [True, False]


def test_an_option_named_is_about_the_proposal() -> None:
    found = judged("it could accept a contact point", issue=OPTIONS, before="The choir met.\n\n")
    assert (found.relevance, found.rung) == (ABOUT_IT, "Appoint a contact point in Tokyo")


@pytest.mark.parametrize("content", ["(" * 10_000, "\u202eyvel\u202c" * 1_000, "levy " * 20_000, "\0 levy \x1b"])
def test_hostile_words_are_judged(content: str) -> None:
    assert 0 <= judged(content).relevance <= 1


def asked_about(content: str, side: Side, *, before: str) -> int:
    """How often a method was asked what a statement is about."""
    questions: list[str] = []

    def slowly() -> float:
        questions.append(content)
        return 1.0

    judged(content, replace(side, asks=slowly), before=before)
    return len(questions)


def test_a_slow_method_is_asked_only_where_something_hangs_on_it() -> None:
    plain, faint = Side(-0.9, 0.85, "made"), Side(-0.2, 0.85, "made")
    far = "the minister's journey to the northern islands was a waste"
    assert asked_about(far, plain, before=LEAD + FAR) == 1
    assert asked_about(far, faint, before=LEAD + FAR) == 0
    assert asked_about(far, replace(plain, confidence=CLEAR - 0.01), before=LEAD + FAR) == 0
    assert asked_about("the fuel levy is too high", plain, before=LEAD) == 0


def test_what_a_slow_method_tells_counts_as_if_it_were_told_at_once() -> None:
    content = "the minister's journey to the northern islands was a waste"
    for about in (SURELY_ABOUT, SURELY_ABOUT - 0.01):
        at_once, later = Side(-0.9, 0.85, "made", about=about), Side(-0.9, 0.85, "made", asks=partial(float, about))
        assert judged(content, at_once, before=LEAD + FAR) == judged(content, later, before=LEAD + FAR)


PARTS = st.lists(
    st.sampled_from("The levy, fuel levies. Shippers' ships were waiving it — “shipping” 3.5 fuel-levy\n".split(" ")),
    max_size=12,
).map(" ".join)


@given(PARTS, PARTS)
def test_what_stretches_hold_they_hold_together(one: str, other: str) -> None:
    """Sentences are read once and put together; that must be what reading them together gives."""
    asked = terms(ISSUE)
    assert held_in(asked, one) | held_in(asked, other) == held_in(asked, f"{one} {other}")
    assert held_in(asked, one) == held(asked, map(stem, WORD.findall(one)))


def test_words_beyond_those_remembered_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = frozenset(["levy"])
    monkeypatch.setattr("winset.positions.relevance.REMEMBERED", 0)
    for _ in range(2):
        assert held_in(asked, "The levy, a toll") == asked

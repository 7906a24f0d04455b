from __future__ import annotations

import pytest

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, clean_text
from winset.ids import ActorId, PartialDate
from winset.issues import Issue
from winset.positions.stances import STANCES
from winset.positions.types import Stance
from winset.statements.extraction import RULES, extract

ISSUE = Issue(
    proposal="Adopt a fuel levy on shipping", body="harbour league", rule="consensus", on=PartialDate("2024-05")
)
LEAD = "The league debates a fuel levy on shipping. The fuel levy on shipping would start next year.\n\n"


def stances(text: str, *, lead: str = LEAD) -> list[Stance]:
    document = Document(name="text", text=clean_text(lead + text))
    found = extract(document, methods=RULES)  # so that a stance is tested on the words that the test gives
    identifications = [
        Identification(
            statement_id=statement.id,
            speaker=None,
            represents=statement.source.exact if statement.source else None,
            actor_id=ActorId("x") if statement.source else None,
            standing=Standing.MEMBER,
            speaks_as=SpeaksAs.ACTOR,
            score=1.0,
            rule="test",
        )
        for statement in found.statements
    ]
    return list(
        STANCES["lexicon"](
            found.statements, document=document, issue=ISSUE, identifications=identifications, segments=found.segments
        )
    )


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Riga opposes the fuel levy.", "oppose"),
        ("Riga does not oppose the fuel levy.", "favour"),
        ("Riga welcomed the fuel levy on shipping.", "favour"),
        ("Riga welcomed Oslo’s objections to the fuel levy.", "oppose"),
        ("Oslo said the levy would be a mistake.", "oppose"),
        ("Oslo said the levy would not be a mistake.", "favour"),
        ("Oslo said the plan was dangerous.", "oppose"),
        ("Oslo said the levy on shipping should not be adopted.", "oppose"),
        ("Oslo expressed opposition to the levy on shipping.", "oppose"),
        ("Oslo said the levy was an essential step.", "favour"),
        ("Oslo dismissed concerns about the fuel levy.", "favour"),
        ("Oslo said the fuel levy was on the agenda.", "neutral"),
        ("Oslo said the harvest was a disaster and the weather dangerous.", "none"),
        ("Riga opposes the new school buildings.", "none"),
    ],
)
def test_for_against_or_not_about_it(text: str, word: str) -> None:
    assert [stance.word for stance in stances(text)] == [word]


def test_a_source_that_goes_on_in_the_same_vein_is_still_on_the_subject() -> None:
    first, second = stances(
        "Oslo said the fuel levy would be a mistake. Oslo warned that the scheme of things was risky."
    )
    assert (first.word, second.word) == ("oppose", "oppose")


def test_without_the_subject_anywhere_nothing_is_about_it() -> None:
    assert [stance.word for stance in stances("Oslo said the idea was a mistake.", lead="")] == ["none"]


def test_hedged_words_count_less() -> None:
    firm, hedged = stances("Riga opposes the fuel levy. Paris is understood to oppose the fuel levy.")
    assert hedged.confidence < firm.confidence


def test_the_deciding_words_are_given() -> None:
    (stance,) = stances("Riga opposes the fuel levy.")
    assert "opposes" in stance.reason

from __future__ import annotations

import pytest

from winset.actors.types import Identification, SpeaksAs, Standing
from winset.corpus.types import Document, anchor, clean_text
from winset.ids import ActorId, PartialDate
from winset.issues import Issue
from winset.positions.direction import direction
from winset.positions.polarity import KINDS, entries, polarity
from winset.positions.sides import Side
from winset.positions.stances import STANCES
from winset.positions.types import Stance
from winset.statements.extraction import RULES, extract
from winset.statements.types import Form, Statement

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


# cue | content; each batch was written before the words it called for were added, so they show what is covered,
# not how well sentences never seen are read
SIDED = [
    ("said | it could not live with a toll on the bridge", "oppose"),
    ("said | it could live with the new quota", "favour"),
    ("stopped short of endorsing | the visa scheme", "neutral"),
    ("threw its weight behind | the vaccine fund", "favour"),
    ("poured cold water on | the idea of a joint bond", "oppose"),
    ("voiced support for | the peacekeeping plan", "favour"),
    ("was opposed by | the smaller parties", "oppose"),
    ("said | it had no objection to the extension of the mandate", "favour"),
    ("said | it was not opposed to a common register", "favour"),
    ("saw | no need for a second tribunal", "oppose"),
    ("sees | merit in the chair's compromise", "favour"),
    ("sees | no merit in another summit", "oppose"),
    ("balked at | the price of the pipeline", "oppose"),
    ("gave its blessing to | the merger of the two agencies", "favour"),
    ("said | it would not stand in the way of the accord", "favour"),
    ("had second thoughts about | the airport treaty", "oppose"),
    ("is dragging its feet on | the extradition protocol", "oppose"),
    ("called | the border tax a fig leaf", "oppose"),
    ("described | the settlement as fair and balanced", "favour"),
    ("called | the fishing ban arbitrary and unfair", "oppose"),
    ("said | the tribunal had no legal basis", "oppose"),
    ("called | the school meals programme a lifeline for rural families", "favour"),
    ("said | the debt swap would reward waste", "oppose"),
    ("told the assembly that | there was no reason to refuse the observers", "favour"),
    ("argued that | the tariff would protect neither workers nor consumers", "oppose"),
    ("said | the wording was far from acceptable", "oppose"),
    ("rejected | the argument that the tax would cripple small firms", "favour"),
    ("rejected | claims that the dam would bring prosperity", "oppose"),
    ("announced | it would drop its resistance to the fishing limits", "favour"),
    ("called | those who resist the water treaty reckless", "favour"),
    ("urged | deletion of the paragraph on loss and damage", "oppose"),
    ("asked | for the reference to sanctions to be removed", "oppose"),
    ("said | it would rather have no treaty than this one", "oppose"),
    ("was welcomed | Whatever the motive, Oslo's position — or rather, its opposition —", "oppose"),
    ("was welcomed | Despite what it costs, the treaty", "favour"),
    ("would rather see | a voluntary code", "oppose"),
    ("abstained, saying | the text needed work", "neutral"),
    ("said | it could accept the text on the understanding that the fund is voluntary", "favour"),
    ("said | it would co-sponsor the resolution", "favour"),
    ("walked out of | the vote on the charter", "oppose"),
    ("denied that | the base threatens its neighbours", "favour"),
    ("warned that | further delay would cost lives", "favour"),
    ("warned that | the embargo would starve civilians", "oppose"),
    ("dismissed | fears that the registry would leak", "favour"),
    ("regretted | the rejection of the ceasefire", "favour"),
    ("regrets | the decision to close the consulate", "oppose"),
    ("cast doubt on | the legality of the tribunal", "oppose"),
    ("said | the time had come to act", "favour"),
    ("said | the time was not ripe for a parliament", "oppose"),
    ("made the case for | a common pension", "favour"),
    ("called on | members to reject the budget", "oppose"),
    ("called on | members to adopt the budget without delay", "favour"),
    ("said | the reform was unlikely to harm farmers", "favour"),
    ("vowed to | fight the merger to the end", "oppose"),
    ("asked | whether the two drafts could be merged", "unclear"),
    ("said | prices would be back where they were before", "neutral"),
    ("said | the shop would open at nine and the talks concern roads", "neutral"),
    ("spoke of | an insult to the victims", "oppose"),
    ("said | every household would be better off", "favour"),
    ("said | it would take note of the report", "neutral"),
    ("praised | the veto of the land law", "oppose"),
    ("signed off on | the loan", "favour"),
    ("came out in favour of | the harbour treaty", "favour"),
    ("is lobbying hard for | a joint satellite programme", "favour"),
    ("has set its face against | the land registry", "oppose"),
    ("said | it saw no reason to object to the charter", "favour"),
    ("said | it could not bring itself to sign the convention", "oppose"),
    ("told reporters | the deal was dead in the water", "oppose"),
    ("said | the plan would bankrupt small ports", "oppose"),
    ("called | the treaty a once-in-a-generation opportunity", "favour"),
    ("said | the mandate had outlived its purpose", "oppose"),
    ("said | the proposal went too far", "oppose"),
    ("said | the proposal did not go far enough", "oppose"),
    ("complained that | it had not been consulted", "oppose"),
    ("insisted that | the fund was long overdue", "favour"),
    ("said | nothing in the draft would harm fishermen", "favour"),
    ("threatened to | veto the accord", "oppose"),
    ("threw | its support behind the motion", "favour"),
    ("expressed | strong reservations about the new quota", "oppose"),
    ("expressed | confidence in the mediator's plan", "favour"),
    ("lashed out at | the carbon rule", "oppose"),
    ("said | we would be foolish to let this chance pass", "favour"),
    ("warned against | postponing the vote", "favour"),
    ("called for | an end to the embargo talks", "oppose"),
    ("said | the amendment would gut the convention", "oppose"),
    ("criticised | the refusal to extend the ceasefire", "favour"),
    ("said | opponents of the road were scaremongering", "favour"),
    ("said | it would join the consensus", "favour"),
    ("said | it would break the consensus", "oppose"),
    ("has come round to | the idea of a levy", "favour"),
    ("said | the levy was the lesser evil", "favour"),
    ("said | it would swallow the compromise", "favour"),
    ("was lukewarm about | the observer mission", "oppose"),
    ("accused | the drafters of meddling in internal affairs", "oppose"),
    ("said | the time for half-measures was over", "favour"),
    ("gave a cautious welcome to | the roadmap", "favour"),
    ("said | the measure was neither necessary nor proportionate", "oppose"),
    ("pledged | ten million euros for the fund", "favour"),
    ("said | its red lines had been respected", "favour"),
    ("said | the meeting would resume on Monday", "neutral"),
    ("had yet to make up its mind on | the statute", "neutral"),
    ("said | the bill was riddled with holes", "oppose"),
    ("has thrown in its lot with | the backers of the canal", "favour"),
    ("said | the statute trampled on the rights of small states", "oppose"),
    ("said | it would vote yes with a heavy heart", "favour"),
    ("was at pains to stress that | the corridor posed no threat to anyone", "favour"),
    ("said | it could see no earthly reason for a new agency", "oppose"),
    ("dubbed | the scheme a cash cow for consultants", "oppose"),
    ("described | the vote as a great day for the region", "favour"),
    ("said | the levy hit the wrong people", "oppose"),
    ("reiterated | its long-standing objections to the dam", "oppose"),
    ("said | the convention should enter into force without further ado", "favour"),
    ("asked | for the vote to be put off until spring", "oppose"),
    ("declared itself | ready to host the secretariat", "favour"),
    ("said | there was not a shred of evidence for the ban", "oppose"),
    ("said | farmers could not bear yet another cost", "oppose"),
    ("said | it would think hard before signing", "oppose"),
    ("took the floor to | defend the mandate against its critics", "favour"),
    ("said | the sceptics had been proved wrong", "favour"),
    ("said | the base was a guarantee of peace", "favour"),
    ("said | it was high time the pact was ratified", "favour"),
    ("likened | the tax to highway robbery", "oppose"),
    ("said | it did not share the enthusiasm of others for the fund", "oppose"),
    ("said | it had never been against the fund", "favour"),
    ("brushed off | warnings that the pact would spark a war", "favour"),
    ("congratulated | the chair on an excellent text", "favour"),
    ("said | the text was acceptable but not ideal", "favour"),
    ("said | although it had misgivings, it would not oppose the text", "favour"),
    ("said | the text had some good points but it could not support it", "oppose"),
    ("noted that | the committee meets in June", "neutral"),
    ("rounded on | the registry scheme", "oppose"),
    ("closed ranks behind | the mediator's draft", "favour"),
    ("said | the embargo punishes ordinary people", "oppose"),
    ("said | it would be a shame to lose the mission", "favour"),
    ("said | the pact offered real protection to sailors", "favour"),
    ("raised | eyebrows at the size of the fund", "oppose"),
    ("said | it was not in a position to join consensus", "oppose"),
    ("said | the language was something it could work with", "favour"),
    ("has no quarrel with | the census", "favour"),
    ("said | it could not in good conscience support the decree", "oppose"),
    ("described | the opposition to the dam as hysterical", "favour"),
    ("said | the protocol was a ticking time bomb", "oppose"),
    ("said | the benefits far outweighed the costs", "favour"),
    ("said | the costs outweighed the benefits", "oppose"),
    ("said | the plan was not worth the paper it was written on", "oppose"),
    ("hinted at | a veto of the loan", "oppose"),
    ("demanded | that the sentence on fees be struck out", "oppose"),
    ("recommended | approval of the charter", "favour"),
    ("reported that | the talks would go on", "neutral"),
]


def said(text: str, *, form: Form = Form.INDIRECT) -> Statement:
    cue, content = text.split(" | ")
    document = Document(name="made", text=f"Riga {cue} {content}.")
    end = len("Riga ") + len(cue)
    return Statement(
        document_id=document.id,
        source=anchor(document, 0, len("Riga")),
        cue=anchor(document, len("Riga "), end),
        contents=(anchor(document, end + 1, end + 1 + len(content)),),
        form=form,
    )


def side_word(side: Side) -> str:
    if side.confidence < 0.3 or abs(side.sign) < 0.15:
        return "neutral"
    return "favour" if side.sign > 0 else "oppose"


@pytest.mark.parametrize(("text", "word"), SIDED)
def test_the_words_of_siding(text: str, word: str) -> None:
    assert side_word(direction(said(text))) == word.replace("unclear", "neutral")


@pytest.mark.xfail(strict=True, reason="no word of the table says it")
@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("cannot be counted on to | back the bill", "oppose"),
        ("tried to | talk members out of the merger", "oppose"),
        ("said | nobody had explained what the agency was for", "oppose"),
    ],
)
def test_what_is_not_seen(text: str, word: str) -> None:
    assert side_word(direction(said(text))) == word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("called for | the suspension of the member", "favour"),
        ("called for | a suspension of the talks", "favour"),
        ("opposed | the suspension", "oppose"),
        ("rejected | objections to the suspension", "favour"),
        ("said | the threat from the north was real", "neutral"),
    ],
)
def test_words_of_the_proposal_itself_are_not_against_it(text: str, word: str) -> None:
    proposal = "Suspend the member that is a threat to its neighbours"
    assert side_word(direction(said(text), proposal=proposal)) == word


def test_a_word_has_one_sign() -> None:
    signs: dict[str, set[bool]] = {}
    for kind in KINDS:
        for word, value in polarity(kind).items():
            if value:
                signs.setdefault(word, set()).add(value > 0)
    assert [word for word, found in signs.items() if len(found) > 1] == []


def test_a_longer_phrase_comes_before_its_beginning() -> None:
    for held in entries().values():
        sizes = [len(entry.words) for entry in held]
        assert sizes == sorted(sizes, reverse=True)
